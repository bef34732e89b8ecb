"""Titles without quotes: towns, companies and words that only begin a statement are none."""

from __future__ import annotations

import functools

import pytest

from monitor.classifier.entities import hear, with_titles
from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.lexicon import Lexicon, together
from monitor.classifier.text import sentences
from monitor.data import folder
from monitor.types import Document


@functools.cache
def language(name: str) -> tuple[Lexicon, Gazetteer]:
    config = folder("config")
    every = together([Lexicon.load(config / "lexicon" / f"{code}.toml") for code in ("fr", "en")])
    return every[name], Gazetteer.load(config / "gazetteer.toml")


def named(text: str, *, headline: bool = False, lang: str = "fr", group: str = "title") -> list[str]:
    """Read the titles of a headline, or of the first sentence of a text."""
    lexicon, gazetteer = language(lang)
    document = Document(title=text, text="") if headline else Document(title="Fiction", text=text)
    readings = [with_titles(hear(s, lexicon, gazetteer), lexicon, gazetteer) for s in sentences(document)]
    return [mark.value for reading in readings for mark in reading.of(group)]


@pytest.mark.parametrize(
    ("said", "headline"),
    [
        ("Pézenas : M6 tourne une mini-série dans les halles jusqu'à Noël", True),
        ("TF1 : un nouveau téléfilm en tournage dans le Morvan avec Blandine Ossart", True),
        ("France 3 et La 1ère lancent une série tournée en Nouvelle-Calédonie", True),
        ("Les six épisodes se tourneront entre Villefranche et Tarare.", False),
        ("D'autres scènes de la série seront filmées dans le port de La Turballe, puis à La Baule.", False),
        ("Le tournage des épisodes aura lieu entre le Larzac, le Vercors et la Drôme, avec une équipe réduite.", False),
        ("M6 va produire une série en six épisodes, a indiqué la chaîne mardi au Mipcom.", False),
    ],
)
def test_where_a_work_is_made_is_not_what_it_is_called(said: str, headline: bool) -> None:
    assert named(said, headline=headline) == []


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("TF1 donne une suite à La Colline aux genêts", "La Colline aux genêts"),
        ("France 3 offre une saison 2 à La Passe du vent", "La Passe du vent"),
        ("M6 : la saison 2 de Dernier bac est en tournage", "Dernier bac"),
    ],
)
def test_what_is_renewed_may_follow_such_a_word_too(said: str, title: str) -> None:
    assert named(said, headline=True) == [title]


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        ("ARTE et Les Films du Halage en production sur « Crue », mini-série", ["Crue"]),
        ("Canal+ et Karibou développent une série animée", []),
        ("Karibou et Canal+ : une nouvelle série animée dans les cartons", []),
    ],
)
def test_who_makes_it_with_a_channel_is_not_what_it_is_called(said: str, titles: list[str]) -> None:
    assert named(said, headline=True) == titles


@pytest.mark.parametrize(
    ("said", "lang"),
    [
        ("Forte de bons débuts, la comédie policière aura une deuxième saison.", "fr"),
        ("D'après des sources bien informées, la série serait tournée cet été.", "fr"),
        ("Onze heures trente, une série de France 2", "fr"),
        ("Principal photography on the drama begins in June.", "en"),
        ("Six more hours, making up three films, will go before the cameras in Brittany.", "en"),
    ],
)
def test_what_only_begins_a_statement_is_no_title(said: str, lang: str) -> None:
    assert named(said, lang=lang) == []


@pytest.mark.parametrize(
    ("said", "lang"),
    [
        ("Elle a réalisé plusieurs épisodes de « Vent debout » et développe une série.", "fr"),
        ("La série a été imaginée pendant le festival « Vent debout » et ira à Arte.", "fr"),
        ("The drama is directed by Ana Morel, who helmed two episodes of Apple's period show “Headwind.”", "en"),
        ("The series is created by Ana Morel, who was on the writing staff of “Headwind.”", "en"),
    ],
)
def test_what_somebody_once_worked_on_is_a_credit(said: str, lang: str) -> None:
    assert named(said, lang=lang) == []
    assert len(named(said, lang=lang, group="credited")) == 1


def test_a_verb_ends_a_title() -> None:
    assert named("France 2 renouvelle Marée noire et offre un téléfilm à Orage", headline=True)[:1] == ["Marée noire"]
