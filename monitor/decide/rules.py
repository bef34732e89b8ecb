"""Who hears of it, and where: subscriptions against what an article opened, changed or repeated."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.decide.matching import Reading, matches, subject_of
from monitor.subscribing import Subscription
from monitor.types import Delivery, StoryChange
from monitor.vocabulary import Event, Prominence, Status

Told = Collection[tuple[str, str, str]]  #: (story id, subscription, target) of every delivery owed or made


def owed(
    changes: Sequence[StoryChange],
    joined: Sequence[StoryChange],
    subscriptions: Sequence[Subscription],
    *,
    told: Told,
    article_url: str,
    reading: Reading,
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
        for target in () if subscription.operations else subscription.targets:
            wanted = [
                event
                for change in (*changes, *joined)
                if (event := _event(change, subscription, target, told, reading, now - fresh))
            ]
            if wanted:
                deliveries.append(_delivery(wanted, subscription, target, article_url, now))
    return tuple(deliveries)


def _event(
    change: StoryChange,
    subscription: Subscription,
    target: str,
    told: Told,
    reading: Reading,
    fresh_since: datetime,
) -> StoryChange | None:
    """Give the change as this subscriber is to hear it, or None.

    A status that is not wanted is let through as an update: who was told of a renewal must hear that it is denied.
    """
    subject = subject_of(change.story, change.announcement, reading)
    if (change.story.id, subscription.name, target) in told:
        statuses = tuple(Status) if "status" in change.changed else (subject.status,)
        wanted = any(matches(subscription.match, replace(subject, status=status)) for status in statuses)
        return change if change.changed and wanted else None
    if not matches(subscription.match, subject):
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
