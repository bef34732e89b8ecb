"""What one has to know to tell works and projects apart: the words for it, in every language, and who is at home here.

Read from config/stories/*.toml and config/gazetteer.toml by `monitor.lores`; everything that decides gets it passed in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from monitor.decide.naming import Names
from monitor.vocabulary import Origin, WorkType

_NOTHING = re.compile(r"(?!)")
#: Words between the noun and its country, on one side of the title with nothing but quotes and an article between.
_BETWEEN = r"(?:\s+[\w'’-]+){0,2}\s+"
_CAPITAL = r"[A-ZÀ-Þ][\w'’]+"
_OPENS, _CLOSES = r"[\s«“\"‘'’]*", r"[\s»”\"’',:]*(?:(?:{articles})\s+)*"


Sense = tuple[str, str]  #: a language, and what a word means in it: ("fr", "lighthouse")


@dataclass(frozen=True, slots=True)
class Country:
    """How a country is named: at all, right before a title, and right after it; made once, as it takes a while."""

    anywhere: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Spelling:
    """The words that slips of the pen are judged by; equal only to itself, as the lore is."""

    little: frozenset[str] = frozenset()  #: that titles are full of and that name nothing
    many: frozenset[str] = frozenset()  #: that want a plural after them: "les"
    numbers: frozenset[str] = frozenset()  #: numbers in words: another one is another title


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Lore:
    """The words of all languages together; equal only to itself, so that what was found with it can be remembered."""

    genres: Mapping[str, str] = field(default_factory=dict)  #: word -> sort of work, "polar" -> "crime"
    subjects: Mapping[str, str] = field(default_factory=dict)  #: word -> what it is about, "magistrate" -> "judge"
    places: Mapping[str, str] = field(default_factory=dict)  #: word -> the place's one name, "bretagne" -> "brittany"
    forms: Mapping[WorkType, frozenset[str]] = field(default_factory=dict)
    senses: Mapping[str, frozenset[Sense]] = field(default_factory=dict)  #: word of a title -> what it may mean
    little: frozenset[str] = frozenset()  #: words that no translation of a title has to have
    spelling: Spelling = field(default_factory=Spelling)
    numbers: Mapping[str, int] = field(default_factory=dict)
    parts: frozenset[str] = frozenset()  #: what a number of episodes is followed by
    plain: frozenset[str] = frozenset()  #: words that tell no project from another
    without: frozenset[str] = frozenset()  #: words before a name that is not in a project
    within: frozenset[str] = frozenset()  #: words before a place
    rescue: re.Pattern[str] = _NOTHING
    remake: re.Pattern[str] = _NOTHING
    offshoot: re.Pattern[str] = _NOTHING
    shared: re.Pattern[str] = _NOTHING
    instead: re.Pattern[str] = _NOTHING  #: what stands before the platform that it is not
    borrowed: re.Pattern[str] = _NOTHING
    named: re.Pattern[str] = _NOTHING  #: finds, in a group, whom or which affair a project is about
    countries: Mapping[Origin, tuple[Country, ...]] = field(default_factory=dict)  #: one a language
    at_home: frozenset[str] = frozenset()  #: French platforms and channels


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """What this installation knows of names, buyers and words."""

    names: Names = field(default_factory=Names)
    groups: Mapping[str, str] = field(default_factory=dict)  #: platform -> buyer ("TF1+" to "TF1")
    lore: Lore = field(default_factory=Lore)


def compiled(languages: Sequence[Mapping[str, Any]], *, at_home: Iterable[str] = ()) -> Lore:
    """Make the lore of tables as config/stories/*.toml has them, one a language.

    Raises:
        KeyError: a table lacks something.
        re.error: a pattern is none.
    """
    return Lore(
        genres=_meanings(languages, "genres"),
        subjects=_meanings(languages, "subjects"),
        places=_meanings(languages, "places"),
        senses=_senses(languages),
        little=frozenset(word for one in languages for word in one.get("little", "").split()),
        spelling=_spelling(languages),
        forms={WorkType.FILM: _words(languages, "films"), WorkType.SERIES: _words(languages, "series")},
        numbers={word: at for one in languages for at, word in enumerate(one["numbers"].split(), start=1)},
        parts=_words(languages, "parts"),
        plain=_words(languages, "plain"),
        without=_words(languages, "without"),
        within=_words(languages, "within"),
        rescue=_turn(languages, "rescue"),
        remake=_turn(languages, "remake"),
        offshoot=_turn(languages, "offshoot"),
        shared=_turn(languages, "shared"),
        instead=_turn(languages, "instead"),
        borrowed=_turn(languages, "borrowed"),
        named=_named(languages),
        countries={
            Origin.FRENCH: tuple(_country(one["origin"], "french") for one in languages),
            Origin.FOREIGN: tuple(_country(one["origin"], "foreign") for one in languages),
        },
        at_home=frozenset(at_home),
    )


def _words(languages: Sequence[Mapping[str, Any]], name: str) -> frozenset[str]:
    return frozenset(word for one in languages for word in one[name].split())


def _meanings(languages: Sequence[Mapping[str, Any]], table: str) -> dict[str, str]:
    return {word: meaning for one in languages for meaning, words in one[table].items() for word in words.split()}


def _spelling(languages: Sequence[Mapping[str, Any]]) -> Spelling:
    tables = [one.get("spelling", {}) for one in languages]
    little, many, numbers = (
        frozenset(word for table in tables for word in table.get(name, "").split())
        for name in ("little", "many", "numbers")
    )
    return Spelling(little=little, many=many, numbers=numbers)


def _senses(languages: Sequence[Mapping[str, Any]]) -> dict[str, frozenset[Sense]]:
    """Give what the words of titles mean, in which language: a table `titles` beside those of all projects."""
    found: dict[str, set[Sense]] = defaultdict(set)
    for one in languages:
        for table in ("genres", "subjects", "places", "titles"):
            for meaning, words in one.get(table, {}).items():
                for word in words.split():
                    found[word].add((one["language"], meaning))
    return {word: frozenset(senses) for word, senses in found.items()}


def _turn(languages: Sequence[Mapping[str, Any]], name: str) -> re.Pattern[str]:
    patterns = [pattern for one in languages for pattern in one["turns"][name]]
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE) if patterns else _NOTHING


def _named(languages: Sequence[Mapping[str, Any]]) -> re.Pattern[str]:
    """Make what finds a proper subject: an affair has one name or more, before or after that word, a person two."""
    affair, life = ("|".join(text for one in languages for text in one["turns"][name]) for name in ("affair", "life"))
    more = rf"(?:[ -](?:(?:de|du|la|le) )*{_CAPITAL})"
    return re.compile(
        rf"\b(?:{affair}) (?:d['’]|d[eu] |des )?({_CAPITAL}{more}*)"
        rf"|(?<=[\w,;:] )({_CAPITAL}{more}*) (?:{affair})\b"
        rf"|\b(?:{life})(?:(?<=['’])| )({_CAPITAL}{more}+)"
    )


def _country(said: Mapping[str, Sequence[str]], whose: str) -> Country:
    noun, country = (f"(?:{'|'.join(said[name])})" for name in ("nouns", whose))
    phrase = rf"(?:{noun}{_BETWEEN}{country}|{country}(?:\s+[\w'’-]+){{0,2}}?\s+{noun})\b"
    closes = _CLOSES.format(articles="|".join(said["articles"]))
    patterns = (country, rf"\b{phrase}{_OPENS}\Z", closes + phrase)
    return Country(*(re.compile(pattern, re.IGNORECASE) for pattern in patterns))
