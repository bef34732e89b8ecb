"""One story on its way out: from an article to a webhook that is down at first, into feeds, and to another machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shipped
from fakeweb import Clock, FakeWeb, Page, outlets, settle
from hook import serving

from crawler import Limits
from monitor import webhook
from monitor.app import Monitor
from monitor.config import Config, CrawlConfig, StoreConfig, Target
from monitor.feeds import Place, atom, feed_of
from monitor.secret import Secret
from monitor.store import deliveries, exporting, importing, latest
from monitor.subscribing import Subscription
from monitor.vocabulary import DeliveryState

MakeMonitor = Callable[[Path, str], Monitor]
SECRET = "a-long-random-text"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def web(clock: Clock) -> FakeWeb:
    page = Page(
        title="Netflix commande « Les Marées », une série française en huit épisodes",
        text="Netflix a annoncé ce jeudi la commande de « Les Marées », une série originale française.",
        published=clock.now,
    )
    web = FakeWeb(clock=clock)
    web.publish("lune", "https://lune.example/marees", page)
    return web


@pytest.fixture
def make(web: FakeWeb, clock: Clock) -> Iterator[MakeMonitor]:
    opened: list[Monitor] = []

    def open_monitor(folder: Path, url: str) -> Monitor:
        folder.mkdir(exist_ok=True)
        config = Config(
            data_dir=folder,
            store=StoreConfig(url=f"sqlite:///{folder}/cocorico.db"),
            crawl=CrawlConfig(limits=Limits(delay=0.0)),
            sources=tuple(outlets("lune")),
            subscriptions=(Subscription(name="all", targets=("hook",)),),
            targets=(Target(name="hook", kind="webhook", url=Secret(url), secret=Secret(SECRET)),),
        )
        monitor = Monitor(
            config,
            crawler=web,
            terminal=lambda _: None,
            clock=clock,
            logger=lambda *_args, **_keys: None,
            classifier=shipped.classifier(),
        )
        opened.append(monitor)
        return monitor

    yield open_monitor
    for monitor in opened:
        monitor.close()


def states(monitor: Monitor) -> list[DeliveryState]:
    with monitor.store.read() as tx:
        return [delivery.state for delivery in deliveries.listing(tx, limit=9)]


def test_a_webhook_that_is_down_is_tried_again_and_told_once(make: MakeMonitor, clock: Clock, tmp_path: Path) -> None:
    with serving(503, {"Retry-After": "600"}) as down:
        monitor = make(tmp_path, down.url)
        settle(monitor)
        clock.forward(minutes=5)
        settle(monitor)
    assert len(down.requests) == 1, "it asked us to wait for ten minutes"
    monitor.close()
    clock.forward(minutes=6)
    with serving() as up:
        again = make(tmp_path, up.url)
        settle(again)
        clock.forward(hours=5)
        settle(again)
    ((_, first, body),), ((_, second, same),) = down.requests, up.requests
    assert first["X-Cocorico-Delivery"] == second["X-Cocorico-Delivery"]
    for headers, document in ((first, body), (second, same)):
        assert headers["X-Cocorico-Signature"] == webhook.signature(SECRET, headers["X-Cocorico-Timestamp"], document)
    told, again_told = json.loads(body), json.loads(same)
    assert told["stories"][0]["title"] == "Les Marées"
    assert told["stories"][0].pop("links") != again_told["stories"][0].pop("links"), "each try signs its own"
    assert told == again_told
    assert states(again) == [DeliveryState.SENT]


def test_what_was_told_here_is_not_told_again_on_another_machine(
    make: MakeMonitor, clock: Clock, tmp_path: Path
) -> None:
    with serving() as hook:
        here = make(tmp_path / "here", hook.url)
        settle(here)
        with here.store.read() as tx:
            lines = list(exporting.lines(tx))
        there = make(tmp_path / "there", hook.url)
        importing.load(there.store, lines, name="export")
        clock.forward(hours=1)
        settle(there)
        assert len(hook.requests) == 1
        assert states(there) == [DeliveryState.SENT]
        place = Place(name="all", address="http://c.example/feeds/all.atom", home="http://c.example/")
        feeds = []
        for monitor in (here, there):
            with monitor.store.read() as tx:
                feeds.append(atom.render(feed_of(next(latest.latest(tx)), place)))
        assert feeds[0] == feeds[1]
        assert "Les Marées" in feeds[0].decode()
        elsewhere = make(tmp_path / "elsewhere", hook.url)
        settle(elsewhere)
        assert len(hook.requests) == 2, "a machine that knows nothing tells it"


def test_what_was_owed_here_is_told_there_once(make: MakeMonitor, clock: Clock, tmp_path: Path) -> None:
    with serving(500) as down, serving() as up:
        here = make(tmp_path / "here", down.url)
        settle(here)
        with here.store.read() as tx:
            lines = list(exporting.lines(tx))
        here.close()
        there = make(tmp_path / "there", up.url)
        importing.load(there.store, lines, name="export")
        for _ in range(2):
            clock.forward(hours=6)
            settle(there)
        assert len(down.requests) == len(up.requests) == 1
        assert down.requests[0][1]["X-Cocorico-Delivery"] == up.requests[0][1]["X-Cocorico-Delivery"]
        assert there.report().left.ready == 0
