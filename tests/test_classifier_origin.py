"""Where a work is made, and by which sign: remakes and namesakes, co-productions, adaptations. Sentences ours."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Document
from monitor.vocabulary import ALERTED_KINDS, Origin


def origin(title: str, text: str = "", *, language: str = "fr") -> Origin:
    """Of the surest statement, whatever the model thinks of it."""
    said = classifier().weigh(Document(title=title, text=text, language=language))
    return max((a for a in said if a.kind in ALERTED_KINDS), key=lambda a: a.confidence).origin


@pytest.mark.parametrize(
    "title",
    [
        "TF1 adapte « Prairie », un thriller norvégien, en série",
        "France 3 commande « Prairie », d'après un film coréen",
        "TF1 commande « Prairie », remake d'une série britannique",
        "France 2 et la RTBF commandent la saison 2 de « Prairie », tournée à Namur",
        "La série « Prairie », de la RTS et d'Arte, aura une saison 2",
        "« Lupin » aura une saison 5 avec une actrice américaine, annonce Netflix",
        "Après le remake américain, TF1 commande une saison 6 de « HPI »",
    ],
)
def test_a_french_channel_makes_it(title: str) -> None:
    assert origin(title) is Origin.FRENCH


@pytest.mark.parametrize(
    "title",
    [
        "Le polar danois « Prairie » renouvelé pour une saison 2, à voir sur Arte",
        "La mini-série israélienne « Prairie » aura une saison 2",
        "« HPI » : le remake américain renouvelé pour une saison 2",
        "La version italienne de « HPI » aura une saison 2",
        "« Dix pour cent » : une chaîne américaine commande une saison 2 de son remake",
        "Le thriller psychologique espagnol « Prairie » aura une saison 2 sur Netflix",
        "La RTBF commande une saison 2 de « Prairie »",
        "NBC commande une saison 2 de « Prairie »",
        "« Prairie » : la CW commande une saison 2",
        "Netflix annonce onze nouvelles séries, aucune française",
    ],
)
def test_it_is_made_elsewhere(title: str) -> None:
    assert origin(title) is Origin.FOREIGN


def test_a_foreign_work_in_passing_makes_the_others_of_a_french_channel_no_foreigners() -> None:
    text = (
        "La chaîne a perdu ses séries américaines et sa sitcom britannique. "
        "TF1 commande une saison 2 de « Lune rousse », avec Odile Marchand."
    )
    assert origin("TF1 commande une saison 2 de « Lune rousse »", text) is Origin.FRENCH


def test_a_headline_that_says_french_outweighs_a_standfirst_that_says_foreign() -> None:
    document = Document(
        title="HBO Max : le programme français de l'année prochaine",
        summary="Après des années de séries américaines, la plateforme commande « Vermillon ».",
        text="« Vermillon », un thriller en six épisodes commandé par HBO Max, sera tourné à Nantes.",
        language="fr",
    )
    said = [a for a in classifier().weigh(document) if a.kind in ALERTED_KINDS and a.title == "Vermillon"]
    assert said and Origin.FOREIGN not in {a.origin for a in said}


def test_a_service_that_orders_everywhere_says_nothing_of_where() -> None:
    assert origin("Netflix commande une saison 2 de « Prairie »") is Origin.UNKNOWN


def test_what_a_french_channel_orders_at_a_network_elsewhere_is_foreign_where_the_lead_calls_it_so() -> None:
    text = (
        "M6 dégaine mardi « Prairie », une série américaine avec des chevaux. "
        "« Prairie » a été commandée par la chaîne française à un network américain."
    )
    assert origin("« Prairie », au galop sur M6", text) is Origin.FOREIGN
