"""Reads [watch]: the works, people and producers that the classifier is to know besides its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monitor.config.build import Draft
from monitor.types import Watch, WatchedWork
from monitor.vocabulary import Origin


def watch(draft: Draft) -> Watch:
    """Read [watch]; a work given as text is one with that title."""
    keys = draft.tree["watch"]
    works = [_work({"title": given} if isinstance(given, str) else given) for given in keys["works"]]
    _once(draft, "works", [name for work in works for name in (work.title, *work.also)])
    _once(draft, "people", keys["people"])
    _once(draft, "producers", keys["producers"])
    return Watch(
        works=tuple(works),
        people=tuple(name.strip() for name in keys["people"]),
        producers=tuple(name.strip() for name in keys["producers"]),
    )


def _work(keys: Mapping[str, Any]) -> WatchedWork:
    origin = keys.get("origin")
    return WatchedWork(
        title=keys["title"].strip(),
        also=tuple(name.strip() for name in keys.get("also", ())),
        origin=Origin(origin) if origin else None,
        on=tuple(keys.get("on", ())),
        ambiguous=keys.get("ambiguous"),
    )


def _once(draft: Draft, key: str, names: list[str]) -> None:
    """Report a name that is given twice: which of two entries counts could not be told."""
    seen: set[str] = set()
    for name in names:
        if name.strip().casefold() in seen:
            draft.report(("watch", key), f'"{name.strip()}" is there twice')
        seen.add(name.strip().casefold())
