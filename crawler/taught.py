"""What is known of how a site's pages are made: the values of `crawler.templates` that outlive a child. Stdlib only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Lesson(StrEnum):
    """What a page taught about its site's template; shown to users as it is."""

    LEARNING = "learning"  #: Trafilatura was asked, and the template is not trusted yet
    LEARNED = "learned"  #: the template foretold what Trafilatura gave often enough to be used from now on
    AGREED = "agreed"  #: a sample: Trafilatura was asked as well, and gave the same
    FITS = "fits"  #: it fits again, after pages that it did not
    MISSED = "missed"  #: the page is not made like the others; its text came another way
    DROPPED = "dropped"  #: the template is wrong: the site was redesigned, or it never held


@dataclass(frozen=True, kw_only=True, slots=True)
class Trait:
    """Blocks of one kind on a site's pages, and what became of them."""

    name: str  #: the elements around them, as `crawler.templates` writes them
    kept: int  #: characters of them that Trafilatura kept
    left: int  #: characters that it left out


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """Where the text stands on a site's pages, learned from Trafilatura's answers; see `crawler.templates`."""

    box: tuple[str, ...] = ()  #: CSS of the element that holds it and of those around that, outermost first
    traits: tuple[Trait, ...] = ()
    share: float = 1.0  #: the least that the box held of a page's paragraphs, by their length
    taught: int = 0  #: pages learned from since it was dropped last, or ever
    foretold: int = 0  #: of those, so many in a row were as it says
    agreed: int = 0  #: samples that agreed since it is used
    missed: int = 0  #: pages in a row that it did not fit, nor any other that is settled
    settled: bool = False  #: of another layout: one that was known before was seen since
    others: tuple[Template, ...] = ()  #: of the site's other layouts; these have none themselves


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteReport:
    """What a page changes about its site's template; the next order to the site's host carries it."""

    lesson: Lesson
    template: Template
    reason: str = ""  #: one line for people
