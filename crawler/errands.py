"""What an order costs and how its requests are made: its rank, its headers, its time, and what it has cost so far."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from crawler.answers import conditional_headers, gate_of
from crawler.hosts import PAGE, POLL
from crawler.probes import AnyCommand, Probe
from crawler.trail import Trail
from crawler.types import Fetch, Limits, Poll, SourceKind

#: Of the deadline, what requests may take; the rest is for parsing.
_REQUESTS_SHARE = 0.75
_ACCEPT = {
    SourceKind.FEED: "application/rss+xml, application/atom+xml, application/feed+json, text/xml;q=0.9, */*;q=0.5",
    SourceKind.SITEMAP: "application/xml, text/xml;q=0.9, */*;q=0.5",
    SourceKind.SECTION: "text/html, application/xhtml+xml;q=0.9, */*;q=0.5",
}


@dataclass(slots=True)
class Cost:
    """What an errand has cost so far; its parts share one."""

    requests: int = 0
    pause: float = 0.0  #: the longest that one of its hosts asks for


@dataclass(slots=True)
class Errand:
    """How one order's requests are made, and how long it may still take."""

    rank: int  #: `hosts.POLL` or `hosts.PAGE`
    delay: float  #: seconds between two requests to a host, at least
    max_bytes: int
    headers: dict[str, str]
    seconds: float  #: from the first turn to the answer
    begin: Callable[[], None]  #: called once, when the first turn has come
    host: str = ""  #: the gate of where it leads first
    mines: bool = False  #: what it brings is read as a page, so a reservation counts
    trail: Trail | None = None  #: where it begins, and what led there; None: it follows all redirects
    until: float | None = None
    cost: Cost = field(default_factory=Cost)

    def start(self) -> None:
        """The first turn has come: the time runs."""
        if self.until is None:
            self.until = asyncio.get_running_loop().time() + self.seconds
            self.begin()

    def afresh(self, url: str) -> Errand:
        """The same without conditions, for another address."""
        headers = {name: value for name, value in self.headers.items() if not name.startswith("If-")}
        return replace(self, headers=headers, trail=self.trail and Trail(url=url))

    def remaining(self) -> float:
        """Seconds left."""
        return self.seconds if self.until is None else self.until - asyncio.get_running_loop().time()


def errand_for(command: AnyCommand, limits: Limits, *, begin: Callable[[], None]) -> Errand:
    """How an order's requests are made; `begin` is called when the first turn has come."""
    language = command.language
    headers = {"Accept-Language": f"{language}, *;q=0.5" if language else "fr, en;q=0.9, *;q=0.5"}
    if isinstance(command, Poll):
        headers |= {"Accept": _ACCEPT[command.kind]} | conditional_headers(command.validators)
    else:
        headers["Accept"] = _ACCEPT[SourceKind.SECTION]
    return Errand(
        rank=PAGE if isinstance(command, Fetch) else POLL,
        delay=limits.delay if command.delay is None else command.delay,
        max_bytes=limits.feed_bytes if isinstance(command, Poll) else limits.page_bytes,
        headers=headers,
        seconds=limits.deadline * _REQUESTS_SHARE,
        host=gate_of(command),
        mines=_mines(command),
        trail=command.trail,
        begin=begin,
    )


def _mines(command: AnyCommand) -> bool:
    """Whether what comes is read as a page. A probe only looks where an outlet lists its articles, and tells of it."""
    if isinstance(command, Probe) or command.licence:
        return False
    return isinstance(command, Fetch) or command.kind is SourceKind.SECTION
