"""Which announcement read is which fact of the label, and how much of it is right. Pure.

Within an article and kind, facts and announcements are paired one to one so that they agree best; a wrong title can
still be paired when nothing better is left. A fact of status `denied` is not to be found. A fact with `count` stands
for so many announcements, and is found when one of them is. On pairs, what is right is:

| field     | exact                                           | lenient                                              |
|-----------|-------------------------------------------------|------------------------------------------------------|
| title     | same words, whatever case, accents, punctuation | one holds the other as whole words, or they are 0.8  |
|           | and leading article; or both untitled           | alike (difflib's ratio); never titled with untitled  |
| season    | same number, or both none                       | or one of them none                                  |
| platforms | same set, in any order                          | or one in common, or one of them empty               |
| status    | same                                            | or neither is `rumoured`                             |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from typing import Final

from monitor.classifier.text import name_key
from monitor.learning.labelled import Fact
from monitor.learning.measure import KINDS, share
from monitor.types import Announcement
from monitor.vocabulary import Kind, Status

#: Titles at least so alike are leniently the same.
ALIKE: Final = 0.8

_ARTICLE: Final = re.compile(r"^(?:l|le|la|les|un|une|des|the|a|an) (?=.)")


class Fit(IntEnum):
    """How well a field was read."""

    WRONG = 0
    LENIENT = 1
    EXACT = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A fact and the announcement that was read for it."""

    fact: Fact
    announcement: Announcement

    def fits(self) -> dict[str, Fit]:
        """Tell of each field how well it was read."""
        return {field: fit(self.fact, self.announcement) for field, fit in FIELDS.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Matched:
    """The facts of an article beside what was read in it."""

    pairs: tuple[Pair, ...]
    missed: tuple[Fact, ...]
    extra: tuple[Announcement, ...]


def title_key(title: str) -> str:
    """Give the form in which two spellings of a title are exactly the same."""
    return _ARTICLE.sub("", name_key(title))


def title_fit(fact: Fact, read: Announcement) -> Fit:
    """Compare titles."""
    if fact.title is None or read.title is None:
        return Fit.EXACT if fact.title is read.title else Fit.WRONG
    one, other = sorted((title_key(fact.title), title_key(read.title)))
    if one == other:
        return Fit.EXACT
    if one and other and (f" {one} " in f" {other} " or f" {other} " in f" {one} "):
        return Fit.LENIENT
    return Fit.LENIENT if SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE else Fit.WRONG


def season_fit(fact: Fact, read: Announcement) -> Fit:
    """Compare seasons."""
    if fact.season == read.season:
        return Fit.EXACT
    return Fit.LENIENT if fact.season is None or read.season is None else Fit.WRONG


def platforms_fit(fact: Fact, read: Announcement) -> Fit:
    """Compare platforms, by their names."""
    expected, found = ({name_key(name) for name in names} for names in (fact.platforms, read.platforms))
    if expected == found:
        return Fit.EXACT
    return Fit.LENIENT if expected & found or not expected or not found else Fit.WRONG


def status_fit(fact: Fact, read: Announcement) -> Fit:
    """Compare statuses."""
    if fact.status is read.status:
        return Fit.EXACT
    return Fit.WRONG if Status.RUMOURED in (fact.status, read.status) else Fit.LENIENT


FIELDS: Final[Mapping[str, Callable[[Fact, Announcement], Fit]]] = {
    "title": title_fit,
    "season": season_fit,
    "platforms": platforms_fit,
    "status": status_fit,
}
#: What a field weighs when facts and announcements are paired: all the others together less than the title.
_WEIGHTS: Final = {"title": 8, "season": 3, "platforms": 2, "status": 1}


def match(facts: Iterable[Fact], read: Iterable[Announcement]) -> Matched:
    """Pair the facts of an article that are to be found with what was read in it, kind by kind."""
    sought = [fact for fact in facts if fact.kind in KINDS and fact.status is not Status.DENIED]
    given = [one for one in read if one.kind in KINDS]
    pairs = [pair for kind in KINDS for pair in _pairs(kind, sought, given)]
    found = {id(pair.fact) for pair in pairs}
    used = {id(pair.announcement) for pair in pairs}
    return Matched(
        pairs=tuple(pairs),
        missed=tuple(fact for fact in sought if id(fact) not in found),
        extra=tuple(one for one in given if id(one) not in used),
    )


def _pairs(kind: Kind, sought: Sequence[Fact], given: Sequence[Announcement]) -> list[Pair]:
    facts = [fact for fact in sought if fact.kind is kind for _ in range(fact.count or 1)]
    read = [one for one in given if one.kind is kind]
    table = [[_agreement(fact, one) for one in read] for fact in facts]
    return [Pair(fact=facts[row], announcement=read[column]) for row, column in assign(table)]


def _agreement(fact: Fact, read: Announcement) -> int:
    return sum(weight * FIELDS[field](fact, read) for field, weight in _WEIGHTS.items())


def assign(table: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Pair rows with columns, each at most once and as many as can be, for the greatest sum; in the order of the rows.

    The Hungarian method with potentials: a row is added at a time, along the cheapest path that frees a column.
    """
    if not table or not table[0]:
        return []
    if len(table) > len(table[0]):
        return sorted((row, column) for column, row in assign(list(zip(*table, strict=True))))
    width = len(table[0])
    rows, columns = [0] * (len(table) + 1), [0] * (width + 1)  # potentials; place 0 stands for "none"
    owner = [0] * (width + 1)  # of each column: its row, counted from 1
    for row in range(1, len(table) + 1):
        _add(table, row, owner, rows, columns)
    return sorted((owner[column] - 1, column - 1) for column in range(1, width + 1) if owner[column])


def _add(table: Sequence[Sequence[int]], row: int, owner: list[int], rows: list[int], columns: list[int]) -> None:
    """Give one more row its column, moving others where that is worth it."""
    width = len(owner) - 1
    slack, way, done = [10**9] * (width + 1), [0] * (width + 1), [False] * (width + 1)
    owner[0], here = row, 0
    while owner[here]:
        done[here], mine = True, owner[here]
        for column in (c for c in range(1, width + 1) if not done[c]):
            cost = -table[mine - 1][column - 1] - rows[mine] - columns[column]
            if cost < slack[column]:
                slack[column], way[column] = cost, here
        nearest = min((c for c in range(1, width + 1) if not done[c]), key=slack.__getitem__)
        step = slack[nearest]
        for column in range(width + 1):
            if done[column]:
                rows[owner[column]] += step
                columns[column] -= step
            else:
                slack[column] -= step
        here = nearest
    while here:
        owner[here], here = owner[way[here]], way[here]


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldScore:
    """How often a field is right, over pairs."""

    exact: int
    lenient: int  #: the exact ones among them
    pairs: int

    @property
    def exact_share(self) -> float | None:
        """Share of the pairs in which it is exactly right."""
        return share(self.exact, self.pairs)

    @property
    def lenient_share(self) -> float | None:
        """Share of the pairs in which it is exactly or leniently right."""
        return share(self.lenient, self.pairs)


@dataclass(frozen=True, kw_only=True, slots=True)
class FactScore:
    """How well facts are read."""

    announced: int  #: facts to be found
    found: int  #: of these
    read: int  #: announcements
    right: int  #: of these, paired with a fact
    fields: Mapping[str, FieldScore]

    @property
    def recall(self) -> float | None:
        """Share of the facts that is found."""
        return share(self.found, self.announced)

    @property
    def precision(self) -> float | None:
        """Share of the announcements that stands for a fact."""
        return share(self.right, self.read)


def score(articles: Iterable[Matched], kinds: Iterable[Kind] = KINDS) -> FactScore:
    """Add up the facts of some kinds over articles."""
    wanted, them = frozenset(kinds), list(articles)
    pairs = [pair for one in them for pair in one.pairs if pair.fact.kind in wanted]
    missed = sum(fact.kind in wanted for one in them for fact in one.missed)
    extra = sum(read.kind in wanted for one in them for read in one.extra)
    found = len({id(pair.fact) for pair in pairs})
    fits = [pair.fits() for pair in pairs]
    return FactScore(
        announced=found + missed,
        found=found,
        read=len(pairs) + extra,
        right=len(pairs),
        fields={
            field: FieldScore(
                exact=sum(fit[field] is Fit.EXACT for fit in fits),
                lenient=sum(fit[field] is not Fit.WRONG for fit in fits),
                pairs=len(pairs),
            )
            for field in FIELDS
        },
    )
