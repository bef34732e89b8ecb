"""Reads [[subscriptions]]: a preset, laid under what the user says, laid over what everybody gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from monitor.config import phrases
from monitor.config.build import Draft
from monitor.config.check import Where, nearest
from monitor.config.read import merge
from monitor.config.values import TERMINAL
from monitor.subscribing import ANYTHING, INSTANT, USUAL, ZONE, Deliver, Escalation, Match, Subscription
from monitor.vocabulary import Kind, Origin, Prominence, Status, WorkType

Keys = Mapping[str, Any]
T = TypeVar("T")

_CLOSED: Final = {
    "kinds": Kind,
    "statuses": Status,
    "origins": Origin,
    "work_types": WorkType,
    "prominences": Prominence,
}
_NESTED: Final = frozenset({"any", "all", "none"})
#: How what a preset may need is written.
_WAYS: Final = {"works": 'match.works = ["..."]', "watchlist": "match.watchlist = true"}
#: What an operations subscription can't have, as it hears of no story.
_OF_STORIES: Final = ("match", "escalate", "preset")


def subscriptions(draft: Draft, presets: Mapping[str, Keys]) -> tuple[Subscription, ...]:
    """Read them all; `presets` are those of config/presets.toml, by name."""
    # Wrong targets count as known: their mistake is reported already.
    known = {TERMINAL, *(name for layer in draft.layers for name in _names(layer.tree.get("targets")))}
    read: list[Subscription] = []
    for number, keys in enumerate(draft.tree["subscriptions"]):
        if keys is None:
            continue
        where = ("subscriptions", number)
        for name in keys["targets"]:
            if name not in known:
                draft.report((*where, "targets"), f"there is no [targets.{name}]{nearest(name, known)}")
        if keys["name"] in {other.name for other in read}:
            draft.report((*where, "name"), f'"{keys["name"]}" is the name of another subscription')
        read.append(_subscription(draft, where, keys, presets))
    return tuple(read)


def match_of(keys: Keys, base: Match = ANYTHING) -> Match:
    """Make a match of checked keys: a list that is empty means any, a key left out is as in `base`."""
    values: dict[str, Any] = {}
    for key, value in keys.items():
        if key in _CLOSED:
            values[key] = frozenset(map(_CLOSED[key], value))
        elif key in _NESTED:
            values[key] = tuple(match_of(one) for one in value if one is not None)
        else:
            values[key] = tuple(value) if isinstance(value, list) else value
    return replace(base, **values)


def _subscription(draft: Draft, where: Where, given: Keys, presets: Mapping[str, Keys]) -> Subscription:
    keys = merge(_preset(draft, where, given, presets), given)
    _check_operations(draft, where, given)
    for path in _empty(draft.owner(where).tree["subscriptions"][where[-1]].get("match"), ()):
        says = "says nothing, so it would hold for every story; say what it asks, or take it away"
        draft.report((*where, "match", *path), says)
    return Subscription(
        name=keys["name"],
        targets=tuple(keys["targets"]),
        match=match_of(keys.get("match", {}), USUAL),
        deliver=_read(draft, (*where, "deliver"), keys.get("deliver"), phrases.deliver) or INSTANT,
        escalate=_escalation(draft, where, keys.get("escalate", {})),
        quiet=_read(draft, (*where, "quiet"), keys.get("quiet"), phrases.quiet),
        zone=_read(draft, (*where, "zone"), keys.get("zone"), phrases.zone) or ZONE,
        max_per_day=keys.get("max_per_day") or None,
        max_per_hour=keys.get("max_per_hour", 20) or None,
        language=keys.get("language", "fr"),
        template=keys.get("template", ""),
        operations=keys.get("operations", False),
        proof_of_life=_proof_of_life(draft, where, keys),
        preset=keys.get("preset", ""),
    )


def _preset(draft: Draft, where: Where, given: Keys, presets: Mapping[str, Keys]) -> dict[str, Any]:
    """Give what a preset says, and check that what it needs is there."""
    name = given.get("preset")
    if not name:
        return {}
    if name not in presets:
        there = nearest(name, presets) or f"; there are: {', '.join(presets)}"
        draft.report((*where, "preset"), f'there is no preset "{name}"{there}')
        return {}
    own = given.get("match", {})
    needs = presets[name].get("needs", ())
    if needs and not any(own.get(key) for key in needs):
        ways = " or ".join(_WAYS[key] for key in needs)
        draft.report((*where, "preset"), f'"{name}" needs {ways} beside it')
    return {key: value for key, value in presets[name].items() if key not in {"needs", "description"}}


def _escalation(draft: Draft, where: Where, keys: Keys) -> Escalation:
    read: list[tuple[Status, Deliver]] = []
    for name, phrase in keys.items():
        deliver = _read(draft, (*where, "escalate", name), phrase, phrases.deliver)
        if deliver is not None:
            read.append((Status(name), deliver))
    return Escalation(by_status=tuple(read))


def _check_operations(draft: Draft, where: Where, given: Keys) -> None:
    for key in _OF_STORIES:
        if given.get("operations") and given.get(key):
            says = "has no effect with operations = true, which sends no stories; make two subscriptions"
            draft.report((*where, key), says)


def _proof_of_life(draft: Draft, where: Where, keys: Keys) -> Deliver | None:
    here = (*where, "proof_of_life")
    hour = _read(draft, here, keys.get("proof_of_life"), phrases.deliver)
    if hour is not None and not keys.get("operations"):
        draft.report(here, "has an effect with operations = true only")
    if hour == INSTANT:
        draft.report(here, 'needs an hour, such as "weekly mon 08:00"')
        return None
    return hour


def _read(draft: Draft, where: Where, text: str | None, parse: Callable[[str], T]) -> T | None:
    """Read a phrase; None when it is empty, or wrong, which is then reported."""
    if not text:
        return None
    try:
        return parse(text)
    except ValueError as error:
        draft.report(where, str(error))
        return None


def _empty(match: object, path: Where) -> list[Where]:
    """Find the nested matches that ask for nothing, in what was written: what is wrong there is reported already."""
    if not isinstance(match, dict):
        return []
    found: list[Where] = []
    for key in sorted(_NESTED & match.keys()):
        for number, inner in enumerate(match[key] if isinstance(match[key], list) else ()):
            here = (*path, key, number)
            found += [here] if isinstance(inner, dict) and not any(inner.values()) else _empty(inner, here)
    return found


def _names(table: object) -> list[str]:
    return list(table) if isinstance(table, dict) else []
