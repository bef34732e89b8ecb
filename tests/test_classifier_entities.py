"""Stage 2: who and what a sentence names."""

from __future__ import annotations

import pytest

from monitor.classifier.context import gather
from monitor.classifier.entities import Reading, read
from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.seasons import season_number
from monitor.classifier.text import sentences
from monitor.data import folder
from monitor.types import Document

CONFIG = folder("config")
LEXICONS = {name: Lexicon.load(CONFIG / "lexicon" / f"{name}.toml") for name in ("fr", "en")}
GAZETTEER = Gazetteer.load(CONFIG / "gazetteer.toml")


def reading(text: str, language: str = "fr", *, body: bool = False) -> Reading:
    document = Document(title="Titre" if body else text, text=text if body else "")
    return read(sentences(document)[-1], LEXICONS[language], GAZETTEER)


def values(found: Reading, group: str) -> list[str]:
    return [mark.value for mark in found.all(group)]


@pytest.mark.parametrize(
    ("text", "language", "platforms"),
    [
        ("CANAL PLUS et Arte s'associent", "fr", ["Canal+", "Arte"]),
        ("Amazon Prime Vidéo commande un polar", "fr", ["Prime Video"]),
        ("le canal Saint-Martin en fête", "fr", []),
        ("France Télévisions, sur France 2", "fr", ["France Télévisions", "France 2"]),
        ("Canal Plus orders a thriller with Disney+", "en", ["Canal+", "Disney+"]),
        ("la star de Max la menace", "fr", ["HBO Max"]),  # weak: kept, and marked so
    ],
)
def test_platforms_by_any_of_their_names(text: str, language: str, platforms: list[str]) -> None:
    assert values(reading(text, language), "platform") == platforms


def test_a_name_that_is_also_a_word_is_marked_weak() -> None:
    assert [m.strength for m in reading("Max va bien").all("platform")] == [1]
    assert [m.strength for m in reading("Netflix va bien").all("platform")] == [3]


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        ("« Les Marées » : une saison 2 pour la série", "fr", "Les Marées"),
        ("“Les Marées” reviendra", "fr", "Les Marées"),
        ('"Les Marées saison 2" se tourne', "fr", "Les Marées"),
        ("La Digue : TF1 commande la suite", "fr", "La Digue"),
        ("TF1 renouvelle La Digue pour une saison 3", "fr", "La Digue"),
        ("La saison 2 de Lune rousse se prépare", "fr", "Lune rousse"),
        ("Nuit polaire s'arrête", "fr", "Nuit polaire"),
        ("Bellerive, prochaine série d'Arte", "fr", "Bellerive"),
        ("HPI reviendra", "fr", "HPI"),
        ("3 x Manon renouvelée", "fr", "3 x Manon"),
        ("Canal+ Renews ‘Paper Moon Hotel’ For Season 2", "en", "Paper Moon Hotel"),
        ("Season two of The Salt Road is in the works", "en", "The Salt Road"),
        ("Wolfskin renewed at Canal+", "en", "Wolfskin"),
        ("The series, titled Black Tide, was ordered by Arte", "en", "Black Tide"),
    ],
)
def test_titles_in_quotes_and_by_their_place(text: str, language: str, title: str) -> None:
    assert title in values(reading(text, language), "title")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La chaîne, créée en 1992, va bien", "fr"),
        ("Audrey Lemaire, créatrice de la série, se réjouit", "fr"),
        ("Son patron, producteur, commande un rapport", "fr"),
        ('"On est ravis de continuer", a déclaré la comédienne', "fr"),
        ("La première saison avait plu", "fr"),
        ("The show, created by two sisters, is back", "en"),
    ],
)
def test_what_is_no_title(text: str, language: str) -> None:
    assert values(reading(text, language), "title") == []


@pytest.mark.parametrize(
    ("text", "language", "credited"),
    [
        ('Le créateur de "Bellerive" prépare une série', "fr", "Bellerive"),
        ("Canal+ orders a thriller from 'Deep Cover' writer", "en", "Deep Cover"),
    ],
)
def test_a_title_that_only_says_who_somebody_is(text: str, language: str, credited: str) -> None:
    found = reading(text, language)
    assert values(found, "credited") == [credited]
    assert credited not in values(found, "title")


def test_two_titles_before_a_verb_in_the_plural() -> None:
    assert values(reading("Prime Video : Bellerive et La Digue renouvelées"), "title") == ["Bellerive", "La Digue"]


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("une saison 2", "fr", 2),
        ("la deuxième saison", "fr", 2),
        ("une seconde saison", "fr", 2),
        ("une sixième et dernière saison", "fr", 6),
        ("la 13e saison", "fr", 13),
        ("la S2", "fr", 2),
        ("la saison deux", "fr", 2),
        ("la partie 4", "fr", 4),
        ("season two", "en", 2),
        ("a sixth and final season", "en", 6),
        ("a sophomore season", "en", 2),
        ("a Third-Season renewal", "en", 3),
    ],
)
def test_seasons_as_people_write_them(text: str, language: str, number: int) -> None:

    found = reading(text, language)
    page = gather((found,), GAZETTEER, LEXICONS[language], None)
    assert [season_number(mark, page) for mark in found.all("season")][:1] == [number]


def test_clauses_part_at_commas_before_titles_that_something_is_said_of() -> None:
    found = reading("Les Falaises s'arrête, Lune rousse aura une saison 2")
    first, second = found.all("title")
    assert found.clause(first) != found.clause(second)


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("Netflix commande Le Bureau des légendes", ["commande"]),
        ("Netflix commande la suite du Bureau des légendes", ["commande la"]),
    ],
)
def test_an_article_is_the_titles_and_leaves_the_order_in_front(text: str, orders: list[str]) -> None:
    assert values(reading(text), "order") == orders
