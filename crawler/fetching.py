"""One visit: robots.txt asked, redirects followed within the rules, and any failure put in words.

Bytes come back, never Scrapy's decoded text: its guess of the charset is wrong for half of the lies that
servers tell (V-07).
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy import exceptions as scrapy_errors
from scrapy.http import Response
from twisted.web.client import ResponseFailed

from crawler.answers import Answer, FailedError, failure, plain_url, retry_after
from crawler.hosts import REDIRECTED, HeldError, Hosts
from crawler.settings import HeadersTooLargeError
from crawler.types import Limits, RejectReason
from crawler.urls import host_key

_ROBOTS_KEPT = 24 * 3600.0  #: seconds; RFC 9309, 2.4
_ROBOTS_FAILURE_KEPT = 60.0  #: seconds; an outage must not outlast itself
_ROBOTS_REDIRECTS = 5  #: RFC 9309, 2.3.1.2
_ROBOTS_SITES = 10_000
_LEAST_TIME = 0.05  #: seconds; Scrapy takes 0 for "no timeout given"


class Engine(Protocol):
    """What is needed of Scrapy's engine."""

    async def download_async(self, request: Request) -> Response:
        """Send one request through the downloader."""


@dataclass(slots=True)
class Errand:
    """How one order's requests are made, and how long it may still take."""

    rank: int  #: `hosts.POLL` or `hosts.PAGE`
    delay: float  #: seconds between two requests to a host, at least
    max_bytes: int
    headers: dict[str, str]
    seconds: float  #: from the first turn to the answer
    begin: Callable[[], None]  #: called once, when the first turn has come
    until: float | None = None

    def start(self) -> None:
        """The first turn has come: the time runs."""
        if self.until is None:
            self.until = asyncio.get_running_loop().time() + self.seconds
            self.begin()

    def remaining(self) -> float:
        """Seconds left."""
        return self.seconds if self.until is None else self.until - asyncio.get_running_loop().time()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Robots:
    rules: Protego | None  #: None: everything is allowed
    refusal: FailedError | None  #: unreachable: nothing is allowed
    until: float


class Fetcher:
    """Makes visits for orders; politeness, robots.txt and limits are the same for all."""

    def __init__(self, engine: Engine, limits: Limits, refused: set[str]) -> None:
        self._engine, self._limits, self._refused = engine, limits, refused
        self.hosts = Hosts()
        self._seats = asyncio.Semaphore(limits.concurrency)
        self._robots: OrderedDict[str, _Robots] = OrderedDict()
        self._token = limits.user_agent.partition("/")[0].strip() or "*"

    async def visit(self, url: str, errand: Errand) -> Answer:
        """The answer at the end of the redirects.

        Raises:
            FailedError: no answer, or none that may be had; a status other than 200 is not raised.
        """
        url, seen, rank = plain_url(url), set[str](), errand.rank
        while len(seen) <= self._limits.redirects:
            seen.add(url)
            answer = await self._one(url, errand, rank)
            target = answer.redirects_to()
            if target is None:
                return answer
            url, rank = _next_url(answer, target), REDIRECTED
            if url in seen:
                raise FailedError(RejectReason.HTTP_ERROR, f"{url} redirects to itself in a circle; check the address")
        raise FailedError(
            RejectReason.HTTP_ERROR, f"{min(seen, key=len)}: more than {self._limits.redirects} redirects; check it"
        )

    async def _one(self, url: str, errand: Errand, rank: int) -> Answer:
        """One request with its host's turn and permission."""
        host = _host(url)
        self._obey_known(url)
        async with AsyncExitStack() as held:
            await self._wait(held, host, errand, rank)
            errand.start()
            await self._obey(url, errand)
            answer = await self._get(url, errand)
        now = datetime.now(UTC)
        wait = retry_after(answer.headers.get("retry-after"), now=now)
        if wait and failure(answer, now=now).reason is RejectReason.RATE_LIMITED:
            self.hosts.hold(host, wait)
        return answer

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

    async def _get(self, url: str, errand: Errand, max_bytes: int | None = None) -> Answer:
        seconds = min(self._limits.timeout, errand.remaining())
        if seconds < _LEAST_TIME:
            raise FailedError(RejectReason.TIMEOUT, f"{url}: no time was left for it; asked again later", retry=True)
        meta = {
            "download_timeout": seconds,
            "download_maxsize": max_bytes or errand.max_bytes,
            "download_slot": _host(url),  # Scrapy's own guard against two requests at once
        }
        try:
            headers = {"User-Agent": self._limits.user_agent} | (errand.headers if max_bytes is None else {})
            response = await self._engine.download_async(Request(url, headers=headers, meta=meta, dont_filter=True))
        except (TypeError, AttributeError, AssertionError, NameError):
            raise  # our mistake, not the server's
        except Exception as error:
            raise self._explain(url, error, max_bytes or errand.max_bytes, seconds) from error
        return _answer(response)

    def _explain(self, url: str, error: Exception, max_bytes: int, seconds: float) -> FailedError:
        """What went wrong, for people, by what Scrapy and Twisted raise."""
        if (urlsplit(url).hostname or "") in self._refused:
            detail = f"{url}: the host has an address that may not be visited; see allow_addresses if it is yours"
            return FailedError(RejectReason.ADDRESS, detail)
        if isinstance(error, scrapy_errors.DownloadTimeoutError):
            return FailedError(RejectReason.TIMEOUT, f"{url}: no full answer within {seconds:.3g} s", retry=True)
        if isinstance(error, scrapy_errors.DownloadCancelledError | scrapy_errors.IgnoreRequest):
            return FailedError(RejectReason.TOO_LARGE, f"{url}: larger than {max_bytes} bytes; not read")
        causes = _causes(error)
        if any(isinstance(cause, HeadersTooLargeError) for cause in causes):
            return FailedError(RejectReason.TOO_LARGE, f"{url}: endless headers; not read")
        return FailedError(RejectReason.NETWORK, f"{url}: {_wording(error, causes)}", retry=True)

    def _obey_known(self, url: str) -> None:
        """Refuse what a robots.txt we have disallows, before waiting for a turn."""
        known = self._robots.get(_site(url))
        if known is None or known.until < time.monotonic():
            return
        if known.refusal:
            raise known.refusal.with_traceback(None)  # raised again and again, it would collect tracebacks
        if known.rules and not known.rules.can_fetch(url, self._token):
            detail = f"{_site(url)}/robots.txt disallows {url}; exclude it, or ask the publisher"
            raise FailedError(RejectReason.ROBOTS, detail)

    async def _obey(self, url: str, errand: Errand) -> None:
        """Have the site's robots.txt, and refuse what it disallows."""
        if not self._limits.obey_robots:
            return
        known = self._robots.get(_site(url))
        if known is None or known.until < time.monotonic():
            known = await self._read_robots(_site(url), errand)
            self._robots[_site(url)] = known
            if len(self._robots) > _ROBOTS_SITES:
                self._robots.popitem(last=False)
        self.hosts.ask(_host(url), known.rules.crawl_delay(self._token) if known.rules else None)
        self._obey_known(url)

    async def _read_robots(self, site: str, errand: Errand) -> _Robots:
        now = time.monotonic()
        try:
            answer = await self._get_robots(f"{site}/robots.txt", errand)
        except FailedError as error:
            return _Robots(rules=None, refusal=_unreachable(site, error), until=now + _ROBOTS_FAILURE_KEPT)
        if answer.status == 429 or answer.status >= 500:
            refusal = _unreachable(site, failure(answer, now=datetime.now(UTC)))
            return _Robots(rules=None, refusal=refusal, until=now + _ROBOTS_FAILURE_KEPT)
        rules = None
        if answer.status == 200:
            text = answer.body[: self._limits.robots_bytes].decode("utf-8-sig", "replace")
            rules = Protego.parse(text)
        return _Robots(rules=rules, refusal=None, until=now + _ROBOTS_KEPT)

    async def _get_robots(self, url: str, errand: Errand) -> Answer:
        """The answer for robots.txt after its redirects; too many of them count as "there is none"."""
        for _ in range(_ROBOTS_REDIRECTS + 1):
            answer = await self._get(url, errand, max_bytes=self._limits.feed_bytes)
            target = answer.redirects_to()
            if target is None:
                break
            url = _next_url(answer, target)
        return answer


def _next_url(answer: Answer, target: str) -> str:
    """Where a redirect leads, when it may be followed."""
    try:
        url = plain_url(target)
        host_key(url)
    except (FailedError, ValueError) as error:
        detail = f"{answer.url} redirects to {target!r:.200}, which is not a web address; not followed"
        raise FailedError(RejectReason.ADDRESS, detail) from error
    return url


def _host(url: str) -> str:
    try:
        return host_key(url)
    except ValueError as error:
        raise FailedError(RejectReason.ADDRESS, f"{error}; check the address") from error


def _site(url: str) -> str:
    """What one robots.txt holds for: scheme, host and port."""
    return f"{urlsplit(url).scheme}://{_host(url)}"


def _unreachable(site: str, error: FailedError) -> FailedError:
    """What an unreachable robots.txt means: nothing may be fetched. A host that is not there at all says so itself."""
    if error.reason in {RejectReason.NETWORK, RejectReason.ADDRESS}:
        return error
    detail = f"{site}/robots.txt cannot be read, so nothing is fetched for now: {error.detail}"
    return FailedError(RejectReason.ROBOTS, detail, retry=True, retry_after=error.retry_after)


def _answer(response: Response) -> Answer:
    headers = {
        name.decode("latin-1").lower(): (b", ".join(values) if name.lower() == b"link" else values[0]).decode("latin-1")
        for name, values in response.headers.items()
        if values
    }
    return Answer(url=response.url, status=response.status, headers=headers, body=response.body)


def _causes(error: BaseException) -> list[BaseException]:
    """The exception, those it came from, and the reasons Twisted keeps in a list."""
    found: list[BaseException] = []
    todo: list[Any] = [error]
    while todo and len(found) < 20:
        found.append(todo.pop(0))
        todo += [cause for cause in (found[-1].__cause__,) if cause]
        if isinstance(found[-1], ResponseFailed):
            todo += [reason.value for reason in found[-1].reasons]
    return found


def _wording(error: Exception, causes: list[BaseException]) -> str:
    names = " ".join(f"{type(cause).__name__}: {cause}" for cause in causes)
    if "certificate verify failed" in names or "VerificationError" in names:
        return "its TLS certificate is not trusted; check the address, or name its authority in ca_file"
    if "SSL" in names:
        return "the TLS connection failed; check the address"
    if isinstance(error, scrapy_errors.CannotResolveHostError):
        return "the host name is not known; check the address and the network"
    if isinstance(error, scrapy_errors.DownloadConnectionRefusedError):
        return "the host refuses connections; check the address"
    if isinstance(error, scrapy_errors.ResponseDataLossError):
        return "the answer was cut short"
    return f"the connection failed ({type(causes[-1]).__name__})"
