"""Visits asked for by hand, which keep out of the way of daemons on the same store: one visitor a host, at one pace.

Each order first takes its host's lease, as a daemon's job does, and notes its visit when it is answered. A redirect to
another domain waits for that one's lease. What can't be waited for any longer, or asked for a longer rest than that, is
answered with when to try again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from crawler import (
    AnyCommand,
    AnyRecord,
    Fetch,
    Listing,
    ListingStatus,
    Poll,
    Probed,
    Record,
    Rejected,
    RejectReason,
    Trail,
    Validators,
    Visit,
    gate_key,
)
from monitor import queue
from monitor.decide import hosts as rules
from monitor.decide.hosts import HostState
from monitor.store import Store, hosts
from monitor.types import Budget

_GLANCE: Final = 0.2  #: seconds between two looks whether a host is free
_LEASE: Final = timedelta(minutes=3)  #: longer than any order's deadline, and not renewed
PATIENCE: Final = timedelta(minutes=2)


class Asked(Protocol):
    """What this module needs of `crawler.Crawler`."""

    def submit(self, command: AnyCommand) -> None:
        """Take an order; never blocks."""

    def records(self, timeout: float) -> list[Record]:
        """Give what has arrived, waiting at most this many seconds for the first."""

    def probed(self, timeout: float) -> Probed | None:
        """Give the answer to a probe; None when none came within this many seconds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Order:
    command: AnyCommand
    host: str
    until: datetime  #: when it is no longer waited for a turn


class ByHand:
    """A crawler that asks for its host's lease first.

    Args:
        owner: a name that no daemon has, and no other command.
        patience: how long an order waits for its host.
        waits: told the name of a host that has to be waited for, once.
    """

    def __init__(
        self,
        crawler: Asked,
        store: Store,
        *,
        owner: str,
        budget: Budget,
        clock: Callable[[], datetime],
        patience: timedelta = PATIENCE,
        waits: Callable[[str], None] = lambda _host: None,
    ) -> None:
        self._crawler, self._store, self._owner, self._budget = crawler, store, owner, budget
        self._clock, self._patience, self._waits = clock, patience, waits
        self._waiting: deque[_Order] = deque()
        self._begun: dict[str, _Order] = {}
        self._missed: list[AnyRecord] = []
        self._told: set[str] = set()

    def submit(self, command: AnyCommand) -> None:
        """Take an order."""
        url = command.entry.listed_url if isinstance(command, Fetch) else command.url
        self._wait(replace(command, trail=Trail(url=url)), url)

    def records(self, timeout: float) -> list[Record]:
        """Give what has arrived, waiting at most this many seconds for the first."""
        self._begin()
        missed = [one for one in self._missed if not isinstance(one, Probed)]
        self._missed = [one for one in self._missed if isinstance(one, Probed)]
        arrived = [] if missed else self._crawler.records(self._seconds(timeout))
        return missed + [record for record in arrived if self._ended(record)]

    def probed(self, timeout: float) -> Probed | None:
        """Give the answer to a probe; None when none came within this many seconds."""
        self._begin()
        for one in self._missed:
            if isinstance(one, Probed):
                self._missed.remove(one)
                return one
        answer = self._crawler.probed(self._seconds(timeout))
        return answer if answer is not None and self._ended(answer) else None

    def _seconds(self, timeout: float) -> float:
        return min(timeout, _GLANCE) if self._waiting else timeout

    def _wait(self, command: AnyCommand, url: str) -> None:
        try:
            host = gate_key(url)
        except ValueError:
            host = ""  # no address: the crawler says so, and nobody is visited
        self._waiting.append(_Order(command=command, host=host, until=self._clock() + self._patience))

    def _begin(self) -> None:
        """Hand out what has its host; what can't be waited for is answered."""
        now, left = self._clock(), deque[_Order]()
        while self._waiting:
            one = self._waiting.popleft()
            if any(begun.host == one.host for begun in self._begun.values()):
                left.append(replace(one, until=now + self._patience))  # behind a visit of its own command
            elif not one.host or self._seize(one.host, now):
                self._begun[one.command.order] = one
                self._crawler.submit(one.command)
            elif why := self._in_vain(one, now):
                self._missed.append(_missed(one.command, why, now))
            else:
                left.append(one)
        self._waiting = left

    def _seize(self, host: str, now: datetime) -> bool:
        with self._store.write() as tx:
            return queue.seize(tx, host=host, owner=self._owner, now=now, lease=_LEASE)

    def _in_vain(self, one: _Order, now: datetime) -> str:
        """Why a host can't be waited for; empty: it can."""
        if now >= one.until:
            return f"{one.host} is busy with other visits of ours; try again in a few minutes"
        if one.host in self._told:
            return ""
        with self._store.read() as tx:
            state = hosts.get(tx, one.host)
        if state and state.closed_until and state.closed_until > one.until:
            return f"{one.host} is to be left alone until {state.closed_until:%Y-%m-%d %H:%M} UTC; try again then"
        self._told.add(one.host)
        self._waits(one.host)
        return ""

    def _ended(self, record: AnyRecord) -> bool:
        """Let the host go and note the visit; whether the order is over, and not to go on elsewhere."""
        one, now = self._begun.pop(record.order), self._clock()
        said = replace(record.listing, visit=record.visit) if isinstance(record, Probed) else record
        if one.host:
            with self._store.write() as tx:
                state = hosts.get(tx, one.host) or HostState(host=one.host)
                hosts.put(tx, rules.after_visit(state, said, node=self._owner, budget=self._budget, now=now))
                queue.let_go(tx, host=one.host, owner=self._owner)
        if isinstance(said, Listing | Rejected) and said.trail:
            self._wait(replace(one.command, trail=said.trail), said.trail.url)
            return False
        return True


def _missed(command: AnyCommand, why: str, now: datetime) -> AnyRecord:
    if isinstance(command, Fetch):
        return Rejected(
            order=command.order,
            source=command.entry.source,
            url=command.entry.url,
            listed_url=command.entry.listed_url,
            reason=RejectReason.TIMEOUT,
            detail=why,
            retry=True,
            fetched_at=now,
        )
    listing = Listing(
        order=command.order,
        source=command.source,
        status=ListingStatus.FAILED,
        fetched_at=now,
        validators=command.validators if isinstance(command, Poll) else Validators(),
        error=why,
        visit=Visit(requests=0),
    )
    return listing if isinstance(command, Poll) else Probed(listing=listing)
