"""Hours in a zone: every digest once on each local day, whatever the clock does; quiet hours that end."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.decide.hours import instant, last_slot, local_day, next_slot, quiet_until
from monitor.subscribing import Deliver, Quiet, Rhythm

PARIS = "Europe/Paris"
#: Zones whose clocks change at midnight, before it, by half an hour, in the south, and not at all.
ZONES = (
    *(PARIS, "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Nuuk"),
    *("Asia/Beirut", "Asia/Kolkata", "America/Havana", "UTC"),
)
START = datetime(2026, 1, 1, tzinfo=UTC)


def daily(at: time) -> Deliver:
    return Deliver(rhythm=Rhythm.DAILY, at=at)


def slots(deliver: Deliver, zone: str, *, start: datetime = START, days: int = 366) -> list[datetime]:
    found, now = [], start
    while now < start + timedelta(days=days):
        now = next_slot(deliver, zone, after=now)
        found.append(now)
    return found


def local(moment: datetime, zone: str = PARIS) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M%z}"


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    "at", [time(0), time(0, 30), time(1, 30), time(2), time(2, 30), time(3), time(8), time(23), time(23, 59)]
)
def test_a_daily_digest_is_due_exactly_once_on_each_local_day(zone: str, at: time) -> None:
    found = slots(daily(at), zone)
    days = Counter(local_day(slot, zone) for slot in found)
    every = {min(days) + timedelta(days=number) for number in range(len(days))}
    assert set(days) == every
    assert set(days.values()) == {1}


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("cron", ["30 2 * * *", "30 1 * * *", "0 8 * * *", "30 0 * * *", "45 23 * * *"])
def test_a_cron_line_that_names_an_hour_is_due_once_a_day_too(zone: str, cron: str) -> None:
    minute, hour = map(int, cron.split()[:2])
    named = Deliver(rhythm=Rhythm.CRON, cron=cron)
    assert slots(named, zone) == slots(daily(time(hour, minute)), zone)


def test_an_hour_that_spring_leaves_out_moves_behind_the_gap() -> None:
    found = slots(daily(time(2, 30)), PARIS, start=datetime(2026, 3, 27, 12, tzinfo=UTC), days=2)
    assert [local(slot) for slot in found] == [
        *("2026-03-28 02:30+0100", "2026-03-29 03:30+0200"),
        "2026-03-30 02:30+0200",
    ]


def test_an_hour_that_comes_twice_in_autumn_counts_once_and_the_first_time() -> None:
    found = slots(daily(time(2, 30)), PARIS, start=datetime(2026, 10, 23, 12, tzinfo=UTC), days=2)
    assert [local(slot) for slot in found] == [
        *("2026-10-24 02:30+0200", "2026-10-25 02:30+0200"),
        "2026-10-26 02:30+0100",
    ]
    between = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 02:10 for the second time
    assert local(next_slot(daily(time(2, 30)), PARIS, after=between)) == "2026-10-26 02:30+0100"
    cron = Deliver(rhythm=Rhythm.CRON, cron="30 2 * * *")
    assert local(next_slot(cron, PARIS, after=between)) == "2026-10-26 02:30+0100"


def test_an_hour_in_a_gap_before_midnight_stays_on_its_day() -> None:
    gap = instant(date(2026, 3, 28), time(23, 30), "America/Nuuk")
    assert local(gap, "America/Nuuk") == "2026-03-28 22:30-0200"


def test_a_day_that_a_zone_left_out_has_no_digest_of_its_own() -> None:
    start = datetime(2011, 12, 28, tzinfo=UTC)
    found = slots(daily(time(8)), "Pacific/Apia", start=start, days=4)
    days = [local(slot, "Pacific/Apia")[5:16] for slot in found]
    assert days == ["12-28 08:00", "12-29 08:00", "12-31 08:00", "01-01 08:00", "01-02 08:00"]


def test_a_weekly_digest_is_due_on_its_day() -> None:
    found = slots(Deliver(rhythm=Rhythm.WEEKLY, at=time(8), weekday=0), PARIS)
    assert len(found) in {52, 53}
    assert {slot.astimezone(ZoneInfo(PARIS)).strftime("%a %H:%M") for slot in found} == {"Mon 08:00"}


def test_what_is_asked_for_every_so_often_goes_by_the_time_that_passes() -> None:
    every = Deliver(rhythm=Rhythm.CRON, cron="*/30 * * * *")
    found = slots(every, PARIS, start=datetime(2026, 10, 25, tzinfo=UTC), days=1)
    assert {after - before for before, after in pairwise(found)} == {timedelta(minutes=30)}
    hourly = Deliver(rhythm=Rhythm.CRON, cron="5 * * * *")
    found = slots(hourly, PARIS, start=datetime(2026, 3, 28, 12, tzinfo=UTC), days=1)
    assert {after - before for before, after in pairwise(found)} == {timedelta(hours=1)}


def test_working_days_are_a_matter_of_the_zone() -> None:
    cron = Deliver(rhythm=Rhythm.CRON, cron="0 8 * * 1-5")
    days = {slot.astimezone(ZoneInfo("Asia/Tokyo")).weekday() for slot in slots(cron, "Asia/Tokyo", days=30)}
    assert days == {0, 1, 2, 3, 4}


def test_what_is_not_gathered_has_no_hour() -> None:
    with pytest.raises(ValueError, match="instant: there is no next time"):
        next_slot(Deliver(), PARIS, after=START)


def test_the_last_time_within_a_span() -> None:
    weekly = Deliver(rhythm=Rhythm.WEEKLY, at=time(8), weekday=0)
    monday = datetime(2026, 3, 16, 7, tzinfo=UTC)
    assert last_slot(weekly, PARIS, since=monday - timedelta(days=20), until=monday) == monday
    assert last_slot(weekly, PARIS, since=monday, until=monday + timedelta(days=6)) is None


NIGHT = Quiet(start=time(22), end=time(7, 30))


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-03-13T20:59:59+00:00", None),
        ("2026-03-13T21:00:00+00:00", "2026-03-14 07:30+0100"),
        ("2026-03-14T03:00:00+00:00", "2026-03-14 07:30+0100"),
        ("2026-03-14T06:29:59+00:00", "2026-03-14 07:30+0100"),
        ("2026-03-14T06:30:00+00:00", None),
        ("2026-03-28T22:00:00+00:00", "2026-03-29 07:30+0200"),  # a night of 8:30
        ("2026-10-24T22:00:00+00:00", "2026-10-25 07:30+0100"),  # a night of 10:30
    ],
)
def test_quiet_hours_over_midnight_and_over_clock_changes(now: str, end: str | None) -> None:
    found = quiet_until(NIGHT, PARIS, now=datetime.fromisoformat(now).astimezone(UTC))
    assert (found and local(found)) == end


def test_quiet_hours_within_a_day() -> None:
    lunch = Quiet(start=time(12), end=time(14))
    assert quiet_until(lunch, PARIS, now=datetime(2026, 3, 14, 10, 59, tzinfo=UTC)) is None
    assert quiet_until(lunch, PARIS, now=datetime(2026, 3, 14, 11, tzinfo=UTC)) == datetime(2026, 3, 14, 13, tzinfo=UTC)
    assert quiet_until(lunch, PARIS, now=datetime(2026, 3, 14, 13, tzinfo=UTC)) is None
    assert quiet_until(None, PARIS, now=START) is None


@pytest.mark.parametrize(
    ("now", "quiet"),
    [("01:59", False), ("03:00", True), ("03:05", True), ("03:40", True), ("06:59", True), ("07:00", False)],
)
def test_quiet_hours_that_begin_in_the_hour_that_is_left_out_begin_with_it(now: str, quiet: bool) -> None:
    moment = datetime.fromisoformat(f"2027-03-28T{now}").replace(tzinfo=ZoneInfo(PARIS)).astimezone(UTC)
    found = quiet_until(Quiet(start=time(2, 30), end=time(7)), PARIS, now=moment)
    assert found == (datetime(2027, 3, 28, 5, tzinfo=UTC) if quiet else None)


@pytest.mark.parametrize(("now", "quiet"), [("01:59", True), ("03:00", False), ("03:05", False), ("03:40", False)])
def test_quiet_hours_that_end_in_the_hour_that_is_left_out_end_with_it(now: str, quiet: bool) -> None:
    moment = datetime.fromisoformat(f"2027-03-28T{now}").replace(tzinfo=ZoneInfo(PARIS)).astimezone(UTC)
    found = quiet_until(Quiet(start=time(22), end=time(2, 30)), PARIS, now=moment)
    assert found == (datetime(2027, 3, 28, 1, tzinfo=UTC) if quiet else None)


def test_quiet_hours_that_end_within_the_repeated_hour_end_once() -> None:
    quiet = Quiet(start=time(22), end=time(2, 30))
    first = datetime(2026, 10, 25, 0, 29, tzinfo=UTC)
    assert quiet_until(quiet, PARIS, now=first) == first + timedelta(minutes=1)
    assert quiet_until(quiet, PARIS, now=first + timedelta(minutes=1)) is None
    assert quiet_until(quiet, PARIS, now=first + timedelta(minutes=50)) is None  # 02:19 again


@given(
    start=st.times(),
    end=st.times(),
    zone=st.sampled_from(ZONES),
    now=st.integers(0, 3 * 366 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes)),
)
def test_quiet_hours_always_end_and_within_a_day_and_a_bit(start: time, end: time, zone: str, now: datetime) -> None:
    quiet = Quiet(start=start.replace(fold=0), end=end.replace(fold=0))
    if start == end:
        return
    found = quiet_until(quiet, zone, now=now)
    if found is None:
        return
    assert now < found <= now + timedelta(hours=26)
    assert quiet_until(quiet, zone, now=found) is None
