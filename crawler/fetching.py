"""One visit: robots.txt asked, redirects followed within the rules, and any failure put in words.

Bytes come back, never Scrapy's decoded text: its guess of the charset is wrong for half of the lies that
servers tell (V-07).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawler.answers import Answer, FailedError, failure, next_url, plain_url, reserves, retry_after
from crawler.asides import Asides, leaves
from crawler.errands import Errand
from crawler.hosts import REDIRECTED, HeldError, Hosts
from crawler.sites import Sites
from crawler.trail import Trail
from crawler.types import Limits, RejectReason
from crawler.urls import gate_key, host_key
from crawler.wire import Site, decode
from crawler.wording import explain

_USUAL_PORTS = {"http": ":80", "https": ":443"}  #: which addresses are told without
_LEAST_TIME = 0.05  #: seconds; Scrapy takes 0 for "no timeout given"


class Engine(Protocol):
    """What is needed of Scrapy's engine."""

    async def download_async(self, request: Request) -> Response:
        """Send one request through the downloader."""


class Fetcher:
    """Makes visits for orders; politeness, robots.txt and limits are the same for all."""

    def __init__(
        self,
        engine: Engine,
        limits: Limits,
        refused: set[str],
        tell: Callable[[Site], None] = lambda _site: None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._engine, self._limits, self._refused, self._tell = engine, limits, refused, tell
        self.clock = clock
        self.hosts = Hosts()
        self.sites = Sites(limits)
        self._asides = Asides(self.sites, self._get_file, obey_robots=limits.obey_robots, clock=clock)
        self._seats = asyncio.Semaphore(limits.concurrency)

    def inherit(self, site: Site) -> Site:
        """Take in what somebody else knew of a site, its pause above all: the first visit must keep it already."""
        merged = self.sites.merge(site)
        self.hosts.ask(_gate(site.site), self.sites.delay(site.site))
        return merged

    async def visit(self, url: str, errand: Errand) -> Answer:
        """The answer at the end of the redirects.

        Raises:
            FailedError: no answer, or none that may be had; a status other than 200 is not raised.
        """
        way, seen, rank = errand.trail or Trail(url=url), set[str](), errand.rank
        if errand.trail:
            await self._turn_aside(errand.trail, errand)
        while way.hops <= self._limits.redirects:
            at = plain_url(way.url)
            if at in seen:
                raise FailedError(RejectReason.HTTP_ERROR, f"{at} redirects to itself in a circle; check the address")
            seen.add(at)
            errand.trail = errand.trail and way
            answer = await self._one(at, errand, rank)
            target = answer.redirects_to()
            if target is None:
                return replace(answer, moved=way.moved and way.hops > 0)
            way = replace(way, hops=way.hops + 1, moved=way.moved and answer.moves, turns=0, known="")
            if way.hops <= self._limits.redirects:
                way, rank = self._follow(answer, target, errand, way), REDIRECTED
        raise FailedError(RejectReason.HTTP_ERROR, f"{url}: more than {self._limits.redirects} redirects; check it")

    async def _turn_aside(self, way: Trail, errand: Errand) -> None:
        """Begin where an order was given back to: with what it has learned, and first with the file it is to ask for.

        Raises:
            FailedError: it is given back: this domain is not the one that the order has the lease of, or it goes on
                elsewhere with what the file says.
        """
        if way.known:
            self._learned(self.inherit(decode(way.known)), errand)
        if not way.aside and not leaves(way.url, errand):
            return
        given_back = FailedError(RejectReason.HTTP_ERROR, f"goes on at {way.back or way.url}", retry=True)
        given_back.trail = way
        if way.aside:
            async with AsyncExitStack() as held:
                await self._wait(held, _gate(way.url), errand, errand.rank)
                errand.start()
                given_back.trail = on = await self._asides.elsewhere(way, errand)
                self._learned(decode(on.known), errand)
        raise given_back

    def _follow(self, answer: Answer, target: str, errand: Errand, way: Trail) -> Trail:
        """Where a redirect leads, when it may be followed within the order.

        Another domain has a lease and a pace of its own, so an order of the daemon is given back there; and so is one
        whose host's Crawl-delay leaves no time for the redirect.
        """
        url = next_url(answer, target)
        asked, same = self.hosts.pause(_gate(url), 0.0), _gate(url) == _gate(answer.url)
        late = same and asked > errand.remaining() - _LEAST_TIME
        if errand.trail and (late or not same):
            given_back = FailedError(RejectReason.HTTP_ERROR, f"{answer.url} redirects to {url}", retry=True)
            given_back.trail = replace(way, url=url)
            raise given_back
        if late:
            passing = asked < errand.seconds - _LEAST_TIME  # robots.txt was asked for as well, this time
            advice = "asked again later" if passing else "name that address, or raise [crawl] deadline"
            detail = f"{answer.url} redirects to {url}, and its robots.txt wants {asked:.0f} s between two requests"
            raise FailedError(RejectReason.TIMEOUT, f"{detail}; {advice}", retry=passing)
        return replace(way, url=url)

    async def _one(self, url: str, errand: Errand, rank: int) -> Answer:
        """One request with its host's turn and permission."""
        host, site = _gate(url), _site(url)
        if self._limits.obey_robots:
            self.sites.check(url, site, self.clock())  # no need to wait for a turn to hear no
        async with AsyncExitStack() as held:
            await self._wait(held, host, errand, rank)
            errand.start()
            while await self._prepare(url, site, errand):
                await self._pause(host, errand)
            answer = await self._get(url, errand)
        now = self.clock()
        wait = retry_after(answer.headers.get("retry-after"), now=now)
        if wait and failure(answer, now=now).reason is RejectReason.RATE_LIMITED:
            self.hosts.hold(host, wait)
        return answer

    async def _prepare(self, url: str, site: str, errand: Errand) -> bool:
        """Know what the site asks; True when a request was made for it that wants a pause after it.

        Raises:
            FailedError: the site does not let us have this.
        """
        if self._limits.obey_robots:
            asked = self.sites.wants_robots(site, self.clock())
            if asked:
                self._learned(await self._asides.robots(site, errand), errand)
            delay = self.sites.delay(site)
            self.hosts.ask(_gate(url), delay)
            errand.cost.pause = max(errand.cost.pause, delay)
            self.sites.check(url, site, self.clock())
            if asked and delay:
                return True
        if not errand.mines:
            return False
        asked = self.sites.wants_file(site, self.clock())
        if asked:
            self._learned(await self._asides.file(site, errand), errand)
        said = self.sites.reservation(url, site)
        if said and said.reserved:
            raise reserves(url, said)
        return asked

    async def _pause(self, host: str, errand: Errand) -> None:
        """Keep the host, and let it rest: what was asked first was a request like any other."""
        seconds = self.hosts.pause(host, errand.delay)
        if seconds > errand.remaining() - _LEAST_TIME:
            detail = f"{host} wants {seconds:.0f} s between two requests; asked again later"
            raise FailedError(RejectReason.TIMEOUT, detail, retry=True)
        await asyncio.sleep(seconds)

    def _learned(self, site: Site, errand: Errand) -> None:
        self._tell(replace(site, host=errand.host))

    async def _wait(self, held: AsyncExitStack, host: str, errand: Errand, rank: int) -> None:
        """Have the host's turn, then a seat; who sits never waits for a host, so nobody waits for each other."""
        try:
            async with asyncio.timeout_at(errand.until):
                await held.enter_async_context(self.hosts.turn(host, delay=errand.delay, rank=rank))
                await held.enter_async_context(self._seats)
        except HeldError as error:
            detail = f"{host} {error}; it is asked again then"
            raise FailedError(RejectReason.RATE_LIMITED, detail, retry=True, retry_after=error.seconds) from error
        except TimeoutError as error:
            detail = f"{host} had no turn for us in time; asked again later"
            raise FailedError(RejectReason.TIMEOUT, detail, retry=True) from error

    async def _get_file(self, url: str, errand: Errand) -> Answer:
        return await self._get(url, errand, max_bytes=self._limits.feed_bytes)

    def _authority(self, url: str) -> dict[str, str]:
        """The key that this very host is owed, over an encrypted connection or on this machine (fault F11)."""
        key, parts = host_key(url), urlsplit(url)
        safe = parts.scheme == "https" or parts.hostname in {"127.0.0.1", "localhost"}
        return next(
            ({"Authorization": f"Token {one.value}"} for one in self._limits.tokens if one.host == key and safe), {}
        )

    async def _get(self, url: str, errand: Errand, max_bytes: int | None = None) -> Answer:
        seconds = min(self._limits.timeout, errand.remaining())
        if seconds < _LEAST_TIME:
            raise FailedError(RejectReason.TIMEOUT, f"{url}: no time was left for it; asked again later", retry=True)
        errand.cost.requests += 1
        meta = {
            "download_timeout": seconds,
            "download_maxsize": max_bytes or errand.max_bytes,
            "download_slot": _gate(url),  # Scrapy's own guard against two requests at once
        }
        try:
            own = errand.headers | self._authority(url) if max_bytes is None else {}
            headers = {"User-Agent": self._limits.user_agent} | own
            response = await self._engine.download_async(Request(url, headers=headers, meta=meta, dont_filter=True))
        except (TypeError, AttributeError, AssertionError, NameError):
            raise  # our mistake, not the server's
        except Exception as error:
            raise self._explain(url, error, max_bytes or errand.max_bytes, seconds) from error
        return _answer(response)

    def _explain(self, url: str, error: Exception, max_bytes: int, seconds: float) -> FailedError:
        """What went wrong, for people."""
        if (urlsplit(url).hostname or "") in self._refused:
            detail = f"{url}: the host has an address that may not be visited; see allow_addresses if it is yours"
            return FailedError(RejectReason.ADDRESS, detail)
        return explain(url, error, max_bytes=max_bytes, seconds=seconds)


def _gate(url: str) -> str:
    try:
        return gate_key(url)
    except ValueError as error:
        raise FailedError(RejectReason.ADDRESS, f"{error}; check the address") from error


def _site(url: str) -> str:
    """What one robots.txt holds for: scheme, host and port."""
    try:
        scheme = urlsplit(url).scheme
        return f"{scheme}://{host_key(url).removesuffix(_USUAL_PORTS[scheme])}"
    except ValueError as error:
        raise FailedError(RejectReason.ADDRESS, f"{error}; check the address") from error


def _answer(response: Response) -> Answer:
    headers = {
        name.decode("latin-1").lower(): (b", ".join(values) if name.lower() == b"link" else values[0]).decode("latin-1")
        for name, values in response.headers.items()
        if values
    }
    until = _trusted_until(response.certificate)
    return Answer(url=response.url, status=response.status, headers=headers, body=response.body, trusted_until=until)


def _trusted_until(certificate: Any) -> datetime | None:
    said = certificate.original.get_notAfter() if certificate else None  # b"20270101120000Z"
    return datetime.strptime(said.decode("ascii"), "%Y%m%d%H%M%SZ").replace(tzinfo=UTC) if said else None
