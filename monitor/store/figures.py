"""How much of everything there is: counts for dashboards, each by an index or over a small table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select

from crawler import ListingStatus
from monitor.decide.health import standing
from monitor.store import jobs, sources
from monitor.store.tables import DeliveryRow, EntryRow, JobRow, SourceRow, StoryRow, Tx
from monitor.vocabulary import DeliveryState, Kind, Outcome, Status

#: Entries whose page is still to be read have no outcome yet.
WAITING: Final = "waiting"


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What is stored, as of one moment."""

    sources: Mapping[str, int]  #: "ok", "failing", "new" (never polled), "off"
    listings: Mapping[ListingStatus, int]  #: of the sources that were polled, how they stand
    stories: Mapping[tuple[Kind, Status], int]
    deliveries: Mapping[tuple[str, DeliveryState], int]  #: by target and state
    jobs: Mapping[tuple[str, str], int]  #: by kind and state; finished ones are kept for a month
    oldest_due: Mapping[str, datetime]  #: by kind of job: what has been due for longest, waits, and may be done
    oldest_poll: datetime | None  #: when the source was due that waits for its poll longest


def figures(tx: Tx, *, now: datetime) -> Figures:
    """Count everything but entries: a few hundredths of a second."""
    return Figures(
        sources=_sources(tx),
        listings=_listings(tx),
        stories={(kind, status): count for (kind, status), count in _by(tx, StoryRow.kind, StoryRow.status)},
        deliveries={(to, state): count for (to, state), count in _by(tx, DeliveryRow.target, DeliveryRow.state)},
        jobs={(kind, state): count for (state, kind), count in _by(tx, JobRow.state, JobRow.kind)},
        oldest_due=jobs.oldest_free(tx, now=now),
        oldest_poll=_oldest_poll(tx, now),
    )


def entries(tx: Tx) -> Mapping[str, int]:
    """Count entries by outcome, or "waiting": reads all of them, a second for a million."""
    return {(outcome or WAITING): count for (outcome,), count in _by(tx, EntryRow.outcome)}


def stories_since(tx: Tx, since: datetime) -> int:
    """Count the stories first seen at or after a time, which are still stories of their own."""
    own = StoryRow.merged_into.is_(None) & (StoryRow.first_seen >= since)
    return tx.execute(select(func.count()).select_from(StoryRow).where(own)).scalar_one()


def every_outcome() -> tuple[str, ...]:
    """List what an entry may be counted under."""
    return (WAITING, *(outcome.value for outcome in Outcome))


def _by(tx: Tx, *columns: Any) -> list[tuple[tuple[Any, ...], int]]:
    statement = select(*columns, func.count()).group_by(*columns)
    return [(tuple(row[:-1]), row[-1]) for row in tx.execute(statement)]


def _sources(tx: Tx) -> dict[str, int]:
    counts = dict.fromkeys(("ok", "failing", "new", "off"), 0)
    for enabled, polled, failures in tx.execute(select(SourceRow.enabled, SourceRow.last_poll_at, SourceRow.failures)):
        state = "off" if not enabled else "new" if polled is None else "failing" if failures else "ok"
        counts[state] += 1
    return counts


def _listings(tx: Tx) -> dict[ListingStatus, int]:
    return Counter(status for state in sources.states(tx) if (status := standing(state)))


def _oldest_poll(tx: Tx, now: datetime) -> datetime | None:
    """Look at the sources themselves: a tick that hangs leaves no jobs. New ones are due since the epoch: not them."""
    due = SourceRow.enabled & (SourceRow.next_poll_at <= now) & SourceRow.last_poll_at.is_not(None)
    return tx.execute(select(func.min(SourceRow.next_poll_at)).where(due)).scalar_one()
