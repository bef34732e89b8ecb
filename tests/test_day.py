"""A simulated day: the clock is passed in, the network is a script, everything else is real."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import psutil
import pytest
from fakeweb import START, Clock, FakeWeb, Page, outlet, outlets, settle

from crawler import Entry, Limits, Listing, ListingStatus, Poll, RejectReason
from monitor import queue
from monitor.alerts.context import DeliveryContext
from monitor.app import Monitor
from monitor.classifier import Classifier
from monitor.config import Config, CrawlConfig, StoreConfig
from monitor.rhythm import Bounds
from monitor.store import entries, runs
from monitor.subscribing import Subscription
from monitor.types import Source
from monitor.vocabulary import Event, Pace

ORDERED = Page(
    title="Netflix commande « Les Marées », une série française en huit épisodes",
    text="Netflix a annoncé ce jeudi la commande de « Les Marées », une série originale française en huit épisodes.\n"
    "Le tournage de ce thriller débutera au printemps en Bretagne, précise la plateforme dans un communiqué.",
)
ORDINARY = Page(
    title="Grève des éboueurs : le préfet appelle au calme",
    text="La grève des éboueurs entre dans sa deuxième semaine. Le préfet a reçu les syndicats mardi matin.\n"
    "Une nouvelle réunion est prévue vendredi, selon la préfecture.",
)
RENEWED = Page(
    title="« Les Marées » : Netflix renouvelle la série française pour une saison 2",
    text="Bonne nouvelle : « Les Marées » aura une saison 2, a confirmé Netflix, qui renouvelle la série française.",
)

STEP = 3  #: minutes between two looks of the daemon

MakeMonitor = Callable[..., Monitor]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def web(clock: Clock) -> FakeWeb:
    return FakeWeb(clock=clock)


@pytest.fixture
def told() -> list[DeliveryContext]:
    return []


@pytest.fixture
def make(
    tmp_path: Path, store_url: str, web: FakeWeb, clock: Clock, told: list[DeliveryContext], classifier: Classifier
) -> Iterator[MakeMonitor]:
    """Open monitors on one store, which is SQLite in one run of each test and PostgreSQL in another."""
    opened: list[Monitor] = []

    def open_monitor(*sources: Source, **fields: object) -> Monitor:
        config = Config(
            data_dir=tmp_path,
            store=StoreConfig(url=store_url),
            crawl=CrawlConfig(limits=Limits(delay=0.0)),
            sources=sources,
            subscriptions=(Subscription(name="all", targets=("terminal",)),),
            **fields,  # type: ignore[arg-type]
        )
        monitor = Monitor(
            config,
            crawler=web,
            terminal=told.append,
            clock=clock,
            logger=lambda *_args, **_keys: None,
            classifier=classifier,
        )
        opened.append(monitor)
        return monitor

    yield open_monitor
    for monitor in opened:
        monitor.close()


def article(page: Page, published: datetime) -> Page:
    return Page(title=page.title, text=page.text, published=published)


def begun(make: MakeMonitor, web: FakeWeb, **published: dict[str, Page]) -> Monitor:
    """A monitor that has read what its outlets had: for each its pages, by path."""
    for name, pages in published.items():
        for path, page in pages.items():
            web.publish(name, f"https://{name}.example{path}", page)
    monitor = make(*outlets(*published))
    settle(monitor)
    return monitor


def publish_what_comes_at(minute: int, web: FakeWeb, now: datetime) -> None:
    """One outlet has ordinary news all day, and an announcement that the others tell hours later."""
    if minute % 96 == 0:
        web.publish("lune", f"https://lune.example/{minute}", article(ORDINARY, now))
    if minute == 300:
        web.publish("lune", "https://lune.example/marees", article(ORDERED, now))
    if minute in {399, 501, 600}:
        name = {399: "soleil", 501: "mars", 600: "venus"}[minute]
        page = article(ORDERED, now)
        page.text += f"\nNotre rédaction de {name} y reviendra."
        web.publish(name, f"https://{name}.example/marees", page)


def test_a_day_polls_every_source_when_it_is_due_tells_each_fact_once_and_leaks_nothing(
    make: MakeMonitor, web: FakeWeb, clock: Clock, told: list[DeliveryContext]
) -> None:
    slower = [replace(one, rhythm=Pace.FIXED) for one in (outlet("venus", minutes=30), outlet("pluton", hours=3))]
    watched = [*outlets("lune", "soleil", "mars"), *slower]
    monitor = make(*watched)
    process = psutil.Process()
    noon = (0, 0)
    settle(monitor)
    for minute in range(0, 24 * 60, STEP):
        clock.forward(minutes=STEP)
        publish_what_comes_at(minute, web, clock.now)
        settle(monitor)
        if minute == 720:
            noon = (process.num_threads(), process.num_fds())

    assert [(context.stories[0].article.outlet, context.delivery.event) for context in told] == [("Lune", Event.NEW)]
    polled = defaultdict(list)
    for name, at in web.polls:
        polled[name].append(at)
    for source in watched:
        gaps = [after - earlier for earlier, after in pairwise(polled[source.id])]
        fixed = source.rhythm is Pace.FIXED
        least, most = (source.interval, source.interval) if fixed else (Bounds().fastest, Bounds().slowest)
        longest = most + source.interval * 0.1 + timedelta(minutes=STEP)
        assert min(gaps) >= least
        assert max(gaps) <= longest
        assert len(gaps) >= timedelta(hours=24) / longest - 1
    assert len(web.fetches) == len(set(web.fetches))
    assert (process.num_threads(), process.num_fds()) == noon
    assert not monitor.crawling.busy
    with monitor.store.read() as tx:
        left = queue.counts(tx, now=clock.now)
    assert (left.ready, left.leased, left.dead) == (0, 0, 0)


def test_a_listing_that_goes_back_in_time_and_forth_again_is_no_news_d08(
    make: MakeMonitor, web: FakeWeb, clock: Clock, told: list[DeliveryContext]
) -> None:
    monitor = begun(make, web, lune={"/marees": article(ORDERED, clock.now)})
    web.publish("lune", "https://lune.example/saison-2", article(RENEWED, clock.now))
    stale, fresh = web.outlets["lune"][1:], web.outlets["lune"]
    for shown in (fresh, stale, fresh, [], fresh, stale, fresh):  # two nodes of a CDN, and one restored from nothing
        web.outlets["lune"] = shown
        clock.forward(hours=3)
        settle(monitor)
    assert len(web.polls) >= 7
    assert len(told) == 2
    assert sorted(web.fetches) == ["https://lune.example/marees", "https://lune.example/saison-2"]


def test_a_restart_forgets_nothing_and_repeats_nothing(
    make: MakeMonitor, web: FakeWeb, clock: Clock, told: list[DeliveryContext]
) -> None:
    """Fault S18."""
    web.publish("lune", "https://lune.example/marees", article(ORDERED, clock.now))
    monitor = make(*outlets("lune"))
    monitor.tick(clock.now)
    monitor.crawling.step(0)  # the listing is asked for and taken in; its page is owed when we die
    monitor.close()

    again = make(*outlets("lune"))
    settle(again)
    assert [context.stories[0].article.url for context in told] == ["https://lune.example/marees"]
    clock.forward(minutes=20)
    settle(again)
    assert len(told) == 1
    assert web.fetches == ["https://lune.example/marees"]


def test_overlapping_ticks_do_not_double_a_poll(make: MakeMonitor, web: FakeWeb, clock: Clock) -> None:
    monitor = make(*outlets("lune"))
    assert [monitor.tick(clock.now), monitor.tick(clock.now)] == [1, 0]
    settle(monitor)
    assert len(web.polls) == 1


def test_the_first_crawl_of_an_outlet_is_quiet_about_what_was_there(
    make: MakeMonitor, web: FakeWeb, clock: Clock, told: list[DeliveryContext]
) -> None:
    """Fault D06."""
    old, fresh = article(ORDERED, clock.now - timedelta(days=30)), article(RENEWED, clock.now - timedelta(hours=5))
    begun(make, web, lune={"/vieux": old, "/frais": fresh})
    assert [context.stories[0].article.url for context in told] == ["https://lune.example/frais"]
    assert web.fetches == ["https://lune.example/frais"]


def test_an_outlet_that_lists_five_hundred_old_items_under_new_addresses_alerts_nobody(
    make: MakeMonitor, web: FakeWeb, clock: Clock, told: list[DeliveryContext]
) -> None:
    """Faults D01, D10."""
    monitor = begun(make, web, lune={"/0": article(ORDINARY, clock.now)})
    for number in range(500):
        old = None if number % 2 else clock.now - timedelta(days=3 + number)
        web.publish("lune", f"https://lune.example/redesign/{number}", Page(title=ORDERED.title, published=old))
    clock.forward(minutes=20)
    settle(monitor)
    assert told == []
    assert len(web.fetches) <= 31


def test_an_old_page_that_is_listed_without_a_date_is_kept_and_alerts_nobody(
    make: MakeMonitor, web: FakeWeb, clock: Clock, told: list[DeliveryContext]
) -> None:
    monitor = begun(make, web, lune={"/0": article(ORDINARY, clock.now)})
    old = Page(title=ORDERED.title, text=ORDERED.text, published=clock.now - timedelta(days=40), undated=True)
    web.publish("lune", "https://lune.example/1", old)
    clock.forward(minutes=20)
    settle(monitor)
    assert told == []
    with monitor.store.read() as tx:
        stored = entries.by_url(tx, "https://lune.example/1")
    assert stored is not None
    assert (stored.outcome, stored.reason) == ("quiet", "published 40 days ago: kept, too old to alert")


def test_a_source_removed_while_its_page_is_owed_leaves_no_entry_without_outcome(
    make: MakeMonitor, web: FakeWeb, clock: Clock
) -> None:
    """Fault S17."""
    web.publish("lune", "https://lune.example/marees", article(ORDERED, clock.now))
    monitor = make(*outlets("lune"))
    monitor.tick(clock.now)
    monitor.crawling.step(0)
    monitor.close()
    without = make(*outlets("soleil"))
    settle(without)
    with without.store.read() as tx:
        stored = entries.by_url(tx, "https://lune.example/marees")
    assert stored is not None
    assert stored.outcome == "skipped"
    assert "removed or switched off" in str(stored.reason)


def test_an_agencys_copy_elsewhere_corroborates_and_at_home_is_a_duplicate(
    make: MakeMonitor, web: FakeWeb, clock: Clock, told: list[DeliveryContext]
) -> None:
    """Faults D05, D11."""
    for outlet_id, url in (("lune", "https://lune.example/a"), ("soleil", "https://soleil.example/b")):
        web.publish(outlet_id, url, article(ORDERED, clock.now))
    web.publish("lune", "https://lune.example/c", article(ORDERED, clock.now))
    monitor = make(*outlets("lune", "soleil"))
    settle(monitor)
    assert len(told) == 1
    with monitor.store.read() as tx:
        stored = [
            entries.by_url(tx, f"https://{path}") for path in ("lune.example/a", "lune.example/c", "soleil.example/b")
        ]
    outcomes = sorted(str(one.outcome) for one in stored if one)
    assert outcomes == ["announced", "corroborated", "duplicate"]


def test_without_network_it_says_so_once_keeps_trying_and_is_back_at_once(
    make: MakeMonitor, web: FakeWeb, clock: Clock
) -> None:
    def unreachable(poll: Poll) -> Listing:
        return Listing(
            order=poll.order,
            source=poll.source,
            status=ListingStatus.FAILED,
            fetched_at=clock.now,
            error=f"{poll.url}: no such host",
            reached=False,
        )

    said: list[str] = []
    monitor = make(*outlets("lune", "soleil", "mars", "venus"))
    object.__setattr__(monitor.pipeline, "log", lambda event, **_keys: said.append(event))
    web.answer = unreachable
    for _ in range(12 * 4):
        clock.forward(minutes=15)
        settle(monitor)
    assert said.count("offline") == 1
    web.answer = lambda _poll: None
    polls = len(web.polls)
    for _ in range(7):
        clock.forward(minutes=5)
        settle(monitor)
    assert said.count("online") == 1
    assert len(web.polls) - polls >= 4
    assert len({source for source, _ in web.polls[polls:]}) == 4


def test_a_page_that_cannot_be_had_is_tried_for_two_days_then_given_up_with_its_reason(
    make: MakeMonitor, web: FakeWeb, clock: Clock
) -> None:
    web.publish(
        "lune", "https://lune.example/1", Page(ORDERED.title, published=clock.now, refused=RejectReason.TIMEOUT)
    )
    monitor = make(*outlets("lune"))
    for _ in range(3 * 24):
        settle(monitor)
        clock.forward(hours=1)
    assert 6 <= len(web.fetches) <= 16
    with monitor.store.read() as tx:
        stored = entries.by_url(tx, "https://lune.example/1")
    assert stored is not None
    assert (stored.outcome, stored.reason) == ("rejected", "timeout: as the test wants it")


def test_a_source_that_was_off_is_polled_again_when_it_is_on(make: MakeMonitor, web: FakeWeb, clock: Clock) -> None:
    (lune,) = outlets("lune")
    monitor = make(lune)
    monitor.tick(clock.now)
    monitor.catalogue["lune"] = replace(lune, enabled=False)
    while monitor.crawling.step(0):
        pass
    assert web.polls == []
    clock.forward(minutes=20)
    settle(monitor)
    assert [source for source, _ in web.polls] == ["lune"]


def test_a_poll_that_trips_our_own_code_is_given_up_and_the_next_one_comes(
    make: MakeMonitor, web: FakeWeb, clock: Clock
) -> None:
    monitor = make(*outlets("lune"))
    trapped = Entry(source="lune", url="https://lune.example/2", listed_url="http://lune.example:port/2")
    web.answer = lambda poll: replace(web._listing(poll), entries=(trapped,))
    for _ in range(14 * 8):
        settle(monitor)
        clock.forward(hours=3)
    assert monitor.crawling.tally.poisoned >= 5
    web.answer = lambda _poll: None
    polls = len(web.polls)
    for _ in range(2 * 8):
        settle(monitor)
        clock.forward(hours=3)
    assert len(web.polls) > polls + 10


def test_a_chore_that_raises_is_a_failed_run_and_the_daemon_goes_on(make: MakeMonitor, clock: Clock) -> None:
    from monitor.schedule import Chore, run_chore  # noqa: PLC0415

    def fail(_now: datetime) -> None:
        raise OSError("the disk is on fire")

    monitor = make(*outlets("lune"))
    chore = Chore(name="fragile", every=timedelta(days=1), run=fail)
    assert not run_chore(chore, monitor.store, lambda *_args, **_keys: None, clock=clock)
    with monitor.store.read() as tx:
        (run,) = [one for one in runs.recent(tx, limit=10) if one.job == "fragile"]
    assert run.error == "OSError: the disk is on fire"
    assert run.started_at >= START
