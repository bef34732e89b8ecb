"""Counting stories for the scorecard. Pure.

A story counts in the year in which it was first told (UTC), for the platform named first, its buyer, and only as it
stands now: what is a rumour, was denied, or is foreign does not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from monitor.types import Story
from monitor.vocabulary import Kind, Origin, Status

#: What is counted, in the order in which it is shown.
COUNTED: Final = (Kind.NEW_ORIGINAL, Kind.RENEWAL, Kind.CANCELLATION)
_SURE: Final = frozenset({Status.CONFIRMED, Status.IN_DEVELOPMENT})

Counts = Mapping[Kind, int]  #: every counted kind is in it


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A story that counted."""

    story: Story
    platform: str  #: empty when none is named
    at: datetime  #: when it was first told
    outlet: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PlatformScore:
    """What one platform did in a year."""

    name: str  #: empty for stories that name none
    counts: Counts

    @property
    def total(self) -> int:
        """All that counted."""
        return sum(self.counts.values())

    @property
    def kept(self) -> float | None:
        """How many of the works it decided about go on, 0 to 1; None when it decided about none."""
        decided = self.counts[Kind.RENEWAL] + self.counts[Kind.CANCELLATION]
        return self.counts[Kind.RENEWAL] / decided if decided else None


@dataclass(frozen=True, kw_only=True, slots=True)
class YearScore:
    """What was announced in a year."""

    year: int
    platforms: tuple[PlatformScore, ...]  #: busiest first, those that are not named last
    months: tuple[Counts, ...]  #: twelve
    listed: tuple[Listed, ...]  #: newest first

    @property
    def counts(self) -> Counts:
        """All platforms together."""
        return _counts(self.listed)

    def of(self, kind: Kind) -> tuple[Listed, ...]:
        """Give the stories of a kind."""
        return tuple(one for one in self.listed if one.story.kind is kind)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scorecard:
    """Every year of which something is known."""

    years: tuple[YearScore, ...]  #: newest first


def count(stories: Iterable[Story], *, year: int | None = None) -> Scorecard:
    """Count stories.

    Args:
        year: only this one, which is there even when nothing is known of it.
    """
    listed = sorted((_listed(story) for story in stories if _counts_for(story)), key=_newest)
    years = sorted({one.at.year for one in listed} if year is None else {year}, reverse=True)
    return Scorecard(years=tuple(_year(each, [one for one in listed if one.at.year == each]) for each in years))


def _counts_for(story: Story) -> bool:
    return story.kind in COUNTED and story.status in _SURE and story.origin is not Origin.FOREIGN


def _listed(story: Story) -> Listed:
    first = story.history[0] if story.history else None
    return Listed(
        story=story,
        platform=story.platforms[0] if story.platforms else "",
        at=first.at if first else story.first_seen,
        outlet=first.outlet if first else "".join(story.outlets[:1]),
        url=first.url if first else story.first_url,
    )


def _newest(one: Listed) -> tuple[float, str]:
    return -one.at.timestamp(), one.story.id


def _year(year: int, listed: Sequence[Listed]) -> YearScore:
    names = {one.platform for one in listed}
    platforms = [
        PlatformScore(name=name, counts=_counts([one for one in listed if one.platform == name])) for name in names
    ]
    months = [_counts([one for one in listed if one.at.month == month]) for month in range(1, 13)]
    ordered = sorted(platforms, key=lambda one: (not one.name, -one.total, one.name.casefold()))
    return YearScore(year=year, platforms=tuple(ordered), months=tuple(months), listed=tuple(listed))


def _counts(listed: Iterable[Listed]) -> Counts:
    found = Counter(one.story.kind for one in listed)
    return {kind: found[kind] for kind in COUNTED}
