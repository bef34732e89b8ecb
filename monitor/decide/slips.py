"""Slips of the pen in titles: which are believed of a title alone, and which only where more speaks for one work.

A slip believed wrongly swallows an announcement for ever; one not believed costs an alert too many. So a title that
differs by what makes another word of a word ("Rivages" and "Ravages", "Combattants" and "Combattantes") is the same
title only where people, a copied text, a season or other outlets say so, too.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from monitor.decide.lore import Spelling
from monitor.decide.naming import title_key, unaccented

#: Shorter titles have too many neighbours that are other works: "Mortel" and "Mortal".
TYPO_LENGTH = 8
#: From this length on two slips are forgiven.
TWO_TYPOS_LENGTH = 14
#: Shorter words have too many neighbours, too: "mort", "mont", "port".
_WORD = 6
_LONG_WORD = 11  #: a letter fewer makes no other word of it: "silencieuse"
_LOSING = 8  #: a letter fewer hardly ever makes another word of it; of "larmes" it does: "lames"
#: Where more than the title speaks for it, a letter too few or two swapped are a slip in shorter words, too: "Usel".
_KIN_WORD = 4
#: Endings that make another word of a word: "combattants" and "combattantes" may be two works.
_ENDINGS = frozenset({"", "s", "x", "e", "es", "r", "nt"})
_PLURAL = re.compile(r"[sx]$")
_NUMBER = re.compile(r"\d+|[ivxlc]+")
#: What makes another word of a word by one letter: "casseur" and "chasseur", and of a word this short "poison".
_HUSHED, _HISSED, _SHORT = re.compile(r"(?<=c)h"), re.compile(r"(?<=s)s"), 7
#: Spellings of one sound.
_SOUNDS = (("ph", "f"), ("ch", "#"), ("qu", "k"), ("ck", "k"), ("y", "i"), ("h", ""), ("c", "k"))
_DOUBLED = re.compile(r"([^s\W\d])\1")
_TRIPLED = re.compile(r"([^\W\d])\1\1")  #: no word has a letter three times in a row: "valllee"
#: How no word begins: "prdue", "rvenants".
_UNSPEAKABLE = re.compile(r"[^aeiouys\W\d](?![aeiouylrhwnst])|[^aeiouy\W\d]{2}(?![aeiouylrhwn])(?<!^sc)(?<!^sp)")


class _Doubt(IntEnum):
    """How much has to speak for a slip before it is believed."""

    NONE = 0  #: it sounds the same, two letters are swapped, or it is no word at all
    SOON = 1  #: a letter too few or too many inside a word, a plural that does not agree: one work on the same days
    MORE = 2  #: an ending, a letter of a short word
    MUCH = 3  #: one letter for another, two slips in a word, "poison" and "poisson"


@dataclass(frozen=True, kw_only=True, slots=True)
class Kin:
    """What speaks for one work besides its title."""

    sure: bool = False  #: people in common, or a copied text
    season: bool = False  #: the season, and the buyer
    usual: bool = False  #: several outlets have just spelt it alike
    soon: bool = False  #: told on the same days

    @property
    def believes(self) -> _Doubt:
        """Give the doubtfullest slip that is believed."""
        if self.sure or (self.season and self.soon):
            return _Doubt.MUCH
        return _Doubt.MORE if self.season or self.usual else _Doubt.SOON if self.soon else _Doubt.NONE


def slip(one: str, other: str, kin: Kin, spelling: Spelling) -> bool:
    """Tell whether two titles differ by a slip of the pen only, as far as it is believed with what else they share."""
    doubt = _doubt(title_key(one), title_key(other), spelling)
    if doubt is _Doubt.MORE and _disagrees(one, other, spelling):
        doubt = _Doubt.SOON
    return doubt is not None and doubt <= kin.believes


def typo(one: str, other: str, spelling: Spelling) -> bool:
    """Tell whether two title keys may differ by a slip of the pen only, if more speaks for one work.

    One edit (two from 14 letters on), never in a number, a Roman numeral or a number word, and one half of each as it
    is in the other, or all but the plurals, so that an index finds it.
    """
    return _doubt(one, other, spelling) is not None


def numbered_apart(one: str, other: str) -> bool:
    """Tell whether two title keys differ in a number that each has: "Paris Police 1900" and "Paris Police 1905"."""
    less, more = _differing(one, other)
    return bool(less and more) and all(word.isdigit() for word in (*less, *more))


@lru_cache(maxsize=4_096)
def _doubt(one: str, other: str, spelling: Spelling) -> _Doubt | None:
    shorter = min(len(one), len(other))
    if shorter < TYPO_LENGTH or one == other:
        return None
    allowed = 2 if shorter >= TWO_TYPOS_LENGTH else 1
    if OSA.distance(one, other, score_cutoff=allowed) > allowed:
        return None
    found = set(halves(one)) & _reach(other) and set(halves(other)) & _reach(one)
    return _in_words(one, other, spelling) if found or plain(one) == plain(other) else None


def _in_words(one: str, other: str, spelling: Spelling) -> _Doubt | None:
    """Tell how doubtful the words are that differ; None where a first letter, number or short word makes other names.

    "Brest" and "Crest" are two towns, and "la Tour" is not "la Cour"; a space too few or too many is a slip.
    """
    less, more = _differing(one, other)
    if any(_NUMBER.fullmatch(word) or word in spelling.numbers for word in (*less, *more)):
        return None
    if one.replace(" ", "") == other.replace(" ", ""):
        return _Doubt.NONE
    if len(less) != len(more):
        return None
    pairs = list(zip(less, more, strict=True))
    if len(pairs) > 1 and plain(one) == plain(other):
        return _Doubt.SOON  # a plural lost in two words is carelessness: another work has another article, too
    doubts = [_of_word(*pair, spelling) for pair in pairs]
    return None if None in doubts else max(doubt for doubt in doubts if doubt is not None)


def _of_word(one: str, other: str, spelling: Spelling) -> _Doubt | None:
    if len({one, other} & spelling.little) == 1:  # "te" is no word; "la" and "le" are two
        return _Doubt.NONE
    longest = max(len(one), len(other))
    swapped = sorted(one) == sorted(other)
    exchanged = len(one) == len(other) and not swapped  # one letter for another makes words of words most easily
    if one[0] != other[0] or longest < (_WORD + 1 if exchanged else _KIN_WORD):
        return None
    if longest >= _WORD and (_sound(one) == _sound(other) or bool(_unspeakable(one)) != bool(_unspeakable(other))):
        return _Doubt.NONE
    if exchanged or OSA.distance(one, other) > 1 or _sounds_otherwise(one, other):
        return _Doubt.MUCH
    if longest < (_WORD if swapped else _LOSING) or _inflected(one, other):
        return _Doubt.MORE
    return _Doubt.NONE if swapped or longest >= _LONG_WORD else _Doubt.SOON


def _sounds_otherwise(one: str, other: str) -> bool:
    longest = max(len(_PLURAL.sub("", word)) for word in (one, other))
    hissed = longest <= _SHORT and _HISSED.sub("", one) == _HISSED.sub("", other)
    return hissed or _HUSHED.sub("", one) == _HUSHED.sub("", other)


def _inflected(one: str, other: str) -> bool:
    """Tell whether two words differ in their endings only."""
    stem = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return {one[stem:], other[stem:]} <= _ENDINGS


def _sound(word: str) -> str:
    for written, spoken in _SOUNDS:
        word = word.replace(written, spoken)
    return _DOUBLED.sub(r"\1", word)


def _unspeakable(word: str) -> re.Match[str] | None:
    return _UNSPEAKABLE.match(word) or _TRIPLED.search(word)


def _differing(one: str, other: str) -> tuple[list[str], list[str]]:
    mine, theirs = Counter(one.split()), Counter(other.split())
    return sorted((mine - theirs).elements()), sorted((theirs - mine).elements())


def _disagrees(one: str, other: str, spelling: Spelling) -> bool:
    """Tell whether a plural is lost after a word that wants one: "Les Heritier" is no other title."""
    mine, theirs = (_NOT_WORD.sub(" ", unaccented(title)).split() for title in (one, other))
    pairs = [(at, a, b) for at, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b]
    return len(mine) == len(theirs) and all(
        at and mine[at - 1] in spelling.many and _PLURAL.sub("", a) == _PLURAL.sub("", b) for at, a, b in pairs
    )


_NOT_WORD = re.compile(r"[^\w+]+")


def plain(key: str) -> str:
    """Give a title key without its plurals, under which a title that lost them is found."""
    return " ".join(_PLURAL.sub("", word) if len(word) > len("les") else word for word in key.split())


def halves(key: str) -> tuple[str, ...]:
    """Give what a title key is found by in spite of a slip: its length with each half.

    The two letters in the middle belong to neither, so that two letters swapped there leave both halves whole.
    """
    if len(key) < TYPO_LENGTH:
        return ()
    middle = len(key) // 2
    return f"{len(key)}<{key[: middle - 1]}", f"{len(key)}>{key[middle + 1 :]}"


def reach(key: str) -> tuple[str, ...]:
    """Give the halves under which the title keys within reach of a slip are found."""
    return tuple(sorted(_reach(key))) if len(key) >= TYPO_LENGTH else ()


def _reach(key: str) -> set[str]:
    slips = 2 if len(key) >= TWO_TYPOS_LENGTH - 2 else 1
    lengths = range(max(TYPO_LENGTH, len(key) - slips), len(key) + slips + 1)
    heads = {f"{length}<{key[: length // 2 - 1]}" for length in lengths}
    return heads | {f"{length}>{key[-(length - length // 2 - 1) :]}" for length in lengths}
