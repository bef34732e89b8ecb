"""Which entries are worth a page: the first crawl is quiet, a redesign alerts nobody, news is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler import Entry, SourceKind
from monitor.classifier import Prospect
from monitor.decide.entries import BACKLOG, EntryVerdict, is_known, judge
from monitor.types import Source
from monitor.vocabulary import FetchPolicy, Outcome

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SOURCE = Source(id="lune", name="La Lune", url="https://lune.example/rss", kind=SourceKind.FEED, language="fr")


def entry(number: int, published: datetime | None) -> Entry:
    url = f"https://lune.example/{number}"
    return Entry(source="lune", url=url, listed_url=url, title=f"Article {number}", published=published)


def judged(
    entries: Sequence[Entry],
    *,
    known: Sequence[str] = (),
    source: Source = SOURCE,
    first_crawl: bool = False,
    promising: bool = True,
) -> tuple[EntryVerdict, ...]:
    return judge(
        entries,
        known=known,
        source=source,
        first_crawl=first_crawl,
        fresh=timedelta(days=2),
        prospect=lambda _title, _summary: Prospect(promising=promising, cue='renew: "retour"'),
        now=NOW,
    )


def test_a_known_entry_is_left_alone() -> None:
    assert judged([entry(1, NOW)], known=["https://lune.example/1"]) == ()


@pytest.mark.parametrize("first_crawl", [True, False])
def test_fresh_entries_are_fetched_and_stale_ones_recorded(first_crawl: bool) -> None:
    fresh, stale = judged(
        [entry(1, NOW - timedelta(hours=47)), entry(2, NOW - timedelta(days=3))], first_crawl=first_crawl
    )
    assert fresh.fetch
    assert fresh.outcome is None
    assert (stale.fetch, stale.outcome) == (False, Outcome.SKIPPED)
    assert "3 days" in str(stale.reason)


def test_undated_entries_of_a_first_crawl_are_read_quietly_the_topmost_only() -> None:
    """Fault P20."""
    verdicts = judged([entry(number, None) for number in range(50)], first_crawl=True)
    assert [verdict.fetch and verdict.quiet for verdict in verdicts] == [True] * 30 + [False] * 20
    assert {verdict.outcome for verdict in verdicts[30:]} == {Outcome.SKIPPED}


def test_an_undated_entry_that_appears_later_is_news() -> None:
    (verdict,) = judged([entry(1, None)])
    assert verdict.fetch


def test_five_hundred_old_items_under_new_addresses_can_alert_nobody() -> None:
    dated = [entry(number, NOW - timedelta(days=30 + number)) for number in range(250)]
    undated = [entry(number, None) for number in range(250, 500)]
    verdicts = judged([*dated, *undated])
    assert not any(verdict.fetch for verdict in verdicts[:250])
    assert sum(verdict.fetch for verdict in verdicts) == 30
    assert all(verdict.quiet for verdict in verdicts if verdict.fetch)


def test_a_few_undated_entries_more_are_news_and_not_a_redesign() -> None:
    verdicts = judged([entry(number, None) for number in range(9)])
    assert all(verdict.fetch and not verdict.quiet for verdict in verdicts)


def test_a_redesign_does_not_silence_what_is_dated_today() -> None:
    verdicts = judged([*[entry(number, None) for number in range(50)], entry(99, NOW)])
    loud = [verdict.entry.url for verdict in verdicts if verdict.fetch and not verdict.quiet]
    assert loud == ["https://lune.example/99"]


def test_a_date_far_in_the_future_counts_as_none() -> None:
    """Fault P19."""
    later = NOW + timedelta(days=400)
    assert judged([entry(1, later)])[0].fetch
    assert judged([entry(1, later)], first_crawl=True)[0].quiet


def test_a_general_outlet_is_read_only_where_it_promises_something() -> None:
    general = replace(SOURCE, fetch=FetchPolicy.PROMISING)
    assert judged([entry(1, NOW)], source=general)[0].fetch
    (verdict,) = judged([entry(1, NOW)], source=general, promising=False)
    assert verdict.outcome is Outcome.SKIPPED
    assert 'of all cues only renew: "retour"' in str(verdict.reason)


def test_a_reserved_outlet_is_read_by_its_listing_alone() -> None:
    (verdict,) = judged([entry(1, NOW)], source=replace(SOURCE, fetch=FetchPolicy.NEVER))
    assert (verdict.fetch, verdict.read_listing, verdict.outcome) == (False, True, None)


@pytest.mark.parametrize(
    ("stored", "listed", "by", "expected"),
    [
        ("Missions aura une saison 2", "Missions renouvelée pour une saison 2", "guid", True),
        ("Missions aura une saison 2", "Grève : le préfet reçoit les syndicats", "guid", False),
        ("Missions aura une saison 2", "Grève : le préfet reçoit les syndicats", "url", True),
        ("", "Missions aura une saison 2", "guid", True),
    ],
)
def test_an_id_used_again_for_another_article_does_not_hide_it(
    stored: str, listed: str, by: str, *, expected: bool
) -> None:
    """Fault D04."""
    assert is_known(replace(entry(1, NOW), title=listed), title=stored, by=by) is expected


@pytest.mark.parametrize("first_crawl", [True, False])
def test_a_listing_that_dates_everything_by_its_own_making_is_taken_for_undated_d10(*, first_crawl: bool) -> None:
    made = NOW - timedelta(minutes=3, seconds=29)
    verdicts = judged([entry(number, made) for number in range(60)], first_crawl=first_crawl)
    assert [verdict.fetch for verdict in verdicts] == [True] * BACKLOG + [False] * (60 - BACKLOG)
    assert all(verdict.quiet and verdict.entry.published is None for verdict in verdicts[:BACKLOG])
    spread = judged([entry(number, NOW - timedelta(minutes=number)) for number in range(60)], first_crawl=first_crawl)
    assert all(verdict.fetch and not verdict.quiet for verdict in spread)


def test_a_dozen_announcements_at_the_stroke_of_nine_are_news() -> None:
    verdicts = judged([entry(number, NOW) for number in range(12)])
    assert all(verdict.fetch and not verdict.quiet for verdict in verdicts)
