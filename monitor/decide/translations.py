"""Is a title another one in another language, word for word? "Les Gardiens du phare", "The Lighthouse Keepers".

Words are compared by what they mean in each language (config/stories/*.toml); names, and what is spelt alike, as they
stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

from monitor.decide.lore import Lore, Sense
from monitor.decide.naming import title_key


class Fit(IntEnum):
    """How much of a title another one translates."""

    NOTHING = 0
    PART = 1  #: a word of it, and the other title has about as many
    WHOLE = 2  #: each of its words


@lru_cache(maxsize=4_096)
def fit(one: str, other: str, lore: Lore) -> Fit:
    """Tell how far one title is another one's translation."""
    mine, left = _words(one, lore), _words(other, lore)
    if not mine or abs(len(mine) - len(left)) > 1:
        return Fit.NOTHING
    whole, across = len(mine) == len(left), 0
    for word in mine:
        found = next((each for each in left if each == word), None) or next(
            (each for each in left if _translates(word, each, lore)), None
        )
        whole = whole and found is not None
        if found is not None:
            left.remove(found)
            across += found != word
    return Fit.NOTHING if not across else Fit.WHOLE if whole else Fit.PART


def meanings(title: str, lore: Lore) -> frozenset[str]:
    """Give what the words of a title mean: what it is looked up by in whatever language."""
    return frozenset(meaning for word in _words(title, lore) for _, meaning in lore.senses.get(word, ()))


def _words(title: str, lore: Lore) -> list[str]:
    return [word for word in title_key(title).split() if word not in lore.little]


def _translates(one: str, other: str, lore: Lore) -> bool:
    """Tell whether two words mean one thing, each in a language of its own: "secrets" translates no "secret"."""
    mine, theirs = lore.senses.get(one, frozenset()), lore.senses.get(other, frozenset())
    shared = {meaning for _, meaning in mine} & {meaning for _, meaning in theirs}
    return any(_languages(meaning, mine).isdisjoint(_languages(meaning, theirs)) for meaning in shared)


def _languages(meaning: str, senses: Iterable[Sense]) -> set[str]:
    return {language for language, one in senses if one == meaning}
