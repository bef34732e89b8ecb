"""What ordinary press does and riddles do not: shoots with a day, questions, orders abroad. Sentences ours."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Document
from monitor.vocabulary import ALERTED_KINDS, Kind, Origin


def document(title: str, text: str = "", summary: str = "", language: str = "fr") -> Document:
    return Document(title=title, summary=summary, text=text, language=language)


def features(title: str, text: str = "", summary: str = "") -> frozenset[str]:
    """Of all statements together."""
    said = classifier().statements(document(title, text, summary))
    return frozenset[str]().union(*(one.features for one in said))


def alerted(title: str, text: str = "", summary: str = "") -> list[tuple[Kind, str | None]]:
    read = classifier().read(document(title, text, summary))
    return [(a.kind, a.title) for a in read if a.kind in ALERTED_KINDS and a.origin is not Origin.FOREIGN]


@pytest.mark.parametrize(
    ("title", "launch"),
    [
        ("« Bellerive » : la saison 3 en tournage à Dunkerque dès lundi", False),
        ("Dunkerque : le tournage de la saison 3 de « Bellerive » débutera en mai", False),
        ("Coup d'envoi du tournage de la saison 3 de « Bellerive » à Dunkerque", False),
        ("« Bellerive » : la saison 3 à voir sur TF1 dès lundi", True),
        ("La série « Bellerive », tournée à Dunkerque, débutera en mai sur TF1", True),
    ],
)
def test_the_day_on_which_a_shoot_begins_is_no_date_of_release(title: str, launch: bool) -> None:
    assert ("launch piece" in features(title)) is launch


def test_that_there_will_be_more_is_not_said_where_it_is_asked() -> None:
    assert not any(
        name.startswith("act renew") for name in features("« Bellerive » : y aura-t-il une saison 2 sur TF1 ?")
    )


def test_a_launch_that_recalls_the_order_answers_no_headline() -> None:
    text = "À l'époque, TF1 avait reconduit « Bellerive » pour une saison 2 dès le lendemain du final."
    asked = "« Bellerive » : la saison 2 débarque ce soir sur TF1, que nous réserve-t-elle ?"
    assert "answers the headline" not in features(asked, text)


@pytest.mark.parametrize(
    ("title", "origin"),
    [
        ("ITV Orders Thriller ‘The Weir’ With France Télévisions Aboard as Co-Producer", Origin.FOREIGN),
        ("Sky Italia to Produce Local Version of French Drama ‘The Weir’", Origin.FOREIGN),
        ("France Télévisions and ZDF Order Thriller ‘The Weir’", Origin.FRENCH),
        ("Canal+ Orders Thriller ‘The Weir’ With ITV Aboard as Co-Producer", Origin.FRENCH),
    ],
)
def test_who_orders_tells_where_a_work_is_made(title: str, origin: Origin) -> None:
    said = [s for s in classifier().statements(document(title, language="en")) if s.kind is Kind.NEW_ORIGINAL]
    assert {s.origin for s in said if s.title == "The Weir"} == {origin}


def test_a_work_called_foreign_once_is_foreign_throughout() -> None:
    text = "La chaîne lance vendredi « Long Ressac », la première série australienne de son histoire."
    read = classifier().weigh(document("« Long ressac », la nouvelle série de M6", text))
    assert {a.origin for a in read if a.title and a.title.casefold() == "long ressac"} == {Origin.FOREIGN}


@pytest.mark.parametrize(
    ("summary", "wishes"),
    [
        ("La comédienne dit son envie de silence et de marche.", False),
        ("La comédienne rêve d'une saison 4 de « Bellerive ».", True),
    ],
)
def test_only_a_wish_for_a_work_makes_an_article_wish(summary: str, wishes: bool) -> None:
    found = features("Lise Ardouin se raconte", "Une saison 3 de « Bellerive » se prépare pour TF1.", summary)
    assert ("article wishes" in found) is wishes


def test_saying_yes_to_a_season_is_no_wish_and_no_is_no_renewal() -> None:
    assert "wished" not in features("« Bellerive » : TF1 dit oui à une saison 2")
    assert alerted("« Bellerive » : c'est non pour une saison 2 sur TF1") == []


def test_a_musical_comedy_is_no_work() -> None:
    said = "TF1 annonce la mise en chantier d'une comédie {} sur une chanteuse de la Butte."
    assert "anchor one work" in features(said.format("policière"))
    assert "anchor one work" not in features(said.format("musicale"))


@pytest.mark.parametrize(
    ("title", "uncounted"),
    [("Canal+ annonce ses projets de fiction", True), ("Canal+ annonce trois projets de fiction", False)],
)
def test_works_in_general_are_not_those_that_are_counted(title: str, uncounted: bool) -> None:
    assert ("works uncounted" in features(title)) is uncounted


def test_what_people_say_after_a_colon_is_no_title() -> None:
    said = classifier().statements(document("Elle prête sa maison pour une fiction : « Ils ont tout repeint en vert »"))
    assert "Ils ont tout repeint en vert" not in {s.title for s in said}


def test_films_that_bring_a_work_back_are_no_new_works() -> None:
    title = "« Bellerive » aura une suite sur France 3"
    text = "La chaîne a commandé deux téléfilms de quatre-vingt-dix minutes à la même équipe."
    assert {kind for kind, _ in alerted(title, text)} == {Kind.RENEWAL}


def test_an_agreement_that_is_renewed_is_no_work() -> None:
    said = features("« Lupin » : Netflix renouvelle pour trois ans sa convention avec la Ville de Paris")
    assert not any(name.startswith("act renew") for name in said)
