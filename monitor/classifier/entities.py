"""Second stage: everything recognised in each sentence, by phrase, by name and by title."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.phrases import Mark, tokenise
from monitor.classifier.text import Sentence
from monitor.classifier.titles import titles

_BREAK = re.compile(r"[;]|\s:\s|:\s|\s-\s|[()]|\.\.\.|…")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One sentence with everything recognised in it."""

    sentence: Sentence
    marks: tuple[Mark, ...]  #: in order of place
    groups: Mapping[str, tuple[Mark, ...]]  #: the same by group
    clauses: tuple[int, ...]  #: where each clause begins

    def all(self, *groups: str) -> list[Mark]:
        """List the marks of some groups, group by group."""
        return [mark for group in groups for mark in self.groups.get(group, ())]

    def has(self, *groups: str) -> bool:
        """Whether there is a mark of one of the groups."""
        return any(group in self.groups for group in groups)

    def clause(self, mark: Mark) -> int:
        """Tell in which clause a mark begins."""
        return bisect(self.clauses, mark.start)

    @property
    def question(self) -> bool:
        """Whether the sentence asks."""
        return self.sentence.plain.rstrip('" )').endswith("?")


def distance(one: Mark, other: Mark) -> int:
    """Characters between two marks; none when they touch or overlap."""
    return max(0, max(one.start, other.start) - min(one.end, other.end))


def read(sentence: Sentence, lexicon: Lexicon, gazetteer: Gazetteer) -> Reading:
    """Recognise what is in a sentence."""
    plain, tokens = sentence.plain, tokenise(sentence.plain)
    marks = _untrapped([*lexicon.book.marks(plain, tokens), *gazetteer.marks(plain, sentence.text, tokens)])
    names = titles(sentence, marks, lexicon, gazetteer)
    marks = [m for m in marks if not any(_inside(m, name) for name in names)] + names
    return with_marks(sentence, marks)


def with_marks(sentence: Sentence, marks: Iterable[Mark]) -> Reading:
    """Put the marks of a sentence in order."""
    ordered = sorted(marks, key=lambda m: (m.start, m.end))
    groups: dict[str, list[Mark]] = {}
    for mark in ordered:
        groups.setdefault(mark.group, []).append(mark)
    return Reading(
        sentence=sentence,
        marks=tuple(ordered),
        groups={group: tuple(members) for group, members in groups.items()},
        clauses=_clauses(sentence.plain, ordered),
    )


_JOINT = re.compile(r"(?:, (?:et |and )?| et | and )$")


def _clauses(plain: str, marks: list[Mark]) -> tuple[int, ...]:
    """Tell where statements begin.

    At strong punctuation, at "mais", "dont", "après", at the comma that ends such an aside, and at a comma before a
    title that something is said of ("X s'arrête, Y aura une suite").
    """
    starts = {0} | {m.end() for m in _BREAK.finditer(plain)}
    for mark in marks:
        if mark.group == "clause":
            comma = plain.find(", ", mark.end)
            starts |= {mark.start} | ({comma + 2} if comma >= 0 else set())
        elif (
            mark.group == "title"
            and _JOINT.search(plain[max(0, mark.start - 6) : mark.start])
            and any(m.group == "title.after" and 0 <= m.start - mark.end <= 3 for m in marks)
        ):
            starts.add(mark.start)
    return tuple(sorted(starts))


#: What a trap never hides: entities, and the signs that mute a sentence.
_SAFE = frozenset(
    {"platform", "work", "producer", "person", "show", "periphrasis", "piece", "people", "outside", "past", "outlet"}
)


#: "annonce Le Parisien" says who wrote it, and announces nothing.
_SAID = frozenset({"announce", "confirm"})


def _covered(mark: Mark, others: list[Mark]) -> bool:
    return any(o.start <= mark.start and mark.end <= o.end and o.end - o.start > mark.end - mark.start for o in others)


def _untrapped(marks: list[Mark]) -> list[Mark]:
    """Drop what a trap covers, and of the same group what a longer mark covers."""
    traps = [m for m in marks if m.group == "trap"]
    kept = [
        m
        for m in marks
        if m.group in _SAFE or m.group == "trap" or not any(t.start < m.end and m.start < t.end for t in traps)
    ]
    covers = [m for m in marks if m.group == "outside"]
    kept = [m for m in kept if not (m.group.startswith("work") and m.group != "work" and _covered(m, covers))]
    names = [m for m in marks if m.group in ("platform", "outlet", "producer", "person", "show") and m.strength > 1]
    kept = [m for m in kept if m in names or m.group in ("work", "french", "foreign") or not _covered(m, names)]
    outlets = [m.start for m in marks if m.group == "outlet"]
    kept = [m for m in kept if m.group not in _SAID or not any(0 <= start - m.end <= 4 for start in outlets)]
    best: dict[tuple[str, int], Mark] = {}
    for mark in kept:
        key = (mark.group, mark.start)
        if key not in best or (mark.end, mark.strength) > (best[key].end, best[key].strength):
            best[key] = mark
    return sorted(best.values(), key=lambda m: (m.start, m.end))


#: Words inside a title are the title's, save what may stand in one by right.
_IN_TITLE = frozenset({"title.before", "title.after", "trap", "clause"})


def _inside(mark: Mark, title: Mark) -> bool:
    covered = title.start <= mark.start and mark.end <= title.end
    return covered and (mark.group not in _IN_TITLE or mark.end <= title.end)
