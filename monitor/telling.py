"""Who told what, and when: the grains that stories are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crawler import check_utc
from monitor.types import Announcement, Story
from monitor.vocabulary import Kind, WorkType


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """One article's telling of facts: where and when they were told."""

    outlet: str
    url: str
    at: datetime  #: publication, or when we first saw it; never later than `now`

    def __post_init__(self) -> None:
        check_utc(self.at)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One announcement of one article, with what tells it again: a story is a fold over these."""

    telling: Telling
    position: int  #: among the article's announcements
    announcement: Announcement
    shingles: frozenset[int] = frozenset()  #: of the text around it, see `decide.near`; empty: not compared
    read: Announcement | None = None  #: the announcement as it was read, where a person has corrected it since
    wrong: str | None = None  #: the id of its story, where a reader said that nothing of the sort was announced
    wrong_at: datetime | None = None  #: when that was said

    @property
    def order(self) -> tuple[datetime, str, int]:
        """What tellings are sorted by, however late they arrived."""
        return self.telling.at, self.telling.url, self.position

    @property
    def as_read(self) -> Announcement:
        """The announcement as the article was read, whatever was said of it since."""
        return self.read or self.announcement

    @property
    def called(self) -> tuple[str, ...]:
        """The titles it goes by: the right one, then the one that was read, which others may read again."""
        both = (self.announcement.title, self.as_read.title)
        return tuple(dict.fromkeys(title for title in both if title))

    @property
    def titles(self) -> tuple[str, ...]:
        """All titles it may be found by: those it goes by, and other names that its article gives the work."""
        return tuple(dict.fromkeys((*self.called, *self.announcement.also)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Hint:
    """As much of a stored telling as tells most of the unrelated ones: many are looked at, few are read whole."""

    kind: Kind
    titles: tuple[str, ...]  #: as they were read
    work_type: WorkType
    people: tuple[str, ...]
    judged: bool  #: a reader said something of its story, which may have another title since


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A stored story with all that was told of it."""

    story: Story
    told: tuple[Told, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Tie:
    """What a person said of two tellings: one fact, or two, for ever."""

    one: str  #: see `decide.naming.mark`
    other: str
    together: bool
    leads: bool = False  #: the merged story keeps the season that `other` tells


@dataclass(frozen=True, kw_only=True, slots=True)
class Ties:
    """The ties among some tellings, as looked up by mark."""

    together: Mapping[str, frozenset[str]] = field(default_factory=dict)
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    leaders: frozenset[str] = frozenset()
