"""What is known of works and their seasons: the values of the season ledger, and what they are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from monitor.telling import Told
from monitor.vocabulary import Milestone, Origin, Status, WorkType


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One thing known of a season: the article that first said so, and who said so after it."""

    milestone: Milestone
    status: Status  #: how certain it is today; "denied": it was said, and is taken back
    first: Told
    outlets: tuple[str, ...]  #: all that say so, the first one credited
    day: date | None = None  #: of a date or premiere, where the sentence names one
    story: str = ""  #: id
    against: tuple[Told, ...] = ()  #: the last that each other outlet said, where it says otherwise


@dataclass(frozen=True, kw_only=True, slots=True)
class Season:
    """What is known of one season, oldest first."""

    number: int | None  #: None: of the work as a whole, or of a season whose number nobody gave
    facts: tuple[Fact, ...]

    @property
    def told(self) -> tuple[tuple[Fact, ...], ...]:
        """Give what is known by what the same article said first: "renewed, and it is the last"."""
        groups: dict[Told, list[Fact]] = {}
        for one in self.facts:
            groups.setdefault(one.first, []).append(one)
        return tuple(map(tuple, groups.values()))

    @property
    def disputed(self) -> bool:
        """Whether outlets contradict each other about it."""
        return any(one.against for one in self.facts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """A work, and its seasons in order; what has no number comes last."""

    title: str
    key: str  #: normalised title
    also: tuple[str, ...] = ()  #: other titles it was told under
    platforms: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    origin: Origin = Origin.UNKNOWN
    work_type: WorkType = WorkType.UNKNOWN
    stories: tuple[str, ...] = ()  #: ids, oldest first
    seasons: tuple[Season, ...] = ()

    @property
    def latest(self) -> tuple[Season, tuple[Fact, ...]] | None:
        """Give what the last article that added something said, with its season."""
        pairs = [(season, some) for season in self.seasons for some in season.told]
        return max(pairs, key=lambda pair: pair[1][0].first.telling.at, default=None)
