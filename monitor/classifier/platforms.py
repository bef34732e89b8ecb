"""Fourth stage, platforms: whose work a statement tells of, as its sentence says or as the text around does."""

from __future__ import annotations

import re

from monitor.classifier.context import Page
from monitor.classifier.entities import Reading, distance
from monitor.classifier.lexicon import joined
from monitor.classifier.phrases import Mark
from monitor.classifier.rescue import left

#: Sentences back in which the platform of a slate's next work is named.
_BACK = 2
#: Characters between a platform and the older work that it showed: "France 2's hit period drama « X »".
_TO_CREDITED = 24
_STOPPED = re.compile(r"[,.;:()]")
#: Characters between a platform and a title that it says the maker of: "pour France 5 « X »".
_RIGHT_BEFORE = 4


def bound_platforms(
    reading: Reading, anchor: Mark, page: Page, *, title: str | None = None, ended: bool = False
) -> tuple[str, ...]:
    """List the platforms of a statement: the nearest one with those listed beside it, or else the article's.

    An ending is of who made it, everything else of who has the work now; one of several titles is of whom it is for.
    """
    named = [
        m for m in reading.of("platform") if m.strength > 1 or reading.sentence.prominent or m.value in page.platforms
    ]
    if reading.has("cancel") and (gone := left(reading.marks, reading.sentence)):
        named = [m for m in named if (m in gone) is ended]
    if not named or all(_of_what_came_before(m, reading) for m in named):
        return ()
    named = [m for m in named if not _of_what_came_before(m, reading)]
    near = _for_its_own(reading, title, named, page) or named
    nearest = min(near, key=lambda m: (reading.clause(m) != reading.clause(anchor), distance(m, anchor)))
    beside = [m for m in named if m is nearest or _listed(m, nearest, reading, page)]
    return tuple(dict.fromkeys(m.value for m in sorted(beside, key=lambda m: m.start)))


def _of_what_came_before(platform: Mark, reading: Reading) -> bool:
    """Whether it only showed a work that says who somebody is: "the makers of the 2021 France 2 hit « X »"."""
    ends = [t.start for t in reading.of("credited") if 0 <= t.start - platform.end <= _TO_CREDITED]
    return any(not _STOPPED.search(reading.sentence.plain, platform.end, end) for end in ends)


def _for_its_own(reading: Reading, title: str | None, named: list[Mark], page: Page) -> list[Mark]:
    """List whom one of several titles is for, as said before the next: "« X », un polar, pour P, et « Y », pour Q"."""
    titles = reading.of("title")
    own = next((t for t in titles if t.value == title), None)
    if own is None or any(0 <= own.start - m.end <= _RIGHT_BEFORE for m in named):
        return []
    others = [t for t in titles if t.value != title]
    ends = [t.start - _RIGHT_BEFORE for t in others if t.start >= own.end]
    after = [m for m in named if others and own.end <= m.start and all(m.end < end for end in ends)]
    return [m for m in after if reading.sentence.plain[: m.start].split()[-1] in page.lexicon.meant_for]


def _listed(one: Mark, other: Mark, reading: Reading, page: Page) -> bool:
    start, end = min(one.end, other.end), max(one.start, other.start)
    between = reading.sentence.plain[start:end]
    return between.strip() in ("/", "+", "&", "x", "-") or joined(page.lexicon, _bare(start, end, reading, page))


def _bare(start: int, end: int, reading: Reading, page: Page) -> str:
    """Leave out what says of which sort and country the next platform is: "Okoo and German broadcaster ZDF"."""
    plain = reading.sentence.plain
    for mark in reading.all("french", "foreign"):
        if start <= mark.start and mark.end <= end:
            plain = plain[: mark.start] + " " * (mark.end - mark.start) + plain[mark.end :]
    between = plain[start:end]
    words = [word for word in re.findall(r"\w+'?", between) if word in page.lexicon.ands]
    sorts = [word for word in re.findall(r"\w+", between) if word in page.lexicon.generic] if words else []
    return re.sub(rf"\b(?:{'|'.join(sorts)})\b", "", between) if sorts else between


def platforms_around(reading: Reading, page: Page) -> tuple[str, ...]:
    """Give the platform of a sentence that names none: the headline's, or where it has none or several, the last named.

    There "la chaîne parlementaire" names one, too, if the article does elsewhere.
    """
    front = {m.value for r in page.heads for m in r.of("platform")}
    front = front - page.left or front
    if len(front) != 1:
        here = reading.sentence.index
        meant = [m.value for m in reading.of("periphrasis") if m.value in page.platforms]
        before = page.readings[max(0, here - _BACK) : here]
        named = [m.value for r in before for m in r.of("platform") if m.strength > 1 and orders_here(m.value, page)]
        if found := meant or named:
            return (found[-1],)
    return (page.buyer,) if page.buyer else ()


def orders_here(platform: str, page: Page) -> bool:
    """Whether it is French, or orders works in every country: a partner abroad is not whose work it is."""
    return page.gazetteer.countries.get(platform) == "FR" or platform in page.gazetteer.everywhere
