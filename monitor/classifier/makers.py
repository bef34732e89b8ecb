"""Fourth stage, people: who writes or directs the work, which is what identifies one that has no title yet."""

from __future__ import annotations

import re

from monitor.classifier.context import Page
from monitor.classifier.entities import Reading, distance
from monitor.classifier.phrases import Mark
from monitor.classifier.text import fold

#: Two or three capitalised words, with the little ones of French names.
NAME = re.compile(r"[A-ZÀ-Ý][\w'’-]+(?: (?:de |d'|Le |La )?[A-ZÀ-Ý][\w'’-]+){1,2}")
#: Characters between a work and who makes it.
_REACH = 60
#: Characters between a work and who plays in it.
_STARRING = 90
#: Before a company, of what it makes; characters between the word for that and its name.
_MADE_BY, _CREDITED = re.compile(r"\bprodu[^.;:!?()\"]*$"), 60
_BLANK, _AND = re.compile(r" "), re.compile(r" ?(?:, et|, and|,|et|and|&) ")


def people(page: Page, reading: Reading, anchor: Mark, title: str | None) -> tuple[str, ...]:
    """Read who makes a work: the name after "série de", "créée par", "directed by"... beside it.

    For the work that the article is about, the first maker the article names.
    """
    named = _named(reading) if reading.has("maker") else []
    beside = [
        name for mark, name, end in named if distance(mark, anchor) <= _REACH and _nearest(reading, anchor, mark, end)
    ]
    if not beside and title is not None and title == page.topic:
        others = (other for other in page.readings if other.has("maker"))
        beside = [name for other in others for mark, name, _ in _named(other) if _of(page.topic, other, mark)]
    return tuple(beside[:1])


def stars(page: Page, reading: Reading, anchor: Mark) -> tuple[str, ...]:
    """Read who plays in a work without title: "une série avec Y et Z", "portée par Y"; "Y sera l'héroïne d'une série".

    Somebody has a first name that we know, or is known; platforms, works, places and companies have none.
    """
    found: list[str] = []
    for mark in reading.of("star"):
        if 0 <= mark.start - anchor.end <= _STARRING and not _parted(reading, anchor.end, mark.start):
            found += _row(page, reading, mark.end)
    for mark in reading.of("cast"):
        if mark.strength > 1 and 0 <= anchor.start - mark.end <= _STARRING:
            before = list(NAME.finditer(reading.sentence.text, max(0, mark.start - 44), mark.start))
            found += [m.group() for m in before[-1:] if mark.start - m.end() <= 1 and _somebody(page, reading, m)]
    return tuple(dict.fromkeys(found))


def _row(page: Page, reading: Reading, start: int) -> list[str]:
    """Read the names that follow one another from a place on: "Y, Z et W"."""
    found: list[str] = []
    text = reading.sentence.text
    while gap := _AND.match(text, start) if found else _BLANK.match(text, start):
        name = NAME.match(text, gap.end())
        if name is None or not _somebody(page, reading, name):
            break
        found.append(name.group())
        start = name.end()
    return found


def _somebody(page: Page, reading: Reading, name: re.Match[str]) -> bool:
    """Whether words with capitals are a person's name."""
    if any(m.start < name.end() and name.start() < m.end for m in reading.all("platform", "producer", "title", "show")):
        return False
    first = fold(name.group()).split(" ")[0]
    return first in page.lexicon.names or first.split("-")[0] in page.lexicon.names


def _parted(reading: Reading, start: int, end: int) -> bool:
    """Whether another work, or another sentence's worth of words, stands between."""
    return any(start <= t.start < end for t in reading.of("title")) or ";" in reading.sentence.plain[start:end]


def producers(reading: Reading) -> tuple[str, ...]:
    """List the companies that make a work; one with an everyday name after "produite par", or beside another."""
    named = reading.of("producer")
    plain = reading.sentence.plain
    sure = (m for m in named if m.strength > 1 or _MADE_BY.search(plain, max(0, m.start - _CREDITED), m.start))
    return tuple(dict.fromkeys(m.value for m in sure))


def names_a_maker(reading: Reading) -> bool:
    """Whether a sentence says who makes a work: "la série de SF" does not."""
    return reading.has("maker") and bool(_named(reading))


def _nearest(reading: Reading, anchor: Mark, mark: Mark, end: int) -> bool:
    """Whether no other title stands nearer to the maker: "la série de Y « X »", "« X », écrite par Y"."""
    titles = reading.of("title")
    follows = [t for t in titles if 0 <= t.start - end <= 4]
    own = follows or sorted((t for t in titles if t.end <= mark.start), key=lambda t: -t.end)
    return anchor.group != "title" or own[:1] == [anchor]


def _named(reading: Reading) -> list[tuple[Mark, str, int]]:
    """List maker marks that a name follows, with the name and where it ends."""
    found = []
    for mark in reading.of("maker"):
        after = mark.end
        while reading.sentence.text[after : after + 1] == " ":
            after += 1
        known = next((m for m in reading.of("person") if m.start == after), None)
        if known:  # also one whose name is one word, or is not written as names are
            found.append((mark, known.value, known.end))
        elif any(m.start == after for m in reading.all("platform", "producer")):
            continue  # "une série signée Prime Video"
        elif name := NAME.match(reading.sentence.text, after):
            found.append((mark, name.group(), name.end()))
    return found


def _of(topic: str | None, reading: Reading, mark: Mark) -> bool:
    """Whether no other work stands before the maker in the sentence."""
    before = [t.value for t in reading.all("title", "credited") if t.start < mark.start]
    return all(title == topic for title in before)
