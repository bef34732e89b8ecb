"""Which works a name that somebody typed may mean."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection
from dataclasses import dataclass

#: How many names are offered when none fits, and how alike they must be, 0 to 1: "Misions" is 0.93 like "Missions".
OFFERED = 3
ALIKE = 0.6


@dataclass(frozen=True, kw_only=True, slots=True)
class Meant:
    """The titles that a name means, or else those that it may have been meant for."""

    titles: tuple[str, ...] = ()
    near: tuple[str, ...] = ()  #: the most alike first


def meant(name: str, titles: Collection[str], *, naming: Callable[[str], str]) -> Meant:
    """Find what a name means: the work of that name, else those with all its words, else those that look like it.

    Args:
        naming: a title as outlets write it -> the key of its work.
    """
    keys = {title: naming(title) for title in titles}
    wanted = naming(name)
    found = [title for title, key in keys.items() if key == wanted]
    words = set(wanted.split())
    found = found or [title for title, key in keys.items() if words and words <= set(key.split())]
    if found:
        return Meant(titles=tuple(sorted(found)))
    by_key = {key: title for title, key in sorted(keys.items(), reverse=True)}
    near = difflib.get_close_matches(wanted, list(by_key), n=OFFERED, cutoff=ALIKE)
    return Meant(near=tuple(by_key[key] for key in near))
