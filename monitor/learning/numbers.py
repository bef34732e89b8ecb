"""A text as its bare words, and how a season's number may stand in it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_NOT_WORD: Final = re.compile(r"[^\w]+")
_ROMAN: Final = (
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
#: Cardinals and ordinals of one to ten, in French and English, folded.
_WORDS: Final = (
    ("un", "une", "premiere", "premier", "one", "first"),
    ("deux", "deuxieme", "seconde", "second", "two"),
    ("trois", "troisieme", "three", "third"),
    ("quatre", "quatrieme", "four", "fourth"),
    ("cinq", "cinquieme", "five", "fifth"),
    ("six", "sixieme", "sixth"),
    ("sept", "septieme", "seven", "seventh"),
    ("huit", "huitieme", "eight", "eighth"),
    ("neuf", "neuvieme", "nine", "ninth"),
    ("dix", "dixieme", "ten", "tenth"),
)


def folded(text: str) -> str:
    """Reduce a text to its words in plain lower case, each between blanks: "L'Été" is " l ete "."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE")).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return f" {_NOT_WORD.sub(' ', plain).strip()} "


def forms_of(number: int) -> Iterator[str]:
    """Give the ways to write a season's number: "3", "3e", "s03", "iii", "trois", "troisieme", "third"."""
    yield from (f"{number}{ending}" for ending in ("", "e", "eme", "er", "re", "ere", "st", "nd", "rd", "th"))
    yield from (f"s{number}", f"s{number:02}", _roman(number))
    if number <= len(_WORDS):
        yield from _WORDS[number - 1]


def _roman(number: int) -> str:
    written, rest = "", number
    for value, letters in _ROMAN:
        written += letters * (rest // value)
        rest %= value
    return written
