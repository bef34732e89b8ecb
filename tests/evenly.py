"""A real classifier that is equally sure of everything: tests of what comes after it don't hang on its weights."""

from __future__ import annotations

import math
from functools import cache

from monitor.classifier import Classifier
from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.lexicon import Lexicon, together
from monitor.classifier.score import Model
from monitor.data import folder
from monitor.vocabulary import Kind


@cache
def evenly_sure(confidence: float, *, floor: float = 0.5) -> Classifier:
    """Make a classifier that gives every candidate this confidence."""
    bias = dict.fromkeys(Kind, math.log(confidence / (1 - confidence)))
    config = folder("config")
    return Classifier(
        lexicons=together([Lexicon.load(path) for path in sorted((config / "lexicon").glob("*.toml"))]),
        gazetteer=Gazetteer.load(config / "gazetteer.toml"),
        model=Model(bias=bias, weights={kind: {} for kind in Kind}, floor=floor),
    )
