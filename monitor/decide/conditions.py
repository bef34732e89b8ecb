"""A `Match` made ready: its conditions, cheapest first, each able to say what it wants and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from monitor.decide.matching import Keyed, Subject, WorksOf, own_key, words_of
from monitor.decide.naming import title_key
from monitor.subscribing import Match

_CLOSED: Final = {
    "kinds": "kind",
    "statuses": "status",
    "origins": "origin",
    "work_types": "work_type",
    "prominences": "prominence",
    "languages": "language",
}
_NAMES: Final = ("platforms", "works", "outlets")
_MAKING: Final = ("people", "producers")  #: fields whose names count in the words that tell the work as well
#: Fields that say most about why somebody wanted a story, the most telling first.
_TELLING: Final = (
    *("works", "people", "watchlist", "words", "producers", "platforms", "outlets", "any", "all", "work_types"),
    *("kinds", "origins", "languages", "statuses", "prominences", "min_confidence"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """One field of a match that asks for something."""

    field: str
    wanted: tuple[str, ...]  #: as configured
    test: Callable[[Subject], bool]
    found: Callable[[Subject], tuple[str, ...]]  #: what the story has there, to be shown
    keys: frozenset[str] = frozenset()  #: of names, or the phrases
    inner: tuple[Conditions, ...] = ()  #: of any, all and none


Conditions = tuple[Condition, ...]
#: Conditions by field and what is asked.
Made = dict[tuple[str, Any], Condition]


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """How one condition did."""

    field: str
    holds: bool
    wanted: tuple[str, ...]
    found: tuple[str, ...]
    inner: tuple[tuple[Weighed, ...], ...] = ()  #: of any, all and none, alternative by alternative


def conditions_of(match: Match, works_of: WorksOf = own_key, made: Made | None = None) -> Conditions:
    """Make a match ready; an empty one has no conditions, and holds always.

    Args:
        made: conditions made so far: equal ones become the same object, which keeps thousands of rules small.
    """
    known: Made = {} if made is None else made
    found = []
    for name, make in _MAKERS.items():
        if asked := getattr(match, name):
            key = (name, asked)
            if key not in known:
                known[key] = make(name, asked, works_of, known)
            found.append(known[key])
    return tuple(found)


def holds(conditions: Conditions, subject: Subject) -> bool:
    """Tell whether all conditions hold."""
    for condition in conditions:  # noqa: SIM110 -- a generator costs more than the tests do
        if not condition.test(subject):
            return False
    return True


def weigh(conditions: Conditions, subject: Subject) -> tuple[Weighed, ...]:
    """Say of every condition whether it holds, with both values."""
    return tuple(
        Weighed(
            field=one.field,
            holds=one.test(subject),
            wanted=one.wanted,
            found=one.found(subject),
            inner=tuple(weigh(alternative, subject) for alternative in one.inner),
        )
        for one in conditions
    )


def met(conditions: Conditions, subject: Subject) -> str:
    """Say what made the story match, by the most telling condition: `works: "Missions"`; empty when nothing is asked.

    The conditions must hold.
    """
    for name in _TELLING:
        for one in conditions:
            if one.field == name and (said := _said(one, subject)):
                return said
    return ""


def _said(condition: Condition, subject: Subject) -> str:
    if condition.inner:
        alternatives = (one for one in condition.inner if holds(one, subject))
        return next((said for one in alternatives if (said := met(one, subject))), "")
    found = condition.found(subject)
    if condition.field in (*_NAMES, *_MAKING):
        present: Keyed = getattr(subject, condition.field)
        found = tuple(name for key, name in present.items() if key in condition.keys)
        if condition.field in _MAKING:
            found = (*found, *(name for name in condition.wanted if title_key(name) in subject.spoken))
    elif condition.field == "watchlist":
        found = subject.watched
    elif condition.field == "words":
        found = tuple(word for word in condition.wanted if words_of(word) in subject.text)
    return f'{condition.field}: "{found[0]}"' if found else ""


def _closed(name: str, values: Iterable[str], _works_of: WorksOf, _made: Made) -> Condition:
    get = attrgetter(_CLOSED[name])
    kept = frozenset(values)
    return Condition(
        field=name,
        wanted=tuple(sorted(map(str, kept))),
        test=lambda subject: get(subject) in kept,
        found=lambda subject: (str(value),) if (value := get(subject)) is not None else (),
        keys=frozenset(map(str, kept)),
    )


def _confidence(name: str, least: float, _works_of: WorksOf, _made: Made) -> Condition:
    return Condition(
        field=name,
        wanted=(f"{least:g}",),
        test=lambda subject: subject.confidence >= least,
        found=lambda subject: (f"{subject.confidence:.3g}",),
    )


def _names(name: str, names: tuple[str, ...], works_of: WorksOf, _made: Made) -> Condition:
    get: Callable[[Any], Keyed] = attrgetter(name)
    keys = frozenset(key for one in names for key in (works_of if name == "works" else own_key)(one))
    return Condition(
        field=name,
        wanted=names,
        test=lambda subject: not keys.isdisjoint(get(subject)),
        found=lambda subject: tuple(dict.fromkeys(get(subject).values())),
        keys=keys,
    )


def _making(name: str, names: tuple[str, ...], _works_of: WorksOf, _made: Made) -> Condition:
    get: Callable[[Any], Keyed] = attrgetter(name)
    keys = frozenset(map(title_key, names))
    return Condition(
        field=name,
        wanted=names,
        test=lambda subject: not (keys.isdisjoint(get(subject)) and keys.isdisjoint(subject.spoken)),
        found=lambda subject: (*dict.fromkeys(get(subject).values()), *_placed(names, get(subject), subject)),
        keys=keys,
    )


def _placed(names: Iterable[str], known: Keyed, subject: Subject) -> tuple[str, ...]:
    """Say of names that are in no field of the story where they stand: "Camille Untel (headline)"."""
    keys = ((name, title_key(name)) for name in names)
    return tuple(f"{name} ({subject.spoken[key]})" for name, key in keys if key in subject.spoken and key not in known)


def _watchlist(name: str, _asked: bool, _works_of: WorksOf, _made: Made) -> Condition:
    return Condition(
        field=name,
        wanted=("true",),
        test=lambda subject: bool(subject.watched),
        found=_watched,
    )


def _watched(subject: Subject) -> tuple[str, ...]:
    """Give what is watched, with its place where the story has it in none of its fields."""
    known = {**subject.works, **subject.people, **subject.producers}
    return tuple(next(iter(_placed((name,), known, subject)), name) for name in subject.watched)


def _words(name: str, words: tuple[str, ...], _works_of: WorksOf, _made: Made) -> Condition:
    phrases = tuple(map(words_of, words))
    return Condition(
        field=name,
        wanted=words,
        test=lambda subject: any(phrase in subject.text for phrase in phrases),
        found=lambda subject: (subject.text.strip(),),
        keys=frozenset(phrases),
    )


def _nested(name: str, matches: tuple[Match, ...], works_of: WorksOf, made: Made) -> Condition:
    inner = tuple(conditions_of(one, works_of, made) for one in matches)
    tests: dict[str, Callable[[Subject], bool]] = {
        "any": lambda subject: any(holds(one, subject) for one in inner),
        "all": lambda subject: all(holds(one, subject) for one in inner),
        "none": lambda subject: not any(holds(one, subject) for one in inner),
    }
    return Condition(
        field=name,
        wanted=tuple(str(number) for number in range(1, len(inner) + 1)),
        test=tests[name],
        found=lambda subject: tuple(str(number) for number, one in enumerate(inner, 1) if holds(one, subject)),
        inner=inner,
    )


#: How each field becomes a condition, the cheapest to test first.
_MAKERS: Final[dict[str, Callable[[str, Any, WorksOf, Made], Condition]]] = {
    **dict.fromkeys(_CLOSED, _closed),
    "min_confidence": _confidence,
    "platforms": _names,
    "works": _names,
    **dict.fromkeys(_MAKING, _making),
    "outlets": _names,
    "watchlist": _watchlist,
    "words": _words,
    **dict.fromkeys(("any", "all", "none"), _nested),
}


def matches(match: Match, subject: Subject, *, works_of: WorksOf = own_key) -> bool:
    """Tell whether one match holds; for many of them, a `Rulebook` is made once."""
    return holds(conditions_of(match, works_of), subject)
