"""Titles: between quotes and without, and what is none."""

from __future__ import annotations

import functools

import pytest

from monitor.classifier.entities import Reading, hear, with_titles
from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.text import sentences
from monitor.data import folder
from monitor.types import Document


@functools.cache
def french() -> tuple[Lexicon, Gazetteer]:
    config = folder("config")
    return Lexicon.load(config / "lexicon" / "fr.toml"), Gazetteer.load(config / "gazetteer.toml")


def titles(text: str, *, headline: bool = False) -> list[str]:
    """Read the titles of a sentence of the text, or of a headline."""
    lexicon, gazetteer = french()
    document = (
        Document(title=text, text="") if headline else Document(title="Télévision", text="x" * 500 + ".\n" + text)
    )
    readings: list[Reading] = [
        with_titles(hear(s, lexicon, gazetteer), lexicon, gazetteer) for s in sentences(document) if s.text in text
    ]
    return [mark.value for reading in readings for mark in reading.all("title", "credited")]


@pytest.mark.parametrize(
    "said",
    [
        "« Elle nous manque », souffle la productrice de la série.",
        "« On prend notre temps », lui a répondu la directrice de la fiction.",
        "« C'est un beau cadeau », s'émeut-elle.",
        "La productrice de la série l'assure : « Nous avons encore des choses à dire »",
    ],
)
def test_what_was_said_is_no_title(said: str) -> None:
    assert titles(said) == []


@pytest.mark.parametrize(
    "said",
    [
        "Dans « Libération », la réalisatrice confirme que la chaîne a commandé six épisodes.",
        "Comme l'a révélé « Télérama », six épisodes sont en préparation.",
        "Selon nos confrères du « Parisien », la chaîne aurait donné son accord pour six épisodes.",
        "Interrogé par « La Provence », le producteur confirme que la série sera tournée à Marseille.",
    ],
)
def test_who_told_is_no_title(said: str) -> None:
    assert titles(said) == []


def test_a_work_may_have_the_name_of_an_outlet() -> None:
    assert titles("TF1 commande la série « Libération ».") == ["Libération"]
    assert titles("« Libération » : France 2 commande une série sur l'été 1944", headline=True) == ["Libération"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("La chaîne accueille « Un boulanger dans la brume », fresque en six épisodes.", "Un boulanger dans la brume"),
        ("Arte développera « Les Heures pâles de Madame Diallo ».", "Les Heures pâles de Madame Diallo"),
        ("La deuxième série, « Maman, papa, le chat et lui », sera tournée à Dole.", "Maman, papa, le chat et lui"),
        ("» L'actrice, qui triomphe dans la série « Les Ardoises ».", "Les Ardoises"),
        ("La chaîne a retenu « Berlin, mon père et l'autre », un récit intime.", "Berlin, mon père et l'autre"),
        ("Le feuilleton audio « Je ne dirai rien », créé par Anna Bel, sera adapté en série.", "Je ne dirai rien"),
    ],
)
def test_titles_between_quotes(text: str, title: str) -> None:
    assert titles(text) == [title]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("La nouvelle série s'appellera Tant que dure la pluie, et elle aura huit épisodes.", "Tant que dure la pluie"),
        ("Titre de travail de la série : Ceux du canal.", "Ceux du canal"),
        ("Parmi les séries à venir, on retiendra Les Veuves du Vieux-Port, qui seront tournées en mai.",
         "Les Veuves du Vieux-Port"),
        ("La chaîne commande une série documentaire en trois volets, Loups blancs du Vercors, sur les bergers.",
         "Loups blancs du Vercors"),
        ("Neige à Briançon, nouvel unitaire de France 3, se tourne depuis lundi.", "Neige à Briançon"),
        ("Sel rouge, puisque c'est son nom, sera une série.", "Sel rouge"),
        ("Tokyo Belleville, douze épisodes de vingt minutes, racontera une librairie.", "Tokyo Belleville"),
        ("Imaginée par les mêmes auteurs, Sage-femme des cimes suivra le médecin.", "Sage-femme des cimes"),
    ],
)  # fmt: skip
def test_titles_without_quotes(text: str, title: str) -> None:
    assert titles(text) == [title]


@pytest.mark.parametrize(
    "text",
    [
        "Lancée au printemps, la série policière a séduit.",
        "Six mois plus tard, la série a un diffuseur.",
        "Les premiers épisodes de la série sont mis en ligne le 24 septembre à 21 h 10.",
        "La série est produite avec Yann Le Goff, à La Rochelle.",
        "Le chantier de la rue, annulé en mars, reprend.",
        "BESANÇON, 12 mars - La série sera tournée au printemps.",
    ],
)
def test_words_that_are_no_title(text: str) -> None:
    assert titles(text) == []


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("La série Nuit de sel fait tousser les maires", ["Nuit de sel"]),
        ("OCS ne renouvelle pas Sel rouge", ["Sel rouge"]),
        ("Nantes-sur-Mer : la série tournée au port revient", []),
        ("Le Bureau des dunes : une saison 2 sur Arte", ["Le Bureau des dunes"]),
    ],
)
def test_titles_in_headlines(headline: str, expected: list[str]) -> None:
    assert titles(headline, headline=True) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Les comédiens Dalila Morvan et Paul Aubin, la série les réunit.",
        "La série est diffusée sur la Une depuis mardi.",
        "Devant une salle comble, la chaîne a présenté ses séries.",
        "La chaîne a présenté la série à La Rochelle comme un pari.",
    ],
)
def test_persons_towns_and_channels_are_no_titles(text: str) -> None:
    assert titles(text) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Première de la liste, Les Îles perdues réunira trois scientifiques.", "Les Îles perdues"),
        ("La chaîne a également commandé Une maison en janvier, un drame familial.", "Une maison en janvier"),
        ("La chaîne a mis en production Frontière Léman, un polar.", "Frontière Léman"),
        (
            "La chaîne a lancé la production des Braves de Sainte-Marthe, une série humoristique.",
            "Braves de Sainte-Marthe",
        ),
        ("Premier chantier, Tramontane Plage.", "Tramontane Plage"),
    ],
)
def test_titles_after_what_is_done_with_them(text: str, title: str) -> None:
    assert titles(text) == [title]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Canal+ a commandé Le Bureau des objets trouvés, une série en six épisodes.", "Le Bureau des objets trouvés"),
        ("TF1 a commandé Lupin et moi, une comédie.", "Lupin et moi"),
        ("France 2 a commandé La Promesse du lac, une saga en six épisodes.", "La Promesse du lac"),
        ("Netflix a renouvelé Lupin et la série reviendra en mars.", "Lupin"),
        ("Netflix renouvelle Lupin et de nouveaux épisodes arrivent.", "Lupin"),
        ("TF1 a commandé une saison 2 de La Promesse de TF1.", "La Promesse"),
    ],
)
def test_a_known_name_may_begin_a_longer_title_without_quotes(said: str, title: str) -> None:
    assert titles(said) == [title]
