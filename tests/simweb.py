"""A web of publishers and the crawler's own code above it, in virtual time: a week passes in seconds.

What is fake is the network (no socket), the clock and the child's process; the orders, their politeness, the lanes
with their handing over, the pipeline, the queue and the database are the real ones.
"""

from __future__ import annotations

import asyncio
import selectors
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from urllib.parse import urlsplit

from audit import FILE, ROBOTS, Line, Wishes
from crawling import ARTICLE
from scrapy import Request
from scrapy.http import Response

from crawler import AnyCommand, Limits, Probed, Record, SourceKind, gate_key
from crawler.answers import gate_of
from crawler.fetching import Fetcher
from crawler.lane import Lane
from crawler.served import Process
from crawler.spiders.worker import Orders
from crawler.wire import Mark, Progress, Value, decode, encode

BEGIN = datetime(2026, 11, 16, tzinfo=UTC)
_LATENCY = 0.4  #: seconds
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


class VirtualLoop(asyncio.SelectorEventLoop):
    """Its time is that of the next timer: nothing is waited for."""

    def __init__(self) -> None:
        self.now = 0.0
        super().__init__(_Selector(self))

    def time(self) -> float:
        return self.now

    def pass_time(self, seconds: float) -> None:
        """Let everything happen that happens within so many seconds."""
        self.run_until_complete(asyncio.sleep(seconds))

    def clock(self) -> datetime:
        return BEGIN + timedelta(seconds=self.now)


class _Selector(selectors.DefaultSelector):
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        self._loop.now += timeout or 0.0
        return super().select(0)


@dataclass(kw_only=True)
class Publisher:
    """One domain: a feed with a new article every so often, its pages, and what it asks for."""

    domain: str
    every: float = 6 * 3600.0  #: seconds between two articles
    wishes: Wishes = field(default_factory=Wishes)
    page: Callable[[str, float], tuple[int, dict[str, str]]] = lambda _path, _at: (200, {})
    listing: Callable[[float], tuple[int, dict[str, str]]] = lambda _at: (200, {})
    robots: Callable[[float], int] = lambda _at: 200
    path: Callable[[int], str] = lambda number: f"/a/{number}"
    kind: SourceKind = SourceKind.FEED  #: of its listing; a sitemap's is an index with two sitemaps
    watched: bool = True
    aside: str = ""  #: the domain that its robots.txt and tdmrep.json redirect to
    sitemaps: tuple[str, ...] = ()  #: the domains that its index's sitemaps are at

    def answer(self, path: str, asked: Mapping[str, str], at: float) -> tuple[int, dict[str, str], bytes]:
        if self.aside and path in (ROBOTS, FILE):
            return 302, {"Location": f"https://www.{self.aside}/of/{self.domain}{path}"}, b""
        if path.endswith(ROBOTS):
            rules = [f"Disallow: {one}" for one in self.wishes.disallow]
            delay = [f"Crawl-delay: {self.wishes.crawl_delay}"] if self.wishes.crawl_delay else []
            return self.robots(at), {}, "\n".join(["User-agent: *", *rules, *delay]).encode()
        if path.endswith(FILE):
            one = '{"location": "%s", "tdm-reservation": 1}'
            rules_ = ", ".join(one % location for location in self.wishes.reserve)
            return (200 if rules_ else 404), {}, f"[{rules_}]".encode()
        if path.startswith("/feed") or path.endswith(".xml"):
            return self._listing(path, asked, at)
        status, headers = self.page(path, at)
        body = ARTICLE.replace(b"Missions", f"Missions {self.domain} {path}".encode())
        return status, {"Content-Type": "text/html", **headers}, body if status == 200 else b"no"

    def _listing(self, path: str, asked: Mapping[str, str], at: float) -> tuple[int, dict[str, str], bytes]:
        if path.endswith(".xml"):
            return 200, {"Content-Type": "application/xml"}, self._sitemap(path, at)
        if self.kind is SourceKind.SITEMAP:
            return 200, {"Content-Type": "application/xml"}, self._index()
        return self._feed(asked, at)

    def _feed(self, asked: Mapping[str, str], at: float) -> tuple[int, dict[str, str], bytes]:
        status, headers = self.listing(at)
        if status != 200:
            return status, headers, b"no"
        newest = int(at // self.every)
        tag = f'"{newest}"'
        if asked.get("If-None-Match") == tag:
            return 304, {"ETag": tag}, b""
        items = "".join(self._item(number) for number in range(newest, max(newest - 10, 0), -1))
        body = f'<rss version="2.0"><channel><title>{self.domain}</title>{items}</channel></rss>'
        return 200, {"ETag": tag, "Content-Type": "application/rss+xml", **headers}, body.encode()

    def _index(self) -> bytes:
        named = enumerate(self.sitemaps)
        each = "".join(f"<sitemap><loc>https://www.{at}/{n}/{self.domain}.xml</loc></sitemap>" for n, at in named)
        return f'<sitemapindex xmlns="{_SITEMAP}">{each}</sitemapindex>'.encode()

    def _sitemap(self, path: str, at: float) -> bytes:
        """The pages of the publisher whose sitemap this is, the newest two."""
        domain, newest = path.rpartition("/")[2].removesuffix(".xml"), int(at // self.every)
        pages = (f"https://www.{domain}/a{path[1]}/{number}" for number in range(newest, max(newest - 2, 0), -1))
        date = (BEGIN + timedelta(seconds=newest * self.every)).isoformat()
        each = "".join(f"<url><loc>{page}</loc><lastmod>{date}</lastmod></url>" for page in pages)
        return f'<urlset xmlns="{_SITEMAP}">{each}</urlset>'.encode()

    def _item(self, number: int) -> str:
        at = BEGIN + timedelta(seconds=number * self.every)
        link = f"https://www.{self.domain}{self.path(number)}"
        date = at.strftime("%a, %d %b %Y %H:%M:%S GMT")
        return (
            f"<item><title>Titre {number} de {self.domain}</title><link>{link}</link><pubDate>{date}</pubDate></item>"
        )


@dataclass
class Web:
    """All publishers, and the log of who asked what."""

    loop: VirtualLoop
    publishers: dict[str, Publisher]
    log: list[Line] = field(default_factory=list)
    _served: dict[tuple[str, str], str] = field(default_factory=dict)

    def engine(self, by: str) -> Any:
        """What a child of this machine makes requests with."""
        return _Engine(self, by)

    async def serve(self, request: Request, by: str) -> Response:
        parts = urlsplit(request.url)
        publisher = self.publishers[gate_key(request.url)]
        at = self.loop.time()
        asked = {name.decode(): values[0].decode() for name, values in request.headers.items()}
        status, headers, body = publisher.answer(parts.path, asked, at)
        await asyncio.sleep(_LATENCY)
        self.log.append(
            Line(
                host=publisher.domain,
                path=parts.path,
                at=at,
                end=self.loop.time(),
                status=status,
                retry_after=float(headers["Retry-After"]) if "Retry-After" in headers else None,
                reserved=headers.get("TDM-Reservation") == "1",
                unchanged=self._is_unchanged(publisher, parts.path, headers),
                by=by,
            )
        )
        return Response(request.url, status=status, headers=cast("Any", headers), body=body)

    def _is_unchanged(self, publisher: Publisher, path: str, headers: Mapping[str, str]) -> bool:
        if not path.startswith("/feed") or "ETag" not in headers:
            return False
        last = self._served.get((publisher.domain, path))
        self._served[publisher.domain, path] = headers["ETag"]
        return last == headers["ETag"]


@dataclass
class _Engine:
    web: Web
    by: str

    async def download_async(self, request: Request) -> Response:
        return await self.web.serve(request, self.by)


class _Child:
    """What a lane takes for a process."""

    pid = 1
    memory = 0
    parsing = ""

    def __init__(self, machine: Machine, lane: Lane) -> None:
        self._machine, self._lane = machine, lane
        loop = machine.web.loop
        fetcher = Fetcher(machine.web.engine(machine.name), machine.limits, set(), self._say, loop.clock)
        self._orders = Orders(fetcher, machine.limits, self._say, lambda _order: None)
        loop.call_soon(self._say, Progress(mark=Mark.READY))

    def send(self, *values: Value) -> None:
        for value in values:
            self._orders.take(encode(value).encode())

    def end_input(self) -> None:
        self._finishing = self._machine.web.loop.create_task(self._finish())

    def kill(self, number: int = 9) -> None:
        raise AssertionError(f"a child had to be killed ({number})")

    async def _finish(self) -> None:
        await self._orders.finish()
        self._machine.replaced += 1
        self._lane.ended(self, self._machine.web.loop.time())
        self._machine.tend()

    def _say(self, value: Any) -> None:
        if self._lane.heard(self, decode(encode(value)), self._machine.web.loop.time()) is not None:
            (self._machine.probes if isinstance(value, Probed) else self._machine.answered).append(value)
        self._machine.web.loop.call_soon(self._machine.tend)


class Machine:
    """One machine's crawler: lanes of children over the simulated web, as `crawler.Crawler` has them."""

    def __init__(self, name: str, web: Web, limits: Limits, *, children: int = 2) -> None:
        self.name, self.web, self.limits = name, web, limits
        self.answered: deque[Record] = deque()
        self.probes: deque[Probed] = deque()
        self.replaced = 0
        self._lanes = [
            Lane(limits, start=self._start, give_up=self._give_up, log=lambda _event, _fields: None)
            for _ in range(children)
        ]

    def _start(self, lane: Lane) -> Process:
        return _Child(self, lane)

    def _give_up(self, command: Any, error: Exception) -> None:
        raise AssertionError(f"{command} was given up: {error}")

    def submit(self, command: AnyCommand) -> None:
        host = gate_of(command)
        lane = self._lanes[sum(host.encode()) % len(self._lanes)]
        self.web.loop.call_soon(lane.take, command, host)
        self.web.loop.call_soon(self.tend)

    def records(self, timeout: float) -> list[Record]:
        assert timeout >= 0
        found = list(self.answered)
        self.answered.clear()
        return found

    def probed(self, timeout: float) -> Probed | None:
        assert timeout >= 0
        return self.probes.popleft() if self.probes else None

    def tend(self) -> None:
        for lane in self._lanes:
            lane.tend(self.web.loop.time())


def limits(**changes: Any) -> Limits:
    """Limits as the daemon has them, with children that are replaced often."""
    return replace(Limits(replace_after=40), **changes)
