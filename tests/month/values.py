"""What a month is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.types import Announcement, Source, WatchedWork
from monitor.vocabulary import Kind, Origin, Status, WorkType


class Form(StrEnum):
    """How an article came to be."""

    FIRST = "first"  #: the first to tell a beat
    COPY = "copy"  #: an agency's text, word for word, at another outlet
    REWRITE = "rewrite"  #: the same news in other words
    CROSS_POST = "cross_post"  #: the same article under another address of its outlet
    EDITED = "edited"  #: its headline was changed, under a new address
    LATE = "late"  #: days later, told as if it were new
    STALE = "stale"  #: listed days after its own date
    ROUND_UP = "round_up"  #: several facts of the week
    ORDINARY = "ordinary"  #: announces nothing


@dataclass(frozen=True, kw_only=True, slots=True)
class Beat:
    """One moment at which more becomes known of a fact, or something else."""

    at: datetime
    status: Status
    heat: int  #: how many outlets write of it
    named: bool = True  #: its title is known
    platforms: tuple[str, ...] = ()  #: in addition to the fact's own
    title: str = ""  #: what the work is called from now on, when it was called otherwise before
    day: date | None = None  #: of a release date: the day that is announced


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One thing that is announced in the month."""

    id: str
    sort: str  #: which sort of happening it comes from, for reports: "rumour confirmed"
    kind: Kind
    title: str
    also: tuple[str, ...] = ()  #: other names the press gives it; the reader watches them
    work_type: WorkType = WorkType.SERIES
    season: int | None = None
    platforms: tuple[str, ...]
    people: tuple[str, ...] = ()
    origin: Origin = Origin.FRENCH
    beats: tuple[Beat, ...]
    twin: bool = False  #: another fact looks alike: articles give what tells them apart
    slate: str = ""  #: facts of one press conference share it
    source: str = ""  #: the work that this one is a spin-off of
    star: bool = False  #: its people play in it
    final: bool = False  #: a last season
    shared: bool = False  #: its buyers made it together, and each article names one of them

    def called(self, position: int) -> str:
        """Give its title as of a beat."""
        return next((beat.title for beat in reversed(self.beats[: position + 1]) if beat.title), self.title)

    @property
    def names(self) -> tuple[str, ...]:
        """Every title it goes by."""
        return (self.title, *self.also, *(beat.title for beat in self.beats if beat.title))


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What an article says of a fact, as the truth has it."""

    fact: str
    beat: int
    announcement: Announcement


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """One article."""

    url: str
    outlet: str
    language: str
    form: Form
    title: str
    text: str
    published: datetime
    listed: datetime  #: when the outlet's feed has it
    said: tuple[Said, ...] = ()
    headline_later: str = ""  #: what its feed calls it some hours later, at the same address


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """Everything that happens, and everything that is written."""

    start: datetime
    end: datetime
    sources: tuple[Source, ...]
    facts: Mapping[str, Fact]
    pieces: tuple[Piece, ...]  #: in the order they are listed
    watched: tuple[WatchedWork, ...]  #: works whose other names the reader told us
