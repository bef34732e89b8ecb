"""Titles that are another one in another language, word for word."""

from __future__ import annotations

import pytest
from tellings import RULES

from monitor.decide.translations import Fit, fit, meanings


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Les Gardiens du phare", "The Lighthouse Keepers", Fit.WHOLE),
        ("La Juge", "The Judge", Fit.WHOLE),
        ("L'Été des loups", "Summer of the Wolves", Fit.WHOLE),
        ("La Maison Delorme", "Delorme House", Fit.WHOLE),
        ("La Maison de la carrière", "The House by the Quarry", Fit.PART),
        ("La Nuit bleue", "Night Train", Fit.PART),
        ("Le Secret", "Secrets", Fit.NOTHING),  # may be two French titles
        ("La Juge", "La Magistrate", Fit.NOTHING),
        ("Delorme", "The Delorme", Fit.NOTHING),
        ("La Nuit", "A Night in the Old House of the Wolves", Fit.NOTHING),
        ("Le Phare", "The Tide", Fit.NOTHING),
        ("De la", "Of the", Fit.NOTHING),
    ],
)
def test_how_much_of_a_title_another_one_translates(one: str, other: str, expected: Fit) -> None:
    assert fit(one, other, RULES.lore) is expected
    assert fit(other, one, RULES.lore) is expected


def test_a_title_is_looked_up_by_what_its_words_mean() -> None:
    assert meanings("Les Gardiens du phare", RULES.lore) == meanings("The Lighthouse Keepers", RULES.lore)
    assert meanings("Osmosis", RULES.lore) == frozenset()


def test_every_language_has_a_word_for_what_titles_speak_of() -> None:
    meant: dict[str, set[str]] = {}
    for senses in RULES.lore.senses.values():
        for language, meaning in senses:
            meant.setdefault(meaning, set()).add(language)
    assert {meaning for meaning, languages in meant.items() if languages != {"en", "fr"}} == set()
