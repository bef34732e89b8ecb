"""Can a rule ever match? What contradicts itself, asks for what does not exist, or asks for nothing. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from monitor.decide.matching import WorksOf, own_key
from monitor.decide.naming import title_key
from monitor.subscribing import Match, Subscription
from monitor.vocabulary import Kind, Origin, Prominence, Status, WorkType

_CLOSED: Final[Mapping[str, type[StrEnum]]] = {
    "kinds": Kind,
    "statuses": Status,
    "origins": Origin,
    "work_types": WorkType,
    "prominences": Prominence,
}
_ALIKE: Final = 0.6  #: how alike a name must be to be offered, 0 to 1


class Flaw(StrEnum):
    """What is wrong with a rule."""

    CONTRADICTION = "contradiction"  #: two of its conditions never hold together
    UNKNOWN = "unknown"  #: it asks for names that are not there, and for nothing else in that field
    EMPTY_WATCHLIST = "empty_watchlist"
    EXCLUDED = "excluded"  #: `none` leaves nothing over
    EVERYTHING = "everything"  #: it asks for nothing


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
    watched: bool = True  #: there is something on the watchlist
    works_of: WorksOf = field(default=own_key)


def findings(subscription: Subscription, world: World) -> tuple[Finding, ...]:
    """Say why a rule can never match, or that it always does; nothing for a sound rule."""
    if subscription.operations:
        return ()
    found = tuple(_never(subscription.match, world, ""))
    return found or tuple(_always(subscription.match))


def _always(match: Match) -> Iterator[Finding]:
    """A match that asks for nothing, in whatever words."""
    closed = all(getattr(match, name) in {frozenset(), frozenset(kind)} for name, kind in _CLOSED.items())
    names = any((match.platforms, match.works, match.people, match.producers, match.outlets, match.languages))
    asks = names or match.words or match.watchlist or match.min_confidence > 0 or match.any or match.all or match.none
    if closed and not asks:
        yield Finding(flaw=Flaw.EVERYTHING)


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
