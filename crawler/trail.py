"""Where redirects have led an order so far: what is left of one that was given back, and goes on as another order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Trail:
    """An order that gives back what leads to another host, or what its host leaves it no time for."""

    url: str  #: where to go on
    hops: int = 0  #: redirects on the way there
    moved: bool = True  #: all of them were permanent
