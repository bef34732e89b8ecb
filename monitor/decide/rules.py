"""Who hears of it, and where: subscriptions against what an article opened, changed or repeated."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.decide.stories import title_key
from monitor.types import Delivery, StoryChange, Subscription
from monitor.vocabulary import Event, Prominence

Told = Collection[tuple[str, str, str]]  #: (story id, subscription, target) of every delivery owed or made


def matches(subscription: Subscription, change: StoryChange, *, language: str | None) -> bool:
    """Tell whether a subscription wants a story as it stands after an article in a language.

    A status that is not wanted is let through as an update: who was told of a renewal must hear that it is denied.
    """
    story = change.story
    works = {title_key(work) for work in subscription.works}
    return (
        story.kind in subscription.kinds
        and (story.status in subscription.statuses or "status" in change.changed)
        and story.origin in subscription.origins
        and story.confidence >= subscription.min_confidence
        and change.announcement.prominence in subscription.prominences
        and _any_of(subscription.languages, [language] if language else [])
        and _any_of(tuple(map(title_key, subscription.platforms)), [title_key(name) for name in story.platforms])
        and (not works or (story.title is not None and title_key(story.title) in works))
    )


def owed(
    changes: Sequence[StoryChange],
    joined: Sequence[StoryChange],
    subscriptions: Sequence[Subscription],
    *,
    told: Told,
    article_url: str,
    language: str | None,
    told_at: datetime,
    fresh: timedelta,
    now: datetime,
) -> tuple[Delivery, ...]:
    """Give the messages an article causes: at most one a subscription and target, the headline's story first.

    Nothing is owed for an article older than `fresh`. A story that a subscriber never heard of is new to them even
    when other outlets had it first, as long as the story itself is fresh or has just changed: it may have been too
    uncertain for their rule until this article.
    """
    if now - told_at > fresh:
        return ()
    deliveries = []
    for subscription in subscriptions:
        for target in subscription.targets:
            wanted = [
                event
                for change in (*changes, *joined)
                if (event := _event(change, subscription, target, told, language, now - fresh))
            ]
            if wanted:
                deliveries.append(_delivery(wanted, subscription, target, article_url, now))
    return tuple(deliveries)


def _event(
    change: StoryChange,
    subscription: Subscription,
    target: str,
    told: Told,
    language: str | None,
    fresh_since: datetime,
) -> StoryChange | None:
    """Give the change as this subscriber is to hear it, or None."""
    if not matches(subscription, change, language=language):
        return None
    if (change.story.id, subscription.name, target) in told:
        return change if change.changed else None
    if change.story.status not in subscription.statuses:
        return None
    if not change.changed and change.story.first_seen < fresh_since:
        return None
    return replace(change, event=Event.NEW)


def _delivery(
    wanted: Sequence[StoryChange], subscription: Subscription, target: str, article_url: str, now: datetime
) -> Delivery:
    event = Event.NEW if any(change.event is Event.NEW for change in wanted) else Event.UPDATE
    ordered = sorted(wanted, key=lambda change: change.announcement.prominence is not Prominence.HEADLINE)
    return Delivery(
        id=delivery_id(article_url, subscription.name, target, event),
        article_url=article_url,
        subscription=subscription.name,
        target=target,
        event=event,
        language=subscription.language,
        stories=tuple(dict.fromkeys(change.story.id for change in ordered)),
        next_try_at=now,
        created_at=now,
    )


def delivery_id(article_url: str, subscription: str, target: str, event: Event) -> str:
    """Make the idempotency key of a message: the same cause gives the same key, on any machine, at any time."""
    text = "\n".join((article_url, subscription, target, event))
    return "d-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _any_of(wanted: Sequence[str], present: Sequence[str]) -> bool:
    return not wanted or bool(set(wanted) & set(present))
