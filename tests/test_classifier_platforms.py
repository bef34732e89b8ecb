"""Platforms: whose work an announcement tells of."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Document


def platforms(headline: str, text: str, language: str = "fr") -> dict[str | None, set[tuple[str, ...]]]:
    """List of each title the platforms of its announcements."""
    read = classifier().read(Document(title=headline, text=text, language=language))
    found: dict[str | None, set[tuple[str, ...]]] = {}
    for one in read:
        found.setdefault(one.title, set()).add(one.platforms)
    return found


def test_the_platform_that_the_sentence_names_is_the_one() -> None:
    read = platforms(
        "Zorro : France 2 commande une saison 2",
        "France 2 a commandé une deuxième saison de « Zorro ». La première avait aussi été mise en ligne par "
        "Paramount+.",
    )
    assert read == {"Zorro": {("France 2",)}}


def test_in_a_list_of_several_platforms_a_work_has_the_one_named_before_it() -> None:
    read = platforms(
        "M6, France 3 : les nouvelles séries françaises en préparation",
        "M6 a commandé « Le Gué », une série policière en six épisodes. De son côté, France 3 n'est pas en reste et "
        "lance deux tournages. « La Nasse », une nouvelle série de six épisodes, se tournera cet hiver à Sète.",
    )
    assert read["La Nasse"] == {("France 3",)}
    assert read["Le Gué"] == {("M6",)}


@pytest.mark.parametrize("said", ["La chaîne parlementaire a commandé", "LCP a commandé"])
def test_a_platform_may_be_called_by_other_words_where_there_are_several(said: str) -> None:
    read = platforms(
        "France 5 et LCP dévoilent deux nouveaux documentaires",
        f"France 5 produit « Les Semeurs », un documentaire inédit. {said} « Un hiver au greffe », un film inédit.",
    )
    assert read["Un hiver au greffe"] == {("LCP",)}


def test_who_showed_what_somebody_is_known_for_does_not_show_what_is_announced() -> None:
    read = platforms(
        "France Télévisions Orders Lighthouse Mystery",
        'The French pubcaster has ordered "The Keeper of the Cape," a four-part mystery from Grand Nord, the company '
        'behind TF1 hit "The Dunes." It shoots in March in Brittany.',
        language="en",
    )
    assert read["The Keeper of the Cape"] == {("France Télévisions",)}
