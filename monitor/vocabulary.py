"""The closed vocabularies: stored, configured and shown as they are."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What an announcement announces."""

    NEW_ORIGINAL = "new_original"
    RENEWAL = "renewal"
    CANCELLATION = "cancellation"
    ACQUISITION = "acquisition"
    RELEASE_DATE = "release_date"


#: The kinds a subscription gets unless it asks for others.
ALERTED_KINDS = frozenset({Kind.NEW_ORIGINAL, Kind.RENEWAL})


class Status(StrEnum):
    """How certain the announced thing is, weakest first."""

    DENIED = "denied"
    RUMOURED = "rumoured"
    IN_DEVELOPMENT = "in_development"
    CONFIRMED = "confirmed"


class Origin(StrEnum):
    """Whether the work is French-made."""

    FRENCH = "french"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"


class Prominence(StrEnum):
    """Where the article says it."""

    HEADLINE = "headline"  #: in the headline, standfirst or lead
    BODY = "body"


class WorkType(StrEnum):
    """What sort of work is announced."""

    SERIES = "series"
    FILM = "film"
    DOCUMENTARY = "documentary"
    ANIMATION = "animation"
    REALITY = "reality"
    UNKNOWN = "unknown"


class FetchPolicy(StrEnum):
    """Which of a source's entries have their page fetched."""

    ALL = "all"
    PROMISING = "promising"
    NEVER = "never"


class Pace(StrEnum):
    """Whether a source's interval follows what it publishes."""

    ADAPTIVE = "adaptive"
    FIXED = "fixed"


class Outcome(StrEnum):
    """What became of an entry: exactly one, stored with its reason."""

    SKIPPED = "skipped"  #: no page was fetched: not promising, stale, denied by pattern
    REJECTED = "rejected"  #: the page yielded no article
    DUPLICATE = "duplicate"  #: the same article under another address
    NOTHING = "nothing"  #: announces nothing
    QUIET = "quiet"  #: announces something nobody is to hear of
    CORROBORATED = "corroborated"  #: joins a known story, changes nothing
    UPDATED = "updated"  #: changes a known story
    ANNOUNCED = "announced"  #: opens a story


class Event(StrEnum):
    """Why a message is sent."""

    NEW = "new"
    UPDATE = "update"


class Form(StrEnum):
    """What sort of message a delivery is."""

    ALERT = "alert"  #: all that one article opens or changes
    DIGEST = "digest"  #: what was held until an hour the reader chose
    NOTICE = "notice"  #: how Cocorico itself is


class NoticeKind(StrEnum):
    """What a notice tells of the operation."""

    SOURCE_BROKEN = "source_broken"
    SOURCE_RECOVERED = "source_recovered"
    SOURCE_GONE = "source_gone"
    SOURCE_SILENT = "source_silent"
    SOURCE_SPEAKS = "source_speaks"
    SOURCE_BLIND = "source_blind"
    SOURCE_SEES = "source_sees"
    SOURCE_REBUILT = "source_rebuilt"
    SOURCE_RELEARNED = "source_relearned"
    SOURCE_MOVED = "source_moved"
    SOURCE_STORMS = "source_storms"
    SOURCE_EXPIRES = "source_expires"
    SOURCE_REFUSES = "source_refuses"
    SOURCE_ADMITS = "source_admits"
    DELIVERIES_FAILING = "deliveries_failing"
    DELIVERIES_RECOVERED = "deliveries_recovered"
    DISK_FILLING = "disk_filling"
    PROOF_OF_LIFE = "proof_of_life"


class Severity(StrEnum):
    """How much a notice wants of its reader, least first."""

    GOOD = "good"  #: what was wrong is over
    INFO = "info"
    WARNING = "warning"  #: look at it this week
    URGENT = "urgent"  #: news is being lost, or soon will be


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    HELD = "held"  #: waits for its hour
    OWED = "owed"
    SENT = "sent"
    GATHERED = "gathered"  #: its stories are told by another message
    DEAD = "dead"  #: refused for good or out of tries: listed, and can be sent again by hand


class Milestone(StrEnum):
    """What may be known of a season, in the order of its life."""

    ORDERED = "ordered"
    RENEWED = "renewed"
    RESCUED = "rescued"  #: renewed after it was cancelled
    FILMING = "filming"  #: cameras roll, or it is said when they will
    LAST = "last"  #: the last season
    DATED = "dated"
    OUT = "out"
    CANCELLED = "cancelled"


class Timing(StrEnum):
    """What decided when a message goes out."""

    INSTANT = "instant"
    ESCALATION = "escalation"  #: at once or in a digest, as its stories' certainty asks
    DIGEST = "digest"  #: at the hour of a digest
    QUIET = "quiet"  #: when quiet hours end
    CAP = "cap"  #: the day had as many messages as it may
    STORM = "storm"  #: the hour had as many messages as anybody can read


class Alarm(StrEnum):
    """What is watched of Cocorico itself."""

    SOURCE_BROKEN = "source_broken"
    SOURCE_GONE = "source_gone"  #: its address says that it is gone for good, and nobody said what is to become of it
    SOURCE_SILENT = "source_silent"
    SOURCE_BLIND = "source_blind"  #: its pages no longer yield the text they used to
    SOURCE_REBUILT = "source_rebuilt"  #: its pages are no longer made as its template says
    SOURCE_MOVED = "source_moved"  #: its listing has another address for good
    SOURCE_STORMS = "source_storms"  #: it listed far more at once than it ever does, and the rest is held
    SOURCE_EXPIRES = "source_expires"  #: its host's certificate is about to run out
    SOURCE_REFUSES = "source_refuses"  #: its pages are not for us: its host or its publisher says so
    TARGET_FAILING = "target_failing"
    DISK_FILLING = "disk_filling"
    ALIVE = "alive"  #: no alarm: the next proof of life is counted from here


class WatchKind(StrEnum):
    """What may be watched."""

    WORK = "work"
    PERSON = "person"
    PRODUCER = "producer"
