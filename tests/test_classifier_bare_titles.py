"""Stage 2, titles without quotes: items of a list, who is known for them, what is said of them, and what is none."""

from __future__ import annotations

from functools import cache

import pytest

from monitor.classifier.entities import hear, with_titles
from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.text import sentences
from monitor.data import folder
from monitor.types import Document


@cache
def language(code: str) -> tuple[Lexicon, Gazetteer]:
    config = folder("config")
    return Lexicon.load(config / "lexicon" / f"{code}.toml"), Gazetteer.load(config / "gazetteer.toml")


def titles(text: str, *, headline: bool = False, code: str = "fr") -> list[str]:
    lexicon, gazetteer = language(code)
    document = Document(title=text, text="") if headline else Document(title="", text=text)
    readings = [with_titles(hear(s, lexicon, gazetteer), lexicon, gazetteer) for s in sentences(document)]
    return [mark.value for reading in readings for mark in reading.all("title", "credited")]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("- Les Disparues du moulin (6 x 52'), d'après le roman d'un notaire.", ["Les Disparues du moulin"]),
        ("• La Grande Marée, mini-série de quatre épisodes pour Arte", ["La Grande Marée"]),
        ("- 600 places de parking, d'après la mairie.", []),
    ],
)
def test_an_item_of_a_list_begins_with_its_title(item: str, expected: list[str]) -> None:
    assert titles(item) == expected


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Odile Barsac (Famille en vrac) : « On remet ça »", ["Famille en vrac"]),
        ("Odile Barsac (LR) : « On remet ça »", []),
        ("Odile Barsac (Rennes) : « On remet ça »", []),
        ("Odile Barsac (Netflix) : « On remet ça »", []),
        ("Odile Barsac (Famille en vrac) s'installe à Lyon", []),
    ],
)
def test_whoever_speaks_is_known_for_the_work_in_brackets(headline: str, expected: list[str]) -> None:
    assert titles(headline, headline=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rouge Kaolin, c'est le titre de travail, opposera deux sœurs.", ["Rouge Kaolin"]),
        ("Rouge Kaolin, c'est le patron de l'usine, opposera deux sœurs.", []),
        ("Le Chemin des sœurs a été confié à une jeune équipe.", ["Le Chemin des sœurs"]),
        ("Le chemin a été confié à une jeune équipe.", []),
        ("Le port servira de décor à La Passe du nord, un polar de 90 minutes.", ["La Passe du nord"]),
        ("Le tournage se fera à La Passe du nord, la série mobilise le port.", []),
        ("La série, produite par Nuit Blanche, est en tournage.", []),
        ("La série que développe Nuit Blanche est en tournage.", []),
        ("La chaîne développe Nuit Blanche, une série en tournage.", ["Nuit Blanche"]),
    ],
)
def test_what_is_said_of_a_title_tells_it(text: str, expected: list[str]) -> None:
    assert titles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She is the lead of Ghost Quarter, a Paris-set prison-break series for Arte.", ["Ghost Quarter"]),
        ("She is the lead of a Ghost Quarter company, a day after a series of floods.", []),
        ("The network has given the go-ahead to Cold Mill Street, which follows a clerk.", ["Cold Mill Street"]),
        ("The network has given the go-ahead to Cold, which follows a clerk.", []),
        ("Production gets under way on the series in May.", []),
        ("Cold Mill Street follows two clerks in a series about wool.", ["Cold Mill Street"]),
    ],
)
def test_an_english_title_stands_before_what_describes_it(text: str, expected: list[str]) -> None:
    assert titles(text, code="en") == expected


def test_a_title_may_begin_with_an_article_after_a_colon() -> None:
    """Without its accent "là", with which people speak, would be "la"."""
    headline = "Le Tréport : « La Dame du moulin rouge » aura deux nouvelles enquêtes"
    assert "La Dame du moulin rouge" in titles(headline, headline=True)
    assert titles("Elle l'assure : « Nous sommes tous très heureux »", headline=True) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dans Le Secret du moulin, mini-série en quatre parties, elle sera meunière.", ["Le Secret du moulin"]),
        (
            "La filiale a reçu une commande de TF1 pour Coupable idéale, huit épisodes de 52 minutes.",
            ["Coupable idéale"],
        ),
        ("La filiale a reçu une commande de TF1 pour Marie Lenoir, créatrice de la série.", []),
        ("M6 nous a redemandé des épisodes de Famille décousue, la lecture est calée.", ["Famille décousue"]),
        ("Les Belles Années Vidal, de son côté, sera une chronique familiale.", ["Les Belles Années Vidal"]),
    ],
)
def test_a_title_within_a_sentence_is_told_by_what_follows(text: str, expected: list[str]) -> None:
    assert titles(text) == expected
