"""When a source that answers has fallen silent, by what it is used to (D15)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from fakes import a_source

from monitor.decide import silence
from monitor.decide.health import is_doubtful, silent
from monitor.notice import Facts
from monitor.rhythm import Rhythm
from monitor.types import SourceState

MONDAY = datetime(2026, 3, 9, tzinfo=UTC)
NOON = MONDAY + timedelta(hours=12)
WEEKS = 30.0  #: hours that each hour was watched


def rhythm(by_day: float, by_night: float, weekend: float = 1.0) -> Rhythm:
    """Learned long since: entries an hour from 7 to 21, and otherwise; at weekends so many times that."""
    day = [by_day if 7 <= hour < 21 else by_night for hour in range(24)]
    rates = (*day, *(rate * weekend for rate in day))
    return Rhythm(learned_at=NOON, counts=tuple(rate * WEEKS for rate in rates), hours=(WEEKS,) * 48)


def hourly(end: datetime, *, nightly: bool = False, days: int = 20) -> list[datetime]:
    """Something new every hour of the day (or also of the night) until a time."""
    moments = (end - timedelta(hours=hours) for hours in reversed(range(24 * days)))
    return [moment for moment in moments if nightly or 7 <= moment.hour < 21]


def bad(known: Rhythm, moments: list[datetime], last_ok: datetime, **fields: object) -> bool | None:
    state = SourceState(
        **{"id": "gazette", "next_poll_at": last_ok, "last_ok_at": last_ok, "rhythm": known, **fields}  # type: ignore[arg-type]
    )
    state = state if "news_at" in fields or not moments else with_news(state, moments[-1])
    return silent(a_source(), state, moments if is_doubtful(state) else ()).bad


def with_news(state: SourceState, at: datetime) -> SourceState:
    return SourceState(
        id=state.id,
        next_poll_at=state.next_poll_at,
        last_ok_at=state.last_ok_at,
        rhythm=state.rhythm,
        failures=state.failures,
        news_at=at,
    )


def first_silent(known: Rhythm, moments: list[datetime]) -> float:
    """Hours after the last entry at which the silence is noticed."""
    return next(
        quarter / 4
        for quarter in range(4 * 24 * 20)
        if bad(known, moments, moments[-1] + timedelta(minutes=15 * quarter))
    )


def test_a_busy_source_is_missed_within_hours_and_a_slow_one_within_days() -> None:
    """D15."""
    start = MONDAY + timedelta(hours=9)
    assert first_silent(rhythm(10.0, 0.5), hourly(start)) <= 2.0
    assert first_silent(rhythm(3.0, 0.2), hourly(start)) <= 6.0
    assert 24 < first_silent(rhythm(0.6, 0.1), hourly(start)) <= 48


def test_a_night_and_a_weekend_are_no_silence() -> None:
    known = rhythm(4.0, 0.1, weekend=0.1)
    evening = MONDAY + timedelta(days=4, hours=20)
    assert bad(known, hourly(evening), evening + timedelta(hours=11)) is False
    assert bad(known, hourly(evening), evening + timedelta(hours=35)) is False
    assert bad(known, hourly(evening), evening + timedelta(days=3)) is True


def test_a_holiday_may_be_like_a_weekend() -> None:
    weekday_only = rhythm(2.0, 0.0, weekend=0.0)
    friday = MONDAY + timedelta(days=4, hours=18)
    monday_noon = friday + timedelta(days=2, hours=18)
    assert bad(weekday_only, hourly(friday), monday_noon) is False
    assert silence.expected(weekday_only, friday, monday_noon) < silence.EXPECTED


def test_as_empty_a_pause_as_there_was_before_is_none_that_matters() -> None:
    known, start = rhythm(4.0, 0.2), MONDAY + timedelta(hours=9)
    later = start + timedelta(hours=6)
    moments = hourly(start)
    assert bad(known, moments, later) is True
    before = [
        moment for moment in moments if not start - timedelta(days=3, hours=1) < moment < start - timedelta(days=2)
    ]
    assert bad(known, before, later) is False


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        ((7, 6, 5, 4, 3), False),
        ((9, 8, 7, 6, 5), True),
        ((34, 27, 20, 13, 6), False),  # a weekly
        ((34, 29, 25, 22, 15), True),
        ((30, 20), None),  # too little to know its habits
    ],
)
def test_where_little_is_published_days_are_counted(ago: tuple[int, ...], expected: bool | None) -> None:
    moments = [NOON - timedelta(days=number) for number in ago]
    assert bad(Rhythm(), moments, NOON) is expected


def test_a_source_that_cannot_be_asked_is_not_silent() -> None:
    gone_quiet = [NOON - timedelta(days=number) for number in (12, 11, 10, 9, 8)]
    assert bad(Rhythm(), gone_quiet, NOON - timedelta(days=7)) is False, "asked last when it had just spoken"
    assert bad(Rhythm(), gone_quiet, NOON, failures=1, news_at=gone_quiet[-1]) is None
    assert bad(Rhythm(), [], NOON) is None, "it never had anything new"


def test_a_silence_says_since_when_and_what_is_usual() -> None:
    state = with_news(SourceState(id="gazette", next_poll_at=NOON, last_ok_at=NOON, rhythm=rhythm(1.0, 0.0)), MONDAY)
    assert silent(a_source(), state, ()).facts == Facts(name="Gazette", since=MONDAY, usually=14.0)
    assert silence.usually(Rhythm()) == 0.0


def bursts(rate: float, *, weeks: int) -> Iterator[tuple[datetime, list[datetime]]]:
    """Each hour, and what came in it: three entries at a time, at fixed but irregular hours."""
    owed = 0.0
    for hour in range(weeks * 7 * 24):
        now = MONDAY + timedelta(hours=hour)
        owed += (rate if 7 <= now.hour < 21 else rate / 10) * (0.4 if now.weekday() >= 5 else 1.0)
        come = owed >= 1 + (hour * 7919 % 5)
        yield now, [now] * int(owed) if come else []
        owed -= int(owed) if come else 0


def test_what_comes_in_bursts_is_not_silent_between_them() -> None:
    known, moments, alarms = rhythm(2.0, 0.2, weekend=0.4), list[datetime](), 0
    for now, new in bursts(2.0, weeks=6):
        moments = [*moments, now] if new else moments
        alarms += bool(moments and bad(known, moments, now))
    assert len(moments) > 100
    assert alarms == 0
