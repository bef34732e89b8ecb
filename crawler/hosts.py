"""Politeness: one request a host at a time, with a pause between, polls before pages.

Times are seconds of the event loop's clock.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

#: What goes first when several wait for a host, first to last.
REDIRECTED, POLL, PAGE = range(3)

#: A robots.txt may ask for days; an entry that waits longer than this is no news any more. Seconds.
LONGEST_DELAY = 60.0
_FORGET_ABOVE = 1_000  #: hosts


class HeldError(Exception):
    """The host asked to be left alone for a while."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"asked to be left alone for {seconds:.0f} s more")
        self.seconds = seconds


@dataclass(slots=True)
class _Host:
    busy: bool = False
    last: float = float("-inf")  #: end of the last request
    asked: float = 0.0  #: Crawl-delay
    held_until: float = float("-inf")
    waiting: list[tuple[int, int, float, asyncio.Future[None]]] = field(default_factory=list)
    timer: asyncio.TimerHandle | None = None


class Hosts:
    """Who may make a request to which host, and when."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}
        self._numbers = itertools.count()
        self._forget_at = _FORGET_ABOVE

    @asynccontextmanager
    async def turn(self, key: str, *, delay: float, rank: int) -> AsyncIterator[None]:
        """Wait for the host, have it alone inside the block.

        Args:
            key: As `crawler.urls.gate_key` gives it.
            delay: Seconds since the last request's end, at least; more when robots.txt asks for more.
                A redirected request waits for no more than robots.txt asks: it belongs to the one before.
            rank: `REDIRECTED`, `POLL` or `PAGE`.

        Raises:
            HeldError: the host is not to be asked before a time it named.
        """
        host = self._hosts.setdefault(key, _Host())
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(host.waiting, (rank, next(self._numbers), delay, turn))
        try:
            self._advance(host)
            await turn
            _check_held(host)
            yield
        finally:
            self._leave(host, turn)

    def ask(self, key: str, delay: float | None) -> None:
        """Keep the pause that robots.txt asks for; of several host names behind one gate, the longest."""
        host = self._hosts.setdefault(key, _Host())
        host.asked = max(host.asked, min(delay or 0.0, LONGEST_DELAY))

    def pause(self, key: str, delay: float) -> float:
        """Seconds between two requests to a host of which one errand makes both."""
        return max(delay, self._hosts.setdefault(key, _Host()).asked)

    def hold(self, key: str, seconds: float) -> None:
        """Refuse turns for a while, because the host said so."""
        self._hosts.setdefault(key, _Host()).held_until = asyncio.get_running_loop().time() + seconds

    def visited(self, key: str, ago: float) -> None:
        """A predecessor was on the host so many seconds ago."""
        self._hosts.setdefault(key, _Host()).last = asyncio.get_running_loop().time() - ago

    def __len__(self) -> int:
        return len(self._hosts)

    def _advance(self, host: _Host) -> None:
        """Give the turn to whom it belongs, now or by a timer."""
        if host.timer:
            host.timer.cancel()
            host.timer = None
        while host.waiting and host.waiting[0][3].done():
            heapq.heappop(host.waiting)
        if host.busy or not host.waiting:
            return
        loop = asyncio.get_running_loop()
        rank, _, delay, turn = host.waiting[0]
        ready = host.last + max(0.0 if rank == REDIRECTED else delay, host.asked)
        if ready > loop.time() and host.held_until <= loop.time():
            host.timer = loop.call_at(ready, self._advance, host)
            return
        heapq.heappop(host.waiting)
        host.busy = True
        turn.set_result(None)

    def _leave(self, host: _Host, turn: asyncio.Future[None]) -> None:
        loop = asyncio.get_running_loop()
        if turn.done() and not turn.cancelled():
            host.busy = False
            if host.held_until <= loop.time():
                host.last = loop.time()
        turn.cancel()
        self._advance(host)
        if len(self._hosts) > self._forget_at:
            self._forget(loop.time())

    def _forget(self, now: float) -> None:
        """Drop hosts that nothing is known about any more, so that they don't pile up."""
        self._hosts = {key: host for key, host in self._hosts.items() if not _is_forgettable(host, now)}
        self._forget_at = max(_FORGET_ABOVE, 2 * len(self._hosts))


def _check_held(host: _Host) -> None:
    remaining = host.held_until - asyncio.get_running_loop().time()
    if remaining > 0:
        raise HeldError(remaining)


def _is_forgettable(host: _Host, now: float) -> bool:
    return not (host.busy or host.waiting) and max(host.last + LONGEST_DELAY, host.held_until) < now
