"""How often a source is asked: learned from what it publishes, bounded, and said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fakes import a_source

from crawler import Entry, Hints, Listing, ListingStatus
from monitor import rhythm as values
from monitor.decide import rhythm
from monitor.decide.rhythm import Why
from monitor.rhythm import Bounds, Rhythm
from monitor.types import Source
from monitor.vocabulary import Pace

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
SATURDAY = MONDAY + timedelta(days=5)
SOURCE = a_source()
BOUNDS = Bounds()


def listing(size: int = 20, hints: Hints = Hints(), *, at: datetime = MONDAY) -> Listing:
    entries = tuple(Entry(source="gazette", url=f"u{n}", listed_url=f"u{n}") for n in range(size))
    status = ListingStatus.OK if size else ListingStatus.UNCHANGED
    return Listing(order="", source="gazette", status=status, fetched_at=at, entries=entries, hints=hints)


def watched(
    days: int, hours: Sequence[int], *, start: datetime = MONDAY, known: Rhythm = Rhythm(), weekend: bool = True
) -> Rhythm:
    """Watch, every quarter of an hour for some days, an outlet that publishes four times in each of these hours."""
    for quarter in range(days * 96):
        now = start + timedelta(minutes=15 * (quarter + 1))
        open_ = (now - timedelta(minutes=1)).hour in hours and (weekend or now.weekday() < 5)
        seen = listing(20 if open_ else 0, at=now)
        known = rhythm.learn(known, seen, [now - timedelta(minutes=5)] if open_ else [], now=now)
    return known


def wait(known: Rhythm, now: datetime, source: Source = SOURCE, bounds: Bounds = BOUNDS) -> timedelta:
    return rhythm.interval(known, source, bounds, now=now).value


def test_nothing_known_is_the_sources_own_interval() -> None:
    found = rhythm.interval(Rhythm(), SOURCE, BOUNDS, now=MONDAY)
    assert (found.value, found.why) == (SOURCE.interval, Why.UNKNOWN)
    assert found.says == "nothing learned yet: every 15 minutes"


def test_day_and_night_are_learned() -> None:
    known = watched(14, range(8, 18))
    monday = MONDAY + timedelta(days=14)
    noon, night = wait(known, monday.replace(hour=12)), wait(known, monday.replace(hour=2))
    assert timedelta(minutes=7) <= noon <= timedelta(minutes=8)  # four an hour: half of the quarter of an hour
    assert night > timedelta(minutes=40)


def test_weekdays_and_weekends_are_learned_apart() -> None:
    known = watched(21, range(8, 18), weekend=False)
    monday = MONDAY + timedelta(days=21)
    assert wait(known, monday.replace(hour=12)) < timedelta(minutes=9)
    assert wait(known, (monday + timedelta(days=5)).replace(hour=12)) > timedelta(minutes=25)


def test_the_first_poll_of_the_morning_is_not_late() -> None:
    """A night's interval that reaches into busy hours is cut short by them."""
    known = watched(14, range(8, 18))
    seldom, bounds = replace(SOURCE, interval=timedelta(hours=1)), Bounds(slowest=timedelta(hours=6))
    four, six = ((MONDAY + timedelta(days=14)).replace(hour=hour) for hour in (4, 6))
    assert wait(known, four - timedelta(hours=4), seldom, bounds) > timedelta(hours=2)
    assert six + wait(known, six, seldom, bounds) <= six.replace(hour=8)


def test_the_first_listing_tells_of_the_days_before() -> None:
    dates = [SATURDAY - timedelta(minutes=30 * n) for n in range(40)]
    known = rhythm.learn(Rhythm(), listing(40), dates, now=SATURDAY)
    assert 1.5 <= rhythm.rate_at(known, SATURDAY - timedelta(hours=3)) <= 2.1
    assert known.new == 0  # nothing that was there before is a burst of news


def test_a_pinned_entry_of_last_year_does_not_make_an_outlet_slow() -> None:
    dates = [SATURDAY - timedelta(minutes=30 * n) for n in range(39)] + [SATURDAY - timedelta(days=300)]
    known = rhythm.learn(Rhythm(), listing(40), dates, now=SATURDAY)
    assert rhythm.rate_at(known, SATURDAY - timedelta(hours=3)) > 1.4


def test_a_listing_without_dates_teaches_nothing_at_first() -> None:
    known = rhythm.learn(Rhythm(), listing(40), [None] * 40, now=MONDAY)
    assert rhythm.interval(known, SOURCE, BOUNDS, now=MONDAY).why is Why.UNKNOWN


def test_when_much_of_a_listing_is_new_it_is_asked_before_it_overflows() -> None:
    now = MONDAY + timedelta(minutes=20)
    known = rhythm.learn(Rhythm(), listing(6), [None] * 6, now=MONDAY)
    known = rhythm.learn(known, listing(6), [now] * 5, now=now)
    found = rhythm.interval(known, SOURCE, BOUNDS, now=now)
    assert (found.why, found.value) == (Why.CROWDED, timedelta(minutes=6))
    assert found.says == "5 of 6 entries were new: every 6 minutes"


def test_a_short_listing_with_one_new_entry_is_in_no_hurry() -> None:
    known = rhythm.learn(Rhythm(), listing(2), [None, None], now=MONDAY)
    known = rhythm.learn(known, listing(2), [None], now=MONDAY + timedelta(minutes=15))
    assert rhythm.interval(known, SOURCE, BOUNDS, now=MONDAY + timedelta(minutes=15)).why is not Why.CROWDED


def test_breaking_news_at_night_is_followed_and_let_go() -> None:
    known = watched(14, range(8, 18))
    two = (MONDAY + timedelta(days=14)).replace(hour=2)
    for minute in (15, 30, 45, 60):
        at = two + timedelta(minutes=minute)
        known = rhythm.learn(known, listing(20), [at] * 4, now=at)
    after = two + timedelta(hours=1)
    assert wait(known, after) < timedelta(minutes=10)
    quiet = after + timedelta(hours=20)
    for hours in range(1, 21):
        known = rhythm.learn(known, listing(0), [], now=after + timedelta(hours=hours))
    assert wait(known, quiet) > timedelta(minutes=30)


def test_what_lies_back_counts_half_after_its_half_life() -> None:
    known = watched(7, range(24))
    later = rhythm.learn(known, listing(0), [], now=MONDAY + timedelta(days=7) + rhythm.HALF_LIFE)
    assert sum(later.counts) == pytest.approx(sum(known.counts) / 2)


def test_a_month_without_us_is_not_taken_for_a_month_of_silence() -> None:
    """S09: a machine that was suspended saw nothing, which says little about the outlet."""
    known = watched(14, range(24))
    later = rhythm.learn(known, listing(0), [], now=MONDAY + timedelta(days=44))
    assert sum(later.hours) - sum(known.hours) / 2 < timedelta(days=7) / timedelta(hours=1)


def test_an_outlet_is_never_asked_outside_its_bounds() -> None:
    busy, dead = watched(7, range(24)), watched(7, ())
    now = MONDAY + timedelta(days=7)
    storm = rhythm.learn(busy, listing(20), [now] * 20, now=now + timedelta(seconds=30))
    bounds = Bounds(fastest=timedelta(minutes=10), slowest=timedelta(minutes=20))
    assert wait(storm, now + timedelta(seconds=30), bounds=bounds) == bounds.fastest
    assert wait(dead, now, bounds=bounds) == bounds.slowest
    often, seldom = (
        replace(SOURCE, interval=timedelta(minutes=2)),
        replace(SOURCE, interval=timedelta(hours=4)),
    )
    assert wait(storm, now + timedelta(seconds=30), often, bounds) == timedelta(minutes=2)
    assert wait(dead, now, seldom, bounds) == timedelta(hours=4)


def test_a_fixed_interval_stays_whatever_is_published_or_asked_for() -> None:
    fixed = replace(SOURCE, rhythm=Pace.FIXED)
    known = replace(watched(7, range(24)), hints=Hints(every=3600.0, skip_hours=(0,)))
    found = rhythm.interval(known, fixed, BOUNDS, now=MONDAY)
    assert (found.value, found.says) == (fixed.interval, "fixed in the configuration: every 15 minutes")


@pytest.mark.parametrize(
    ("asked", "minutes"),
    [(60.0, 7.5), (20 * 60.0, 20), (24 * 3600.0, 30), (1e12, 30)],
    ids=["less than we wait", "a little more", "a day", "absurd"],
)
def test_a_listings_own_wish_is_granted_up_to_a_bound(asked: float, minutes: float) -> None:
    known = replace(watched(14, range(24)), hints=Hints(every=asked))
    waited = wait(known, MONDAY + timedelta(days=14))
    assert waited.total_seconds() == pytest.approx(minutes * 60, rel=0.05)


def test_hours_to_be_left_alone_are_kept() -> None:
    known = replace(Rhythm(), hints=Hints(skip_hours=(23, 0, 1, 2)))
    late = MONDAY.replace(hour=22, minute=50)
    found = rhythm.interval(known, SOURCE, BOUNDS, now=late)
    assert late + found.value == MONDAY + timedelta(days=1, hours=3)
    assert found.says == "it asks to be left alone at this time: next in 4.2 hours"


def test_days_to_be_left_alone_are_kept_for_a_day_at_most() -> None:
    sunday = Hints(skip_days=(6,))
    assert rhythm.spared(SATURDAY + timedelta(hours=25), sunday) == SATURDAY + timedelta(days=2)
    always = Hints(skip_days=tuple(range(7)))
    assert rhythm.spared(MONDAY, always) == MONDAY + timedelta(days=1)
    assert rhythm.spared(MONDAY, Hints(skip_hours=tuple(range(24)))) == MONDAY + timedelta(days=1)


def test_wishes_are_kept_while_a_listing_is_unchanged() -> None:
    asked = Hints(every=1200.0, skip_hours=(3,), hub="https://hub.example/", topic="https://gazette.example/feed")
    known = rhythm.learn(Rhythm(), listing(5, asked), [None] * 5, now=MONDAY)
    for minutes in (15, 45):
        known = rhythm.learn(known, listing(0), [], now=MONDAY + timedelta(minutes=minutes))
        assert known.hints == asked
    known = rhythm.learn(known, listing(0, Hints(every=1800.0)), [], now=MONDAY + timedelta(minutes=50))
    assert known.hints == replace(asked, every=1800.0)
    assert rhythm.learn(known, listing(5), [], now=MONDAY + timedelta(hours=1)).hints == Hints()


def test_an_unchanged_listing_costs_next_to_nothing_to_learn_from() -> None:
    known = rhythm.learn(Rhythm(), listing(5), [None] * 5, now=MONDAY)
    assert rhythm.learn(known, listing(0), [], now=MONDAY + timedelta(minutes=29)) is known


def test_what_is_known_survives_being_stored() -> None:
    known = replace(watched(3, range(8, 18)), hints=Hints(every=60.0, skip_days=(5, 6), hub="https://hub.example/"))
    again = values.read(values.plain(known))
    assert values.plain(again) == values.plain(known)
    assert (again.learned_at, again.hints) == (known.learned_at, known.hints)
    assert values.read(None) == Rhythm()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(45, "45 seconds"), (1, "1 second"), (375, "6 minutes"), (3600, "60 minutes"), (9000, "2.5 hours")],
)
def test_spans_in_words(seconds: float, words: str) -> None:
    assert rhythm.in_words(timedelta(seconds=seconds)) == words
