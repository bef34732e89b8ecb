"""Owing messages, in the transaction that decides them: each gets its time, and what goes out now its job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from monitor import queue
from monitor.decide import when
from monitor.decide.heard import repeated
from monitor.queue import JobKind, Owed
from monitor.store import Tx, deliveries, heard, held
from monitor.subscribing import Subscription
from monitor.types import Delivery, Story
from monitor.vocabulary import DeliveryState

#: The longest local day there is, and an hour: what `max_per_day` counts lies within.
_DAY = timedelta(hours=26)


def timed(
    tx: Tx,
    owed: Sequence[Delivery],
    subscriptions: Sequence[Subscription],
    stories: Mapping[str, Story],
    *,
    now: datetime,
) -> tuple[Delivery, ...]:
    """Give each message its time, by what its reader had lately; `stories` are all that are told, as they are now."""
    if not owed:
        return ()
    return when.timed(
        owed,
        {subscription.name: subscription for subscription in subscriptions},
        {story.id: story.status for story in stories.values()},
        heard=deliveries.told(tx, list(stories), waiting=False),
        unsent=held.unsent(tx, list(stories)),
        repeated=repeated(heard.last_told(tx, list(stories)), stories),
        paces=lately(tx, [one.subscription for one in owed], now=now),
        now=now,
    )


def lately(tx: Tx, subscriptions: Sequence[str], *, now: datetime) -> dict[tuple[str, str], list[datetime]]:
    """Tell when messages of these went out, by subscription and target, as far back as their time depends on it."""
    return deliveries.paces(tx, subscriptions, since=now - _DAY)


def owe(tx: Tx, owed: Sequence[Delivery]) -> list[Delivery]:
    """Keep messages, with a job for each that is not held; those that were not owed or made before.

    All at once: ten thousand readers who want one story would keep the store for ten seconds, one after another.
    """
    new = deliveries.owe_all(tx, owed)
    added = [delivery for delivery in {one.id: one for one in owed}.values() if delivery.id in new]
    at_once = [delivery for delivery in added if delivery.state is not DeliveryState.HELD]
    waiting = held.waiting_for(tx, {story for delivery in at_once for story in delivery.stories})
    for delivery in at_once:
        if (delivery.subscription, delivery.target) in waiting:
            held.withdraw(tx, delivery)
    queue.enqueue_all(tx, [_job(delivery) for delivery in at_once])
    return added


def enqueue(tx: Tx, delivery: Delivery) -> None:
    """Owe the job that sends a message."""
    queue.enqueue_all(tx, [_job(delivery)])


def _job(delivery: Delivery) -> Owed:
    return Owed(
        kind=JobKind.DELIVER,
        key=delivery.id,
        host=delivery.target,
        due_at=delivery.next_try_at,
        payload=delivery.id,
    )
