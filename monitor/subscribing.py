"""Who wants what, when and how: the values of a subscription, frozen, as `monitor.config` reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import Final

from monitor.vocabulary import ALERTED_KINDS, Kind, Origin, Prominence, Status, WorkType

#: Zone of hours and days unless another is given.
ZONE: Final = "Europe/Paris"
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """What a rule asks of a story. Every field must hold; an empty field holds always.

    A list holds when one of its items fits. Names are compared by their key (`decide.naming.title_key`) or its
    aliases, words without case and accents.
    """

    kinds: frozenset[Kind] = frozenset()
    statuses: frozenset[Status] = frozenset()
    origins: frozenset[Origin] = frozenset()
    work_types: frozenset[WorkType] = frozenset()
    prominences: frozenset[Prominence] = frozenset()
    min_confidence: float = 0.0  #: 0 to 1
    platforms: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    producers: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()  #: names of outlets, or ids of sources; of the article
    languages: tuple[str, ...] = ()  #: of the article, ISO 639-1
    words: tuple[str, ...] = ()  #: words or phrases in the headline or the sentence that says so
    watchlist: bool = False  #: something of the watchlist: a work, a person or a producer
    any: tuple[Match, ...] = ()  #: one of these must match
    all: tuple[Match, ...] = ()  #: each of these must match
    none: tuple[Match, ...] = ()  #: none of these may match


ANYTHING: Final = Match()
#: What a subscription gets unless it asks otherwise.
USUAL: Final = Match(
    kinds=ALERTED_KINDS,
    statuses=frozenset({Status.CONFIRMED, Status.IN_DEVELOPMENT, Status.RUMOURED}),
    origins=frozenset({Origin.FRENCH}),
    min_confidence=0.5,
)


class Rhythm(StrEnum):
    """How often a subscription's messages go out."""

    INSTANT = "instant"
    DAILY = "daily"
    WEEKLY = "weekly"
    CRON = "cron"


@dataclass(frozen=True, kw_only=True, slots=True)
class Deliver:
    """When messages go out: at once, or gathered at hours of the subscription's zone."""

    rhythm: Rhythm = Rhythm.INSTANT
    at: time | None = None  #: local hour of a daily or weekly digest
    weekday: int | None = None  #: of a weekly digest, Monday is 0
    cron: str = ""  #: five fields, of a cron digest

    def __str__(self) -> str:
        """Write it as the configuration has it."""
        day = f"{WEEKDAYS[self.weekday]} " if self.weekday is not None else ""
        rest = self.cron or (f"{day}{self.at:%H:%M}" if self.at is not None else "")
        return f"{self.rhythm} {rest}".rstrip()


INSTANT: Final = Deliver()


@dataclass(frozen=True, kw_only=True, slots=True)
class Quiet:
    """Hours of the day, in the subscription's zone, in which messages are held. May span midnight."""

    start: time
    end: time  #: the first moment that is not quiet any more; never equal to `start`

    def __str__(self) -> str:
        """Write it as the configuration has it."""
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    def covers(self, local: time) -> bool:
        """Tell whether a local time of day is quiet."""
        if self.start < self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end


@dataclass(frozen=True, kw_only=True, slots=True)
class Escalation:
    """When messages go out by how certain the story is; what isn't named goes as the subscription says."""

    by_status: tuple[tuple[Status, Deliver], ...] = ()

    def of(self, status: Status) -> Deliver | None:
        """Give what is said of a status, or None."""
        return next((deliver for one, deliver in self.by_status if one is status), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Subscription:
    """Who wants what, where it goes, and when."""

    name: str
    targets: tuple[str, ...]  #: names of targets; "terminal" is built in
    match: Match = USUAL
    deliver: Deliver = INSTANT
    escalate: Escalation = field(default_factory=Escalation)
    quiet: Quiet | None = None
    zone: str = ZONE  #: IANA name; of digests, quiet hours and the days of `max_per_day`
    max_per_day: int | None = None  #: messages; what exceeds them goes into the next digest. None: no limit
    max_per_hour: int | None = 20  #: messages; what exceeds them is gathered at a full hour. None: no limit
    language: str = "fr"  #: of the message
    template: str = ""  #: empty: the shipped one
    operations: bool = False  #: hears of how Cocorico itself is, and of no story
    proof_of_life: Deliver | None = None  #: of operations: when it says that it lives; None: never
    preset: str = ""  #: what it was made from, to show


def kinds_asked(match: Match) -> frozenset[Kind]:
    """Give the kinds that a match can let through, as far as its own fields tell."""
    return match.kinds or frozenset(Kind)


def alike(subscriptions: Iterable[Subscription]) -> dict[tuple[str, str], Sequence[str]]:
    """Name, by target and subscription, those that send to it and write alike; who is alone is left out.

    What one article owes these is told in one message.
    """
    sharing: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for one in subscriptions:
        for target in one.targets:
            sharing[target, one.language, one.template].append(one.name)
    return {(target, name): names for (target, _, _), names in sharing.items() if len(names) > 1 for name in names}
