"""When a message goes out: at once, in a digest, after quiet hours, in the morning after too many."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fakes import a_delivery

from monitor.decide.rules import delivery_id
from monitor.decide.when import Due, due, timed
from monitor.subscribing import Deliver, Escalation, Quiet, Rhythm, Subscription
from monitor.vocabulary import DeliveryState, Event, Status, Timing

PARIS = ZoneInfo("Europe/Paris")
MORNING = Deliver(rhythm=Rhythm.DAILY, at=time(8))
NIGHT = Quiet(start=time(22), end=time(7, 30))
#: The user's own wish: certain things at once, hearsay in the morning.
CERTAIN = Escalation(by_status=((Status.CONFIRMED, Deliver()), (Status.RUMOURED, MORNING)))
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def at(text: str) -> datetime:
    """A time in Paris, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


def a_subscription(**fields: Any) -> Subscription:
    return Subscription(**{"name": "mine", "targets": ("phone",), **fields})


def ask(
    subscription: Subscription, now: datetime, *statuses: Status, sent: tuple[datetime, ...] = ()
) -> tuple[str, Timing]:
    found = due(subscription, statuses or (Status.CONFIRMED,), sent, now=now)
    return f"{found.at.astimezone(PARIS):%m-%d %H:%M}", found.timing


def test_an_instant_subscription_hears_at_once() -> None:
    assert due(a_subscription(), [Status.CONFIRMED], (), now=NOON) == Due(at=NOON, timing=Timing.INSTANT)


def test_a_digest_waits_for_its_hour_in_its_zone() -> None:
    paris, tokyo = a_subscription(deliver=MORNING), a_subscription(deliver=MORNING, zone="Asia/Tokyo")
    assert ask(paris, at("2026-03-14 13:00")) == ("03-15 08:00", Timing.DIGEST)
    assert ask(paris, at("2026-03-14 07:59")) == ("03-14 08:00", Timing.DIGEST)
    assert ask(paris, at("2026-03-14 08:00")) == ("03-15 08:00", Timing.DIGEST), "that hour's digest is on its way"
    assert ask(tokyo, at("2026-03-14 13:00")) == ("03-15 00:00", Timing.DIGEST)


def test_quiet_hours_hold_what_would_go_out_at_once() -> None:
    subscription = a_subscription(quiet=NIGHT)
    assert ask(subscription, at("2026-03-14 21:59")) == ("03-14 21:59", Timing.INSTANT)
    assert ask(subscription, at("2026-03-14 22:00")) == ("03-15 07:30", Timing.QUIET)
    assert ask(subscription, at("2026-03-15 07:30")) == ("03-15 07:30", Timing.INSTANT)


def test_the_hour_of_a_digest_wins_over_quiet_hours() -> None:
    early = Deliver(rhythm=Rhythm.DAILY, at=time(6))
    assert ask(a_subscription(deliver=early, quiet=NIGHT), at("2026-03-14 23:00")) == ("03-15 06:00", Timing.DIGEST)


def test_what_exceeds_the_day_waits_for_the_next_morning() -> None:
    subscription = a_subscription(max_per_day=2)
    sent = (at("2026-03-14 00:10"), at("2026-03-14 09:00"))
    assert ask(subscription, at("2026-03-14 10:00"), sent=sent) == ("03-15 08:00", Timing.CAP)
    assert ask(subscription, at("2026-03-14 10:00"), sent=sent[:1]) == ("03-14 10:00", Timing.INSTANT)
    assert ask(subscription, at("2026-03-15 00:00"), sent=sent) == ("03-15 00:00", Timing.INSTANT), "a new local day"


def test_what_was_sent_yesterday_is_not_counted_today() -> None:
    sent = (at("2026-03-13 23:59"), at("2026-03-14 09:00"))
    assert ask(a_subscription(max_per_day=2), at("2026-03-14 10:00"), sent=sent) == ("03-14 10:00", Timing.INSTANT)


def test_what_exceeds_the_day_goes_into_the_digest_that_there_is() -> None:
    evening = Deliver(rhythm=Rhythm.DAILY, at=time(18))
    escalate = Escalation(by_status=((Status.RUMOURED, evening),))
    subscription = a_subscription(max_per_day=1, escalate=escalate)
    assert ask(subscription, at("2026-03-14 10:00"), sent=(at("2026-03-14 09:00"),)) == ("03-14 18:00", Timing.CAP)


def test_a_morning_that_is_quiet_waits_until_it_is_not() -> None:
    subscription = a_subscription(max_per_day=0, quiet=Quiet(start=time(22), end=time(9)))
    assert ask(subscription, at("2026-03-14 10:00")) == ("03-15 09:00", Timing.CAP)


def test_digests_are_not_counted_against_the_day() -> None:
    subscription = a_subscription(deliver=MORNING, max_per_day=1)
    assert ask(subscription, at("2026-03-14 10:00"), sent=(at("2026-03-14 08:00"),)) == ("03-15 08:00", Timing.DIGEST)


def test_certainty_escalates() -> None:
    subscription = a_subscription(deliver=MORNING, escalate=CERTAIN)
    now = at("2026-03-14 10:00")
    assert ask(subscription, now, Status.CONFIRMED) == ("03-14 10:00", Timing.ESCALATION)
    assert ask(subscription, now, Status.RUMOURED) == ("03-15 08:00", Timing.ESCALATION)
    assert ask(subscription, now, Status.IN_DEVELOPMENT) == ("03-15 08:00", Timing.DIGEST)
    assert ask(subscription, now, Status.RUMOURED, Status.CONFIRMED) == ("03-14 10:00", Timing.ESCALATION), (
        "one article is one message, as urgent as the most urgent of its stories"
    )


def test_what_escalates_obeys_quiet_hours_too() -> None:
    subscription = a_subscription(deliver=MORNING, escalate=CERTAIN, quiet=NIGHT)
    assert ask(subscription, at("2026-03-14 23:00"), Status.CONFIRMED) == ("03-15 07:30", Timing.QUIET)


def test_a_storm_is_gathered_at_a_full_hour() -> None:
    now = at("2026-03-14 10:40")
    sent = tuple(now - timedelta(minutes=number) for number in range(20))
    assert ask(a_subscription(), now, sent=sent[:-1]) == ("03-14 10:40", Timing.INSTANT)
    assert ask(a_subscription(), now, sent=sent) == ("03-14 11:00", Timing.STORM)
    assert ask(a_subscription(), now + timedelta(minutes=10), sent=sent) == ("03-14 12:00", Timing.STORM)
    assert ask(a_subscription(), now + timedelta(hours=1), sent=sent) == ("03-14 11:40", Timing.INSTANT)


def test_how_many_messages_are_a_storm_is_the_readers_to_say() -> None:
    now = at("2026-03-14 10:40")
    sent = tuple(now - timedelta(seconds=number) for number in range(100))
    assert ask(a_subscription(max_per_hour=None), now, sent=sent) == ("03-14 10:40", Timing.INSTANT)
    assert ask(a_subscription(max_per_hour=3), now, sent=sent[:3]) == ("03-14 11:00", Timing.STORM)
    assert ask(a_subscription(max_per_hour=3), now, sent=sent[:2]) == ("03-14 10:40", Timing.INSTANT)


def test_a_storm_at_the_edge_of_the_night_waits_for_the_morning() -> None:
    now = at("2026-03-14 21:40")
    sent = tuple(now - timedelta(minutes=number) for number in range(20))
    assert ask(a_subscription(quiet=NIGHT), now, sent=sent) == ("03-15 07:30", Timing.STORM)


def test_what_is_no_story_goes_as_the_subscription_says() -> None:
    assert due(a_subscription(deliver=MORNING), (), (), now=NOON).timing is Timing.DIGEST
    assert due(a_subscription(escalate=CERTAIN), (), (), now=NOON).timing is Timing.INSTANT


@pytest.mark.parametrize(
    ("deliver", "state", "event"),
    [(Deliver(), DeliveryState.OWED, Event.NEW), (MORNING, DeliveryState.HELD, Event.NEW)],
)
def test_a_delivery_gets_its_time(deliver: Deliver, state: DeliveryState, event: Event) -> None:
    delivery = a_delivery(subscription="mine", target="phone", stories=("s-1",), next_try_at=NOON, created_at=NOON)
    subscription = a_subscription(deliver=deliver)
    (found,) = timed([delivery], {"mine": subscription}, {"s-1": Status.CONFIRMED}, heard=set(), paces={}, now=NOON)
    assert (found.state, found.event, found.due_at) == (state, event, found.next_try_at)
    assert (found.next_try_at == NOON) is (state is DeliveryState.OWED)


def test_an_update_of_what_was_only_held_is_new_to_its_reader() -> None:
    update = a_delivery(subscription="mine", target="phone", stories=("s-1",), event=Event.UPDATE)
    statuses = {"s-1": Status.CONFIRMED}
    (unheard,) = timed([update], {"mine": a_subscription()}, statuses, heard=set(), paces={}, now=NOON)
    assert unheard.event is Event.NEW
    assert unheard.id == delivery_id(update.article_url, "mine", "phone", Event.NEW)
    heard = {("s-1", "mine", "phone")}
    (known,) = timed([update], {"mine": a_subscription()}, statuses, heard=heard, paces={}, now=NOON)
    assert (known.event, known.id) == (Event.UPDATE, update.id)


def test_each_target_has_its_own_pace() -> None:
    subscription = a_subscription(max_per_day=1, targets=("phone", "mail"))
    owed = [a_delivery(f"d-{target}", subscription="mine", target=target) for target in subscription.targets]
    statuses = {"s-000000000001": Status.CONFIRMED}
    paces = {("mine", "phone"): [NOON - timedelta(hours=1)]}
    found = timed(owed, {"mine": subscription}, statuses, heard=set(), paces=paces, now=NOON)
    assert [one.timing for one in found] == [Timing.CAP, Timing.INSTANT]


def test_what_was_denied_before_its_digest_is_not_told() -> None:
    update = a_delivery(subscription="mine", target="phone", stories=("s-1", "s-2"), event=Event.UPDATE)
    statuses = {"s-1": Status.DENIED, "s-2": Status.CONFIRMED}
    mine = {"mine": a_subscription()}
    (found,) = timed([update], mine, statuses, heard=set(), paces={}, now=NOON)
    assert found.stories == ("s-2",)
    assert timed([replace(update, stories=("s-1",))], mine, statuses, heard=set(), paces={}, now=NOON) == ()
    (told,) = timed([update], mine, statuses, heard={("s-1", "mine", "phone")}, paces={}, now=NOON)
    assert told.stories == ("s-1", "s-2"), "who heard of it must hear that it is denied"
