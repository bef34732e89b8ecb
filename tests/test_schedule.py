"""Ticks while the clock is set forth and back, and a machine that slept for a month."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from apscheduler.events import JobEvent
from fakes import a_source
from fakeweb import Clock
from sqlalchemy import text

from crawler import Refusal
from monitor import queue, schedule
from monitor.decide.hosts import HostState
from monitor.queue import JobKind
from monitor.schedule import Chore, Late, Ticking
from monitor.store import DiskFullError, Store, hosts, runs, sources


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def ticking(store: Store, said: list[str]) -> Iterator[tuple[Ticking, Clock, threading.Event]]:
    """A scheduler whose one tick was put off by an hour, as APScheduler does when the clock is set back by one."""
    clock, ran = Clock(datetime.now(UTC)), threading.Event()
    clock.forward(hours=1)
    chore = Chore(name="tick", every=timedelta(hours=10), run=lambda _now: ran.set(), remembered=False)
    made = schedule.start(
        [chore], store, lambda event, **_keys: said.append(event), clock=clock, passing=lambda: 1_000.0
    )
    yield made, clock, ran
    made.end()


def test_ticks_go_on_when_the_clock_is_set_back(
    ticking: tuple[Ticking, Clock, threading.Event], said: list[str], store: Store
) -> None:
    """S08: without the check, nothing would come for an hour."""
    made, clock, ran = ticking
    polled(store, "ahead", at=clock.now, wait=timedelta(minutes=10))
    assert not made.check()
    assert not ran.wait(0.2)
    clock.forward(hours=-1)
    assert made.check()
    assert ran.wait(10)
    assert said == ["clock_set"]
    with store.read() as tx:
        (state,) = sources.states(tx)
    assert (state.last_poll_at, state.next_poll_at) == (clock.now, clock.now + timedelta(minutes=10))
    assert not made.check()


def test_rounds_that_are_left_out_are_said_once_until_one_ends() -> None:
    said: list[str] = []
    late = Late(lambda _event, **keys: said.append(keys["job"]))
    for name in ("tick", "tick", "hubs", "tick"):
        late.skipped(JobEvent(0, name, "default"))
    assert said == ["tick", "hubs"]
    late.ran(JobEvent(0, "tick", "default"))
    for name in ("hubs", "tick", "tick"):
        late.skipped(JobEvent(0, name, "default"))
    assert said == ["tick", "hubs", "tick"]


def test_a_chore_that_hangs_is_said_to_be_late(store: Store) -> None:
    """What a store that is locked for a minute, or a hub that drips, does to what comes every few seconds."""
    said: list[tuple[str, object]] = []
    told, let_go = threading.Event(), threading.Event()

    def log(event: str, **keys: object) -> None:
        said.append((event, keys.get("job")))
        told.set()

    chore = Chore(name="tick", every=timedelta(milliseconds=20), run=lambda _now: let_go.wait(30), remembered=False)
    made = schedule.start([chore], store, log, clock=lambda: datetime.now(UTC))
    try:
        assert told.wait(10)
        assert said == [("chore_late", "tick")]
    finally:
        let_go.set()
        made.end()


def test_a_clock_that_is_a_little_off_is_no_event(
    ticking: tuple[Ticking, Clock, threading.Event], said: list[str]
) -> None:
    made, clock, _ = ticking
    for _ in range(10):
        clock.forward(seconds=20)
        assert not made.check()
    assert said == []


def polled(store: Store, *ids: str, at: datetime, wait: timedelta) -> None:
    with store.write() as tx:
        sources.sync(tx, [a_source(name) for name in ids], now=at)
        for name in ids:
            state = sources.state(tx, name)
            assert state is not None
            sources.polled(tx, name, state=replace(state, last_poll_at=at, next_poll_at=at + wait))


def test_sources_polled_by_a_clock_that_went_ahead_are_due_when_they_would_have_been(store: Store) -> None:
    """S08: a clock an hour ahead, set right, silences nobody for that hour."""
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    polled(store, "ahead", at=now + timedelta(hours=1), wait=timedelta(minutes=10))
    with store.write() as tx:
        sources.add(tx, a_source("fine"))
        state = sources.state(tx, "fine")
        assert state is not None
        sources.polled(tx, "fine", state=replace(state, last_poll_at=now, next_poll_at=now + timedelta(hours=5)))
    catalogue = {name: a_source(name) for name in ("ahead", "fine")}
    with store.write() as tx:
        sources.sync(tx, [a_source("ahead")], now=now)  # as at each start; `Ticking.check` does the same
    assert schedule.enqueue_due(store, catalogue, now=now) == 0
    with store.read() as tx:
        states = {state.id: state for state in sources.states(tx)}
    assert (states["ahead"].last_poll_at, states["ahead"].next_poll_at) == (now, now + timedelta(minutes=10))
    assert states["fine"].next_poll_at == now + timedelta(hours=5)
    assert schedule.enqueue_due(store, catalogue, now=now + timedelta(minutes=10)) == 1


def test_after_a_month_asleep_each_source_is_polled_once_and_not_all_at_one_tick(store: Store) -> None:
    """S09: 2,000 missed polls of each of 600 sources are one each, at most 500 a tick."""
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    names = [f"s{number}" for number in range(600)]
    polled(store, *names, at=now - timedelta(days=30), wait=timedelta(minutes=15))
    catalogue = {name: a_source(name) for name in names}
    owed = [schedule.enqueue_due(store, catalogue, now=now + timedelta(seconds=5 * tick)) for tick in range(4)]
    assert owed == [500, 100, 0, 0]
    with store.write() as tx:
        jobs = queue.claim(
            tx, kinds=[JobKind.POLL], limit=700, now=now + timedelta(minutes=1), lease=timedelta(minutes=1), owner="me"
        )
    assert len({job.payload for job in jobs}) == 600


def test_what_cannot_be_polled_in_time_stays_due_instead_of_filling_the_queue(store: Store) -> None:
    """With 30,000 jobs in it each look at the queue takes so long that who is late falls behind for good."""
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    catalogue = {name: a_source(name) for name in (f"s{number}" for number in range(2_100))}
    with store.write() as tx:
        sources.sync(tx, list(catalogue.values()), now=now - timedelta(minutes=1))
    assert [schedule.enqueue_due(store, catalogue, now=now) for _ in range(6)] == [500, 500, 500, 500, 0, 0]
    with store.write() as tx:
        run = tx.connection().exec_driver_sql
        run("UPDATE jobs SET state = 'done' WHERE id IN (SELECT id FROM jobs ORDER BY id LIMIT 3)")
        run("UPDATE sources SET enabled = (1 = 0) WHERE id IN (SELECT payload FROM jobs WHERE state = 'done')")
    assert [schedule.enqueue_due(store, catalogue, now=now) for _ in range(2)] == [3, 0]


def test_what_waits_behind_one_slow_host_holds_up_no_other(store: Store) -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    slow = [replace(a_source(f"a{at}"), url=f"https://slow.example/{at}") for at in range(2_400)]
    others = [a_source(f"b{at}") for at in range(60)]
    catalogue = {source.id: source for source in (*slow, *others)}
    with store.write() as tx:
        sources.sync(tx, slow, now=now - timedelta(minutes=2))
        sources.sync(tx, [*slow, *others], now=now - timedelta(minutes=1))
    assert sum(schedule.enqueue_due(store, catalogue, now=now) for _ in range(5)) == 2_460
    with store.write() as tx:
        lease = timedelta(minutes=1)
        jobs = queue.claim(tx, kinds=[JobKind.POLL], limit=100, now=now, lease=lease, owner="me")
    assert len(jobs) == 61, "one of the slow host, and all others"


def test_a_host_that_nothing_was_asked_of_for_400_days_is_forgotten_unless_it_holds_something(store: Store) -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    old, lately = now - timedelta(days=401), now - timedelta(days=399)
    states = [
        HostState(host="old", visited_at=old, rest_until=old),
        HostState(host="lately", visited_at=lately),
        HostState(host="refuses", visited_at=old, refusal=Refusal.PAYMENT, refused_at=old),
        HostState(host="closed", visited_at=old, closed_until=lately),
        HostState(host="owed", visited_at=old),
    ]
    with store.write() as tx:
        hosts.put_all(tx, states)
        queue.enqueue(tx, kind=JobKind.FETCH, key="1", host="owed", due_at=now)
    schedule.forget(store, timedelta(days=400), now)
    with store.read() as tx:
        left = set(hosts.get_all(tx, [state.host for state in states]))
    assert left == {"lately", "refuses", "closed", "owed"}


def test_a_full_disk_is_said_once_a_round_and_not_again_because_that_can_not_be_recorded(tmp_path: Path) -> None:
    said: list[str] = []

    def record(now: datetime) -> None:
        with store.write() as tx:
            runs.record(tx, job="filling", started_at=now, ended_at=now, error="x" * 50)

    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as store:
        with store.write() as tx:
            pages = tx.execute(text("PRAGMA page_count")).scalar_one()
            tx.execute(text(f"PRAGMA max_page_count = {pages}"))
        with pytest.raises(DiskFullError):
            for _ in range(10_000):
                record(datetime.now(UTC))
        tick = Chore(name="tick", every=timedelta(hours=1), run=record, remembered=False)
        clock = partial(datetime.now, UTC)
        assert not schedule.run_chore(tick, store, lambda event, **_keys: said.append(event), clock=clock)
    assert said == ["chore_failed"]
