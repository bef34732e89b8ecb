"""What the article as a whole is about: its topic, its platform, where its works are made, what sort of piece it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.classifier.entities import Reading
from monitor.classifier.gazetteer import Gazetteer, Work
from monitor.classifier.phrases import Mark, Phrasebook
from monitor.types import Origin

#: Platforms that order series everywhere: their name says nothing about where a work is made.
_HOME = "FR"


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A document as read, with what is known of it as a whole."""

    readings: tuple[Reading, ...]
    gazetteer: Gazetteer
    book: Phrasebook
    published: datetime | None
    topic: str | None  #: the work the article is about
    platform: str | None  #: the platform it names first
    platforms: frozenset[str]
    french: int  #: how strongly the article speaks of French works
    foreign: int  #: of foreign ones
    launch: bool  #: the piece accompanies a release
    television: bool  #: it speaks of series, films or platforms at all

    def work(self, title: str | None) -> Work | None:
        """Look a title up in the gazetteer."""
        return self.gazetteer.work(title) if title else None


def gather(readings: tuple[Reading, ...], gazetteer: Gazetteer, book: Phrasebook, published: datetime | None) -> Page:
    """Form the article's context from its sentences."""
    readings = _trusting(readings)
    platforms = [m.value for r in readings for m in r.all("platform") if m.strength > 1 or r.sentence.prominent]
    return Page(
        readings=readings,
        gazetteer=gazetteer,
        book=book,
        published=published,
        topic=_topic(readings),
        platform=platforms[0] if platforms else None,
        platforms=frozenset(platforms),
        french=_weigh(readings, "french") + _home(readings, gazetteer),
        foreign=_weigh(readings, "foreign") + _abroad(readings, gazetteer),
        launch=_launch(readings),
        television=bool(platforms) or any(m.group.startswith("work") for r in readings for m in r.marks),
    )


def _trusting(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Believe a doubtful name everywhere once the article has used it as a title beyond doubt."""
    sure = {m.value for r in readings for m in r.all("title")}
    return tuple(
        replace(
            r, marks=tuple(Mark("title", m.start, m.end, m.value, 2) if _doubtful(m, r, sure) else m for m in r.marks)
        )
        for r in readings
    )


def _doubtful(mark: Mark, reading: Reading, sure: set[str]) -> bool:
    return (
        mark.group == "work"
        and mark.value in sure
        and not any(t.start <= mark.start < t.end for t in reading.all("title"))
    )


def _topic(readings: tuple[Reading, ...]) -> str | None:
    """Choose the work the article is about: the headline's, then the one it names most and earliest."""
    for zone in ("headline", "standfirst"):
        named = [m for r in readings if r.sentence.zone == zone for m in r.all("title")]
        if named:
            return max(named, key=lambda m: (m.strength, -m.start)).value
    count = Counter(m.value for r in readings for m in r.all("title") if m.strength > 1)
    return count.most_common(1)[0][0] if count else None


def _weigh(readings: tuple[Reading, ...], group: str) -> int:
    return sum((m.strength - 1) * (2 if r.sentence.prominent else 1) for r in readings for m in r.all(group))


def _home(readings: tuple[Reading, ...], gazetteer: Gazetteer) -> int:
    """French platforms, producers, people and works speak for France."""
    score = 0
    for mark in (m for r in readings for m in r.marks):
        if mark.group in ("platform", "producer") and mark.strength > 1:
            score += 2 * (gazetteer.countries.get(mark.value) == _HOME)
        elif mark.group == "person":
            score += 2
        elif mark.group == "title" and (work := gazetteer.work(mark.value)):
            score += 2 * (work.origin is Origin.FRENCH)
    return score


def _abroad(readings: tuple[Reading, ...], gazetteer: Gazetteer) -> int:
    works = (gazetteer.work(m.value) for r in readings for m in r.all("title"))
    return sum(2 for work in works if work and work.origin is Origin.FOREIGN)


def _launch(readings: tuple[Reading, ...]) -> bool:
    """Whether headline or lead say that it is out or when it will be."""
    prominent = [r for r in readings if r.sentence.prominent]
    headline = any(r.has("release") for r in prominent if r.sentence.zone == "headline")
    return headline or sum(len(r.all("release")) for r in prominent) >= 2
