"""Articles that came back together are kept in one transaction, and each of them as if it were alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, cast

import pytest
import sqlalchemy
from fakeweb import START, Clock, FakeWeb, Page, outlet
from playing import classifier

from crawler import Article, ListingStatus
from monitor.arrived import keep_listings
from monitor.crawling import CrawlWork
from monitor.network import NetworkWatch
from monitor.pipeline import Pipeline
from monitor.schedule import enqueue_due
from monitor.store import Store, Tx, entries, sources
from monitor.vocabulary import Outcome

NAMES = ("allo", "bande", "cine")


class Counted:
    """A store that counts the units that write."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.writes = 0

    @contextmanager
    def write(self) -> Iterator[Tx]:
        self.writes += 1
        with self._store.write() as tx:
            yield tx

    @contextmanager
    def read(self) -> Iterator[Tx]:
        with self._store.read() as tx:
            yield tx


class Desk:
    """Three outlets with an article each, whose pages have been asked for."""

    def __init__(self, store: Store) -> None:
        self.counted = Counted(store)
        self.events: list[str] = []
        self.clock = Clock()
        web = FakeWeb(clock=self.clock)
        catalogue = {name: outlet(name) for name in NAMES}
        with store.write() as tx:
            sources.sync(tx, list(catalogue.values()), now=START)
            tx.connection().exec_driver_sql("UPDATE sources SET baseline_at = next_poll_at")
        self.work = CrawlWork(
            Pipeline(
                store=cast("Store", self.counted),
                classifier=classifier(),
                sources=catalogue,
                subscriptions=(),
                fresh=timedelta(days=2),
                log=lambda event, **_keys: self.events.append(event),
            ),
            web,
            clock=self.clock,
            owner="me",
            lease=timedelta(minutes=5),
            network=NetworkWatch(sources=lambda: len(NAMES)),
        )
        for name in NAMES:
            page = Page(title=f"Le conseil de {name}", text=f"Une soirée au théâtre de {name}.", published=START)
            web.publish(name, f"https://{name}.example/1", page)
        self.web = web
        enqueue_due(store, catalogue, now=START)
        self.work._hand_out()

    def list_all(self) -> None:
        """Take in the listings, and ask for the pages."""
        self.work.step(0)
        self.work._hand_out()
        assert len(self.web.waiting) == 3
        self.events.clear()
        self.counted.writes = 0

    def outcomes(self) -> list[Outcome | None]:
        with self.counted.read() as tx:
            found = [entries.by_url(tx, f"https://{name}.example/1") for name in NAMES]
        return [one.outcome if one else None for one in found]

    def sql(self, statement: str) -> list[str]:
        with self.counted._store.write() as tx:
            done = tx.connection().exec_driver_sql(statement)
            return [row[0] for row in done] if done.returns_rows else []


@pytest.fixture
def polled(store: Store) -> Desk:
    return Desk(store)


@pytest.fixture
def desk(polled: Desk) -> Desk:
    polled.list_all()
    return polled


def test_listings_are_kept_and_their_jobs_ended_in_one_transaction(polled: Desk) -> None:
    polled.counted.writes = 0
    polled.work._take_in_polls(polled.web.records(0), ListingStatus.OK, keep_listings)
    assert polled.counted.writes == 1
    assert polled.sql("SELECT state FROM jobs WHERE kind = 'poll'") == ["done"] * 3
    assert polled.sql("SELECT state FROM jobs WHERE kind = 'fetch'") == ["ready"] * 3
    assert polled.outcomes() == [None] * 3
    assert polled.sql("SELECT status FROM sources") == ["ok"] * 3
    assert polled.events == ["listed"] * 3
    assert polled.work.tally.polls == 3


def test_a_listing_whose_job_is_another_workers_is_left_out(polled: Desk) -> None:
    polled.sql("UPDATE jobs SET fence = fence + 1 WHERE host = 'bande.example'")
    polled.work.step(0)
    assert polled.sql("SELECT id FROM sources WHERE status = 'ok' ORDER BY id") == ["allo", "cine"]
    assert polled.events == ["lease_lost", "listed", "listed"]


def test_a_listing_that_trips_our_own_code_keeps_back_no_other(polled: Desk) -> None:
    polled.sql("""UPDATE sources SET rhythm = '{"hints": 1}' WHERE id = 'bande'""")
    polled.work.step(0)
    assert polled.sql("SELECT id FROM sources WHERE status = 'ok' ORDER BY id") == ["allo", "cine"]
    assert polled.work.tally.poisoned == 1


def test_articles_are_kept_and_their_jobs_ended_in_one_transaction(desk: Desk) -> None:
    desk.work.step(0)
    assert desk.outcomes() == [Outcome.NOTHING] * 3
    assert desk.counted.writes == 2, "one takes what is due, one keeps the articles"
    assert desk.sql("SELECT state FROM jobs WHERE kind = 'fetch'") == ["done"] * 3
    assert desk.work.tally.outcomes == {Outcome.NOTHING: 3}
    assert desk.events == ["nothing"] * 3
    assert not desk.work.busy


def test_what_the_store_is_asked_does_not_grow_with_the_articles_that_announce_nothing(desk: Desk) -> None:
    asked: list[str] = []
    with desk.counted._store.read() as tx:
        engine = tx.get_bind().engine

    def note(*event: Any) -> None:
        asked.append(event[2])

    sqlalchemy.event.listen(engine, "before_cursor_execute", note)
    records = [record for record in desk.web.records(0) if isinstance(record, Article)]
    desk.work._take_in_articles(records[:1])
    alone = len(asked)
    asked.clear()
    desk.work._take_in_articles(records[1:])
    together = len(asked)
    assert desk.outcomes() == [Outcome.NOTHING] * 3
    assert together == alone


def test_a_lease_that_passed_to_another_stores_nothing_of_ours(desk: Desk) -> None:
    desk.sql("UPDATE jobs SET fence = fence + 1 WHERE kind = 'fetch' AND host = 'bande.example'")
    desk.work.step(0)
    assert desk.outcomes() == [Outcome.NOTHING, None, Outcome.NOTHING]
    assert desk.work.tally.outcomes == {Outcome.NOTHING: 2}
    assert desk.events == ["lease_lost", "nothing", "nothing"]
    assert not desk.work.busy


def test_one_that_cannot_be_kept_keeps_back_no_other(desk: Desk) -> None:
    desk.sql("UPDATE entries SET outcome = 'duplicate', settled_at = first_seen WHERE url = 'https://bande.example/1'")
    desk.work.step(0)
    assert desk.outcomes() == [Outcome.NOTHING, Outcome.DUPLICATE, Outcome.NOTHING]
    assert "taken_apart" in desk.events
    assert desk.work.tally.outcomes == {Outcome.NOTHING: 2}
    assert not desk.work.busy
