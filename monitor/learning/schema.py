"""How one article of our corpus must be written: its keys, their words, and facts that agree with label and text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from monitor.types import Document
from monitor.vocabulary import ALERTED_KINDS, Kind, Status, WorkType

MANNERS = ("people", "trade", "tech", "regional", "agency", "release", "english-trade")
#: Rows of the table of words that mean something else elsewhere.
WORDS = (
    *("saison", "série", "renouveler", "commande", "produire", "développer", "annuler", "suite", "lancer", "signer"),
    *("feu-vert", "prolonger", "original", "adaptation", "création", "projet", "pilote", "unitaire", "services"),
    *("titles", "homonyms", "periphrases", "podcast"),
)
#: What an article is hard by: 118-149 numbered phrasings, "w:" an ambiguous word, "c:" a case to decide.
TAGS = (*map(str, range(118, 150)), *(f"w:{word}" for word in WORDS), *(f"c:{number}" for number in range(1, 21)))
#: Prefix of the ids of each split; a split is a folder of the corpus.
SPLITS = {"train": "tr", "test": "te", "riddles": "ri"}
#: Those that measure: a week's press, and articles as hard as can be made.
JUDGES = ("test", "riddles")

_ID = re.compile(r"(?P<prefix>[a-z]+)-[a-z]-\d{3}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_NEEDED = ("id", "lang", "outlet", "manner", "date", "difficulty", "shape", "works", "label", "title", "text")
_OPTIONAL = ("also_ok", "traps", "lookalikes", "note", "summary", "facts", "copy_of")
_TEXTS = ("id", "outlet", "title", "text")
_LISTS = ("works", "label", "traps", "lookalikes")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "manner": MANNERS,
    "difficulty": ("easy", "hard"),
    "shape": ("single", "roundup"),
}
_FACT_NEEDED = ("kind", "platforms", "status", "work_type", "quote")
_FACT_OPTIONAL = ("title", "season", "final", "spin_off_of", "count")
_FACT_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": tuple(Kind),
    "status": tuple(Status),
    "work_type": tuple(kind for kind in WorkType if kind is not WorkType.UNKNOWN),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """What is wrong with an article, and what to do about it."""

    what: str
    remedy: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a quote stands in a document."""

    part: str  #: "title", "summary" or "text"
    start: int  #: offset in that part
    end: int


def places(quote: str, document: Document) -> tuple[Place, ...]:
    """Find every place where a quote stands."""
    return tuple(
        Place(part=part, start=found.start(), end=found.end())
        for part in ("title", "summary", "text")
        for found in re.finditer(re.escape(quote), getattr(document, part))
    )


def faults(record: Mapping[str, object], *, split: str, platforms: frozenset[str]) -> Iterator[Fault]:
    """List what is wrong with the form of one article.

    Args:
        split: the folder in which it stands, one of `SPLITS`.
        platforms: the names by which platforms may be called.
    """
    yield from _keys(record, _NEEDED, _OPTIONAL, "the article")
    yield from _values(record, split)
    yield from _words(record, "label", sorted(ALERTED_KINDS), "choose from new_original and renewal")
    for name in ("traps", "lookalikes"):
        yield from _words(record, name, TAGS, "choose from the tags in corpus/README.md")
    also = record.get("also_ok", [])
    if not isinstance(also, list) or not all(_is_list(one) and set(one) <= ALERTED_KINDS for one in also):
        yield Fault(what="also_ok is no list of labels", remedy='write it like [[], ["renewal"]]')
    facts = record.get("facts", [])
    if not isinstance(facts, list) or not all(isinstance(fact, dict) for fact in facts):
        yield Fault(what="facts are no tables", remedy="write each under [[article.facts]]")
        return
    for number, fact in enumerate(facts, start=1):
        yield from _fact_faults(fact, f"fact {number}", record, platforms)
    yield from _label(record, facts)


def _keys(table: Mapping[str, object], needed: tuple[str, ...], optional: tuple[str, ...], who: str) -> Iterator[Fault]:
    for name in needed:
        if name not in table:
            yield Fault(what=f"{who} lacks {name}", remedy=f"add {name} = …")
    for name in table:
        if name not in (*needed, *optional):
            known = ", ".join((*needed, *optional))
            yield Fault(what=f"{who} has an unknown key, {name}", remedy=f"remove it; known are {known}")


def _values(record: Mapping[str, object], split: str) -> Iterator[Fault]:
    for name in _TEXTS:
        if name in record and not _is_text(record[name]):
            yield Fault(what=f"{name} says nothing", remedy="give it some words")
    for name in ("summary", "note", "copy_of"):
        if not isinstance(record.get(name, ""), str):
            yield Fault(what=f"{name} is no text", remedy="put it in quotes")
    for name in _LISTS:
        if not _is_list(record.get(name, [])):
            yield Fault(what=f"{name} is no list of texts", remedy='write it like ["a", "b"]')
    for name, choices in _CHOICES.items():
        yield from _choice(record, name, choices, "the article")
    yield from _named_and_dated(record, split)


def _named_and_dated(record: Mapping[str, object], split: str) -> Iterator[Fault]:
    given = record.get("date", date.min)
    if not isinstance(given, date) or isinstance(given, datetime):
        yield Fault(what=f"date is {given!r}", remedy="write a day like 2024-03-12, without quotes")
    if not _LANGUAGE.fullmatch(str(record.get("lang", "fr"))):
        yield Fault(what=f"lang is {record['lang']!r}", remedy='write the two letters of a language, like "fr"')
    called = _ID.fullmatch(str(record.get("id")))
    if called is None or called["prefix"] != SPLITS[split]:
        remedy = f"call it {SPLITS[split]}-<letter>-<three digits>, as all in {split}/"
        yield Fault(what=f"id is {record.get('id')!r}", remedy=remedy)


def _choice(table: Mapping[str, object], name: str, choices: tuple[str, ...], who: str) -> Iterator[Fault]:
    if name in table and table[name] not in choices:
        yield Fault(what=f"{name} of {who} is {table[name]!r}", remedy=f"choose one of {', '.join(choices)}")


def _words(record: Mapping[str, object], name: str, choices: Sequence[str], remedy: str) -> Iterator[Fault]:
    given = record.get(name, [])
    for word in given if _is_list(given) and isinstance(given, list) else ():
        if word not in choices:
            yield Fault(what=f"{name} has {word!r}", remedy=remedy)


def _fact_faults(
    fact: Mapping[str, object], who: str, record: Mapping[str, object], platforms: frozenset[str]
) -> Iterator[Fault]:
    yield from _keys(fact, _FACT_NEEDED, _FACT_OPTIONAL, who)
    for name, choices in _FACT_CHOICES.items():
        yield from _choice(fact, name, choices, who)
    for name, least in (("season", 1), ("count", 2)):
        number = fact.get(name, least)
        if not isinstance(number, int) or isinstance(number, bool) or number < least:
            yield Fault(what=f"{name} of {who} is {number!r}", remedy=f"write a whole number from {least} on, or none")
    if not isinstance(fact.get("final", False), bool):
        yield Fault(what=f"final of {who} is {fact['final']!r}", remedy="write true, or leave it out")
    named = fact.get("platforms", [])
    if not isinstance(named, list) or not platforms.issuperset(map(str, named)):
        remedy = "write a list of names as config/gazetteer.toml has them"
        yield Fault(what=f"platforms of {who} are {named!r}", remedy=remedy)
    works = record.get("works")
    for name in ("title", "spin_off_of"):
        title = fact.get(name)
        if title is not None and isinstance(works, list) and title not in works:
            yield Fault(what=f"{name} of {who} is {title!r}, which works lacks", remedy="add it to works")
    yield from _quote_faults(fact.get("quote"), who, record)


def _quote_faults(quote: object, who: str, record: Mapping[str, object]) -> Iterator[Fault]:
    if not isinstance(quote, str):
        return  # that it is lacking has been said
    title, summary, text = (str(record.get(name, "")) for name in ("title", "summary", "text"))
    count = len(places(quote, Document(title=title, summary=summary, text=text))) if quote.strip() else 0
    if count != 1:
        often = "nowhere" if count == 0 else f"{count} times"
        remedy = "copy the words that say so exactly, and as many as make them unique, from title, summary or text"
        yield Fault(what=f"the quote of {who} stands {often} in the article: {quote[:60]!r}", remedy=remedy)


def _label(record: Mapping[str, object], facts: list[dict[str, object]]) -> Iterator[Fault]:
    said = {str(f.get("kind")) for f in facts if f.get("status") != Status.DENIED} & set(ALERTED_KINDS)
    label = record.get("label")
    if _is_list(label) and isinstance(label, list) and set(label) != said:
        remedy = "the label holds exactly the kinds new_original and renewal among facts that are not denied"
        yield Fault(what=f"label is {sorted(label)}, the facts say {sorted(said)}", remedy=remedy)


def _is_text(given: object) -> bool:
    return isinstance(given, str) and bool(given.strip())


def _is_list(given: object) -> bool:
    return isinstance(given, list) and all(_is_text(one) for one in given)
