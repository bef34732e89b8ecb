"""Tellings of one fact, as they gather: what a story has in common, before it is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.decide.cues import bought_by, buyers, persons
from monitor.decide.lore import Lore, Rules
from monitor.decide.naming import title_key
from monitor.decide.provenance import origin_of, origin_said
from monitor.telling import Told
from monitor.types import Announcement
from monitor.vocabulary import Kind, Origin


@dataclass(slots=True, eq=False)
class Cluster:
    """Tellings of one fact, as they gather; what they have in common is narrowed and filled in by each.

    Those that a person merged stay sides of their own until all are gathered, so that what is like one of them joins.
    """

    kind: Kind
    told: list[Told] = field(default_factory=list)
    works: frozenset[str] = frozenset()
    titles: set[str] = field(default_factory=set)  #: as they were written
    keys: set[str] = field(default_factory=set)
    platforms: frozenset[str] = frozenset()
    buyers: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    season: int | None = None
    misread: frozenset[int] = frozenset()  #: seasons that were read, and that a reader corrected
    wrong: frozenset[str] = frozenset()  #: stories that these were told of, and that a reader called wrong
    led: Told | None = None  #: what a person's merging chose: its season and title are the story's
    outright: frozenset[Origin] = frozenset()  #: where sentences themselves say that it is from
    remake: bool = False
    sides: list[Cluster] = field(default_factory=list)  #: of the story that a person made of several, this one too

    def __post_init__(self) -> None:
        self.sides = [self]

    @property
    def origin(self) -> Origin:
        """Where the work is from."""
        return origin_of(self.outright, {one.announcement.origin for one in self.told})

    @property
    def last(self) -> datetime:
        """When the story was last told, by whichever side of it."""
        return max(side.told[-1].telling.at for side in self.sides)

    def tie(self, other: Cluster) -> None:
        """Make two sides of one story, as a person said."""
        if other not in self.sides:
            both = [*self.sides, *other.sides]
            for side in both:
                side.sides = both

    def take(self, told: Told, rules: Rules) -> None:
        """Add a telling, which is not older than those here."""
        said = told.announcement
        works = works_of(told, rules)
        self.works = self.works & works or self.works | works
        self.titles.update(told.called)
        self.keys.update(map(title_key, told.called))
        bought = bought_by(said, self.platforms)
        self.platforms |= frozenset(bought)
        self.buyers |= buyers(bought, rules.groups)
        self.people |= persons(said.people)
        self.season = self.season if self.season is not None else season_of(said)
        if told.as_read.season not in {None, said.season}:
            self.misread |= {told.as_read.season or 0}
        if told.wrong:
            self.wrong |= {told.wrong}
        if origin := origin_said(said, rules.lore):
            self.outright |= {origin}
        self.remake = self.remake or says_remake(said, rules.lore)
        self.told.append(told)


def works_of(told: Told, rules: Rules) -> frozenset[str]:
    """Give the works that a telling may be about: all its titles are one work's, and some are several works'."""
    each = [rules.names.works(title) for title in told.called]
    return frozenset.intersection(*each) or frozenset().union(*each) if each else frozenset()


def season_of(announcement: Announcement) -> int | None:
    """Give the season a fact is about; that a new work begins with its first one says nothing."""
    first = announcement.kind is Kind.NEW_ORIGINAL and announcement.season == 1
    return None if first else announcement.season


def says_rescue(announcement: Announcement, lore: Lore) -> bool:
    """Tell whether the announcing sentence speaks of a work that somebody had given up."""
    evidence = announcement.evidence
    return (
        announcement.rescued
        or bool(lore.rescue.search(evidence.sentence))
        or any(one.startswith("rescue:") for one in evidence.cues)
    )


def says_remake(announcement: Announcement, lore: Lore) -> bool:
    """Tell whether the announcing sentence speaks of a remake."""
    return bool(lore.remake.search(" ".join((announcement.evidence.sentence, *announcement.evidence.cues))))


def whole(sides: Sequence[Cluster]) -> Cluster:
    """Make one of the sides of a story; what a person chose for it comes first."""
    led = next((side.led for side in sides if side.led), None)
    if len(sides) == 1 and led is None:
        return sides[0]
    seasons = [season_of(led.announcement) if led else None, *(side.season for side in sides)]
    return Cluster(
        kind=sides[0].kind,
        told=sorted((one for side in sides for one in side.told), key=lambda one: one.order),
        works=frozenset().union(*(side.works for side in sides)),
        titles=set().union(*(side.titles for side in sides)),
        keys=set().union(*(side.keys for side in sides)),
        buyers=frozenset().union(*(side.buyers for side in sides)),
        people=frozenset().union(*(side.people for side in sides)),
        season=next((season for season in seasons if season is not None), None),
        led=led,
        misread=frozenset().union(*(side.misread for side in sides)),
        wrong=frozenset().union(*(side.wrong for side in sides)),
        outright=frozenset().union(*(side.outright for side in sides)),
        remake=any(side.remake for side in sides),
    )
