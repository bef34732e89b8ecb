"""Values as `--json` shows them: the keys here are promised to programs, see docs/commands.md."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from crawler import Article, Rejected
from monitor.alerts.context import DeliveryContext
from monitor.decide import blindness, health
from monitor.types import Announcement, Delivery, Source, SourceState, Story

if TYPE_CHECKING:
    from monitor.pages import Pages
    from monitor.store.values import StoredEntry

Shape = dict[str, object]


def announcement(item: Announcement) -> Shape:
    """Give what an announcement says, how sure it is, and the sentence."""
    return {
        "kind": item.kind.value,
        "title": item.title,
        "also": list(item.also),
        "work_type": item.work_type.value,
        "season": item.season,
        "final": item.final,
        "rescued": item.rescued,
        "platforms": list(item.platforms),
        "producers": list(item.producers),
        "people": list(item.people),
        "status": item.status.value,
        "origin": item.origin.value,
        "prominence": item.prominence.value,
        "confidence": round(item.confidence, 4),
        "evidence": item.evidence.sentence,
    }


def announcements(items: Sequence[Announcement]) -> list[Shape]:
    """Give each announcement, in the article's order."""
    return [announcement(item) for item in items]


def page(path: str, record: Article | Rejected, *, url: str | None) -> Shape:
    """Give what extraction made of a page, or why nothing."""
    if isinstance(record, Rejected):
        return {"path": path, "rejected": record.reason.value}
    return {
        "path": path,
        "url": url,
        "title": record.title,
        "text": record.text,
        "author": record.author,
        "published": moment(record.published),
        "language": record.language,
        "tier": record.tier.value,
    }


def story(item: Story) -> Shape:
    """Give a story as it stands."""
    return {
        "id": item.id,
        "kind": item.kind.value,
        "title": item.title,
        "season": item.season,
        "platforms": list(item.platforms),
        "status": item.status.value,
        "origin": item.origin.value,
        "first_seen": moment(item.first_seen),
        "outlets": list(item.outlets),
        "url": item.first_url,
    }


def delivery(item: Delivery) -> Shape:
    """Give a message: held, owed, sent, gathered into another or dead."""
    return {
        "id": item.id,
        "form": item.form.value,
        "state": item.state.value,
        "timing": item.timing.value,
        "event": item.event.value,
        "subscription": item.subscription,
        "target": item.target,
        "article": item.article_url,
        "stories": list(item.stories),
        "gathered_in": item.gathered_in,
        "attempts": item.attempts,
        "next_try_at": moment(item.next_try_at) if item.state.value in {"held", "owed"} else None,
        "sent_at": moment(item.sent_at),
        "error": item.last_error,
    }


def alert(context: DeliveryContext) -> Shape:
    """Give a message that a replay would have sent."""
    article = context.stories[0].article
    return {
        "subscription": context.delivery.subscription,
        "event": context.delivery.event.value,
        "article": article.url,
        "title": article.title,
        "outlet": article.outlet,
        "published": moment(article.published),
        "stories": [told.story.id for told in context.stories],
    }


def moment(value: datetime | None) -> str | None:
    """Write a UTC time as 2024-05-17T10:05:00Z."""
    return None if value is None else value.isoformat(timespec="seconds").replace("+00:00", "Z")


def source(one: Source, state: SourceState | None) -> Shape:
    """Give what a source is, and how its polls go; no state when it was never stored."""
    status = health.standing(state) if state else None
    return {
        "id": one.id,
        "name": one.name,
        "url": one.url,
        "kind": one.kind.value,
        "language": one.language,
        "topic": one.topic or None,
        "enabled": one.enabled,
        "fetch": one.fetch.value,
        "notes": one.notes or None,
        "status": status.value if status else None,
        "moved_to": state.moved_to if state else None,
        "last_poll": moment(state.last_poll_at) if state else None,
        "next_poll": moment(state.next_poll_at) if state and one.enabled else None,
        "failures": state.failures if state else 0,
        "error": state.error if state else None,
        "kept_at": moment(state.kept_at) if state and health.keeps(state) else None,
    }


def pages(seen: Pages) -> Shape:
    """Give what a source's pages have yielded, and whether they still do."""
    sight, length = blindness.sight(seen), blindness.typical_length(seen)
    return {
        "blind": sight.bad,
        "measure": sight.measure,
        "usually": round(sight.usually, 3),
        "lately": round(sight.lately, 3),
        "typical_length": round(length) if length else None,
        "ends": {how: round(share, 3) for how, share in blindness.shares(seen).items()},
    }


def entry(one: StoredEntry) -> Shape:
    """Give an entry of a source's listing and what became of it."""
    return {
        "url": one.entry.url,
        "title": one.entry.title,
        "seen": moment(one.first_seen),
        "outcome": one.outcome.value if one.outcome else None,
        "reason": one.reason,
    }
