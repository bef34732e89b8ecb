"""Small builders for what articles announce."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from monitor import lores
from monitor.data import folder
from monitor.decide import near, news
from monitor.decide.lore import Rules
from monitor.decide.naming import Names
from monitor.decide.news import Placed
from monitor.telling import Known, Telling, Ties
from monitor.types import Announcement, Evidence, Story
from monitor.vocabulary import Kind, Origin

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
GROUPS = {"TF1+": "TF1", "TMC": "TF1", **dict.fromkeys(("france.tv", "France 2", "France 3"), "France Télévisions")}


def says(title: str | None = "Osmosis", *, kind: Kind = Kind.NEW_ORIGINAL, **fields: object) -> Announcement:
    """Make an announcement: a French Netflix series, confirmed in the headline, unless told otherwise."""
    made = Announcement(
        kind=kind,
        title=title,
        platforms=("Netflix",),
        origin=Origin.FRENCH,
        confidence=0.9,
        evidence=Evidence(sentence=f"C'est dit : {title}.", zone="headline", start=0, end=10),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


RULES = Rules(
    names=Names(
        [
            ("Plus belle la vie", "PBLV"),
            ("Plus belle la vie, encore plus belle", "PBLV"),
            ("Dix pour cent", "Call My Agent!", "10 pour cent"),
            ("Les Combattantes", "Women at War"),
        ]
    ),
    groups=GROUPS,
    lore=lores.load(folder("config")),
)


def told(
    *announcements: Announcement,
    known: Sequence[Known] = (),
    outlet: str = "La Lune",
    at: datetime = NOW,
    url: str | None = None,
    ties: Ties | None = None,
    texts: Sequence[str] = (),
) -> Placed:
    """Place what one article says among the stories known."""
    address = url or f"https://{outlet.lower().replace(' ', '-')}.example/{at:%Y%m%d%H%M}"
    return news.place(
        announcements,
        known,
        telling=Telling(outlet=outlet, url=address, at=at),
        rules=RULES,
        ties=ties or Ties(),
        shingles=[near.shingles(text) for text in texts],
    )


def known_after(*placings: Placed) -> list[Known]:
    """Give the stories as they stand after these placings, each with what was told of it."""
    latest: dict[str, Known] = {}
    for placing in placings:
        latest |= {one.story.id: one for one in placing.kept}
        for gone in placing.merged or {}:
            latest.pop(gone, None)
    return list(latest.values())


def stories_of(*placings: Placed) -> list[Story]:
    """Give the stories as they stand after these placings."""
    return [one.story for one in known_after(*placings)]
