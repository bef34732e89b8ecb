"""Real servers on several addresses, two machines with real crawlers on one store, and the servers' logs audited."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import shipped
from audit import FILE, ROBOTS, Line, Wishes, audit, share_unchanged
from crawling import ARTICLE, LIMITS
from origin import Answering, Origin, Page, Seen

from crawler import Crawler, SourceKind
from monitor.app import Monitor
from monitor.config import Config, CrawlConfig, StoreConfig
from monitor.rhythm import Bounds
from monitor.types import Source

HTML = {"Content-Type": "text/html; charset=utf-8"}
PAGES = ("/a/1", "/a/2", "/prive/3", "/a/4")
SECONDS = 60.0  #: at most; a busy machine is slow to start processes
SECOND = timedelta(seconds=1)

WISHES = {
    "127.0.0.2": Wishes(disallow=("/prive",), crawl_delay=0.5),
    "127.0.0.3": Wishes(reserve=("/a/",)),
    "127.0.0.4": Wishes(crawl_delay=0.2),
    "127.0.0.5": Wishes(),
}


def site(address: str) -> Origin:
    """A publisher that asks for what is in `WISHES`."""
    asked, origin = WISHES[address], Origin(address=address)
    rules = [f"Disallow: {path}" for path in asked.disallow] + [f"Crawl-delay: {asked.crawl_delay}"]
    origin.pages[ROBOTS] = Page(body="\n".join(["User-agent: *", *rules]).encode())
    if asked.reserve:
        origin.pages[FILE] = Page(body=b'[{"location": "/a/", "tdm-reservation": 1}]')
    items = "".join(f"<item><title>Titre {path}</title><link>{origin.url(path)}</link></item>" for path in PAGES)
    feed = f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()
    listing = Page(body=feed, headers={"ETag": '"1"', "Content-Type": "application/rss+xml"}, conditional=True)
    origin.pages["/feed"] = busy_once(listing) if address == "127.0.0.4" else listing
    for path in PAGES:
        body = ARTICLE.replace(b"Missions", f"Missions {address} {path}".encode())
        origin.pages[path] = Page(status=403) if address == "127.0.0.5" else Page(body=body, headers=HTML)
    return origin


def busy_once(page: Page) -> Answering:
    """Ask for two seconds of rest, the second time."""
    asked: list[Seen] = []

    def answer(seen: Seen) -> Page:
        asked.append(seen)
        return Page(status=429, headers={"Retry-After": "2"}) if len(asked) == 2 else page

    return answer


def lines(origin: Origin) -> Iterator[Line]:
    read = False
    for one in sorted(origin.answered, key=lambda one: one.at):
        after = one.headers.get("Retry-After")
        yield Line(
            host=origin.address,
            path=one.path,
            at=one.at,
            end=one.end,
            status=one.status,
            retry_after=float(after) if after else None,
            unchanged=one.path == "/feed" and read,
        )
        read |= one.path == "/feed" and one.status == 200


def was_busy(origin: Origin) -> bool:
    """Its feed was polled often enough to tell, and each page was asked for that may be."""
    polls = [one for one in origin.answered if one.path == "/feed"]
    if origin.address == "127.0.0.5":  # it refuses us, and is polled once an hour from then on
        return any(one.status == 403 for one in origin.answered)
    return len(polls) >= 5 and (origin.address != "127.0.0.2" or "/a/4" in origin.paths())


@pytest.fixture
def sites() -> Iterator[list[Origin]]:
    with ExitStack() as stack:
        yield [stack.enter_context(site(address)) for address in WISHES]


@pytest.fixture
def machines(sites: list[Origin], tmp_path: Path) -> Iterator[list[Monitor]]:
    """Two machines on one store, each with two crawlers, that poll every site once a second."""
    limits = replace(LIMITS, delay=0.15, allow_addresses=("127.0.0.0/8",), replace_after=8)
    classifier = shipped.classifier()
    with ExitStack() as stack:
        monitors = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            config = Config(
                data_dir=tmp_path / name,
                store=StoreConfig(url=f"sqlite:///{tmp_path}/cocorico.db"),
                crawl=CrawlConfig(limits=limits, bounds=Bounds(fastest=SECOND, slowest=SECOND)),
                sources=tuple(a_source(number, origin) for number, origin in enumerate(sites)),
            )
            monitor = Monitor(
                config,
                crawler=stack.enter_context(Crawler(limits, children=2)),
                terminal=lambda _context: None,
                clock=lambda: datetime.now(UTC),
                logger=lambda *_args, **_keys: None,
                classifier=classifier,
            )
            monitors.append(stack.enter_context(monitor))
        yield monitors


def a_source(number: int, origin: Origin) -> Source:
    name, url = origin.address, origin.url("/feed")
    return Source(id=f"s{number}", name=name, url=url, kind=SourceKind.FEED, language="fr", interval=SECOND)


def work_until_all_was_asked(monitors: list[Monitor], sites: list[Origin]) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and not all(map(was_busy, sites)):
        for monitor in monitors:
            monitor.tick(monitor.clock())
            monitor.crawling.step(0.02)
    while time.monotonic() < end and any(monitor.crawling.busy for monitor in monitors):
        for monitor in monitors:
            monitor.crawling.step(0.02)


@pytest.mark.slow
def test_what_servers_saw_of_two_machines_is_what_they_asked_for(sites: list[Origin], machines: list[Monitor]) -> None:
    work_until_all_was_asked(machines, sites)
    seen = [line for origin in sites for line in lines(origin)]
    # Each machine asks for robots.txt itself, which the log of a real server can't tell apart.
    assert [str(one) for one in audit(seen, WISHES)] == []
    assert share_unchanged(seen) >= 0.95
    assert all(origin.most_at_once == 1 for origin in sites)
    asked = {origin.address: {one.path for one in origin.answered} for origin in sites}
    assert {"/a/1", "/a/2", "/a/4", "/feed"} <= asked["127.0.0.2"]
    assert not any(path.startswith("/a/") for path in asked["127.0.0.3"])
    assert sum(one.status == 429 for one in sites[2].answered) == 1
    assert sum(one.status == 403 for one in sites[3].answered) == 1
