"""Fourth stage, how a new work is presented: what stands right beside its title, what the front of the article says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitor.classifier.context import Page
from monitor.classifier.entities import Reading, distance
from monitor.classifier.phrases import Mark
from monitor.classifier.reference import determiner
from monitor.classifier.scene import WORKS
from monitor.vocabulary import WorkType

#: Characters between a title and what it tells: "X suivra trois substituts".
_TELLS = 3
_DESCRIBING = re.compile(r"\"?\s?[,(:]\s?")
#: Characters between what is done and the work it is done to.
_TOGETHER = 60
#: Characters between a work and for whom it is made.
_FOR_WHOM = 40
_STOPPED = re.compile(r"[,.;:()]")
_MAKING = ("order", "develop", "announce", "shoot", "adapt")
#: What a headline about television speaks of.
_OF_WORKS = (
    *WORKS, *_MAKING, "cast", "renew", "cancel", "acquire", "works", "platform", "title", "season", "more", "sequel",
    "periphrasis",
)  # fmt: skip


def front_announces(page: Page) -> set[str]:
    """Name whether headline or lead speak of making something: then what the text goes on to name may be it."""
    making = any(m.strength > 1 for r in page.front for m in r.all("order", "develop", "announce", "works", "new"))
    return {"front announces"} if making and (page.platforms or page.french) else set()


def front_signs(page: Page) -> set[str]:
    """Name whether headline or lead say of a work that it is made, and whether the headline is about none."""
    found = {"front makes a work"} if any(_makes(r) for r in page.front) else set()
    silent = page.heads and not any(r.has(*_OF_WORKS) for r in page.heads)
    return found | ({"headline about no work"} if silent else set())


def _makes(reading: Reading) -> bool:
    acts = [m for m in reading.all(*_MAKING) if m.strength == 3 or (m.strength == 2 and m.group != "order")]
    works = [m for m in reading.all("works", *WORKS) if m.strength > 2] if acts else []
    fresh = [w for w in works if w.group == "works" or any(distance(n, w) < 20 for n in reading.of("new"))]
    firm = [m for m in acts if m.strength == 3]
    return any(distance(a, w) <= _TOGETHER for a in acts for w in fresh) or any(
        distance(a, w) <= _TOGETHER // 2 for a in firm for w in works
    )


def programmes(page: Page) -> frozenset[str]:
    """List the titles that the article calls programmes: "l'émission « X »", "« X », le talk-show de Y"."""
    found = set()
    for reading in page.readings:
        others = reading.of("outside")
        for title in reading.all("title", "credited") if others else ():
            comma = _DESCRIBING.match(reading.sentence.plain, title.end)
            called = any(0 <= title.start - m.end <= 3 for m in others)
            described = comma is not None and any(0 <= m.start - comma.end() <= 12 for m in others)
            found |= {title.value} if called or described else set()
    return frozenset(found)


def said_of_it(reading: Reading, anchor: Mark, page: Page) -> set[str]:
    """Name how a title is presented: what it tells or how long it is, right after; a word for a work right before."""
    if anchor.group != "title":
        return set()
    found = {"story told"} if any(0 <= m.start - anchor.end <= _TELLS for m in reading.of("title.after")) else set()
    comma = _DESCRIBING.match(reading.sentence.plain, anchor.end)
    if comma:
        after = [m for m in reading.all(*WORKS, "format", "maker", "describe") if 0 <= m.start - comma.end() <= 20]
        found |= {f"described by {m.group.split('.')[0]}" for m in after}
    found |= {"called no work" for m in reading.of("outside") if 0 <= anchor.start - m.end <= 3}
    before = [w for w in reading.all(*WORKS) if 0 <= anchor.start - w.end <= 3]
    return found | {f"called {determiner(page, reading, work)}" for work in before[-1:]}


def in_passing(reading: Reading, anchor: Mark) -> bool:
    """Whether a season is only spoken of ("pendant la saison 2"), not made ("le tournage de la saison 2")."""
    before = [m for m in reading.of("passing") if 0 <= anchor.start - m.end <= 2]
    made = reading.all("shoot", "order", "develop", "renew", "announce", "cast")
    return bool(before) and not any(m.start < before[0].start and m.end >= before[0].start - 2 for m in made)


def in_apposition(reading: Reading, anchor: Mark, mark: Mark) -> bool:
    """Whether a mark stands in what follows the comma of a title and describes it: "« X », créé il y a vingt ans"."""
    begins = reading.clauses[reading.clause(mark) - 1]
    named = (anchor, *reading.of("title"))
    return mark.start > anchor.end and any(0 <= begins - name.end <= _TELLS for name in named)


def of_the_making(reading: Reading, release: Mark) -> bool:
    """Whether what looks like a release is part of a shoot or cast: "tête d'affiche", "le tournage va débuter"."""
    return any(m.start < release.end and release.start < m.end for m in reading.all("shoot", "cast"))


def sort_of(anchor: Mark, close: list[Mark]) -> set[str]:
    """Name the sort of work that the words nearest to the statement speak of: series and documentaries differ."""
    words = [m for m in close if m.group in WORKS]
    if not words:
        return {"sort unsaid"}
    nearest = min(words, key=lambda m: (distance(m, anchor), m.start))
    vague = "vague " if nearest.strength < 2 else ""
    return {f"sort {vague}{nearest.group.removeprefix('work.')}"}


def beside_topic(title: str | None, page: Page) -> set[str]:
    """Name what else the article is about, when the statement is not about its topic."""
    if page.topic is None or title == page.topic:
        return {"no topic"} if page.topic is None else {"the known topic" if page.work(title) else "the topic"}
    work = page.work(page.topic)
    known = "known " if work else ""
    return {f"beside a {known}topic", *({"untitled beside a topic"} if title is None else set())}


def denied(reading: Reading, acts: Iterable[Mark]) -> set[str]:
    """Name whether what is done is not done: "aucun numéro n'a été commandé"."""
    nots = [m for m in reading.of("negation") if m.end - m.start > 2]
    same = [(n, act) for n in nots for act in acts if reading.clause(n) == reading.clause(act)]
    return (
        {"act denied"}
        if any(0 <= act.start - n.end <= _TOGETHER or 0 <= n.start - act.end <= 6 for n, act in same)
        else set()
    )


def made_for(page: Page, reading: Reading, close: Iterable[Mark]) -> set[str]:
    """Name whether a work, or so many episodes, are for a platform: "quatre fois cinquante-deux minutes pour TF1"."""
    plain, words = reading.sentence.plain, page.lexicon.meant_for
    works = [m for m in close if m.group == "format" or (m.group in WORKS and m.strength > 1)]
    works = [m for m in works if m.group == "format" or determiner(page, reading, m) != "definite"]
    for platform in reading.of("platform") if works else ():
        before = plain[max(0, platform.start - _FOR_WHOM) : platform.start].split()
        ends = [m.end for m in works if 0 <= platform.start - m.end <= _FOR_WHOM]
        if ends and before and before[-1] in words and not _STOPPED.search(plain, max(ends), platform.start):
            return {"made for a platform"}
    return set()


def to_channels(page: Page, reading: Reading, platforms: tuple[str, ...]) -> tuple[str, ...]:
    """Tell the channel where a group orders for one of its own: "France Télévisions commande X pour France 3"."""
    channels = page.gazetteer.channels(platforms)
    named = {m.value for m in reading.of("platform") if m.strength > 1 and m.value in channels} if channels else set()
    return page.gazetteer.narrowed((*platforms, *named)) if len(named) == 1 else platforms


def age(title: str | None, page: Page) -> set[str]:
    """A work that was out before the article was written is not new."""
    work = page.work(title)
    if not work:
        return set()
    if work.type is WorkType.REALITY and not work.year:
        return {"running show"}
    if work.year and page.published:  # one that comes out later is what is announced
        return {"already out"} if work.year < page.published.year else set()
    return {"known work"}
