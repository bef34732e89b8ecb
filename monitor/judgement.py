"""What a reader says of a story: values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crawler import check_utc
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
    at: datetime
    via: Via
    who: str = ""  #: subscription and target of the message that had the link; empty elsewhere
    kind: Kind
    first_seen: datetime  #: of the story
    confidence: float  #: of the story, 0 to 1
    undone_at: datetime | None = None

    def __post_init__(self) -> None:
        for value in (self.at, self.first_seen, self.undone_at):
            check_utc(value)
