"""What a rule is asked about: a story as one article tells it, with everything ready to be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from crawler import Article
from monitor.decide.naming import title_key
from monitor.decide.spoken import lead_of, part_of, spoken
from monitor.types import Announcement, Source, Story, Watch
from monitor.vocabulary import Kind, Origin, Prominence, Status, WorkType

#: Gives the keys of the works that go by a title: several when a name is two works', one key for all names of one.
WorksOf = Callable[[str], Iterable[str]]
#: Keys that names are compared by, each with the name, as it is to be shown.
Keyed = Mapping[str, str]

_NOT_WORD: Final = re.compile(r"[^\w]+")


def own_key(title: str) -> tuple[str, ...]:
    """Give a title's own key only: for where no other names are known."""
    return (title_key(title),)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The article that a story is seen through."""

    language: str | None = None
    outlet: str = ""  #: as readers know it
    source: str = ""  #: id of the source that listed it
    headline: str = ""
    lead: str = ""  #: its standfirst and first sentences; empty when they are not kept any more
    titles: tuple[str | None, ...] = ()  #: of what it announces

    @property
    def slate(self) -> bool:
        """Whether it announces several works."""
        return len({title_key(title or "-") for title in self.titles}) > 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """The watchlist by its keys."""

    works: Keyed = field(default_factory=dict)
    people: Keyed = field(default_factory=dict)
    producers: Keyed = field(default_factory=dict)


_NOBODY: Final = Watched()
_ALONE: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """A story as it stands after an article, its names by their keys."""

    kind: Kind
    status: Status
    origin: Origin
    work_type: WorkType
    prominence: Prominence
    confidence: float
    language: str | None = None
    platforms: Keyed = field(default_factory=dict)
    works: Keyed = field(default_factory=dict)  #: empty for a project without a title
    people: Keyed = field(default_factory=dict)
    producers: Keyed = field(default_factory=dict)
    spoken: Keyed = field(default_factory=dict)  #: names in the words that tell it: key -> where it stands
    outlets: Keyed = field(default_factory=dict)
    text: str = ""  #: headline and evidence, as `words_of` gives them
    watched: tuple[str, ...] = ()  #: what of it is on the watchlist


def reading(article: Article, source: Source, announced: Sequence[Announcement]) -> Reading:
    """Say how an article is seen that announces this."""
    return Reading(
        language=article.language,
        outlet=source.outlet or source.name,
        source=source.id,
        headline=article.title,
        lead=lead_of(article.summary, article.text),
        titles=tuple(one.title for one in announced),
    )


def watched(watch: Watch, works_of: WorksOf = own_key) -> Watched:
    """Make ready what the user watches."""
    titles = ((name, work.title) for work in watch.works for name in (work.title, *work.also))
    return Watched(
        works={key: title for name, title in titles for key in works_of(name)},
        people=keyed(watch.people),
        producers=keyed(watch.producers),
    )


def subject_of(
    story: Story,
    announcement: Announcement,
    seen: Reading,
    *,
    works_of: WorksOf = own_key,
    watchlist: Watched = _NOBODY,
    groups: Mapping[str, str] = _ALONE,
    listening: bool = True,
) -> Subject:
    """Make what rules are asked about.

    Args:
        groups: platform -> owner: what is on TF1+ is TF1's, too.
        listening: whether any rule asks for the names in its words, which take milliseconds to find.
    """
    titles = dict.fromkeys(title for title in (story.title, announcement.title) if title)
    works = {key: title for title in reversed(titles) for key in works_of(title)}
    people = keyed((*story.people, *announcement.people))
    producers = keyed(announcement.producers)
    said = spoken(_places(announcement, seen), (*titles, *announcement.also)) if listening else {}
    of_works, of_people = _both(works, watchlist.works), _both({**people, **said}, watchlist.people)
    return Subject(
        kind=story.kind,
        status=story.status,
        origin=story.origin,
        work_type=story.work_type,
        prominence=announcement.prominence,
        confidence=story.confidence,
        language=seen.language,
        platforms=keyed((*story.platforms, *(groups[name] for name in story.platforms if name in groups))),
        works=works,
        people=people,
        producers=producers,
        spoken=said,
        outlets=keyed(name for name in (seen.outlet, seen.source) if name),
        text=words_of(f"{seen.headline}\n{announcement.evidence.sentence}"),
        watched=(*of_works, *of_people, *_both({**producers, **said}, watchlist.producers)),
    )


def _places(announcement: Announcement, seen: Reading) -> dict[str, str]:
    """Give the texts that tell a work: of a slate, and where a work is only mentioned, nothing but its own words."""
    sentence = announcement.evidence.sentence
    if seen.slate:
        others = [title for title in seen.titles if title and title != announcement.title]
        return {"sentence": part_of(sentence, announcement.title, others)}
    if announcement.prominence is Prominence.BODY:
        return {"sentence": sentence}
    return {"headline": seen.headline, "sentence": sentence, "lead": seen.lead}


def keyed(names: Iterable[str]) -> dict[str, str]:
    """Give names by their keys; of two names with one key the first counts."""
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(title_key(name), name)
    return by_key


@lru_cache(maxsize=1024)
def words_of(text: str) -> str:
    """Reduce a text to its words, each between spaces, so that a phrase is found by `in`: "L'été" is " l ete "."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE")).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return f" {_NOT_WORD.sub(' ', plain).strip()} "


def _both(found: Keyed, wanted: Keyed) -> tuple[str, ...]:
    """Give the watched names that are there, as the user wrote them."""
    return tuple(dict.fromkeys(wanted[key] for key in found if key in wanted))
