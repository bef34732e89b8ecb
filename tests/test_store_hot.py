"""Queries that go past SQLAlchemy's executor: they find what SQLAlchemy finds, typed alike, and fail alike."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from fakes import an_entry
from sqlalchemy import bindparam, func, insert, select, update

from monitor.store import Store, StoreError, entries
from monitor.store.host_tables import HostRow
from monitor.store.hot import Hot, HotWrite
from monitor.store.tables import EntryRow, new_in, table
from monitor.vocabulary import Outcome

_ENTRIES = table(EntryRow).c
_ASKED = (
    select(table(EntryRow), func.length(_ENTRIES.title))
    .where(
        _ENTRIES.id.in_(bindparam("ids", expanding=True)),
        _ENTRIES.first_seen <= bindparam("until"),
        _ENTRIES.outcome.in_((Outcome.SKIPPED, Outcome.REJECTED)),
    )
    .order_by(_ENTRIES.id.desc())
    .limit(bindparam("limit"))
)


@pytest.fixture
def ids(store: Store, now: datetime) -> list[int]:
    """Entries of twenty hours, one an hour."""
    with store.write() as tx:
        return [
            entries.add(
                tx,
                an_entry(url=f"https://gazette.example/{number}", title="Été\0" * number),
                now=now + timedelta(hours=number),
                outcome=Outcome.REJECTED if number % 2 else Outcome.SKIPPED,
                reason="",
            )
            for number in range(20)
        ]


@pytest.mark.parametrize("many", [0, 1, 2, 3, 5, 8, 9, 20])
def test_lists_of_all_lengths_find_what_they_find_otherwise(
    store: Store, ids: list[int], now: datetime, many: int
) -> None:
    hot = Hot(_ASKED)
    with store.read() as tx:
        for until, limit in ((now + timedelta(hours=11), 3), (now + timedelta(hours=30), 100)):
            asked = {"ids": ids[:many], "until": until, "limit": limit}
            found = hot.rows(tx, **asked)
            assert [tuple(row) for row in found] == [tuple(row) for row in tx.execute(_ASKED, asked)]
            assert len(found) == min(many, limit, 12 if until < now + timedelta(hours=12) else 20)


def test_rows_have_the_names_and_types_of_their_columns(store: Store, ids: list[int], now: datetime) -> None:
    with store.read() as tx:
        (row,) = Hot(_ASKED).rows(tx, ids=ids[3:4], until=now + timedelta(days=1), limit=1)
    assert (row.id, row.outcome, row.title) == (ids[3], Outcome.REJECTED, "Été" * 3)
    assert row.first_seen == now + timedelta(hours=3)
    assert row.first_seen.tzinfo is not None


def test_a_query_sees_what_its_own_unit_has_written(store: Store, now: datetime) -> None:
    hot = Hot(select(func.count()).select_from(table(EntryRow)))
    with store.write() as tx:
        before = hot.scalars(tx)
        entries.add(tx, an_entry(), now=now, outcome=None, reason=None)
        assert (before, hot.scalars(tx)) == ([0], [1])


def test_what_is_no_moment_with_a_zone_is_refused_as_it_is_elsewhere(store: Store, ids: list[int]) -> None:
    with store.read() as tx, pytest.raises(Exception, match="a naive datetime can't be stored"):
        Hot(_ASKED).rows(tx, ids=ids, until=datetime(2026, 1, 1), limit=1)  # noqa: DTZ001 -- that is the mistake


def test_a_table_that_is_gone_is_the_stores_error(tmp_path: Path) -> None:
    file = tmp_path / "cocorico.db"
    hot = Hot(select(_ENTRIES.id))
    with Store.open(f"sqlite:///{file}") as store:
        with closing(sqlite3.connect(file)) as other:
            other.execute("PRAGMA foreign_keys=OFF")
            other.execute("ALTER TABLE entries RENAME TO gone")
        with pytest.raises(StoreError, match="can't be used: no such table: entries"), store.read() as tx:
            hot.rows(tx)


def _row(url: str, now: datetime, **other: object) -> dict[str, object]:
    values = {"source_id": "gazette", "url": url, "listed_url": url, "guid": None, "title": "Été\0", "summary": ""}
    return values | {"published": now, "first_seen": now, "quiet": True, "outcome": Outcome.SKIPPED} | other


def _stored(store: Store) -> list[tuple[object, ...]]:
    columns = (_ENTRIES.title, _ENTRIES.published, _ENTRIES.first_seen, _ENTRIES.quiet, _ENTRIES.outcome, _ENTRIES.guid)
    with store.read() as tx:
        return [tuple(row) for row in tx.execute(select(*columns).order_by(_ENTRIES.id))]


def test_rows_are_written_as_they_are_otherwise(store: Store, now: datetime) -> None:
    add = insert(table(EntryRow))
    with store.write() as tx:
        tx.execute(add, [_row("https://gazette.example/1", now)])
        HotWrite(lambda _: add).run(
            tx, [_row("https://gazette.example/2", now), _row("https://gazette.example/3", now)]
        )
    one, *others = _stored(store)
    assert others == [one, one]
    assert one == ("Été", now, now, True, Outcome.SKIPPED, None)


def test_a_row_that_is_changed_keeps_what_the_statement_does_not_name(store: Store, ids: list[int]) -> None:
    before = _stored(store)
    change = HotWrite(
        lambda _: update(table(EntryRow)).where(_ENTRIES.id == bindparam("one"), _ENTRIES.quiet.is_(False))
    )
    with store.write() as tx:
        change.run(tx, [{"one": ids[0], "title": "Autre"}, {"one": -1, "title": "Aucune"}])
    assert _stored(store) == [("Autre", *before[0][1:]), *before[1:]]


def test_a_row_that_is_there_is_left_alone_and_no_rows_are_no_statement(store: Store) -> None:
    known = HotWrite(new_in(HostRow))
    row = {"host": "gazette.example", "visited_by": "me", "detail": "", "refused_page": False}
    row |= dict.fromkeys(("limited", "strikes", "in_hour", "in_day"), 0)
    with store.write() as tx:
        known.run(tx, [])
        known.run(tx, [row, row | {"visited_by": "you"}])
        assert tx.execute(select(table(HostRow).c.visited_by)).scalars().all() == ["me"]


def test_a_row_that_breaks_a_rule_is_a_mistake_of_ours_and_no_failure_of_the_store(store: Store, now: datetime) -> None:
    row = _row("https://gazette.example/1", now)
    add = HotWrite(lambda _: insert(table(EntryRow)))
    with pytest.raises(Exception, match=r"(?i)unique constraint") as caught, store.write() as tx:
        add.run(tx, [row, row])
    assert not isinstance(caught.value, StoreError)
    assert _stored(store) == []
    with pytest.raises(Exception, match="a naive datetime can't be stored"), store.write() as tx:
        add.run(tx, [row | {"first_seen": datetime(2026, 1, 1)}])  # noqa: DTZ001 -- that is the mistake
