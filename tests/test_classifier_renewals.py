"""Stage 4, renewals: which work, season and kind a statement is about, whatever its weight. Every sentence is ours."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.classifier.merge import merge
from monitor.classifier.score import Scored
from monitor.types import Document
from monitor.vocabulary import Kind, Status

Said = tuple[str, str | None, int | None]


def said(title: str, text: str = "", *, status: Status | None = None) -> set[Said]:
    """Every statement about a work that exists: kind, title, season."""
    statements = classifier().statements(Document(title=title, text=text, language="fr"))
    return {
        (s.kind.value, s.title, s.season)
        for s in statements
        if s.kind is not Kind.NEW_ORIGINAL and (status is None or s.status is status)
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« Roncières » s'arrête, mais « Les Passerelles » aura une saison 2.", ("Les Passerelles", 2)),
        ("France 3 a renouvelé « Roncières ». La série aura droit à une troisième saison.", ("Roncières", 3)),
        ("« Roncières » tire sa révérence. « Les Passerelles », elle, a convaincu. Elle aura une saison 2.",
         ("Les Passerelles", 2)),
        ("TF1 a demandé aux auteurs de « Roncières » de rédiger la troisième.", ("Roncières", 3)),
        ("« Roncières » a séduit ; la chaîne a dit oui à une seconde descente.", ("Roncières", 2)),
        ("TF1 a commandé les saisons 2 et 3 de « Roncières ».", ("Roncières", 3)),
        ("TF1 a commandé les deuxième et troisième saisons de « Roncières ».", ("Roncières", 3)),
        ("Roncières, le polar rural de la chaîne, aura droit à une deuxième saison.", ("Roncières", 2)),
        ("TF1 vient de renouveler Roncières Toulon pour une saison 2.", ("Roncières Toulon", 2)),
    ],
)  # fmt: skip
def test_the_work_and_the_season_a_statement_is_about(text: str, expected: tuple[str, int]) -> None:
    assert ("renewal", *expected) in said("La fiction de TF1 à la rentrée", text)


@pytest.mark.parametrize(
    "text",
    [
        "TF1 a demandé aux auteurs de « Roncières » une deuxième série française.",
        "« Roncières » revient pour la deuxième fois sur TF1, qui l'avait commandée.",
        "« Roncières » obtient la deuxième place des audiences de TF1.",
        "« Roncières » s'offre une deuxième vie sur TF1.",
        "Netflix lance un deuxième chantier français après « Roncières ».",
    ],
)
def test_an_ordinal_of_something_else_is_no_season(text: str) -> None:
    assert not {s for s in said("La fiction de TF1 à la rentrée", text) if s[2] == 2 and s[0] == "renewal"}


@pytest.mark.parametrize(
    "text",
    [
        "TF1 commande six enquêtes de plus de « Roncières ».",
        "TF1 commande six enquêtes toutes neuves de « Roncières ».",
        "TF1 offre une rallonge à « Roncières ».",
        "« Roncières » sera donc prolongée en deux temps par TF1.",
        "TF1 prépare un épisode exceptionnel de « Roncières ».",
        "Sauvée par TF1, « Roncières » reprendra la route.",
        "Annulée par M6, « Roncières » ressuscite sur TF1.",
        "« Roncières » échappe à l'annulation : TF1 a commandé d'autres épisodes.",
    ],
)
def test_more_of_a_work_without_a_number(text: str) -> None:
    assert ("renewal", "Roncières", None) in said("La fiction de TF1 à la rentrée", text)


@pytest.mark.parametrize(
    "text",
    [
        "« Roncières » n'aura pas de saison 2 sur TF1.",
        "Pas de saison 2 pour « Roncières » sur TF1.",
        "TF1 ne renouvellera pas « Roncières ».",
        "TF1 annule le renouvellement de « Roncières ».",
        "TF1 renonce à renouveler « Roncières ».",
        "« Roncières » ne sera pas prolongée par TF1.",
        "Renouvelée au printemps par TF1, « Roncières » est finalement annulée.",
        "« Roncières » rend les clés : TF1 met fin à la série.",
        "TF1 revient sur le renouvellement de « Roncières ».",
        "TF1 ne renouvelle pas « Roncières », le bien nommé.",
    ],
)
def test_an_end_never_passes_for_a_renewal(text: str) -> None:
    found = said("La fiction de TF1 à la rentrée", text)
    assert {kind for kind, _, _ in found} == {"cancellation"}
    assert "Roncières" in {title for _, title, _ in found}


@pytest.mark.parametrize(
    "text",
    [
        "TF1 dément l'arrêt de « Roncières » et confirme une saison 3.",
        "Non, « Roncières » ne s'arrête pas : TF1 a commandé une saison 3.",
        "« Roncières » n'est pas annulée : une saison 3 a été commandée par TF1.",
    ],
)
def test_an_end_that_is_denied_is_none(text: str) -> None:
    found = said("La fiction de TF1 à la rentrée", text)
    assert ("renewal", "Roncières", 3) in found
    assert not {s for s in found if s[0] == "cancellation"}


@pytest.mark.parametrize(
    "text",
    [
        "Netflix dément avoir commandé une saison 2 de « Roncières ».",
        "Netflix a démenti préparer une deuxième saison de « Roncières ».",
        "Netflix nie avoir renouvelé « Roncières » pour une saison 2.",
    ],
)
def test_a_renewal_that_is_denied(text: str) -> None:
    assert ("renewal", "Roncières", 2) in said("La fiction de Netflix", text, status=Status.DENIED)
    assert ("renewal", "Roncières", 2) not in said("La fiction de Netflix", text, status=Status.CONFIRMED)


def test_what_is_confirmed_after_a_denial_stands() -> None:
    text = "Netflix dément les rumeurs et confirme une saison 2 de « Roncières »."
    assert ("renewal", "Roncières", 2) not in said("La fiction de Netflix", text, status=Status.DENIED)


def test_a_renewal_takes_the_only_season_that_the_article_speaks_of() -> None:
    text = "TF1 a renouvelé « Roncières ». La saison 3 de « Roncières » sera tournée à Brest."
    assert said("La fiction de TF1", text) == {("renewal", "Roncières", 3)}


@pytest.mark.parametrize(
    "text",
    [
        "TF1 a renouvelé « Roncières ». La saison 3 et la saison 4 de « Roncières » seront tournées à Brest.",
        "TF1 a renouvelé « Roncières ». Pendant la saison 3 de « Roncières », elle attendait un enfant.",
    ],
)
def test_a_renewal_takes_no_season_that_may_be_another(text: str) -> None:
    assert ("renewal", "Roncières", None) in said("La fiction de TF1", text)


@pytest.mark.parametrize(
    "text",
    [
        "Lupin, dont les caméras avaient conquis Étretat, aura une saison 9 sur Netflix.",
        "L'héroïne de « Lupin » remet sa casquette en décembre. Netflix a commandé la saison 9 de la série.",
    ],
)
def test_the_work_that_a_sentence_begins_with(text: str) -> None:
    assert ("renewal", "Lupin", 9) in said("Netflix : ce qui nous attend", text)


def test_a_day_of_the_month_makes_a_shoot_no_launch() -> None:
    text = "Deux nouvelles enquêtes de « Roncières » sont en boîte d'ici au 20 mai pour TF1."
    assert said("La fiction de TF1", text) == {("renewal", "Roncières", None)}
    text = "Deux nouvelles enquêtes de « Roncières » débarquent le 20 mai sur TF1."
    assert said("La fiction de TF1", text) == {("release_date", "Roncières", None)}


def test_what_is_not_denied_stands() -> None:
    text = "Relancée sur « Roncières » par TF1, elle n'a pas démenti : un troisième acte se travaille."
    assert ("renewal", "Roncières", 3) not in said("La fiction de TF1", text, status=Status.DENIED)


def believed(title: str, text: str) -> set[tuple[str | None, int | None, Status]]:
    """What the article's renewals come to when every statement is believed."""
    statements = classifier().statements(Document(title=title, text=text, language="fr"))
    renewals = [Scored(candidate=s, confidence=0.9) for s in statements if s.kind is Kind.RENEWAL]
    heads = [head.candidate for head, _ in merge(renewals, threshold=0.5)]
    return {(c.title, c.season, c.status) for c in heads}


HEADLINE = "TF1 dément avoir commandé une saison 4 de « Roncières »"


def test_a_denial_in_front_is_not_undone_by_the_rumour_it_tells() -> None:
    text = "Un site assurait lundi que TF1 commande une saison 4 de « Roncières »."
    assert believed(HEADLINE, text) == {("Roncières", 4, Status.DENIED)}


def test_a_denied_season_leaves_the_one_before_as_it_is() -> None:
    text = "TF1 commande une saison 3 de « Roncières »."
    assert believed(HEADLINE, text) == {("Roncières", 3, Status.CONFIRMED), ("Roncières", 4, Status.DENIED)}


@pytest.mark.parametrize(
    ("text", "final"),
    [
        ("TF1 commande une quatrième et ultime saison de « Roncières ».", True),
        ("TF1 commande une saison 4 de « Roncières », et ce sera la dernière.", True),
        ("« Roncières » fera ses adieux à l'issue d'une quatrième saison, que TF1 vient de commander.", True),
        ("La dernière fois, TF1 hésitait. TF1 commande une saison 4 de « Roncières ».", False),
    ],
)
def test_the_last_season(text: str, final: bool) -> None:
    found = classifier().statements(Document(title="La fiction de TF1", text=text, language="fr"))
    assert {s.final for s in found if s.kind is Kind.RENEWAL and s.season == 4} == {final}


def test_the_second_part_of_a_film_has_no_season() -> None:
    text = "Netflix prépare un deuxième volet du film « Roncières »."
    assert ("renewal", "Roncières", None) in said("Le cinéma de Netflix", text)
    assert ("renewal", "Roncières", 2) in said(
        "Les séries", "Netflix prépare un deuxième volet de la série « Roncières »."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Mercredi, TF1 a commandé une saison 2 de la série.",
        "Marseille, le 3 mai : TF1 a commandé une saison 2 de la série.",
    ],
)
def test_a_day_or_a_town_in_front_is_no_work(text: str) -> None:
    assert ("renewal", "Roncières", 2) in said("« Roncières » séduit TF1", text)


@pytest.mark.parametrize(
    "text",
    [
        "Le scénariste de « Roncières » signe pour trois ans avec TF1.",
        "Trois acteurs de Plus belle la vie rejoignent « Roncières » sur TF1.",
        "TF1 a un nouveau téléfilm avec les acteurs de « Roncières ».",
    ],
)
def test_what_only_looks_like_more_of_a_work(text: str) -> None:
    assert not {s for s in said("La fiction de TF1", text) if s[0] == "renewal"}


@pytest.mark.parametrize(
    "text",
    [
        "TF1 signe pour une saison 2 de « Roncières ».",
        "TF1 signe pour trois épisodes de « Roncières ».",
        "« Roncières » fera son retour à l'antenne avec vingt nouveaux épisodes sur TF1.",
        "TF1 prépare un nouvel épisode de « Roncières ».",
    ],
)
def test_what_looks_like_something_else_and_is_more_of_a_work(text: str) -> None:
    assert {(kind, title) for kind, title, _ in said("La fiction de TF1", text)} == {("renewal", "Roncières")}


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("TF1 commande une saison 2 de « Roncières ».", "season indefinite"),
        ("TF1 lance la saison 2 de « Roncières ».", "season definite"),
    ],
)
def test_how_a_season_is_spoken_of_is_a_sign(text: str, how: str) -> None:
    found = classifier().statements(Document(title="La fiction de TF1", text=text, language="fr"))
    assert all(how in s.features for s in found if s.season == 2)
    assert [s for s in found if s.season == 2]


def test_what_goes_on_after_its_end_goes_on() -> None:
    assert ("renewal", "Roncières", None) in said(
        "La fiction", "« Roncières » est annulée au printemps puis ressuscite."
    )


def test_a_day_alone_dates_no_season() -> None:
    text = "Le 20 mai la saison 2 de « Roncières » était sur toutes les lèvres."
    assert ("renewal", "Roncières", 2) in said("La fiction de TF1", text)


def test_a_known_name_that_is_also_a_word_in_front_of_its_season() -> None:
    text = "Bandi, dont les caméras avaient conquis l'île, n'en reste pas là : la saison 9 s'écrit pour Netflix."
    assert ("renewal", "Bandi", 9) in said("Netflix : ce qui nous attend", text)


@pytest.mark.parametrize(
    ("title", "marked"),
    [
        ("Les Passerelles : la saison 3 débarque ce soir sur TF1", True),
        ("Les Passerelles : la saison 2 débarque ce soir sur TF1", False),
        ("Les Passerelles : TF1 commande la saison 3", False),
    ],
)
def test_what_is_said_of_a_season_that_the_headline_dates_is_no_news_of_it(title: str, marked: bool) -> None:
    text = "Devant le succès de « Les Passerelles », la chaîne avait rempilé pour une saison 3."
    statements = classifier().statements(Document(title=title, text=text, language="fr"))
    further = [s for s in statements if s.kind is Kind.RENEWAL and s.season == 3 and s.reading.sentence.zone == "lead"]
    assert further
    assert all(("headline dates it" in s.features) is marked for s in further)
