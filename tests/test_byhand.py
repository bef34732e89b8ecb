"""Visits asked for by hand beside a daemon: one visitor a host at a time, at its pace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from audit import Wishes, audit
from crawling import fetch, poll
from fakeweb import Clock
from simweb import Machine, Publisher, VirtualLoop, Web, limits
from twomachines import HOUR, machine_of

from crawler import (
    AnyCommand,
    AnyRecord,
    Article,
    Fetch,
    Listing,
    ListingStatus,
    Probe,
    Probed,
    Record,
    Rejected,
    RejectReason,
    Visit,
)
from crawler.answers import FailedError, without_answer
from monitor import queue
from monitor.byhand import PATIENCE, ByHand
from monitor.decide.hosts import HostState
from monitor.queue import JobKind
from monitor.store import Store, Tx, hosts
from monitor.types import Budget

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LEASE = timedelta(minutes=3)


class Deaf:
    """A crawler that takes orders and says only what it is told to."""

    def __init__(self) -> None:
        self.taken: list[AnyCommand] = []
        self.says: list[AnyRecord] = []

    def submit(self, command: AnyCommand) -> None:
        self.taken.append(command)

    def records(self, timeout: float) -> list[Record]:
        assert timeout <= 0.2
        said, self.says = self.says, []
        return [one for one in said if not isinstance(one, Probed)]

    def probed(self, timeout: float) -> Probed | None:
        assert timeout <= 0.2
        return None


def moved(path: str, _at: float) -> tuple[int, dict[str, str]]:
    return (301, {"Location": f"https://www.cible.example/neuf{path}"}) if path.startswith("/a/") else (200, {})


def asked_by_hand(names: tuple[str, ...]) -> Iterator[AnyCommand]:
    for name in names:
        yield poll(f"https://www.{name}/feed", delay=10.0)
        for number in range(1, 6):
            yield fetch(f"https://www.{name}/a/{number}", delay=10.0)
        for path in ("/feed", "/a/9"):
            yield Probe(order=f"{name}{path}", source="looked-at", url=f"https://www.{name}{path}", delay=1.0)


def test_what_is_asked_by_hand_and_a_daemon_are_never_at_a_host_together(loop: VirtualLoop, tmp_path: Path) -> None:
    names = ("un.example", "deux.example")
    wishes = {"cible.example": Wishes(crawl_delay=15.0), **dict.fromkeys(names, Wishes())}
    publishers = {name: Publisher(domain=name, every=900.0, wishes=one) for name, one in wishes.items()}
    publishers["un.example"].page = moved
    web = Web(loop, publishers)
    loop.now = 10 * HOUR
    monitor = machine_of(tmp_path, "daemon", web)
    asked, answers, probes = list(asked_by_hand(names)), list[Record](), list[Probed]()
    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as store:
        machine = Machine("hand", web, limits())
        hand = ByHand(machine, store, owner="hand", budget=Budget(), clock=loop.clock, patience=timedelta(hours=9))
        for command in asked:
            hand.submit(command)
        while len(answers) + len(probes) < len(asked):
            monitor.tick(loop.clock())
            monitor.crawling.step(0)
            answers += hand.records(0.0)
            probes += filter(None, [hand.probed(0.0)])
            loop.pass_time(1.0)
    monitor.close()
    assert [str(one) for one in audit(web.log, wishes)] == []
    assert {line.by for line in web.log} == {"daemon", "hand"}
    assert sum(isinstance(one, Article) for one in answers) == 10
    assert sorted(len(one.listing.entries) for one in probes) == [0, 0, 10, 10]
    assert sum(isinstance(one, Listing) and one.status is ListingStatus.OK for one in answers) == 2
    assert {line.host for line in web.log if line.by == "hand" and line.path.startswith("/neuf")} == {"cible.example"}


def test_a_host_is_taken_by_one_and_given_back(store: Store) -> None:
    with store.write() as tx:
        assert queue.seize(tx, host="un.example", owner="a", now=NOON, lease=LEASE)
        assert not queue.seize(tx, host="un.example", owner="b", now=NOON, lease=LEASE)
        assert queue.seize(tx, host="deux.example", owner="b", now=NOON, lease=LEASE)
        queue.enqueue(tx, kind=JobKind.POLL, key="un", host="un.example", due_at=NOON)
        assert claim(tx) == []
        queue.let_go(tx, host="un.example", owner="a")
        assert claim(tx) == ["un"]
        assert not queue.seize(tx, host="un.example", owner="b", now=NOON, lease=LEASE)


def test_a_command_that_was_killed_keeps_a_host_from_nobody_for_long(store: Store) -> None:
    with store.write() as tx:
        assert queue.seize(tx, host="un.example", owner="a", now=NOON, lease=LEASE)
        assert queue.seize(tx, host="un.example", owner="b", now=NOON + LEASE, lease=LEASE)
        assert queue.counts(tx, NOON).leased == 1


def test_a_host_that_was_just_visited_or_asked_for_rest_is_left_alone(store: Store) -> None:
    soon = NOON + timedelta(seconds=20)
    state = HostState(host="un.example", visited_at=NOON, visited_by="daemon", rest_until=soon)
    with store.write() as tx:
        hosts.put(tx, state)
        assert not queue.seize(tx, host="un.example", owner="a", now=NOON, lease=LEASE)
        assert queue.seize(tx, host="un.example", owner="a", now=soon, lease=LEASE)
        hosts.put(tx, replace(state, host="deux.example", rest_until=None, closed_until=soon))
        assert not queue.seize(tx, host="deux.example", owner="a", now=NOON, lease=LEASE)


def test_an_order_whose_host_stays_busy_is_answered_and_names_it(store: Store) -> None:
    clock, deaf = Clock(), Deaf()
    with store.write() as tx:
        assert queue.seize(tx, host="un.example", owner="daemon", now=clock.now, lease=timedelta(hours=9))
    hand = ByHand(deaf, store, owner="hand", budget=Budget(), clock=clock)
    hand.submit(poll("https://www.un.example/feed"))
    hand.submit(fetch("https://www.un.example/1"))
    hand.submit(fetch("https://www.deux.example/1"))
    assert hand.records(1.0) == []
    clock.now += PATIENCE
    listing, page = hand.records(1.0)
    assert isinstance(listing, Listing)
    assert (listing.status, listing.error, listing.visit) == (
        ListingStatus.FAILED,
        "un.example is busy with other visits of ours; try again in a few minutes",
        Visit(requests=0),
    )
    assert isinstance(page, Rejected)
    assert (page.reason, page.retry) == (RejectReason.TIMEOUT, True)
    assert [one.entry.url for one in deaf.taken if isinstance(one, Fetch)] == ["https://www.deux.example/1"]


def test_a_host_that_wants_a_longer_rest_is_not_waited_for(store: Store) -> None:
    clock, deaf, waited = Clock(), Deaf(), list[str]()
    with store.write() as tx:
        hosts.put(tx, HostState(host="un.example", closed_until=clock.now + timedelta(hours=20)))
        hosts.put(tx, HostState(host="deux.example", closed_until=clock.now + timedelta(seconds=20)))
    hand = ByHand(deaf, store, owner="hand", budget=Budget(), clock=clock, waits=waited.append)
    hand.submit(Probe(order="1", source="looked-at", url="https://www.un.example/"))
    hand.submit(Probe(order="2", source="looked-at", url="https://www.deux.example/"))
    answer = hand.probed(0.1)
    assert answer is not None
    assert str(answer.listing.error).startswith("un.example is to be left alone until ")
    assert hand.records(1.0) == []
    assert (waited, deaf.taken) == (["deux.example"], [])
    clock.now += timedelta(seconds=20)
    assert hand.probed(0.1) is None
    assert [one.order for one in deaf.taken] == ["2"]


def test_who_stands_behind_visits_of_the_same_command_does_not_lose_patience(store: Store) -> None:
    clock, deaf = Clock(), Deaf()
    hand = ByHand(deaf, store, owner="hand", budget=Budget(), clock=clock)
    for number in range(3):
        hand.submit(fetch(f"https://www.un.example/{number}"))
    for _ in range(5):
        assert hand.records(0.1) == []
        clock.now += PATIENCE
    (first,) = deaf.taken
    assert isinstance(first, Fetch)
    deaf.says = [without_answer(first, FailedError(RejectReason.NOT_FOUND, "nothing is there"), now=clock.now)]
    assert len(hand.records(0.1)) == 1
    with store.write() as tx:
        assert queue.seize(tx, host="un.example", owner="daemon", now=clock.now, lease=LEASE)
    assert hand.records(0.1) == [], "they wait for the daemon as they would for anybody"


def claim(tx: Tx) -> list[str]:
    found = queue.claim(tx, kinds=[JobKind.POLL], limit=9, now=NOON, lease=LEASE, owner="daemon")
    return [job.key for job in found]
