"""When a message goes out: at once, at a digest's hour, after quiet hours, or in the morning after too many."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from crawler import check_utc
from monitor.decide.hours import instant, local_day, next_slot, quiet_until
from monitor.decide.rules import delivery_id
from monitor.subscribing import Deliver, Rhythm, Subscription
from monitor.types import Delivery
from monitor.vocabulary import DeliveryState, Event, Status, Timing

#: What `max_per_hour` counts over.
_STORM_SPAN = timedelta(hours=1)
#: The rest of a storm is gathered at a full hour, but not at one so near that hardly anything would be in it.
_STORM_WAIT = timedelta(minutes=15)
#: What exceeds an instant subscription's `max_per_day` is told at this local hour of the next day.
MORNING = time(8)

Heard = Collection[tuple[str, str, str]]  #: (story id, subscription, target): told, or owed with nothing to wait for
Paces = Mapping[tuple[str, str], Sequence[datetime]]  #: (subscription, target) -> when messages went out lately


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """When a message goes out, and what decided it."""

    at: datetime  #: `now` for what goes out at once
    timing: Timing

    def __post_init__(self) -> None:
        check_utc(self.at)


def due(subscription: Subscription, statuses: Collection[Status], sent: Sequence[datetime], *, now: datetime) -> Due:
    """Say when a message about stories of these statuses goes out.

    The most urgent of them decides: one article is one message. A digest goes out at the hour the user asked for,
    quiet or not, and however many the day had; what goes out at once obeys both, and counts the digest as one.

    Args:
        statuses: none for what is no story.
        sent: when messages of this subscription went out to this target, over the last day and more.
    """
    options = [_asked(subscription, subscription.escalate.of(status), sent, now) for status in statuses]
    return min(options or [_asked(subscription, None, sent, now)], key=lambda option: option.at)


def _asked(subscription: Subscription, escalated: Deliver | None, sent: Sequence[datetime], now: datetime) -> Due:
    """Say when something goes out as the subscription, or what it says of a status, asks for."""
    deliver = escalated or subscription.deliver
    if deliver.rhythm is not Rhythm.INSTANT:
        at = next_slot(deliver, subscription.zone, after=now)
        return Due(at=at, timing=Timing.ESCALATION if escalated else Timing.DIGEST)
    told = _told(subscription, sent, now)
    return replace(told, timing=Timing.ESCALATION) if escalated and told.timing is Timing.INSTANT else told


def _told(subscription: Subscription, sent: Sequence[datetime], now: datetime) -> Due:
    """Say when something goes out that would at once: later if the day or the hour had its share, or it is quiet."""
    if _day_is_full(subscription, sent, now):
        return _after_cap(subscription, now)
    stormy = _hour_is_full(subscription, sent, now)
    asked = Due(at=_after_storm(now), timing=Timing.STORM) if stormy else Due(at=now, timing=Timing.INSTANT)
    return _after_quiet(subscription, asked)


def _hour_is_full(subscription: Subscription, sent: Sequence[datetime], now: datetime) -> bool:
    most = subscription.max_per_hour
    return most is not None and sum(one > now - _STORM_SPAN for one in sent) >= most


def _day_is_full(subscription: Subscription, sent: Sequence[datetime], now: datetime) -> bool:
    if subscription.max_per_day is None:
        return False
    today = local_day(now, subscription.zone)
    return sum(local_day(one, subscription.zone) == today for one in sent) >= subscription.max_per_day


def _after_quiet(subscription: Subscription, asked: Due) -> Due:
    end = quiet_until(subscription.quiet, subscription.zone, now=asked.at)
    timing = Timing.QUIET if asked.timing is Timing.INSTANT else asked.timing
    return asked if end is None else Due(at=end, timing=timing)


def _digest_of(subscription: Subscription) -> Deliver | None:
    """Give the digest that a subscription has besides what it sends at once."""
    delivers = (subscription.deliver, *(deliver for _, deliver in subscription.escalate.by_status))
    return next((deliver for deliver in delivers if deliver.rhythm is not Rhythm.INSTANT), None)


def _after_cap(subscription: Subscription, now: datetime) -> Due:
    """Say that it waits for the next digest; without one, for the next morning."""
    digest = _digest_of(subscription)
    if digest is not None:
        return Due(at=next_slot(digest, subscription.zone, after=now), timing=Timing.CAP)
    morning = instant(local_day(now, subscription.zone) + timedelta(days=1), MORNING, subscription.zone)
    return _after_quiet(subscription, Due(at=morning, timing=Timing.CAP))


def _after_storm(now: datetime) -> datetime:
    full_hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return full_hour if full_hour - now >= _STORM_WAIT else full_hour + timedelta(hours=1)


def timed(
    owed: Sequence[Delivery],
    subscriptions: Mapping[str, Subscription],
    statuses: Mapping[str, Status],
    *,
    heard: Heard,
    paces: Paces,
    now: datetime,
    unsent: Heard = (),
    repeated: Heard = (),
) -> tuple[Delivery, ...]:
    """Give each message its time; what has to wait is held.

    A story that a reader was only going to hear of is new to them still; when it is no longer what they asked for
    (denied meanwhile), they need not hear of it at all.

    Args:
        statuses: of each story that the messages tell, as it is now.
        unsent: of what is `heard`, what nobody has begun to send: a message that goes out at once takes its place.
        repeated: of what is `heard`, what is as it was told: no news, whatever happened in between.
    """
    worth = (_worth(one, subscriptions[one.subscription], statuses, heard, repeated) for one in owed)
    times = (_timed(one, subscriptions[one.subscription], statuses, paces, now) for one in worth if one.stories)
    begun = set(heard) - set(unsent)
    return tuple(_as_heard(one, heard if one.state is DeliveryState.HELD else begun) for one in times)


def _worth(
    delivery: Delivery, subscription: Subscription, statuses: Mapping[str, Status], heard: Heard, repeated: Heard
) -> Delivery:
    """Leave out what its reader never heard of and did not ask for, and what they were told already."""
    wanted = wanted_statuses(subscription)
    reader = (delivery.subscription, delivery.target)
    told = [one for one in delivery.stories if (one, *reader) in heard]
    kept = tuple(
        one for one in delivery.stories if ((one, *reader) not in repeated if one in told else statuses[one] in wanted)
    )
    return delivery if kept == delivery.stories else replace(delivery, stories=kept)


def wanted_statuses(subscription: Subscription) -> Collection[Status]:
    """Give the statuses that a subscription asks for."""
    return subscription.match.statuses or frozenset(Status)


def _timed(
    delivery: Delivery,
    subscription: Subscription,
    statuses: Mapping[str, Status],
    paces: Paces,
    now: datetime,
) -> Delivery:
    sent = paces.get((delivery.subscription, delivery.target), ())
    found = due(subscription, {statuses[story] for story in delivery.stories}, sent, now=now)
    state = DeliveryState.HELD if found.at > now else DeliveryState.OWED
    return replace(delivery, state=state, due_at=found.at, next_try_at=found.at, timing=found.timing)


def _as_heard(delivery: Delivery, heard: Heard) -> Delivery:
    known = all((story, delivery.subscription, delivery.target) in heard for story in delivery.stories)
    event = Event.UPDATE if known else Event.NEW
    if event is delivery.event:
        return delivery
    key = delivery_id(delivery.article_url, delivery.subscription, delivery.target, event)
    return replace(delivery, id=key, event=event)
