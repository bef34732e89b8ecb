"""What stands far down in an article: news told late, or a memory. Every sentence is ours."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from shipped import classifier

from monitor.types import Document
from monitor.vocabulary import ALERTED_KINDS

#: A piece about something else; what is tested stands below it.
ABOVE = """La comédienne reçoit dans sa loge, une heure avant le lever du rideau. Le théâtre affiche complet.
Elle a grandi à Pau, entre un père maçon et une mère couturière. Ses deux frères tiennent un garage à Tarbes.
Le public la reconnaît dans la rue et elle s'en amuse. Elle marche beaucoup, lit peu et ne regarde rien.
Le spectacle partira en tournée, avec une halte à Lyon et une autre à Brest. Elle y tient par-dessus tout.
"""
ABOVE_EN = """The hall was quieter than usual, and the coffee was worse. Several studios sent nobody at all.
Sellers complained about prices, and buyers about everything else. The weather did little to help anybody.
Panels on rights and on new machines were full all week long. The parties were shorter and the speeches longer.
Hotels reported fewer bookings than a year before, but restaurants did well. Most delegates left before the weekend.
"""


def below(sentence: str, language: str = "fr") -> Document:
    text = (ABOVE if language == "fr" else ABOVE_EN) + sentence
    title = "Rencontre avec une comédienne comblée" if language == "fr" else "Notes from a quiet market"
    return Document(title=title, text=text, language=language, published=datetime(2024, 5, 2, tzinfo=UTC))


def signs(sentence: str, language: str = "fr") -> frozenset[str]:
    """Of the statement with the most signs about a further season or a new work."""
    said = [c for c in classifier().statements(below(sentence, language)) if c.kind in ALERTED_KINDS]
    return max((c.features for c in said), key=len)


AHEAD = [
    "France 2 tournera en mars « Bellerive », une mini-série en quatre épisodes.",
    "TF1 vient de commander « Bellerive », une série policière en six épisodes.",
    "Nous préparons pour Arte une série en six épisodes, « Bellerive ».",
    "Elle a révélé que M6 lancerait la production de « Bellerive », une série en six épisodes.",
    "TF1 a d'ores et déjà commandé une deuxième saison de la série « Bellerive ».",
]
BACK = [
    "France 2 avait tourné ici « Bellerive », une mini-série en quatre épisodes.",
    "TF1 venait de commander « Bellerive », une série policière en six épisodes.",
    "Nous préparions alors pour Arte une série en six épisodes, « Bellerive ».",
    "Quand M6 a lancé la production de « Bellerive », une série en six épisodes, personne n'y croyait.",
    "TF1 avait d'ores et déjà commandé une deuxième saison de la série « Bellerive ».",
]


@pytest.mark.parametrize("sentence", AHEAD)
def test_what_is_done_now_or_will_be_is_told_as_news(sentence: str) -> None:
    assert "told as news" in signs(sentence)


@pytest.mark.parametrize("sentence", BACK)
def test_what_was_done_then_is_not(sentence: str) -> None:
    assert "told as news" not in signs(sentence)


@pytest.mark.parametrize(
    ("sentence", "news"),
    [
        ("TF1 will shoot crime drama 'Bellerive', a six-part series, from June.", True),
        ("We're developing six-part series 'Bellerive' for Arte.", True),
        ("TF1 had commissioned crime drama 'Bellerive', a six-part series.", False),
        ("She was a student when TF1 commissioned 'Bellerive', a six-part series.", False),
    ],
)
def test_in_english_too(sentence: str, *, news: bool) -> None:
    assert ("told as news" in signs(sentence, "en")) is news


@pytest.mark.parametrize(
    "sentence",
    [
        "La directrice a révélé que sa chaîne préparait une série en six épisodes, « Bellerive ».",
        "Le groupe indique que TF1 commandait cette semaine une série en six épisodes, « Bellerive ».",
    ],
)
def test_after_what_somebody_reports_the_imperfect_is_no_past(sentence: str) -> None:
    assert not signs(sentence) & {"act in the past", "sentence in the past"}


def test_without_a_report_it_is_one() -> None:
    assert "act in the past" in signs("La chaîne préparait une série en six épisodes, « Bellerive », pour Arte.")


def test_a_work_that_had_its_public_is_seen_already() -> None:
    seen = "TF1 avait commandé « Bellerive », mini-série qui a réuni cinq millions de téléspectateurs."
    assert "seen already" in signs(seen)
    assert "seen already" not in signs("TF1 commande « Bellerive », mini-série qui vise cinq millions de fidèles.")


def test_brackets_tell_no_news() -> None:
    sentence = "Après « Bellerive » (dont la saison 2 est en tournage pour TF1), elle dort."
    assert "told as news" not in signs(sentence)


def test_what_comes_out_says_nothing_of_the_making() -> None:
    assert "sentence ahead" not in signs("« Bellerive », une série en six épisodes, sera diffusée sur TF1 le 6 juin.")
    assert "sentence ahead" in signs("« Bellerive », une série en six épisodes, sera tournée pour TF1 en juin.")


def test_another_sentence_of_the_same_breath_is_another_time() -> None:
    sentence = "Elle préparait un thé ; TF1 commande « Bellerive », une série policière en six épisodes."
    assert "sentence in the past" not in signs(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "En janvier, je serai à Sète pour un téléfilm de France 2, « Bellerive ».",
        "Je pars en mai à Nîmes tourner « Bellerive », une série en six épisodes pour Arte.",
        "Nous venons d'engager la production de « Bellerive », une comédie pour Arte.",
    ],
)
def test_who_makes_it_says_so(sentence: str) -> None:
    assert signs(sentence) & {"act shoot!", "act order!"} and "told as news" in signs(sentence)


def test_an_officialised_season_of_back_then_is_a_memory() -> None:
    then = "Le groupe avait fini par officialiser une deuxième saison de « Bellerive », sa série."
    assert "act in the past" in signs(then)
    assert "act in the past" not in signs(then.replace("avait fini", "finit"))


@pytest.mark.parametrize(
    ("sentence", "past"),
    [
        ("The series “Bellerive” was ordered by TF1, in six episodes.", False),
        ("The series “Bellerive” was formally ordered by TF1, in six episodes.", False),
        ("The series “Bellerive” had been ordered by TF1, in six episodes.", True),
        ("The series “Bellerive”, ordered by TF1, was a joy to make.", True),
    ],
)
def test_an_english_passive_tells_no_time(sentence: str, past: bool) -> None:
    """ "Was ordered" is said of this morning as of years ago; what else "was" is over."""
    assert ("sentence in the past" in signs(sentence, "en")) is past
