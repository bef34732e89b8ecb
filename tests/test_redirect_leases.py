"""Redirects of two machines, seen from the publishers' side: each domain has one visitor at a time, at its pace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from audit import Wishes, audit
from desk import classifier
from simweb import Machine, Publisher, VirtualLoop, Web, limits

from crawler import SourceKind
from monitor.app import Monitor
from monitor.config import Config, CrawlConfig, StoreConfig
from monitor.store import Store
from monitor.store import sources as rows
from monitor.types import Source

HOUR = 3_600.0
Page = Callable[[str, float], tuple[int, dict[str, str]]]


def to(domain: str) -> Page:
    """Articles that have their page elsewhere."""

    def page(path: str, _at: float) -> tuple[int, dict[str, str]]:
        leads = path.startswith("/a/")
        return (302, {"Location": f"https://www.{domain}/neuf{path}"}) if leads else (200, {})

    return page


@pytest.fixture
def loop() -> Iterator[VirtualLoop]:
    virtual = VirtualLoop()
    asyncio.set_event_loop(virtual)
    yield virtual
    for task in asyncio.all_tasks(virtual):
        task.cancel()
    virtual.run_until_complete(asyncio.sleep(0))
    asyncio.set_event_loop(None)
    virtual.close()


def source(domain: str) -> Source:
    name = domain.partition(".")[0]
    url = f"https://www.{domain}/feed"
    return Source(id=name, name=name, url=url, kind=SourceKind.FEED, language="fr", interval=timedelta(hours=1))


def work(folder: Path, web: Web, hours: float) -> None:
    """Let two machines on one store watch every publisher for so long."""
    monitors = []
    for name in ("one", "two"):
        (folder / name).mkdir()
        config = Config(
            data_dir=folder / name,
            store=StoreConfig(url=f"sqlite:///{folder}/cocorico.db"),
            crawl=CrawlConfig(limits=limits()),
            sources=tuple(source(domain) for domain in web.publishers),
        )
        machine = Machine(name, web, limits())
        monitor = Monitor(
            config,
            crawler=machine,
            terminal=lambda _context: None,
            clock=web.loop.clock,
            logger=lambda *_args, **_keys: None,
            classifier=classifier(),
        )
        monitors.append(monitor)
    worked = False
    while web.loop.now < hours * HOUR:
        monitors.reverse()
        if not worked:
            for monitor in monitors:
                monitor.tick(web.loop.clock())
        done = [monitor.crawling.step(0) or monitor.crawling.busy for monitor in monitors]
        worked = any(done)
        web.loop.pass_time(7.0 if worked else 601.0)
    for monitor in monitors:
        monitor.close()


def test_a_domain_that_others_redirect_to_has_one_visitor_at_a_time(loop: VirtualLoop, tmp_path: Path) -> None:
    wishes = {"cible.example": Wishes(crawl_delay=20.0), **dict.fromkeys(("un.example", "deux.example"), Wishes())}
    page = to("cible.example")
    publishers = {name: Publisher(domain=name, every=900.0, wishes=one) for name, one in wishes.items()}
    for name in ("un.example", "deux.example"):
        publishers[name].page = page
    web = Web(loop, publishers)
    loop.now = 10 * HOUR  # ten articles are there
    work(tmp_path, web, 13)
    assert [str(one) for one in audit(web.log, wishes)] == []
    read = [line for line in web.log if line.path.startswith("/neuf/")]
    assert len(read) >= 20
    assert {line.host for line in read} == {"cible.example"}
    assert {line.by for line in web.log} == {"one", "two"}


def test_a_slow_host_whose_articles_redirect_within_it_yields_their_pages(loop: VirtualLoop, tmp_path: Path) -> None:
    wishes = {"lent.example": Wishes(crawl_delay=50.0)}
    publisher = Publisher(domain="lent.example", wishes=wishes["lent.example"], page=to("lent.example"))
    web = Web(loop, {"lent.example": publisher})
    loop.now = 24 * HOUR
    work(tmp_path, web, 30)
    assert [str(one) for one in audit(web.log, wishes)] == []
    read = {line.path for line in web.log if line.path.startswith("/neuf/") and line.status == 200}
    assert len(read) >= 3


def test_a_listing_that_redirects_elsewhere_is_read_there_and_has_moved(loop: VirtualLoop, tmp_path: Path) -> None:
    moves = Publisher(domain="un.example", listing=lambda _at: (301, {"Location": "https://www.deux.example/feed"}))
    web = Web(loop, {"un.example": moves, "deux.example": Publisher(domain="deux.example")})
    work(tmp_path, web, 3)
    assert [str(one) for one in audit(web.log, dict.fromkeys(web.publishers, Wishes()))] == []
    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as store, store.read() as tx:
        state = rows.state(tx, "un")
    assert state is not None
    assert (state.failures, state.moved_to) == (0, "https://www.deux.example/feed")
