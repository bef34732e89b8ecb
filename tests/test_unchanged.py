"""Polls that brought nothing new are taken in together, and each of them as if it were alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fakes import a_source, an_entry
from playing import classifier

from crawler import Command, Hints, Listing, ListingStatus, Poll, Record, Validators
from monitor import rhythm
from monitor.crawling import CrawlWork
from monitor.network import NetworkWatch
from monitor.pipeline import Pipeline
from monitor.schedule import enqueue_due
from monitor.store import Store, sources
from monitor.types import SourceState

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
NAMES = ("allo", "bande", "cine")


class Listings:
    """A crawler that finds each listing unchanged, unless told otherwise."""

    def __init__(self) -> None:
        self.told: dict[str, ListingStatus] = {}
        self.polls: list[Poll] = []
        self.answered = 0

    def submit(self, command: Command) -> None:
        """Note an order."""
        assert isinstance(command, Poll)
        self.polls.append(command)

    def records(self, timeout: float) -> list[Record]:  # noqa: ARG002 - nobody waits here
        """Answer what has not been answered."""
        new, self.answered = self.polls[self.answered :], len(self.polls)
        return [self._listing(poll) for poll in new]

    def _listing(self, poll: Poll) -> Listing:
        status = self.told.get(poll.source, ListingStatus.UNCHANGED)
        return Listing(
            order=poll.order,
            source=poll.source,
            status=status,
            fetched_at=NOW,
            validators=Validators(etag=f'"{poll.source}"'),
            entries=(an_entry(source=poll.source, published=NOW),) if status is ListingStatus.OK else (),
            http_status=304 if status is ListingStatus.UNCHANGED else 500,
            hints=Hints(every=600.0),
        )


class Desk:
    """A store with three sources that are due, and what crawls them."""

    def __init__(self, store: Store) -> None:
        self.now = NOW
        self.store = store
        self.events: list[tuple[str, object]] = []
        self.catalogue = {name: a_source(name) for name in NAMES}
        with store.write() as tx:
            sources.sync(tx, list(self.catalogue.values()), now=NOW)
        self.pipeline = Pipeline(
            store=store,
            classifier=classifier(),
            sources=self.catalogue,
            subscriptions=(),
            fresh=timedelta(days=2),
            log=lambda event, **keys: self.events.append((event, keys.get("reason"))),
        )
        self.web = Listings()
        self.work = CrawlWork(
            self.pipeline,
            self.web,
            clock=lambda: self.now,
            owner="me",
            lease=timedelta(minutes=5),
            network=NetworkWatch(sources=lambda: len(NAMES)),
        )

    def tick(self) -> int:
        return enqueue_due(self.store, self.catalogue, now=self.now)

    def states(self) -> dict[str, SourceState]:
        with self.store.read() as tx:
            return {state.id: state for state in sources.states(tx)}

    def open_jobs(self) -> int:
        return len([state for state in self.job_states() if state in {"ready", "leased"}])

    def job_states(self) -> list[str]:
        with self.store.read() as tx:
            return [row[0] for row in tx.connection().exec_driver_sql("SELECT state FROM jobs")]


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def test_what_is_unchanged_is_stored_and_ended_in_one_transaction(desk: Desk) -> None:
    assert desk.tick() == 3
    desk.work.step(0)
    assert desk.job_states() == ["done"] * 3
    for name, state in desk.states().items():
        assert (state.status, state.last_poll_at, state.failures) == (ListingStatus.UNCHANGED, NOW, 0)
        assert state.validators.etag == f'"{name}"'
        assert state.next_poll_at > NOW
        assert state.rhythm.hints.every == 600.0
    assert desk.work.tally.polls == 3
    assert not desk.work.busy
    assert [event for event, _ in desk.events] == ["listed"] * 3
    assert desk.tick() == 0


def test_what_was_learned_is_written_only_when_more_was(desk: Desk) -> None:
    def polled_after(minutes: int) -> bool:
        """Poll again, and tell whether the rhythm was written."""
        desk.now = NOW + timedelta(minutes=minutes)
        with desk.store.write() as tx:
            learned = sources.state(tx, "allo")
            assert learned is not None
            marked = json.dumps({**rhythm.plain(learned.rhythm), "mark": True})
            said = (
                f"UPDATE sources SET next_poll_at = '2001-01-01 00:{minutes}:00', rhythm = '{marked}' WHERE id = 'allo'"  # noqa: S608
            )
            tx.connection().exec_driver_sql(said)
        desk.tick()
        desk.work.step(0)
        with desk.store.read() as tx:
            rows = tx.connection().exec_driver_sql("SELECT rhythm FROM sources WHERE id = 'allo'")
            return "mark" not in str(rows.scalar())

    desk.tick()
    desk.work.step(0)
    assert not polled_after(20), "nothing is learned within half an hour"
    assert desk.states()["allo"].last_poll_at == desk.now
    assert polled_after(45)


def test_the_others_of_a_batch_are_taken_in_one_by_one(desk: Desk) -> None:
    desk.web.told |= {"allo": ListingStatus.OK, "bande": ListingStatus.FAILED}
    desk.tick()
    desk.work.step(0)
    states = desk.states()
    assert [states[name].failures for name in NAMES] == [0, 1, 0]
    assert states["allo"].entries_seen == 1
    assert sorted(desk.job_states()) == ["done"] * 3 + ["ready"], "what was listed is owed a fetch"


def test_a_lease_that_passed_to_another_stores_nothing_of_ours(desk: Desk) -> None:
    desk.tick()
    desk.work._hand_out()
    with desk.store.write() as tx:
        tx.connection().exec_driver_sql("UPDATE jobs SET fence = fence + 1 WHERE payload = 'bande'")
    desk.work.step(0)
    states = desk.states()
    assert [states[name].last_poll_at for name in NAMES] == [NOW, None, NOW]
    assert sorted(desk.job_states()) == ["done", "done", "leased"]
    assert ("lease_lost", "another worker had this job meanwhile; nothing was stored") in desk.events
    assert not desk.work.busy


def test_a_source_that_is_gone_ends_its_job_without_a_state(desk: Desk) -> None:
    desk.tick()
    desk.work._hand_out()
    rest = {name: source for name, source in desk.catalogue.items() if name != "bande"}
    desk.work.use(lambda pipeline: replace(pipeline, sources=rest))
    desk.work.step(0)
    assert desk.states()["bande"].last_poll_at is None
    assert desk.open_jobs() == 0
    assert set(desk.work.tally.listings) == {"allo", "cine"}
    assert [event for event, _ in desk.events] == ["listed"] * 2


def test_one_that_trips_our_own_code_keeps_back_no_other(desk: Desk) -> None:
    desk.tick()
    with desk.store.write() as tx:
        tx.connection().exec_driver_sql("""UPDATE sources SET rhythm = '{"hints": 1}' WHERE id = 'bande'""")
    desk.work.step(0)
    states = desk.job_states()
    assert sorted(states) == ["done", "done", "ready"]
    assert desk.work.tally.poisoned == 1


def test_a_host_with_several_jobs_gives_one_and_the_oldest(desk: Desk) -> None:
    same = {name: replace(source, url="https://one.example/feed") for name, source in desk.catalogue.items()}
    with desk.store.write() as tx:
        states = [replace(state, next_poll_at=NOW - timedelta(hours=1)) for state in sources.states(tx)]
        sources.polled_all(tx, states)
    assert enqueue_due(desk.store, same, now=NOW) == 3
    desk.work._hand_out()
    assert len(desk.web.polls) == 1
