"""Fourth stage: what an article says twice. One weak statement is little; two that agree are news."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from monitor.classifier.candidates import Candidate
from monitor.classifier.text import name_key
from monitor.vocabulary import Kind

_ARTICLE = re.compile(r"^(?:l|le|la|les|un|une|des|the|a|an) (?=.)")
#: A statement with one of these supports none and needs no support: it is asked, recalled, denied, or of what is out.
_NO_SUPPORT = frozenset(
    {"asked", "wished", "undecided", "recalled", "in passing", "negated", "released", "headline dates it", "denied"}
)
_FIRM = frozenset({"act order!", "act renew!", "act shoot!", "act develop!"})
#: Sentences of what is a headline and little more.
_BRIEF = 4

#: By work and season the sentences that say something of it: the first and the last.
_Said = dict[tuple[str | None, int | None], tuple[int, int]]


@lru_cache(maxsize=4096)
def work_key(title: str) -> str:
    """Give the form in which two mentions of a work are one: "la série des Bateliers" is "Les Bateliers"."""
    return _ARTICLE.sub("", name_key(title))


def supported(found: Sequence[Candidate], sentences: int) -> list[Candidate]:
    """Mark each renewal that another sentence says, too: of the same work, and of no other season.

    Args:
        sentences: how many the article has; a headline with a line or two has no room to say its news twice.
    """
    brief = {"said again"} if sentences <= _BRIEF else set()
    sure = [c for c in found if _counts(c)]
    said = {
        "said again": _sentences(sure),
        "said again firmly": _sentences(c for c in sure if c.features & _FIRM),
    }
    seasons: dict[str | None, set[int | None]] = {}
    for one in sure:
        seasons.setdefault(one.title, set()).add(one.season)
    return [
        replace(c, features=c.features | brief | _support(c, said, seasons[c.title])) if _counts(c) else c
        for c in found
    ]


def _counts(one: Candidate) -> bool:
    return one.kind is Kind.RENEWAL and not one.features & _NO_SUPPORT


def _sentences(sure: Iterable[Candidate]) -> _Said:
    places: _Said = {}
    for one in sure:
        here = one.reading.sentence.index
        first, last = places.get((one.title, one.season), (here, here))
        places[one.title, one.season] = min(first, here), max(last, here)
    return places


def _support(one: Candidate, said: dict[str, _Said], seasons: set[int | None]) -> set[str]:
    only = (one.reading.sentence.index,) * 2
    agreeing = seasons if one.season is None else {None, one.season}
    return {
        name
        for name, places in said.items()
        if any(places.get((one.title, season), only) != only for season in agreeing)
    }
