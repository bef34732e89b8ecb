"""What a reader says of a story: values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from crawler import check_utc
from monitor.types import Announcement
from monitor.vocabulary import Kind


class Verdict(StrEnum):
    """What a reader says of a story."""

    RIGHT = "right"
    WRONG = "wrong"  #: nothing of the sort was announced
    TITLE = "title"  #: it was, of a work that is called otherwise
    SEASON = "season"  #: it was, of another season
    DUPLICATE = "duplicate"  #: it is another story told again


class Via(StrEnum):
    """Where a verdict was given."""

    LINK = "link"  #: in a message
    PAGE = "page"  #: on this machine's own pages
    CLI = "cli"


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """One verdict, with what it was about as that stood then: the story itself may be merged away."""

    story: str  #: its id
    verdict: Verdict
    value: str | None = None  #: the right title, the right season, or the id of the story it repeats
    before: str | None = None  #: the title or season that this corrects; None: there was none
    at: datetime
    via: Via
    who: str = ""  #: subscription and target of the message that had the link; empty elsewhere
    kind: Kind
    first_seen: datetime  #: of the story
    confidence: float  #: of the story, 0 to 1
    articles: tuple[str, ...] = ()  #: of a story that became another one: marks of what told it (once: addresses)
    undone_at: datetime | None = None

    def __post_init__(self) -> None:
        for value in (self.at, self.first_seen, self.undone_at):
            check_utc(value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What holds of all that was said of a story: the latest of each sort."""

    verdict: Verdict | None = None  #: the last one said; None: nothing, or all was undone
    at: datetime | None = None  #: when that was said
    title: Judgement | None = None
    season: Judgement | None = None
    duplicate_of: str | None = None

    @property
    def wrong(self) -> bool:
        """Whether the story is taken back."""
        return self.verdict is Verdict.WRONG


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """An article that something was said of: what the classifier reads, what it read, and what of that stands."""

    url: str
    title: str
    summary: str
    text: str
    language: str  #: ISO 639-1
    outlet: str
    day: date  #: published, or else fetched
    said: tuple[tuple[Announcement, Standing | None], ...]  #: in the article's order; None: nobody judged it
