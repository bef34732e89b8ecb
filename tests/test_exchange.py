"""Export and import: everything comes back to the byte, on either database, once, whole, and told to nobody again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fakes import NOON, a_change, a_delivery, a_source, a_story, an_announcement, an_article, an_entry
from sqlalchemy import Integer, delete, select, text, update

from monitor import queue
from monitor.queue import JobKind
from monitor.store import (
    Store,
    StoreError,
    articles,
    deliveries,
    entries,
    exchange,
    exporting,
    importing,
    sources,
    stories,
)
from monitor.store.tables import Base, JobRow
from monitor.types import SecondReading
from monitor.vocabulary import DeliveryState, Kind, Outcome

ODD = "« L’œuvre » \u2028 🐓 \t \\ \" 'x' </script>"


def fill(store: Store, *, at: datetime = NOON, n: int = 1) -> None:
    """Store an article with what it causes, one that is still to be fetched, and one that announces nothing."""
    with store.write() as tx:
        sources.sync(tx, [a_source()], now=at)
        read, waiting, dull = (an_entry(10 * n + k, title=f"{ODD} {k}") for k in range(3))
        entry_id = entries.add(tx, read, now=at, outcome=None, reason=None)
        story = a_story(f"s-{n:012}", title=ODD, history=(a_change(), a_change(field="season", before=None, after="2")))
        untold = a_story(f"s-{n:012}x", kind=Kind.NEW_ORIGINAL, title=None, people=())
        for each in (story, untold):
            stories.save(tx, each, article_url=read.url)
        second_said = SecondReading(announced=True, kind=Kind.RENEWAL, title=ODD, model="m", before=0.4)
        found = [an_announcement(second=second_said, confidence=1 / 3), an_announcement(title=None, season=None)]
        article = an_article(10 * n, url=read.url, listed_url=read.listed_url)
        articles.add(tx, entry_id, article, found, [story.id, None], text_hash=str(n))
        entries.settle(tx, entry_id, outcome=Outcome.ANNOUNCED, reason="new", now=at)
        told = a_delivery(f"d-{n}", article_url=read.url, stories=(story.id, untold.id), created_at=at)
        owed = replace(told, id=f"d-{n}-owed", target="mail")
        for each_delivery in (told, owed):
            deliveries.owe(tx, each_delivery)
            queue.enqueue(
                tx, kind=JobKind.DELIVER, key=each_delivery.id, host="mail", due_at=at, payload=each_delivery.id
            )
        deliveries.sent(tx, told.id, now=at)
        fetched = entries.add(tx, waiting, now=at, outcome=None, reason=None)
        queue.enqueue(tx, kind=JobKind.FETCH, key=str(fetched), host="gazette", due_at=at, payload=str(fetched))
        entries.add(tx, dull, now=at, outcome=Outcome.SKIPPED, reason="not promising")
        queue.enqueue(tx, kind=JobKind.POLL, key="gazette 1", host="gazette", due_at=at, payload="gazette")
        tx.execute(update(JobRow).where(JobRow.key == told.id).values(state="done", ended_at=at))
        tx.execute(update(JobRow).where(JobRow.key == str(fetched)).values(state="leased", owner="me", lease_until=at))


def exported(store: Store, since: datetime | None = None) -> bytes:
    with store.read() as tx:
        return b"".join(exporting.lines(tx, since=since))


def imported(store: Store, document: bytes) -> importing.Imported:
    lines = document.splitlines(keepends=True)
    importing.check(lines, name="x.ndjson")
    return importing.load(store, lines, name="x.ndjson")


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Callable[[], Store]]:
    opened: list[Store] = []

    def make() -> Store:
        opened.append(Store.open(f"sqlite:///{tmp_path}/another-{len(opened)}.db"))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


def test_what_comes_back_is_the_same_to_the_byte(store: Store, another: Callable[[], Store]) -> None:
    for n in range(1, 4):
        fill(store, n=n)
    document = exported(store)
    twin = another()
    assert not imported(twin, document).known
    assert exported(twin) == document


def test_from_sqlite_into_any_database(store: Store, another: Callable[[], Store]) -> None:
    fill(origin := another())
    document = exported(origin)
    imported(store, document)
    assert exported(store) == document


def test_twice_is_once(store: Store, another: Callable[[], Store]) -> None:
    fill(another_store := another())
    document = exported(another_store)
    first, second_time = imported(store, document), imported(store, document)
    assert sum(first.added.values()) == len(document.splitlines()) - 2
    assert second_time.added == {}
    assert second_time.known == first.added
    assert exported(store) == document


def test_values_come_back_as_they_were(store: Store, another: Callable[[], Store]) -> None:
    fill(store)
    imported(twin := another(), exported(store))
    with store.read() as one, twin.read() as other:
        assert stories.all(one, limit=9) == stories.all(other, limit=9)
        assert deliveries.listing(one, limit=9) == deliveries.listing(other, limit=9)
        assert sources.state(one, "gazette") == sources.state(other, "gazette")


def test_what_was_told_is_not_told_again_and_what_is_owed_is_still(store: Store, another: Callable[[], Store]) -> None:
    fill(store)
    imported(twin := another(), exported(store))
    with twin.write() as tx:
        assert {d.id: d.state for d in deliveries.listing(tx, limit=9)} == {
            "d-1": DeliveryState.SENT,
            "d-1-owed": DeliveryState.OWED,
        }
        later = NOON + timedelta(days=1)
        jobs = queue.claim(
            tx, kinds=(JobKind.DELIVER, JobKind.FETCH), limit=9, now=later, lease=timedelta(minutes=1), owner="me"
        )
        assert [(job.kind, job.key) for job in jobs if job.kind is JobKind.DELIVER] == [(JobKind.DELIVER, "d-1-owed")]
        (fetch,) = [job for job in jobs if job.kind is JobKind.FETCH]
        waiting = entries.get(tx, int(fetch.payload))
        assert waiting is not None
        assert waiting.entry.url == an_entry(11).url
        assert not deliveries.owe(tx, a_delivery("d-1", article_url=an_entry(10).url))


def test_a_job_is_not_owed_for_what_is_settled_here(store: Store, another: Callable[[], Store]) -> None:
    fill(origin := another())
    document = exported(origin)
    with store.write() as tx:
        entry_id = entries.add(tx, an_entry(11), now=NOON, outcome=None, reason=None)
        entries.settle(tx, entry_id, outcome=Outcome.NOTHING, reason="read here", now=NOON)
    imported(store, document)
    with store.read() as tx:
        assert tx.scalars(select(JobRow.key).where(JobRow.kind == "fetch")).all() == []


def test_a_message_that_was_sent_here_is_not_owed_again(store: Store) -> None:
    fill(store)
    document = exported(store)
    with store.write() as tx:
        deliveries.sent(tx, "d-1-owed", now=NOON)
        tx.execute(delete(JobRow))
    imported(store, document)
    with store.read() as tx:
        assert tx.scalars(select(JobRow.kind)).all() == ["fetch"]


def test_since_takes_what_is_recent_and_all_it_speaks_of(store: Store, another: Callable[[], Store]) -> None:
    fill(store, n=1)
    fill(store, n=2, at=NOON + timedelta(days=10))
    document = exported(store, since=NOON + timedelta(days=5))
    shapes = [json.loads(line) for line in document.splitlines()]
    assert {shape["url"] for shape in shapes if shape.get("table") == "entries"} == {
        an_entry(n).url for n in (20, 21, 22)
    }
    assert {shape["id"] for shape in shapes if shape.get("table") == "deliveries"} == {"d-2", "d-2-owed"}
    assert {shape["id"] for shape in shapes if shape.get("table") == "stories"} == {"s-000000000002", "s-000000000002x"}
    with store.read() as tx:
        assert exporting.count(tx, since=NOON + timedelta(days=5)) == len(shapes) - 2
    assert imported(another(), document).known == {}


def test_an_interrupted_import_is_finished_by_doing_it_again(store: Store, another: Callable[[], Store]) -> None:
    for n in range(1, 60):
        fill(store, n=n)
    lines = exported(store).splitlines(keepends=True)
    twin = another()

    class StopError(Exception):
        pass

    def stop() -> None:
        raise StopError

    with pytest.raises(StopError):
        importing.load(twin, lines, name="x", progress=stop)
    with twin.read() as tx:
        kept = exporting.count(tx)
    assert 0 < kept < len(lines) - 2
    importing.load(twin, lines, name="x")
    assert exported(twin) == b"".join(lines)


def changed(document: bytes, what: str, **values: Any) -> bytes:
    """Change the first line of a table; ... removes a key."""
    lines = document.splitlines()
    number = next(number for number, line in enumerate(lines) if json.loads(line).get("table") == what)
    shape = {**json.loads(lines[number]), **values}
    lines[number] = json.dumps({key: value for key, value in shape.items() if value is not ...}).encode()
    return b"\n".join(lines)


DAMAGE: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("cut", lambda good: good[: len(good) // 2], "line|breaks off"),
    ("no end", lambda good: b"\n".join(good.splitlines()[:-1]), "breaks off after 11 lines"),
    ("a line gone", lambda good: b"\n".join([*good.splitlines()[:3], *good.splitlines()[4:]]), "lines before it"),
    ("more after it", lambda good: good + b"{}\n", "something after the last line"),
    ("no json", lambda good: good.replace(b'{"table":"entries"', b'{"table:"entries"', 1), "line 4: this is no JSON"),
    ("no object", lambda good: good.replace(b"\n", b"\n[1]\n", 1), "line 2: this is no JSON object"),
    ("no header", lambda good: good.partition(b"\n")[2], "is no export of Cocorico"),
    ("empty", lambda _good: b"", "is no export of Cocorico"),
    ("newer", lambda good: good.replace(b'"version":1', b'"version":2'), "another version"),
    ("a table", lambda good: good.replace(b'"table":"entries"', b'"table":"ships"', 1), "no table 'ships'"),
    ("a key", lambda good: changed(good, "entries", wings=2), "does not know wings"),
    ("no key", lambda good: changed(good, "entries", url=...), "url is missing"),
    ("null", lambda good: changed(good, "entries", url=None), "url is null"),
    ("a type", lambda good: changed(good, "entries", url=3), "url is 3: of the wrong type"),
    ("a truth", lambda good: changed(good, "entries", quiet="yes"), "quiet is 'yes'"),
    ("a number", lambda good: changed(good, "articles", quality=True), "quality is True"),
    ("a time", lambda good: changed(good, "entries", first_seen="2026-03-14"), "first_seen is '2026-03-14'"),
    ("a word", lambda good: changed(good, "entries", outcome="eaten"), "outcome is 'eaten'"),
    ("a list", lambda good: changed(good, "stories", platforms=["a", 1]), "platforms is"),
    ("children", lambda good: changed(good, "entries", sightings={}), "sightings has to be a list"),
    ("a job", lambda good: changed(good, "jobs", kind="dance"), "a job has"),
]


@pytest.mark.parametrize(("damage", "says"), [(one[1], one[2]) for one in DAMAGE], ids=[one[0] for one in DAMAGE])
def test_a_damaged_file_is_refused_before_anything_is_kept(damage: Callable[[bytes], bytes], says: str) -> None:
    with Store.memory() as store, Store.memory() as twin:
        fill(store)
        with pytest.raises(StoreError, match=says) as caught:
            imported(twin, damage(exported(store)))
        assert str(caught.value).startswith("x.ndjson")
        with twin.read() as tx:
            assert exporting.count(tx) == 0


@pytest.mark.parametrize("what", ["stories", "entries"])
def test_what_names_something_that_is_nowhere_is_refused(what: str, store: Store, another: Callable[[], Store]) -> None:
    fill(origin := another())
    lines = exported(origin).splitlines()
    kept = [line for line in lines[:-1] if json.loads(line).get("table") != what]
    document = b"\n".join([*kept, json.dumps({"end": len(kept) - 1}).encode()])
    with pytest.raises(StoreError, match=r"x\.ndjson, line \d+: .*which is not in (stories|entries)"):
        imported(store, document)
    with store.read() as tx:
        assert exporting.count(tx) == 0


def test_a_story_that_is_here_already_stays_as_it_is(store: Store, another: Callable[[], Store]) -> None:
    fill(origin := another())
    mine = a_story("s-000000000001", title="Mine")
    with store.write() as tx:
        stories.save(tx, mine, article_url="https://other.example/")
    assert imported(store, exported(origin)).known == {"stories": 1}
    with store.read() as tx:
        assert stories.get(tx, mine.id) == mine


def test_every_table_is_exported_or_left_out_for_a_reason() -> None:
    kinds = exchange.kinds()
    lines = set(kinds) | {child.table.name for kind in kinds.values() for child in kind.children}
    assert lines | exchange.LEFT_OUT == set(Base.metadata.tables)
    assert not lines & exchange.LEFT_OUT
    assert {child.table.name for child in kinds["stories"].children} >= {"story_changes", "story_articles"}
    names = list(kinds)
    assert names.index("entries") < names.index("articles")
    assert names.index("stories") < names.index("articles")
    assert names[-1] == exchange.JOBS
    for kind in kinds.values():
        if kind.given is not None and kind.name != exchange.JOBS:
            assert exchange.own_key(kind.table) is not None


def test_no_id_that_a_database_gave_is_in_a_line(store: Store) -> None:
    fill(store)
    for line in exported(store).splitlines()[1:-1]:
        shape = json.loads(line)
        kind = exchange.kinds()[shape["table"]]
        if kind.name != exchange.JOBS:
            numbers = {column.name for column in kind.columns if isinstance(column.type, Integer)}
            assert not {name for name in numbers if name.endswith("id")} & {
                name for name, value in shape.items() if isinstance(value, int)
            }


def test_schema_changes_are_noticed(store: Store) -> None:
    fill(store)
    header = json.loads(exported(store).splitlines()[0])
    assert header["format"] == "cocorico-export"
    assert header["version"] == 1
    with store.read() as tx:
        assert header["schema"] == tx.execute(text("select version_num from alembic_version")).scalar()
