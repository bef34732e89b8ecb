"""Which way a feature speaks by its meaning: a reason that weighs the other way is a quirk of our corpus, and not told.

What training starts from has its sign kept (`monitor.learning.train`); this is about the rest, which is only learnt.
"""

from __future__ import annotations

from typing import Final

from monitor.vocabulary import Kind

#: Of groups of the lexicon: what speaks for something made, and what for another sort of news.
_MADE: Final = frozenset(
    {
        "order", "develop", "shoot", "adapt", "announce", "confirm", "cast", "new", "format", "maker", "producer",
        "works", "title", "describe", "person", "series", "film", "documentary", "animation", "reality", "any", "work",
    }
)  # fmt: skip
_OTHER: Final = frozenset(
    {
        "acquire", "cancel", "cinema", "credit", "deal", "host", "negation", "outside", "past", "people", "piece",
        "release", "remake", "show", "sport",
    }
)  # fmt: skip
#: What speaks for a work that goes on, and so against a new one.
_ON: Final = frozenset({"renew", "season", "more", "sequel", "final", "ordinal"})
#: What says neither: that there is a further statement, or somebody's words.
_NEITHER: Final = frozenset({"clause", "said", "plan"})
_FAMILIES: Final = ("with", "headline", "neighbour", "anchor", "described by", "sort")
#: Features that stand alone.
_FOR: Final = frozenset(
    {
        "made elsewhere in the text", "front makes a work", "front announces", "whole statement", "noun indefinite",
        "known french topic", "season indefinite", "time to come", "a day or month", "French broadcaster elsewhere",
        "story told", "anchor one work", "television named", "front of works", "called indefinite",
        "platform acts",
    }
)  # fmt: skip
_AGAINST: Final = frozenset(
    {
        "beside a topic", "beside a known topic", "untitled beside a topic", "no act", "no firm act", "sort unsaid",
        "noun definite", "noun its", "noun bare", "called definite", "called its", "little said", "works uncounted",
        "past date", "named in a slate", "front of programmes", "headline about no work", "attributed", "act denied",
        "hearsay in front", "season definite", "season its", "season bare", "cinema further on", "negated", "in quotes",
        "front tells how a work goes on", "called no work", "called a programme",
    }
)  # fmt: skip
#: What tells nobody anything, whichever way it weighs.
_MUTE: Final = frozenset({"title from before", "called bare", "no topic", "named further on", "said again"})


def contradicts(feature: str, weight: float, kind: str) -> bool:
    """Whether a feature weighs the other way than it means, or means nothing: then it is no reason.

    Args:
        kind: the `Kind` that the feature speaks for or against; a season speaks for a renewal only.
    """
    meant = _meant(feature, kind)
    return meant is not None and weight * meant <= 0


def _meant(feature: str, kind: str) -> int | None:
    """Give 1 for what speaks for a statement, -1 for what speaks against it, 0 for neither, None for both."""
    if feature in _FOR or feature in _AGAINST or feature in _MUTE:
        return (feature in _FOR) - (feature in _AGAINST)
    family, _, group = feature.rstrip("!~").rpartition(" ")
    if family.removesuffix(" vague") not in _FAMILIES:
        return None
    return _of_group(group.removeprefix("work."), kind)


def _of_group(group: str, kind: str) -> int | None:
    if group in _NEITHER:
        return 0
    if group in _ON:
        return 1 if kind == Kind.RENEWAL else -1 if kind == Kind.NEW_ORIGINAL else None
    if group in _MADE or group in _OTHER:
        return (group in _MADE) - (group in _OTHER)
    return None
