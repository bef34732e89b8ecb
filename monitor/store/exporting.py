"""Everything that is stored, as lines of JSON: read in one transaction, a page at a time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Integer, Row, Select, String, Text, case, cast, func, or_, select, true

from crawler import gate_key
from monitor.store.exchange import END, FORMAT, JOBS, TABLE, VERSION, Child, Kind, kinds, points_at, written
from monitor.store.migrate import HEAD
from monitor.store.tables import (
    AnnouncementRow,
    ArticleRow,
    ChangeRow,
    DeliveryRow,
    DeliveryStoryRow,
    EntryRow,
    JobRow,
    StoryRow,
    Tx,
)

_PAGE: Final = 500
_OPEN: Final = ("ready", "leased")


def count(tx: Tx, *, since: datetime | None = None) -> int:
    """Count the lines there will be, without the first and the last."""
    return sum(
        tx.execute(select(func.count()).select_from(kind.table).where(_chosen(kind, since))).scalar_one()
        for kind in kinds().values()
    )


def lines(tx: Tx, *, since: datetime | None = None) -> Iterator[bytes]:
    """Give the lines of an export, each with its line break: a header, everything, and how much that was.

    Args:
        since: only what was seen since then, with the stories it is about; nothing that has no date is left out.
    """
    header = {"format": FORMAT, "version": VERSION, "schema": HEAD, "since": written(since) if since else None}
    yield _line(header)
    total = 0
    for kind in kinds().values():
        for line in _jobs(tx, kind, since) if kind.name == JOBS else _rows(tx, kind, since):
            total += 1
            yield line
    yield _line({END: total})


def _line(shape: Mapping[str, Any]) -> bytes:
    try:
        return (json.dumps(shape, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    except UnicodeEncodeError:  # half of a surrogate pair, kept in a JSON column
        return (json.dumps(shape, separators=(",", ":")) + "\n").encode()


# -- rows --------------------------------------------------------------------------------------------------------------


def _rows(tx: Tx, kind: Kind, since: datetime | None) -> Iterator[bytes]:
    names = [column.name for column in kind.columns]
    keys = sorted({child.to for child in kind.children})
    for page in _pages(tx, _select(tx, kind, since, keys)):
        own = {key: [row[len(names) + place] for row in page] for place, key in enumerate(keys)}
        belongings = [(child, own[child.to], _children(tx, child, own[child.to])) for child in kind.children]
        for number, row in enumerate(page):
            shape = {TABLE: kind.name} | dict(zip(names, map(written, row), strict=False))  # the keys are beyond them
            for child, named, found in belongings:
                shape[child.table.name] = found[named[number]]
            yield _line(shape)


def _select(tx: Tx, kind: Kind, since: datetime | None, keys: Sequence[str]) -> Select[Any]:
    """Select the rows of a table: ids replaced by what they name, and the keys that children name."""
    columns: list[ColumnElement[Any]] = []
    joins: list[tuple[Column[Any], Column[Any]]] = []
    for column in kind.columns:
        named = points_at(column)
        columns.append((column if named is None else named).label(column.name))
        if named is not None:
            joins.append((column, named))
    columns += [kind.table.columns[key].label(f"key_{key}") for key in keys]
    statement = select(*columns).select_from(kind.table)
    for column, named in joins:
        (key,) = column.foreign_keys
        statement = statement.outerjoin(named.table, key.column == column)
    return statement.where(_chosen(kind, since)).order_by(*_order(tx, list(kind.table.primary_key.columns)))


def _children(tx: Tx, child: Child, keys: Sequence[Any]) -> Mapping[Any, list[dict[str, Any]]]:
    """Read what belongs to the rows of a page, by the key that it names them by."""
    link = child.table.columns[child.link]
    names = [column.name for column in child.columns]
    statement = select(link, *child.columns).where(link.in_(keys)).order_by(link, *_order(tx, child.order))
    found: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for key, *values in tx.execute(statement):
        found[key].append(dict(zip(names, map(written, values), strict=True)))
    return found


def _order(tx: Tx, columns: Sequence[Column[Any]]) -> list[ColumnElement[Any]]:
    """Sort text by its characters' numbers: PostgreSQL would sort as people do, and another server otherwise."""
    binary = "C" if tx.get_bind().dialect.name == "postgresql" else "BINARY"
    return [column.collate(binary) if isinstance(column.type, (String, Text)) else column for column in columns]


def _pages(tx: Tx, statement: Select[*tuple[Any, ...]]) -> Iterator[Sequence[Row[Any]]]:
    """Read page by page, so that memory doesn't grow with what is stored."""
    yield from tx.execute(statement, execution_options={"yield_per": _PAGE}).partitions()


# -- jobs --------------------------------------------------------------------------------------------------------------


def _jobs(tx: Tx, kind: Kind, since: datetime | None) -> Iterator[bytes]:
    """Give what is still to be done: pages to fetch, messages to send. Polls come of themselves."""
    columns = (JobRow.kind, JobRow.host, JobRow.due_at, JobRow.attempts, JobRow.error, JobRow.key, JobRow.trail)
    statement = (
        select(*columns, EntryRow.url, EntryRow.listed_url)
        .outerjoin(EntryRow, (JobRow.kind == "fetch") & (EntryRow.id == _entry_id()))
        .where(_chosen(kind, since))
        .order_by(JobRow.id)
    )
    for page in _pages(tx, statement):
        for row in page:
            shape = {
                TABLE: JOBS,
                "kind": row.kind,
                "of": row.url if row.kind == "fetch" else row.key,
                "host": gate_key(row.listed_url) if row.trail else row.host,  # it begins anew where it is imported
                "due_at": written(row.due_at),
                "attempts": row.attempts,
                "error": row.error,
            }
            yield _line(shape)


def _entry_id() -> ColumnElement[int | None]:
    """Give the entry that a fetch job names; in a CASE, since PostgreSQL reads other jobs' payloads as numbers, too."""
    return case((JobRow.kind == "fetch", cast(JobRow.payload, Integer)), else_=None)


# -- since -------------------------------------------------------------------------------------------------------------


def _chosen(kind: Kind, since: datetime | None) -> ColumnElement[bool]:
    """Say which rows of a table are wanted."""
    if kind.name == JOBS:
        return _open_jobs(since)
    if since is None:
        return true()
    recent = {
        "entries": EntryRow.first_seen >= since,
        "articles": ArticleRow.entry_id.in_(_entries(since)),
        "stories": _stories(since),
        "deliveries": DeliveryRow.created_at >= since,
    }
    return recent.get(kind.name, true())


def _entries(since: datetime) -> Select[int]:
    return select(EntryRow.id).where(EntryRow.first_seen >= since)


def _stories(since: datetime) -> ColumnElement[bool]:
    """Choose the stories that were opened, changed, read of or told since."""
    read = select(AnnouncementRow.story_id).join(ArticleRow, ArticleRow.id == AnnouncementRow.article_id)
    told = select(DeliveryStoryRow.story_id).join(DeliveryRow, DeliveryRow.id == DeliveryStoryRow.delivery_id)
    return or_(
        StoryRow.first_seen >= since,
        StoryRow.id.in_(select(ChangeRow.story_id).where(ChangeRow.at >= since)),
        StoryRow.id.in_(read.where(ArticleRow.entry_id.in_(_entries(since)), AnnouncementRow.story_id.is_not(None))),
        StoryRow.id.in_(told.where(DeliveryRow.created_at >= since)),
    )


def _open_jobs(since: datetime | None) -> ColumnElement[bool]:
    entries, deliveries = select(EntryRow.id), select(DeliveryRow.id)
    if since is not None:
        entries = entries.where(EntryRow.first_seen >= since)
        deliveries = deliveries.where(DeliveryRow.created_at >= since)
    fetches = (JobRow.kind == "fetch") & _entry_id().in_(entries)
    sends = (JobRow.kind == "deliver") & JobRow.key.in_(deliveries)
    return JobRow.state.in_(_OPEN) & or_(fetches, sends)
