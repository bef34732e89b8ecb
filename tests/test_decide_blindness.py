"""When a source's pages no longer yield what they used to: a rebuilt site, a wall (P15)."""

from __future__ import annotations

import pytest

from crawler import RejectReason, Tier
from monitor import pages as values
from monitor.decide.blindness import ended, shares, sight, typical_length
from monitor.pages import LATELY, PageEnd, Pages

GOOD = PageEnd(how=Tier.FAST, length=2_400)
EMPTY = PageEnd(how=RejectReason.TOO_SHORT)


NOTHING = Pages()


def after(*ends: PageEnd, pages: Pages = NOTHING) -> Pages:
    for end in ends:
        pages = ended(pages, end)
    return pages


def usual(count: int = 200, *, bad_every: int = 20, start: int = 0) -> list[PageEnd]:
    """Articles of 1,200 to 4,800 characters, and now and then a page without."""
    lengths = (1_200, 1_800, 2_400, 3_600, 4_800)
    return [
        EMPTY if number % bad_every == 0 else PageEnd(how=Tier.FAST, length=lengths[number % 5])
        for number in range(start, start + count)
    ]


def first_bad(pages: Pages, end: PageEnd) -> int:
    for number in range(1, 100):
        pages = ended(pages, end)
        if sight(pages).bad:
            return number
    raise AssertionError("never noticed")


def test_a_rebuilt_site_is_noticed_within_a_dozen_pages() -> None:
    known = after(*usual())
    assert sight(known).bad is False
    assert first_bad(known, EMPTY) <= 12
    broken = sight(after(*[EMPTY] * 15, pages=known))
    assert (broken.measure, broken.reason) == ("share", "too_short")
    assert broken.lately <= 0.25
    assert broken.usually > 0.9


def test_a_teaser_instead_of_the_text_is_noticed_by_its_length() -> None:
    known = after(*usual())
    assert first_bad(known, PageEnd(how=Tier.FULL, length=300)) <= 15
    broken = sight(after(*[PageEnd(how=Tier.FULL, length=300)] * LATELY, pages=known))
    assert (broken.measure, round(broken.lately)) == ("length", 300)
    assert 2_000 < broken.usually < 3_000


def test_a_change_that_is_sure_but_small_is_none_to_tell() -> None:
    known = after(*[GOOD] * 200)
    assert not sight(after(*[EMPTY] * 8, pages=known)).bad
    assert not sight(after(*[PageEnd(how=Tier.FAST, length=1_400)] * LATELY, pages=known)).bad


def test_it_sees_again_when_most_pages_do() -> None:
    known = after(*usual(), *[EMPTY] * 15)
    assert sight(known).bad is True
    seen = [sight(after(*[GOOD] * count, pages=known)).bad for count in range(1, 21)]
    assert seen[0] is True
    assert seen[-1] is False
    assert seen == sorted(seen, key=[True, None, False].index), "bad, then neither, then well: no noise between"


def test_an_ordinary_month_raises_nothing() -> None:
    pages = after(*usual())
    for end in usual(2_000, bad_every=7, start=3):
        pages = ended(pages, end)
        assert not sight(pages).bad


def test_an_outlet_whose_articles_are_mostly_behind_a_paywall_is_as_it_was() -> None:
    ends = [PageEnd(how=Tier.LISTING) if number % 4 else GOOD for number in range(400)]
    assert sight(after(*ends)).bad is False


def test_little_is_no_past_to_compare_with() -> None:
    assert sight(after(*usual(40), *[EMPTY] * 8)).bad is None
    assert sight(Pages()).bad is None


def test_in_the_end_a_new_normal_is_one() -> None:
    known = after(*usual(400), *[EMPTY] * 3_000)
    assert sight(known).bad is False


def test_figures_of_all_pages() -> None:
    known = after(*[GOOD] * 30, *[EMPTY] * 10)
    assert typical_length(known) == pytest.approx(2_400)
    assert list(shares(known)) == ["fast", "too_short"]
    assert shares(known)["too_short"] == pytest.approx(0.25, abs=0.02)
    assert (typical_length(Pages()), shares(Pages())) == (None, {})


def test_what_is_stored_is_read_back() -> None:
    known = after(*usual(50))
    again = values.read(values.plain(known))
    assert again.recent == known.recent
    assert sight(again) == sight(known)
    assert values.read(None) == Pages()
