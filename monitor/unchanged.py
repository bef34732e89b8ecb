"""Polls that brought nothing new: most of what a daemon does, so all that came back together is one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from crawler import Listing
from monitor import queue
from monitor.decide import polls
from monitor.pipeline import Pipeline
from monitor.queue import Job
from monitor.store import Tx, hubs, sources
from monitor.tally import Listed
from monitor.types import SourceState


def keep_unchanged(pipeline: Pipeline, polled: Sequence[tuple[Job, Listing]], *, now: datetime) -> list[Listed]:
    """Store how polls went whose listings are unchanged, and end their jobs; what was stored.

    A job that somebody else has meanwhile is left out, and so is one whose source is not configured any more: its
    state would be nobody's.
    """
    if not polled:
        return []
    with pipeline.store.write() as tx:
        ours = {job.id for job in queue.done_all(tx, [job for job, _ in polled], now=now)}
        known = sources.states_of(tx, [listing.source for _, listing in polled])
        kept = [(job, listing) for job, listing in polled if job.id in ours and listing.source in pipeline.sources]
        states = [_after(tx, pipeline, known, listing, now) for _, listing in kept]
        sources.polled_all(tx, states, known=known)
        pipeline.manners.note_all(tx, [(job.host, listing) for job, listing in kept], now=now)
    for job, _ in polled:
        if job.id not in ours:
            reason = "another worker had this job meanwhile; nothing was stored"
            pipeline.log("lease_lost", job=job.key, reason=reason)
    for _, listing in kept:
        pipeline.log("listed", source=listing.source, status=str(listing.status), entries=0, new=0, fetches=0)
    return [Listed(source=listing.source, status=listing.status) for _, listing in kept]


def _after(tx: Tx, pipeline: Pipeline, known: dict[str, SourceState], listing: Listing, now: datetime) -> SourceState:
    state = known.get(listing.source) or SourceState(id=listing.source, next_poll_at=now)
    covered = state.rhythm.hints.hub is not None and hubs.covers(tx, state.id, now=now)
    source = pipeline.sources[listing.source]
    return polls.after_poll(state, source, listing, pipeline.bounds, now=now, covered=covered)
