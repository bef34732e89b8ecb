"""What one child process serves at a time: which order goes to it, who is to blame when it dies, when it is replaced.

A lane has one child that takes orders; for moments also one that warms up and one that finishes what it began.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from crawler.answers import FailedError
from crawler.probes import AnyCommand, AnyRecord
from crawler.remembered import Remembered
from crawler.served import Order, Process, Served
from crawler.types import Limits, RejectReason
from crawler.wire import Mark, Progress, Site, Value, Visited

_START = 60.0  #: seconds a child may take until it is ready; 1 s is usual
_FAILED_STARTS = 3  #: after so many in a row, orders are answered and no longer kept waiting
_LONGEST_PAUSE = 30.0  #: seconds between two starts that fail
_WEIGHED_EVERY = 200  #: answers; so often a child is replaced at most, whatever it holds from the start
_REMEMBERED_HOSTS = 1_000
_MEMORY = 120.0  #: seconds; no host's delay is longer
#: Sites whose robots.txt and reservations are kept for the next child, and how much text of them in all.
_REMEMBERED_SITES, _REMEMBERED_TEXT = 50_000, 16 << 20


class Lane:
    """The orders of the hosts that belong to one child, and that child.

    Args:
        limits: For its children.
        start: Starts a child; the lane calls `heard` and `ended` with what is returned.
        give_up: Takes an order that is not tried again, and why.
        log: Takes an event's name and its fields.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        start: Callable[[Lane], Process],
        give_up: Callable[[AnyCommand, FailedError], None],
        log: Callable[[str, dict[str, object]], None],
    ) -> None:
        self._limits, self._start, self._give_up, self._log = limits, start, give_up, log
        self._queue: deque[Order] = deque()
        self._suspects: deque[Order] = deque()  #: served before the others, one at a time
        self._children: list[Served] = []
        self._visited: dict[str, float] = {}
        self._sites = Remembered(_REMEMBERED_SITES, _REMEMBERED_TEXT)
        self._barren = 0  #: children in a row that ended without answering anything
        self._start_at = 0.0
        self._closing = False
        self._last_words = ""

    @property
    def empty(self) -> bool:
        """Whether no child is left."""
        return not self._children

    @property
    def children(self) -> list[Process]:
        """Its processes."""
        return [child.process for child in self._children]

    def take(self, command: AnyCommand, host: str) -> None:
        """Queue an order."""
        self._queue.append(Order(command, host))

    def close(self) -> None:
        """Start no more children, let those there are finish what they have begun."""
        self._closing = True
        for child in self._children:
            child.process.end_input()

    def tend(self, now: float) -> None:
        """Do what is due: kill, start, replace, feed."""
        for child in self._children:
            if (late := self._lateness(child, now)) is not None:
                self._log("crawler_child_killed", {"child": child.process.pid, "why": late})
                child.process.kill()
                child.killed = True
        if self._closing:
            return
        current = self._current()
        if current is not None:
            current = self._replace(current, now)
            self._feed(current, now)
        if now >= self._start_at and (current is None or self._is_worn(current)) and not self._warming():
            self._begin(now)

    def next_due(self) -> float | None:
        """When `tend` must be called at the latest, if nothing else happens."""
        watched = [child for child in self._children if not child.killed]
        times = [begun + self._limits.deadline for child in watched for begun in child.begun.values()]
        times += [child.born + _START for child in watched if not child.ready]
        times += [child.retired + self._limits.deadline for child in watched if child.retired is not None]
        if not self._closing and self._current() is None and not self._warming():
            times.append(self._start_at)
        return min(times, default=None)

    def heard(self, process: Process, value: Progress | AnyRecord | Site, now: float) -> Order | None:
        """Take note of what a child says; the order when it is a record that was owed."""
        child = self._of(process)
        if isinstance(value, Progress):
            self._note(child, value, now)
            return None
        if isinstance(value, Site):
            self._sites.learn(value)
            return None
        child.begun.pop(value.order, None)
        order = child.owed.pop(value.order, None)
        if order is not None:
            child.answered += 1
            if child.answered % _WEIGHED_EVERY == 0:
                child.swollen = child.process.memory > self._limits.replace_above
            self._barren = 0
            self._remember(order.host, now)
        return order

    def said(self, line: str) -> None:
        """Keep what a child wrote on standard error last, to explain a start that fails."""
        self._last_words = line or self._last_words

    def ended(self, process: Process, now: float) -> None:
        """A child is gone: share out the blame, queue again what it owed."""
        child = self._of(process)
        self._children.remove(child)
        suspects = child.suspects()
        for order in suspects:
            order.deaths += 1
            self._remember(order.host, now)
        if not self._closing and (suspects or child.retired is None):
            self._log("crawler_child_died", {"child": process.pid, "orders": [each.command.order for each in suspects]})
        self._requeue(child, suspects)
        if not child.answered and child.retired is None:
            self._pause(now, answer_all=not child.ready)

    def _requeue(self, child: Served, suspects: list[Order]) -> None:
        innocent = [order for order in child.owed.values() if order not in suspects]
        self._queue.extendleft(reversed(innocent))
        for order in suspects:
            if order.deaths > 1:  # the second time it was alone
                self._give_up(
                    order.command, _crashed("it ended or hung two crawler processes; please report this page")
                )
            else:
                self._suspects.append(order)

    def _pause(self, now: float, *, answer_all: bool) -> None:
        """Don't start children that end at once without a break, nor keep orders waiting for one."""
        self._barren += 1
        self._start_at = now + (min(2.0 ** (self._barren - 2), _LONGEST_PAUSE) if self._barren > 1 else 0.0)
        if not answer_all or self._barren < _FAILED_STARTS:
            return
        for order in (*self._suspects, *self._queue):
            self._give_up(order.command, _crashed(f"no crawler process starts: {self._last_words!r}"))
        self._suspects.clear()
        self._queue.clear()

    def _begin(self, now: float) -> None:
        try:
            self._children.append(Served(process=self._start(self), born=now))
        except OSError as error:
            self._last_words = str(error)
            self._pause(now, answer_all=True)

    def _lateness(self, child: Served, now: float) -> str | None:
        if child.killed:
            return None
        late = [order for order, begun in child.begun.items() if now >= begun + self._limits.deadline]
        if late:
            return f"no answer within {self._limits.deadline:g} s on {', '.join(sorted(late))}"
        if not child.ready and now >= child.born + _START:
            return f"not ready within {_START:g} s"
        if child.retired is not None and now >= child.retired + self._limits.deadline:
            return "did not end with its input"
        return None

    def _current(self) -> Served | None:
        """The child that takes orders."""
        return next((child for child in self._children if child.ready and child.retired is None), None)

    def _warming(self) -> bool:
        return any(not child.ready for child in self._children)

    def _is_worn(self, child: Served) -> bool:
        return child.swollen or child.taken >= self._limits.replace_after

    def _replace(self, current: Served, now: float) -> Served:
        """The child to feed: the fresh one when there is one, the worn one is let go then."""
        fresh = next(
            (each for each in self._children if each.ready and each.retired is None and each is not current), None
        )
        if fresh is None:
            return current
        current.retired = now
        current.process.end_input()
        return fresh

    def _feed(self, child: Served, now: float) -> None:
        if any(order.deaths for order in child.owed.values()):
            return
        if self._suspects:
            if not child.owed:
                child.process.send(*self._given(child, self._suspects.popleft(), now))
            return
        busy = {order.host for each in self._children if each is not child for order in each.owed.values()}
        waiting = deque(order for order in self._queue if order.host in busy)
        free = [order for order in self._queue if order.host not in busy]
        self._queue = waiting
        if free:
            child.process.send(*[value for order in free for value in self._given(child, order, now)])

    def _given(self, child: Served, order: Order, now: float) -> list[Value]:
        """An order, and first what the child has to know of a host that is new to it."""
        values: list[Value] = []
        if order.host not in child.told:
            child.told.add(order.host)
            if order.host in self._visited:
                values.append(Visited(host=order.host, ago=now - self._visited[order.host]))
            values += self._sites.of(order.host)
        child.taken += 1
        child.owed[order.command.order] = order
        return [*values, order.command]

    def _note(self, child: Served, progress: Progress, now: float) -> None:
        if progress.mark is Mark.READY:
            child.ready = True
        elif progress.mark is Mark.STARTED:
            child.begun |= dict.fromkeys(progress.orders, now)
        else:
            back = [child.owed.pop(order) for order in progress.orders if order in child.owed]
            self._suspects.extendleft(order for order in back if order.deaths)
            self._queue.extendleft(order for order in reversed(back) if not order.deaths)

    def _of(self, process: Process) -> Served:
        return next(child for child in self._children if child.process is process)

    def _remember(self, host: str, now: float) -> None:
        self._visited.pop(host, None)
        self._visited[host] = now
        while len(self._visited) > _REMEMBERED_HOSTS and next(iter(self._visited.values())) < now - _MEMORY:
            del self._visited[next(iter(self._visited))]


def _crashed(detail: str) -> FailedError:
    return FailedError(RejectReason.CRASHED, detail, retry=True)
