"""Fourth stage, people: who writes or directs the work, which is what identifies one that has no title yet."""

from __future__ import annotations

import itertools
import re

from monitor.classifier.context import Page
from monitor.classifier.entities import Reading, distance
from monitor.classifier.phrases import Mark
from monitor.classifier.scene import NAME, WORKS, title_case
from monitor.classifier.text import fold

#: Characters between a work and who makes it.
_REACH = 60
#: Characters between a work and who plays in it.
_STARRING = 90
#: Characters between a word for a work and "avec" or "starring", where no comma parts them.
_WITH = 30
#: Before a company, of what it makes; characters between the word for that and its name.
_MADE_BY, _CREDITED = re.compile(r"\bprodu[^.;:!?()\"]*$"), 60
_BLANK, _AND = re.compile(r" "), re.compile(r" ?(?:, et|, and|,|et|and|&) ")
#: Between two who make a work, each in a way of their own: "écrite par X et réalisée par Y".
_JOINED = re.compile(r",? ?(?:et |and |& ?)?")
#: Between a work and who is given it to make.
_TO = re.compile(r"[\"»”]? ?(?:à|to) ")


def people(page: Page, reading: Reading, anchor: Mark, title: str | None) -> tuple[str, ...]:
    """Read who makes a work: the names after "série de", "créée par", "directed by"... beside it, or who is given it.

    For the work that the article is about, the first makers the article names: "écrite par X et Y, réalisée par Z".
    """
    named = _named(reading) if reading.has("maker") else []
    beside = [
        (reading, mark)
        for mark, _, end in named
        if distance(mark, anchor) <= _REACH and _nearest(reading, anchor, mark, end)
    ]
    if not beside and (given := _given(page, reading, anchor)):
        return given
    if not beside and title is not None and title == page.topic:
        others = (other for other in page.readings if other.has("maker"))
        made = ((other, mark) for other in others for mark, _, _ in _named(other) if _of(page.topic, other, mark))
        beside = [*itertools.islice(made, 1)]
    return _together(page, *beside[0]) if beside else ()


def _together(page: Page, reading: Reading, first: Mark) -> tuple[str, ...]:
    """Read the names of those who make a work together: "écrite par X et Y, réalisée par Z"."""
    found: list[str] = []
    works = [m.start for m in reading.marks if m.group.startswith("work.")]
    end = -1
    for mark, name, after in _named(reading):
        another = any(mark.start <= start < mark.end for start in works)  # "une série de X, un film de Y"
        joined = end >= 0 and not another and _JOINED.fullmatch(reading.sentence.plain, end, mark.start) is not None
        if mark is not first and not joined:
            continue
        more, end = _partners(page, reading, after)
        found += [name, *more]
    return tuple(dict.fromkeys(found))


def _partners(page: Page, reading: Reading, start: int) -> tuple[list[str], int]:
    """Read who is named with a maker, and where that ends: "X et Y", "X, Y and Z"; "X, Y" is no list."""
    row = _row(page, reading, start, follows=True)
    ends = [place for place, (gap, _, _) in enumerate(row, 1) if gap != ", "]
    kept = row[: ends[0]] if ends else []
    return [name for _, name, _ in kept], kept[-1][2] if kept else start


def _given(page: Page, reading: Reading, anchor: Mark) -> tuple[str, ...]:
    """Read who is given a work to make: "TF1 a commandé « X » à Y"."""
    ordered = any(m.strength > 1 and m.start < anchor.start for m in reading.of("order"))
    to = _TO.match(reading.sentence.text, anchor.end) if ordered else None
    name = NAME.match(reading.sentence.text, to.end()) if to else None
    return (name.group(),) if name and _somebody(page, reading, name) else ()


def stars(page: Page, reading: Reading, anchor: Mark) -> tuple[str, ...]:
    """Read who plays in a work without title: "une série avec Y et Z", "portée par Y"; "Y sera l'héroïne d'une série".

    Somebody has a first name that we know, or is known; platforms, works, places and companies have none. After
    "une série avec" or "un thriller en six épisodes avec" two words with capitals are somebody, whatever the first is.
    """
    found: list[str] = []
    sure = not title_case(reading.sentence)  # where not all words have capitals
    for mark in reading.of("star"):
        if 0 <= mark.start - anchor.end <= _STARRING and not _parted(reading, anchor.end, mark.start):
            rare = sure and _with_a_work(reading, mark)
            found += [name for _, name, _ in _row(page, reading, mark.end, rare=rare)]
    for mark in reading.of("cast"):
        close = -_STARRING <= mark.start - anchor.end <= _STARRING
        if mark.strength > 1 and close and not _parted(reading, anchor.end, mark.start):
            named = list(NAME.finditer(reading.sentence.text, max(0, mark.start - 44), mark.start))
            right_before = (m for m in named[-1:] if mark.start - m.end() <= 1)
            found += [m.group() for m in right_before if _somebody(page, reading, m, rare=sure)]
    return tuple(dict.fromkeys(found))


def _with_a_work(reading: Reading, star: Mark) -> bool:
    """Whether it is a work that is "with" somebody: "une série en six épisodes avec", and no comma before it."""
    plain = reading.sentence.plain
    gaps = (plain[m.end : star.start] for m in reading.all(*WORKS) if 0 <= star.start - m.end <= _WITH)
    return any("," not in gap for gap in gaps)


def _row(
    page: Page, reading: Reading, start: int, *, follows: bool = False, rare: bool = False
) -> list[tuple[str, str, int]]:
    """Read the names that follow one another from a place on, each with what stands before and where it ends.

    Args:
        follows: a name stands before that place.
        rare: the first of them may have a first name that we don't know.
    """
    found: list[tuple[str, str, int]] = []
    text = reading.sentence.text
    while gap := _AND.match(text, start) if found or follows else _BLANK.match(text, start):
        name = NAME.match(text, gap.end())
        if name is None or not _somebody(page, reading, name, rare=rare and not found):
            break
        start = name.end()
        found.append((gap.group(), name.group(), start))
    return found


def _somebody(page: Page, reading: Reading, name: re.Match[str], *, rare: bool = False) -> bool:
    """Whether words with capitals are a person's name; with a `rare` first name, if they are not some company's."""
    if any(m.start < name.end() and name.start() < m.end for m in reading.all("platform", "producer", "title", "show")):
        return False
    words = fold(name.group()).split(" ")
    first = words[0]
    if rare and first not in page.lexicon.articles and page.lexicon.firms.isdisjoint(words):
        return True
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
    before = sorted((t for t in titles if t.end <= mark.start), key=lambda t: -t.end)
    # "« X », portée par Y, « Z »": what stands right behind a title is of it, whatever follows the name.
    behind = bool(before) and reading.sentence.plain[before[0].end : mark.start].strip(' ,"') == ""
    own = before if behind else follows or before
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
