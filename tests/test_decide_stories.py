"""Same fact or another: titles, seasons, buyers, and projects that have no title yet."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tellings import NOW, known_after, says, told

from monitor.decide.naming import title_key
from monitor.types import Announcement
from monitor.vocabulary import Kind, WorkType


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L'Été en pente douce", "été en pente douce"),
        ("L’Art du crime", "L'ART DU CRIME"),
        ("Les Lionnes", "Lionnes !"),
        ("Plan cœur", "PLAN COEUR"),
        ("Demain nous appartient…", "Demain nous appartient"),
        ("The Eddy", "Eddy"),
        ("HPI", "hpi"),
        ("Bref.2", "Bref 2"),
    ],
)
def test_titles_that_are_one(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Les Combattantes", "Les Combattants"), ("1899", "1983"), ("Canal", "Canal+"), ("Un", "Une")]
)
def test_titles_that_are_two(one: str, other: str) -> None:
    assert title_key(one) != title_key(other)


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1))
def test_no_title_loses_its_key_nor_differs_by_normalisation(title: str) -> None:
    assert title_key(title) or not title.strip()
    assert title_key(unicodedata.normalize("NFD", title)) == title_key(title)


def same(one: Announcement, other: Announcement, *, apart: timedelta = timedelta(hours=1)) -> bool:
    first = told(one)
    return len(known_after(first, told(other, known=known_after(first), outlet="Le Soir", at=NOW + apart))) == 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (says(), says(), True),
        (says(), says(kind=Kind.RENEWAL, season=2), False),
        (says(kind=Kind.RENEWAL, season=2), says(kind=Kind.RENEWAL, season=3), False),
        (says(kind=Kind.RENEWAL, season=2), says(kind=Kind.RENEWAL, season=None), True),
        (says(platforms=("Netflix",)), says(platforms=("Arte",)), False),
        (says(platforms=("TF1",)), says(platforms=("TF1+",)), True),
        (says(platforms=("France 2",)), says(platforms=("france.tv",)), True),
        (says(platforms=("OCS", "AMC")), says(platforms=("AMC",)), True),
        (says(platforms=()), says(platforms=("Netflix",)), True),
        (says("Osmosis"), says("Missions"), False),
        (says(None, people=("Noémie Saglio",)), says(None, people=("Noemie Saglio",)), True),
        (says(None, people=("Noémie Saglio",)), says(None, people=("Gad Elmaleh",)), False),
        (says(None, people=("Noémie Saglio",)), says("Plan cœur", people=("Noémie Saglio",)), True),
        (says(None), says("Osmosis"), False),
        (says(None), says(None, platforms=("Prime Video",)), False),
        (says(None), says(None, work_type=WorkType.FILM), False),
        (says(None), says(None), True),
    ],
)
def test_whether_two_announcements_are_one_fact(one: Announcement, other: Announcement, *, expected: bool) -> None:
    assert same(one, other) is expected


def test_untitled_projects_of_nobody_are_one_for_some_days_only() -> None:
    assert not same(says(None), says(None), apart=timedelta(days=11))
    people = ("Noémie Saglio",)
    assert same(says(None, people=people), says(None, people=people), apart=timedelta(days=300))


def test_a_renewal_without_its_season_is_the_next_one_a_year_later() -> None:
    second, unnumbered = says(kind=Kind.RENEWAL, season=2), says(kind=Kind.RENEWAL)
    assert same(second, unnumbered, apart=timedelta(days=100))
    assert not same(second, unnumbered, apart=timedelta(days=500))
    assert not same(unnumbered, unnumbered, apart=timedelta(days=500))
    assert same(second, second, apart=timedelta(days=500))


def test_a_slates_second_untitled_project_is_not_its_first() -> None:
    placed = told(says(None), says(None))
    assert len(placed.changes) == 2
    assert len(set(placed.placed)) == 2


def test_the_season_that_is_named_wins_over_the_one_that_is_not() -> None:
    second, third = (says(kind=Kind.RENEWAL, season=season) for season in (2, 3))
    known = known_after(told(second, third))
    placed = told(third, known=known, outlet="Le Soir", at=NOW + timedelta(hours=1))
    assert [change.story.season for change in placed.joined] == [3]
