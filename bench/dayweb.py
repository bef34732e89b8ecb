"""The web of a simulated day: tens of thousands of feeds on addresses of 127.0.0.0/8, in a process of its own.

    python -m bench.dayweb --port 8000 --sources 60000 --articles 1000000 --start 1700000000 --speed 4

It prints a line when it serves, and ends with its input, printing {"requests": {kind: n}, ...}.

What each feed publishes, and when, is arithmetic (`Newsroom`), so that whoever measures knows it as well. The web's
clock begins a day behind the wall's and runs `speed` times as fast; latencies are real ones.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import formatdate

from bench import pages
from bench.site import NOT_FOUND, Connection, answer
from monitor import data

#: What a page of the pool has where the number of an article goes: in the titles of works.
_MARK = "987654321"
_POOL = 240  #: pages that articles are made from
_TELLS_EVERY = 40  #: one article in so many tells of a work; the others announce nothing
_LISTED = 20  #: entries in a feed
#: Latency, milliseconds: median, and spread of its logarithm; so the 95th percentile is 0.5 s.
_MEDIAN, _SPREAD = 150.0, 0.75
_BROKEN = 0.01  #: of the answers: 503
_DROPPED = 0.003  #: of the connections: closed without an answer
_PUBLISHES = 1.2  #: spread of the logarithm of what sources publish: the busiest hundredth has a fifth of all
_DAY = 86_400.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Newsroom:
    """What each source publishes, and when: nothing is kept."""

    sources: int
    start: float  #: seconds since 1970, when the day begins
    rates: tuple[float, ...]  #: articles a second, by source
    phases: tuple[float, ...]  #: how far the first one is at the start, 0 to 1

    @classmethod
    def open(cls, *, sources: int, articles: int, start: float) -> Newsroom:
        """Deal a day's articles out to the sources: few publish much, most publish little."""
        chance = random.Random(20261121)  # noqa: S311 - the same day each time
        weights = [chance.lognormvariate(0.0, _PUBLISHES) for _ in range(sources)]
        factor = articles / _DAY / math.fsum(weights)
        phases = tuple(chance.random() for _ in range(sources))
        return cls(sources=sources, start=start, rates=tuple(weight * factor for weight in weights), phases=phases)

    def published(self, source: int, now: float) -> int:
        """Count what a source has published since the start."""
        return max(0, math.floor((now - self.start) * self.rates[source] + self.phases[source]))

    def moment(self, source: int, number: int) -> float:
        """Tell when a source published its article of this number, 1 for the first."""
        return self.start + (number - self.phases[source]) / self.rates[source]

    def name(self, source: int, number: int) -> int:
        """Give the number that stands in the title of an article's work."""
        return number * self.sources + source

    def of_name(self, name: int) -> tuple[int, int]:
        """Give the source and number of the article in whose work's title a number stands."""
        return name % self.sources, name // self.sources


def address(source: int, hosts: int) -> str:
    """Give the address of a source's host, one of so many."""
    host = source % hosts
    return f"127.{1 + (host >> 16)}.{host >> 8 & 255}.{host & 255}"


class Web:
    """Answers for all outlets."""

    def __init__(self, newsroom: Newsroom, clock: Callable[[], float]) -> None:
        self._news, self._clock = newsroom, clock
        self._chance = random.Random(7)  # noqa: S311
        self.requests: Counter[str] = Counter()
        self.at_once: Counter[str] = Counter()
        self.crowded = 0  #: requests that came while the host was answering another
        start = datetime.fromtimestamp(newsroom.start, UTC)
        made = pages.build(
            data.folder("seeds"), _POOL, base=lambda _: "http://outlet.invalid", now=start, mark=lambda _: _MARK
        )
        self._telling, self._other = made[:: pages.SEED_EVERY], [p for n, p in enumerate(made) if n % pages.SEED_EVERY]

    def answer(self, path: str, conditional: str | None, host: str) -> bytes | None:
        """Answer a request; None closes the connection."""
        kind, _, rest = path[1:].partition("/")
        if kind == "robots.txt":
            self.requests["robots"] += 1
            return _ROBOTS
        if kind not in {"feed", "a"}:
            self.requests["404"] += 1  # tdmrep.json: nobody reserves anything here
            return NOT_FOUND
        lot = self._chance.random()
        if lot < _DROPPED:
            self.requests["dropped"] += 1
            return None
        if lot < _DROPPED + _BROKEN:
            self.requests["503"] += 1
            return _BUSY
        if kind == "feed":
            return self._feed(int(rest), conditional, host)
        source, _, number = rest.partition("-")
        return self._article(int(source), int(number))

    def take(self, head: bytes, transport: asyncio.WriteTransport) -> None:
        """Answer a request after its latency."""
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        host, tag = headers.get("host", ""), headers.get("if-none-match")
        self.crowded += bool(self.at_once[host])
        self.at_once[host] += 1
        asyncio.get_running_loop().call_later(self.latency(), self._give, first.split(" ")[1], tag, host, transport)

    def _give(self, path: str, tag: str | None, host: str, transport: asyncio.WriteTransport) -> None:
        self.at_once[host] -= 1
        if not self.at_once[host]:
            del self.at_once[host]
        said = self.answer(path, tag, host)
        if said is None:
            transport.abort()
        elif not transport.is_closing():
            transport.write(said)

    def latency(self) -> float:
        """Seconds until the answer."""
        return self._chance.lognormvariate(math.log(_MEDIAN), _SPREAD) / 1000

    def _feed(self, source: int, conditional: str | None, host: str) -> bytes:
        newest = self._news.published(source, self._clock())
        tag = f'"{source}-{newest}"'
        if conditional == tag:
            self.requests["304"] += 1
            return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\nContent-Length: 0\r\n\r\n".encode()
        self.requests["feed"] += 1
        numbers = range(newest, max(0, newest - _LISTED), -1)
        items = "".join(self._item(source, number, host) for number in numbers)
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>O{source}</title>{items}{_OLD}</channel></rss>'
        return answer(f"application/rss+xml; charset=utf-8\r\nETag: {tag}", body.encode())

    def _item(self, source: int, number: int, host: str) -> str:
        page = self._page(source, number)
        name = str(self._news.name(source, number))
        return (
            f"<item><title>{page.title.replace(_MARK, name)}</title><link>http://{host}/a/{source}-{number}</link>"
            f"<description>{page.summary.replace(_MARK, name)}</description>"
            f"<pubDate>{formatdate(self._news.moment(source, number), usegmt=True)}</pubDate></item>"
        )

    def _page(self, source: int, number: int) -> pages.Page:
        name = self._news.name(source, number)
        shelf = self._other if name % _TELLS_EVERY else self._telling
        return shelf[name // 7 % len(shelf)]

    def _article(self, source: int, number: int) -> bytes:
        self.requests["article"] += 1
        name = str(self._news.name(source, number)).encode()
        body = self._page(source, number).body.replace(_MARK.encode(), name)
        return answer("text/html; charset=utf-8", body.replace(b"</p>", b" (" + name + b")</p>"))


_ROBOTS = answer("text/plain", b"User-agent: *\nDisallow: /admin/\n")
_BUSY = answer("text/plain", b"busy", "503 Service Unavailable")
#: What every feed ends with: known from before the day, and too old to be read.
_OLD = (
    "<item><title>Bienvenue</title><link>http://outlet.invalid/welcome</link>"
    "<pubDate>Mon, 06 Nov 2023 00:00:00 GMT</pubDate></item>"
)


async def serve(newsroom: Newsroom, clock: Callable[[], float], port: int) -> None:
    """Serve until standard input ends."""
    web = Web(newsroom, clock)
    await asyncio.get_running_loop().create_server(lambda: Connection(web.take), "0.0.0.0", port, backlog=4_096)  # noqa: S104 - all of 127/8
    print("serving", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    used = resource.getrusage(resource.RUSAGE_SELF)
    said = {"requests": dict(web.requests), "crowded": web.crowded, "cpu_seconds": used.ru_utime + used.ru_stime}
    print(json.dumps(said), flush=True)


def fast_clock(start: float, speed: float) -> Callable[[], float]:
    """A clock, in seconds since 1970, `speed` times as fast as the wall's, that shows `start` a day after it."""
    return lambda: start + (time.time() - _DAY - start) * speed


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="The web of a simulated day.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--sources", type=int, required=True)
    parser.add_argument("--articles", type=int, required=True, help="a day, of all sources")
    parser.add_argument("--start", type=float, required=True, help="seconds since 1970")
    parser.add_argument("--speed", type=float, required=True)
    options = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    newsroom = Newsroom.open(sources=options.sources, articles=options.articles, start=options.start)
    asyncio.run(serve(newsroom, fast_clock(options.start, options.speed), options.port))


if __name__ == "__main__":
    main()
