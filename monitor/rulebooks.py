"""Subscriptions made ready outside the daemon, with the names and the watchlist that it has: for trials and feeds."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from monitor import buyers
from monitor.config.values import Config
from monitor.data import folder
from monitor.decide.naming import Names
from monitor.decide.rulebook import Rulebook
from monitor.decide.soundness import World
from monitor.decide.watchlist import merged
from monitor.subscribing import Subscription
from monitor.types import Watch
from monitor.watching import WatchItem


def ready(config: Config, subscriptions: Sequence[Subscription], items: Iterable[WatchItem]) -> Rulebook:
    """Make subscriptions ready; `items` are those of the store's watchlist."""
    watch = merged(config.watch, items)
    return Rulebook(subscriptions, works_of=_names(watch).works, watch=watch, groups=buyers.load(folder("config")))


def _names(watch: Watch) -> Names:
    works = [(one.title, *one.also) for one in watch.works]
    return Names(works + [(one["title"], *one.get("also", ())) for one in _gazetteer()["works"]])


def world(config: Config, *, outlets: Iterable[str] = (), items: Iterable[WatchItem] | None = None) -> World:
    """Say which names a story can have at all.

    Args:
        outlets: names and ids of all there are; when empty, they are not checked.
        items: of the store's watchlist; None: not known, so that it counts as filled.
    """
    groups = buyers.load(folder("config"))
    watch = merged(config.watch, items or ())
    platforms = {str(one["name"]) for one in _gazetteer()["platforms"]} | {*groups, *groups.values()}
    return World(
        platforms=platforms | {name for work in watch.works for name in work.on},
        outlets=frozenset(outlets),
        languages={source.language for source in config.sources},
        floor=_floor(),
        watched=items is None or bool(watch.works or watch.people or watch.producers),
        works_of=_names(watch).works,
        groups=groups,
    )


@cache
def _floor() -> float:
    """Give the confidence below which nothing is told."""
    return float(json.loads((folder("config") / "model.json").read_text(encoding="utf-8"))["floor"])


@cache
def _gazetteer() -> dict[str, Any]:
    return tomllib.loads((folder("config") / "gazetteer.toml").read_text(encoding="utf-8"))
