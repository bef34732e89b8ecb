"""What the article as a whole is about: its topic, its platform, where its works are made, what sort of piece it is."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from monitor.classifier.abroad import bought_abroad, foreign_titles, headline_foreign, remade
from monitor.classifier.alike import whole_titles
from monitor.classifier.entities import Reading, with_marks
from monitor.classifier.gazetteer import Gazetteer, Work
from monitor.classifier.headings import without_firms, without_headings
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.phrases import Mark
from monitor.classifier.rescue import left, taken_up
from monitor.classifier.scene import WORKS
from monitor.classifier.sources import without_sources
from monitor.classifier.text import fold
from monitor.classifier.topic import named_elsewhere, topic_of
from monitor.vocabulary import Origin

#: Years before a work comes out that it may be spoken of.
_AHEAD = 3
#: Platforms that order series everywhere: their name says nothing about where a work is made.
_HOME = "FR"


#: What foreign places and nationalities weigh at most that only the body names.
_ELSEWHERE = 3
#: Platforms of an article that is about none of them.
_MANY_PLATFORMS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A document as read, with what is known of it as a whole."""

    readings: tuple[Reading, ...]
    front: tuple[Reading, ...]  #: of these headline, standfirst and lead
    heads: tuple[Reading, ...]  #: of these the headline
    gazetteer: Gazetteer
    lexicon: Lexicon
    published: datetime | None
    topic: str | None  #: the work the article is about
    headed: bool  #: the headline names it
    platform: str | None  #: the platform it names first
    platforms: frozenset[str]
    left: frozenset[str]  #: of these the ones that ended what somebody may take up again
    french: int  #: how strongly the article speaks of French works
    foreign: int  #: of foreign ones
    named: int  #: people with a first name that is French
    headline_foreign: bool  #: headline or standfirst say that the work, or its remake, is made elsewhere
    foreign_titles: frozenset[str]  #: folded, those that headline, standfirst or lead call foreign
    bought_abroad: bool  #: they tell that it was bought from a foreign channel
    remade: bool  #: they speak of a remake made elsewhere
    launch: bool  #: the piece accompanies a release
    hearsay: bool  #: headline or lead say that it is hearsay, and nobody in charge confirms it there
    television: bool  #: it speaks of series, films or platforms at all

    @property
    def buyer(self) -> str | None:
        """The platform of a statement that names none: the article's, but none of a round-up's many."""
        front = any(m.value == self.platform for r in self.front for m in r.of("platform"))
        return self.platform if front or len(self.platforms) < _MANY_PLATFORMS else None

    def work(self, title: str | None) -> Work | None:
        """Look a title up in the gazetteer; years before it came out nobody knew of it."""
        work = self.gazetteer.work(title) if title else None
        unborn = work and work.year and self.published and work.year > self.published.year + _AHEAD
        return None if unborn else work

    def beside_it(self, title: str) -> bool:
        """Whether a title is a foreign work's, that the article only names beside its own."""
        work = self.work(title) if title != self.topic else None
        return work is not None and work.origin is Origin.FOREIGN


def is_out(work: Work, page: Page) -> bool:
    """Whether a work was out before the article was written."""
    return bool(work.year and (page.published is None or work.year < page.published.year))


def is_to_come(work: Work | None, page: Page) -> bool:
    """Whether a work came out after the article was written, or in its year."""
    return bool(work and work.year and page.published and work.year >= page.published.year)


def gather(readings: tuple[Reading, ...], gazetteer: Gazetteer, lexicon: Lexicon, published: datetime | None) -> Page:
    """Form the article's context from its sentences."""
    readings = without_sources(_trusting(without_firms(without_headings(readings, lexicon)), gazetteer))
    topic = topic_of(readings, tuple(r for r in readings if r.sentence.prominent), gazetteer)
    gone = _left(readings, topic)
    readings = tuple(map(_taken_up, readings)) if gone else readings
    front = tuple(r for r in readings if r.sentence.prominent)
    body = tuple(r for r in readings if not r.sentence.prominent)
    platforms = [m.value for r in readings for m in r.of("platform") if m.strength > 1 or r.sentence.prominent]
    works = [work for r in readings for m in r.of("title") if (work := gazetteer.work(m.value))]
    return Page(
        readings=readings,
        front=front,
        heads=tuple(r for r in front if r.sentence.zone == "headline"),
        gazetteer=gazetteer,
        lexicon=lexicon,
        published=published,
        topic=topic,
        headed=any(m.value == topic for r in front if r.sentence.zone == "headline" for m in r.of("title")),
        platform=platforms[0] if platforms else None,
        platforms=frozenset(platforms),
        left=gone,
        french=_weigh(readings, "french") + _home(readings, works, gazetteer),
        foreign=_weigh(front, "foreign") + min(_weigh(body, "foreign"), _ELSEWHERE) + named_elsewhere(front, works),
        named=_people(readings),
        headline_foreign=headline_foreign(front, gazetteer),
        foreign_titles=foreign_titles(front),
        bought_abroad=bought_abroad(readings, front, gazetteer),
        remade=remade(front, gazetteer),
        launch=_launch(front),
        hearsay=_hearsay(front),
        television=speaks_of_television(readings, works),
    )


#: What tells by itself that an article speaks of television or film.
_TELLING = frozenset({"platform", "adapt", "shoot", *WORKS, "work.any"})


def speaks_of_television(readings: tuple[Reading, ...], works: list[Work]) -> bool:
    """Whether anything says beyond doubt that an article speaks of television or film.

    A platform, a word for a series or film, a shoot, a work whose name is nothing else; or, with a season, one whose
    name is a word, a town or somebody. "Projet", "programme" and "Marseille" alone say nothing.
    """
    if any(not work.ambiguous for work in works):
        return True
    marks = [m for r in readings for group in _TELLING & r.groups.keys() for m in r.groups[group]]
    if any(m.strength > (2 if m.group in ("adapt", "shoot") else 1) for m in marks):
        return True
    return bool(works) and any(r.has("season", "more") for r in readings)


def doubts(reading: Reading) -> list[Mark]:
    """List what makes a sentence hearsay; "la chaîne annonce qu'une suite serait tournée" is none."""
    said = [m.end for m in reading.of("reported")]
    strong = (m for m in reading.of("rumour") if m.strength > 1)
    return [m for m in strong if not (said and said[0] <= m.start and _FUTURE.search(m.value))]


#: What after "a annoncé que" is a future seen from the past, in the languages that have it.
_FUTURE = re.compile(r"\b(?!aurai|pourrai)\w+rai(?:en)?t\b|\bwould\b")


def _left(readings: tuple[Reading, ...], topic: str | None) -> frozenset[str]:
    """List the platforms that ended the work an article is about, wherever it says so of no other work."""
    ending = (r for r in readings if r.has("cancel") and all(t.value == topic for t in r.of("title")))
    return frozenset(m.value for r in ending for m in left(r.marks, r.sentence))


def _taken_up(reading: Reading) -> Reading:
    """Read weaker words for a rescue as one in a front that tells who ended the work: "Netflix récupère « X »"."""
    if not (reading.sentence.prominent and reading.has("rescue") and reading.has("title", "work.series")):
        return reading
    return with_marks(reading.sentence, taken_up(reading.marks, reading.sentence, over=True))


def _hearsay(front: tuple[Reading, ...]) -> bool:
    """Whether the front of an article gives what it tells as hearsay."""
    sure = any(r.has("reported") or (any(m.strength > 1 for m in r.of("confirm")) and not doubts(r)) for r in front)
    return not sure and any(doubts(r) for r in front)


def _trusting(readings: tuple[Reading, ...], gazetteer: Gazetteer) -> tuple[Reading, ...]:
    """Make one work's mentions agree: a doubtful name used beyond doubt elsewhere, a title cut short elsewhere."""
    titled = [m.value for r in readings for m in r.of("title") if m.strength > 1]
    sure = {*titled, *_at_home(readings, gazetteer)}
    whole = whole_titles(readings)
    sure_plain = {value: fold(value) for value in sorted(sure) if len(value) > 3}
    named = _named(readings, sure_plain)
    return tuple(_agreeing(r, sure, whole, named.get(place, {})) for place, r in enumerate(readings))


def _named(readings: tuple[Reading, ...], sure: dict[str, str]) -> dict[int, dict[str, str]]:
    """Tell in which sentences some titles stand: looked for in the whole text, which takes no time."""
    text = "\n".join(reading.sentence.plain for reading in readings)
    starts = list(accumulate((len(reading.sentence.plain) + 1 for reading in readings), initial=0))
    named: dict[int, dict[str, str]] = {}
    for value, folded in sure.items():
        found = text.find(folded)
        while found >= 0:
            place = bisect(starts, found) - 1
            named.setdefault(place, {})[value] = folded
            found = text.find(folded, starts[place + 1])
    return named


def _agreeing(reading: Reading, sure: set[str], whole: dict[str, str], named: dict[str, str]) -> Reading:
    if not named and not whole and "work" not in reading.groups:
        return reading
    marks = list(reading.marks)
    if "work" in reading.groups or (whole and reading.has("title", "credited")):
        marks = [_trusted(m, reading, sure, whole) for m in marks]
    marks += _mentions(marks, reading, named)
    return reading if marks == [*reading.marks] else with_marks(reading.sentence, marks)


def _at_home(readings: tuple[Reading, ...], gazetteer: Gazetteer) -> set[str]:
    """Names that begin the headline and whose platform the article names: "Les Grands passent au lycée", with OCS."""
    heads = [m for r in readings if r.sentence.zone == "headline" for m in r.of("work") if m.start <= 2]
    platforms = {m.value for r in readings for m in r.of("platform")} if heads else set()
    return {m.value for m in heads if (work := gazetteer.work(m.value)) and set(work.platforms) & platforms}


def _mentions(marks: list[Mark], reading: Reading, named: dict[str, str]) -> list[Mark]:
    """Find further mentions, with a capital, of titles that the article has named beyond doubt."""
    plain, text = reading.sentence.plain, reading.sentence.text
    found: list[Mark] = []
    for value, folded in named.items():
        start = plain.find(folded)
        if start < 0:
            continue
        end = start + len(folded)
        if not text[start].isupper() or plain[start - 1 : start].isalnum() or plain[end : end + 1].isalnum():
            continue
        taken = (m for m in (*marks, *found) if m.group in ("title", "credited"))
        if not any(m.start < end and start < m.end for m in taken):
            found.append(Mark("title", start, end, value, 2))
    return found


def _trusted(mark: Mark, reading: Reading, sure: set[str], whole: dict[str, str]) -> Mark:
    if _doubtful(mark, reading, sure):
        credit = any(m.group == "credit" and 0 <= mark.start - m.end <= 2 for m in reading.marks)
        return Mark("credited" if credit else "title", mark.start, mark.end, mark.value, 2)
    if mark.group in ("title", "credited") and mark.value in whole:
        return Mark(mark.group, mark.start, mark.end, whole[mark.value], mark.strength)
    return mark


def _doubtful(mark: Mark, reading: Reading, sure: set[str]) -> bool:
    return (
        mark.group == "work"
        and mark.value in sure
        and not any(t.start <= mark.start < t.end for t in reading.of("title"))
    )


def _weigh(readings: tuple[Reading, ...], group: str) -> int:
    said = (r for r in readings if group in r.groups)
    return sum((m.strength - 1) * (2 if r.sentence.prominent else 1) for r in said for m in r.groups[group])


_SURNAME = re.compile(r"[ -][A-ZÀ-Ý]")


def _people(readings: tuple[Reading, ...]) -> int:
    """Count who bears a French first name: "Delphine Martel", and not "la Pierre"."""
    found = set()
    for reading in (r for r in readings if "first" in r.groups):
        text = reading.sentence.text
        for mark in reading.of("first"):
            if text[mark.start].isupper() and _SURNAME.match(text, mark.end):
                found.add(text[mark.start : mark.end + 3])
    return len(found)


_FIRMS = frozenset({"platform", "producer"})


def _home(readings: tuple[Reading, ...], works: list[Work], gazetteer: Gazetteer) -> int:
    """French platforms, producers, people and works speak for France."""
    firms = [m for r in readings for group in _FIRMS & r.groups.keys() for m in r.groups[group] if m.strength > 1]
    french = sum(gazetteer.countries.get(m.value) == _HOME for m in firms)
    french += sum(len(r.of("person")) for r in readings)
    return 2 * (french + sum(work.origin is Origin.FRENCH for work in works))


def _launch(front: tuple[Reading, ...]) -> bool:
    """Whether headline or lead say that it is out or when it will be."""
    firm = {r.sentence.zone: [m for m in r.of("release") if m.strength > 1] for r in front}
    return bool(firm.get("headline")) or sum(map(len, firm.values())) >= 2
