"""Fourth stage, people: who writes or directs the work, which is what identifies one that has no title yet."""

from __future__ import annotations

import re

from monitor.classifier.context import Page
from monitor.classifier.entities import Reading, distance
from monitor.classifier.phrases import Mark

#: Two or three capitalised words, with the little ones of French names.
NAME = re.compile(r"[A-ZÀ-Ý][\w'’-]+(?: (?:de |d'|Le |La )?[A-ZÀ-Ý][\w'’-]+){1,2}")
#: Characters between a work and who makes it.
_REACH = 60


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
