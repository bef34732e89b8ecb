"""Between the second stage and the third: whether a sentence can hold an announcement at all.

What is recognised before titles are looked for says how probable a statement in that sentence can become at best:
everything is counted that could speak for it, and against it nothing but what is certain, the model's bias and the
zone. So a "no" is never wrong, and most articles that announce nothing are done with here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from monitor.classifier.candidates import MARKS
from monitor.classifier.entities import Reading
from monitor.classifier.score import Model
from monitor.types import Kind

_NEW = ("order", "develop", "shoot", "adapt", "cast", "announce")
_FURTHER = ("order", "renew", "develop", "shoot", "cast", "announce", "confirm")
_OBJECTS = ("season", "more", "sequel", "spinoff")
_BARE = ("renew", "cancel", "acquire")
_ENDINGS = {
    Kind.CANCELLATION: frozenset({"cancel", "negation"}),
    Kind.ACQUISITION: frozenset({"acquire"}),
    Kind.RELEASE_DATE: frozenset({"release"}),
}
#: Features that a sentence shows or does not; a statement has one of each row at most.
_ROWS = (
    ("known french work", "French broadcaster", "French context", "said to be French"),
    ("platform beside it", "platform in the article"),
    ("new", "new!"),
    ("work named",),
    ("answers the headline",),
    ("object none", "object sequel", *(f"object {name}" for name in _OBJECTS)),
)
_SLATE = ("in a slate", "slate sentence", "slate in front")  # whatever speaks of a slate is read in full
#: Of these, what the sentence itself need not show: it comes from the title or the rest of the article.
_ANYWHERE = frozenset({*_ROWS[0][:3], "platform in the article", "object none", "object sequel"})
#: Every other feature is thought possible in any sentence.
_SHOWN = frozenset({*_SLATE, "two acts", *(name for row in _ROWS for name in row)})
#: Probabilities are rounded to four places, and sums of weights are as exact as floats are.
_ROUNDED, _EXACT = 0.00005, 1e-6


class Outlook:
    """What a model allows at best."""

    def __init__(self, model: Model) -> None:
        self._weights = model.weights
        floor = min(max(model.floor - _ROUNDED, _EXACT), 1 - _ROUNDED)
        self._least = math.log(floor / (1 - floor)) - _EXACT
        self._most = {kind: sum(_best(table, row) for row in _ROWS) for kind, table in model.weights.items()}
        self._base = {
            kind: model.bias[kind] + sum(max(0.0, weight) for name, weight in table.items() if not _shown(name))
            for kind, table in model.weights.items()
        }

    def hopeful(self, reading: Reading) -> bool:
        """Whether the sentence may hold an announcement, whatever its titles and the rest of the article are."""
        new = any(self._enough(kind, reading, _NEW) for kind in (Kind.NEW_ORIGINAL, Kind.RENEWAL) if reading.has(*_NEW))
        if new or (reading.has("works") and reading.has(*_NEW)):
            return True
        bare = any(mark.strength == 3 for mark in reading.all(*_BARE))
        if not bare and not reading.has(*_OBJECTS, "work.film"):
            return False
        kinds = [kind for kind, signs in _ENDINGS.items() if not reading.lacks(signs)]
        return any(self._enough(kind, reading, _FURTHER) for kind in (Kind.RENEWAL, *kinds))

    def _enough(self, kind: Kind, reading: Reading, acts: tuple[str, ...]) -> bool:
        """Whether a statement of a kind can be probable enough."""
        weights = self._weights[kind]
        here = [act for act in acts if act in reading.groups]
        best = self._base[kind] + weights.get(f"zone {reading.sentence.zone}", 0.0)
        best += sum(_best(weights, [f"act {act}{MARKS[mark.strength]}" for mark in reading.of(act)]) for act in here)
        best += _best(weights, ["two acts"]) if len(here) > 1 else 0.0
        if best + self._most[kind] < self._least:
            return False
        signs = _signs(reading)
        return best + sum(_best(weights, signs.intersection(row)) for row in _ROWS) >= self._least


def _best(weights: Mapping[str, float], row: Iterable[str]) -> float:
    """Give the greatest weight that speaks for a statement, of features of which it has one or none."""
    return max([0.0, *(weights.get(name, 0.0) for name in row)])


def _shown(name: str) -> bool:
    return name in _SHOWN or name.startswith(("zone ", "act ", "object "))


def _signs(reading: Reading) -> set[str]:
    """List the features of `_ROWS` that a statement in the sentence can have."""
    works = (mark for group, marks in reading.groups.items() if group[:5] == "work." for mark in marks)
    signs = {
        "said to be French": any(mark.strength == 3 for mark in reading.of("french")),
        "platform beside it": reading.has("platform"),
        "new": reading.has("new"),
        "new!": any(mark.strength == 3 for mark in reading.of("new")),
        "work named": any(mark.strength > 1 for mark in works),
        "answers the headline": any(mark.strength == 3 for mark in reading.all("order", "renew", "shoot")),
        **{f"object {name}": reading.has(name) for name in _OBJECTS},
    }
    return {name for name, there in signs.items() if there} | _ANYWHERE


__all__ = ["Outlook"]
