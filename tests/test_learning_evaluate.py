"""The classifier is asked for all it considered, and what it says is counted as the labels say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from monitor.classifier import FAINT, Classifier
from monitor.classifier.score import Model
from monitor.data import folder
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
