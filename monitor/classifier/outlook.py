"""Between the second stage and the third: whether a sentence can hold an announcement at all.

What is recognised before titles are looked for says how probable a statement in that sentence can become at best:
everything is counted that could speak for it, and against it nothing but what is certain, the model's bias and the
zone. So a "no" is never wrong, and most articles that announce nothing are done with here.
"""

from __future__ import annotations

import math

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
#: Of each row a statement has one feature at most.
_ORIGINS = ("known french work", "French broadcaster", "French context")
_PLATFORMS = ("platform beside it", "platform in the article")
_SLATE = ("in a slate", "slate sentence", "slate in front")  # whatever speaks of a slate is read in full
#: Features that a sentence shows or does not; every other one is thought possible anywhere.
_SHOWN = frozenset(
    {
        *_ORIGINS,
        *_PLATFORMS,
        *_SLATE,
        "said to be French",
        "new",
        "new!",
        "two acts",
        "work named",
        "answers the headline",
    }
)
#: Probabilities are rounded to four places, and sums of weights are as exact as floats are.
_ROUNDED, _EXACT = 0.00005, 1e-6


class Outlook:
    """What a model allows at best."""

    def __init__(self, model: Model) -> None:
        self._weights = model.weights
        floor = min(max(model.floor - _ROUNDED, _EXACT), 1 - _ROUNDED)
        self._least = math.log(floor / (1 - floor)) - _EXACT
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
        rows = [[f"act {act}{MARKS[mark.strength]}" for mark in reading.of(act)] for act in here]
        rows += [["two acts"] if len(here) > 1 else [], *_signs(reading)]
        best = self._base[kind] + weights.get(f"zone {reading.sentence.zone}", 0.0)
        return best + sum(max([0.0, *(weights.get(name, 0.0) for name in row)]) for row in rows) >= self._least


def _shown(name: str) -> bool:
    return name in _SHOWN or name.startswith(("zone ", "act ", "object "))


def _signs(reading: Reading) -> list[list[str]]:
    """List what a sentence shows of each row of features."""
    french = any(mark.strength == 3 for mark in reading.of("french"))
    named = any(mark.strength > 1 for group, marks in reading.groups.items() if group[:5] == "work." for mark in marks)
    firm = any(mark.strength == 3 for mark in reading.all("order", "renew", "shoot"))
    strong = any(mark.strength == 3 for mark in reading.of("new"))
    return [
        [*_ORIGINS, "said to be French"] if french else [*_ORIGINS],
        [*_PLATFORMS] if reading.has("platform") else ["platform in the article"],
        ["new", *(["new!"] if strong else [])] if reading.has("new") else [],
        ["work named"] if named else [],
        ["answers the headline"] if firm else [],
        ["object none", "object sequel", *(f"object {name}" for name in _OBJECTS if reading.has(name))],
    ]


__all__ = ["Outlook"]
