"""Between stages 2 and 3: most articles are done with early, and none that announces anything."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from monitor.classifier import Classifier
from monitor.classifier.entities import hear
from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.outlook import Outlook
from monitor.classifier.score import Model
from monitor.classifier.text import sentences
from monitor.data import folder
from monitor.types import Document

CONFIG, ARTICLES = folder("config"), sorted((folder("seeds") / "articles").glob("*/article.txt"))


@cache
def classifier() -> Classifier:
    return Classifier.load(CONFIG)


@cache
def model() -> Model:
    return Model.load(CONFIG / "model.json")


@cache
def knowledge(language: str) -> tuple[Lexicon, Gazetteer]:
    return Lexicon.load(CONFIG / "lexicon" / f"{language}.toml"), Gazetteer.load(CONFIG / "gazetteer.toml")


def hopeful(text: str, language: str = "fr", *, weighed: Model | None = None) -> bool:
    lexicon, gazetteer = knowledge(language)
    outlook = Outlook(weighed or model(), gazetteer, {language: lexicon})
    split = sentences(Document(title="", text=text))
    heard = [hear(sentence, lexicon, gazetteer) for sentence in split]
    assert outlook.glance(split, lexicon) or not outlook.hopeful(heard)  # a glance misses nothing
    return outlook.hopeful(heard)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.parent.name)
def test_nothing_is_lost_by_giving_up_early(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    pieces = [sentence.text for sentence in sentences(Document(title="", text=text))]
    documents = [Document(title="", text=text), *(Document(title=piece) for piece in pieces)]
    documents += [Document(title="", text=piece) for piece in pieces]
    for document in documents:
        assert classifier().read(document) == classifier().explain(document).announcements, document


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le maire a annoncé la fermeture du pont pour trois semaines.", "fr"),
        ("Les Bleus ont battu la Suède devant une foule heureuse.", "fr"),
        ("The council announced that the bridge will be closed for three weeks.", "en"),
        ("Netflix annonce Lupin.", "fr"),
        ("Netflix annonce 2 millions d'abonnés.", "fr"),
        ("Police shot at the car before it left the bridge.", "en"),
    ],
)
def test_ordinary_news_is_given_up_at_once(text: str, language: str) -> None:
    assert not hopeful(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Canal+ commande « La Digue », une nouvelle série française.", "fr"),
        ("La série aura une saison 2.", "fr"),
        ("« La Digue » est annulée.", "fr"),
        ("The drama has been renewed for a second season.", "en"),
        ("The film, a sequel, was acquired.", "en"),
        ("TF1 dévoile trois séries.", "fr"),  # a slate
        ("Netflix annonce Lupin 2.", "fr"),  # a further part needs less than a new work
    ],
)
def test_what_may_announce_something_is_read_on(text: str, language: str) -> None:
    assert hopeful(text, language)


def test_a_feature_that_no_sentence_shows_is_thought_possible() -> None:
    text = "Le maire a annoncé la fermeture du pont pour trois semaines."
    weights = {kind: {**table, "said at noon": 4.0} for kind, table in model().weights.items()}
    assert hopeful(text, weighed=replace(model(), weights=weights))


@pytest.mark.parametrize("floor", [0.0, 1.0])
def test_any_floor_will_do(floor: float) -> None:
    assert hopeful("La série aura une saison 2.", weighed=replace(model(), floor=floor)) is (floor == 0.0)
