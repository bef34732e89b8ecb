"""Stage 5: the model as shipped, and the arithmetic."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from monitor.classifier.candidates import Candidate
from monitor.classifier.entities import with_marks
from monitor.classifier.score import Model
from monitor.classifier.text import sentences
from monitor.data import folder
from monitor.types import Document
from monitor.vocabulary import Kind

SHIPPED = folder("config") / "model.json"


def candidate(*features: str, kind: Kind = Kind.RENEWAL) -> Candidate:
    (sentence,) = sentences(Document(title="Une suite"))
    return Candidate(kind=kind, title="X", reading=with_marks(sentence, ()), features=frozenset(features))


def model(tmp_path: Path, **weights: float) -> Model:
    kinds = {kind.value: {"bias": -1.0, "weights": weights} for kind in Kind}
    path = tmp_path / "model.json"
    path.write_text(json.dumps({"floor": 0.5, "kinds": kinds}), encoding="utf-8")
    return Model.load(path)


def test_the_score_is_the_logistic_function_of_the_weights(tmp_path: Path) -> None:
    made = model(tmp_path, sign=2.0, doubt=-0.5)
    assert made.score(candidate("sign", "doubt", "unheard of")) == pytest.approx(1 / (1 + math.exp(-0.5)), abs=1e-4)


def test_terms_come_with_the_weightiest_first(tmp_path: Path) -> None:
    made = model(tmp_path, sign=1.0, doubt=-2.0)
    assert made.terms(candidate("sign", "doubt", "unheard of")) == (("doubt", -2.0), ("sign", 1.0))


def test_no_weight_overflows(tmp_path: Path) -> None:
    made = model(tmp_path, up=1e6, down=-1e6)
    assert made.score(candidate("up")) == pytest.approx(1.0)
    assert made.score(candidate("down")) == pytest.approx(0.0)


@pytest.mark.parametrize("kind", Kind)
def test_the_shipped_model_knows_every_kind(kind: Kind) -> None:
    assert 0 < Model.load(SHIPPED).score(candidate(kind=kind)) < 0.6


@pytest.mark.parametrize("kind", [Kind.RENEWAL, Kind.NEW_ORIGINAL])
@pytest.mark.parametrize(
    ("feature", "speaks_for"),
    [
        ("act order!", True),
        ("zone headline", True),
        ("known french work", True),
        ("asked", False),
        ("wished", False),
        ("undecided", False),
        ("recalled", False),
        ("released", False),
        ("origin unknown", False),
        ("not serious", False),
        ("known programme", False),
    ],
)
def test_each_sign_speaks_for_the_side_it_should(kind: Kind, feature: str, speaks_for: bool) -> None:
    shipped = Model.load(SHIPPED)
    assert (shipped.weights[kind][feature] > 0) is speaks_for


def test_a_question_weighs_more_than_a_headline() -> None:
    weights = Model.load(SHIPPED).weights[Kind.RENEWAL]
    assert weights["asked"] + weights["zone headline"] < 0
