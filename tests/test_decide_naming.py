"""Names of works: what is compared, other names, slips of the pen and what only looks like one."""

from __future__ import annotations

import pytest
from fakes import NOON
from hypothesis import given
from hypothesis import strategies as st
from tellings import RULES, says

from monitor.decide.naming import Names, halves, mark, reach, title_key, typo
from monitor.telling import Telling, Told

NAMES = RULES.names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PBLV", "Plus belle la vie"),
        ("PBLV", "Plus belle la vie, encore plus belle"),
        ("Call My Agent!", "Dix pour cent"),
        ("call my agent", "10 pour cent"),
        ("Cheyenne & Lola", "Cheyenne et Lola"),
        ("Cheyenne and Lola", "Cheyenne & Lola"),
    ],
)
def test_names_of_one_work(one: str, other: str) -> None:
    assert NAMES.same(one, other)
    assert NAMES.same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Plus belle la vie", "Plus belle la vie, encore plus belle"),
        ("Dix pour cent", "Dix"),
        ("Osmosis", "Missions"),
    ],
)
def test_names_of_two_works(one: str, other: str) -> None:
    assert not NAMES.same(one, other)


def test_a_name_of_two_works_has_one_key_that_never_changes() -> None:
    assert NAMES.canonical("PBLV") == "plus belle la vie"
    assert NAMES.canonical("Call My Agent!") == "dix pour cent"
    assert NAMES.canonical("Osmosis") == "osmosis"
    assert NAMES.names("PBLV") == {"pblv", "plus belle la vie", "plus belle la vie encore plus belle"}
    assert (NAMES.known("pblv"), NAMES.known("Osmosis"), Names().known("pblv")) == (True, False, False)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Astrid et Raphaëlle", "Astrid et Rafaëlle"),
        ("La Forteresse secrète", "La Fortereses secrète"),
        ("Carnac, la perdue", "Carnac, la prdue"),
        ("The Hollow Reservoir", "The Holow Reservoir"),
        ("Les Revenants de Morlaix", "Les Rvenants de Morlaix"),
        ("La Maison du lac", "La Maisondu lac"),
        ("Orchard of the Daughters", "Orchard of te Daughters"),
    ],
)
def test_slips_of_the_pen(one: str, other: str) -> None:
    assert typo(title_key(one), title_key(other))
    assert set(halves(title_key(one))) & set(reach(title_key(other)))
    assert set(halves(title_key(other))) & set(reach(title_key(one)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phare de Brest", "Phare de Crest"),
        ("Balle perdue 2", "Balle perdue 3"),
        ("Les Rois maudits II", "Les Rois maudits I"),
        ("Les deux orphelines", "Les six orphelines"),
        ("Les Combattants", "Les Combattantes"),
        ("La Cour des grands", "La Tour des grands"),
        ("Mort d'un témoin", "Mont d'un témoin"),
        ("Mortel", "Mortal"),
        ("Le Phare du bout", "Le Phare du bout"),
    ],
)
def test_what_only_looks_like_a_slip(one: str, other: str) -> None:
    assert not typo(title_key(one), title_key(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Les Combattants", "Les Combattantes"),
        ("Rivages et ombres", "Rivags et ombres"),
        ("Ussel, la perdue", "Ussle, la perdue"),
        ("Les Vertiges de Ussel", "Les Vertiges de Usel"),
    ],
)
def test_an_ending_or_a_letter_of_a_short_word_is_a_slip_where_more_than_the_title_speaks_for_it(
    one: str, other: str
) -> None:
    assert typo(title_key(one), title_key(other), kin=True)
    assert not typo(title_key(one), title_key(other))
    assert set(halves(title_key(one))) & set(reach(title_key(other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Meurtres à Brest", "Meurtres à Crest"),
        ("Meurtres à Sète", "Meurtres à Sare"),
        ("Balle perdue 2", "Balle perdue 3"),
        ("Mort d'un témoin", "Mont d'un témoin"),
    ],
)
def test_another_first_letter_and_one_letter_for_another_in_a_short_word_are_two_works_for_kin_too(
    one: str, other: str
) -> None:
    assert not typo(title_key(one), title_key(other), kin=True)


@given(st.text("abc de", min_size=8, max_size=24), st.integers(0, 23), st.sampled_from("abcde "))
def test_every_slip_is_found_by_a_half(title: str, place: int, letter: str) -> None:
    key = title_key(title)
    for other in {
        key[:place] + letter + key[place + 1 :],
        key[:place] + letter + key[place:],
        key[:place] + key[place + 1 :],
    }:
        if typo(key, title_key(other), kin=True):
            assert set(halves(key)) & set(reach(title_key(other)))
            assert typo(title_key(other), key, kin=True)


def test_a_telling_is_known_again_by_its_address_and_what_it_says() -> None:
    def told(title: str | None, position: int = 0, url: str = "https://a.example/1") -> Told:
        return Told(telling=Telling(outlet="A", url=url, at=NOON), position=position, announcement=says(title))

    assert mark(told("Osmosis", 1)) == mark(told("OSMOSIS", 0))
    assert mark(told(None, 0)) != mark(told(None, 1))
    assert len({mark(told("Osmosis")), mark(told("Missions")), mark(told("Osmosis", url="https://b.example/1"))}) == 3
