"""How certain a thing is: ordered, only being written, or hearsay. Every sentence is ours."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Document
from monitor.vocabulary import ALERTED_KINDS, Kind, Status


def status(title: str, text: str = "") -> Status:
    """Of the surest statement, whatever the model thinks of it."""
    said = [
        a
        for a in classifier().weigh(Document(title=title, text=text, language="fr"))
        if a.kind in ALERTED_KINDS and a.title == "Bellerive"
    ]
    return max(said, key=lambda a: a.confidence).status


@pytest.mark.parametrize(
    "title",
    [
        "TF1 prépare « Bellerive », une nouvelle série sur les marais",
        "« Bellerive », une nouvelle série écrite par Odile Marchand, bientôt sur TF1",
        "France 2 commande une saison 2 de « Bellerive », déjà en cours d'écriture",
        "La saison 2 de « Bellerive » est en tournage à Sète, l'écriture de la suite avance",
    ],
)
def test_what_is_ordered_prepared_or_shot_is_confirmed(title: str) -> None:
    assert status(title) is Status.CONFIRMED


@pytest.mark.parametrize(
    "title",
    [
        "TF1 développe « Bellerive », une nouvelle série sur les marais",
        "Une saison 2 de la série « Bellerive » s'écrit chez France 3",
        "« Bellerive », une nouvelle série de France 2, est à l'étude",
        "Série : trois auteurs planchent sur la saison 2 de « Bellerive » pour Canal+",
        "Arte : « Bellerive », une nouvelle comédie sur un phare, est en cours d'écriture",
    ],
)
def test_what_is_only_written_is_in_development(title: str) -> None:
    assert status(title) is Status.IN_DEVELOPMENT


@pytest.mark.parametrize(
    "title",
    [
        "TF1 aurait commandé une saison 2 de la série « Bellerive »",
        "Une saison 2 de la série « Bellerive » serait à l'étude sur TF1",
        "À en croire un technicien, TF1 tourne la saison 2 de « Bellerive » en mai",
        "D'après une source proche de la production, « Bellerive » aura une saison 2 sur M6",
        "La série « Bellerive » se tournerait à Brest pour France 3",
    ],
)
def test_hearsay_is_rumoured(title: str) -> None:
    assert status(title) is Status.RUMOURED


def test_hearsay_in_front_holds_for_what_the_headline_says_without_doubt() -> None:
    text = "Une deuxième saison serait tournée à l'automne, selon une source proche de la production."
    assert status("« Bellerive » : la série de TF1 aura une saison 2", text) is Status.RUMOURED


def test_an_order_in_so_many_words_stands_beside_hearsay() -> None:
    text = "La chaîne a commandé une saison 2 de « Bellerive ». Le rôle de la juge pourrait changer de mains."
    assert status("« Bellerive » : TF1 commande une saison 2 de la série", text) is Status.CONFIRMED


@pytest.mark.parametrize(
    "title",
    [
        "TF1 a annoncé que la saison 2 de la série « Bellerive » serait tournée en mai",
        "La chaîne confirme qu'une saison 2 de la série « Bellerive » se tournerait dès mai",
        "TF1 a annoncé qu'elle préparait une saison 2 de la série « Bellerive »",
    ],
)
def test_the_tenses_of_reported_speech_are_no_doubt(title: str) -> None:
    assert status(title) is Status.CONFIRMED


def test_a_perhaps_in_reported_speech_stays_one() -> None:
    assert status("TF1 a annoncé qu'une saison 2 de la série « Bellerive » pourrait se faire") is Status.RUMOURED


def test_a_heading_that_names_no_work_makes_no_plan_of_the_headline_firm() -> None:
    said = Document(
        title="« Les Crues » : la série de TF1 devrait avoir droit à une saison 2",
        summary="TF1 aurait de la suite dans les idées et devrait lancer une saison 2 de sa série française.",
        text="La série « Les Crues » a réuni 5 millions de curieux.\nUne saison 2 en préparation\n"
        "La productrice dit qu'une saison 2 des « Crues » est en projet.",
        language="fr",
    )
    (found,) = [one for one in classifier().read(said) if one.kind is Kind.RENEWAL]
    assert (found.season, found.status) == (2, Status.IN_DEVELOPMENT)


def test_what_the_press_kit_says_of_the_episodes_is_no_rumour() -> None:
    kit = "Chaque épisode durera 90 minutes, à en croire le dossier de presse."
    text = f"TF1 prolonge « Les Gabares » pour une saison 9.\n{kit}"
    (said,) = classifier().read(Document(title="« Les Gabares » aura une saison 9 sur TF1", text=text, language="fr"))
    assert (said.season, said.status) == (9, Status.CONFIRMED)
