"""Tellings of one fact, as they gather: what a story has in common, before it is one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.decide.cues import bought_by, buyers, persons
from monitor.decide.naming import Names, title_key
from monitor.telling import Told
from monitor.types import Announcement
from monitor.vocabulary import Kind, Origin

_REMAKE = re.compile(r"\b(?:remakes?|reboots?|remaking|relecture)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """What this installation knows of names and buyers."""

    names: Names = field(default_factory=Names)
    groups: Mapping[str, str] = field(default_factory=dict)  #: platform -> buyer ("TF1+" to "TF1")


@dataclass(slots=True, eq=False)
class Cluster:
    """Tellings of one fact, as they gather; what they have in common is narrowed and filled in by each.

    Those that a person merged stay sides of their own until all are gathered, so that what is like one of them joins.
    """

    kind: Kind
    told: list[Told] = field(default_factory=list)
    works: frozenset[str] = frozenset()
    keys: set[str] = field(default_factory=set)
    platforms: frozenset[str] = frozenset()
    buyers: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    season: int | None = None
    led: Told | None = None  #: what a person's merging chose: its season and title are the story's
    origin: Origin = Origin.UNKNOWN
    remake: bool = False
    sides: list[Cluster] = field(default_factory=list)  #: of the story that a person made of several, this one too

    def __post_init__(self) -> None:
        self.sides = [self]

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
        for title in told.titles:
            works = rules.names.works(title)
            self.works = self.works & works or self.works | works
            self.keys.add(title_key(title))
        bought = bought_by(said, self.platforms)
        self.platforms |= frozenset(bought)
        self.buyers |= buyers(bought, rules.groups)
        self.people |= persons(said.people)
        self.season = self.season if self.season is not None else season_of(said)
        self.origin = said.origin if self.origin is Origin.UNKNOWN else self.origin
        self.remake = self.remake or says_remake(said)
        self.told.append(told)


def season_of(announcement: Announcement) -> int | None:
    """Give the season a fact is about; that a new work begins with its first one says nothing."""
    first = announcement.kind is Kind.NEW_ORIGINAL and announcement.season == 1
    return None if first else announcement.season


def says_remake(announcement: Announcement) -> bool:
    """Tell whether the announcing sentence speaks of a remake."""
    return bool(_REMAKE.search(" ".join((announcement.evidence.sentence, *announcement.evidence.cues))))


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
        keys=set().union(*(side.keys for side in sides)),
        buyers=frozenset().union(*(side.buyers for side in sides)),
        people=frozenset().union(*(side.people for side in sides)),
        season=next((season for season in seasons if season is not None), None),
        led=led,
        origin=next((side.origin for side in sides if side.origin is not Origin.UNKNOWN), Origin.UNKNOWN),
        remake=any(side.remake for side in sides),
    )
