"""What sounds like a new work and is none: memories, own plans, conclusions of series, purchases. All ours."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from shipped import classifier

from monitor.classifier.retrospect import memory
from monitor.types import Document
from monitor.vocabulary import ALERTED_KINDS, Kind, Origin

WRITTEN = datetime(2026, 2, 10, tzinfo=UTC)
NEW, ON = Kind.NEW_ORIGINAL, Kind.RENEWAL


def kinds(title: str, text: str, language: str = "fr") -> set[Kind]:
    """Read an article; give the kinds that would be alerted."""
    document = Document(title=title, text=text, language=language, published=WRITTEN)
    read = classifier().read(document)
    return {a.kind for a in read if a.kind in ALERTED_KINDS and a.origin is not Origin.FOREIGN}


def features(title: str, text: str, language: str = "fr") -> set[str]:
    document = Document(title=title, text=text, language=language, published=WRITTEN)
    return {name for one in classifier().statements(document) for name in one.features}


LOOKING_BACK = "« Les Demoiselles du canal », la saga qui a changé l'été"
MEMORY = "TF1 vient alors de commander à Odile Marsac une saga en huit épisodes, tournée le long du canal du Midi."


def test_a_piece_that_looks_back_announces_nothing_of_then() -> None:
    looking = "Il y a vingt ans, les « Demoiselles du canal » inventaient l'été à la télévision"
    assert not kinds(looking, MEMORY)
    assert "looks back" in features(looking, MEMORY)
    assert "looks back" not in features(LOOKING_BACK, MEMORY)
    now = "Vingt ans après, TF1 commande une suite des « Demoiselles du canal »"
    assert kinds(now, "La chaîne a commandé une suite en six épisodes.") == {ON}
    assert "looks back" not in features("Annoncée il y a deux ans, « Basse-cour » entre en tournage pour M6", "Enfin.")


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("En 1994, TF1 commande une série policière, « Le Notaire ».", True),
        ("La série « Le Notaire », commandée en 2021 par TF1, dort dans un tiroir.", True),
        ("TF1 a commandé en janvier une série policière, « Le Notaire ».", False),
        ("Lancée en 2021, la série « Le Notaire » a été renouvelée par TF1 ce matin.", False),
    ],
)
def test_what_was_ordered_years_ago_is_no_news(text: str, old: bool) -> None:
    assert ("years ago" in features("Le point sur la fiction", text)) is old


def test_somebody_s_plans_without_a_channel_are_no_projects() -> None:
    title = "Romane Castel : « Je n'ai plus peur du silence »"
    vague = "« J'écris un projet de série avec ma sœur, on verra bien », dit la comédienne. Elle joue pour TF1."
    assert not kinds(title, vague)
    firm = "« Je tourne une nouvelle série pour France 2, “Les Écluses”, une comédie en six épisodes », dit-elle."
    assert kinds(title, firm) == {NEW}


def test_who_confides_orders_nothing() -> None:
    assert "act order" not in features("Romane Castel", "L'actrice de la série de TF1 se confie sur sa famille.")
    ordered = features("Une série à Lyon", "France 2 confie à Loïc Baster la réalisation d'une nouvelle série.")
    assert ordered & {"act order", "act order!"}


@pytest.mark.parametrize(
    ("title", "text", "told"),
    [
        (
            "« Cap Erquy » : France 2 commande un téléfilm pour conclure la série",
            "Un téléfilm de cent minutes donnera une fin à « Cap Erquy », arrêtée après deux saisons.",
            {ON},
        ),
        (
            "France 2 commande un téléfilm sur les naufrageurs",
            "France 2 a commandé « La Nuit des naufrageurs », un téléfilm de 90 minutes tourné à Erquy.",
            {NEW},
        ),
    ],
)
def test_a_film_that_concludes_a_series_is_no_new_work(title: str, text: str, told: set[Kind]) -> None:
    assert kinds(title, text) == told


def test_a_season_of_a_series_makes_no_new_series() -> None:
    season = "La chaîne a commandé une saison 4 de sa fiction policière, qui sera tournée cet automne à Lille."
    assert NEW not in kinds("« Basse-cour » : TF1 annonce une nouvelle saison !", season)
    first = "La chaîne a commandé la première saison d'une fiction policière, « Basse-cour », tournée à Lille."
    assert kinds("TF1 commande une nouvelle série policière", first) == {NEW}


BOUGHT = "Le groupe a acquis les droits de « Northern Keys », thriller en huit épisodes. {} vient d'être tournée."


def test_what_is_bought_from_a_foreign_channel_is_foreign() -> None:
    title = "Canal+ achète « Northern Keys », phénomène du moment"
    assert not kinds(title, BOUGHT.format("Produite pour Channel 4, la série arrive à l'automne ; sa saison 2"))
    home = BOUGHT.format("Produite pour France 3, la série arrive à l'automne ; sa saison 2")
    assert "French broadcaster" in features(title, home)


@pytest.mark.parametrize(
    ("post", "told"),
    [
        ("aura pour mission de développer des séries ambitieuses pour France 2 et France 3.", set()),
        ("a aussi donné son feu vert à « Les Écluses », une nouvelle série de France 2 en six épisodes.", {NEW}),
    ],
)
def test_a_new_post_promises_no_series(post: str, told: set[Kind]) -> None:
    title = "France Télévisions nomme Bertille Roucy à la tête de la fiction nationale"
    assert kinds(title, f"Passée par Arte, Bertille Roucy {post}") == told


def test_what_is_told_in_english_too() -> None:
    sentence = "TF1 then ordered a thriller from Odile Marsac, set along the Canal du Midi."
    assert "said of then" in features("‘The Lock Keepers’ at 20", sentence, "en")
    assert "looks back" in features("Twenty Years Ago, ‘The Lock Keepers’ Ruled the Summer", sentence, "en")
    assert "looks back" not in features("TF1 Orders ‘The Lock Keepers’", sentence, "en")


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("M6 has also ordered ‘Low Water’, a six-part thriller, which will shoot in Brest this summer.", {"Low Water"}),
        ("M6 has also ordered ‘Brest This Summer’, a six-part thriller.", {"Brest This Summer"}),
    ],
)
def test_a_place_and_a_time_are_no_title(text: str, titles: set[str]) -> None:
    document = Document(title="M6 Orders New Thriller", text=text, language="en", published=WRITTEN)
    assert {one.title for one in classifier().statements(document) if one.title} == titles


@pytest.mark.parametrize(
    ("signs", "is_memory"),
    [
        ({"recalled", "act in the past"}, True),
        ({"recalled", "sentence in the past", "act just now"}, False),
        ({"recalled", "titled"}, False),
        ({"recalled", "untitled"}, True),
        ({"launch piece", "recalled"}, True),
        ({"launch piece", "sentence in the past"}, False),
    ],
)
def test_what_is_only_a_memory(signs: set[str], is_memory: bool) -> None:
    assert ("only a memory" in memory(signs)) is is_memory
