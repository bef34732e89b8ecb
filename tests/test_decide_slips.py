"""Slips of the pen: what is believed of a title alone, and what only where more speaks for one work."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tellings import RULES

from monitor.decide.naming import title_key
from monitor.decide.slips import Kin, halves, numbered_apart, plain, reach, slip, typo

WORDS = RULES.lore.spelling
NOTHING, SOON, SEASON, SURE = Kin(), Kin(soon=True), Kin(season=True), Kin(sure=True)


def slipped(one: str, other: str, kin: Kin) -> bool:
    return slip(one, other, kin, WORDS)


def found(one: str, other: str) -> bool:
    """Whether the index finds one by the other, and the other by the one."""
    mine, theirs = title_key(one), title_key(other)
    by_half = set(halves(mine)) & set(reach(theirs)) and set(halves(theirs)) & set(reach(mine))
    return bool(by_half) or plain(mine) == plain(theirs)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Astrid et Raphaëlle", "Astrid et Rafaëlle"),
        ("La Forteresse secrète", "La Fortereses secrète"),
        ("Carnac, la perdue", "Carnac, la prdue"),
        ("The Hollow Reservoir", "The Holow Reservoir"),
        ("Les Revenants de Morlaix", "Les Rvenants de Morlaix"),
        ("La Maison du lac", "La Maisondu lac"),
        ("La Vallée silencieuse", "La Valllée silencieuse"),
        ("Saint-Malo, la silencieuse", "Saint-Malo, la silenciuse"),
        ("Orchard of the Daughters", "Orchard of te Daughters"),
        ("Les Sentinelles de Kerlouan", "Les Sentinelles de Kerlouann"),
    ],
)
def test_what_is_no_word_or_sounds_alike_is_a_slip_whatever_else_is_said(one: str, other: str) -> None:
    assert slipped(one, other, NOTHING)
    assert slipped(other, one, NOTHING)
    assert found(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marguerite", "Margerite"),
        ("Lanternes et promesses", "Lanternes et promeses"),
        ("Le Voyageur sans nom", "Le Vyageur sans nom"),
        ("Les Héritiers du Vercors", "Les Heritier du Vercor"),
        ("Les Héritiers du Vercors", "Les Heritier du Vercors"),
        ("Le Bal des vampires", "Le Bal des vampire"),
    ],
)
def test_a_letter_lost_or_a_plural_that_does_not_agree_is_a_slip_on_the_same_days(one: str, other: str) -> None:
    assert slipped(one, other, SOON)
    assert slipped(other, one, SOON)
    assert not slipped(one, other, NOTHING)
    assert found(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Les Combattants", "Les Combattantes"),
        ("Rivages et ombres", "Rivags et ombres"),
        ("Ussel, la perdue", "Ussle, la perdue"),
        ("Les Vertiges de Lozay", "Les Vertiges de Loza"),
        ("The Lighthouse Keeper", "The Lighthouse Keepers"),
        ("La Nuit du passager", "La Nuit du passage"),
        ("Le Temps des larmes", "Le Temps des lames"),
    ],
)
def test_an_ending_or_a_letter_of_a_short_word_is_a_slip_where_more_than_the_title_speaks_for_it(
    one: str, other: str
) -> None:
    assert slipped(one, other, SEASON)
    assert slipped(one, other, Kin(usual=True, soon=True))
    assert not slipped(one, other, NOTHING)
    assert found(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Les Rivages du sud", "Les Ravages du sud"),
        ("Une affaire de famille", "Une affaire de famine"),
        ("Le Chasseur de Brest", "Le Casseur de Brest"),
        ("Les Visages de la nuit", "Les Virages de la nuit"),
        ("Le Désert des anges", "Le Dessert des anges"),
        ("Les Poissons rouges", "Les Poisons rouges"),
    ],
)
def test_words_a_letter_apart_that_may_both_be_meant_are_two_titles_even_on_one_day(one: str, other: str) -> None:
    assert not slipped(one, other, SOON)
    assert not slipped(one, other, SEASON)
    assert not slipped(one, other, Kin(usual=True, soon=True))


def test_they_are_one_where_people_or_a_copied_text_or_a_season_of_the_day_say_so() -> None:
    assert slipped("Les Rivages du sud", "Les Ravages du sud", SURE)
    assert slipped("Les Rivages du sud", "Les Ravages du sud", Kin(season=True, soon=True))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phare de Brest", "Phare de Crest"),
        ("Meurtres à Sète", "Meurtres à Sare"),
        ("Balle perdue 2", "Balle perdue 3"),
        ("Les Rois maudits II", "Les Rois maudits I"),
        ("Les deux orphelines", "Les six orphelines"),
        ("La Cour des grands", "La Tour des grands"),
        ("Mort d'un témoin", "Mont d'un témoin"),
        ("Mortel", "Mortal"),
        ("Le Phare du bout", "Le Phare du bout"),
    ],
)
def test_another_number_another_first_letter_or_another_short_word_is_another_title(one: str, other: str) -> None:
    assert not slipped(one, other, SURE)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("paris police 1905", "paris police 1910", True),
        ("paris police", "paris police 1910", False),
        ("dix pour cent", "10 pour cent", False),
        ("paris police 1905", "paris police 1905", False),
        ("1905", "hpi", False),
    ],
)
def test_titles_that_differ_in_the_number_each_has(one: str, other: str, *, expected: bool) -> None:
    assert numbered_apart(one, other) is expected


@given(st.text("abc deslx", min_size=8, max_size=24), st.integers(0, 23), st.sampled_from("abcdesx "))
def test_every_slip_is_found_in_the_index(title: str, place: int, letter: str) -> None:
    key = title_key(title)
    for other in {
        key[:place] + letter + key[place + 1 :],
        key[:place] + letter + key[place:],
        key[:place] + key[place + 1 :],
    }:
        if typo(key, title_key(other), WORDS):
            assert found(key, other)
            assert typo(title_key(other), key, WORDS)
