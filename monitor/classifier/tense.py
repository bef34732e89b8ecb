"""Fourth stage, when what is told happens: the tense of the verb that does it, the time beside it, and who says it.

"France 2 tournera X" late in a portrait is news; "France 2 avait tourné X" in the same place is a memory. One word
seldom tells; so every sign is a feature of its own, and the model weighs them.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import NamedTuple

from monitor.classifier.context import Page
from monitor.classifier.entities import Reading, distance
from monitor.classifier.phrases import Mark

#: Characters between a verb and the act that it is, or governs: "avait alors été commandée".
_GOVERNS = 26
#: Spaces between "was" and its participle: "was formally ordered".
_PASSIVE = 2
#: What is no news: a memory, or somebody else's doing.
_NO_NEWS = frozenset({"act in the past", "said of then", "sentence in the past"})
_AHEAD = frozenset({"act in the future", "act just now", "we make it"})
#: What sort of piece an article is, and in what clause it is said: of little weight for what is told as news.
_OF_THE_PIECE = frozenset({"review or list", "about a person", "launch piece", "aside", "looks back"})
#: Characters that a "when", a "just" or a "we" reaches.
_THEN, _JUST, _BY_US = 60, 22, 14
#: Characters between a work and what is said of its being seen.
_SEEN = 110
#: Characters between a month and the year that makes it another one: "en octobre 2021".
_YEAR_BESIDE = 2
_BREAK = re.compile(r"[.;:!?()]")


class Verb(NamedTuple):
    """A verb whose form tells when it happens."""

    start: int
    end: int
    tense: str  #: "past", "future", "conditional" or "passive"


def told_when(page: Page, reading: Reading, anchor: Mark, acts: list[Mark], firm: list[Mark] | None = None) -> set[str]:
    """Name when a statement of the text happens. Headlines are told in a present of their own.

    `firm` are those of its acts that may be news, where not all are: "reviendra le 4 mars" is a date.
    """
    if reading.sentence.zone == "headline":
        return set()
    plain = reading.sentence.plain
    first, last = _breath(plain, anchor)
    within = (v for v in verbs_of(plain, page.lexicon.tenses) if first <= v.start < last)
    spoken = reading.all("reported", "said")
    told = spoken[0].end if spoken else len(plain)  # "a indiqué que sa chaîne préparait": the past of what is now
    done = [m for m in acts if m.strength > 1 and first <= m.start < last]
    verbs = tuple(verb for verb in map(partial(_active, plain, done), within) if verb)
    tenses = {act: _tense_of(act, verbs, plain, told) for act in done[:2]}
    found = {"act in the past"} if "past" in tenses.values() else set()
    done = [m for m in done if firm is None or m in firm]
    found |= {f"act in the {tense}" for act in done if (tense := tenses.get(act))}
    found |= _sentence(reading, verbs, told)
    found |= _times(page, reading, acts)
    if any(0 <= m.start - then.end <= _THEN for then in reading.of("then") for m in (anchor, *done)):
        found.add("said of then")
    if "act in the past" not in found and plain[first : first + 1] != "(":  # in brackets nobody tells news
        found |= {"act just now" for j in reading.of("just") for m in done if -_JUST <= m.start - j.end <= _JUST}
        found |= {"we make it" for u in reading.of("we") for m in done if -6 <= m.start - u.end <= _BY_US}
    found |= {"told besides"} if reading.has("besides") else set()
    memory = any(first <= m.start < last for m in reading.all("past", "ago")) or bool(found & _NO_NEWS)
    return found | ({"told as news"} if found & _AHEAD and not memory else set())


def seen_already(reading: Reading, anchor: Mark) -> set[str]:
    """Name whether a work that would be new is said to have been seen: "qui a réuni cinq millions de curieux"."""
    return {"seen already"} if any(distance(m, anchor) <= _SEEN for m in reading.of("aired")) else set()


def as_news(features: set[str]) -> set[str]:
    """Take away what sort of piece it is where a sentence of the text tells as news what is done for a platform."""
    return features - _OF_THE_PIECE if features >= {"told as news", "platform beside it"} else features


def _breath(plain: str, anchor: Mark) -> tuple[int, int]:
    """Tell between which signs of punctuation a statement stands; commas part nothing."""
    breaks = [m.start() for m in _BREAK.finditer(plain)]
    before, after = [b for b in breaks if b < anchor.start], [b for b in breaks if b >= anchor.end]
    return (before[-1] if before else 0), (after[0] if after else len(plain))


@lru_cache(maxsize=512)
def verbs_of(plain: str, tenses: re.Pattern[str]) -> tuple[Verb, ...]:
    """List the verbs of a sentence whose form tells a time."""
    found = ((m.start(), m.end(), m.lastgroup) for m in tenses.finditer(plain))
    return tuple(Verb(start, end, tense) for start, end, tense in found if tense and tense != "other")


def _active(plain: str, acts: list[Mark], verb: Verb) -> Verb | None:
    """Read "was" as past; but "was ordered", said of this morning as of years ago, tells no time."""
    if verb.tense != "passive":
        return verb
    governs = any(act.start >= verb.end and plain.count(" ", verb.end, act.start) <= _PASSIVE for act in acts)
    return None if governs else verb._replace(tense="past")


def _tense_of(act: Mark, verbs: tuple[Verb, ...], plain: str, told: int) -> str | None:
    """Tell the time of the verb that an act is, or that stands before it in the same breath."""
    for verb in reversed(verbs):
        if verb.start >= act.end or act.start - verb.end > _GOVERNS:
            continue
        if verb.end <= act.start and _BREAK.search(plain, verb.end, act.start):
            return None
        return _seen_from(verb, told)
    return None


def _seen_from(verb: Verb, told: int) -> str | None:
    """Tell a verb's time; after "a annoncé que" the conditional is a future, and the past is what is now."""
    if verb.tense == "conditional":
        return "future" if verb.start >= told else None
    return None if verb.tense == "past" and verb.start >= told else verb.tense


def _sentence(reading: Reading, verbs: tuple[Verb, ...], told: int) -> set[str]:
    """Name the time of the whole sentence: what is broadcast some day says nothing of the making."""
    out = [m for m in reading.of("release") if m.strength > 1]
    making = [v for v in verbs if not any(m.start - 2 <= v.end and v.start < m.end for m in out)]
    past = any(_seen_from(v, told) == "past" for v in verbs)
    future = any(_seen_from(v, told) == "future" for v in making)
    found = {"sentence in the past"} if past and not future else set()
    return found | ({"sentence ahead"} if future and not past else set())


def _times(page: Page, reading: Reading, acts: list[Mark]) -> set[str]:
    """Name whether the sentence has a time to come, by its words or by a year."""
    years = reading.of("year") if page.published else ()
    number = page.lexicon.book.number
    this = page.published.year if page.published else 0
    soon = [m for m in reading.of("soon") if not any(-1 <= y.start - m.end <= _YEAR_BESIDE for y in years)]
    later = any((number(y.value) or 0) > this for y in years)
    found = {"time to come"} if later or any(m.strength > 2 for m in soon) else set()
    return found | ({"a day or month"} if soon and acts else set())
