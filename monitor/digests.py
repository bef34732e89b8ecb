"""Digests: when their hour has come, what was held goes out as one message, once.

Due times are stored, so a daemon that was down over an hour sends its digest at the next start. A digest, its job and
the end of what it gathers are one transaction: killed anywhere, either all of it is there or none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from monitor import owing
from monitor.decide import gathering, when
from monitor.pipeline import Log
from monitor.store import Store, Tx, deliveries, heard, held, stories
from monitor.subscribing import Subscription
from monitor.types import Delivery
from monitor.vocabulary import Form, Status


def gather(store: Store, subscriptions: Sequence[Subscription], *, now: datetime, log: Log) -> int:
    """Send on their way the messages whose hour has come; how many that makes."""
    with store.read() as tx:
        readers = held.due(tx, now=now)
    by_name = {subscription.name: subscription for subscription in subscriptions}
    made = 0
    for name, target in readers:
        with store.write() as tx:
            sent = _gather(tx, name, target, by_name.get(name), now)
        made += len(sent)
        for delivery in sent:
            log("digest", form=delivery.form, subscription=name, target=target, stories=len(delivery.stories))
    return made


def _gather(tx: Tx, name: str, target: str, subscription: Subscription | None, now: datetime) -> list[Delivery]:
    waiting = held.waiting(tx, name, target, until=now)
    notices = [one for one in waiting if one.form is Form.NOTICE]
    alerts = [one for one in waiting if one.form is Form.ALERT]
    return [*(_release(tx, one, now) for one in notices), *(_digest(tx, alerts, subscription, now) if alerts else [])]


def _digest(tx: Tx, waiting: list[Delivery], subscription: Subscription | None, now: datetime) -> list[Delivery]:
    told = {story.id: story for story in stories.by_ids(tx, _stories(waiting))}
    digest = gathering.gather(
        waiting,
        told,
        heard=deliveries.told(tx, list(told), waiting=False),
        last_told=heard.last_told(tx, list(told)),
        wanted=when.wanted_statuses(subscription) if subscription else frozenset(Status),
        now=now,
    )
    ids = [one.id for one in waiting]
    if digest is None:
        held.gathered(tx, ids, into=None)
        return []
    if digest.form is not Form.DIGEST:
        return [_release(tx, digest, now)]
    if not deliveries.owe(tx, digest):
        return _too_late(tx, waiting, subscription, {key: story.status for key, story in told.items()}, now)
    held.gathered(tx, ids, into=digest.id)
    owing.enqueue(tx, digest)
    return [digest]


def _too_late(
    tx: Tx,
    waiting: Sequence[Delivery],
    subscription: Subscription | None,
    statuses: Mapping[str, Status],
    now: datetime,
) -> list[Delivery]:
    """Give a new time to what was owed while its digest was made: there is one an hour, and it is on its way."""
    ready = []
    for delivery in waiting:
        told = {statuses[story] for story in delivery.stories if story in statuses}
        sent = owing.lately(tx, [delivery.subscription], now=now).get((delivery.subscription, delivery.target), ())
        due = when.due(subscription, told, sent, now=now) if subscription else None
        if due is not None and due.at > now:
            held.postpone(tx, [delivery.id], until=due.at)
        else:
            ready.append(_release(tx, delivery, now))
    return ready


def _release(tx: Tx, delivery: Delivery, now: datetime) -> Delivery:
    held.release(tx, [delivery.id], now=now)
    owing.enqueue(tx, delivery)
    return delivery


def _stories(waiting: Sequence[Delivery]) -> list[str]:
    return list(dict.fromkeys(story for delivery in waiting for story in delivery.stories))
