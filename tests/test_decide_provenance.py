"""Where a work is from, as the announcing sentence itself says."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tellings import RULES, says

from monitor.decide.provenance import origin_of, origin_said, origin_told
from monitor.types import Announcement, Evidence
from monitor.vocabulary import Origin

FRENCH, FOREIGN, UNKNOWN = Origin.FRENCH, Origin.FOREIGN, Origin.UNKNOWN


def sentence(text: str, *, read: Origin = UNKNOWN, title: str | None = "Rives") -> Announcement:
    evidence = Evidence(sentence=text, zone="lead", start=0, end=len(text))
    return says(title, origin=read, evidence=evidence)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("France 2 commande « Rives », une fiction unitaire britannique.", FOREIGN),
        ("France 2 a renouvelé la série américaine « Rives ».", FOREIGN),
        ("France 2 orders “Rives”, a British animated series.", FOREIGN),
        ("Netflix renews Korean drama ‘Rives’ for season 2", FOREIGN),
        ("Netflix has renewed the French series “Rives” for season 2.", FRENCH),
        ("« Rives » : une nouvelle série policière française pour Netflix", FRENCH),
        ("Netflix commande « Rives »", None),
        ("“Rives” gets season 2 order from France 2", None),
        ("Canal+ commande « Rives » au créateur de la série britannique « Falaises »", None),
        ("TF1 adapte la série britannique « Rives »", None),
        ("TF1 commande « Rives », une série française, remake d'une série danoise", None),
        ("« Rives », d'après la série danoise « Rives »", None),
        ("The British broadcaster ITV bought ‘Rives’", None),
    ],
)
def test_only_what_stands_beside_the_title_says_where_a_work_is_from(text: str, expected: Origin | None) -> None:
    assert origin_said(sentence(text), RULES.lore) is expected


def test_an_untitled_project_is_from_where_it_was_read_to_be() -> None:
    untitled = sentence("Netflix orders a British series", read=FRENCH, title=None)
    assert (origin_said(untitled, RULES.lore), origin_told(untitled, RULES.lore)) == (None, FRENCH)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([sentence("x", read=FOREIGN), sentence("y", read=FRENCH)], FRENCH),
        ([sentence("la série britannique « Rives »", read=FOREIGN), sentence("y", read=FRENCH)], FOREIGN),
        ([sentence("la série britannique « Rives »", read=FRENCH)], FOREIGN),
        ([sentence("x", read=UNKNOWN), sentence("y", read=FOREIGN)], FOREIGN),
        ([sentence("x", read=UNKNOWN)], UNKNOWN),
    ],
)
def test_what_sentences_say_goes_before_what_was_read_and_french_before_foreign(
    said: Sequence[Announcement], expected: Origin
) -> None:
    outright = {origin for one in said if (origin := origin_said(one, RULES.lore))}
    assert origin_of(outright, {one.origin for one in said}) is expected
