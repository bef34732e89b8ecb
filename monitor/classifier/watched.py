"""The user's own works, people and producers, added to what the gazetteer knows: facts in, facts out."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.classifier.text import name_key
from monitor.types import Watch, WatchedWork
from monitor.vocabulary import Origin

#: What gazetteer.toml holds, by section.
Facts = Mapping[str, list[dict[str, object]]]


def with_watched(facts: Facts, watch: Watch) -> Facts:
    """Add watched works, people and producers to the gazetteer's facts.

    A work that the gazetteer has, by whichever of its names, is extended: it gets the further names and platforms and
    keeps its seasons, year and origin; only an origin or ambiguity that the user states replaces the gazetteer's.
    """
    works = [dict(work) for work in facts.get("works", ())]
    platforms = _platforms(facts)
    for watched in watch.works:
        on = tuple(dict.fromkeys(platforms.get(name_key(name), name) for name in watched.on))
        same = [work for work in works if name_key(watched.title) in _names(work)]
        for known in same:
            known.update(_extended(known, watched, on))
        if not same:
            works.append(_new(watched, on))
    named = {name_key(str(person["name"])) for person in facts.get("people", ())}
    people: list[dict[str, object]] = [{"name": name} for name in watch.people if name_key(name) not in named]
    makers = {name_key(str(name)) for one in facts.get("producers", ()) for name in (one["name"], *_texts(one, "also"))}
    producers: list[dict[str, object]] = [
        {"name": name, "country": "FR"} for name in watch.producers if name_key(name) not in makers
    ]
    return {
        **facts,
        "works": works,
        "people": [*facts.get("people", ()), *people],
        "producers": [*facts.get("producers", ()), *producers],
    }


def _extended(work: dict[str, object], watched: WatchedWork, on: tuple[str, ...]) -> dict[str, object]:
    """Give what a user adds to a work that the gazetteer has."""
    names = dict.fromkeys((*_texts(work, "also"), watched.title, *watched.also))
    more: dict[str, object] = {
        "also": [name for name in names if name != work["title"]],
        "on": list(dict.fromkeys((*_texts(work, "on"), *on))),
    }
    if watched.origin is not None:
        more["origin"] = watched.origin.value
    if watched.ambiguous is not None:
        more["ambiguous"] = watched.ambiguous
    return more


def _new(watched: WatchedWork, on: tuple[str, ...]) -> dict[str, object]:
    """Describe a work that only the user knows; one word alone may be an everyday word, so it needs a sign."""
    one_word = len(watched.title.split()) == 1
    return {
        "title": watched.title,
        "also": list(watched.also),
        "origin": (watched.origin or (Origin.UNKNOWN if watched.listed else Origin.FRENCH)).value,
        "on": list(on),
        "ambiguous": one_word if watched.ambiguous is None else watched.ambiguous,
    }


def _names(work: Mapping[str, object]) -> set[str]:
    return {name_key(str(name)) for name in (work["title"], *_texts(work, "also"))}


def _platforms(facts: Facts) -> dict[str, str]:
    """Give every spelling of a platform its name."""
    return {
        name_key(str(spelling)): str(platform["name"])
        for platform in facts.get("platforms", ())
        for spelling in (*_texts(platform, "weak"), *_texts(platform, "also"), platform["name"])
    }


def _texts(facts: Mapping[str, object], key: str) -> tuple[str, ...]:
    values = facts.get(key, ())
    return tuple(str(value) for value in values) if isinstance(values, list | tuple) else ()
