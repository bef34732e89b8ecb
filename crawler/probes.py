"""The values of a question that only people ask: what is at this address, and where else does its outlet list articles?

They cross the boundary like those of `crawler.types`; the daemon never sees them. Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from crawler.trail import Trail
from crawler.types import Command, Listing, Record, SourceKind, Visit

NO_VISIT = Visit()


class Clue(StrEnum):
    """What made an address look like a listing of an outlet; shown to users as it is."""

    GIVEN = "given"  #: the address that was asked about
    DECLARED = "declared"  #: a link element of the page
    LINKED = "linked"  #: a link in the page
    ROBOTS = "robots"  #: a Sitemap line of robots.txt
    USUAL = "usual"  #: where such listings often are


@dataclass(frozen=True, kw_only=True, slots=True)
class Probe:
    """Ask what an address is, and where else its outlet may list its articles."""

    order: str
    source: str
    url: str
    language: str | None = None
    delay: float | None = None
    trail: Trail | None = None  #: as a poll's


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """An address that may list an outlet's articles."""

    url: str
    kind: SourceKind  #: as it looks; a page that lists feeds looks like one
    clue: Clue
    title: str = ""  #: what the link calls it


@dataclass(frozen=True, kw_only=True, slots=True)
class Probed:
    """What an address turned out to be, and where else to look."""

    listing: Listing  #: what it lists itself; `NOT_A_FEED` when that is nothing
    kind: SourceKind | None = None  #: None: no listing
    candidates: tuple[Candidate, ...] = ()  #: in the page's order, no address twice
    title: str = ""  #: what it calls itself
    language: str | None = None  #: as it declares, ISO 639-1
    reservation: str = ""  #: of text and data mining, on the page itself: where it says so
    visit: Visit = NO_VISIT

    @property
    def order(self) -> str:
        """The order it answers."""
        return self.listing.order


AnyCommand = Command | Probe
AnyRecord = Record | Probed
