"""First look: whether an article can speak of television or film at all. Most that come from a feed do not.

It says yes too often and never no where `context` would say that an article does: what is read stays the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.phrases import Phrasebook
from monitor.classifier.scene import WORKS
from monitor.classifier.text import Sentence
from monitor.classifier.tokens import tokenise

#: Groups of which a mark tells by itself, or beside the name of a work.
_MADE, _FURTHER = frozenset({"adapt", "shoot"}), frozenset({"season", "more"})
TELLING = _MADE | _FURTHER | {*WORKS, "work.any"}


def may_speak_of_television(split: Sequence[Sentence], book: Phrasebook, gazetteer: Gazetteer) -> bool:
    """Look, sentence by sentence, for the first thing that tells.

    Args:
        book: the phrases of the language that belong to the groups of `TELLING`.
    """
    further = named = False
    for sentence in split:
        tokens = tokenise(sentence.plain)
        for group, _, _, _, strength in book.marks(sentence.plain, tokens):
            if group in _FURTHER:
                further = True
            elif strength > (2 if group in _MADE else 1):
                return True
        for known in gazetteer.telling(sentence.plain, sentence.text, tokens):
            if known:
                return True
            named = True
        if further and named:
            return True
    return False
