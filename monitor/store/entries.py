"""Entries: what listings had, seen once and for ever, and what became of each."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Executable, bindparam, func, select, update

from crawler import Entry
from monitor.decide.entries import EntryVerdict
from monitor.store import rows
from monitor.store.errors import AlreadySettledError, StoreError
from monitor.store.hot import Hot, HotWrite
from monitor.store.tables import EntryRow, SightingRow, Tx, insert_for, insert_into, table
from monitor.store.trace import trace
from monitor.store.values import KnownEntry, StoredEntry
from monitor.vocabulary import Outcome

__all__ = [
    "End",
    "add",
    "add_all",
    "by_url",
    "get",
    "get_all",
    "known",
    "latest",
    "settle",
    "settle_all",
    "sighted",
    "trace",
]

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
    verdict = EntryVerdict(entry=entry, outcome=outcome, reason=reason, quiet=quiet, held=held)
    return _add(tx, verdict, now)


def add_all(tx: Tx, source_id: str, verdicts: Sequence[EntryVerdict], *, now: datetime) -> list[int]:
    """Keep what a source listed, as `add` does each; give their ids."""
    if not verdicts:
        return []
    insert = insert_into(tx, EntryRow).on_conflict_do_nothing(index_elements=["url"])
    rows_ = [_values(verdict, now) for verdict in verdicts]
    ids = {row.url: row.id for row in tx.execute(insert.returning(_ENTRIES.c.id, _ENTRIES.c.url), rows_)}
    added = [verdict.entry for verdict in verdicts if verdict.entry.url in ids]
    sighted(tx, {ids[entry.url]: entry.guid for entry in added}, source_id, now=now)
    return [ids[one.entry.url] if one.entry.url in ids else _add(tx, one, now) for one in verdicts]


def _add(tx: Tx, verdict: EntryVerdict, now: datetime) -> int:
    entry = verdict.entry
    insert = insert_into(tx, EntryRow).on_conflict_do_nothing(index_elements=["url"])
    entry_id = tx.execute(insert.returning(_ENTRIES.c.id), _values(verdict, now)).scalar()
    if entry_id is None:
        entry_id = tx.execute(select(EntryRow.id).where(EntryRow.url == entry.url)).scalar_one()
    sighted(tx, {int(entry_id): entry.guid}, entry.source, now=now)
    return int(entry_id)


def _values(verdict: EntryVerdict, now: datetime) -> dict[str, Any]:
    entry = verdict.entry
    return {
        "source_id": entry.source,
        "url": entry.url,
        "listed_url": entry.listed_url,
        "guid": entry.guid,
        "title": entry.title,
        "summary": entry.summary,
        "published": entry.published,
        "first_seen": now,
        "quiet": verdict.quiet,
        "outcome": verdict.outcome,
        "reason": verdict.reason,
        "settled_at": None if verdict.outcome is None else now,
        "held_at": now if verdict.held else None,
    }


def sighted(tx: Tx, guids: Mapping[int, str | None], source_id: str, *, now: datetime) -> None:
    """Note that a source lists entries, for the first time or again.

    Args:
        guids: by entry; None leaves the one that is known.
    """
    common = {"source_id": source_id, "first_at": now, "last_at": now}
    _SIGHT.run(tx, [{"entry_id": one, "guid": own and _short(own), **common} for one, own in sorted(guids.items())])


def _sighted_again(dialect: str) -> Executable:
    insert = insert_for(dialect, SightingRow)
    guid = func.coalesce(insert.excluded.guid, table(SightingRow).c.guid)
    return insert.on_conflict_do_update(
        index_elements=["entry_id", "source_id"], set_={"last_at": insert.excluded.last_at, "guid": guid}
    )


_SIGHT = HotWrite(_sighted_again)


def get(tx: Tx, entry_id: int) -> StoredEntry | None:
    """Give an entry and what became of it; None when there is none of that id."""
    return get_all(tx, [entry_id]).get(entry_id)


def get_all(tx: Tx, ids: Collection[int]) -> dict[int, StoredEntry]:
    """Give entries and what became of them, by their ids; those that are not stored are missing."""
    return {row.id: rows.stored_entry(row) for row in _GET.rows(tx, ids=list(ids))}


_GET = Hot(select(_ENTRIES).where(_ENTRIES.c.id.in_(bindparam("ids", expanding=True))))


def by_url(tx: Tx, url: str) -> StoredEntry | None:
    """Find an entry by its canonical URL."""
    return _one(tx, EntryRow.url == url)


def settle(tx: Tx, entry_id: int, *, outcome: Outcome, reason: str | None, now: datetime) -> None:
    """Give an entry its one outcome. Doing it again with the same outcome changes nothing.

    Raises:
        AlreadySettledError: it has another one.
        StoreError: there is no such entry.
    """
    settle_all(tx, [End(entry_id=entry_id, stored=get(tx, entry_id), outcome=outcome, reason=reason)], now=now)


@dataclass(frozen=True, kw_only=True, slots=True)
class End:
    """What becomes of an entry."""

    entry_id: int
    stored: StoredEntry | None  #: as it was read in this unit
    outcome: Outcome
    reason: str | None


def settle_all(tx: Tx, ends: Sequence[End], *, now: datetime) -> None:
    """Give entries their outcomes, as `settle` does each."""
    open_ = [end for end in ends if _is_open(end)]
    values = [{"entry": one.entry_id, "outcome": one.outcome, "reason": one.reason} for one in open_]
    _SETTLE.run(tx, [{**one, "settled_at": now} for one in values])


def _is_open(end: End) -> bool:
    if end.stored is None:
        raise StoreError(f"entry {end.entry_id} is not in the store; what was to be kept of it is lost")
    if end.stored.outcome not in {None, end.outcome}:
        known = end.stored
        raise AlreadySettledError(f"{known.entry.url} is {known.outcome} already and can't become {end.outcome}")
    return end.stored.outcome is None


_SETTLE = HotWrite(lambda _: update(_ENTRIES).where(_ENTRIES.c.id == bindparam("entry"), _ENTRIES.c.outcome.is_(None)))


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
