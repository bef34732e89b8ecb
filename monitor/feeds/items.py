"""Stories as a feed's entries: what the renderers share. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from crawler import check_utc
from monitor.alerts.clean import clean, safe_link
from monitor.alerts.phrases import fact, kind_word
from monitor.alerts.text import Language
from monitor.feeds.html import body
from monitor.feeds.steps import Read, changed_at, says, told
from monitor.feeds.words import WORDS
from monitor.types import Story

#: Entries of a feed: readers poll, so a page of the newest is enough; 200 stories are about 200 KB.
MOST: Final = 200
#: Whose tags these are (RFC 4151): the project's own pages. It never changes, whatever address a feed is served at.
AUTHORITY: Final = "tag:cocorico.github.io,2026"
#: What a feed without entries says of its age: a feed has to say something, and the clock would change its bytes.
NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_UNKNOWN: Final[Read] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One story as an entry."""

    id: str  #: a tag URI, stable for ever
    title: str  #: the fact in one line
    link: str | None  #: of the article that says so; None when its address is not safe to offer
    summary: str  #: the sentence that says so as things stand, as plain text
    html: str  #: all of it, every word from outside escaped
    published: datetime  #: when the first article told it
    updated: datetime  #: when the story last changed here; another outlet that repeats it is no change
    outlet: str  #: whose sentence it is
    tags: tuple[str, ...]  #: kind and platforms, in words
    story: Story

    def __post_init__(self) -> None:
        check_utc(self.published)
        check_utc(self.updated)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a feed is, and what it is called."""

    name: str  #: of the subscription, or "all"
    address: str  #: of this feed itself
    home: str  #: of the pages it belongs to
    language: Language = "fr"


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """A feed, ready to be written."""

    id: str
    title: str
    about: str
    place: Place
    entries: tuple[Entry, ...]  #: the youngest news first

    @property
    def updated(self) -> datetime:
        """When anything in it last changed."""
        return max((entry.updated for entry in self.entries), default=NEVER)


def feed_of(stories: Iterable[Story], place: Place, read: Read = _UNKNOWN) -> Feed:
    """Make a feed of the stories that changed last, `MOST` of them.

    Args:
        read: when their articles were read.
    """
    entries = sorted((entry_of(story, place.language, read) for story in stories), key=_age)
    words = WORDS[place.language]
    return Feed(
        id=f"{AUTHORITY}:feed/{place.name}",
        title=title_of(place),
        about=words["about"],
        place=place,
        entries=tuple(entries[:MOST]),
    )


def title_of(place: Place) -> str:
    """Call a feed by its name."""
    words = WORDS[place.language]
    return words["all"] if place.name == "all" else words["named"].format(clean(place.name, limit=80))


def entry_of(story: Story, language: Language, read: Read = _UNKNOWN) -> Entry:
    """Turn a story into an entry."""
    first, now = told(story), says(story)
    return Entry(
        id=tag(story),
        title=fact(story, language),
        link=safe_link(now.url),
        summary=clean(now.quote, limit=500),
        html=body(story, language),
        published=first.at,
        updated=changed_at(story, read),
        outlet=clean(now.outlet, limit=60),
        tags=(kind_word(story.kind, language), *(clean(name, limit=40) for name in story.platforms)),
        story=story,
    )


def tag(story: Story) -> str:
    """Give a story's id to the world: the same at every address and in every form of feed."""
    return f"{AUTHORITY}:story/{story.id}"


def _age(entry: Entry) -> tuple[float, str]:
    """Sort the youngest news first, and what is of one time always alike.

    By what outlets say of its age: of a first crawl everything changed here within the same minute.
    """
    return -changed_at(entry.story, _UNKNOWN).timestamp(), entry.id
