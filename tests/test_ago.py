"""Dates that count from now, in French and English (fault P18)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.ago import read_ago
from crawler.spiders.section import read_section
from crawler.types import Poll, SourceKind, check_utc

NOW = datetime(2026, 11, 20, 13, 30, tzinfo=UTC)  #: 14:30 in Paris


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("il y a 3 heures", NOW - timedelta(hours=3)),
        ("Publié il y a 3\u00a0h", NOW - timedelta(hours=3)),
        ("Il y a 25 min", NOW - timedelta(minutes=25)),
        ("il y a 12 mn", NOW - timedelta(minutes=12)),
        ("il y a une heure", NOW - timedelta(hours=1)),
        ("il y a environ 2 jours", NOW - timedelta(days=2)),
        ("il y a 1 semaine", NOW - timedelta(days=7)),
        ("il y a 40 secondes", NOW - timedelta(seconds=40)),
        ("À l’instant", NOW),
        ("hier à 14h30", NOW - timedelta(days=1)),
        ("Hier, 9 h 05", datetime(2026, 11, 19, 8, 5, tzinfo=UTC)),
        ("avant-hier à 9h", datetime(2026, 11, 18, 8, tzinfo=UTC)),
        ("hier", datetime(2026, 11, 18, 23, tzinfo=UTC)),
        ("Aujourd’hui à 12:00", datetime(2026, 11, 20, 11, tzinfo=UTC)),
        ("2 hours ago", NOW - timedelta(hours=2)),
        ("about an hour ago", NOW - timedelta(hours=1)),
        ("5m ago", NOW - timedelta(minutes=5)),
        ("3 days ago", NOW - timedelta(days=3)),
        ("just now", NOW),
    ],
)
def test_a_distance_from_now_is_a_moment(text: str, moment: datetime) -> None:
    assert read_ago(text, now=NOW, language="fr") == moment


def test_the_day_is_the_source_s_own() -> None:
    assert read_ago("yesterday at 2:30 pm", now=NOW, language="en") == datetime(2026, 11, 19, 14, 30, tzinfo=UTC)
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # half past midnight in Paris, the 21st
    assert read_ago("hier à 10h", now=late, language="fr") == datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_the_day_the_clocks_change_is_right() -> None:
    after = datetime(2026, 10, 26, 12, tzinfo=UTC)
    assert read_ago("hier à 14h30", now=after, language="fr") == datetime(2026, 10, 25, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "aujourd'hui",
            "today",
            "aujourd'hui à 23h",
            "il y a longtemps",
            "il y a 3 mois",
            "2 years ago",
        ),
        *("20 novembre 2026", "un agent ago", "cahier", "Il y a 3 saisons, " * 5 + "il y a 3 heures"),
    ],
)
def test_what_is_vague_or_to_come_is_unknown(text: str) -> None:
    assert read_ago(text, now=NOW, language="fr") is None


@given(st.text(max_size=70), st.sampled_from(["fr", "en", None]))
def test_no_text_crashes_it(text: str, language: str | None) -> None:
    found = read_ago(f"hier {text}", now=NOW, language=language)
    check_utc(found)
    assert found is None or found <= NOW


def test_a_section_page_s_dates_count_from_when_it_was_fetched() -> None:
    card = (
        "<article><h2><a href='/series/{0}-la-saison-deux-de-la-serie'>Une saison deux pour la série {0}</a></h2>"
        "<span class='date'>{1}</span></article>"
    )
    cards = "".join(card.format(at, text) for at, text in enumerate(["il y a 3 heures", "hier à 14h30"], 1))
    page = f"<html><body><main>{cards}</main></body></html>".encode()
    url = "https://www.outlet.fr/series/"
    poll = Poll(order="o", source="s", url=url, kind=SourceKind.SECTION, language="fr")
    found = read_section(page, poll=poll, base_url=url, now=NOW)
    assert found is not None
    assert [entry.published for entry in found] == [NOW - timedelta(hours=3), NOW - timedelta(days=1)]
    without = read_section(page, poll=poll, base_url=url)
    assert without is not None
    assert [entry.published for entry in without] == [None, None]
