"""When a listing has so much that is new that a person is to look first (fault D10)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fakes import NOON, an_entry

from monitor.decide.entries import EntryVerdict
from monitor.decide.storms import hold, most, thaws
from monitor.vocabulary import Outcome


@pytest.mark.parametrize(
    ("counts", "expected", "limit"),
    [
        ([], 0.0, None),
        ([1, 1, 1, 1], 0.0, None),  # nobody knows yet what is usual
        ([1, 1, 1, 1, 1], 0.0, 10),  # ten times the median
        ([3, 2, 1, 4, 2], 0.0, 20),
        ([1, 1, 1, 1, 30], 0.0, 30),  # it had a week's work at once before
        ([2, 2, 2, 2, 2], 40.0, 120),  # we were away for two days
    ],
)
def test_ten_times_what_is_usual_is_too_much(counts: list[int], expected: float, limit: int | None) -> None:
    assert most(counts, expected=expected) == limit


@pytest.mark.parametrize(
    ("hours", "thawed"),
    [
        (range(1, 30), True),  # one an hour
        ([at / 10 for at in range(1, 300)], True),  # ten an hour
        (range(2, 30, 5), True),  # six in a day and a night
        ([0.1] * 30, False),  # all of one moment
        ([1, 2, 3] * 10, False),  # of a morning
        (range(31, 60), False),  # from before it stood still
        ([], False),
    ],
)
def test_what_is_dated_all_over_a_pause_was_kept_back_by_a_cache(hours: list[float], thawed: bool) -> None:
    dates = [NOON - timedelta(hours=back) for back in hours]
    assert thaws(dates, since=NOON - timedelta(hours=30), until=NOON) is thawed


def verdicts(count: int, **fields: object) -> list[EntryVerdict]:
    made = {"fetch": True, **fields}
    return [EntryVerdict(entry=an_entry(number), **made) for number in range(count)]  # type: ignore[arg-type]


def test_what_is_beyond_the_limit_is_held_and_says_why() -> None:
    kept = hold(verdicts(24), limit=10, usual=1.0)
    assert [one.held for one in kept] == [False] * 10 + [True] * 14
    assert {(one.fetch, one.read_listing, one.outcome) for one in kept[10:]} == {(False, False, None)}
    assert {one.reason for one in kept[10:]} == {"held back: 24 new entries at once where 1 is usual"}
    assert kept[:10] == tuple(verdicts(10))


def test_titles_that_would_be_read_without_a_page_are_held_as_well() -> None:
    kept = hold(verdicts(7, fetch=False, read_listing=True), limit=5, usual=0.5)
    assert [(one.held, one.read_listing) for one in kept[4:]] == [(False, True), (True, False), (True, False)]


def test_what_is_passed_over_or_read_quietly_makes_no_storm() -> None:
    harmless = [*verdicts(40, fetch=False, outcome=Outcome.SKIPPED), *verdicts(30, quiet=True)]
    both = [*harmless, *verdicts(5)]
    assert hold(both, limit=5, usual=1.0) == tuple(both)
