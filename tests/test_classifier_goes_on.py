"""Works that go on, told in passing, late or as a revival, each beside its everyday look-alike. All of it is ours."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Announcement, Document

TEXT = {"fr": "La série de France 3 est tournée à Sète.", "en": "The drama for France 3 is made in France."}


def renewals(headline: str, text: str = "", language: str = "fr") -> list[Announcement]:
    document = Document(title=headline, text=text or TEXT[language], language=language)
    return [one for one in classifier().read(document) if str(one.kind) == "renewal"]


@pytest.mark.parametrize(
    ("headline", "season"),
    [
        ("« Fond de cale » : l'équipe tourne déjà la saison 3", 3),
        ("« Fond de cale » : l'équipe tourne actuellement la troisième saison", 3),
        ("« Fond de cale » : rendez-vous pour une cinquième saison", 5),
        ("« Fond de cale » : rendez-vous dans une saison 5", 5),
        ("« Fond de cale » : l'écriture de la saison 4 a commencé", 4),
        ("« Fond de cale » : l'écriture d'une quatrième saison a débuté", 4),
        ("« Fond de cale » : la saison 6 est déjà en boîte", 6),
    ],
)
def test_a_season_that_is_already_made_or_promised_goes_on(headline: str, season: int) -> None:
    assert [(one.title, one.season) for one in renewals(headline)] == [("Fond de cale", season)]


@pytest.mark.parametrize(
    "headline",
    [
        "« Fond de cale » : l'équipe tourne déjà la page",
        "« Fond de cale » : rendez-vous lundi pour la saison 3",
        "« Fond de cale » : rendez-vous le 12 mai à 21h10 pour la suite de la saison 3",
        "« Fond de cale » : l'écriture de la saison 1 avait commencé dans un train",
    ],
)
def test_a_date_a_memory_or_a_turn_of_phrase_makes_no_season(headline: str) -> None:
    assert renewals(headline) == []


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        (
            "Vingt ans après, « Les Filles du canal » revient sur France 3",
            "Le tournage de six nouveaux épisodes débutera en avril à Sète, avec les comédiennes d'origine.",
        ),
        (
            "Quinze ans après son arrêt, la série « Les Filles du canal » va renaître",
            "France 2 a commandé six épisodes, avec un nouveau héros.",
        ),
    ],
)
def test_a_work_that_is_taken_up_after_years_goes_on_and_is_no_new_one(headline: str, text: str) -> None:
    said = classifier().read(Document(title=headline, text=text, language="fr"))
    assert {(str(one.kind), one.title) for one in said} == {("renewal", "Les Filles du canal")}


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        (
            "Trente ans après, « Les Filles du canal » revient… en rediffusion",
            "France 3 reprogramme la série culte tous les après-midi.",
        ),
        (
            "Quinze ans après son arrêt, « Les Filles du canal » fait encore rêver",
            "La série de France 2 avait réuni six millions de fidèles. Ses comédiens se souviennent.",
        ),
    ],
)
def test_a_rerun_or_a_memory_takes_nothing_up(headline: str, text: str) -> None:
    assert renewals(headline, text) == []


def test_a_season_that_is_being_written_goes_on_in_english() -> None:
    text = "The showrunner told a panel in Lille that scripts for four episodes have been delivered."
    said = renewals("Writers already at work on season 3 of Canal+’s “Frostline”", text, "en")
    assert [(one.title, one.season) for one in said] == [("Frostline", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "The Canal+ drama is back on March 9 with eight new episodes.",
        "The Canal+ drama returns this Monday with eight new episodes.",
    ],
)
def test_a_date_in_english_is_no_renewal(text: str) -> None:
    headline = "French hit “Frostline” returns for season two next month: everything to know"
    assert renewals(headline, text, "en") == []
