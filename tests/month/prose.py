"""How an article says it: a headline, a lead and some more lines, in French or English, out of phrases.toml."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from monitor.vocabulary import Kind, Origin, Status, WorkType
from month import words

_PHRASES: Mapping[str, Any] = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))
_TYPES = {
    "fr": {
        WorkType.SERIES: "une série",
        WorkType.FILM: "une fiction unitaire",
        WorkType.DOCUMENTARY: "une série documentaire",
        WorkType.ANIMATION: "une série d'animation",
    },
    "en": {
        WorkType.SERIES: "series",
        WorkType.FILM: "film",
        WorkType.DOCUMENTARY: "documentary series",
        WorkType.ANIMATION: "animated series",
    },
}
_ABROAD = {"fr": ("britannique", "espagnole", "coréenne"), "en": ("British", "Spanish", "Korean")}


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """What an article tells of a fact: perhaps less than is known."""

    kind: Kind
    status: Status
    title: str | None  #: as this article spells it; None: no title yet
    season: int | None
    platforms: tuple[str, ...]
    people: tuple[str, ...]
    work_type: WorkType
    origin: Origin
    genre: str  #: French name
    region: int  #: which one
    country: int  #: which one, of a foreign work
    source: str = ""  #: the work that it is a spin-off of
    star: bool = False  #: the people play in it
    final: bool = False  #: a last season
    old: str = ""  #: what it was called before, where that is said
    day: date | None = None  #: on which it comes out
    old_day: date | None = None  #: on which it was to come out before


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A headline with its lead."""

    headline: str
    lead: str


def tell(view: View, language: str, chance: random.Random) -> Told:
    """Say it in one of the ways there are."""
    ways: Sequence[Sequence[str]] = _PHRASES[language][str(view.kind)][_which(view)]
    headline, lead = chance.choice(ways)
    slots = _slots(view, language, chance)
    return Told(headline=_first_up(headline.format(**slots)), lead=_first_up(lead.format(**slots)))


def fill(view: View, language: str, chance: random.Random, *, lines: int) -> list[str]:
    """Write more lines about a work, none of which announces anything."""
    filler = _PHRASES[language]["filler"]
    slots = _slots(view, language, chance)
    chosen = chance.sample(filler["lines"], lines)
    return [
        _first_up(line.format(**slots, number=chance.randint(2, 9), tone=chance.choice(filler["tones"])))
        for line in chosen
    ]


def ordinary(language: str, chance: random.Random, people: Sequence[str]) -> Told:
    """Say something that announces nothing."""
    headline, lead = chance.choice(words.ORDINARY[language])
    slots = {"place": words.place(chance), "person": chance.choice(people), "n": chance.randint(2, 29)}
    return Told(headline=headline.format(**slots), lead=lead.format(**slots))


def _which(view: View) -> str:
    if view.title is None:
        return "starred" if view.star else "untitled"
    if view.kind is Kind.RELEASE_DATE:
        return "moved" if view.old_day else "dated"
    if view.old or view.source or view.final:
        return "renamed" if view.old else "spin_off" if view.source else "final"
    if view.kind is Kind.NEW_ORIGINAL and len(view.platforms) > 1:
        return "second_buyer"
    if view.kind is Kind.RENEWAL and view.season is None:
        return "seasonless"
    return str(view.status)


def _slots(view: View, language: str, chance: random.Random) -> dict[str, object]:
    french = language == "fr"
    quoted = f"« {view.title} »" if french else f"“{view.title}”"
    genre = view.genre if french else words.GENRES[view.genre]
    return {
        "work": quoted,
        "buyer": view.platforms[0] if view.platforms else ("la chaîne" if french else "the broadcaster"),
        "other": view.platforms[-1] if view.platforms else "",
        "season": view.season,
        "a_work": _a_work(view, language),
        "the_work": _the_work(view, language),
        "genre": genre,
        "a_genre": f"{'une' if genre in {'comédie', 'saga'} else 'un'} {genre}",
        "by": _by(view, language, chance),
        "star": (" et " if french else " and ").join(view.people),
        **_turn_slots(view, language, chance, quoted),
        "region": words.REGIONS[language][view.region % 8],
    }


def _turn_slots(view: View, language: str, chance: random.Random, quoted: str) -> dict[str, object]:
    french = language == "fr"
    quotes = "« {} »" if french else "“{}”"
    named = f"{_the_work(view, language)} {quoted}"
    of = f"la saison {view.season} de " if french else f"season {view.season} of "
    return {
        "source": quotes.format(view.source),
        "old": quotes.format(view.old),
        "what": f"{of}{named}" if view.season else named,
        "short": f"{of}{quoted}" if view.season else quoted,
        "nth": words.ORDINALS[language][view.season - 1] if view.season else "",
        "day": _day(view.day, language, chance),
        "old_day": _day(view.old_day, language, chance),
    }


def _day(day: date | None, language: str, chance: random.Random) -> str:
    """Write a day in one of the ways there are."""
    if day is None:
        return ""
    month = words.MONTHS[language][day.month - 1]
    if language == "fr":
        number = "1er" if day.day == 1 else str(day.day)
        return chance.choice(
            (f"{number} {month}", f"{words.WEEKDAYS[day.weekday()]} {number} {month}", f"{number} {month} {day.year}")
        )
    return chance.choice((f"{month} {day.day}", f"{month} {day.day}, {day.year}", f"{day.day} {month}"))


def _a_work(view: View, language: str) -> str:
    work = _TYPES[language][view.work_type]
    if view.origin is Origin.FRENCH:
        nation = "française" if language == "fr" else "French"
    else:
        nation = _ABROAD[language][view.country % 3]
    return f"{work} {nation}" if language == "fr" else f"a {nation} {work}"


def _the_work(view: View, language: str) -> str:
    """Name it as one that is known, with its country: of a streamer's series a reader can't know it otherwise."""
    work = _a_work(view, language)
    return "the" + work.removeprefix("a") if language == "en" else "la" + work.removeprefix("une")


def _by(view: View, language: str, chance: random.Random) -> str:
    if not view.people:
        return ""
    names = (" et " if language == "fr" else " and ").join(view.people)
    if view.star:
        return f" avec {names}" if language == "fr" else f" starring {names}"
    made = ("signée", "créée par", "écrite par") if language == "fr" else ("created by", "written by", "from creator")
    return f" {chance.choice(made)} {names}"


def _first_up(text: str) -> str:
    return text[0].upper() + text[1:]
