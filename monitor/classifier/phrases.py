"""Phrases of the lexicon, found in one pass: a word's first letters say which patterns can begin there.

A phrase is written as people write it, accents or not, with a few signs:

    renouvelé|renouvelée pour     one word or the other
    command* une suite            any ending
    aura bien? une suite          a word that may be missing
    feu vert .. pour              up to three words between ("..."; up to seven)
    saison <n>, <nth> saison      a number, an ordinal
    <nxn>                         so many parts of so many minutes in one word: "6x52"
    {have} une suite              a set of words named in the lexicon's [sets]
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from monitor.classifier.rarest import GAPS, WORD, certain, needed, seconds, spellings
from monitor.classifier.text import fold
from monitor.classifier.tokens import Tokens, tokenise

_DIGITS = re.compile(r"\d+")
_PLAIN = re.compile(r"\w+\+?")
#: Letters by which a phrase's first word is found; a first word with "*" needs at least as many.
KEY = 4
_BETWEEN = r"(?:(?<=') *| +|-)"  # between two words: "troisième-saison" counts; an apostrophe needs no space after it
_ENDINGS = ("e", "eme", "er", "ere", "nd", "nde", "ieme", "iee", "st", "rd", "th")  # of an ordinal in digits


#: Words of which is remembered what they can begin: those of a language, and some names and numbers.
_REMEMBERED = 50_000


class PhraseError(ValueError):
    """A phrase of the lexicon is not written as it must be."""


class Mark(NamedTuple):
    """Something recognised in a sentence. A tuple, because there are hundreds in an article."""

    group: str  #: what it is: "renew", "season", "title", "platform", "work.series", ...
    start: int
    end: int
    value: str = ""  #: a name, a number, a title; the phrase as written otherwise
    strength: int = 2  #: 3: enough with a work beside it; 2: needs one more sign; 1: only adds weight


_MARK = tuple.__new__  #: makes a mark in half the time that its class takes


def grouped(marks: Iterable[Mark]) -> dict[str, list[Mark]]:
    """Sort marks into their groups."""
    groups: dict[str, list[Mark]] = {}
    for mark in marks:
        groups.setdefault(mark.group, []).append(mark)
    return groups


@dataclass(frozen=True, slots=True, eq=False)
class _Pattern:
    group: str
    strength: int
    match: Callable[[str, int], re.Match[str] | None] | None  #: None: the first word is all of it
    needs: frozenset[str]  #: one of these must be in the sentence; or none


@dataclass(frozen=True, slots=True, eq=False)
class _Start:
    """The patterns that a first word can begin, by its second word. With slots, which are read faster than a tuple."""

    by_second: dict[str, list[_Pattern]]
    others: list[_Pattern]  #: with any other second word


def _of(groups: Collection[str], patterns: Iterable[_Pattern]) -> list[_Pattern]:
    return [pattern for pattern in patterns if pattern.group in groups]


def _counted(words: Iterable[str]) -> dict[str, int]:
    """Give each word its place in the list, from one; "deuxième|seconde" share one."""
    return {word: place for place, line in enumerate(words, 1) for word in fold(line).split("|")}


class _Known(dict[str, _Start | None]):
    """What each word that was met can begin: looked up once a word, and forgotten before it grows large."""

    def __init__(self, book: Phrasebook) -> None:
        self._book = book

    def __missing__(self, word: str) -> _Start | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = begun = self._book.begun(word)
        return begun


class Phrasebook:
    """Every phrase of one language, indexed by the first letters of its first word."""

    def __init__(self, *, sets: Mapping[str, str], numbers: Iterable[str], ordinals: Iterable[str]) -> None:
        for name, words in sets.items():
            if " " in words:
                raise PhraseError(f"the set {name!r} holds words, not groups of words: write them as phrases")
        self._sets = {name: fold(words) for name, words in sets.items()}
        self._numbers = _counted(numbers)
        self._ordinals = _counted(ordinals)
        self._firsts: dict[str, _Start] = {}  # a number in digits under "#", digits with letters ("2e") under "#e"
        self._stems: dict[str, list[tuple[str, _Pattern]]] = {}  # first words with "*", by their first letters
        self._known = _Known(self)
        self._needed: set[str] = set()

    def add(self, group: str, phrases: Iterable[str], *, strength: int = 2) -> None:
        """Learn the phrases of a group.

        Raises:
            PhraseError: a phrase cannot be indexed or compiled; the message quotes it.
        """
        self._known.clear()
        for phrase in phrases:
            words = self._expand(phrase).split()
            if not words or words[-1].endswith("?") or words[-1] in GAPS or words[0].endswith("?") or words[0] in GAPS:
                raise PhraseError(
                    f"the phrase {phrase!r} of [{group}] must begin and end with a word that is always there"
                )
            for form in [[word] for word in words[0].split("|")] if len(words) == 1 else [words]:
                match = None if len(form) == 1 and _PLAIN.fullmatch(form[0]) else re.compile(self._regex(form)).match
                self._index(form, phrase, _Pattern(group, strength, match, needs := needed(form)))
                self._needed |= needs

    def only(self, groups: Collection[str]) -> Phrasebook:
        """Return a book with the phrases of some groups only."""
        part = copy.copy(self)
        part.keep(groups)
        return part

    def keep(self, groups: Collection[str]) -> None:
        """Forget the phrases of all other groups; copies of the book keep theirs."""
        kept = {
            first: _Start({second: _of(groups, p) for second, p in start.by_second.items()}, _of(groups, start.others))
            for first, start in self._firsts.items()
        }
        self._firsts = {first: start for first, start in kept.items() if start.others or any(start.by_second.values())}
        stems = {key: [(s, p) for s, p in found if p.group in groups] for key, found in self._stems.items()}
        self._stems = {key: found for key, found in stems.items() if found}
        self._known = _Known(self)

    def marks(self, plain: str, tokens: Tokens | None = None) -> Iterator[Mark]:
        """Find every phrase in a folded sentence, in order of place."""
        words, starts = tokenise(plain) if tokens is None else tokens
        present = self._needed.intersection(words)
        hyphens = "-" in plain
        known = map(self._known.__getitem__, words)
        # Most words begin no phrase: they are passed over here, and nothing more is done for them.
        for place, begun in [(i, begun) for i, begun in enumerate(known) if begun]:
            found = begun.by_second.get(words[place + 1], begun.others)
            if not found:
                continue
            start = starts[place]
            if hyphens and plain[start - 1 : start] == "-" and plain[start - 2 : start - 1].isalpha():
                continue  # "bande-annonce" announces nothing
            for pattern in found:
                if pattern.needs and pattern.needs.isdisjoint(present):
                    continue
                if pattern.match is None:
                    word = words[place]
                    yield _MARK(Mark, (pattern.group, start, start + len(word), word, pattern.strength))
                elif hit := pattern.match(plain, start):
                    value = hit[1] if hit.lastindex else None
                    yield _MARK(Mark, (pattern.group, start, hit.end(), value or hit[0], pattern.strength))

    def begun(self, word: str) -> _Start | None:
        """List the patterns that a word may begin, be it in digits or of a known stem."""
        if not word[:1].isdigit():
            stemmed = None if word in self._firsts else self._stemmed(word)
            return _Start({}, stemmed) if stemmed else self._firsts.get(word)
        keys = (word, "#" if word.rstrip("+").isdigit() else "#e")
        starts = [self._firsts[key] for key in keys if key in self._firsts]
        stemmed = [] if word in self._firsts else self._stemmed(word)
        if len(starts) == 1 and not stemmed:
            return starts[0]  # most numbers, of which no two articles have the same: not put together for each
        seconds = {second for start in starts for second in start.by_second}
        both = {
            second: [p for start in starts for p in start.by_second.get(second, start.others)] for second in seconds
        }
        others = stemmed + [pattern for start in starts for pattern in start.others]
        return _Start({second: stemmed + found for second, found in both.items()}, others) if others or both else None

    def _stemmed(self, word: str) -> list[_Pattern]:
        return [pattern for stem, pattern in self._stems.get(word[:KEY], ()) if word.startswith(stem)]

    def number(self, written: str) -> int | None:
        """Read "2", "2e", "deux" or "deuxième" (folded)."""
        digits = _DIGITS.match(written)
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
        if words[0] == "<nxn>":
            self._file("#e", None, pattern)
        elif words[0] in ("<n>", "<nth>"):
            ordinal = words[0] == "<nth>"
            self._file("#", _ENDINGS if ordinal else seconds(words[1:]), pattern)
            if ordinal:
                self._file("#e", seconds(words[1:]), pattern)
            for number in self._ordinals if ordinal else self._numbers:
                runs = WORD.findall(number)
                self._file(runs[0], certain(number, runs, words), pattern)
        else:
            self._index_words(words, phrase, pattern)

    def _index_words(self, words: list[str], phrase: str, pattern: _Pattern) -> None:
        for alternative in words[0].split("|"):
            runs = WORD.findall(alternative)
            stem = len(runs) == 1 and alternative.endswith("*")
            if not runs or (stem and len(runs[0]) < KEY):
                raise PhraseError(f'the first word of the phrase {phrase!r} is too short for its "*"')
            for first in spellings(runs[0]):
                if stem:
                    self._stems.setdefault(first[:KEY], []).append((first, pattern))
                    for word in [word for word in self._firsts if word.startswith(first)]:
                        self._file(word, None, pattern)
                else:
                    self._file(first, certain(alternative, runs, words), pattern)

    def _file(self, first: str, seconds: Iterable[str] | None, pattern: _Pattern) -> None:
        start = self._firsts.setdefault(first, _Start({}, self._stemmed(first)))
        if seconds is None:
            for patterns in (start.others, *start.by_second.values()):
                patterns.append(pattern)
        else:
            for second in seconds:
                start.by_second.setdefault(second, [*start.others]).append(pattern)

    def _regex(self, words: list[str]) -> str:
        parts: list[str] = []
        for position, word in enumerate(words):
            last = position == len(words) - 1
            if word in GAPS:
                parts.append(GAPS[word])
            elif word.endswith("?"):
                parts.append(f"(?:{self._word(word[:-1])}{_BETWEEN})?")
            else:
                parts.append(self._word(word) + ("" if last else _BETWEEN))
        return "".join(parts) + r"(?:(?<=')|(?!\w))"

    def _word(self, word: str) -> str:
        if word in ("<n>", "<nth>"):
            return self._counting(word)
        if word == "<nxn>":
            return r"\d{1,3}x\d{2,3}"
        alternatives = (
            # Among others, "une|un <nth>|nouvelle saison", a number is no value.
            self._counting(w).replace("(", "(?:", 1) if w in ("<n>", "<nth>") else _spelt(w)
            for w in word.split("|")
        )
        return "(?:" + "|".join(alternatives) + ")"

    def _counting(self, sign: str) -> str:
        numbers = self._numbers if sign == "<n>" else self._ordinals
        words = "|".join(sorted(numbers, key=len, reverse=True))
        if sign == "<n>":
            return rf"((?:\d{{1,4}}|{words}))(?![\w])"
        return rf"(\d{{1,3}} ?(?:{'|'.join(_ENDINGS)})|{words})(?!\w)"


def _spelt(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*").replace("oe", "(?:oe|œ)")
