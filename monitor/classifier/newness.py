"""Fourth stage, what a sentence calls new: a work, or only more of one that is known."""

from __future__ import annotations

from monitor.classifier.entities import Reading, distance
from monitor.classifier.phrases import Mark

#: Characters between "nouvelle" and the work it describes.
_BESIDE = 28
#: Characters that a word for new may reach past the work it stands in: "série inédite".
_PAST = 12


def fresh(reading: Reading) -> list[Mark]:
    """List what calls something new, but for what calls so more of a work: "sept nouveaux épisodes de sa série"."""
    more = reading.of("more")
    return [n for n in reading.of("new") if not any(m.start <= n.start and n.end <= m.end for m in more)]


def describes(new: Mark, work: Mark) -> bool:
    """Whether a word for new describes a work: it stands right before, or in the words for it."""
    before = 0 <= work.start - new.end <= _BESIDE and new.start < work.start
    inside = work.start <= new.start and new.end <= work.end + _PAST
    return before or inside


def newness(reading: Reading, anchor: Mark) -> set[str]:
    """Name whether what a statement is about is called new, and how firmly."""
    marks = [n for n in fresh(reading) if distance(n, anchor) <= _BESIDE]
    return {f"new{'!' if max(m.strength for m in marks) == 3 else ''}"} if marks else set()
