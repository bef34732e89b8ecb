"""What is made from another work: it is neither that work nor more of it."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Announcement, Document
from monitor.vocabulary import ALERTED_KINDS, Origin


def read(title: str, text: str, language: str = "fr") -> list[Announcement]:
    found = classifier().read(Document(title=title, text=text, language=language))
    return [one for one in found if one.kind in ALERTED_KINDS]


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("Netflix développe un spin-off de « Lupin »", "Netflix développe un spin-off de « Lupin ».", "fr"),
        ("Netflix commande une série dérivée", "Netflix a commandé une série dérivée de « Lupin ».", "fr"),
        ("TF1 prépare un spin-off", "TF1 développe un spin-off de « Malaterre », centré sur la juge.", "fr"),
        ("Netflix Orders ‘Lupin’ Spin-Off", "Netflix has ordered a spin-off of French hit “Lupin.”", "en"),
    ],
)
def test_a_spin_off_without_title_is_not_the_work_that_it_is_made_from(title: str, text: str, language: str) -> None:
    assert [(one.title, one.season) for one in read(title, text, language)] == [(None, None)]


def test_a_spin_off_has_its_own_title_and_a_season_its_works() -> None:
    spin_off = read("", "Netflix a commandé « Benjamin », une série française, spin-off de « Lupin ».")
    assert [one.title for one in spin_off] == ["Benjamin"]
    (season,) = read("« Lupin » renouvelée", "Netflix a renouvelé « Lupin » pour une saison 5.")
    assert (season.title, season.season) == ("Lupin", 5)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("France 2 a lancé le tournage de Malaterra, remake français de Broadchurch, en Corse.", {"Malaterra"}),
        ("TF1 a commandé « Ovale », une série, et « Le Gué », un polar.", {"Ovale", "Le Gué"}),
    ],
)
def test_a_remake_opens_nothing_of_what_it_remakes(text: str, titles: set[str]) -> None:
    assert {one.title for one in read("", text)} == titles


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("« Ovale », la série de TF1, va être adaptée aux États-Unis par NBC.", Origin.FOREIGN),
        ("« Ovale », le roman de Zoé Blin, va être adapté en série par TF1.", Origin.FRENCH),
    ],
)
def test_what_only_a_foreign_channel_adapts_is_made_abroad(text: str, origin: Origin) -> None:
    assert {one.origin for one in read("« Ovale » bientôt adapté", text)} == {origin}


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("« Ovale » : un spin-off intitulé « Le Gué » commandé", "TF1 a commandé un spin-off d'« Ovale ».", "fr"),
        (
            "Après « Ovale », TF1 commande « Le Gué »",
            "L'univers d'« Ovale » s'agrandit : TF1 a commandé une série.",
            "fr",
        ),
        (
            "« Ovale » aura droit à une série dérivée sur TF1",
            "« Le Gué », une série écrite par Zoé Blin dérivée d'« Ovale », a été commandée par TF1.",
            "fr",
        ),
        (
            "‘Ovale’ Spinoff ‘Le Gué’ Ordered at TF1",
            "TF1 has ordered “Le Gué”, a French series spun off from “Ovale”.",
            "en",
        ),
    ],
)
def test_the_source_of_a_spin_off_is_no_new_work_of_any_sentence(title: str, text: str, language: str) -> None:
    assert {one.title for one in read(title, text, language)} == {"Le Gué"}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("« Le Gué », un spin-off très attendu", "TF1 a commandé « Le Gué », une série."),
        ("TF1 commande le spin-off « Le Gué »", "« Le Gué » comptera six épisodes."),
    ],
)
def test_a_work_that_is_called_a_spin_off_is_told(title: str, text: str) -> None:
    assert {one.title for one in read(title, text)} == {"Le Gué"}


def test_a_source_with_a_season_of_its_own_keeps_its_news() -> None:
    found = read(
        "« Ovale » aura une saison 2 et un spin-off", "TF1 a commandé une saison 2 d'« Ovale » et un spin-off."
    )
    assert ("Ovale", 2) in {(one.title, one.season) for one in found}
