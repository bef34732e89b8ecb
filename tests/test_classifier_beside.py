"""A work that an article only names beside its own changes nothing of what it announces."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Announcement, Document
from monitor.vocabulary import Kind, Origin, Status


def told(title: str, text: str, summary: str = "") -> list[Announcement]:
    """What a user would be told of: no foreign work, no denial."""
    found = classifier().read(Document(title=title, summary=summary, text=text))
    return [
        a
        for a in found
        if a.kind in (Kind.NEW_ORIGINAL, Kind.RENEWAL)
        and a.origin is not Origin.FOREIGN
        and a.status is not Status.DENIED
    ]


def facts(found: list[Announcement]) -> set[tuple[Kind, str | None, int | None]]:
    return {(a.kind, a.title, a.season) for a in found}


ANNOUNCING = {
    "untitled, for a platform of everywhere": (
        "Apple TV+ prépare une série d'espionnage en français",
        "Le service de streaming prépare une nouvelle série française, a dit Aude Vernier. La série serait à Brest.",
    ),
    "untitled, for a French channel": (
        "TF1 met en chantier une série policière",
        "La chaîne a commandé six épisodes d'une série policière à la société Cap Sud. Le tournage débutera en mai.",
    ),
    "titled": (
        "France 2 commande « Les Lampes froides », une série en six épisodes",
        "La chaîne a commandé « Les Lampes froides », une série de Jeanne Vasseur. Le tournage débutera en mai.",
    ),
    "renewed": (
        "« Bellerive » renouvelée pour une saison 2 sur TF1",
        "La chaîne a commandé une deuxième saison de « Bellerive ». Six épisodes seront tournés à Lille.",
    ),
}
BESIDE = [
    "Le groupe propose déjà Severance et For All Mankind.",
    "On l'avait vue dans la série américaine Yellowstone.",
    "« Severance », série américaine, revient le même soir.",
    "Le public, lui, ne se contente pas de Tulsa King.",
]


@pytest.mark.parametrize("piece", ANNOUNCING)
@pytest.mark.parametrize("beside", BESIDE)
def test_a_foreign_work_named_beside_it_takes_no_announcement_with_it(piece: str, beside: str) -> None:
    title, text = ANNOUNCING[piece]
    alone = facts(told(title, text))
    assert alone
    first, _, rest = text.partition(". ")
    assert facts(told(title, f"{beside} {text}")) == alone
    assert facts(told(title, f"{first}. {beside} {rest}")) == alone
    assert facts(told(title, f"{text}\n{beside}")) == alone


def test_a_known_foreign_work_in_the_standfirst_makes_nothing_foreign() -> None:
    title, text = ANNOUNCING["untitled, for a French channel"]
    assert facts(told(title, text, "L'actrice a joué dans la série américaine Yellowstone.")) == facts(
        told(title, text)
    )


def test_what_the_standfirst_itself_calls_foreign_is() -> None:
    title = "Une nouvelle série policière bientôt sur TF1"
    text = "La chaîne a acheté la série. Le tournage débutera en mai à Oslo."
    assert told(title, text, "Six épisodes ont été commandés d'une série norvégienne de Liv Solberg.") == []


def test_a_foreign_work_that_the_headline_names_is_the_subject() -> None:
    text = "La plateforme a commandé une nouvelle saison de Severance. Le tournage débutera en mai."
    assert told("Apple TV+ renouvelle Severance", text) == []


def test_the_series_is_the_one_just_introduced_and_not_one_compared_with() -> None:
    title, text = ANNOUNCING["untitled, for a platform of everywhere"]
    (found,) = told(title, f"Apple ne se contente pas de For All Mankind. {text}")
    assert found.title is None


def test_a_season_after_a_foreign_work_is_of_the_headlines() -> None:
    text = (
        "TF1 diffusait lundi les derniers épisodes de « Bellerive ». En face, la série américaine Yellowstone a "
        "réuni un million de curieux. « Oui, il y aura une saison 2, TF1 nous l'a confirmé », a dit la productrice."
    )
    assert facts(told("« Bellerive » : y aura-t-il une saison 2 sur TF1 ?", text)) == {(Kind.RENEWAL, "Bellerive", 2)}
