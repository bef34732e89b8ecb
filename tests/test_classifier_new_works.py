"""New works as everyday press tells them: who plays in them, where they are shot, for whom. Sentences ours."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.classifier.candidates import Candidate
from monitor.types import Document
from monitor.vocabulary import Kind, Origin


def document(title: str, text: str = "", language: str = "fr") -> Document:
    return Document(title=title, text=text, language=language)


def statements(title: str, text: str = "", language: str = "fr") -> list[Candidate]:
    said = classifier().statements(document(title, text, language))
    return [one for one in said if one.kind is Kind.NEW_ORIGINAL]


def features(title: str, text: str = "", language: str = "fr") -> frozenset[str]:
    """Of all statements about new works together."""
    return frozenset[str]().union(*(one.features for one in statements(title, text, language)))


def announced(title: str, text: str = "", language: str = "fr") -> list[str | None]:
    read = classifier().read(document(title, text, language))
    return [a.title for a in read if a.kind is Kind.NEW_ORIGINAL and a.origin is not Origin.FOREIGN]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Cannes : Arielle Montfort tourne un téléfilm pour France 3", ""),
        ("Un biopic sur la Brinvilliers en préparation chez Canal+", ""),
        ("Arielle Montfort sera l'héroïne d'une nouvelle série de M6", ""),
        (
            "Netflix pose ses caméras dans le Vercors",
            "La plateforme y tourne une série en six épisodes, Les Glacières.",
        ),
        ("La vie d'un maraîcher à la télévision", "Le récit va faire l'objet d'une mini-série sur France 2."),
        (
            "« Les Glacières »",
            "Arielle Montfort prêtera ses traits à une sage-femme dans « Les Glacières », une série de TF1.",
        ),
        ("Disney+ engage la production d'une série de Gaspard Villedieu", ""),
        ("Rentrée d'Arielle Montfort", "Nous préparons pour Arte une comédie en six fois trente minutes."),
    ],
)
def test_a_new_work_is_announced_in_everyday_words(title: str, text: str) -> None:
    assert announced(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Le département commande une étude sur les séries tournées chez lui", ""),
        ("Le fabricant reçoit le feu vert pour une nouvelle série de rames", "Elles seront produites à Belfort."),
        ("Ce soir à la télé : « Les Glacières », un polar glaçant sur France 2", ""),
        ("Arielle Montfort, une vie de comédienne", "Elle a tourné autrefois un téléfilm pour France 3."),
    ],
)
def test_what_only_sounds_like_a_new_work_is_none(title: str, text: str) -> None:
    assert announced(title, text) == []


def test_a_series_of_somebody_is_a_series_and_a_series_of_thefts_is_none() -> None:
    assert statements("Arte commande une série de Gaspard Villedieu")
    assert statements("Arte commande une série de tests") == []


@pytest.mark.parametrize(
    ("sentence", "released"),
    [
        ("Le tournage du téléfilm « Les Glacières » vient de débuter pour France 3.", False),
        ("Arielle Montfort est la tête d'affiche de « Les Glacières », série de France 3.", False),
        ("« Les Glacières », série de France 3, vient de débuter.", True),
    ],
)
def test_what_belongs_to_a_shoot_or_cast_is_no_release(sentence: str, released: bool) -> None:
    assert ("released" in features(sentence)) is released


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Qui sont les comédiens de « Les Glacières », la nouvelle série de TF1 ?", False),
        ("Où se tourne « Les Glacières », la nouvelle série de TF1 ?", False),
        ("Une nouvelle série de TF1 bientôt tournée à Gap ?", True),
    ],
)
def test_a_question_about_who_or_where_doubts_nothing(title: str, asked: bool) -> None:
    found = features(title)
    assert ("asked" in found) is asked
    assert ("headline asks" in found) is asked


def test_one_sentence_that_says_everything_counts_in_a_portrait_too() -> None:
    portrait = "Arielle Montfort se confie sur son divorce et sa carrière"
    whole = "TF1 a commandé une mini-série à la romancière."
    (said,) = (one for one in statements(portrait, whole) if "whole statement" in one.features)
    assert "about a person" not in said.features
    vague = features(portrait, "Elle parle d'une série à la radio. TF1 écoute.")
    assert "whole statement" not in vague
    recalled = features(portrait, "TF1 avait commandé une mini-série à la romancière il y a dix ans.")
    assert "whole statement" not in recalled
    assert "about a person" in recalled


def test_what_opens_a_sentence_dates_all_of_it() -> None:
    then = "Quelques mois avant le rachat, tout le monde le disait : Netflix produira une série française."
    assert "recalled" in features(then)
    assert "recalled" not in features("Tout le monde le disait : Netflix produira une série française.")


def test_a_title_is_surer_where_another_sentence_makes_it() -> None:
    told = "« Les Glacières » suivra une juge. TF1 a commandé « Les Glacières », une série, à Arielle Montfort."
    assert "made elsewhere in the text" in features("La fiction de TF1", told)
    once = "TF1 a commandé « Les Glacières », une série, à Arielle Montfort."
    assert "made elsewhere in the text" not in features("La fiction de TF1", once)


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("Netflix prépare une série avec Gaspard Villedieu et Delphine Aubray.", Origin.FRENCH),
        ("Netflix prépare une série avec Gaspard Villedieu.", Origin.UNKNOWN),
        ("Netflix prépare une série avec Carlos Mendes et Tom Adler.", Origin.UNKNOWN),
        ("Netflix prépare une série coréenne avec Gaspard Villedieu et Delphine Aubray.", Origin.FOREIGN),
    ],
)
def test_french_names_hint_at_a_french_work(text: str, origin: Origin) -> None:
    assert {one.origin for one in statements("Une série en préparation", text)} == {origin}


def test_a_french_first_name_needs_a_surname() -> None:
    assert "a French name" in features("Netflix prépare une série avec Delphine Aubray")
    assert "a French name" not in features("Netflix prépare une série sur une pierre, Pierre et rien")


def test_the_version_of_a_french_channel_is_french_though_the_text_calls_its_model_foreign() -> None:
    text = "TF1 va adapter « The Weir » avec Arielle Montfort. « The Weir », série britannique à succès, l'a séduite."
    found = classifier().read(document("TF1 va adapter la série « The Weir » avec Arielle Montfort", text))
    assert [a.origin for a in found if a.kind is Kind.NEW_ORIGINAL] == [Origin.FRENCH]


def test_when_a_work_was_made_counts_after_its_comma_too() -> None:
    old = "Un téléfilm de France 2 qui se rapproche de « Les Glacières », créé par Arielle Montfort {}."
    about = statements("Une fiction de France 2", old.format("il y a vingt ans"))
    assert all("recalled" in one.features for one in about if one.title == "Les Glacières")
    assert "recalled" not in features("Une fiction de France 2", old.format("pour la chaîne"))
