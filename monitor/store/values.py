"""What the store gives back besides the values everybody knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crawler import Article, Entry
from monitor.telling import Told
from monitor.types import Announcement, Delivery, Story
from monitor.vocabulary import Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownEntry:
    """An entry of a listing that is stored already."""

    id: int
    url: str
    title: str
    outcome: Outcome | None
    first_seen: datetime
    by: Literal["url", "guid"]  #: a match by guid may be a guid used again: compare the titles (fault D04)


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredEntry:
    """An entry and what became of it."""

    entry: Entry
    id: int
    first_seen: datetime
    outcome: Outcome | None
    reason: str | None
    settled_at: datetime | None
    quiet: bool
    held_at: datetime | None = None  #: a person is to look first


@dataclass(frozen=True, kw_only=True, slots=True)
class Sighting:
    """A source that listed an entry."""

    source: str
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """An announcement and the story it was placed in."""

    announcement: Announcement
    story: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class JobTrace:
    """A job that served an entry."""

    kind: str
    key: str
    state: str
    due_at: datetime
    attempts: int
    error: str | None
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Trace:
    """Everything that is known of one URL."""

    url: str
    entry: StoredEntry | None = None
    sightings: tuple[Sighting, ...] = ()  #: first one first
    article: Article | None = None  #: its `order` is empty
    announcements: tuple[Placed, ...] = ()
    stories: tuple[Story, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    jobs: tuple[JobTrace, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One run of a scheduled job."""

    job: str
    started_at: datetime
    ended_at: datetime
    error: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """All that there is of one story."""

    story: Story
    told: tuple[Told, ...]  #: what its articles said, oldest first
    deliveries: tuple[Delivery, ...]  #: every message that tells of it, in the order they were owed
