"""Small builders for what articles announce."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from monitor.decide import news
from monitor.decide.news import Placed, Telling
from monitor.types import Announcement, Evidence, Story
from monitor.vocabulary import Kind, Origin

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
GROUPS = {"TF1+": "TF1", "france.tv": "France Télévisions", "France 2": "France Télévisions"}


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


def told(
    *announcements: Announcement,
    known: Sequence[Story] = (),
    outlet: str = "La Lune",
    at: datetime = NOW,
    url: str | None = None,
) -> Placed:
    """Place what one article says among the stories known."""
    address = url or f"https://{outlet.lower().replace(' ', '-')}.example/{at:%Y%m%d%H%M}"
    return news.place(announcements, known, telling=Telling(outlet=outlet, url=address, at=at), groups=GROUPS)


def stories_of(*placings: Placed) -> list[Story]:
    """Give the stories as they stand after these placings, oldest state replaced by the newest."""
    latest: dict[str, Story] = {}
    for placing in placings:
        latest |= {change.story.id: change.story for change in (*placing.changes, *placing.joined)}
    return list(latest.values())
