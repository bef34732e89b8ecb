"""Two works in one sentence, of which one goes on and the other ends: each keeps what is said of it. All ours."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Document


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("« Terre brûlée » renouvelée pour une saison 2, « Le Chalet rouge » annulée", "fr"),
        ("« Le Chalet rouge » annulée, « Terre brûlée » renouvelée pour une saison 2", "fr"),
        ("« Terre brûlée » aura une saison 2, « Le Chalet rouge » est annulée", "fr"),
        ("TF1 renouvelle « Terre brûlée » pour une saison 2 et annule « Le Chalet rouge »", "fr"),
        ("TF1 annule « Le Chalet rouge » et commande une saison 2 de « Terre brûlée »", "fr"),
        ("Canal+ renews “Terre brûlée” for season 2 and cancels “Le Chalet rouge”", "en"),
        ("Netflix renews “Terre brûlée” for season 2, cancels “Le Chalet rouge”", "en"),
        ("“Terre brûlée” renewed for season 2 at Canal+, “Le Chalet rouge” canceled", "en"),
    ],
)
def test_what_goes_on_and_what_ends_keep_what_is_said_of_them(headline: str, language: str) -> None:
    text = {
        "fr": "France 2 a tranché, et poursuit la première série.",
        "en": "The streamer spoke of two French dramas.",
    }
    said = classifier().read(Document(title=headline, text=text[language], language=language))
    assert {(str(one.kind), one.title, one.season) for one in said} == {
        ("renewal", "Terre brûlée", 2),
        ("cancellation", "Le Chalet rouge", None),
    }


@pytest.mark.parametrize(
    ("headline", "goes_on", "ends"),
    [
        (
            "Netflix annule « Les Marais » mais renouvelle « Carré blanc » pour une saison 3",
            "Carré blanc",
            "Les Marais",
        ),
        ("Canal+ has ordered a season 3 of “Carré blanc” but has axed “Les Marais”", "Carré blanc", "Les Marais"),
        ("France 2 prolonge « Carré blanc », « Les Marais » s'arrête", "Carré blanc", "Les Marais"),
        ("France 2 : « Les Marais » s'arrête, mais « Carré blanc » aura une saison 3", "Carré blanc", "Les Marais"),
    ],
)
def test_a_turn_with_a_verb_and_a_work_of_its_own_is_not_about_the_work_before(
    headline: str, goes_on: str, ends: str
) -> None:
    text = (
        "France 2 et Canal+ tournent ces deux séries françaises."
        if "axed" not in headline
        else "Both are French dramas."
    )
    said = classifier().read(Document(title=headline, text=text, language="en" if "axed" in headline else "fr"))
    assert {(str(one.kind), one.title) for one in said} == {("renewal", goes_on), ("cancellation", ends)}


def test_works_of_one_list_share_what_is_said_of_them() -> None:
    text = "« Cap Sauvage », « Le Serment d'Alix » et « Carré blanc » s'arrêtent, a indiqué TF1 à propos de ses séries."
    said = classifier().read(Document(title="« Cap Sauvage », « Carré blanc » s'arrêtent", text=text, language="fr"))
    assert {str(one.kind) for one in said} == {"cancellation"}
    assert {one.title for one in said} >= {"Cap Sauvage", "Carré blanc"}


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("M6 : « Piste noire » aura une suite, pas « Les Bonnes Manières »", "fr"),
        ("France 2 commande une saison 2 de « Piste noire », pas de « Les Bonnes Manières »", "fr"),
        ("TF1 renews “Piste noire” for season 2, not “Les Bonnes Manières”", "en"),
    ],
)
def test_a_work_that_is_left_out_does_not_go_on(headline: str, language: str) -> None:
    said = classifier().read(Document(title=headline, text="", language=language))
    assert [one.title for one in said if str(one.kind) == "renewal"] == ["Piste noire"]


def test_what_a_headline_only_counts_belongs_to_no_work_of_the_text() -> None:
    headline = "Deux renouvellements et une annulation à M6"
    text = (
        "La chaîne commandera une saison 2 de « Piste noire » et une saison 4 de « Carré blanc », deux séries maison."
    )
    said = classifier().read(Document(title=headline, text=text, language="fr"))
    assert {(str(one.kind), one.title, one.season) for one in said} == {
        ("renewal", "Piste noire", 2),
        ("renewal", "Carré blanc", 4),
    }


def test_works_named_after_the_headline_renews_them_go_on_and_a_broadcast_renews_none() -> None:
    text = "« Cap Sauvage », « Le Serment d'Alix » et « Carré blanc » reviendront l'an prochain, a annoncé le groupe."
    said = classifier().read(Document(title="TF1 renouvelle trois de ses séries", text=text, language="fr"))
    assert {(str(one.kind), one.title) for one in said} == {
        ("renewal", "Cap Sauvage"),
        ("renewal", "Le Serment d'Alix"),
        ("renewal", "Carré blanc"),
    }
    said = classifier().read(Document(title="TF1 change de cap à la rentrée", text=text, language="fr"))
    assert "renewal" not in {str(one.kind) for one in said}


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("« Ultime Recours » rempile pour une saison 5, « Les Cousins » pour une saison 2", "fr"),
        ("M6 : « Ultime Recours » reconduite pour une saison 5 et « Les Cousins » pour une deuxième saison", "fr"),
        ("TF1 renews “Ultime Recours” for season 5, “Les Cousins” for season 2", "en"),
    ],
)
def test_a_work_without_a_verb_of_its_own_has_its_own_season(sentence: str, language: str) -> None:
    text = "La chaîne M6 garde ces séries." if language == "fr" else "Both are French dramas."
    said = classifier().read(Document(title=sentence, text=text, language=language))
    assert {(one.title, one.season) for one in said} == {("Ultime Recours", 5), ("Les Cousins", 2)}


def test_a_list_whose_commas_stand_inside_the_quotes_is_one() -> None:
    text = "“Harbour Law,” “The Silent Vine” and “Doctor Blum” will all be back next year, the pubcaster said."
    said = classifier().read(Document(title="France Télévisions renews three dramas", text=text, language="en"))
    assert {(str(one.kind), one.title) for one in said} == {
        ("renewal", "Harbour Law"),
        ("renewal", "The Silent Vine"),
        ("renewal", "Doctor Blum"),
    }
