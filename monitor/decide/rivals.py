"""Two stories of one title on two platforms, of which nothing says that they are two works: one outlet may be wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import combinations
from typing import Final

from monitor.decide import near
from monitor.decide.clusters import Cluster
from monitor.decide.lore import Lore
from monitor.types import Story
from monitor.vocabulary import Kind, Origin, Status

Placed = tuple[Story, Cluster]  #: a story with its tellings

#: The field on which such outlets contradict each other.
BOUGHT: Final = "platforms"
#: Two works of one name are hardly ever announced within so many days.
DAYS: Final = timedelta(days=10)
_KINDS: Final = frozenset({Kind.NEW_ORIGINAL, Kind.RENEWAL})


def rivals(stories: Sequence[Placed], lore: Lore) -> frozenset[str]:
    """Give the ids of the stories that outlets tell of one title, season and time, and of several buyers."""
    open_ = [one for one in stories if one[0].kind in _KINDS and one[0].title and one[0].status is not Status.DENIED]
    pairs = ((one, other) for one, other in combinations(open_, 2) if _contradict(one, other, lore))
    return frozenset(story.id for pair in pairs for story, _ in pair)


def _contradict(one: Placed, other: Placed, lore: Lore) -> bool:
    (story, mine), (beside, theirs) = one, other
    return (
        story.kind is beside.kind
        and bool(mine.works & theirs.works)
        and mine.season == theirs.season
        and abs(story.first_seen - beside.first_seen) <= DAYS
        and bool(mine.buyers and theirs.buyers)
        and mine.buyers.isdisjoint(theirs.buyers)
        and not _two_works(mine, theirs, lore)
    )


def _two_works(one: Cluster, other: Cluster, lore: Lore) -> bool:
    """Tell whether outlets say something of them that no work has both: people, origin, form or sort."""
    if one.people and other.people and one.people.isdisjoint(other.people):
        return True
    if {one.origin, other.origin} == {Origin.FRENCH, Origin.FOREIGN} or one.remake is not other.remake:
        return True
    mine, theirs = ({near.form(told.announcement, lore) for told in side.told} - {None} for side in (one, other))
    sorts = [
        frozenset[str]().union(*(near.genres(told.announcement, lore) for told in side.told)) for side in (one, other)
    ]
    return bool(mine and theirs and mine.isdisjoint(theirs)) or near.at_odds(*sorts)
