"""Ending jobs that lead nowhere, so that no entry is left without an outcome and no source without a next poll.

And passing on those that lead elsewhere.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler import Listing, Rejected, Trail
from monitor import queue
from monitor.decide import polls
from monitor.pipeline import Pipeline
from monitor.queue import Job, JobKind
from monitor.store import Tx, deliveries, entries, sources
from monitor.vocabulary import Outcome


def drop(pipeline: Pipeline, job: Job, *, now: datetime) -> None:
    """End a job whose subject is gone: a source removed or switched off, an entry or delivery settled already.

    Raises:
        LeaseLostError: somebody else has it now.
    """
    with pipeline.store.write() as tx:
        if job.kind is JobKind.FETCH:
            _settle(tx, job, Outcome.SKIPPED, "its source was removed or switched off", now)
        elif job.kind is JobKind.POLL:
            _postpone(tx, job, pipeline, now, error=None)
        elif job.kind is JobKind.DELIVER:
            deliveries.withdrawn(tx, job.payload)
        queue.end(tx, job, now)


def pass_on(pipeline: Pipeline, job: Job, record: Listing | Rejected, trail: Trail, *, now: datetime) -> None:
    """Let a job go on where a redirect led, under that host's lease and at its pace.

    Raises:
        LeaseLostError: somebody else has it now.
    """
    with pipeline.store.write() as tx:
        pipeline.manners.note(tx, job.host, record, now=now)
        queue.keep_lease(queue.pass_on(tx, job, trail, due_at=now), job)
    pipeline.log("passed_on", level="debug", source=record.source, url=trail.url, hops=trail.hops)


def give_up(pipeline: Pipeline, job: Job, *, reason: str, now: datetime) -> None:
    """End a job that makes our own code fail however often it is tried.

    Raises:
        LeaseLostError: somebody else has it now.
    """
    with pipeline.store.write() as tx:
        if job.kind is JobKind.FETCH:
            _settle(tx, job, Outcome.REJECTED, f"crashed: {reason}", now)
        elif job.kind is JobKind.POLL:
            _postpone(tx, job, pipeline, now, error=reason)
        elif job.kind is JobKind.DELIVER:
            deliveries.failed(tx, job.payload, error=reason, next_try_at=None, now=now)
        queue.keep_lease(queue.dead(tx, job, error=reason, now=now), job)


def _settle(tx: Tx, job: Job, outcome: Outcome, reason: str, now: datetime) -> None:
    stored = entries.get(tx, int(job.payload))
    if stored is not None and stored.outcome is None:
        entries.settle(tx, stored.id, outcome=outcome, reason=reason, now=now)


def _postpone(tx: Tx, job: Job, pipeline: Pipeline, now: datetime, *, error: str | None) -> None:
    """Make the source due again later: its due time names its next job, and this one's name is used up."""
    state, source = sources.state(tx, job.payload), pipeline.sources.get(job.payload)
    if state is not None:
        interval = source.interval if source else timedelta(seconds=1)
        sources.polled(tx, job.payload, state=polls.after_nothing(state, interval, now=now, error=error))
