"""Entries that are held: so many came at once that a person is to look before anything of them is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from monitor.store import rows
from monitor.store.tables import EntryRow, Tx, table
from monitor.store.values import StoredEntry
from monitor.vocabulary import Outcome

_ENTRIES = table(EntryRow)
_HELD = _ENTRIES.c.held_at.is_not(None) & _ENTRIES.c.outcome.is_(None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """How much of a source is held."""

    count: int
    since: datetime  #: the first of them


def news_counts(tx: Tx, source_id: str, *, since: datetime) -> list[int]:
    """Count what was new in each listing of a source after a time that had anything new; what was held is left out."""
    mine = (_ENTRIES.c.source_id == source_id) & (_ENTRIES.c.first_seen > since) & _ENTRIES.c.held_at.is_(None)
    return list(tx.scalars(select(func.count()).where(mine).group_by(_ENTRIES.c.first_seen)))


def held(tx: Tx) -> dict[str, Held]:
    """Tell what is held, by source."""
    found = select(_ENTRIES.c.source_id, func.count(), func.min(_ENTRIES.c.held_at)).where(_HELD)
    return {
        source: Held(count=count, since=since)
        for source, count, since in tx.execute(found.group_by(_ENTRIES.c.source_id))
    }


def of(tx: Tx, source_id: str) -> list[StoredEntry]:
    """List what is held of a source, in the order of its listing."""
    mine = select(EntryRow).where(_HELD, EntryRow.source_id == source_id).order_by(EntryRow.id)
    return [rows.stored_entry(row) for row in tx.scalars(mine)]


def let_go(tx: Tx, source_id: str) -> None:
    """Hold nothing of a source any more: what was held is owed, and counts as what the source may have at once."""
    mine = _HELD & (_ENTRIES.c.source_id == source_id)
    tx.execute(update(_ENTRIES).where(mine).values(held_at=None, reason=None))


def pass_over(tx: Tx, source_id: str, *, reason: str, now: datetime) -> None:
    """Settle what is held of a source as skipped. That it was held stays known: nothing of it was usual."""
    mine = _HELD & (_ENTRIES.c.source_id == source_id)
    tx.execute(update(_ENTRIES).where(mine).values(outcome=Outcome.SKIPPED, reason=reason, settled_at=now))
