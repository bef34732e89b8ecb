"""The classifier is asked for all it considered, and what it says is counted as the labels say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from monitor.classifier import FAINT, Classifier
from monitor.classifier.score import Model
from monitor.data import folder
from monitor.learning.labelled import CorpusError, read_corpus
from monitor.types import Document

SEEDS = sorted((folder("seeds") / "articles").glob("*/article.txt"))


@cache
def classifier() -> Classifier:
    return Classifier.load(folder("config"))


@cache
def floor() -> float:
    return Model.load(folder("config") / "model.json").floor


def seed(path: Path) -> Document:
    return Document(title=path.read_text(encoding="utf-8").partition("\n")[0], text=path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.parent.name)
def test_weighing_begins_with_what_is_read(path: Path) -> None:
    read, weighed = classifier().read(seed(path)), classifier().weigh(seed(path))
    assert weighed[: len(read)] == read
    assert all(one.confidence < floor() for one in weighed[len(read) :])


def test_weighing_tells_of_what_is_too_unsure_to_be_read() -> None:
    unsure = [one for path in SEEDS for one in classifier().weigh(seed(path)) if one.confidence < floor()]
    assert min(one.confidence for one in unsure) < FAINT
    assert max(one.confidence for one in unsure) > FAINT


def corpus(tmp_path: Path, content: str, name: str = "corpus.jsonl") -> Path:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[1, 2]", "corpus.jsonl, line 1: an article is a table"),
        ('\n"text"', "corpus.jsonl, line 2: an article is a table"),
        ('{"id": "a"}', "line 1 (a): lacks 'title'"),
        ("{", "corpus.jsonl: Expecting"),
    ],
)
def test_a_record_that_is_none_is_named(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(CorpusError) as error:
        read_corpus(corpus(tmp_path, content))
    assert says in str(error.value)


def test_other_ends_of_lines_within_a_record_are_text(tmp_path: Path) -> None:
    line = '{"id": "a", "lang": "fr", "title": "Un\u2028deux\x85trois", "text": "", "label": [], "facts": []}'
    (article,) = read_corpus(corpus(tmp_path, "\ufeff" + line + "\r\n"))
    assert article.document.title == "Un\u2028deux\x85trois"
