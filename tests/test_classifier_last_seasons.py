"""Last seasons, several seasons at once, ends that are none, dates that move. All sentences are ours."""

from __future__ import annotations

from functools import cache

import pytest

from monitor.classifier import Classifier
from monitor.data import folder
from monitor.types import Announcement, Document
from monitor.vocabulary import Kind, Status

ALERTED = (Kind.RENEWAL, Kind.NEW_ORIGINAL)


@cache
def classifier() -> Classifier:
    return Classifier.load(folder("config"))


def read(headline: str, text: str = "", language: str = "fr") -> tuple[Announcement, ...]:
    return classifier().read(Document(title=headline, text=text, language=language))


def seasons(kind: Kind, headline: str, text: str = "", language: str = "fr") -> list[tuple[int | None, bool]]:
    return [(one.season, one.final) for one in read(headline, text, language) if one.kind is kind]


@pytest.mark.parametrize(
    ("headline", "text", "language"),
    [
        (
            "« Les Gabares » : la saison 3 sera la dernière",
            "TF1 a confirmé que la troisième saison, attendue à l'automne, refermerait l'histoire.",
            "fr",
        ),
        (
            "TF1 arrête « Les Gabares » : la saison 3, déjà tournée, sera la dernière",
            "La chaîne n'ira pas plus loin. Les six épisodes seront diffusés en janvier.",
            "fr",
        ),
        (
            "‘The Barge’ to End With Season 3 at Canal+",
            "The French drama's final eight episodes begin filming in Lille in March.",
            "en",
        ),
    ],
)
def test_a_last_season_is_one_fact_a_renewal_that_is_final(headline: str, text: str, language: str) -> None:
    assert seasons(Kind.RENEWAL, headline, text, language) == [(3, True)]
    assert not seasons(Kind.CANCELLATION, headline, text, language)


def test_what_ends_without_a_season_to_come_is_an_end() -> None:
    text = "La chaîne met un terme à sa série après deux saisons."
    assert seasons(Kind.CANCELLATION, "M6 arrête « Les Gabares »", text)
    assert not seasons(Kind.RENEWAL, "M6 arrête « Les Gabares »", text)


@pytest.mark.parametrize(
    ("headline", "text", "language"),
    [
        (
            "« Les Gabares » : France 3 signe pour deux saisons de plus",
            "La série policière, dont la saison 2 s'achève samedi, a convaincu la chaîne.",
            "fr",
        ),
        (
            "Netflix Renews French Drama ‘The Barge’ for Two More Seasons",
            "Netflix has picked up “The Barge,” whose second season launched on the streamer last month.",
            "en",
        ),
    ],
)
def test_two_seasons_more_are_those_after_the_present_one(headline: str, text: str, language: str) -> None:
    assert sorted(seasons(Kind.RENEWAL, headline, text, language)) == [(3, False), (4, False)]


def test_two_seasons_more_of_an_unknown_one_have_no_number() -> None:
    assert seasons(Kind.RENEWAL, "« Les Gabares » : France 3 signe pour deux saisons de plus") == [(None, False)]


@pytest.mark.parametrize(
    ("headline", "text", "language"),
    [
        ("« Les Gabares » : la saison 2 repoussée au 3 avril", "M6 a modifié sa grille.", "fr"),
        ("M6 change sa grille", "M6 repousse la saison 2 de la série « Les Gabares » du 2 mars au 3 avril.", "fr"),
        ("La saison 2 des « Gabares » décalée à l'automne", "En cause, un calendrier sportif chargé sur M6.", "fr"),
        (
            "TF1 avance « Les Gabares » au 12 janvier",
            "Prévue en février, la saison 2 des « Gabares » est avancée au jeudi 12 janvier.",
            "fr",
        ),
        ("« Les Gabares » saison 2 : la date de retour enfin connue sur TF1", "Rendez-vous le 5 mars à 21 h 10.", "fr"),
        ("Les Gabares : la saison 2 débarque plus tôt que prévu", "TF1 la lance dès le lundi 2 février.", "fr"),
        ("‘The Barge’ Season 2 Pushed to April 3 on Netflix", "The French drama has been delayed.", "en"),
        ("Canal+ Moves Up ‘The Barge’ Season 2 to January 12", "The group gave no reason for the change.", "en"),
    ],
)
def test_a_date_that_moves_or_is_told_is_a_date(headline: str, text: str, language: str) -> None:
    found = read(headline, text, language)
    assert [one.season for one in found if one.kind is Kind.RELEASE_DATE] == [2]
    assert not any(one.kind in ALERTED for one in found)


def test_a_shoot_that_is_put_off_is_no_date() -> None:
    text = "La série de France 2 reviendra : la saison 2 est commandée, et son tournage repoussé au 3 avril."
    assert seasons(Kind.RENEWAL, "« Les Gabares » aura une saison 2", text) == [(2, False)]


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        (
            "On la disait enterrée : « Les Gabares » repart sur France 3",
            "La chaîne a signé hier avec le producteur pour une saison 2, tournée dans le Jura au mois de juin.",
        ),
        (
            "« Les Gabares » s'arrête à Lyon… pour mieux repartir",
            "La série quitte ses studios. France 3 a commandé une saison 2, tournée à Sète au mois de juin.",
        ),
    ],
)
def test_a_headline_that_only_seems_to_end_a_work_is_turned_by_its_text(headline: str, text: str) -> None:
    assert seasons(Kind.RENEWAL, headline, text) == [(2, False)]
    assert not seasons(Kind.CANCELLATION, headline, text)


def test_a_promise_that_is_taken_back_renews_nothing() -> None:
    found = read("TF1 revient sur le renouvellement de « Les Gabares »", "La saison 3 de la série ne se fera pas.")
    assert not any(one.kind in ALERTED for one in found)


def test_a_shoot_that_is_interrupted_promises_nothing_new() -> None:
    headline = "Le tournage de la série « Les Gabares » interrompu à Toulon"
    text = (
        "Le tournage des nouveaux épisodes des « Gabares », la série de TF1, est suspendu depuis mercredi après la "
        "découverte de quatre cas de Covid-19 dans l'équipe."
    )
    assert not any(one.kind in ALERTED for one in read(headline, text))


def test_what_a_platform_only_thinks_of_is_in_development() -> None:
    found = read("Disney+ réfléchit à une suite pour « Chambre 12 »", "La série française a séduit. Rien ne presse.")
    assert [one.status for one in found if one.kind is Kind.RENEWAL] == [Status.IN_DEVELOPMENT]


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Théâtre municipal : une saison 2 sous le signe du rire", "La série de comédies commence en mars."),
        ("Le Festival de la série de Laval reconduit pour une troisième édition", "Il reviendra du 3 au 6 juin."),
    ],
)
def test_a_stage_or_festival_that_goes_on_is_no_series(headline: str, text: str) -> None:
    assert not any(one.kind in ALERTED for one in read(headline, text))


def test_a_first_episode_is_no_further_one() -> None:
    text = "La série est développée par Lise Carel. Les textes d'un premier épisode sont attendus, a dit la chaîne."
    assert not seasons(Kind.RENEWAL, "TF1 développe « La Vigie »", text)


def test_somebody_with_a_rank_is_no_title() -> None:
    text = "La saison 3 arrive jeudi. La capitaine Le Goff reprendra du service dans six nouveaux épisodes."
    assert "Le Goff" not in {one.title for one in read("« Les Gabares » de retour sur TF1", text)}


def test_coming_episodes_that_are_only_spoken_of_are_no_news() -> None:
    headline = "Lise Carel : « Des guests vont arriver dans Demain nous appartient »"
    text = "La comédienne de TF1 promet des surprises. On verra un chanteur dans les prochains épisodes du feuilleton."
    assert not any(one.kind in ALERTED for one in read(headline, text))
