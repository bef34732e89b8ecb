"""Stage 4, whose work it is: one that the text names beside the headline's, and for whom it is made. All ours."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.classifier.candidates import Candidate
from monitor.types import Document
from monitor.vocabulary import Kind, Origin


def statements(title: str, text: str, language: str = "fr") -> list[Candidate]:
    return list(classifier().statements(Document(title=title, text=text, language=language)))


def origins(title: str, text: str, work: str) -> set[Origin]:
    return {s.origin for s in statements(title, text, "en") if s.title == work}


#: Enough that what follows stands no longer in front.
LONG = " ".join(["The jury met for six hours in a hotel by the river and then went home."] * 7)


@pytest.mark.parametrize(
    ("headline", "said", "expected"),
    [
        (
            "Festival Crowns Belgian Prison Drama",
            "Arte has ordered a third season of satire “The Prefects”.",
            Origin.FRENCH,
        ),
        (
            "Festival Crowns Belgian Prison Drama",
            "NBC has ordered a third season of satire “The Prefects”.",
            Origin.FOREIGN,
        ),
        (
            "Festival Crowns Belgian Prison Drama",
            "Arte has ordered a third season of Danish satire “The Prefects”.",
            Origin.FOREIGN,
        ),
        (
            "Belgian Prison Drama “The Prefects” Wins",
            "Arte has ordered a third season of “The Prefects”.",
            Origin.FOREIGN,
        ),
    ],
)
def test_a_headline_about_a_foreign_work_says_nothing_of_another_one(
    headline: str, said: str, expected: Origin
) -> None:
    assert origins(headline, f"{LONG} {said}", "The Prefects") == {expected}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Last on the list is France's “Low Water”, a thriller due to shoot in May.", Origin.FRENCH),
        ("Last on the list is Germany's “Low Water”, a thriller due to shoot in May.", Origin.FOREIGN),
    ],
)
def test_a_country_right_before_a_title_says_where_it_is_made(said: str, expected: Origin) -> None:
    headline = "Disney+ unveils European slate including Spanish and German originals"
    assert origins(headline, f"From Spain comes “Sevilla”, a heist drama. {said}", "Low Water") == {expected}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("C'est un quatre fois cinquante-deux minutes pour TF1, « Une mère au bord ».", True),
        ("« Une mère au bord », une série pour TF1, se tourne à Lille.", True),
        ("La série « Une mère au bord » pour laquelle TF1 l'attend se tourne à Lille.", False),
        ("« Une mère au bord », une série de TF1, se tourne à Lille.", False),
        ("« Une mère au bord », une série tournée à Lille. Un choc pour TF1.", False),
    ],
)
def test_a_work_for_a_channel_is_made_for_it(said: str, expected: bool) -> None:
    found = [s for s in statements("Elle tourne à Lille", said) if s.title == "Une mère au bord"]
    assert any("made for a platform" in s.features for s in found if s.kind is Kind.NEW_ORIGINAL) is expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Nous préparons une série de huit épisodes pour Arte.", True),
        ("Nous préparons une série de mesures pour Arte.", False),
    ],
)
def test_a_series_of_episodes_is_one(said: str, expected: bool) -> None:
    assert bool([s for s in statements("Rencontre avec une productrice", said) if s.title is None]) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Colonie de vacances avait réuni cinq millions de curieux sur la chaîne l'été dernier.", True),
        ("La colonie de vacances avait réuni cinq cents enfants au bord du lac l'été dernier.", False),
    ],
)
def test_words_that_end_a_headline_are_a_title_when_the_text_names_it_again(text: str, expected: bool) -> None:
    found = statements("TF1 : nouvelle commande pour les moniteurs de Colonie de vacances", f"{text} {text} Une série.")
    assert ("Colonie de vacances" in {s.title for s in found}) is expected
