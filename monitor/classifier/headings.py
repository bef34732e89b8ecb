"""Second stage, the first words of a headline, before its colon: a work's title, or a town, or what it is about.

A title comes again in the text, with its capital; "Rugby" does not, and of a town the text says that something is
there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.classifier.entities import Reading, with_marks
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.phrases import Mark
from monitor.classifier.placed import UNPROVEN
from monitor.classifier.text import fold

#: Characters of an article's text without which nothing can be told.
_ENOUGH = 200
#: Characters that the name of a company may have.
_NAME = 60
#: Characters from a heading to the season that the headline goes on about.
_TO_SEASON = 32
#: Sentences of a headline that are looked at.
_HEADLINES = 4
_COLON = re.compile(r"\s*:")


def without_headings(readings: tuple[Reading, ...], lexicon: Lexicon) -> tuple[Reading, ...]:
    """Take from headlines the titles that are none."""
    readings = _proven(readings, lexicon)
    found = [(place, mark) for place, r in enumerate(readings) if (mark := _heading(r, lexicon)) is not None]
    if not found:
        return readings
    rest = [r for r in readings if r.sentence.zone != "headline"]
    if sum(len(r.sentence.text) for r in rest) < _ENOUGH:
        return readings
    kept = list(readings)
    for place, mark in found:
        if not _comes_again(mark.value, rest, lexicon):
            reading = readings[place]
            kept[place] = with_marks(reading.sentence, (m for m in reading.marks if m is not mark))
    return tuple(kept)


def _proven(readings: tuple[Reading, ...], lexicon: Lexicon) -> tuple[Reading, ...]:
    """Believe a headline's unproven titles that come again in the text, and drop the others."""
    if not any(m.strength == UNPROVEN for r in readings[:_HEADLINES] for m in r.of("title")):
        return readings
    rest = [r for r in readings if r.sentence.zone != "headline"]
    return tuple(_tried(r, rest, lexicon) if r.sentence.zone == "headline" else r for r in readings)


def _tried(reading: Reading, rest: Sequence[Reading], lexicon: Lexicon) -> Reading:
    kept = [
        m._replace(strength=2) if m.group == "title" and m.strength == UNPROVEN else m
        for m in reading.marks
        if m.group != "title" or m.strength != UNPROVEN or _comes_again(m.value, rest, lexicon)
    ]
    return with_marks(reading.sentence, kept)


def without_firms(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Take from all sentences, as titles, the names of companies: "Paris-based Grand Soleil is producing"."""
    after = tuple(r.sentence.text[m.end : m.end + _NAME].lstrip(" ") for r in readings for m in r.of("firm"))
    if not after:
        return readings
    titles = {m.value for r in readings for m in r.of("title") if not _quoted(m, r)}
    firms = {value for value in titles if any(_begins(rest, value) for rest in after)}
    if not firms:
        return readings
    return tuple(_without(r, firms) if r.has("title") else r for r in readings)


def _begins(rest: str, name: str) -> bool:
    return rest.startswith(name) and not rest[len(name) : len(name) + 1].isalnum()


def _without(reading: Reading, firms: set[str]) -> Reading:
    kept = (m for m in reading.marks if m.group != "title" or m.value not in firms or _quoted(m, reading))
    return with_marks(reading.sentence, kept)


def _quoted(title: Mark, reading: Reading) -> bool:
    return reading.sentence.text[title.start] in "\"'«“„‘"


def _heading(reading: Reading, lexicon: Lexicon) -> Mark | None:
    """Find the title, neither known nor between quotes, that begins a headline and a colon ends."""
    if reading.sentence.zone != "headline":
        return None
    for mark in reading.of("title"):
        unsure = mark.start <= 1 and mark.strength < 3 and reading.sentence.plain[mark.start] not in "\"'"
        if unsure and _COLON.match(reading.sentence.plain, mark.end):
            return None if _spoken_of(reading, mark, lexicon) else mark
    return None


def _spoken_of(reading: Reading, heading: Mark, lexicon: Lexicon) -> bool:
    """Whether the headline goes on about a work as known: "Les Liens du large : les adieux de la série de M6".

    Or about its season: "Les Liens du large : la saison 3 débarque".
    """
    if " " not in heading.value or len(reading.of("title")) > 1:
        return False
    if any(0 <= season.start - heading.end <= _TO_SEASON and season.strength > 2 for season in reading.of("season")):
        return not reading.has("outside", "sport")
    between = (reading.sentence.plain[heading.end : work.start].split() for work in reading.of("work.series"))
    return any(words[-1] in lexicon.definite for words in between if len(words) > 1)


def _comes_again(title: str, rest: Sequence[Reading], lexicon: Lexicon) -> bool:
    """Whether the text has it with a capital, and nowhere as the place where something is."""
    name, again = fold(title), False
    for reading in rest:
        for start in _places(name, reading.sentence.plain):
            text = reading.sentence.text
            if not text[start].islower():
                if not lexicon.at.isdisjoint(text[:start].lower().split()[-1:]):
                    return False
                again = True
    return again


def _places(name: str, plain: str) -> Iterator[int]:
    """Tell where a name stands as a whole; a pattern of its own for every headline would be dear."""
    start = plain.find(name)
    while start >= 0:
        end = start + len(name)
        if not _in_word(plain[start - 1 : start]) and not _in_word(plain[end : end + 1]):
            yield start
        start = plain.find(name, start + 1)


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
