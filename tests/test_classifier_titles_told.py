"""Stage 2, titles without quotes within a sentence, told by the word for a work that follows; and what is none."""

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


def titles(text: str, code: str = "fr", group: str = "title") -> list[str]:
    lexicon, gazetteer = language(code)
    document = Document(title="", text=text)
    readings = [with_titles(hear(s, lexicon, gazetteer), lexicon, gazetteer) for s in sentences(document)]
    return [mark.value for reading in readings for mark in reading.of(group)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Elle a été choisie pour la mère supérieure des Lavandières de Cluny, une nouvelle série de Canal+.",
            ["Lavandières de Cluny"],
        ),
        (
            "La chaîne a dit oui aux Orphelins de la digue, une série policière de Max Berlier.",
            ["Orphelins de la digue"],
        ),
        ("Arte a donné son accord au Dernier Passeur, mini-série de quatre épisodes.", ["Dernier Passeur"]),
        ("France 2 lui confie le premier rôle de Deux filles en colère, une mini-série.", ["Deux filles en colère"]),
        (
            "L'unité a donné son accord pour Sous les remparts de Toul, mini-série de six épisodes.",
            ["Sous les remparts de Toul"],
        ),
        ("Le tournage s'installe au Pays basque, une mini-série de TF1.", []),
        ("La série est présentée lors du Festival de la fiction, une série de rencontres.", []),
        ("La série a été confiée aux Ateliers du port, une société nantaise.", []),
        ("Elle a confié à la société Garance la fabrication de La Pension du port, une série.", ["La Pension du port"]),
        ("L'équipe des Films du renard, une série de Lyonnais, prépare un téléfilm.", []),
        ("TF1 diffuse le nouveau film de Josépha Quiniou, une comédie.", []),
        ("Elle a signé trois séries, parmi lesquelles Faux Départ, un thriller.", ["Faux Départ"]),
    ],
)
def test_a_capital_begins_a_title_where_a_word_for_a_work_follows(text: str, expected: list[str]) -> None:
    assert titles(text) == expected


def test_whom_somebody_will_play_tells_the_work_and_whom_they_played_who_they_are() -> None:
    assert titles("Elle sera l'héroïne de Chère Odette, le biopic que prépare Arte.") == ["Chère Odette"]
    assert titles("L'héroïne de « Chère Odette » prépare une série.", group="credited") == ["Chère Odette"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Les Fauves de Belleville (6x45', Nereïde Production) plongera dans le monde des antiquaires.",
            ["Les Fauves de Belleville"],
        ),
        ("Les Fauves de Belleville (6 × 45') suivra des antiquaires.", ["Les Fauves de Belleville"]),
        ("TF1 lui a commandé une comédie de 10x26 minutes, Arythmies, dont elle écrit les textes.", ["Arythmies"]),
        ("Il conduit un 4x4 rouge dans la série.", []),
    ],
)
def test_parts_and_minutes_in_one_word_tell_a_title(text: str, expected: list[str]) -> None:
    assert titles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vient ensuite La Petite Écluse, une comédie de dix épisodes.", ["La Petite Écluse"]),
        ("Parmi les nouveautés, Les Naufragés d'Iroise fera embarquer dix passagers.", ["Les Naufragés d'Iroise"]),
    ],
)
def test_a_title_ends_before_its_verb_and_begins_after_another(text: str, expected: list[str]) -> None:
    assert titles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Leading the projects is The Vineyard Girls (Les Filles des vignes), a six-part thriller.",
            ["The Vineyard Girls"],
        ),
        ("His daughter will oversee The Winter Coat, the saga his company shoots for TF1.", ["The Winter Coat"]),
        ("Daytime hit The Pines would be back for a third season.", ["The Pines"]),
        ("A third survived: Nine Lives in Vesoul, a half-hour about a village vet.", ["Nine Lives in Vesoul"]),
        ("The six-parter marks the first series from documentary maker Solenn Kerdraon.", []),
        ("The six-parter will shoot in Normandy this autumn.", []),
        ("We shoot the series in Poissy in the New Year.", []),
        ("Live events, which have become a pillar of the series business, are reported apart.", []),
        ("The series was pitched at the Lille Transatlantic Dialogues, a two-day drama forum.", []),
        ("The drama about child laborers in 19th century Limousin is written by Clara Daudet.", []),
    ],
)
def test_an_english_title_is_told_by_what_follows_and_no_place_or_time_is_one(text: str, expected: list[str]) -> None:
    assert titles(text, "en") == expected
