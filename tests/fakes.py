"""Small builders of values: what a test does not say is ordinary."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from crawler import Article, Entry, Rejected, RejectReason, SourceKind, Tier
from monitor.types import Announcement, Change, Delivery, Evidence, Source, Story
from monitor.vocabulary import Event, Kind, Origin, Prominence, Status, WorkType

NOON = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


def a_source(id: str = "gazette", **fields: Any) -> Source:  # noqa: A002 -- the field's name
    values = {"name": id.title(), "url": f"https://{id}.example/feed", "kind": SourceKind.FEED, "language": "fr"}
    return Source(id=id, **{**values, **fields})


def an_entry(n: int = 1, **fields: Any) -> Entry:
    url = f"https://gazette.example/articles/{n}"
    values = {
        "source": "gazette",
        "url": url,
        "listed_url": f"{url}?utm_source=rss",
        "guid": f"guid-{n}",
        "title": f"Titre {n}",
        "summary": "Un résumé.",
        "published": NOON,
    }
    return Entry(**{**values, **fields})


def a_rejection(n: int = 1, **fields: Any) -> Rejected:
    entry = an_entry(n)
    values = {
        "order": "",
        "source": entry.source,
        "url": entry.url,
        "listed_url": entry.listed_url,
        "reason": RejectReason.TOO_SHORT,
        "fetched_at": NOON,
    }
    return Rejected(**{**values, **fields})


def an_article(n: int = 1, **fields: Any) -> Article:
    entry = an_entry(n)
    values = {
        "order": "",
        "source": entry.source,
        "url": entry.url,
        "listed_url": entry.listed_url,
        "title": entry.title,
        "summary": entry.summary,
        "text": f"La série numéro {n} aura une saison 2.\nElle est produite à Lyon.",
        "language": "fr",
        "author": "Zoé Ünsal",
        "published": NOON,
        "fetched_at": NOON,
        "tier": Tier.FAST,
        "quality": 0.75,
    }
    return Article(**{**values, **fields})


def an_announcement(**fields: Any) -> Announcement:
    values = {
        "kind": Kind.RENEWAL,
        "title": "Les Marées",
        "season": 2,
        "platforms": ("OCS", "France 2"),
        "producers": ("Atelier Sud",),
        "people": ("Inès Kaddour",),
        "origin": Origin.FRENCH,
        "confidence": 0.9,
        "evidence": Evidence(
            sentence="« Les Marées » aura une saison 2.", zone="headline", start=0, end=33, cues=('renew: "aura"',)
        ),
    }
    return Announcement(**{**values, **fields})


def a_change(**fields: Any) -> Change:
    values = {
        "at": NOON,
        "field": "opened",
        "before": None,
        "after": "confirmed",
        "outlet": "Gazette",
        "url": an_entry().url,
        "quote": "« Les Marées » aura une saison 2.",
    }
    return Change(**{**values, **fields})


def a_story(id: str = "s-000000000001", **fields: Any) -> Story:  # noqa: A002 -- the field's name
    values = {
        "kind": Kind.RENEWAL,
        "title": "Les Marées",
        "title_key": "marees",
        "season": 2,
        "work_type": WorkType.SERIES,
        "platforms": ("OCS", "France 2"),
        "origin": Origin.FRENCH,
        "status": Status.CONFIRMED,
        "prominence": Prominence.HEADLINE,
        "confidence": 0.9,
        "people": ("Inès Kaddour",),
        "first_seen": NOON,
        "outlets": ("Gazette",),
        "first_url": an_entry().url,
        "history": (a_change(),),
    }
    return Story(id=id, **{**values, **fields})


def a_delivery(id: str = "d-1", **fields: Any) -> Delivery:  # noqa: A002 -- the field's name
    values = {
        "article_url": an_entry().url,
        "subscription": "french-originals",
        "target": "terminal",
        "event": Event.NEW,
        "language": "fr",
        "stories": ("s-000000000001",),
        "due_at": NOON,
        "next_try_at": NOON,
        "created_at": NOON,
    }
    return Delivery(id=id, **{**values, **fields})
