"""Fourth stage, the small signs: what stands around a statement, the words it is made of, what the headline speaks of.

One alone says little; the model weighs them. Names are left out, so that it learns how news is told and not of whom.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.classifier.context import Page
from monitor.classifier.entities import Reading
from monitor.classifier.makers import names_a_maker
from monitor.classifier.phrases import Mark
from monitor.classifier.stems import stems

#: Characters on both sides of a statement's anchor whose words count.
_AROUND = 90
#: Groups of which the model wants to know that they stand near a statement, or in the headline.
_AROUND_IT = frozenset(
    {
        "acquire", "cancel", "cinema", "clause", "credit", "deal", "final", "format", "host", "maker", "more",
        "negation", "new", "outside", "past", "people", "person", "piece", "plan", "producer", "release", "remake",
        "renew", "said", "season", "show", "sport", "works",
    }
)  # fmt: skip
_IN_HEADLINE = (
    "order", "announce", "develop", "shoot", "cast", "adapt", "renew", "confirm", "cancel", "acquire", "release",
    "season", "more", "final", "works", "new", "people", "piece", "outside", "work.series",
    "work.film", "work.documentary", "work.reality",
)  # fmt: skip
_IN_NEXT = frozenset({"format", "maker", "shoot", "order", "release", "past"})
_OF_WORKS = ("work.series", "work.film", "work.documentary", "work.animation", "work.reality", "works", "season")
#: Acts whose doer tells: "TF1 commande", and not "commander sur Amazon".
_DONE = ("order", "announce", "develop", "renew", "confirm", "adapt")
#: What a channel does with its own works; characters from it to its act ("a officiellement"), from there to the work.
_ITS_OWN = ("order", "renew", "develop")
_SUBJECT, _OBJECT = 18, 24
#: Strength of what is said plainly.
_PLAIN = 2
#: A work, which is then what does it: "la série de TF1 prolonge le plaisir".
_OF_ONE = ("work.series", "work.film", "work.documentary", "work.animation", "work.reality", "title")
#: What ends a clause, and so parts a subject or an object from its verb.
_PARTS = re.compile(r"[.,;:()!?]")


def signs_around(page: Page, reading: Reading, anchor: Mark, title: str | None = None) -> set[str]:
    """Name what stands around a statement in its sentence; a title is what is done to it, where it describes one."""
    first, last = anchor.start - _AROUND, anchor.end + _AROUND
    beside = {m[0] for m in reading.marks if m[2] >= first and m[1] <= last and m is not anchor}
    found = {f"with {group}" for group in beside & _AROUND_IT}
    after = page.readings[reading.sentence.index + 1 : reading.sentence.index + 2]  # the next sentence, if any
    found |= {f"neighbour {group}" for following in after for group in _IN_NEXT & following.groups.keys()}
    if _platform_acts(reading):
        found.add("platform acts")
    if _does_it(reading, [anchor, *(t for t in reading.of("title") if title and t.value == title)]):
        found.add("the channel does it")
    found |= _quotation(reading, anchor)
    return found


def _platform_acts(reading: Reading) -> bool:
    """Whether an act follows a platform closely: it is the platform that acts."""
    channels = reading.all("platform", "periphrasis")
    acts = reading.all(*_DONE) if channels else ()
    return any(0 <= act.start - p.end <= 25 for p in channels for act in acts)


def renews_it(reading: Reading, anchor: Mark, title: str | None) -> bool:
    """Whether a channel is the subject of an act without a season, and the work its object: "TF1 prolonge « X »"."""
    if anchor.group != "renew" or anchor.strength < _PLAIN:
        return False
    return _done_to(reading, [anchor], [t for t in reading.of("title") if t.value == title])


def _does_it(reading: Reading, named: Sequence[Mark]) -> bool:
    """Whether a channel is the subject, and the very work or season the object: "TF1 commande « X »"."""
    return _done_to(reading, [a for a in reading.all(*_ITS_OWN) if a.strength > 1], named)


def _done_to(reading: Reading, acts: Sequence[Mark], named: Sequence[Mark]) -> bool:
    channels = reading.all("platform", "periphrasis") if acts else ()
    plain = reading.sentence.plain
    done = [a for a in acts if any(_leads(p, a, plain, _SUBJECT) and not _of_one(reading, p, a) for p in channels)]
    return any(_leads(a, mark, plain, _OBJECT) for a in done for mark in named)


def _of_one(reading: Reading, channel: Mark, act: Mark) -> bool:
    """Whether a work stands between, which is what does it: "the Canal+ drama is back"."""
    return any(channel.end <= work.start < act.start for work in reading.all(*_OF_ONE))


def _leads(one: Mark, other: Mark, plain: str, reach: int) -> bool:
    """Whether a mark stands close behind another one, in the same clause."""
    return 0 <= other.start - one.end <= reach and not _PARTS.search(plain, one.end, other.start)


def _quotation(reading: Reading, anchor: Mark) -> set[str]:
    """Whether a statement stands between quotes, with other words: somebody says it."""
    plain = reading.sentence.plain
    before = plain.count('"', 0, anchor.start)
    inside = before % 2 == 1 and '"' in plain[anchor.end :]
    return {"in quotes"} if inside and anchor.group != "title" else set()


def words_around(reading: Reading, anchor: Mark) -> set[str]:
    """List the words around a statement's anchor, names and numbers left out."""
    first, last = max(0, anchor.start - _AROUND), anchor.end + _AROUND
    found = set()
    for start, end, stem in reading.stems:
        if start >= first and end <= last:
            found.add(stem)
        elif start < last and end > first:  # of a word that is cut the part counts
            found |= {part for *_, part in stems(reading.sentence, reading.marks, max(start, first), min(end, last))}
    return {f"word {stem}" for stem in found if stem}


def headline_signs(page: Page) -> set[str]:
    """Name what the headline speaks of, and whether the front is of works or programmes."""
    found = {f"headline {group}" for reading in page.heads for group in _IN_HEADLINE if group in reading.groups}
    found |= {"headline maker"} if any(names_a_maker(reading) for reading in page.heads) else set()
    if not any(m.strength > 1 for reading in page.heads for m in reading.of("renew")):
        found.discard("headline renew")  # "gives the nod" renews nothing
    works = sum(m.strength > 1 for r in page.front for m in r.all(*_OF_WORKS))
    others = sum(len(r.of("outside")) + len(r.of("show")) for r in page.front)
    if works != others:
        found.add("front of works" if works > others else "front of programmes")
    return found
