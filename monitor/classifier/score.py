"""Fifth stage: named features and their weights become a probability. Plain arithmetic over config/model.json."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.classifier.candidates import Candidate
from monitor.vocabulary import Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Model:
    """Weights in log-odds, one table a kind."""

    bias: Mapping[Kind, float]
    weights: Mapping[Kind, Mapping[str, float]]
    floor: float  #: candidates below are not announcements at all

    @classmethod
    def load(cls, path: Path) -> Model:
        """Read model.json: {"floor": p, "kinds": {kind: {"bias": b, "weights": {feature: w}}}}."""
        data = json.loads(path.read_text(encoding="utf-8"))
        kinds = {Kind(name): table for name, table in data["kinds"].items()}
        return cls(
            bias={kind: float(table["bias"]) for kind, table in kinds.items()},
            weights={kind: {name: float(w) for name, w in table["weights"].items()} for kind, table in kinds.items()},
            floor=float(data["floor"]),
        )

    def terms(self, candidate: Candidate) -> tuple[tuple[str, float], ...]:
        """List what each feature of a candidate adds, in log-odds, the weightiest first."""
        weights = self.weights[candidate.kind]
        terms = [(name, weights[name]) for name in candidate.features if name in weights]
        return tuple(sorted(terms, key=lambda term: (-abs(term[1]), term[0])))

    def score(self, candidate: Candidate) -> float:
        """Tell how probable it is that the article announces this, 0 to 1."""
        weights = self.weights[candidate.kind]
        told = map(weights.__getitem__, weights.keys() & candidate.features)
        # fsum: the same sum whatever the order in which a set gives its features.
        total = math.fsum((self.bias[candidate.kind], *told))
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scored:
    """A candidate with its probability."""

    candidate: Candidate
    confidence: float
