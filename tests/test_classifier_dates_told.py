"""Days on which works come out, said in other words; ends that are denied; last seasons. All sentences are ours."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Announcement, Document
from monitor.vocabulary import ALERTED_KINDS, Kind


def read(headline: str, text: str = "", language: str = "fr") -> tuple[Announcement, ...]:
    return classifier().read(Document(title=headline, text=text, language=language))


def seasons(headline: str, text: str = "", language: str = "fr") -> list[tuple[int | None, bool]]:
    return [(one.season, one.final) for one in read(headline, text, language) if one.kind is Kind.RENEWAL]


@pytest.mark.parametrize(
    "headline",
    [
        "« Les Gabares » : France 2 officialise une saison 8, la dernière",
        "France 2 commande une saison 8, la dernière, des « Gabares »",
        "« Les Gabares » : une saison 8 commandée, la dernière de la série",
        "« Les Gabares » reviendra pour une saison 8 finale",
        "« Les Gabares » : TF1 commande une partie 8, la dernière",
    ],
)
def test_a_season_that_is_called_the_last_is_final(headline: str) -> None:
    assert seasons(headline, "La chaîne a commandé une saison 8 de la série française « Les Gabares ».") == [(8, True)]


def test_a_season_is_final_in_english_too() -> None:
    assert seasons("Netflix Renews French Drama ‘The Barge’ for Season 8, Its Last", "", "en") == [(8, True)]


@pytest.mark.parametrize(
    "headline",
    [
        "« Les Gabares » renouvelée pour une saison 8, la dernière en date",
        "« Les Gabares » renouvelée pour une saison 8, la dernière saison a réuni 3 millions de téléspectateurs",
        "« Les Gabares » renouvelée pour une saison 8, la dernière fiction de la chaîne",
        "« Les Gabares » renouvelée pour une saison 8 après le succès de la dernière",
    ],
)
def test_the_last_one_so_far_is_not_final(headline: str) -> None:
    assert seasons(headline, "TF1 a commandé une saison 8 de la série française « Les Gabares ».") == [(8, False)]


def test_an_end_that_is_denied_on_a_tuesday_is_no_date() -> None:
    text = "Canal+ a démenti ce mardi l'arrêt de la série « Les Gabares »."
    assert not read("Canal+ dément l'arrêt des « Gabares »", text)


@pytest.mark.parametrize(
    ("headline", "text", "language"),
    [
        ("‘The Barge’ Part 4 to Launch Jan. 14 on Netflix", "“The Barge” Part 4 launches Jan. 14 on Netflix.", "en"),
        ("‘The Barge’ Part 4 Gets 14 January Release", "Netflix will release “The Barge” part 4 then.", "en"),
        ("Les Gabares saison 4 : TF1 annonce la date de diffusion", "La saison 4 arrivera le 14 janvier.", "fr"),
        ("Disney+ sets 11 November for season 4 of ‘The Gabares’", "Season 4 of the French series is set.", "en"),
    ],
)
def test_a_season_that_has_its_date_is_not_renewed(headline: str, text: str, language: str) -> None:
    found = read(headline, text, language)
    assert [(one.kind, one.season) for one in found] == [(Kind.RELEASE_DATE, 4)]


def test_a_season_that_is_ordered_with_its_date_is_renewed() -> None:
    text = "Netflix has ordered a fourth part of French drama “The Barge”."
    assert seasons("Netflix Renews ‘The Barge’ for Part 4, to Launch Jan. 14", text, "en") == [(4, False)]


@pytest.mark.parametrize(
    ("headline", "text", "language"),
    [
        ("TF1 lancera « Les Gabares » le 2 novembre", "La série sera lancée ce jour-là.", "fr"),
        ("Netflix will launch “The Barge” on 15 December", "The French series will launch on 15 December.", "en"),
    ],
)
def test_what_a_channel_will_launch_on_a_day_has_its_date(headline: str, text: str, language: str) -> None:
    assert [one.kind for one in read(headline, text, language)] == [Kind.RELEASE_DATE]


@pytest.mark.parametrize(
    ("headline", "text", "language"),
    [
        ("TF1 lancera le tournage des « Gabares » le 2 novembre", "TF1 a commandé la série « Les Gabares ».", "fr"),
        ("TF1 lancera la production de « Gabares » le 2 novembre", "TF1 a commandé la série « Gabares ».", "fr"),
        ("Netflix will launch production on “Barge” on 15 December", "It has ordered French series “Barge”.", "en"),
    ],
)
def test_what_begins_to_be_made_on_a_day_has_no_date(headline: str, text: str, language: str) -> None:
    found = read(headline, text, language)
    assert {one.kind for one in found} == {Kind.NEW_ORIGINAL}


@pytest.mark.parametrize(
    ("headline", "text", "language"),
    [
        (
            "« Ovale » : deux saisons de plus",
            "TF1 a commandé deux saisons supplémentaires d'« Ovale », la série française, jusqu'à la saison 5.",
            "fr",
        ),
        (
            "TF1 Renews ‘Ovale’ for Two More Seasons, Through Season 5",
            "TF1 has renewed French drama “Ovale” for two more seasons, through season 5.",
            "en",
        ),
    ],
)
def test_of_several_seasons_the_last_may_be_told(headline: str, text: str, language: str) -> None:
    assert sorted(seasons(headline, text, language)) == [(4, False), (5, False)]


@pytest.mark.parametrize(
    ("headline", "text", "language"),
    [
        (
            "TF1 Orders French Remake of ‘Broadchurch’",
            "TF1 has ordered “Falaises,” a French remake of British drama “Broadchurch.”",
            "en",
        ),
        (
            "France 2 prépare une adaptation de « Happy Valley »",
            "France 2 a commandé « Falaises », une adaptation de la série britannique « Happy Valley ».",
            "fr",
        ),
    ],
)
def test_what_is_remade_is_no_new_work_of_any_sentence(headline: str, text: str, language: str) -> None:
    found = read(headline, text, language)
    assert [one.title for one in found if one.kind in ALERTED_KINDS] == ["Falaises"]


def test_a_work_that_bears_the_name_of_its_book_is_told() -> None:
    text = "M6 a commandé « La Gabare », une adaptation du roman « La Gabare » de Zoé Blin."
    assert {one.title for one in read("M6 prépare « La Gabare », une série", text)} == {"La Gabare"}


@pytest.mark.parametrize(
    ("headline", "lead", "dated"),
    [
        (
            "TF1 dévoile la date de « La Vallée empruntée »",
            "TF1 lancera la série française « La Vallée empruntée » le 8 mai.",
            True,
        ),
        (
            "TF1 présente « La Vallée empruntée »",
            "TF1 a vu naître la série française « La Vallée empruntée » le 8 mai.",
            False,
        ),
    ],
)
def test_after_a_headline_with_a_date_the_day_alone_is_enough(headline: str, lead: str, *, dated: bool) -> None:
    kinds = {one.kind for one in read(headline, lead)}
    assert (Kind.RELEASE_DATE in kinds) is dated


@pytest.mark.parametrize(
    ("headline", "lead"),
    [
        (
            "Le grand renouvellement des séries de Canal+",
            "« Les Gabares », plongée dans les ports, est prévue au printemps.",
        ),
        ("France 2 : le renouvellement de la grille", "« Les Gabares » est prévue au printemps sur la chaîne."),
    ],
)
def test_new_blood_in_a_schedule_renews_no_work(headline: str, lead: str) -> None:
    assert [one for one in read(headline, lead) if one.kind is Kind.RENEWAL] == []


@pytest.mark.parametrize(
    ("headline", "lead", "language"),
    [
        ("Canal+ annonce le renouvellement de deux séries", "« Les Gabares » reviendra pour une saison 3.", "fr"),
        ("TF1 renouvelle deux séries françaises", "« Les Gabares » reviendra pour une saison 3.", "fr"),
        ("Netflix renews two French series", "“Les Gabares” will return for season 3.", "en"),
        ("Canal+ announces renewal of two French series", "“Les Gabares” will return for season 3.", "en"),
    ],
)
def test_series_that_go_on_are_no_new_ones(headline: str, lead: str, language: str) -> None:
    said = read(headline, lead, language)
    assert [(one.kind, one.title, one.season) for one in said] == [(Kind.RENEWAL, "Les Gabares", 3)]
