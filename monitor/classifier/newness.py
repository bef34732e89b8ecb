"""Fourth stage, what a sentence calls new: a work, or only more of one that is known."""

from __future__ import annotations

import re

from monitor.classifier.entities import Reading, distance
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.phrases import Mark
from monitor.classifier.scene import WORKS

#: Characters between "nouvelle" and the work it describes.
_BESIDE = 28
#: Characters between what is spoken of and its release; of an article that a preposition holds: "des".
_RELEASED, _HELD = 60, 3
_MAKING = ("adapt", "order", "develop", "shoot")
#: Characters that a word for new may reach past the work it stands in: "série inédite".
_PAST = 12
#: Characters between a season and the words for what it is a season of.
_OF = 16
_FIRST = ("1", "premiere", "first")
_WORD = re.compile(r"\w+'?")


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


def of_no_work_before(found: set[str], reading: Reading, anchor: Mark) -> set[str]:
    """Leave out of a new work's features what only looks as if the work were there already.

    "On la retrouvera dans X" and "aura sa version française" renew nothing, "le rôle principal des Vignes" has the
    title's own article, and "dont le tournage débute en mars" and "une minisérie inédite" are no releases.
    """
    nothing = set[str]()
    if "with renew" in found and not _renews(reading):
        nothing.add("with renew")
    if anchor.group == "title" and all(m.end - m.start <= _HELD for m in _right_before(reading, anchor)):
        nothing.add("in passing")
    if "released" in found and all(_not_out(reading, m) for m in _releases(reading, anchor)):
        nothing.add("released")
    return found - nothing


def _renews(reading: Reading) -> bool:
    """Whether something goes on, in words that are more than a hint and no part of what makes a new work."""
    made = [m for m in reading.all(*_MAKING) if m.strength > 2]
    renewing = (m for m in reading.of("renew") if m.strength > 1)
    return any(not any(a.start <= m.start and m.end <= a.end for a in made) for m in renewing)


def _right_before(reading: Reading, anchor: Mark) -> list[Mark]:
    return [m for m in reading.of("passing") if 0 <= anchor.start - m.end <= 2]


def _releases(reading: Reading, anchor: Mark) -> list[Mark]:
    return [m for m in reading.of("release") if m.strength > 1 and distance(m, anchor) <= _RELEASED]


def _not_out(reading: Reading, release: Mark) -> bool:
    """Whether what looks like a release belongs to a shoot or a cast, or calls a work new."""
    if any(m.start < release.end and release.start <= m.end + 1 for m in reading.all("shoot", "cast")):
        return True
    new = [n for n in reading.of("new") if n.strength > 2 and n.start <= release.start and release.end <= n.end]
    return any(describes(n, w) for n in new for w in reading.all(*WORKS) if w.strength > 1)


def of_a_season(reading: Reading, anchor: Mark, lexicon: Lexicon) -> bool:
    """Whether words for a work only say of what a season is one: "une saison 4 de sa fiction policière"."""
    if not anchor.group.startswith("work."):
        return False
    little = lexicon.joins | lexicon.definite | lexicon.its
    between = (
        reading.sentence.plain[m.end : anchor.start]
        for m in reading.all("season", "more")
        if 0 < anchor.start - m.end <= _OF and m.value not in _FIRST
    )
    return any(words.startswith(" ") and all(w in little for w in _WORD.findall(words)) for words in between)
