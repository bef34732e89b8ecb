"""Stage 4, what speaks for more of a work: two sentences that agree, who goes on, and in which words. All ours."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.classifier.candidates import Candidate
from monitor.types import Document
from monitor.vocabulary import Kind

#: Sentences enough that an article has room to say its news twice.
AND_MORE = " ".join(["Le maire est content.", "La pluie a cessé.", "Les voisins applaudissent."] * 3)


def statements(text: str, title: str = "La fiction de TF1 à la rentrée", language: str = "fr") -> list[Candidate]:
    found = classifier().statements(Document(title=title, text=text, language=language))
    return [s for s in found if s.kind is Kind.RENEWAL]


def features(text: str, language: str = "fr") -> set[str]:
    return {name for s in statements(text, language=language) for name in s.features}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TF1 a commandé une saison 2 de « Roncières ». La saison 2 de « Roncières » se tournera à Brest.", True),
        ("TF1 a renouvelé « Roncières ». La saison 2 de « Roncières » est en tournage.", True),
        ("TF1 a commandé une saison 2 de « Roncières ». La saison 3 de « Vaugrenon » se tournera à Brest.", False),
        ("TF1 a commandé une saison 2 de « Roncières ». La saison 3 de « Roncières » se tournera à Brest.", False),
        ("TF1 a commandé une saison 2 de « Roncières » : la saison 2 de « Roncières » se tournera à Brest.", False),
        ("TF1 a commandé une saison 2 de « Roncières ». La saison 2 de « Roncières » aura-t-elle du succès ?", False),
    ],
)  # fmt: skip
def test_a_statement_is_supported_by_another_sentence_of_the_same_work_and_season(text: str, expected: bool) -> None:
    found = statements(f"{text} {AND_MORE}")
    ordered = next(s for s in found if "act order!" in s.features or "act renew!" in s.features)
    assert ("said again" in ordered.features) is expected


def test_a_question_needs_no_support() -> None:
    text = "« Roncières » aura-t-elle une saison 2 ? TF1 a commandé une saison 2 de « Roncières »."
    asked = next(s for s in statements(f"{text} {AND_MORE}") if "asked" in s.features)
    assert "said again" not in asked.features


@pytest.mark.parametrize(
    ("text", "firmly"),
    [
        ("TF1 a commandé une saison 2 de « Roncières ». La saison 2 de « Roncières » est en tournage.", True),
        ("TF1 a commandé une saison 2 de « Roncières ». La saison 2 de « Roncières » ira à Brest.", False),
    ],
)
def test_what_is_ordered_or_shot_supports_firmly(text: str, firmly: bool) -> None:
    ordered = next(s for s in statements(text) if "act order!" in s.features)
    assert ("said again firmly" in ordered.features) is firmly


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La saison 2 de TF1 se tournera à Brest, dit « Roncières ».", True),
        ("Les nouveaux épisodes de « Roncières » seront tournés à Brest.", True),
        ("Le tournage à Brest vaut bien une saison 2 de « Roncières ».", False),
        ("« Roncières » aura une saison 2 ; à Brest, un autre tournage débute.", False),
    ],
)
def test_a_season_may_be_what_is_shot(text: str, expected: bool) -> None:
    assert ("it is shot" in features(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« Roncières » est finalement reconduite par TF1.", True),
        ("« Roncières » a plu. La série est donc reconduite par TF1.", True),
        ("« Roncières » a plu. Une série est donc reconduite par TF1.", False),
        ("« Roncières » a plu ; TF1 reconduit donc ses programmes et la série avec eux.", False),
    ],
)
def test_the_work_itself_may_be_what_goes_on(text: str, expected: bool) -> None:
    assert ("the work goes on" in features(text)) is expected


@pytest.mark.parametrize(
    "text",
    [
        "« Roncières » repart en tournage pour TF1.",
        "« Roncières » bénéficie d'un sursis sur TF1.",
        "« Roncières » se poursuivra au-delà de 2026 sur TF1.",
        "TF1 reprend « Roncières » à son compte.",
        "« Roncières » est remise en production par TF1.",
        "« Roncières » revient à la vie sur TF1.",
        "« Roncières » n'est pas près de s'arrêter sur TF1.",
        "« Roncières » n'a pas encore tiré sa révérence sur TF1.",
        "L'équipe de « Roncières » se remet au travail pour TF1.",
        "La collection « Roncières » s'étoffe de deux unitaires sur TF1.",
        "« Roncières » est assurée d'une suite sur TF1.",
        "« Roncières » arrache une prolongation à TF1.",
        "TF1 acte le renouvellement de « Roncières ».",
        "Pour « Roncières » de TF1, on remet ça l'an prochain.",
    ],
)
def test_words_of_going_on(text: str) -> None:
    assert any(s.title == "Roncières" and "act renew!" in s.features for s in statements(text))


@pytest.mark.parametrize(
    "text",
    [
        "La série TF1 qui fait parler, c'est Roncières : le maire renouvelle sa confiance à son adjoint.",
        "La star de la série « Roncières » rouvre son restaurant.",
        "La star de la série « Roncières » reprend vite la parole.",
        "« Roncières », la série de TF1, se remet d'une mauvaise audience.",
        "« Roncières » bénéficie d'un bon accueil sur TF1.",
        "« Roncières » échappe à la critique sur TF1.",
        "À « Roncières », sur TF1, on prend les mêmes jurés et on recommence.",
    ],
)
def test_everyday_words_that_renew_nothing(text: str) -> None:
    assert not any("act renew!" in s.features for s in statements(text))


@pytest.mark.parametrize(
    "text",
    [
        "“Roncières” would be back for another year on TF1, its producer said.",
        "The cast of TF1's drama “Roncières” heads back to work.",
        "TF1's drama “Roncières” isn't done yet.",
        "TF1's drama “Roncières” lives to solve another case.",
        "TF1's drama “Roncières” avoids the axe.",
        "TF1's drama “Roncières” is back from the dead.",
        "TF1 grants “Roncières” a second season.",
    ],
)
def test_words_of_going_on_in_english(text: str) -> None:
    assert any(s.title == "Roncières" and "act renew!" in s.features for s in statements(text, language="en"))


@pytest.mark.parametrize(
    ("text", "season"),
    [
        ("« Roncières » a deux saisons ; une troisième est commandée par TF1.", 3),
        ("« Roncières » a deux saisons, et une troisième en tournage pour TF1.", 3),
    ],
)
def test_an_ordinal_that_is_ordered_or_shot(text: str, season: int) -> None:
    assert season in {s.season for s in statements(text)}


@pytest.mark.parametrize(
    "text",
    [
        "L'autrice de « Roncières » publie son sixième livre et prépare une série pour TF1.",
        "« Roncières » a eu un troisième prix, une œuvre commandée par TF1.",
        "Après « Roncières », une troisième équipe de scénaristes, commandée par TF1, écrit une série.",
    ],
)
def test_an_ordinal_beside_something_ordered(text: str) -> None:
    assert not {s.season for s in statements(text)} & {3, 6}


def test_who_answers_the_headline_in_words_of_confirming() -> None:
    found = statements(
        "« Oui, il y aura une saison 2, TF1 nous l'a confirmé », dit-elle.",
        title="« Roncières » : y aura-t-il une saison 2 sur TF1 ?",
    )
    assert any("answers the headline" in s.features for s in found)


def test_a_headline_alone_has_no_room_to_say_it_twice() -> None:
    headline = "« Roncières » aura une saison 2 sur TF1"
    assert all("said again" in s.features for s in statements("", title=headline))
    assert not any("said again" in s.features for s in statements(AND_MORE, title=headline))


@pytest.mark.parametrize(("title", "expected"), [("Balle perdue 2", True), ("Balle perdue", False), ("1899", False)])
def test_the_number_of_a_sequel_in_its_title(title: str, expected: bool) -> None:
    found = statements(f"Le film {title} sera tourné à Brest pour Netflix.")
    assert any("numbered title" in s.features for s in found) is expected


@pytest.mark.parametrize(
    ("title", "season"),
    [
        ("“The Second Parish” gets season 5 order at Canal+", 5),
        ("“The Second Parish” gets fifth season order at Canal+", 5),
        ("“The Second Parish” second season ordered by Canal+", 2),
    ],
)
def test_a_number_in_a_title_is_no_season(title: str, season: int) -> None:
    found = statements("A French drama.", title, "en")
    assert {one.season for one in found} == {season}
