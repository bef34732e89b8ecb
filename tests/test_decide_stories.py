"""Same fact or another: titles, seasons, buyers, and projects that have no title yet."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tellings import NOW, known_after, says, told

from monitor.decide.naming import title_key
from monitor.telling import Known
from monitor.types import Announcement, Evidence
from monitor.vocabulary import Kind, Origin, Status, WorkType


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


def comes(title: str, sort: str, **fields: Any) -> Announcement:
    """Announce a work with a sentence that says what sort it is of."""
    sentence = f"La chaîne commande « {title} », {sort}."
    return says(title, evidence=Evidence(sentence=sentence, zone="lead", start=0, end=len(sentence)), **fields)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("une comédie", "France 2", ("Inès Kaddour",)), ("un polar", "France 3", ()), False),
        (("une comédie", "TF1", ()), ("un thriller", "TMC", ()), False),
        (("une comédie", "TF1", ()), ("un thriller", "TMC", ("Inès Kaddour",)), False),
        (("une comédie", "France 2", ("Inès Kaddour",)), ("un polar", "France 3", ("Inès Kaddour",)), True),
        (("une comédie policière", "France 2", ()), ("un polar", "France 3", ()), True),
        (("un drame", "France 2", ()), ("un thriller", "france.tv", ()), True),
        (("une comédie", "France 2", ()), ("un polar", "France 2", ()), True),
        (("une comédie", "France 2", ()), ("une série", "France 3", ()), True),
        (("une série", "France 2", ("Inès Kaddour",)), ("une série", "France 3", ("Paul Abgrall",)), False),
    ],
)
def test_namesakes_on_sister_channels_are_two_by_their_people_or_by_their_sort(
    one: tuple[str, str, tuple[str, ...]], other: tuple[str, str, tuple[str, ...]], *, expected: bool
) -> None:
    said = [comes("Le Phare", sort, platforms=(channel,), people=people) for sort, channel, people in (one, other)]
    assert same(said[0], said[1]) is expected
    assert same(said[1], said[0]) is expected


@pytest.mark.parametrize(
    ("first", "second", "apart", "expected"),
    [
        ({"platforms": ()}, {"people": ("Inès Kaddour",)}, timedelta(hours=1), True),
        ({}, {}, timedelta(hours=30), True),
        ({}, {}, timedelta(days=3), False),
        ({"people": ("Inès Kaddour",)}, {"people": ("Paul Abgrall",)}, timedelta(hours=1), False),
        ({}, {"platforms": ("Arte",)}, timedelta(hours=1), False),
    ],
)
def test_one_outlet_that_has_a_works_origin_wrong_opens_no_second_story(
    first: dict[str, Any], second: dict[str, Any], apart: timedelta, *, expected: bool
) -> None:
    one, other = says(origin=Origin.FRENCH, **first), says(origin=Origin.FOREIGN, **second)
    assert same(one, other, apart=apart) is expected
    assert not same(other, one, apart=apart)  # a French work after a foreign one may be its remake: it is told
    one, other = (replace(said, kind=Kind.RENEWAL, season=5) for said in (one, other))
    assert same(other, one, apart=apart) is expected


def test_a_denial_finds_what_it_denies_though_it_takes_it_for_foreign() -> None:
    denial = says(origin=Origin.FOREIGN, status=Status.DENIED)
    assert same(says(), denial, apart=timedelta(days=6))
    assert not same(says(), replace(denial, status=Status.CONFIRMED), apart=timedelta(days=6))
    outright = comes("Osmosis", "une série britannique", origin=Origin.FOREIGN, status=Status.DENIED)
    assert not same(comes("Osmosis", "une série française"), outright, apart=timedelta(days=6))


def test_a_remake_told_on_the_day_of_its_original_is_another_work() -> None:
    remake = comes("Le Phare", "un remake", origin=Origin.FRENCH)
    assert not same(says("Le Phare", origin=Origin.FOREIGN), remake)


@pytest.mark.parametrize(
    ("outlets", "fields", "apart", "expected"),
    [
        (3, {"platforms": ()}, timedelta(hours=2), True),
        (3, {}, timedelta(hours=2), True),
        (3, {}, timedelta(days=4), False),
        (3, {"platforms": ("Arte",)}, timedelta(hours=2), False),
        (2, {}, timedelta(hours=2), False),
    ],
)
def test_a_mere_ending_is_a_slip_where_three_outlets_have_just_spelt_it_otherwise(
    outlets: int, fields: dict[str, Any], apart: timedelta, *, expected: bool
) -> None:
    right = says("Rivages et ombres", kind=Kind.CANCELLATION)
    known: list[Known] = []
    for number in range(outlets):
        known = known_after(told(right, known=known, outlet=f"Lune {number}", at=NOW))
    slip = says("Rivags et ombres", kind=Kind.CANCELLATION, **fields)
    after = told(slip, known=known, outlet="Le Soir", at=NOW + apart)
    assert bool(after.joined) is expected


def test_a_slip_that_was_believed_is_known_again_a_week_later() -> None:
    right, slip = says("La Marguerite bleue"), says("La Margerite bleue")
    known = known_after(told(right))
    for hours, said in ((2, slip), (4, right), (200, slip)):
        placed = told(said, known=known, outlet=f"Lune {hours}", at=NOW + timedelta(hours=hours))
        known = known_after(placed)
    assert len(known) == 1


@pytest.mark.parametrize(
    ("sentence", "days", "expected"),
    [
        ("Netflix prépare un polar.", 1, True),
        ("Netflix prépare un polar.", 5, False),
        ("Un polar en cours d'écriture pour Netflix", 5, False),
        ("French thriller in development at Netflix", 5, False),
        ("Netflix prépare un polar dans le Jura, au bord d'un lac.", 5, True),
    ],
)
def test_a_headline_that_any_project_could_have_is_known_again_for_two_days(
    sentence: str, days: int, *, expected: bool
) -> None:
    said = says(None, evidence=Evidence(sentence=sentence, zone="headline", start=0, end=len(sentence)))
    assert same(said, said, apart=timedelta(days=days)) is expected


def test_a_neighbours_channel_in_a_round_up_opens_no_second_story_and_is_no_second_buyer() -> None:
    right = comes("Lanternes et tempêtes", "une série", platforms=("HBO Max",), kind=Kind.RENEWAL, season=2)
    sentence = "HBO Max a commandé la saison 2 de « Lanternes et tempêtes », qui reviendra donc à l'antenne."
    evidence = Evidence(sentence=sentence, zone="body", start=0, end=len(sentence))
    known = known_after(told(right))
    (story,) = told(replace(right, platforms=("Arte",), evidence=evidence), known=known, outlet="Le Soir").joined
    assert (story.story.platforms, story.story.disputed) == (("HBO Max",), ())
    named = replace(evidence, sentence="Arte a commandé la saison 2 de « Lanternes et tempêtes » après HBO Max.")
    other = told(replace(right, platforms=("Arte",), evidence=named), known=known, outlet="Le Soir")
    assert [change.story.platforms for change in other.changes] == [("Arte",)]


def test_untitled_projects_of_nobody_are_one_for_some_days_only() -> None:
    assert not same(says(None), says(None), apart=timedelta(days=11))
    people = ("Noémie Saglio",)
    assert same(says(None, people=people), says(None, people=people), apart=timedelta(days=50))
    assert not same(says(None, people=people), says(None, people=people), apart=timedelta(days=70))
    project = says(None, people=people, producers=("Grand Large",))
    assert same(project, project, apart=timedelta(days=300))


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
