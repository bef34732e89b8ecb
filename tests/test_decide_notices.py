"""What is worth telling of Cocorico itself: lasting trouble once, its end once, and nothing that comes and goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from fakes import a_source

from crawler import ListingStatus
from monitor.decide.health import Disk, TargetState, broken, failing, filling, healthy
from monitor.decide.notices import Condition, Observation, notice, reachable
from monitor.notice import Facts, Notice
from monitor.types import SourceState
from monitor.vocabulary import Alarm, NoticeKind

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
STEP = timedelta(minutes=5)
#: One step each: B is bad, g good, . neither.
HOUR = 12


def follow(pattern: str, alarm: Alarm = Alarm.SOURCE_BROKEN) -> list[tuple[int, NoticeKind]]:
    """Watch one thing step by step; when what was told."""
    conditions: tuple[Condition, ...] = ()
    told = []
    for number, letter in enumerate(pattern):
        seen = Observation(alarm=alarm, subject="x", bad={"B": True, "g": False, ".": None}[letter])
        found = notice([seen], conditions, now=NOON + number * STEP)
        conditions = found.conditions
        told += [(number, one.kind) for one in found.notices]
    return told


def test_lasting_trouble_is_told_once_and_its_end_once() -> None:
    told = follow("g" * 5 + "B" * 10 * HOUR + "g" * 10 * HOUR)
    assert told == [
        (5 + 3 * HOUR, NoticeKind.SOURCE_BROKEN),
        (5 + 10 * HOUR + HOUR, NoticeKind.SOURCE_RECOVERED),
    ]


def test_trouble_that_passes_is_not_told() -> None:
    assert follow("B" * (3 * HOUR) + "g" * 20) == []


def test_what_comes_and_goes_makes_no_noise() -> None:
    assert follow(("B" * HOUR + "g") * 40) == []
    once_broken = "B" * 4 * HOUR + ("g" * (HOUR - 1) + "B") * 40
    assert follow(once_broken) == [(3 * HOUR, NoticeKind.SOURCE_BROKEN)]


def test_what_says_nothing_breaks_no_row() -> None:
    assert follow(("B." * 4 * HOUR)[:-1]) == [(3 * HOUR, NoticeKind.SOURCE_BROKEN)]


def test_a_full_disk_is_told_at_once_and_room_to_nobody() -> None:
    assert follow("gB" + "g" * 3 * HOUR + "B", Alarm.DISK_FILLING) == [
        (1, NoticeKind.DISK_FILLING),
        (2 + 3 * HOUR, NoticeKind.DISK_FILLING),
    ]


def test_the_same_trouble_has_the_same_id_and_the_next_another() -> None:
    def told(now: datetime, conditions: Sequence[Condition] = ()) -> Notice:
        (found,) = notice([Observation(alarm=Alarm.DISK_FILLING, subject="", bad=True)], conditions, now=now).notices
        return found

    assert told(NOON).id == told(NOON).id
    assert told(NOON).id != told(NOON + STEP).id


def test_many_of_a_kind_become_one() -> None:
    def seen(count: int) -> list[Observation]:
        facts = [Facts(name=f"Outlet {number}", reason="refused") for number in range(count)]
        return [
            Observation(alarm=Alarm.SOURCE_SILENT, subject=f"s{number}", bad=True, facts=facts[number])
            for number in range(count)
        ]

    assert len(notice(seen(3), (), now=NOON).notices) == 3
    (one,) = notice(seen(43), (), now=NOON).notices
    assert one.facts == Facts(name="Outlet 0, Outlet 1, Outlet 2 +40", reason="refused", together=43)
    assert len(notice(seen(43), (), now=NOON).conditions) == 43


def test_many_of_a_kind_have_the_earliest_beginning_and_a_reason_only_when_it_is_everybodys() -> None:
    def seen(reason: str) -> list[Observation]:
        return [
            Observation(
                alarm=Alarm.SOURCE_SILENT,
                subject=f"s{number}",
                bad=True,
                facts=Facts(name=f"O{number}", reason=reason.format(number=number), since=NOON - number * STEP),
            )
            for number in range(5)
        ]

    (one,) = notice(seen("HTTP 50{number}"), (), now=NOON).notices
    assert (one.facts.reason, one.facts.since, one.facts.together) == ("", NOON - 4 * STEP, 5)
    (one,) = notice(seen("HTTP 500"), (), now=NOON).notices
    assert one.facts.reason == "HTTP 500"


def test_notices_go_to_the_targets_that_work() -> None:
    assert reachable(("mail", "phone"), {"mail"}) == ("phone",)
    assert reachable(("mail",), {"mail"}) == ("mail",)


def state(**fields: object) -> SourceState:
    return SourceState(**{"id": "gazette", "next_poll_at": NOON, "last_ok_at": NOON, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "failures", "bad"),
    [
        (ListingStatus.OK, 0, False),
        (ListingStatus.FAILED, 1, None),
        (ListingStatus.FAILED, 2, None),
        (ListingStatus.FAILED, 3, True),
        (ListingStatus.GONE, 3, None),
    ],
)
def test_a_source_is_broken_after_several_failures_unless_it_is_gone(
    status: ListingStatus, failures: int, bad: bool | None
) -> None:
    seen = broken(a_source(), state(status=status, failures=failures, error="HTTP 500"))
    assert (seen.bad, seen.subject, seen.facts) == (
        bad,
        "gazette",
        Facts(name="Gazette", reason="HTTP 500", since=NOON),
    )


def test_a_target_fails_while_something_waits_or_was_given_up_last() -> None:
    earlier = NOON - timedelta(hours=2)
    assert failing(TargetState(name="mail")).bad is False
    waiting = failing(TargetState(name="mail", failing=3, error="refused", since=earlier))
    assert (waiting.bad, waiting.facts) == (True, Facts(name="mail", reason="refused", since=earlier, waiting=3))
    assert failing(TargetState(name="mail", dead_at=NOON, sent_at=earlier)).bad is True
    assert failing(TargetState(name="mail", dead_at=NOON)).bad is True
    again = failing(TargetState(name="mail", dead_at=earlier, sent_at=NOON, late=4))
    assert (again.bad, again.facts.waiting) == (False, 4)


@pytest.mark.parametrize(
    ("free", "total", "bad"),
    [
        (1 << 29, 1 << 40, True),
        (5 << 28, 1 << 40, None),
        (1 << 31, 1 << 40, False),
        (30 << 20, 1 << 30, True),
        (60 << 20, 1 << 30, None),
        (200 << 20, 1 << 30, False),
    ],
)
def test_a_disk_fills(free: int, total: int, bad: bool | None) -> None:
    assert filling(Disk(path="/data", free=free, total=total)).bad is bad


def test_healthy_sources_are_those_that_are_asked_and_answer() -> None:
    catalogue = {name: a_source(name, enabled=name != "d") for name in "abcd"}
    states = [state(id="a"), state(id="b", failures=1), state(id="d")]
    assert healthy([(catalogue[one.id], one) for one in states], catalogue) == Facts(healthy=1, sources=3)
