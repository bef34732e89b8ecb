"""A running daemon reads and tells by the watchlist as it is: what `cocorico watch` changes, the next tick knows."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from fakeweb import Clock, FakeWeb, Page, outlets, settle

from crawler import Limits
from monitor.alerts.context import DeliveryContext
from monitor.app import Monitor
from monitor.config import Config, CrawlConfig, StoreConfig
from monitor.decide.naming import title_key
from monitor.store import watched
from monitor.subscribing import Match, Subscription
from monitor.vocabulary import WatchKind
from monitor.watching import WatchItem

MINE = Subscription(name="mine", targets=("terminal",), match=Match(watchlist=True))


def silent(event: str, **keys: object) -> None:
    """Keep nothing."""


def test_what_is_added_while_it_runs_is_read_and_told(tmp_path: Path) -> None:
    clock = Clock()
    web = FakeWeb(clock=clock)
    told: list[DeliveryContext] = []
    config = Config(
        data_dir=tmp_path,
        store=StoreConfig(url=f"sqlite:///{tmp_path / 'c.db'}"),
        crawl=CrawlConfig(limits=Limits(delay=0.0)),
        sources=tuple(outlets("lune")),
        subscriptions=(MINE,),
    )
    headline = "Zorglub sur la dune : France 2 commande une saison {}"

    def publish(season: int) -> None:
        clock.forward(minutes=20)
        web.publish("lune", f"https://lune.example/{season}", Page(title=headline.format(season), published=clock.now))
        settle(monitor)

    with Monitor(config, crawler=web, terminal=told.append, clock=clock, logger=silent) as monitor:
        publish(2)
        assert told == []
        item = WatchItem(kind=WatchKind.WORK, name="Zorglub sur la dune")
        with monitor.store.write() as tx:
            watched.add(tx, [(title_key(item.name), item)], now=clock.now)
        publish(3)
        (context,) = told
        assert context.stories[0].story.title == "Zorglub sur la dune"
        assert context.stories[0].matched == 'watchlist: "Zorglub sur la dune"'
        book = weakref.ref(monitor._watchlist.classifier._lexicons["fr"].book)  # in a cycle: the collector frees it
        with monitor.store.write() as tx:
            watched.remove(tx, None, title_key(item.name))
        publish(4)
        assert len(told) == 1
        assert gc.get_freeze_count() > 10_000  # what stays is not looked through again and again,
        assert book() is None  # and what was replaced is let go
