"""Phrases of the lexicon, found in one pass: a word's first letters say which patterns can begin there.

A phrase is written as people write it, accents or not, with a few signs:

    renouvelé|renouvelée pour     one word or the other
    command* une suite            any ending
    aura bien? une suite          a word that may be missing
    feu vert .. pour              up to three words between ("..."; up to seven)
    saison <n>, <nth> saison      a number, an ordinal
    {have} une suite              a set of words named in the lexicon's [sets]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from monitor.classifier.text import fold

#: A word, for phrases and for names: "canal+" is one.
WORD = re.compile(r"\w+\+?|\+(?!\w)")
_WORD = re.compile(r"\w+")
#: The words of a folded sentence with where each begins and ends.
Tokens: TypeAlias = list[tuple[str, int, int]]


def tokenise(plain: str) -> Tokens:
    """List the words of a folded sentence."""
    return [(m[0], *m.span()) for m in WORD.finditer(plain)]


#: Letters by which a phrase's first word is found; a first word with "*" needs at least as many.
KEY = 4
_BETWEEN = r"(?:(?<=') *| +|-)"  # between two words: "troisième-saison" counts; an apostrophe needs no space after it
_GAPS = {"..": r"(?:[^\s.;:!?]+ +){0,3}?", "...": r"(?:[^\s.;:!?]+ +){0,7}?"}


class PhraseError(ValueError):
    """A phrase of the lexicon is not written as it must be."""


class Mark(NamedTuple):
    """Something recognised in a sentence. A tuple, because there are hundreds in an article."""

    group: str  #: what it is: "renew", "season", "title", "platform", "work.series", ...
    start: int
    end: int
    value: str = ""  #: a name, a number, a title; the phrase as written otherwise
    strength: int = 2  #: 3: enough with a work beside it; 2: needs one more sign; 1: only adds weight


@dataclass(frozen=True, slots=True)
class _Pattern:
    group: str
    strength: int
    regex: re.Pattern[str]


def _counted(words: Iterable[str]) -> dict[str, int]:
    """Give each word its place in the list, from one; "deuxième|seconde" share one."""
    return {word: place for place, line in enumerate(words, 1) for word in fold(line).split("|")}


def _spellings(word: str) -> set[str]:
    return {word, word.replace("oe", "œ")}


def _certain(alternative: str, runs: list[str], words: list[str]) -> set[str] | None:
    """List the words that can come second, or None where that is open."""
    if len(runs) > 1:
        return _spellings(runs[1]) if not alternative.endswith("*") or len(runs) > 2 else None
    if alternative.endswith("*") or len(words) == 1 or any(sign in words[1] for sign in "*?<.+"):
        return None
    seconds = [_WORD.findall(word)[:1] for word in words[1].split("|")]
    return {spelling for second in seconds for spelling in _spellings(second[0])} if all(seconds) else None


_NONE: list[_Pattern] = []


class Phrasebook:
    """Every phrase of one language, indexed by the first letters of its first word."""

    def __init__(self, *, sets: Mapping[str, str], numbers: Iterable[str], ordinals: Iterable[str]) -> None:
        for name, words in sets.items():
            if " " in words:
                raise PhraseError(f"the set {name!r} holds words, not groups of words: write them as phrases")
        self._sets = {name: fold(words) for name, words in sets.items()}
        self._numbers = _counted(numbers)
        self._ordinals = _counted(ordinals)
        # By first word, then by the second where that is certain; None: whatever follows.
        self._words: dict[str, dict[str | None, list[_Pattern]]] = {}
        self._stems: dict[str, list[_Pattern]] = {}  # by the first letters of a first word with "*"; digits under "#"

    def add(self, group: str, phrases: Iterable[str], *, strength: int = 2) -> None:
        """Learn the phrases of a group.

        Raises:
            PhraseError: a phrase cannot be indexed or compiled; the message quotes it.
        """
        for phrase in phrases:
            words = self._expand(phrase).split()
            if (
                not words
                or words[-1].endswith("?")
                or words[-1] in _GAPS
                or words[0].endswith("?")
                or words[0] in _GAPS
            ):
                raise PhraseError(
                    f"the phrase {phrase!r} of [{group}] must begin and end with a word that is always there"
                )
            pattern = _Pattern(group, strength, re.compile(self._regex(words)))
            self._index(words, phrase, pattern)

    def marks(self, plain: str, tokens: Tokens | None = None) -> Iterator[Mark]:
        """Find every phrase in a folded sentence, in order of place."""
        tokens = tokenise(plain) if tokens is None else tokens
        words, stems = self._words, self._stems
        for place, (word, start, _) in enumerate(tokens):
            known = words.get(word)
            found = stems.get("#" if word[0].isdigit() else word[:KEY], _NONE)
            if known is not None:
                after = tokens[place + 1][0] if place + 1 < len(tokens) else ""
                found = [*known.get(None, _NONE), *known.get(after, _NONE), *found]
            if not found or (plain[start - 1 : start] == "-" and plain[start - 2 : start - 1].isalpha()):
                continue  # "bande-annonce" announces nothing
            for pattern in found:
                if match := pattern.regex.match(plain, start):
                    value = match.group(1) if match.lastindex else None
                    yield Mark(pattern.group, start, match.end(), value or match.group(), pattern.strength)

    def number(self, written: str) -> int | None:
        """Read "2", "2e", "deux" or "deuxième" (folded)."""
        digits = re.match(r"\d+", written)
        if digits:
            return int(digits.group()) if len(digits.group()) <= 4 else None
        return self._numbers.get(written, self._ordinals.get(written))

    def _expand(self, phrase: str) -> str:
        for _ in range(phrase.count("{")):
            for name, words in self._sets.items():
                phrase = phrase.replace("{" + name + "}", words)
        if "{" in phrase:
            raise PhraseError(f"the phrase {phrase!r} names a set that the lexicon does not have")
        return fold(phrase)

    def _index(self, words: list[str], phrase: str, pattern: _Pattern) -> None:
        """File a pattern under what it begins with: two certain words, one, or the first letters of one."""
        if words[0] in ("<n>", "<nth>"):
            table = self._numbers if words[0] == "<n>" else self._ordinals
            self._stems.setdefault("#", []).append(pattern)
            for first in {word.split("-")[0] for word in table}:
                self._words.setdefault(first, {}).setdefault(None, []).append(pattern)
            return
        for alternative in words[0].split("|"):
            runs = _WORD.findall(alternative)
            stem = len(runs) == 1 and alternative.endswith("*")
            if not runs or (stem and len(runs[0]) < KEY):
                raise PhraseError(f'the first word of the phrase {phrase!r} is too short for its "*"')
            seconds = _certain(alternative, runs, words)
            for first in _spellings(runs[0]):
                if stem:
                    self._stems.setdefault(first[:KEY], []).append(pattern)
                    continue
                for second in (None,) if seconds is None else seconds:
                    self._words.setdefault(first, {}).setdefault(second, []).append(pattern)

    def _regex(self, words: list[str]) -> str:
        parts: list[str] = []
        for position, word in enumerate(words):
            last = position == len(words) - 1
            if word in _GAPS:
                parts.append(_GAPS[word])
            elif word.endswith("?"):
                parts.append(f"(?:{self._word(word[:-1])}{_BETWEEN})?")
            else:
                parts.append(self._word(word) + ("" if last else _BETWEEN))
        return "".join(parts) + r"(?:(?<=')|(?!\w))"

    def _word(self, word: str) -> str:
        if word == "<n>":
            return r"((?:\d{1,4}|" + "|".join(sorted(self._numbers, key=len, reverse=True)) + r"))(?![\w])"
        if word == "<nth>":
            words = "|".join(sorted(self._ordinals, key=len, reverse=True))
            return rf"(\d{{1,3}} ?(?:e|eme|er|ere|nde?|iem?e|st|rd|th)|{words})(?!\w)"
        return (
            "(?:"
            + "|".join(re.escape(w).replace(r"\*", r"\w*").replace("oe", "(?:oe|œ)") for w in word.split("|"))
            + ")"
        )
