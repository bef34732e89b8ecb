"""What hosts and publishers ask of us, kept over restarts and among nodes: real databases, a fake web and clock."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fakeweb import Clock, FakeWeb, Page, outlet, settle

from crawler import (
    Article,
    Fetch,
    Limits,
    Listing,
    ListingStatus,
    Poll,
    Record,
    Refusal,
    Rejected,
    RejectReason,
    Visit,
)
from crawler.answers import FailedError, without_answer
from monitor import queue
from monitor.app import Monitor
from monitor.classifier import Classifier
from monitor.config import Config, CrawlConfig, StoreConfig
from monitor.decide.hosts import HostState
from monitor.queue import JobKind
from monitor.store import Store, hosts, hubs, sources
from monitor.store.trace import trace
from monitor.subscribing import Subscription
from monitor.types import Budget, Source
from monitor.vocabulary import Outcome

ORDERED = "Netflix commande « Les Marées », une série française en huit épisodes"
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
GATE = "lune.example"

Make = Callable[..., Monitor]


class Web(FakeWeb):
    """A fake web whose pages can be refused in any way."""

    refuse: Callable[[Fetch], dict[str, Any] | None] = staticmethod(lambda _fetch: None)
    visit = Visit()

    def records(self, timeout: float) -> list[Record]:
        return [replace(record, visit=self.visit) for record in super().records(timeout)]

    def _page(self, fetch: Fetch) -> Article | Rejected:
        said = self.refuse(fetch)
        if said is None:
            return super()._page(fetch)
        entry = fetch.entry
        base: dict[str, Any] = {"order": fetch.order, "source": entry.source, "fetched_at": self.clock.now}
        return Rejected(**base, url=entry.url, listed_url=entry.listed_url, detail="as the test wants it", **said)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def web(clock: Clock) -> Web:
    return Web(clock=clock)


@pytest.fixture
def make(tmp_path: Path, store_url: str, web: Web, clock: Clock, classifier: Classifier) -> Iterator[Make]:
    opened: list[Monitor] = []

    def open_monitor(*sources: Source, budget: Budget | None = None, name: str = "one", crawler: Any = web) -> Monitor:
        config = Config(
            data_dir=tmp_path / name,
            store=StoreConfig(url=store_url),
            crawl=CrawlConfig(limits=Limits(delay=0.0), budget=budget or Budget()),
            sources=sources,
            subscriptions=(Subscription(name="all", targets=("terminal",)),),
        )
        config.data_dir.mkdir(exist_ok=True)
        monitor = Monitor(
            config,
            crawler=crawler,
            terminal=lambda _context: None,
            clock=clock,
            logger=lambda *_args, **_keys: None,
            classifier=classifier,
        )
        opened.append(monitor)
        return monitor

    yield open_monitor
    for monitor in opened:
        monitor.close()


def publish(web: Web, name: str, *, source: str = "lune") -> str:
    url = f"https://{source}.example/{name}"
    web.publish(source, url, Page(title=f"{ORDERED} ({name})", text="Suite.\nFin.", published=web.clock.now))
    return url


def outcome(monitor: Monitor, url: str) -> tuple[Outcome | None, str, str | None]:
    with monitor.store.read() as tx:
        found = trace(tx, url)
    assert found.entry
    return found.entry.outcome, found.entry.reason or "", found.article.tier.value if found.article else None


FORBIDDEN = {"reason": RejectReason.FORBIDDEN, "refusal": Refusal.FORBIDDEN}
RESERVED = {"reason": RejectReason.RESERVED, "evidence": "the tdm-reservation header"}


def test_a_refusal_stops_the_host_and_its_entries_are_read_by_title(make: Make, web: Web, clock: Clock) -> None:
    web.refuse = lambda _fetch: FORBIDDEN
    urls = [publish(web, name) for name in ("a", "b", "c")]
    monitor = make(outlet("lune"))
    settle(monitor)
    assert len(web.fetches) == 1, "the others were owed already, and are not asked for"
    for url in urls:
        ended, reason, tier = outcome(monitor, url)
        assert (ended, tier) == (Outcome.ANNOUNCED if url == urls[-1] else ended, "listing")
        assert "by title and summary" in reason
    clock.forward(hours=2)
    late = publish(web, "d")
    settle(monitor)
    assert len(web.fetches) == 1
    ended, reason, _ = outcome(monitor, late)
    assert ended is not None
    assert "lune.example refuses us (forbidden) since 2026-11-20; asked again on 2026-11-21" in reason
    with monitor.store.read() as tx:
        (standing,) = hosts.refusing(tx)
    assert (standing.host, standing.refusal, standing.detail) == (GATE, Refusal.FORBIDDEN, "as the test wants it")


def test_a_host_that_lets_us_in_again_is_read_again_after_one_probe(make: Make, web: Web, clock: Clock) -> None:
    web.refuse = lambda _fetch: FORBIDDEN
    publish(web, "a")
    monitor = make(outlet("lune"))
    settle(monitor)
    clock.forward(days=1, minutes=1)
    publish(web, "b"), publish(web, "c")
    settle(monitor)
    assert len(web.fetches) == 2, "one probe, and its answer is for all"
    web.refuse = lambda _fetch: None
    clock.forward(days=2, minutes=1)
    urls = [publish(web, "d"), publish(web, "e")]
    settle(monitor)
    assert len(web.fetches) == 4
    assert [outcome(monitor, url)[2] for url in urls] == ["fast", "fast"]
    with monitor.store.read() as tx:
        assert hosts.refusing(tx) == []


def test_the_listing_of_a_host_that_refuses_us_is_polled_slowly(make: Make, web: Web, clock: Clock) -> None:
    monitor = make(outlet("lune"))
    settle(monitor)
    web.refuse = lambda _fetch: FORBIDDEN
    publish(web, "a")
    for _ in range(6 * 12):
        clock.forward(minutes=5)
        settle(monitor)
    polled = [at for _, at in web.polls]
    assert all(later - earlier >= timedelta(hours=1) for earlier, later in itertools.pairwise(polled[2:]))
    assert len(polled) >= 6


def test_a_reserved_source_is_read_by_its_feed_only(make: Make, web: Web, clock: Clock) -> None:
    """O12: for 30 days no page is asked for; then one."""
    web.refuse = lambda _fetch: RESERVED
    first = publish(web, "a")
    monitor = make(outlet("lune"), outlet("soleil"))
    settle(monitor)
    assert outcome(monitor, first)[2] == "listing"
    for day in range(1, 10):
        clock.forward(days=3)
        publish(web, f"day{day}")
        settle(monitor)
    assert len(web.fetches) == 1
    with monitor.store.read() as tx:
        assert set(hosts.reservations(tx, now=clock.now)) == {"lune"}
    web.refuse = lambda _fetch: None
    clock.forward(days=3, minutes=1)
    last = publish(web, "last")
    settle(monitor)
    assert len(web.fetches) == 2
    assert outcome(monitor, last)[2] == "fast"
    with monitor.store.read() as tx:
        assert hosts.reservations(tx, now=clock.now) == {}


def test_a_licence_sets_a_reservation_aside(make: Make, web: Web, clock: Clock) -> None:
    web.refuse = lambda fetch: None if fetch.licence else RESERVED
    publish(web, "a")
    settle(make(outlet("lune")))
    licensed = make(replace(outlet("lune"), licence=True))
    clock.forward(minutes=20)
    url = publish(web, "b")
    settle(licensed)
    assert outcome(licensed, url)[2] == "fast"


def test_an_entry_without_a_title_is_not_lost_silently(make: Make, web: Web) -> None:
    web.refuse = lambda _fetch: RESERVED
    url = publish(web, "a")
    web.pages[url].title = ""
    monitor = make(outlet("lune"))
    settle(monitor)
    ended, reason, tier = outcome(monitor, url)
    assert (ended, tier) == (Outcome.REJECTED, None)
    assert "reserved" in reason


@pytest.mark.parametrize("crashes", [False, True])
def test_a_push_is_no_visit_whatever_comes_of_reading_it(make: Make, web: Web, *, crashes: bool) -> None:
    def answer(poll: Poll) -> Listing:
        error = FailedError(RejectReason.CRASHED, "it killed two crawler processes; please report it")
        listing = without_answer(poll, error, now=web.clock.now)
        assert isinstance(listing, Listing)
        return listing if crashes else replace(listing, status=ListingStatus.OK, error=None)

    monitor = make(outlet("lune"))
    settle(monitor)
    web.answer = answer
    with monitor.store.write() as tx:
        before = sources.state(tx, "lune")
        number = hubs.pushed(tx, hubs.Push(source="lune", body="", content_type=""), now=web.clock.now)
        queue.enqueue(tx, kind=JobKind.PUSH, key="p", host="", due_at=web.clock.now, payload=str(number))
    settle(monitor)
    with monitor.store.read() as tx:
        after = sources.state(tx, "lune")
        assert queue.counts(tx, now=web.clock.now).ready == 0
        assert hosts.get(tx, "") is None, "the pause of no host would keep back the pushes of all"
    assert before is not None
    assert after is not None
    assert replace(after, rhythm=before.rhythm) == before, "neither a failure nor another time for the next poll"


@pytest.mark.parametrize("asked", [90.0, 86_400.0])
def test_a_rest_outlives_a_restart_and_is_kept_for_all_of_the_host(
    make: Make, web: Web, clock: Clock, asked: float
) -> None:
    """F14: Retry-After is kept to the second, by every source on the host, over restarts."""

    def busy(poll: Poll) -> Listing | None:
        if poll.source != "lune" or clock.now > NOW:
            return None
        status = ListingStatus.BLOCKED
        return Listing(
            order=poll.order,
            source="lune",
            status=status,
            fetched_at=clock.now,
            http_status=429,
            retry_after=asked,
            error="busy",
        )

    web.answer = busy
    sources = (outlet("lune"), replace(outlet("lune-series", minutes=1), url="https://feeds.lune.example/series"))
    settle(make(*sources))
    asked_first = len(web.polls)  # the other one may have been polled before
    again = make(*sources)
    while clock.now < NOW + timedelta(seconds=asked - 1):
        clock.forward(seconds=min(asked / 10, asked - 1 - (clock.now - NOW).total_seconds()))
        settle(again)
        assert len(web.polls) == asked_first
    clock.forward(seconds=1)
    settle(again)
    assert len(web.polls) > asked_first


def test_a_budget_ends_the_pages_of_a_host_for_the_day_and_not_its_listing(make: Make, web: Web, clock: Clock) -> None:
    """P23."""
    monitor = make(outlet("lune", hours=1), budget=Budget(day=20))
    settle(monitor)
    for number in range(40):
        publish(web, f"p{number}")
    for _ in range(5):
        clock.forward(hours=2)
        settle(monitor)
    assert len(web.fetches) + len(web.polls) <= 20
    assert len(web.fetches) <= 18
    assert len(web.polls) >= 3
    clock.forward(hours=9)
    settle(monitor)
    assert len(web.fetches) > 18, "the next day has its own, and nothing was lost"


def test_two_nodes_are_never_at_one_host_at_once(postgres: Callable[[], str]) -> None:
    """F33: among machines. A host whose job is leased, or that was just visited by another node, waits."""
    lease = timedelta(minutes=4)
    with Store.open(postgres()) as store:
        with store.write() as tx:
            for number in range(4):
                queue.enqueue(tx, kind=JobKind.FETCH, key=str(number), host=GATE, due_at=NOW)

        def claim(owner: str, now: datetime) -> list[queue.Job]:
            with store.write() as tx:
                return queue.claim(tx, kinds=[JobKind.FETCH], limit=9, now=now, lease=lease, owner=owner)

        (job,) = claim("one", NOW)
        assert claim("two", NOW) == []
        rested = HostState(host=GATE, visited_at=NOW, visited_by="one", rest_until=NOW + timedelta(seconds=10))
        with store.write() as tx:
            hosts.put(tx, rested)
            queue.end(tx, job, NOW)
        assert claim("two", NOW + timedelta(seconds=9)) == []
        assert len(claim("one", NOW + timedelta(seconds=9))) == 1, "its own crawler keeps the pause"
        with store.write() as tx:
            assert queue.release(tx, owner="one") == 1
            hosts.put(tx, replace(rested, closed_until=NOW + timedelta(seconds=60)))
        assert claim("one", NOW + timedelta(seconds=59)) == []
        assert len(claim("two", NOW + timedelta(seconds=60))) == 1


def test_a_lease_that_ran_out_waits_for_its_host_as_well(store: Store) -> None:
    lease = timedelta(seconds=60)
    with store.write() as tx:
        queue.enqueue(tx, kind=JobKind.FETCH, key="1", host=GATE, due_at=NOW)
        queue.claim(tx, kinds=[JobKind.FETCH], limit=1, now=NOW, lease=lease, owner="one")
        hosts.put(tx, HostState(host=GATE, pages_until=NOW + timedelta(hours=1)))

    def again(at: datetime) -> int:
        with store.write() as tx:
            return len(queue.claim(tx, kinds=[JobKind.FETCH], limit=1, now=at, lease=lease, owner="two"))

    assert again(NOW + timedelta(minutes=30)) == 0
    assert again(NOW + timedelta(hours=1)) == 1


def test_two_monitors_on_one_store_ask_for_each_page_once(make: Make, web: Web, clock: Clock) -> None:
    """F33, S: two daemons share the work, each host at one of them at a time."""
    other = Web(clock=clock)
    other.outlets, other.pages = web.outlets, web.pages
    sources = [outlet(name) for name in ("lune", "mars", "venus")]
    for source in sources:
        for number in range(5):
            publish(web, str(number), source=source.id)
    web.visit = other.visit = Visit(pause=10.0)
    one, two = make(*sources), make(*sources, name="two", crawler=other)
    one.tick(clock.now)
    for turn in range(40):
        for monitor in (one, two) if turn % 2 else (two, one):
            monitor.crawling._hand_out()
        at_work = [_gate(command) for command in (*web.waiting, *other.waiting)]
        assert len(at_work) == len(set(at_work))
        for monitor in (one, two):
            monitor.crawling.step(0)
        clock.forward(seconds=11)
    fetched = [*web.fetches, *other.fetches]
    assert len(fetched) == len(set(fetched)) == 15
    assert web.fetches
    assert other.fetches


def _gate(command: Poll | Fetch) -> str:
    url = command.url if isinstance(command, Poll) else command.entry.url
    return url.split("/")[2]


def test_what_is_kept_of_a_host_comes_back(store: Store) -> None:
    state = HostState(
        host=GATE,
        visited_at=NOW,
        visited_by="x",
        refusal=Refusal.LEGAL,
        refused_at=NOW,
        probe_at=NOW,
        detail="HTTP 451",
    )
    with store.write() as tx:
        assert hosts.get(tx, GATE) is None
        hosts.put(tx, HostState(host=GATE, in_day=7))
        hosts.put(tx, state)
        assert hosts.get(tx, GATE) == state
        assert hosts.refusing(tx) == [state]
