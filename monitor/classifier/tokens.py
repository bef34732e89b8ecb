"""Second stage, the words of a sentence, for phrases and for names."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

#: A word: "canal+" is one.
WORD = re.compile(r"\w+\+?|\+(?!\w)")
_PARTS = re.compile(rf"({WORD.pattern})")
_WITHOUT_PLUS = re.compile(r"(\w+)")


class Tokens(NamedTuple):
    """The words of a folded sentence, and where each begins; one entry more in both: nothing, at the end."""

    words: list[str]
    starts: list[int]


def tokenise(plain: str) -> Tokens:
    """List the words of a folded sentence."""
    # What is between, a word, what is between, a word...
    parts = (_PARTS if "+" in plain else _WITHOUT_PLUS).split(plain)
    return Tokens([*parts[1::2], ""], list(accumulate(map(len, parts)))[::2])


def between(tokens: Tokens, start: int, end: int) -> Tokens:
    """List the words between two places in which no word is cut, as if nothing else were there."""
    first, after = bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)
    starts = [place - start for place in tokens.starts[first:after]]
    return Tokens([*tokens.words[first:after], ""], [*starts, end - start])
