"""Which order goes to which child, who is blamed for a death, and when a child is replaced: without any process."""

from __future__ import annotations

import signal
from dataclasses import replace
from datetime import UTC, datetime

from crawling import LIMITS, poll

from crawler.answers import FailedError
from crawler.lane import Lane
from crawler.probes import AnyCommand
from crawler.types import Limits, Listing, ListingStatus, Poll, RejectReason
from crawler.wire import Mark, Progress, Value, Visited


class FakeProcess:
    """Keeps what it was given."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.memory = 0
        self.parsing = ""
        self.given: list[Value] = []
        self.input_ended = False
        self.signals: list[int] = []

    def send(self, *values: Value) -> None:
        self.given += values

    def end_input(self) -> None:
        self.input_ended = True

    def kill(self, number: int = signal.SIGKILL) -> None:
        self.signals.append(number)

    def orders(self) -> list[str]:
        return [value.order for value in self.given if isinstance(value, Poll)]


class Bench:
    """A lane with fake children and a clock that only moves when told."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.started: list[FakeProcess] = []
        self.given_up: dict[str, FailedError] = {}
        self.events: list[str] = []
        self.now = 100.0
        self.broken = False
        self.lane = Lane(
            limits, start=self.start, give_up=self.give_up, log=lambda event, _fields: self.events.append(event)
        )

    def start(self, _lane: Lane) -> FakeProcess:
        if self.broken:
            raise OSError("out of processes")
        self.started.append(FakeProcess(len(self.started)))
        return self.started[-1]

    def give_up(self, command: AnyCommand, error: FailedError) -> None:
        self.given_up[command.order] = error

    @property
    def last(self) -> FakeProcess:
        return self.started[-1]

    def begin(self) -> None:
        """A child that is ready."""
        self.tend()
        self.says(Mark.READY)

    def tend(self, after: float = 0.0) -> None:
        self.now += after
        self.lane.tend(self.now)

    def take(self, *names: str, host: str | None = None) -> None:
        for name in names:
            url = f"http://{host or name}.example/"
            self.lane.take(poll(url, order=name), host or name)
        self.tend()

    def says(self, mark: Mark, *orders: str, child: FakeProcess | None = None) -> None:
        self.lane.heard(child or self.last, Progress(mark=mark, orders=orders), self.now)
        self.tend()

    def answers(self, *orders: str, child: FakeProcess | None = None) -> None:
        for order in orders:
            record = Listing(order=order, source="s", status=ListingStatus.OK, fetched_at=datetime.now(UTC))
            assert self.lane.heard(child or self.last, record, self.now) is not None
        self.tend()

    def dies(self, child: FakeProcess | None = None, after: float = 0.0) -> None:
        self.lane.ended(child or self.last, self.now)
        self.tend(after)


def test_orders_wait_for_the_child_to_be_ready_and_go_in_order() -> None:
    bench = Bench()
    bench.take("a", "b")
    assert len(bench.started) == 1
    assert bench.last.orders() == []
    bench.says(Mark.READY)
    assert bench.last.orders() == ["a", "b"]


def test_a_death_without_suspects_blames_nobody() -> None:
    bench = Bench()
    bench.begin()
    bench.take("a", "b")
    for _ in range(5):
        bench.dies()
        bench.tend(60)
        bench.says(Mark.READY)
        assert bench.last.orders() == ["a", "b"]
    assert bench.given_up == {}


def test_only_what_had_begun_is_suspect_and_suspects_are_asked_alone() -> None:
    bench = Bench()
    bench.begin()
    bench.take("waits", "innocent", "culprit", "later")
    bench.says(Mark.STARTED, "innocent", "culprit")
    bench.dies()
    bench.says(Mark.READY)
    assert bench.last.orders() == ["innocent"]
    bench.answers("innocent")
    bench.says(Mark.STARTED, "culprit")
    assert bench.last.orders() == ["innocent", "culprit"]
    bench.dies()
    assert list(bench.given_up) == ["culprit"]
    assert bench.given_up["culprit"].reason is RejectReason.CRASHED
    assert bench.given_up["culprit"].retry
    bench.says(Mark.READY)
    assert bench.last.orders() == ["waits", "later"]


def test_the_order_being_parsed_is_the_only_suspect() -> None:
    bench = Bench()
    bench.begin()
    bench.take("a", "b", "c")
    bench.says(Mark.STARTED, "a", "b", "c")
    bench.last.parsing = "b"
    bench.dies()
    bench.says(Mark.READY)
    assert bench.last.orders() == ["b"]
    bench.says(Mark.STARTED, "b")
    bench.last.parsing = "b"
    bench.dies()
    bench.tend(60)
    bench.says(Mark.READY)
    assert bench.last.orders() == ["a", "c"]
    assert list(bench.given_up) == ["b"]


def test_a_record_ends_the_suspicion_of_parsing() -> None:
    bench = Bench()
    bench.begin()
    bench.take("a", "b")
    bench.says(Mark.STARTED, "a", "b")
    bench.last.parsing = "a"
    bench.answers("a")
    bench.dies()
    bench.says(Mark.READY)
    assert bench.last.orders() == ["b"]


def test_two_deaths_with_several_suspects_condemn_none_of_them() -> None:
    bench = Bench(replace(LIMITS, concurrency=2))
    bench.begin()
    bench.take("a", "b")
    bench.says(Mark.STARTED, "a", "b")
    bench.dies()
    bench.says(Mark.READY)
    bench.answers("a")
    bench.answers("b")
    assert bench.given_up == {}


def test_the_deadline_counts_from_the_start_and_kills_once() -> None:
    bench = Bench()
    bench.begin()
    bench.take("slow")
    bench.tend(after=1_000)
    assert bench.last.signals == []
    bench.says(Mark.STARTED, "slow")
    assert bench.lane.next_due() == bench.now + LIMITS.deadline
    bench.tend(after=LIMITS.deadline - 0.1)
    assert bench.last.signals == []
    bench.tend(after=0.1)
    bench.tend(after=0.1)
    assert bench.last.signals == [signal.SIGKILL]


def test_a_child_that_never_gets_ready_is_killed_and_orders_are_not_kept_for_ever() -> None:
    bench = Bench()
    bench.take("a")
    for _ in range(3):
        bench.tend(after=60)
        assert bench.last.signals == [signal.SIGKILL]
        bench.lane.said("ModuleNotFoundError: scrapy")
        bench.dies()
        bench.tend(after=60)
    assert "ModuleNotFoundError: scrapy" in bench.given_up["a"].detail


def test_children_that_die_at_once_are_started_ever_more_slowly() -> None:
    bench = Bench()
    bench.tend()
    for pause in (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0):
        count = len(bench.started)
        bench.dies()
        if pause:
            assert bench.lane.next_due() == bench.now + pause
            bench.tend(after=pause - 0.01)
            assert len(bench.started) == count
        bench.tend(after=0.01)
        assert len(bench.started) == count + 1


def test_no_process_to_be_had_is_a_failed_start() -> None:
    bench = Bench()
    bench.broken = True
    bench.take("a")
    for _ in range(3):
        bench.tend(after=60)
    assert "out of processes" in bench.given_up["a"].detail
    bench.broken = False
    bench.tend(after=60)
    bench.says(Mark.READY)
    bench.take("b")
    assert bench.last.orders() == ["b"]


def test_a_worn_child_is_replaced_without_losing_or_doubling_an_order() -> None:
    bench = Bench(replace(LIMITS, replace_after=3))
    bench.begin()
    old = bench.last
    bench.take("a", "b", "c")
    bench.says(Mark.STARTED, "a")
    fresh = bench.last
    assert fresh is not old
    bench.take("d")
    assert old.orders() == ["a", "b", "c", "d"], "until the fresh one is ready the old one serves on"
    bench.says(Mark.READY)
    assert old.input_ended
    bench.says(Mark.DROPPED, "b", "c", "d", child=old)
    assert fresh.orders() == ["b", "c", "d"]
    bench.answers("a", child=old)
    bench.dies(old)
    bench.take("e")
    assert fresh.orders() == ["b", "c", "d", "e"]
    assert "crawler_child_died" not in bench.events
    assert bench.given_up == {}


def test_a_child_that_holds_too_much_is_replaced_but_is_not_weighed_all_the_time() -> None:
    """P08: parsers leak, and pages differ in size."""
    bench = Bench(replace(LIMITS, replace_above=1_000))
    bench.begin()
    old = bench.last
    old.memory = 1_001
    for number in range(199):
        bench.take(f"a{number}")
        bench.says(Mark.STARTED, f"a{number}")
        bench.answers(f"a{number}")
    assert bench.last is old
    bench.take("b")
    bench.says(Mark.STARTED, "b")
    bench.answers("b")
    assert bench.last is not old
    bench.says(Mark.READY)
    assert old.input_ended


def test_a_host_is_never_in_two_children_and_its_delay_is_kept() -> None:
    bench = Bench(replace(LIMITS, replace_after=2))
    bench.begin()
    old = bench.last
    bench.take("x1", "x2", host="x")
    bench.says(Mark.STARTED, "x1")
    bench.says(Mark.READY)
    fresh = bench.last
    bench.says(Mark.DROPPED, "x2", child=old)
    bench.take("y")
    assert fresh.orders() == ["y"], "host x is still at work in the old child"
    bench.answers("x1", child=old)
    assert fresh.orders() == ["y", "x2"]
    assert Visited(host="x", ago=0.0) in fresh.given


def test_after_a_kill_the_delay_counts_from_the_death() -> None:
    bench = Bench()
    bench.begin()
    bench.take("x")
    bench.says(Mark.STARTED, "x")
    bench.dies(after=0.5)
    bench.says(Mark.READY)
    assert Visited(host="x", ago=0.5) in bench.last.given


def test_an_old_child_that_does_not_go_is_killed() -> None:
    bench = Bench(replace(LIMITS, replace_after=1))
    bench.begin()
    old = bench.last
    bench.take("a")
    bench.says(Mark.READY)
    assert old.input_ended
    bench.tend(after=LIMITS.deadline)
    assert old.signals == [signal.SIGKILL]


def test_closing_starts_nothing_more() -> None:
    bench = Bench()
    bench.begin()
    bench.lane.close()
    assert bench.last.input_ended
    bench.dies()
    bench.tend(after=100)
    assert len(bench.started) == 1
    assert bench.lane.empty


def test_an_answer_nobody_waits_for_is_ignored() -> None:
    bench = Bench()
    bench.begin()
    record = Listing(order="x", source="s", status=ListingStatus.OK, fetched_at=datetime.now(UTC))
    assert bench.lane.heard(bench.last, record, bench.now) is None
