"""Second stage: everything recognised in each sentence, by phrase, by name and by title."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from monitor.classifier.clauses import clause_starts
from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.phrases import Mark, grouped
from monitor.classifier.rescue import taken_up
from monitor.classifier.scene import WORKS, of_a_name
from monitor.classifier.stems import stems
from monitor.classifier.text import Sentence
from monitor.classifier.titles import titles

#: Where a sentence still begins: after a bullet or a quotation mark.
_FIRST = 3
#: A mark's place, for sorting.
_PLACE = itemgetter(1, 2)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One sentence with everything recognised in it. Without slots, so that the clauses are read when asked for."""

    sentence: Sentence
    marks: tuple[Mark, ...]  #: in order of place
    groups: Mapping[str, list[Mark]]  #: the same by group

    @cached_property
    def clauses(self) -> tuple[int, ...]:
        """Where each clause begins."""
        return clause_starts(self.sentence.plain, self.groups)

    @cached_property
    def stems(self) -> tuple[tuple[int, int, str], ...]:
        """The words that it is made of, each with where it stands."""
        return tuple(stems(self.sentence, self.marks, 0, len(self.sentence.text)))

    def of(self, group: str) -> Sequence[Mark]:
        """List the marks of one group."""
        return self.groups.get(group, ())

    def all(self, *groups: str) -> list[Mark]:
        """List the marks of some groups, group by group."""
        return [mark for group in groups if group in self.groups for mark in self.groups[group]]

    def lacks(self, groups: frozenset[str]) -> bool:
        """Whether there is no mark of any of the groups."""
        return groups.isdisjoint(self.groups)

    def has(self, *groups: str) -> bool:
        """Whether there is a mark of one of the groups."""
        return not self.groups.keys().isdisjoint(groups)

    def clause(self, mark: Mark) -> int:
        """Tell in which clause a mark begins."""
        return bisect(self.clauses, mark.start)

    @property
    def question(self) -> bool:
        """Whether the sentence asks."""
        return self.sentence.plain.rstrip('" )').endswith("?")


def distance(one: Mark, other: Mark) -> int:
    """Characters between two marks; none when they touch or overlap."""
    gap = one.start - other.end if one.start > other.start else other.start - one.end
    return max(gap, 0)


def read(sentence: Sentence, lexicon: Lexicon, gazetteer: Gazetteer) -> Reading:
    """Recognise what is in a sentence."""
    return with_titles(hear(sentence, lexicon, gazetteer), lexicon, gazetteer)


def hear(sentence: Sentence, lexicon: Lexicon, gazetteer: Gazetteer) -> Reading:
    """Recognise the phrases and names of a sentence, not yet its titles."""
    plain, tokens = sentence.plain, sentence.tokens
    marks = [*lexicon.book.marks(plain, tokens), *gazetteer.marks(plain, sentence.text, tokens)]
    found = {m[0] for m in marks}  # most sentences have nothing of what the steps below look for
    if "when" in found:
        marks = _dated(marks, plain)
    if "trap" in found:
        marks = [m for m in marks if m[0] != "trap" or not of_a_name(m, marks, sentence, lexicon)]
    marks = _untrapped(marks, hidden=not _HIDING.isdisjoint(found))
    if "rescue" in found:
        marks = taken_up(marks, sentence)
    if "links" in found and sentence.zone != "headline":
        marks = [m for m in marks if m[0] == "links" and m.start <= _FIRST] or marks
    if not _NOUNS.isdisjoint(found):
        marks = _nouns(marks, sentence)
    return Reading(sentence=sentence, marks=tuple(marks), groups=grouped(marks))


def with_titles(heard: Reading, lexicon: Lexicon, gazetteer: Gazetteer) -> Reading:
    """Find the titles of a sentence; what is part of one says nothing else."""
    if heard.has("links"):
        return heard
    names = titles(heard.sentence, heard.marks, heard.groups, lexicon, gazetteer)
    names = [name for name in names if not _somebody_or_some_day(name, heard)]
    if not names:
        return heard
    marks = (m if m.group != "order" else _cut(m, names) for m in heard.marks)
    return with_marks(heard.sentence, [*(m for m in marks if not _inside(m, names)), *names])


def _somebody_or_some_day(name: Mark, heard: Reading) -> bool:
    """Whether what stands as a title is who has a post, or ends with a time: "Brest this summer"."""
    if any(m.start < name.start and name.end <= m.end for m in heard.of("appoint")):
        return True
    text = heard.sentence.text
    times = [m for m in heard.of("soon") if m.strength > 2 and text[m.start].islower()]  # not "Une maison en janvier"
    return any(name.start < m.start and m.end <= name.end for m in times)


def with_marks(sentence: Sentence, marks: Iterable[Mark]) -> Reading:
    """Put the marks of a sentence in order."""
    ordered = sorted(marks, key=_PLACE)
    return Reading(sentence=sentence, marks=tuple(ordered), groups=grouped(ordered))


#: What a trap never hides: entities, and the signs that mute a sentence.
_SAFE = frozenset(
    {
        "platform", "work", "producer", "person", "show", "periphrasis", "piece", "people", "outside", "past", "outlet",
        "trap", "host", "deal", "appoint", "sport", "firm",
    }
)  # fmt: skip


#: Words for a work.
_NOUNS = frozenset({*WORKS, "work.any"})
#: What a verb says, of which the first word could also be a noun for a work: "films in May", "shows off".
_VERBS = frozenset({"shoot", "announce"})
_NAME_BEFORE = re.compile(r"[A-ZÀ-Ý][\w'’-]+ $")


def _nouns(marks: list[Mark], sentence: Sentence) -> list[Mark]:
    """Drop words for a work that are none: verbs, and the last word of a company's name ("Grand Large Films")."""
    verbs = {m.start: m.end for m in marks if m.group in _VERBS}
    return [m for m in marks if m[0] not in _NOUNS or not (verbs.get(m.start, 0) > m.end or _named(m, sentence))]


def _named(mark: Mark, sentence: Sentence) -> bool:
    """Whether a word has a capital after another that has one, in a text that is not all in capitals."""
    text = sentence.text
    if sentence.zone not in ("lead", "body") or not text[mark.start].isupper() or text[mark.start : mark.end].isupper():
        return False
    return " " not in text[mark.start : mark.end] and bool(
        _NAME_BEFORE.search(text, max(0, mark.start - 30), mark.start)
    )


#: What may stand inside a name and still counts.
_BESIDE_NAMES = frozenset({"work", "french", "foreign"})
#: "annonce Le Parisien" says who wrote it, and announces nothing.
_SAID = frozenset({"announce", "confirm"})


#: What hides other marks.
_NAMED = frozenset({"platform", "outlet", "producer", "person", "show"})
_HIDING = _NAMED | {"ask", "unsure", "trap", "outside", "acquire", "cancel", "release", "remake"}


def _untrapped(marks: list[Mark], *, hidden: bool) -> list[Mark]:
    """Drop what another mark hides, and of the same group and start all but the longest."""
    if hidden:
        marks = unhidden(marks, [m for m in marks if m[0] in _HIDING])
    if len({m[:2] for m in marks}) == len(marks):
        return sorted(marks, key=_PLACE)
    best: dict[tuple[object, ...], Mark] = {}
    for mark in marks:
        same = best.setdefault(mark[:2], mark)
        if same is not mark and (mark.end, mark.strength) > (same.end, same.strength):
            best[mark[:2]] = mark
    return sorted(best.values(), key=_PLACE)


#: Characters between a shoot and the day on which it begins.
_SHOT = 30


#: "Canal+ a démenti ce mardi": the day is that of what was said.
_TOLD = frozenset({"announce", "confirm", "refuted"})


def _dated(marks: list[Mark], plain: str) -> list[Mark]:
    """Read days as dates of release, but for those on which a shoot begins: "en tournage à Sète dès lundi".

    Nor where something was said on that day: "a annoncé ce mardi".
    """
    shoots = [m for m in marks if m[0] == "shoot"]
    told = {m[2] for m in marks if m[0] in _TOLD}
    return [
        m._replace(group="release") if m[0] == "when" else m
        for m in marks
        if m[0] != "when" or (m[1] - 1 not in told and not any(_on_that_day(shoot, m, plain) for shoot in shoots))
    ]


def _on_that_day(shoot: Mark, day: Mark, plain: str) -> bool:
    gap = distance(shoot, day)
    between = plain[min(shoot.end, day.end) : max(shoot.start, day.start)] if gap else ""
    return gap <= _SHOT and not any(sign in between for sign in ",;:(")


def unhidden(marks: list[Mark], hiding: list[Mark]) -> list[Mark]:
    """Drop what a trap touches, words for a work inside what is none, words inside a name, and "announced Variety"."""
    kept = marks
    if places := [m[1:3] for m in hiding if m[0] == "trap"]:
        kept = [m for m in kept if m[0] in _SAFE or not any(s < m[2] and m[1] < e for s, e in places)]
    if covers := [m for m in hiding if m[0] == "outside"]:
        kept = [m for m in kept if m[0][:4] != "work" or m[0] == "work" or not _reached(m, covers)]
    if names := [m for m in hiding if m[0] in _NAMED and m.strength > 1]:
        kept = [m for m in kept if m[0] in _BESIDE_NAMES or not _touched(m, names) or m in names]
    if other := [m for m in hiding if m.group in ("acquire", "cancel")]:  # "will not be moving ahead with"
        kept = [m for m in kept if m.group not in ("order", "rescue") or not _covered(m, other)]
    if dates := [m for m in hiding if m.group == "release"]:  # "la date de retour" is no return
        kept = [m for m in kept if m.group != "renew" or m.strength > 2 or not _covered(m, dates)]
    if abroad := [m for m in hiding if m.group == "remake"]:  # "version of the French drama" is no French version
        kept = [m for m in kept if m.group not in ("adapt", "french") or not _covered(m, abroad)]
    if doubts := [
        m for m in hiding if m.group in ("ask", "unsure")
    ]:  # "y aura-t-il une suite", "rien n'est signé pour"
        kept = [m for m in kept if m.group != "renew" or not any(o.start < m.end and m.start < o.end for o in doubts)]
    if outlets := [m.start for m in hiding if m.group == "outlet"]:
        kept = [m for m in kept if m.group not in _SAID or not any(0 <= start - m.end <= 4 for start in outlets)]
    return kept


def _covered(mark: Mark, others: list[Mark]) -> bool:
    """Whether a longer mark covers it."""
    _, start, end, *_ = mark
    return any(o.start <= start and end <= o.end and o.end - o.start > end - start for o in others)


def _reached(mark: Mark, others: list[Mark]) -> bool:
    """Whether a longer mark covers it, or begins in it and goes on: "une comédie" of "une comédie musicale"."""
    _, start, end, *_ = mark
    return _covered(mark, others) or any(start < other.start < end < other.end for other in others)


def _touched(mark: Mark, names: list[Mark]) -> bool:
    """Whether a name covers it, or it begins inside one: "France 3 dramas" counts no dramas."""
    _, start, end, *_ = mark
    return any(
        first < start < last or (first <= start and end <= last and last - first > end - start)
        for _, first, last, *_ in names
    )


#: Groups whose phrases may end with a word that begins a title: "trois acteurs de plus", "de Plus belle la vie".
_REACHING = frozenset({"more", "season", "renew", "order", "works"})


def _cut(mark: Mark, titles: list[Mark]) -> Mark:
    """Take from an order the article that is the title's: "commande La Digue" says "commande", which is less firm."""
    for title in titles:
        before = mark.value.rpartition(" ")[0]
        if before and mark.start < title.start < mark.end <= title.end and title.start == mark.start + len(before) + 1:
            return mark._replace(end=title.start - 1, value=before, strength=min(mark.strength, 2))
    return mark


def _inside(mark: Mark, titles: list[Mark]) -> bool:
    """Whether a mark is part of a title, or takes its first word for its own last: then it says nothing."""
    if mark.group in _REACHING:
        return any(title.start < mark.end <= title.end and mark.start < title.end for title in titles)
    return any(title.start <= mark.start and mark.end <= title.end for title in titles)
