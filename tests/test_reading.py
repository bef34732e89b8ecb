"""Saved articles: the headline is found, and what is not the article is gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from monitor.data import folder
from monitor.reading import document_from_meta, document_from_text

SEEDS = folder("seeds") / "articles"


def seed(slug: str) -> str:
    return (SEEDS / slug / "article.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("slug", "title"),
    [
        ("osmosis", 'Osmosis prochaine série Netflix "made in France"'),
        ("missions", "Cocorico ! La chaîne AMC a jeté son dévolu sur la série de SF Missions"),
        ("amazon", "Amazon veut concurrencer Netflix sur les séries françaises"),
        (
            "anthracite",
            (
                'Après le gros succès qu\'a connu la mini-série "Anthracite", Netflix aurait de la suite dans les '
                "idées et devrait lancer une saison 2."
            ),
        ),
    ],
)
def test_the_headline_of_a_seed_is_found(slug: str, title: str) -> None:
    assert document_from_text(seed(slug)).title == title


@pytest.mark.parametrize(
    ("slug", "gone"),
    [("missions", "cookies"), ("missions", "© OCS"), ("anthracite", "date 2024-05"), ("osmosis", "Macdougall")],
)
def test_notices_stamps_and_credits_never_reach_the_reader(slug: str, gone: str) -> None:
    document = document_from_text(seed(slug))
    assert gone in seed(slug)
    assert gone not in document.title + document.text


def test_a_paragraph_in_place_of_a_headline_loses_nothing() -> None:
    document = document_from_text(seed("anthracite"))
    assert document.text.startswith("C'est en tout cas ce qu'a déclaré le patron de Mediawan Studio")


def test_a_headline_alone_is_an_article() -> None:
    document = document_from_text("Lupin renewed\n")
    assert (document.title, document.text) == ("Lupin renewed", "")


def test_a_short_headline_above_a_paragraph_is_not_taken_for_a_section_name() -> None:
    paragraph = "Netflix a annoncé mardi que la série aurait une saison 4. " * 5
    assert document_from_text(f"Lupin continue\n\n{paragraph}").title == "Lupin continue"


def test_nothing_gives_nothing() -> None:
    document = document_from_text(" \n\n© AFP\n")
    assert (document.title, document.text) == ("", "")


def test_a_link_box_ends_where_the_article_goes_on() -> None:
    text = (
        "Une série arrive sur France 2\n\nPremier paragraphe.\n\nÀ lire aussi\nHPI aura une saison 9\n"
        "Le Bureau des légendes revient\nSecond paragraphe.\nÀ lire aussi : HPI aura une saison 10\nTroisième."
    )
    assert document_from_text(text).text == "Premier paragraphe.\nSecond paragraphe.\nTroisième."


def test_a_sentence_that_speaks_of_cookies_stays() -> None:
    text = "Une série sur la pâtisserie\n\nLe héros vend des cookies à Paris."
    assert "cookies" in document_from_text(text).text


def test_what_lies_beside_the_text_wins_over_guesses() -> None:
    meta = {
        "title": 'Osmosis prochaine série Netflix  "made in France"',
        "summary": 'Netflix va produire une deuxième série "made in France", après "Marseille".',
        "published": datetime(2017, 1, 5, 13, 20, tzinfo=timezone(timedelta(hours=1))),
        "language": "fr",
    }
    document = document_from_meta(seed("osmosis"), meta)
    assert document.title == 'Osmosis prochaine série Netflix "made in France"'
    assert document.summary.startswith("Netflix va produire")
    assert document.text.startswith("La plateforme de vidéo à la demande")
    assert document.published == datetime(2017, 1, 5, 12, 20, tzinfo=UTC)
    assert document.language == "fr"


def test_meta_may_be_empty() -> None:
    assert document_from_meta("Un titre de quatre mots\nTexte.", {}).title == "Un titre de quatre mots"


@pytest.mark.parametrize("published", ["2017-01-05", datetime(2017, 1, 5, tzinfo=UTC).date(), Path()])
def test_a_date_without_a_zone_is_refused_with_the_right_form(published: object) -> None:
    with pytest.raises(ValueError, match="2018-02-05T08:00:00Z"):
        document_from_meta("Titre", {"published": published})
