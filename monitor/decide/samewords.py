"""What a person said of one article is said of its copies, too: an agency's text at another outlet, the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from monitor.decide.naming import mark, title_key
from monitor.telling import Ties, Told


def with_copies(ties: Ties, told: Iterable[Told]) -> Ties:
    """Tie what says a thing in the very words of a telling that a person kept apart from another to that telling.

    Where a person parted two that have the same words, words say nothing, and no copy is tied to either.
    """
    if not ties.apart:
        return ties
    alike: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for one in told:
        alike[_words(one)].add(mark(one))
    together = dict(ties.together)
    for marks in alike.values():
        parted = sorted(one for one in marks if one in ties.apart)
        if not parted or any(ties.apart[one] & marks for one in parted):
            continue
        first = parted[0]
        for copy in sorted(marks - {first}):
            together[first] = together.get(first, frozenset()) | {copy}
            together[copy] = together.get(copy, frozenset()) | {first}
    return replace(ties, together=together)


def _words(told: Told) -> tuple[object, ...]:
    """What a telling says, in which words."""
    said = told.as_read
    return said.kind, title_key(said.title or ""), said.season, title_key(said.evidence.sentence), told.shingles
