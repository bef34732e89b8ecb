"""Which sources there are: the catalogue's, the user's own, and which of them are polled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from crawler import SourceKind
from monitor.config.build import Draft
from monitor.config.check import nearest, seconds
from monitor.config.values import LeftOut
from monitor.types import Source
from monitor.vocabulary import FetchPolicy, Pace

#: What a source must have, unless the catalogue has it.
_NEEDED: Final = ("url", "kind", "language")

Catalogue = Mapping[str, Any]


def left_out(catalogue: Catalogue) -> tuple[LeftOut, ...]:
    """Read the listings the catalogue doesn't offer."""
    return tuple(LeftOut(**keys) for keys in catalogue["left_out"])


def sources(draft: Draft, catalogue: Catalogue) -> tuple[Source, ...]:
    """Give all sources, with `enabled` as the configuration has it."""
    offered = {keys["id"]: keys for keys in catalogue["source"]}
    default = draft.tree["sources"]["catalogue"]
    known = {name: {**keys, "enabled": default and keys.get("enabled", True)} for name, keys in offered.items()}
    for number, keys in enumerate(draft.tree["source"]):
        if keys is not None and _is_sound(draft, number, offered):
            known[keys["id"]] = {"enabled": True, **known.get(keys["id"], {}), **keys}
    for name in _listed(draft, "enable", known, catalogue):
        known[name]["enabled"] = True
    for name in _listed(draft, "disable", known, catalogue):
        known[name]["enabled"] = False
    for name in set(draft.tree["sources"]["enable"]) & set(draft.tree["sources"]["disable"]):
        draft.report(("sources", "disable"), f'"{name}" is under enable as well')
    if not any(keys["enabled"] for keys in known.values()):
        draft.warn(("sources", "catalogue"), "no source is enabled: nothing will be polled")
    return tuple(map(_source, known.values()))


def _is_sound(draft: Draft, number: int, offered: Mapping[str, Any]) -> bool:
    """Check one [[source]] against the others and the catalogue."""
    own = draft.tree["source"]
    keys, where = own[number], ("source", number)
    name = keys["id"]
    if any(other is not None and other["id"] == name for other in own[:number]):
        draft.report((*where, "id"), f'"{name}" is the id of another [[source]]')
        return False
    if name not in offered and not all(key in keys for key in _NEEDED):
        given = draft.owner(where).tree["source"][number]
        missing = [key for key in _NEEDED if key not in given]
        if not missing:
            return False  # what is there was wrong, which is reported already
        draft.report(
            where, f'"{name}" is not in the catalogue, so it needs {", ".join(missing)}{nearest(name, offered)}'
        )
        return False
    twin = next(
        (each["id"] for each in offered.values() if each["url"] == keys.get("url") and each["id"] != name), None
    )
    if twin:
        draft.report((*where, "url"), f'the catalogue has this address as "{twin}"; put that under [sources] enable')
    return True


def _listed(draft: Draft, key: str, known: Mapping[str, Any], catalogue: Catalogue) -> list[str]:
    """Give the ids in a list that exist; report the others."""
    reasons = {keys["id"]: keys["reason"] for keys in catalogue["left_out"]}
    names = list(dict.fromkeys(draft.tree["sources"][key]))
    for name in (name for name in names if name not in known):
        says = f'there is no source "{name}"{nearest(name, known)}'
        if name in reasons:
            says = f'"{name}" was left out of the catalogue: {reasons[name]}'
        draft.report(("sources", key), says)
    return [name for name in names if name in known]


def _source(keys: Mapping[str, Any]) -> Source:
    """Make one; a key left out means the default."""
    values = {"name": keys["id"], **keys, "kind": SourceKind(keys["kind"])}
    values["outlet"] = keys.get("outlet", values["name"])
    for key in ("allow", "deny"):
        values[key] = tuple(keys.get(key, ()))
    if "fetch" in keys:
        values["fetch"] = FetchPolicy(keys["fetch"])
    if "rhythm" in keys:
        values["rhythm"] = Pace(keys["rhythm"])
    if "interval" in keys:
        values["interval"] = timedelta(seconds=seconds(keys["interval"]))
    if "delay" in keys:
        values["delay"] = seconds(keys["delay"])
    return Source(**values)
