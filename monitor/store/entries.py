"""Entries: what listings had, seen once and for ever, and what became of each."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Executable, bindparam, select, update

from crawler import Entry
from monitor.store import rows
from monitor.store.errors import AlreadySettledError, StoreError
from monitor.store.tables import EntryRow, SightingRow, Tx, changed, insert_into, table
from monitor.store.trace import trace
from monitor.store.values import KnownEntry, StoredEntry
from monitor.vocabulary import Outcome

__all__ = ["add", "by_url", "get", "get_all", "known", "latest", "settle", "sighted", "trace"]

_ENTRIES = table(EntryRow)
_LONG_GUID = 500
#: How many values one statement asks for; SQLite allows 32,766 and old builds 999.
_BATCH = 500


def known(tx: Tx, entries: Sequence[Entry]) -> dict[str, KnownEntry]:
    """Find which entries of a listing are stored already, keyed by the entry's URL.

    Looks for the canonical URL first, then for the guid within the same source.
    """
    found: dict[str, KnownEntry] = {}
    for some in _batches([entry.url for entry in entries]):
        for row in tx.execute(select(*_KNOWN).where(EntryRow.url.in_(some))):
            found[row.url] = _known(row, "url")
    by_source: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in entries:
        if entry.guid and entry.url not in found:
            by_source[entry.source][_short(entry.guid)] = entry.url
    for source, urls in by_source.items():
        for some in _batches(list(urls)):
            for row in tx.execute(_by_guid(source, some)):
                found[urls[row.guid]] = _known(row, "guid")
    return found


_KNOWN = (EntryRow.id, EntryRow.url, EntryRow.title, EntryRow.outcome, EntryRow.first_seen)


def _by_guid(source: str, guids: Sequence[str]) -> Executable:
    return (
        select(*_KNOWN, SightingRow.guid)
        .join(SightingRow, SightingRow.entry_id == EntryRow.id)
        .where(SightingRow.source_id == source, SightingRow.guid.in_(guids))
        .order_by(EntryRow.id)  # of several, the youngest stays in the dict
    )


def _known(row: Any, by: Literal["url", "guid"]) -> KnownEntry:
    return KnownEntry(id=row.id, url=row.url, title=row.title, outcome=row.outcome, first_seen=row.first_seen, by=by)


def add(
    tx: Tx,
    entry: Entry,
    *,
    now: datetime,
    outcome: Outcome | None,
    reason: str | None,
    quiet: bool = False,
    held: bool = False,
) -> int:
    """Keep an entry and that its source listed it; give its id.

    One that is stored already, from whatever source, stays as it is: of any number of writers the unique URL lets one.

    Args:
        outcome: when this is the end of it already, with its reason; None when a page is owed.
        quiet: it was there before the source's first crawl.
        held: nothing is owed until a person has looked.
    """
    values = {
        "source_id": entry.source,
        "url": entry.url,
        "listed_url": entry.listed_url,
        "guid": entry.guid,
        "title": entry.title,
        "summary": entry.summary,
        "published": entry.published,
        "first_seen": now,
        "quiet": quiet,
        "outcome": outcome,
        "reason": reason,
        "settled_at": None if outcome is None else now,
        "held_at": now if held else None,
    }
    insert = insert_into(tx, EntryRow).on_conflict_do_nothing(index_elements=["url"])
    entry_id = tx.execute(insert.returning(_ENTRIES.c.id), values).scalar()
    if entry_id is None:
        entry_id = tx.execute(select(EntryRow.id).where(EntryRow.url == entry.url)).scalar_one()
    sighted(tx, entry_id, entry.source, now=now, guid=entry.guid)
    return int(entry_id)


def sighted(tx: Tx, entry_id: int, source_id: str, *, now: datetime, guid: str | None = None) -> None:
    """Note that a listing has the entry, for the first time or again."""
    values = {
        "entry_id": entry_id,
        "source_id": source_id,
        "guid": guid and _short(guid),
        "first_at": now,
        "last_at": now,
    }
    insert = insert_into(tx, SightingRow)
    again = {"last_at": insert.excluded.last_at}
    if guid is not None:
        again["guid"] = insert.excluded.guid
    tx.execute(insert.on_conflict_do_update(index_elements=["entry_id", "source_id"], set_=again), values)


def get(tx: Tx, entry_id: int) -> StoredEntry | None:
    """Give an entry and what became of it; None when there is none of that id."""
    return get_all(tx, [entry_id]).get(entry_id)


def get_all(tx: Tx, ids: Collection[int]) -> dict[int, StoredEntry]:
    """Give entries and what became of them, by their ids; those that are not stored are missing."""
    return {row.id: rows.stored_entry(row) for row in tx.execute(_GET, {"ids": list(ids)})}


_GET = select(_ENTRIES).where(_ENTRIES.c.id.in_(bindparam("ids", expanding=True)))


def by_url(tx: Tx, url: str) -> StoredEntry | None:
    """Find an entry by its canonical URL."""
    return _one(tx, EntryRow.url == url)


def settle(tx: Tx, entry_id: int, *, outcome: Outcome, reason: str | None, now: datetime) -> None:
    """Give an entry its one outcome. Doing it again with the same outcome changes nothing.

    Raises:
        AlreadySettledError: it has another one.
        StoreError: there is no such entry.
    """
    if changed(tx, _SETTLE, {"entry": entry_id, "outcome": outcome, "reason": reason, "settled_at": now}):
        return
    stored = get(tx, entry_id)
    if stored is None:
        raise StoreError(f"entry {entry_id} is not in the store; what was to be kept of it is lost")
    if stored.outcome is not outcome:
        raise AlreadySettledError(f"{stored.entry.url} is {stored.outcome} already and can't become {outcome}")


_SETTLE = update(_ENTRIES).where(_ENTRIES.c.id == bindparam("entry"), _ENTRIES.c.outcome.is_(None))


def latest(tx: Tx, source_id: str, *, limit: int) -> list[StoredEntry]:
    """Give the entries that a source was the first to list, newest first."""
    mine = select(EntryRow).where(EntryRow.source_id == source_id)
    return [
        rows.stored_entry(row)
        for row in tx.scalars(mine.order_by(EntryRow.first_seen.desc(), EntryRow.id.desc()).limit(limit))
    ]


def _one(tx: Tx, condition: ColumnElement[bool]) -> StoredEntry | None:
    row = tx.scalars(select(EntryRow).where(condition)).one_or_none()
    return None if row is None else rows.stored_entry(row)


def _short(guid: str) -> str:
    """Give what a guid is looked up by. Some hold a whole page; PostgreSQL indexes 2,704 bytes (fault P12)."""
    return guid if len(guid) <= _LONG_GUID else hashlib.sha256(guid.encode("utf-8", "surrogatepass")).hexdigest()


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))
