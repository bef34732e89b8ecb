"""Stage 4 and 5: what is bound to what, and what is believed. Every sentence is ours."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from shipped import classifier

from monitor.types import Announcement, Document
from monitor.vocabulary import ALERTED_KINDS, Kind, Origin, Prominence, Status


def read(title: str, text: str = "", *, published: datetime | None = None) -> tuple[Announcement, ...]:
    return classifier().read(Document(title=title, text=text, published=published))


def facts(title: str, text: str = "") -> set[tuple[str, str | None, int | None]]:
    """What would be alerted: new originals and renewals of French works, not denied."""
    return {
        (a.kind.value, a.title, a.season)
        for a in read(title, text)
        if a.kind in ALERTED_KINDS and a.origin is not Origin.FOREIGN and a.status is not Status.DENIED
    }


@pytest.mark.parametrize(
    ("headline", "title", "season"),
    [
        ("« Bellerive » : TF1 commande une saison 3 de la série", "Bellerive", 3),
        ("France 2 renouvelle Bellerive pour une quatrième saison", "Bellerive", 4),
        ("Bellerive aura bien une saison 2 sur Arte", "Bellerive", 2),
        ("OCS : la série Bellerive aura droit à une saison 2", "Bellerive", 2),
        ("La série française Bellerive s'offre une saison 2 sur Netflix", "Bellerive", 2),
        ("« Bellerive » reconduite pour une deuxième saison par Canal+", "Bellerive", 2),
        ("Bellerive : la saison 5 de la série de M6 est en tournage", "Bellerive", 5),
        ("TF1 confirme une suite pour sa série « Bellerive »", "Bellerive", None),
        ("BELLERIVE RENOUVELEE POUR UNE SAISON 2 SUR FRANCE 3", "BELLERIVE", 2),
        ("France 2 Renews ‘Bellerive’ for Season Two", "Bellerive", 2),
        ("French drama 'Bellerive' gets second season at Canal+", "Bellerive", 2),
        ("Bellerive renewed for season 3 at TF1", "Bellerive", 3),
    ],
)
def test_renewals(headline: str, title: str, season: int | None) -> None:
    assert facts(headline) == {("renewal", title, season)}


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("Arte commande « Bellerive », une série française sur les mines", "Bellerive"),
        ("France 2 annonce une nouvelle série policière, « Bellerive »", "Bellerive"),
        ("Netflix va produire une nouvelle série française, « Bellerive »", "Bellerive"),
        ("« Bellerive », la prochaine série de TF1, est en tournage à Sète", "Bellerive"),
        ("M6 donne son feu vert à « Bellerive », nouvelle comédie familiale", "Bellerive"),
        ("Le roman « Bellerive » bientôt adapté en série par France 3", "Bellerive"),
        ("Canal+ prépare une nouvelle création originale sur les dockers", None),
        ("Canal+ Orders French Thriller 'Bellerive'", "Bellerive"),
        ("TF1 greenlights new drama 'Bellerive'", "Bellerive"),
        ("Netflix starts filming new French series 'Bellerive'", "Bellerive"),
    ],
)
def test_new_originals(headline: str, title: str | None) -> None:
    assert facts(headline) == {("new_original", title, None)}


@pytest.mark.parametrize(
    "headline",
    [
        # 5: endings and refusals
        "France 2 annule « Bellerive » après une saison",
        "« Bellerive » n'aura pas de saison 3 sur TF1",
        "Pas de saison 2 pour « Bellerive », tranche Canal+",
        "OCS ne renouvellera pas « Bellerive »",
        "TF1 axes 'Bellerive' after one season",
        # 4: questions, wishes, nothing decided
        "« Bellerive » : y aura-t-il une saison 2 sur TF1 ?",
        "« Bellerive » : une saison 3 à venir ? L'acteur principal en rêve",
        "« Bellerive » : rien n'est signé pour une saison 2, prévient France 3",
        "Will there be a second season of French series 'Bellerive'?",
        "TF1 commande une saison 2 de « Bellerive » ?",
        "« Bellerive » : une saison 2 en préparation sur TF1 ?",
        # 6: releases, trailers, reviews, audiences
        "« Bellerive » saison 2 débarque ce soir sur TF1",
        "« Bellerive » : Arte dévoile la bande-annonce et la date de diffusion de la série",
        "Critique : que vaut « Bellerive », la nouvelle série de France 2 ?",
        "Audiences : TF1 leader avec « Bellerive »",
        "'Bellerive' trailer: French series premieres on May 12",
        # casts and departures
        "Claire Morel quitte la série « Bellerive » de TF1",
        # 9: words that mean something else
        "Une série d'incendies dans le Var, la saison touristique menacée",
        "Le Premier ministre renouvelle sa confiance à la direction de France Télévisions",
        "Le contrat de l'attaquant renouvelé pour deux saisons",
        "Airbus : une commande de trente avions pour la saison prochaine",
        "Feu vert du CSA au rachat de M6 par TF1",
        "Suite à la tempête, le concert de la tournée est annulé",
        "Canal+ s'offre les droits de la Ligue 1 pour trois saisons",
        "Court orders platform to stop a series of mailings",
    ],
)
def test_what_is_no_announcement(headline: str) -> None:
    assert facts(headline) == set()


@pytest.mark.parametrize(
    ("headline", "origin"),
    [
        ("La série américaine « Prairie » renouvelée pour une saison 2 sur Netflix", Origin.FOREIGN),
        ("« Stranger Things » aura une saison 6, annonce Netflix", Origin.FOREIGN),
        ("Emily in Paris renouvelée pour une saison 6 par Netflix", Origin.FOREIGN),
        ("La série québécoise « Prairie » aura une saison 3", Origin.FOREIGN),
        ("« Lupin » aura une saison 4, confirme Netflix", Origin.FRENCH),
        ("La série française « Prairie » renouvelée pour une saison 2 sur Netflix", Origin.FRENCH),
        ("« Prairie » renouvelée pour une saison 2 sur France 3", Origin.FRENCH),
        ("BBC orders second season of British drama 'Prairie'", Origin.FOREIGN),
    ],
)
def test_where_a_work_is_made(headline: str, origin: Origin) -> None:
    (found,) = [a for a in read(headline) if a.kind is Kind.RENEWAL]
    assert found.origin is origin


@pytest.mark.parametrize(
    ("headline", "status"),
    [
        ("France 2 commande une saison 2 de « Bellerive »", Status.CONFIRMED),
        ("Une saison 2 de la série « Bellerive » est en cours d'écriture pour France 3", Status.IN_DEVELOPMENT),
        ("Une saison 2 de la série « Bellerive » est en préparation sur France 3", Status.CONFIRMED),
        ("Selon nos informations, TF1 aurait commandé une saison 2 de « Bellerive »", Status.RUMOURED),
        ("France 3 has reportedly renewed 'Bellerive' for season 2", Status.RUMOURED),
    ],
)
def test_how_certain_it_is(headline: str, status: Status) -> None:
    (found,) = [a for a in read(headline) if a.kind is Kind.RENEWAL]
    assert found.status is status


def test_each_act_is_bound_to_the_title_beside_it() -> None:
    found = {(a.kind, a.title) for a in read("« Les Falaises » s'arrête, « Lune rousse » aura une saison 2 sur TF1")}
    assert found == {(Kind.CANCELLATION, "Les Falaises"), (Kind.RENEWAL, "Lune rousse")}


def test_several_titles_share_an_act() -> None:
    assert facts("Canal+ commande les saisons 2 de « Bellerive » et de « Lune rousse »") == {
        ("renewal", "Bellerive", 2),
        ("renewal", "Lune rousse", 2),
    }


def test_a_roundup_gives_one_announcement_a_title() -> None:
    text = (
        "La chaîne prépare « Bellerive », drame minier, et « Lune rousse », comédie romantique. "
        "« La Digue », thriller écrit par Paul Aubin, complète la liste."
    )
    assert {t for _, t, _ in facts("France 2 dévoile trois nouvelles séries françaises", text)} == {
        "Bellerive",
        "Lune rousse",
        "La Digue",
    }


def test_what_is_recalled_is_no_news() -> None:
    text = (
        "Arte commande « La Digue », une nouvelle série française. "
        "Après « Bellerive » dont la saison 2 est en tournage, la chaîne mise sur le thriller."
    )
    assert facts("Arte commande « La Digue », une nouvelle série française", text) == {
        ("new_original", "La Digue", None)
    }


def test_a_known_work_that_was_out_before_is_not_new() -> None:
    document = Document(title="« Lupin », la série française de Netflix", published=datetime(2024, 1, 1, tzinfo=UTC))
    assert not [a for a in classifier().read(document) if a.kind is Kind.NEW_ORIGINAL]


def test_a_last_season_is_a_renewal_and_says_so() -> None:
    (found,) = read("TF1 commande une sixième et dernière saison de « Bellerive »")
    assert (found.kind, found.season, found.final) == (Kind.RENEWAL, 6, True)


def test_a_sequel_of_a_film_is_a_renewal() -> None:
    assert facts("« Balle perdue 3 » : Netflix annonce le tournage du film français") == {
        ("renewal", "Balle perdue 3", None)
    }


def test_a_question_in_front_and_the_answer_in_the_text() -> None:
    text = "La chaîne a en effet commandé une saison 2, confirme le producteur de la série à notre journal."
    assert facts("« Bellerive » aura-t-elle une saison 2 sur TF1 ?", text) == {("renewal", "Bellerive", 2)}


def test_a_denied_ending_is_a_renewal() -> None:
    text = "TF1 dément l'arrêt de « Bellerive » et confirme une saison 5 de la série."
    assert ("renewal", "Bellerive", 5) in facts("« Bellerive » : TF1 dément l'arrêt et confirme une saison 5", text)


def test_two_platforms_and_who_makes_it() -> None:
    (found,) = read("TF1 et Netflix commandent « Bellerive », une nouvelle série créée par Paul Aubin")
    assert found.platforms == ("TF1", "Netflix")
    assert found.people == ("Paul Aubin",)


def test_a_platform_is_enough_to_be_french_only_if_it_is() -> None:
    assert facts("« Prairie » renouvelée pour une saison 2 sur Netflix") == set()


def test_the_body_speaks_lower_than_the_headline() -> None:
    body = "Une phrase sans rapport avec le reste de ce long article. " * 14
    found = read(
        "L'actualité des chaînes", body + "Par ailleurs, France 2 a commandé une saison 2 de la série « Bellerive »."
    )
    assert [a.prominence for a in found] in ([], [Prominence.BODY])


def test_the_evidence_is_the_sentence_with_its_place() -> None:
    text = "Bonne nouvelle. TF1 commande une saison 3 de la série « Bellerive », annonce la chaîne."
    (found,) = [a for a in read("Du côté de TF1", text) if a.kind is Kind.RENEWAL]
    assert found.evidence.zone == "lead"
    assert text[found.evidence.start : found.evidence.end] == found.evidence.sentence
    assert 'order: "commande une"' in found.evidence.cues


@pytest.mark.parametrize(
    ("headline", "fact"),
    [
        ("Astrid et Raphaëlle : le tournage de la saison 6 a commencé", ("renewal", "Astrid et Raphaëlle", 6)),
        ("Omar Sy de retour dans Lupin : la partie 4 est en préparation", ("renewal", "Lupin", 4)),
        ("'Call My Agent!' movie in the works at Netflix", ("renewal", "Dix pour cent", None)),
        ("Netflix renews its French comedy La Digue for a third run", ("renewal", "La Digue", 3)),
    ],
)
def test_known_works_in_the_middle_of_things(headline: str, fact: tuple[str, str, int | None]) -> None:
    assert facts(headline) == {fact}


def test_a_town_that_is_also_a_title_is_a_town() -> None:
    (found,) = read("Netflix renews Left Bank, its American-in-Paris comedy, for a third run")
    assert found.origin is Origin.FOREIGN
    assert found.title != "Paris"
