"""Can a rule ever match, or ever not? What contradicts itself, asks for what does not exist, or leaves nothing out.

Whether it can is decided for the whole rule at once (`logic`); why it can't is said as simply as it can be. Pure.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from monitor.decide.logic import AtLeast, Both, Either, Facts, Formula, Has, Is, Name, Not, possible
from monitor.decide.matching import WorksOf, own_key, words_of
from monitor.decide.naming import title_key
from monitor.subscribing import ANYTHING, Match, Subscription
from monitor.vocabulary import Kind, Origin, Prominence, Status, WorkType

_CLOSED: Final[Mapping[str, type[StrEnum]]] = {
    "kinds": Kind,
    "statuses": Status,
    "origins": Origin,
    "work_types": WorkType,
    "prominences": Prominence,
}
_NAMES: Final = ("platforms", "works", "people", "producers", "outlets", "words")
_WATCHED: Final[Name] = ("watchlist", "")
#: Any language that is not named.
_ANOTHER: Final = "?"
#: The preset that is meant to match everything.
_EVERYTHING: Final = "everything"
_ALIKE: Final = 0.6  #: how alike a name must be to be offered, 0 to 1


class Flaw(StrEnum):
    """What is wrong with a rule."""

    CONTRADICTION = "contradiction"  #: two of its conditions never hold together
    UNKNOWN = "unknown"  #: it asks for names that are not there, and for nothing else in that field
    EMPTY_WATCHLIST = "empty_watchlist"
    EXCLUDED = "excluded"  #: `none` leaves nothing over
    EVERYTHING = "everything"  #: it leaves nothing out


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One flaw, and where."""

    flaw: Flaw
    field: str = ""  #: of the match, such as "platforms" or "any no. 2 platforms"
    values: tuple[str, ...] = ()  #: what is asked there
    near: str = ""  #: what may have been meant

    @property
    def never(self) -> bool:
        """Whether the rule can match nothing."""
        return self.flaw is not Flaw.EVERYTHING


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """What there is: names that a story can have at all. An empty field is not checked."""

    platforms: Collection[str] = ()
    outlets: Collection[str] = ()  #: names and ids
    languages: Collection[str] = ()
    floor: float = 0.0  #: what is less sure than this is never told, 0 to 1
    watched: bool = True  #: there is something on the watchlist
    works_of: WorksOf = field(default=own_key)
    groups: Mapping[str, str] = field(default_factory=dict)  #: platform -> owner: what is on TF1+ is TF1's, too


def findings(subscription: Subscription, world: World) -> tuple[Finding, ...]:
    """Say why a rule can never match, or that it always does; nothing for a sound rule."""
    match = subscription.match
    if subscription.operations or (subscription.preset == _EVERYTHING and match == ANYTHING):
        return ()
    facts = _facts(match, world)
    if not possible(_formula(match, world), facts):
        return tuple(_never(match, world, "")) or (_together(match, world, facts),)
    if not possible(Not(_formula(match, world)), facts):
        return (Finding(flaw=Flaw.EVERYTHING),)
    return ()


# ---- What a match asks, as a formula ----


def _formula(match: Match, world: World) -> Formula:
    return Both(tuple(formula for _, formula in _parts(match, world)))


def _parts(match: Match, world: World) -> Iterator[tuple[str, Formula]]:
    """Give what a match asks, each with its place: "platforms", "any", "none no. 1"."""
    for name in (*_CLOSED, "languages"):
        if asked := getattr(match, name):
            yield name, Is(name, frozenset(_value(value) for value in asked))
    if match.min_confidence > 0:
        yield "min_confidence", AtLeast(match.min_confidence)
    for name in _NAMES:
        if asked := getattr(match, name):
            yield name, Has(frozenset((name, key) for one in asked for key in _keys(name, one, world)))
    if match.watchlist:
        yield "watchlist", Has(frozenset({_WATCHED}))
    if match.any:
        yield "any", Either(tuple(_formula(one, world) for one in match.any))
    for number, one in enumerate(match.all, start=1):
        yield f"all no. {number}", _formula(one, world)
    for number, one in enumerate(match.none, start=1):
        yield f"none no. {number}", Not(_formula(one, world))


def _value(value: str) -> str:
    return title_key(value) if not isinstance(value, StrEnum) else str(value)


def _keys(name: str, one: str, world: World) -> Iterable[str]:
    """What a name is compared by, as in `conditions`."""
    if name == "words":
        return (words_of(one),)
    return world.works_of(one) if name == "works" else own_key(one)


def _facts(match: Match, world: World) -> Facts:
    """What holds of any story, of the names that a match asks for."""
    asked = {name for one in _inner(match) for name in _asked_names(one, world)}
    fields = {"languages", *(name for name, _ in asked)} & {"platforms", "outlets", "languages"}
    known = {name: {title_key(one) for one in getattr(world, name)} for name in fields}
    spoken = {title_key(one) for each in _inner(match) for one in each.languages}
    values = {name: frozenset(map(str, kind)) for name, kind in _CLOSED.items()}
    values["languages"] = frozenset(known["languages"] or spoken) | {_ANOTHER}
    never = {(name, key) for name, key in asked if known.get(name) and key not in known[name]}
    owners = {("platforms", title_key(one)): ("platforms", title_key(own)) for one, own in world.groups.items()}
    phrases = [(name, key) for name, key in asked if name == "words"]
    brings = {one: {other for other in phrases if other[1] in one[1]} for one in phrases}
    brings |= {one: {owner} for one, owner in owners.items()}
    return Facts(
        values=values,
        floor=world.floor,
        never=frozenset(never if world.watched else {*never, _WATCHED}),
        brings={one: frozenset(others) for one, others in brings.items()},
    )


def _inner(match: Match) -> Iterator[Match]:
    """Give a match and all that are in it, at any depth."""
    yield match
    for one in (*match.any, *match.all, *match.none):
        yield from _inner(one)


def _asked_names(match: Match, world: World) -> Iterator[Name]:
    return ((name, key) for name in _NAMES for one in getattr(match, name) for key in _keys(name, one, world))


def _together(match: Match, world: World, facts: Facts) -> Finding:
    """Name what of a match never holds together: as little of it as there is."""
    left = dict(_parts(match, world))
    for name in tuple(left):
        others = {other: formula for other, formula in left.items() if other != name}
        if not possible(Both(tuple(others.values())), facts):
            left = others
    without = next((name for name in left if name.startswith("none ")), "")
    if without:
        return Finding(flaw=Flaw.EXCLUDED, field=without)
    asked = (getattr(match, name) for name in left if name in (*_CLOSED, "languages", *_NAMES))
    values = tuple(dict.fromkeys(str(value) for values in asked for value in values))
    return Finding(flaw=Flaw.CONTRADICTION, field=" + ".join(left), values=values)


# ---- Why it never matches ----


def _never(match: Match, world: World, path: str) -> Iterator[Finding]:
    yield from _unknown(match, world, path)
    if match.watchlist and not world.watched:
        yield Finding(flaw=Flaw.EMPTY_WATCHLIST, field=f"{path}watchlist")
    possible = _possible(match)
    for name, values in possible.items():
        if not values:
            yield Finding(flaw=Flaw.CONTRADICTION, field=f"{path}{name}", values=_asked(match, name))
    for number, one in enumerate(match.none, start=1):
        if _covers(one, possible):
            yield Finding(flaw=Flaw.EXCLUDED, field=f"{path}none no. {number}")
    for number, one in enumerate(match.all, start=1):
        yield from _never(one, world, f"{path}all no. {number} ")
    alternatives = [
        tuple(_never(_narrowed(one, possible), world, f"{path}any no. {number} "))
        for number, one in enumerate(match.any, start=1)
    ]
    if alternatives and all(alternatives):
        yield from alternatives[0]


def _unknown(match: Match, world: World, path: str) -> Iterator[Finding]:
    for name in ("platforms", "outlets", "languages"):
        known = {title_key(one): one for one in getattr(world, name)}
        asked = getattr(match, name)
        if asked and known and not any(title_key(one) in known for one in asked):
            near = difflib.get_close_matches(title_key(asked[0]), list(known), n=1, cutoff=_ALIKE)
            meant = known[near[0]] if near else ""
            yield Finding(flaw=Flaw.UNKNOWN, field=f"{path}{name}", values=asked, near=meant)


def _possible(match: Match) -> dict[str, frozenset[StrEnum]]:
    """Give the values that a story can have in the closed fields, as far as the match and its `all` say."""
    possible: dict[str, frozenset[StrEnum]] = {}
    for name, vocabulary in _CLOSED.items():
        asked = [getattr(one, name) for one in (match, *match.all) if getattr(one, name)]
        possible[name] = frozenset(vocabulary).intersection(*asked)
    return possible


def _asked(match: Match, name: str) -> tuple[str, ...]:
    return tuple(sorted({str(value) for one in (match, *match.all) for value in getattr(one, name)}))


def _narrowed(match: Match, possible: Mapping[str, frozenset[StrEnum]]) -> Match:
    """Put what the outer match asks of the closed fields into an alternative, so that both are seen together."""
    return replace(match, all=(*match.all, Match(**possible)))  # type: ignore[arg-type]


def _covers(match: Match, possible: Mapping[str, frozenset[StrEnum]]) -> bool:
    """Tell whether a match holds for all that is possible: it asks for closed fields only, and for no less."""
    names = (match.platforms, match.works, match.people, match.producers, match.outlets, match.languages, match.words)
    if any(names) or match.watchlist or match.min_confidence > 0 or match.any or match.all or match.none:
        return False
    return all(not getattr(match, name) or possible[name] <= getattr(match, name) for name in _CLOSED)
