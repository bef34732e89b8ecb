"""The values that pass between the stages of the pipeline: frozen, and checked when they are made."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawler import LISTING_PARSER, ListingStatus, SourceKind, Validators, check_utc
from monitor.rhythm import Rhythm
from monitor.vocabulary import (
    DeliveryState,
    Event,
    FetchPolicy,
    Form,
    Kind,
    Origin,
    Outcome,
    Pace,
    Prominence,
    Status,
    Timing,
    WorkType,
)


class MonitorError(Exception):
    """Cocorico could not do what it was asked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WatchedWork:
    """A work that the user watches: known by its name at once, like those of the gazetteer."""

    title: str
    also: tuple[str, ...] = ()  #: other names that the press gives it
    origin: Origin | None = None  #: None: as the gazetteer knows it, or else French
    on: tuple[str, ...] = ()  #: platforms and channels
    ambiguous: bool | None = None  #: an everyday word, too; None: as the gazetteer knows it, or when it is one word
    listed: bool = False  #: from the store's watchlist, which need not be of French works


@dataclass(frozen=True, kw_only=True, slots=True)
class Watch:
    """The user's own works and people."""

    works: tuple[WatchedWork, ...] = ()
    people: tuple[str, ...] = ()  #: who make French works
    producers: tuple[str, ...] = ()  #: companies that make French works


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """An outlet's listing that we poll."""

    id: str  #: lower-case letters, digits and hyphens
    name: str  #: as readers know the outlet
    url: str
    kind: SourceKind
    language: str  #: ISO 639-1
    topic: str = ""  #: what it is about, one word; empty: not said
    outlet: str = ""  #: several sources of one publisher share it; the name when empty
    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    fetch: FetchPolicy = FetchPolicy.ALL
    interval: timedelta = timedelta(minutes=15)  #: between two polls, at one new entry an hour
    rhythm: Pace = Pace.ADAPTIVE
    enabled: bool = True
    licence: bool = False  #: the user states one: TDM reservations do not apply
    delay: float | None = None  #: seconds between two requests to the host
    notes: str = ""  #: what robots.txt or the legal notice says, and when that was read


@dataclass(frozen=True, kw_only=True, slots=True)
class Budget:
    """Requests to one host at most; 0 is no bound."""

    hour: int = 0
    day: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceState:
    """How a source stands: what its next poll is decided from."""

    id: str
    next_poll_at: datetime
    validators: Validators = Validators()
    validators_at: datetime | None = None  #: of the last full fetch
    baseline_at: datetime | None = None  #: first listing read; None: the next one is the first crawl
    last_poll_at: datetime | None = None
    last_ok_at: datetime | None = None
    status: ListingStatus | None = None
    failures: int = 0  #: in a row
    error: str | None = None
    entries_seen: int = 0  #: in the last listing read
    moved_to: str | None = None  #: where permanent redirects lead: the address to ask from now on
    news_at: datetime | None = None  #: when it last listed something new
    trusted_until: datetime | None = None  #: when the certificate of its host runs out, as of its last answer
    kept_at: datetime | None = None  #: when somebody last said to go on asking, though it is gone for good
    unchanged: int = 0  #: 304 answers in a row
    parser: int = LISTING_PARSER  #: version of the parser that read it last
    rhythm: Rhythm = Rhythm()

    def __post_init__(self) -> None:
        polled = (self.next_poll_at, self.last_poll_at, self.last_ok_at)
        for value in (*polled, self.validators_at, self.baseline_at, self.news_at, self.trusted_until, self.kept_at):
            check_utc(value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """What the classifier reads: an article as plain text, wherever it comes from."""

    title: str
    text: str = ""  #: paragraphs separated by newlines
    summary: str = ""  #: standfirst, when known apart from the text
    language: str | None = None  #: None: the classifier tells
    published: datetime | None = None  #: what "next year" is measured from

    def __post_init__(self) -> None:
        check_utc(self.published)


_STAR = re.compile(r'star: "(.+)"')


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """The sentence that says so, and the cues in it."""

    sentence: str  #: as the outlet wrote it, one line
    zone: str  #: "headline", "standfirst", "lead" or "body"
    start: int  #: offset of the sentence in the zone's text (the title, the summary, or the article's text)
    end: int
    cues: tuple[str, ...] = ()  #: readable: 'renew: "aura une saison 2"', 'origin: "série française"'
    day: str | None = None  #: ISO: when the work comes out, where only another sentence of the article says so
    day_said: str | None = None  #: that sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class SecondReading:
    """What the second reader answered when asked about an announcement."""

    announced: bool
    kind: Kind | None  #: what it takes the article to announce; None: nothing
    title: str | None  #: as the article spells it
    model: str
    before: float  #: the first reader's confidence, 0 to 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Announcement:
    """What the classifier read in an article."""

    kind: Kind
    title: str | None  #: None: an untitled project
    also: tuple[str, ...] = ()  #: other titles that the article gives the work
    work_type: WorkType = WorkType.SERIES
    season: int | None = None
    final: bool = False  #: a renewal for a last season
    rescued: bool = False  #: a renewal that takes up a work that had been cancelled, elsewhere or where it was
    platforms: tuple[str, ...] = ()  #: display names of the gazetteer, buyer first
    producers: tuple[str, ...] = ()
    people: tuple[str, ...] = ()  #: creators, directors: what identifies an untitled project
    origin: Origin = Origin.UNKNOWN
    status: Status = Status.CONFIRMED
    prominence: Prominence = Prominence.HEADLINE
    confidence: float  #: 0 to 1
    evidence: Evidence
    second: SecondReading | None = None  #: when the second reader was asked, and answered

    @property
    def stars(self) -> tuple[str, ...]:
        """Who plays in it, of a work with a title: such names identify nothing, and are kept as cues."""
        return tuple(found[1] for cue in self.evidence.cues if (found := _STAR.fullmatch(cue))) if self.title else ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One step in a story's life."""

    at: datetime  #: when the article that brought it was published, or else fetched
    field: str  #: "opened", "status", "season", "platforms", "title", "date", "corroborated", "cancelled", "rescued"
    before: str | None
    after: str | None
    outlet: str
    url: str
    quote: str

    def __post_init__(self) -> None:
        check_utc(self.at)


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """One announced fact, whoever carries it."""

    id: str  #: "s-" and 12 characters, stable
    kind: Kind
    title: str | None
    title_key: str  #: normalised title, or a key made of what an untitled project has
    season: int | None
    work_type: WorkType
    platforms: tuple[str, ...]
    origin: Origin
    status: Status
    prominence: Prominence
    confidence: float
    people: tuple[str, ...] = ()
    final: bool = False
    first_seen: datetime
    outlets: tuple[str, ...]  #: first one is credited
    first_url: str
    history: tuple[Change, ...] = ()
    retracted: bool = False  #: a reader says that nothing of the sort was announced
    disputed: tuple[str, ...] = ()  #: fields on which outlets contradict each other: "status", "platforms", "cancelled"

    def __post_init__(self) -> None:
        check_utc(self.first_seen)


@dataclass(frozen=True, kw_only=True, slots=True)
class StoryChange:
    """What one article does to one story."""

    story: Story  #: as it is afterwards
    event: Event
    changed: tuple[str, ...] = ()  #: fields that changed, for an update
    announcement: Announcement


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """One message owed to one target: all that one article opens or changes for one subscription.

    Or a digest of such messages that waited, or a notice of how Cocorico itself is: these have no article.
    """

    id: str  #: the idempotency key: hash of (article, subscription, target, event); of the slot, of the notice's id
    form: Form = Form.ALERT
    article_url: str  #: empty for what has no article
    subscription: str
    target: str
    event: Event
    language: str
    stories: tuple[str, ...]  #: ids, the headline's first
    matched: tuple[tuple[str, str], ...] = ()  #: story id -> what of the subscription it met: 'works: "Missions"'
    state: DeliveryState = DeliveryState.OWED
    timing: Timing = Timing.INSTANT  #: what decided when it goes out
    due_at: datetime | None = None  #: when it goes out, or was first tried; None: when it was made
    gathered_in: str | None = None  #: id of the message that tells its stories instead; when sent, that told them along
    notice: str | None = None  #: id of the notice it tells
    attempts: int = 0
    next_try_at: datetime
    last_error: str | None = None
    created_at: datetime
    sent_at: datetime | None = None

    def __post_init__(self) -> None:
        check_utc(self.next_try_at)
        check_utc(self.created_at)
        check_utc(self.sent_at)
        check_utc(self.due_at)


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What an article changes."""

    outcome: Outcome
    reason: str  #: one line, kept and shown
    changes: tuple[StoryChange, ...] = ()  #: stories opened and updated, the headline's first
    joined: tuple[Story, ...] = ()  #: stories as they are after being corroborated
    placed: tuple[str | None, ...] = ()  #: for each announcement, the id of its story
    deliveries: tuple[Delivery, ...] = field(default=())
