"""Tables of weights: made from others, rounded, written as JSON, and compared with what was written. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from monitor.classifier.score import Model
from monitor.vocabulary import Kind

#: Digits after the point of a weight in a file: a hundredth of log-odds moves a probability by 0.0025 at most.
DIGITS = 2
#: A model is what training gives when no weight is further off than one unit of its last digit: on another processor
#: the sums are added in another order, and what lies half-way between two numbers may be rounded to the other one.
_TOLERANCE = 1.01 * 10**-DIGITS


def scaled(model: Model, kind: Kind, *, factor: float, shift: float) -> Model:
    """Multiply the log-odds of a kind, then add to them."""
    bias = {**model.bias, kind: factor * model.bias[kind] + shift}
    table = {name: factor * weight for name, weight in model.weights[kind].items()}
    return replace(model, bias=bias, weights={**model.weights, kind: table})


def rounded(model: Model) -> Model:
    """Round every weight as in a file; one that becomes nothing is left out."""
    weights = {kind: {name: round(w, DIGITS) for name, w in table.items()} for kind, table in model.weights.items()}
    return replace(
        model,
        bias={kind: round(bias, DIGITS) + 0.0 for kind, bias in model.bias.items()},
        weights={kind: {name: w for name, w in table.items() if w} for kind, table in weights.items()},
    )


def written(model: Model, about: str) -> str:
    """Write a model as the text of model.json, features in alphabetical order."""
    kinds = {
        kind.value: {"bias": model.bias[kind], "weights": dict(sorted(model.weights[kind].items()))} for kind in Kind
    }
    data = {"about": about, "floor": model.floor, "kinds": kinds}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def differences(one: Model, other: Model) -> Iterator[str]:
    """List what two models do not agree about."""
    if one.floor != other.floor:
        yield f"floor: {one.floor} and {other.floor}"
    for kind in Kind:
        here, there = _table(one, kind), _table(other, kind)
        for name in sorted({*here, *there}):
            if abs(here.get(name, 0.0) - there.get(name, 0.0)) > _TOLERANCE:
                yield f"{kind}, {name}: {here.get(name, 0.0)} and {there.get(name, 0.0)}"


def _table(model: Model, kind: Kind) -> Mapping[str, float]:
    return {"bias": model.bias[kind], **model.weights[kind]}
