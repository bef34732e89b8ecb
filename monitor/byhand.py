"""Visits asked for by hand, which keep out of the way of daemons on the same store: one visitor a host, at one pace.

Each order first takes its host's lease, as a daemon's job does, and notes its visit when it is answered. A redirect to
another domain waits for that one's lease. What nobody can be waited for any longer is said to have had no turn.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from crawler import Command, Fetch, Listing, ListingStatus, Poll, Record, Rejected, RejectReason, Trail, gate_key
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

    def submit(self, command: Command) -> None:
        """Take an order; never blocks."""

    def records(self, timeout: float) -> list[Record]:
        """Give what has arrived, waiting at most this many seconds for the first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Order:
    command: Command
    host: str
    until: datetime  #: when it is no longer waited for a turn


class ByHand:
    """A crawler that asks for its host's lease first.

    Args:
        owner: a name that no daemon has, and no other command.
        patience: how long an order waits for its host.
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
    ) -> None:
        self._crawler, self._store, self._owner, self._budget = crawler, store, owner, budget
        self._clock, self._patience = clock, patience
        self._waiting: deque[_Order] = deque()
        self._begun: dict[str, _Order] = {}

    def submit(self, command: Command) -> None:
        """Take an order."""
        url = command.entry.listed_url if isinstance(command, Fetch) else command.url
        self._wait(replace(command, trail=Trail(url=url)), url)

    def records(self, timeout: float) -> list[Record]:
        """Give what has arrived, waiting at most this many seconds for the first."""
        missed = self._begin()
        arrived = [] if missed else self._crawler.records(min(timeout, _GLANCE) if self._waiting else timeout)
        return missed + [record for record in arrived if self._ended(record)]

    def _wait(self, command: Command, url: str) -> None:
        try:
            host = gate_key(url)
        except ValueError:
            host = ""  # no address: the crawler says so, and nobody is visited
        self._waiting.append(_Order(command=command, host=host, until=self._clock() + self._patience))

    def _begin(self) -> list[Record]:
        """Hand out what has its host; the records of what has waited for too long."""
        now, left, missed = self._clock(), deque[_Order](), list[Record]()
        while self._waiting:
            one = self._waiting.popleft()
            if not one.host or self._seize(one.host, now):
                self._begun[one.command.order] = one
                self._crawler.submit(one.command)
            elif now >= one.until:
                missed.append(_missed(one, now))
            else:
                left.append(one)
        self._waiting = left
        return missed

    def _seize(self, host: str, now: datetime) -> bool:
        if any(one.host == host for one in self._begun.values()):
            return False
        with self._store.write() as tx:
            return queue.seize(tx, host=host, owner=self._owner, now=now, lease=_LEASE)

    def _ended(self, record: Record) -> bool:
        """Let the host go and note the visit; whether the order is over, and not to go on elsewhere."""
        one, now = self._begun.pop(record.order), self._clock()
        if one.host:
            with self._store.write() as tx:
                state = hosts.get(tx, one.host) or HostState(host=one.host)
                hosts.put(tx, rules.after_visit(state, record, node=self._owner, budget=self._budget, now=now))
                queue.let_go(tx, host=one.host, owner=self._owner)
        if isinstance(record, Listing | Rejected) and record.trail:
            self._wait(replace(one.command, trail=record.trail), record.trail.url)
            return False
        return True


def _missed(one: _Order, now: datetime) -> Record:
    detail = f"{one.host} had no turn for us in time; asked again later"
    command = one.command
    if isinstance(command, Poll):
        return Listing(
            order=command.order,
            source=command.source,
            status=ListingStatus.FAILED,
            fetched_at=now,
            validators=command.validators,
            error=detail,
        )
    return Rejected(
        order=command.order,
        source=command.entry.source,
        url=command.entry.url,
        listed_url=command.entry.listed_url,
        reason=RejectReason.TIMEOUT,
        detail=detail,
        retry=True,
        fetched_at=now,
    )
