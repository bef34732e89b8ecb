"""Names of works: what is compared, other names, slips of the pen and what only looks like one."""

from __future__ import annotations

import pytest
from fakes import NOON
from hypothesis import given
from hypothesis import strategies as st
from tellings import RULES, says

from monitor.decide.naming import Names, mark
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


def test_names_that_turned_out_to_be_one_works() -> None:
    learnt = NAMES.learning({("The Far Lighthouse", "Le Phare du bout"), ("Le Phare du bout", "Projet K")})
    assert learnt.same("Projet K", "The Far Lighthouse")
    assert learnt.same("Call My Agent!", "Dix pour cent")
    assert not learnt.same("Projet K", "Dix pour cent")
    assert not NAMES.same("Projet K", "The Far Lighthouse")


def test_a_name_of_two_works_teaches_nothing() -> None:
    learnt = NAMES.learning({("PBLV", "Mistral")})
    assert not learnt.same("PBLV", "Mistral")


@given(st.permutations([("A", "B"), ("C", "D"), ("B", "D"), ("E", "F")]))
def test_what_is_learnt_does_not_depend_on_its_order(pairs: list[tuple[str, str]]) -> None:
    learnt = Names().learning(pairs).learning([("F", "G")])
    assert {learnt.canonical(name) for name in "ABCD"} == {"a"}
    assert {learnt.canonical(name) for name in "EFG"} == {"e"}


def test_a_telling_is_known_again_by_its_address_and_what_it_says() -> None:
    def told(title: str | None, position: int = 0, url: str = "https://a.example/1") -> Told:
        return Told(telling=Telling(outlet="A", url=url, at=NOON), position=position, announcement=says(title))

    assert mark(told("Osmosis", 1)) == mark(told("OSMOSIS", 0))
    assert mark(told(None, 0)) != mark(told(None, 1))
    assert len({mark(told("Osmosis")), mark(told("Missions")), mark(told("Osmosis", url="https://b.example/1"))}) == 3
