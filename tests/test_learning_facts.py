"""Facts beside what was read: who is paired with whom, and what of it is right."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.learning import facts
from monitor.learning.facts import Fit
from monitor.learning.labelled import Fact
from monitor.types import Announcement, Evidence
from monitor.vocabulary import Kind, Status, WorkType

NEW, RENEWAL = Kind.NEW_ORIGINAL, Kind.RENEWAL


def fact(title: str | None = "La Digue", **changes: Any) -> Fact:
    given: dict[str, Any] = {
        "kind": NEW,
        "platforms": ("Arte",),
        "season": None,
        "status": Status.CONFIRMED,
        "work_type": WorkType.SERIES,
    }
    return Fact(title=title, **{**given, **changes})


def read(title: str | None = "La Digue", **changes: Any) -> Announcement:
    evidence = Evidence(sentence="", zone="headline", start=0, end=0)
    given: dict[str, Any] = {"kind": NEW, "platforms": ("Arte",), "confidence": 0.9, "evidence": evidence}
    return Announcement(title=title, **{**given, **changes})


@pytest.mark.parametrize(
    ("expected", "found", "fit"),
    [
        ("La Digue", "La Digue", Fit.EXACT),
        ("La Digue", "LA DIGUE", Fit.EXACT),
        ("L'Été des braves", "L’ete des braves", Fit.EXACT),
        ("La Digue", "Digue", Fit.EXACT),
        ("The Dyke", "Dyke", Fit.EXACT),
        ("Les Sœurs Vidal", "Soeurs Vidal", Fit.EXACT),
        ("3 x Manon", "3 x Manon !", Fit.EXACT),
        (None, None, Fit.EXACT),
        ("La Digue rouge", "La Digue", Fit.LENIENT),
        ("Digue", "Sur la digue du port", Fit.LENIENT),
        ("Bellerive", "Belle-Rive", Fit.LENIENT),
        ("Bellerive", "Belerive", Fit.LENIENT),
        ("Digue", "Endigues", Fit.WRONG),
        ("La", "La Digue", Fit.WRONG),
        ("La Digue", "Bellerive", Fit.WRONG),
        ("La Digue", None, Fit.WRONG),
        (None, "La Digue", Fit.WRONG),
        ("!", "La Digue", Fit.WRONG),
    ],
)
def test_titles(expected: str | None, found: str | None, fit: Fit) -> None:
    assert facts.title_fit(fact(expected), read(found)) is fit


@pytest.mark.parametrize(
    ("expected", "found", "fit"),
    [(2, 2, Fit.EXACT), (None, None, Fit.EXACT), (2, None, Fit.LENIENT), (None, 1, Fit.LENIENT), (2, 3, Fit.WRONG)],
)
def test_seasons(expected: int | None, found: int | None, fit: Fit) -> None:
    assert facts.season_fit(fact(season=expected), read(season=found)) is fit


@pytest.mark.parametrize(
    ("expected", "found", "fit"),
    [
        (("Arte", "RTBF"), ("RTBF", "Arte"), Fit.EXACT),
        ((), (), Fit.EXACT),
        (("ARTE",), ("Arte",), Fit.EXACT),
        (("Arte", "RTBF"), ("RTBF",), Fit.LENIENT),
        (("Arte",), (), Fit.LENIENT),
        ((), ("Arte",), Fit.LENIENT),
        (("Canal",), ("Canal+",), Fit.WRONG),
        (("Arte",), ("TF1",), Fit.WRONG),
    ],
)
def test_platforms(expected: tuple[str, ...], found: tuple[str, ...], fit: Fit) -> None:
    assert facts.platforms_fit(fact(platforms=expected), read(platforms=found)) is fit


@pytest.mark.parametrize(
    ("expected", "found", "fit"),
    [
        (Status.RUMOURED, Status.RUMOURED, Fit.EXACT),
        (Status.CONFIRMED, Status.IN_DEVELOPMENT, Fit.LENIENT),
        (Status.IN_DEVELOPMENT, Status.CONFIRMED, Fit.LENIENT),
        (Status.CONFIRMED, Status.RUMOURED, Fit.WRONG),
        (Status.RUMOURED, Status.IN_DEVELOPMENT, Fit.WRONG),
    ],
)
def test_statuses(expected: Status, found: Status, fit: Fit) -> None:
    assert facts.status_fit(fact(status=expected), read(status=found)) is fit


def titles(matched: facts.Matched) -> list[tuple[str | None, str | None]]:
    return [(pair.fact.title, pair.announcement.title) for pair in matched.pairs]


def test_a_wrong_title_is_paired_when_it_is_the_only_one_left() -> None:
    matched = facts.match([fact("La Digue"), fact("Bellerive")], [read("Le Phare"), read("La Digue")])
    assert titles(matched) == [("La Digue", "La Digue"), ("Bellerive", "Le Phare")]
    assert (matched.missed, matched.extra) == ((), ())


def test_pairs_are_the_best_for_all_together() -> None:
    # Taken one by one, "Digue" would get the better partner and leave the other with nothing that fits.
    matched = facts.match([fact("Digue"), fact("Digue noire")], [read("Digue noire"), read("Digue blanche")])
    assert titles(matched) == [("Digue", "Digue blanche"), ("Digue noire", "Digue noire")]


def test_seasons_tell_two_renewals_of_a_work_apart() -> None:
    expected = [fact("La Digue", kind=RENEWAL, season=number) for number in (2, 3)]
    matched = facts.match(expected, [read("La Digue", kind=RENEWAL, season=number) for number in (3, 2)])
    assert [(pair.fact.season, pair.announcement.season) for pair in matched.pairs] == [(2, 2), (3, 3)]


def test_kinds_are_not_paired_with_one_another() -> None:
    matched = facts.match([fact()], [read(kind=RENEWAL)])
    assert (matched.pairs, len(matched.missed), len(matched.extra)) == ((), 1, 1)


def test_what_is_denied_or_recorded_is_not_to_be_found() -> None:
    given = [fact(status=Status.DENIED), fact(kind=Kind.CANCELLATION)]
    assert facts.match(given, [read(kind=Kind.CANCELLATION)]) == facts.Matched(pairs=(), missed=(), extra=())


def test_a_roundup_with_more_facts_than_announcements_misses_the_rest() -> None:
    matched = facts.match([fact(name) for name in ("A1", "B2", "C3")], [read("C3")])
    assert titles(matched) == [("C3", "C3")]
    assert [one.title for one in matched.missed] == ["A1", "B2"]
    found = facts.score([matched])
    assert (found.announced, found.found, found.read, found.right) == (3, 1, 1, 1)
    assert found.recall == pytest.approx(1 / 3)
    assert found.precision == 1.0


def test_a_fact_with_a_count_is_as_many_announcements_and_one_fact() -> None:
    several = fact(None, count=2)
    matched = facts.match([several, fact("La Digue")], [read(None), read("La Digue"), read(None), read(None)])
    found = facts.score([matched])
    assert (found.announced, found.found, found.read, found.right) == (2, 2, 4, 3)
    assert facts.match([several], []).missed == (several,)
    assert facts.score([facts.match([several], [read(None)])]).recall == 1.0


def test_equal_facts_are_still_two() -> None:
    found = facts.score([facts.match([fact(None), fact(None)], [read(None)])])
    assert (found.announced, found.found) == (2, 1)


def test_fields_are_counted_over_pairs() -> None:
    pairs = [
        facts.match([fact("La Digue", season=1)], [read("Digue", season=None, platforms=("TF1",))]),
        facts.match([fact(None)], [read("Le Phare")]),
        facts.match([fact("Seule")], []),
    ]
    fields = facts.score(pairs).fields
    assert {name: (one.exact, one.lenient, one.pairs) for name, one in fields.items()} == {
        "title": (1, 1, 2),
        "season": (1, 2, 2),
        "platforms": (1, 1, 2),
        "status": (2, 2, 2),
    }


def test_scores_can_be_had_by_kind() -> None:
    one = facts.match([fact(), fact("Bellerive", kind=RENEWAL)], [read()])
    assert facts.score([one], [NEW]).recall == 1.0
    assert facts.score([one], [RENEWAL]).recall == 0.0
    assert facts.score([one], [RENEWAL]).precision is None


def test_nothing_is_no_mistake() -> None:
    found = facts.score([facts.match([], [])])
    assert (found.recall, found.precision, found.fields["title"].pairs) == (None, None, 0)


TABLES = st.integers(0, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 28), min_size=width, max_size=width), max_size=4)
)


def best(table: list[list[int]]) -> int:
    """The greatest sum, by trying everything."""
    if not table or not table[0]:
        return 0
    tall = table if len(table) <= len(table[0]) else [list(row) for row in zip(*table, strict=True)]
    sums: set[int] = set()
    for order in itertools.permutations(range(len(tall[0])), len(tall)):
        sums.add(sum(row[place] for row, place in zip(tall, order, strict=True)))
    return max(sums)


@given(TABLES)
def test_an_assignment_is_as_good_as_any(table: list[list[int]]) -> None:
    pairs = facts.assign(table)
    width = len(table[0]) if table else 0
    assert len(pairs) == min(len(table), width)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert sum(table[row][column] for row, column in pairs) == best(table)
    assert pairs == sorted(pairs)
