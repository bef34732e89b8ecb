"""Where redirects have led an order so far: what is left of one that was given back, and goes on as another order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Trail:
    """An order that gives back what leads to another host, or what its host leaves it no time for.

    It goes through the queue, so everything in it is plain; lines are as `crawler.wire` writes them.
    """

    url: str  #: where to go on
    hops: int = 0  #: redirects on the way there
    moved: bool = True  #: all of them were permanent
    aside: str = ""  #: a site's robots.txt or tdmrep.json, which is asked for at `url`
    back: str = ""  #: where it goes on after that
    turns: int = 0  #: redirects of such files that led elsewhere so far
    known: str = ""  #: what was learned of a site on the way, a line
    index: str = ""  #: what was read so far of a sitemap's index, a line
