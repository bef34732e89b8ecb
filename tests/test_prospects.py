"""What a general outlet's headline promises: next to no announcement is missed, and most ordinary news is left alone.

Both are figures over all that is there: the labelled corpus, and ordinary headlines written for this
(ordinary_fr.tsv, ordinary_en.tsv: a headline and its summary a line).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from shipped import classifier

from monitor.learning.labelled import Labelled, read_corpus
from monitor.learning.places import CORPUS
from monitor.types import Document


def announcing(split: str) -> list[Labelled]:
    return [article for article in read_corpus(CORPUS / split) if article.facts]


def promising(article: Labelled) -> bool:
    return classifier().promising(article.document.title, article.document.summary)


# Of "train", forty announce in the last paragraph of a piece about something else, such as a wine fair.
@pytest.mark.parametrize(("split", "share"), [("train", 0.02), ("test", 0.01), ("riddles", 0.02)])
def test_hardly_an_announcement_is_missed_even_where_the_headline_hides_it(split: str, share: float) -> None:
    articles = announcing(split)
    missed = [article.id for article in articles if not promising(article)]
    assert len(articles) > 100
    assert len(missed) <= share * len(articles), missed


def test_no_headline_that_the_classifier_itself_understands_is_missed() -> None:
    told = [
        article
        for article in (*announcing("train"), *announcing("test"), *announcing("riddles"))
        if classifier().read(Document(title=article.document.title, summary=article.document.summary))
    ]
    missed = [article.id for article in told if not promising(article)]
    assert len(told) > 200
    assert missed == []


@pytest.mark.parametrize(("language", "share"), [("fr", 0.85), ("en", 0.9)])
def test_most_ordinary_news_is_left_alone(language: str, share: float) -> None:
    lines = Path(__file__).with_name(f"ordinary_{language}.tsv").read_text(encoding="utf-8").splitlines()
    news = [line.split("\t") for line in lines]
    left = [title for title, summary in news if not classifier().promising(title, summary)]
    assert len(news) >= 50
    assert len(left) >= share * len(news)


@pytest.mark.parametrize(
    ("title", "summary", "cue"),
    [
        ("« Bellerive » aura une saison 2", "", "season"),
        ("Netflix se met au vert", "", "platform"),
        ("Le nouveau projet de l'actrice", "", "screen"),
        ("The actor has a new project", "", "screen"),
        ("« La Forge » de retour", "", "renew"),
        ("La Forge reconduite", "", "renew"),
        ("Gros succès pour « Cut ! »", "", "work"),
    ],
)
def test_a_headline_is_promising_by_a_cue(title: str, summary: str, cue: str) -> None:
    found = classifier().prospect(title, summary)
    assert found.promising
    assert str(found.cue).startswith(cue)


@pytest.mark.parametrize(
    ("title", "lacks"),
    [
        ("Le prix du beurre grimpe", "neither title nor summary"),
        ("Retour du soleil jeudi", 'only renew: "Retour"'),
        ("Paris termine en hausse", 'only work: "Paris"'),
        ("Les commandes d'avions en hausse", "neither title nor summary"),  # a trap of the lexicon covers it
    ],
)
def test_what_is_left_alone_says_what_it_lacks(title: str, lacks: str) -> None:
    found = classifier().prospect(title, "")
    assert not found.promising
    assert lacks in found.lacks
