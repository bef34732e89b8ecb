"""Names of works, people and outlets, all made up, and what else the papers write: out of words.toml."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from monitor.decide.naming import title_key

#: Fewer edits than this between two titles, and a reader could take one for a slip of the other.
_APART = 4

_WORDS: Mapping[str, Any] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
OUTLETS: Mapping[str, Sequence[str]] = _WORDS["outlets"]
REGIONS: Mapping[str, Sequence[str]] = _WORDS["regions"]
ORDINARY: Mapping[str, Sequence[Sequence[str]]] = _WORDS["ordinary"]
ORDINALS: Mapping[str, Sequence[str]] = _WORDS["ordinals"]  #: of seasons, feminine in French, from the first
MONTHS: Mapping[str, Sequence[str]] = _WORDS["months"]
WEEKDAYS: Sequence[str] = _WORDS["weekdays"]  #: French
BUYERS = ("Netflix", "Prime Video", "Disney+", "Canal+", "Arte", "France 2", "France 3", "TF1", "M6", "HBO Max")
SIBLING = {"TF1": "TF1+", "M6": "M6+", "France 2": "france.tv"}  #: of a broadcaster, its own streamer
GENRES = {"thriller": "thriller", "comédie": "comedy", "drame": "drama", "polar": "crime drama", "saga": "saga"}


def titles(chance: random.Random, *, foreign: bool = False) -> Iterator[str]:
    """Give titles that nobody could take for one another, French or English, without end."""
    keys: list[str] = []
    while True:
        title = _foreign(chance) if foreign else _french(chance)
        key = title_key(title)
        if all(Levenshtein.distance(key, other, score_cutoff=_APART) >= _APART for other in keys):
            keys.append(key)
            yield title


def _french(chance: random.Random) -> str:
    thing, other = chance.sample(_WORDS["things"], 2)
    town, quality = place(chance), chance.choice(_WORDS["qualities"])
    one = f"{_the(chance.choice(_WORDS['feminines']), up=True)} {quality}"
    return chance.choice((f"Les {thing} de {town}", one, f"{thing} et {other.lower()}", f"{town}, {_the(quality)}"))


def _the(word: str, *, up: bool = False) -> str:
    noun = word.capitalize() if up else word
    article = "l’" if word[0] in "aeiouéè" else "la "
    return (article.capitalize() if up else article) + noun


def _foreign(chance: random.Random) -> str:
    quality = chance.choice(_WORDS["foreign_qualities"])
    noun, other = chance.sample(_WORDS["foreign_things"], 2)
    return chance.choice((f"The {quality} {noun}", f"{quality} {noun}", f"{noun} of the {other}"))


def people(chance: random.Random) -> Iterator[str]:
    """Give people, each once, and then again from the first on."""
    names = [f"{first} {last}" for first in _WORDS["first_names"] for last in _WORDS["last_names"]]
    chance.shuffle(names)
    while True:
        yield from names


def place(chance: random.Random) -> str:
    """Give the name of a town."""
    return str(chance.choice(_WORDS["places"]))
