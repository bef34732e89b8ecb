"""What a site is asked before its pages are: robots.txt and tdmrep.json, and where these are led elsewhere.

Elsewhere is another domain, whose lease the order doesn't have: it is given back to ask there, as a redirected page is,
and then goes back to where it came from with what it has learned.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from crawler.answers import Answer, FailedError, next_url
from crawler.errands import Errand
from crawler.reserved import FILE
from crawler.sites import Sites
from crawler.trail import Trail
from crawler.types import RejectReason
from crawler.urls import gate_key
from crawler.wire import Site, encode

ROBOTS: Final = "/robots.txt"
_REDIRECTS: Final = 5  #: RFC 9309, 2.3.1.2
_TURNS: Final = 10  #: to another domain, over all orders: two files, each with its redirects
_LED: Final = timedelta(hours=1)  #: for which orders go where a file was led without asking its site again
_MOST_LED: Final = 1_000

Get = Callable[[str, Errand], Awaitable[Answer]]


class Asides:
    """Asks for the two files, and keeps in `sites` what they say."""

    def __init__(self, sites: Sites, get: Get, *, obey_robots: bool, clock: Callable[[], datetime]) -> None:
        self._sites, self._get, self._obeys, self._clock = sites, get, obey_robots, clock
        self._led: dict[str, tuple[str, datetime]] = {}  # where a file was led, so that not each order finds out

    async def robots(self, site: str, errand: Errand) -> Site:
        """Ask for a site's robots.txt.

        Raises:
            FailedError: it is at another domain; its trail says where.
        """
        return await self._robots(site, f"{site}{ROBOTS}", errand)

    async def file(self, site: str, errand: Errand) -> Site:
        """Ask for a site's tdmrep.json; raises as `robots` does."""
        if self._obeys:
            try:
                self._sites.check(f"{site}{FILE}", site, self._clock())
            except FailedError:
                return self._sites.file_read(site, None, self._clock())
        return await self._file(site, f"{site}{FILE}", errand)

    async def elsewhere(self, way: Trail, errand: Errand) -> Trail:
        """Ask for the file that a trail is about, and say where the order goes on with what that says.

        Raises:
            FailedError: it is at yet another domain.
        """
        is_robots = way.aside.endswith(ROBOTS)
        site = way.aside.removesuffix(ROBOTS if is_robots else FILE)
        wanted = (self._sites.wants_robots if is_robots else self._sites.wants_file)(site, self._clock())
        if wanted:  # else another order of that site has asked meanwhile
            await (self._robots if is_robots else self._file)(site, way.url, errand)
        return replace(way, url=way.back, aside="", back="", known=encode(self._sites.known(site)))

    async def _robots(self, site: str, url: str, errand: Errand) -> Site:
        try:
            answer = await self._follow(f"{site}{ROBOTS}", url, errand)
        except FailedError as error:
            if error.trail:
                raise
            return self._sites.robots_failed(site, error, self._clock())
        return self._sites.robots_read(site, answer, self._clock())

    async def _file(self, site: str, url: str, errand: Errand) -> Site:
        answer = None
        try:
            answer = await self._follow(f"{site}{FILE}", url, errand)
        except FailedError as error:  # "failure to provide access implies that it does not implement this protocol"
            if error.trail:
                raise
        return self._sites.file_read(site, answer, self._clock())

    async def _follow(self, asked: str, url: str, errand: Errand) -> Answer:
        """The answer for one of the two files, after its redirects; too many of them count as "there is none"."""
        if errand.trail and (led := self._led.get(asked)) and url == asked and led[1] > self._clock():
            raise self._given_back(asked, led[0], errand.trail)
        for _ in range(_REDIRECTS + 1):
            answer = await self._get(url, errand)
            target = answer.redirects_to()
            if target is None:
                break
            url = next_url(answer, target)
            if errand.trail and leaves(url, errand):
                self._remember(asked, url)
                raise self._given_back(asked, url, errand.trail)
        return answer

    def _remember(self, asked: str, url: str) -> None:
        self._led.pop(asked, None)
        self._led[asked] = url, self._clock() + _LED
        if len(self._led) > _MOST_LED:
            del self._led[next(iter(self._led))]

    def _given_back(self, asked: str, url: str, way: Trail) -> FailedError:
        """The order goes on at another domain, unless it was led around too often: then the file can't be had."""
        failed = FailedError(RejectReason.HTTP_ERROR, f"{asked} redirects to {url}", retry=True)
        if way.turns >= _TURNS:
            return failed
        known = self._sites.known(asked.removesuffix(ROBOTS).removesuffix(FILE))
        failed.trail = replace(
            way, url=url, aside=asked, back=way.back or way.url, turns=way.turns + 1, known=encode(known)
        )
        return failed


def leaves(url: str, errand: Errand) -> bool:
    """Whether an address is of another domain than the one that an order has the lease of."""
    with suppress(ValueError):
        return gate_key(url) != errand.host
    return False  # no address at all: it is refused where it is asked for
