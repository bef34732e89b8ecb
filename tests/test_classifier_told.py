"""What an article tells besides: who denies it, who plays in it, who makes it, when it is shown. All ours."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Announcement, Document
from monitor.vocabulary import Kind, Status


def weighed(headline: str, text: str = "", language: str = "fr", summary: str = "") -> tuple[Announcement, ...]:
    return classifier().weigh(Document(title=headline, text=text, summary=summary, language=language))


@pytest.mark.parametrize(
    ("headline", "language", "kind"),
    [
        ("TF1 dément une saison 2 de « Roncières »", "fr", Kind.RENEWAL),
        ("TF1 dément avoir commandé une saison 2 de « Roncières »", "fr", Kind.RENEWAL),
        ("Netflix denies ordering a second season of French drama ‘Roncières’", "en", Kind.RENEWAL),
        ("Netflix denies ordering French drama ‘Roncières’", "en", Kind.NEW_ORIGINAL),
        ("TF1 dément avoir commandé « Roncières », une série française de Zoé Blin", "fr", Kind.NEW_ORIGINAL),
        ("TF1 dément : « Roncières », une série écrite par Zoé Blin, n'a pas été commandée", "fr", Kind.NEW_ORIGINAL),
    ],
)
def test_a_denial_is_of_what_it_denies_and_no_end(headline: str, language: str, kind: Kind) -> None:
    said = weighed(headline, language=language)
    assert {(one.kind, one.status) for one in said if one.confidence >= 0.5} == {(kind, Status.DENIED)}


def test_what_a_title_is_does_not_end_its_denial() -> None:
    said = weighed(
        "Non, TF1 n'a pas commandé « Roncières »",
        "TF1 dément avoir commandé « Roncières », une série française écrite par Zoé Blin.",
    )
    assert {(one.kind, one.status) for one in said if one.confidence >= 0.5} == {(Kind.NEW_ORIGINAL, Status.DENIED)}


@pytest.mark.parametrize(
    "headline",
    [
        "TF1 dément la fin de « Roncières » et confirme une saison 3",
        "TF1 dément les rumeurs, mais prépare une nouvelle série policière",
        "TF1 dément les rumeurs : « Roncières », une série écrite par Zoé Blin, est commandée",
    ],
)
def test_what_follows_a_denial_of_something_else_is_not_denied(headline: str) -> None:
    (said, *_) = weighed(headline)
    assert said.status is not Status.DENIED


@pytest.mark.parametrize(
    ("text", "language", "people"),
    [
        ("Canal+ commande une série d'espionnage avec Jeanne Carlier et Omar Berthet.", "fr", {"Jeanne Carlier"}),
        ("TF1 commande une nouvelle série policière portée par Jeanne Carlier.", "fr", {"Jeanne Carlier"}),
        ("Canal+ has ordered a French spy series starring Jeanne Carlier and Paul Rivet.", "en", {"Paul Rivet"}),
        ("Canal+ développe une série avec Katell Roudaut, un drame en six épisodes.", "fr", {"Katell Roudaut"}),
        ("Katell Roudaut sera à l'affiche d'une série que développe Canal+.", "fr", {"Katell Roudaut"}),
        ("Canal+ développe une série dont Katell Roudaut tiendra le rôle principal.", "fr", {"Katell Roudaut"}),
        ("Katell Roudaut will star in a French series in development at Canal+.", "en", {"Katell Roudaut"}),
        ("TF1 prépare un thriller en six épisodes avec Servanig Roudaut.", "fr", {"Servanig Roudaut"}),
        ("Canal+ développe une série avec Katell Productions, un drame en six épisodes.", "fr", set()),
        ("Canal+ commande une série d'espionnage avec Arte.", "fr", set()),
        ("Canal+ commande une série d'espionnage avec Les Films du Port.", "fr", set()),
        ("Canal+ commande « Nuit polaire », une série avec Jeanne Carlier.", "fr", set()),
    ],
)
def test_who_plays_in_it_names_a_work_without_title(text: str, language: str, people: set[str]) -> None:
    found = [one for one in weighed(text, language=language) if one.confidence >= 0.5]
    assert {name for one in found for name in one.people} >= people
    assert people or not any(one.people for one in found)
    assert not people & {one.title for one in found}


def test_an_everyday_name_is_a_company_where_it_produces() -> None:
    text = "La série est produite par Gaumont et Quad Drama."
    (said, *_) = weighed("TF1 commande « Les Marais », une série produite par Gaumont", text)
    assert (said.title, said.producers) == ("Les Marais", ("Gaumont", "Quad Drama"))
    (said, *_) = weighed("TF1 commande « Les Marais », une série tournée au Gaumont d'Amiens")
    assert said.producers == ()


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("« Les Marais » sera diffusée le 12 mars 2026 sur TF1", "fr"),
        ("« Les Marais » arrive le 3 avril sur TF1", "fr"),
        ("French drama ‘Les Marais’ premieres March 12 on TF1", "en"),
    ],
)
def test_the_day_of_a_premiere_is_a_date_and_no_order(headline: str, language: str) -> None:
    found = [one for one in weighed(headline, language=language) if one.confidence >= 0.5]
    assert [(one.kind, one.title, one.platforms) for one in found] == [(Kind.RELEASE_DATE, "Les Marais", ("TF1",))]


@pytest.mark.parametrize(
    "headline",
    ["Le concert de Mireille aura lieu le 12 mars", "« Les Marais » sera diffusée prochainement"],
)
def test_without_a_day_or_a_work_there_is_no_date(headline: str) -> None:
    assert not [one for one in weighed(headline) if one.kind is Kind.RELEASE_DATE]


@pytest.mark.parametrize("sign", ["[…]", "[...]", "…", "..."])
def test_what_a_feed_cut_short_is_quoted_whole(sign: str) -> None:
    whole = "TF1 a commandé une saison 2 de « La Passe », dont le héros reviendra à Brest."
    summary = whole[: whole.index("endra")] + sign
    (said, *_) = weighed("« La Passe » : bonne nouvelle", f"{whole} Il y tournera en mai.", summary=summary)
    assert said.evidence.sentence == whole
    (said, *_) = weighed("« La Passe » : bonne nouvelle", "Il y tournera en mai.", summary=summary)
    assert said.evidence.sentence == summary


def test_a_channel_between_quotes_is_no_title() -> None:
    (said, *_) = weighed("«La Passe», la série de « TF1 », aura une saison 2")
    assert (said.title, said.platforms) == ("La Passe", ("TF1",))


def test_a_quoted_title_with_and_is_one_work() -> None:
    found = weighed("“VERTIGES ET ORPHELINES” canceled at Arte", language="en")
    assert {one.title for one in found} == {"VERTIGES ET ORPHELINES"}


def test_no_is_no_title() -> None:
    text = "TF1 has denied that the French series “Matin gris” was renewed for season 3."
    found = weighed("No season 3 for “Matin gris”, TF1 says", text, language="en")
    assert {one.title for one in found} == {"Matin gris"}


@pytest.mark.parametrize(
    ("lead", "status"),
    [
        ("Canal+ développe « Les Vigies », une série d'espionnage de Paul Rivet.", Status.IN_DEVELOPMENT),
        ("Canal+ a commandé « Les Vigies », une série d'espionnage de Paul Rivet.", Status.CONFIRMED),
    ],
)
def test_a_star_confirms_no_project_that_is_still_in_development(lead: str, status: Status) -> None:
    (said, *_) = weighed("Jeanne Carlier au casting de « Les Vigies », une nouvelle série de Canal+", lead)
    assert (said.title, said.status) == ("Les Vigies", status)


def test_to_star_in_a_series_orders_none() -> None:
    lead = "Katell Roudaut will star in a French series in development at Netflix, a comedy set in Lille."
    (said, *_) = weighed("Katell Roudaut to star in Netflix series", lead, "en")
    assert (said.kind, said.status) == (Kind.NEW_ORIGINAL, Status.IN_DEVELOPMENT)


def test_of_two_sentences_in_front_the_one_with_the_day_is_quoted() -> None:
    lead = "La saison 3 de « Roncières » sera diffusée à partir du 12 mars sur TF1."
    said = weighed("« Roncières » : TF1 avance la saison 3", lead)
    (date,) = (one for one in said if one.kind is Kind.RELEASE_DATE)
    assert date.evidence.sentence == lead
