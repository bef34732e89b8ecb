"""Whether a source's pages still yield what they used to: a site that was rebuilt, or that shows a wall (P15).

The last `LATELY` pages are compared with those before them, of the same source. Two things can break: fewer pages
yield an article, or the articles are much shorter (a teaser, a menu, the cookie banner). Bad is what chance would bring
once in 740 times (three sigma, one side: the usual rule of a Shewhart control chart) and what is besides less than half
of what it was, for a change that is sure need not matter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from monitor.pages import LATELY, PageEnd, Pages, Past

#: After so many pages, what was seen counts half: a new normal is one after some weeks.
HALF_LIFE: Final = 300
#: What is known of fewer pages is no past to compare with.
_KNOWN: Final = 30.0
#: Fewer articles among the last pages say nothing of their length.
_FEWEST: Final = 8
_SIGMAS: Final = 3.0
_TAIL: Final = 0.00135  #: beyond three sigma, on one side
_HALF: Final = 0.5
_NOTHING: Final = 0.02  #: share of pages with an article, below which there is nothing to lose
_WELL: Final = 0.75  #: of what it was: from here on it is well again
#: Lengths of articles of one outlet differ by this factor (a natural logarithm) at least, however alike the known are.
_SPREAD: Final = 0.3


@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """What a source's last pages give beside what they used to."""

    bad: bool | None  #: None: neither bad nor well enough to tell, or too little is known
    measure: str = "share"  #: what `usually` and `lately` are: "share" of pages, "length" of articles in characters
    usually: float = 0.0
    lately: float = 0.0
    reason: str = ""  #: how most of the last pages ended that gave nothing


def ended(pages: Pages, end: PageEnd) -> Pages:
    """Add the end of a page; what is no longer among the last ones becomes past."""
    recent = (*pages.recent, end)
    past = pages.past
    for old in recent[:-LATELY]:
        past = _past(past, old)
    return Pages(recent=recent[-LATELY:], past=past)


def _past(past: Past, end: PageEnd) -> Past:
    kept = 0.5 ** (1 / HALF_LIFE)
    log = math.log(end.length) if end.length else 0.0
    ends = {how: count * kept for how, count in past.ends.items() if count > 0.01}
    return Past(
        pages=past.pages * kept + 1,
        texts=past.texts * kept + bool(end.length),
        logs=past.logs * kept + log,
        squares=past.squares * kept + log * log,
        ends=ends | {end.how: ends.get(end.how, 0.0) + 1},
    )


def sight(pages: Pages) -> Sight:
    """Judge a source's last pages by those before them."""
    if pages.past.pages < _KNOWN or len(pages.recent) < LATELY:
        return Sight(bad=None)
    share, length = _share(pages), _length(pages)
    if share.bad or length is None:
        return share
    return length if length.bad or (share.bad is False and length.bad is None) else share


def _share(pages: Pages) -> Sight:
    usually = (pages.past.texts + 1) / (pages.past.pages + 2)
    good = sum(end.length > 0 for end in pages.recent)
    lately = good / LATELY
    failed = [end.how for end in pages.recent if not end.length]
    unlikely = sum(_binomial(count, usually) for count in range(good + 1)) < _TAIL
    well = lately >= _WELL * usually or usually < _NOTHING
    bad = True if unlikely and lately < _HALF * usually else False if well else None
    reason = max(sorted(set(failed)), key=failed.count) if failed else ""
    return Sight(bad=bad, measure="share", usually=usually, lately=lately, reason=reason)


def _binomial(count: int, share: float) -> float:
    return math.comb(LATELY, count) * share**count * (1 - share) ** (LATELY - count)


def _length(pages: Pages) -> Sight | None:
    """Compare typical lengths: means of logarithms, for lengths are skewed; None where there are too few."""
    past, lengths = pages.past, [math.log(end.length) for end in pages.recent if end.length]
    if len(lengths) < _FEWEST or past.texts < _KNOWN:
        return None
    mean = past.logs / past.texts
    spread = math.sqrt(max(_SPREAD**2, past.squares / past.texts - mean * mean))
    now = sum(lengths) / len(lengths)
    unlikely = now < mean - _SIGMAS * spread / math.sqrt(len(lengths))
    usually, lately = math.exp(mean), math.exp(now)
    bad = True if unlikely and lately < _HALF * usually else False if lately >= _WELL * usually else None
    return Sight(bad=bad, measure="length", usually=usually, lately=lately)


def typical_length(pages: Pages) -> float | None:
    """The typical length of a source's articles, in characters: the mean of the logarithms; None: there were none."""
    logs = pages.past.logs + sum(math.log(end.length) for end in pages.recent if end.length)
    texts = pages.past.texts + sum(end.length > 0 for end in pages.recent)
    return math.exp(logs / texts) if texts else None


def shares(pages: Pages) -> dict[str, float]:
    """How a source's pages end, as shares of all, the most frequent first."""
    counts = dict(pages.past.ends)
    for end in pages.recent:
        counts[end.how] = counts.get(end.how, 0.0) + 1
    total = sum(counts.values())
    return {how: count / total for how, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))}
