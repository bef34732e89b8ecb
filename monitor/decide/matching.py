"""Does a rule want this story? `Match` against what one article says of one story, without clock, disk or network."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from crawler import Article
from monitor.decide.stories import title_key
from monitor.subscribing import Match
from monitor.types import Announcement, Source, Story
from monitor.vocabulary import Kind, Origin, Prominence, Status, WorkType

#: Gives the key that a name is compared by; names of one work have one key.
KeyOf = Callable[[str], str]
#: Keys, each with the name that has it, as the article spells it.
Keyed = Mapping[str, str]

_NOT_WORD: Final = re.compile(r"[^\w]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The article that a story is seen through."""

    language: str | None = None
    outlet: str = ""  #: as readers know it
    source: str = ""  #: id of the source that listed it
    headline: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What a rule is asked about: a story as it stands after an article, everything ready to be compared."""

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
    outlets: Keyed = field(default_factory=dict)
    text: str = ""  #: headline and evidence, as `words_of` gives them
    watched: tuple[str, ...] = ()  #: what of it is on the watchlist


def reading(article: Article, source: Source) -> Reading:
    """Say how an article is seen."""
    return Reading(
        language=article.language,
        outlet=source.outlet or source.name,
        source=source.id,
        headline=article.title,
    )


def subject_of(story: Story, announcement: Announcement, seen: Reading, *, key_of: KeyOf = title_key) -> Subject:
    """Make what rules are asked about."""
    titles = dict.fromkeys(title for title in (story.title, announcement.title) if title)
    return Subject(
        kind=story.kind,
        status=story.status,
        origin=story.origin,
        work_type=story.work_type,
        prominence=announcement.prominence,
        confidence=story.confidence,
        language=seen.language,
        platforms=keyed(story.platforms, title_key),
        works=keyed(titles, key_of),
        people=keyed((*story.people, *announcement.people), title_key),
        producers=keyed(announcement.producers, title_key),
        outlets=keyed((name for name in (seen.outlet, seen.source) if name), title_key),
        text=words_of(f"{seen.headline}\n{announcement.evidence.sentence}"),
    )


def matches(match: Match, subject: Subject, *, key_of: KeyOf = title_key) -> bool:
    """Tell whether a match holds."""
    return (
        (not match.kinds or subject.kind in match.kinds)
        and (not match.statuses or subject.status in match.statuses)
        and (not match.origins or subject.origin in match.origins)
        and (not match.work_types or subject.work_type in match.work_types)
        and (not match.prominences or subject.prominence in match.prominences)
        and subject.confidence >= match.min_confidence
        and (not match.languages or subject.language in match.languages)
        and _names(match.platforms, subject.platforms, title_key)
        and _names(match.works, subject.works, key_of)
        and _names(match.people, subject.people, title_key)
        and _names(match.producers, subject.producers, title_key)
        and _names(match.outlets, subject.outlets, title_key)
        and (not match.words or any(words_of(phrase) in subject.text for phrase in match.words))
        and (not match.watchlist or bool(subject.watched))
        and (not match.any or any(matches(one, subject, key_of=key_of) for one in match.any))
        and all(matches(one, subject, key_of=key_of) for one in match.all)
        and not any(matches(one, subject, key_of=key_of) for one in match.none)
    )


def words_of(text: str) -> str:
    """Reduce a text to its words, each between spaces, so that a phrase is found by `in`: "L'été" is " l ete "."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE")).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return f" {_NOT_WORD.sub(' ', plain).strip()} "


def keyed(names: Iterable[str], key_of: KeyOf) -> dict[str, str]:
    """Give names by their keys; of two names with one key the first counts."""
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(key_of(name), name)
    return by_key


def _names(wanted: Iterable[str], present: Keyed, key_of: KeyOf) -> bool:
    keys = {key_of(name) for name in wanted}
    return not keys or not keys.isdisjoint(present)
