"""Jobs as orders for the crawler."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from crawler import Command, Fetch, Poll, host_key
from monitor.decide import polls
from monitor.pipeline import Pipeline
from monitor.queue import Job, JobKind
from monitor.searches import dated
from monitor.store import StoreError, Tx, entries, hubs, sources, templates
from monitor.types import Source, SourceState


def commands(
    tx: Tx, jobs: Sequence[Job], pipeline: Pipeline, *, now: datetime
) -> list[Command | Exception | str | None]:
    """Put each job as a command; None when there is nothing left to do, an exception when it can't be read.

    A text says why its page is not asked for.
    """
    known = _states(tx, [job.payload for job in jobs if job.kind is JobKind.POLL])
    return [_command(tx, job, pipeline, known, now) for job in jobs]


def order_of(job: Job) -> str:
    """Name a job to the crawler; the fence tells an answer to this lease from one to an earlier."""
    return f"{job.id}.{job.fence}"


def _states(tx: Tx, ids: Sequence[str]) -> dict[str, SourceState]:
    """How the sources stand, read at once; none of them when one can't be read."""
    try:
        return sources.states_of(tx, ids) if ids else {}
    except StoreError:
        raise
    except Exception:  # noqa: BLE001 - each is read alone then, and the bad one found
        return {}


def _command(
    tx: Tx, job: Job, pipeline: Pipeline, known: Mapping[str, SourceState], now: datetime
) -> Command | Exception | str | None:
    try:
        if job.kind is JobKind.POLL:
            state = known.get(job.payload) or sources.state(tx, job.payload)
            return _poll(job, pipeline.sources.get(job.payload), state, now)
        if job.kind is JobKind.PUSH:
            return _push(tx, job, pipeline, now)
        return _fetch(tx, job, pipeline, now)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - one job that can't be read must not keep back the others
        return error


def _poll(job: Job, source: Source | None, state: SourceState | None, now: datetime) -> Poll | None:
    """Put a poll job as a command; None when the source is gone or off since it was enqueued (fault S17)."""
    if source is None or not source.enabled or state is None:
        return None
    return Poll(
        order=order_of(job),
        source=source.id,
        url=dated(source.url, now.date()),
        kind=source.kind,
        language=source.language,
        allow=source.allow,
        deny=source.deny,
        validators=polls.validators_to_send(state, now=now),
        delay=source.delay,
        licence=source.licence,
    )


def _push(tx: Tx, job: Job, pipeline: Pipeline, now: datetime) -> Poll | None:
    """Put what a hub pushed as a poll whose answer is there: the host is not asked, the child reads it."""
    push = hubs.push(tx, int(job.payload))
    if push is None:
        return None
    order = _poll(job, pipeline.sources.get(push.source), sources.state(tx, push.source), now)
    return order and replace(order, pushed=push.body, content_type=push.content_type)


def _fetch(tx: Tx, job: Job, pipeline: Pipeline, now: datetime) -> Fetch | str | None:
    """Put a fetch job as a command; None when its entry has its outcome already or its source is gone."""
    stored = entries.get(tx, int(job.payload))
    source = pipeline.sources.get(stored.entry.source) if stored else None
    if stored is None or stored.outcome is not None or source is None:
        return None
    why = pipeline.manners.unread(tx, source, stored.entry.listed_url, now=now)
    return why or Fetch(
        order=order_of(job),
        entry=stored.entry,
        language=source.language,
        licence=source.licence,
        delay=source.delay,
        template=templates.of_host(tx, host_key(stored.entry.listed_url)),
    )
