"""Held messages, on both databases: gathered at their hour, once, each story once and as it is then."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, time, timedelta
from typing import Any

import pytest
from desk import Desk, at
from fakes import an_announcement

from monitor import digests, owing, queue
from monitor.pipeline import Pipeline
from monitor.queue import JobKind
from monitor.store import Store, deliveries
from monitor.store.ties import merge
from monitor.subscribing import Deliver, Escalation, Match, Quiet, Rhythm, Subscription
from monitor.types import Announcement
from monitor.vocabulary import DeliveryState, Event, Form, Status, Timing

MORNING = Deliver(rhythm=Rhythm.DAILY, at=time(8))
NIGHT = Quiet(start=time(22), end=time(7, 30))
CERTAIN = Escalation(by_status=((Status.CONFIRMED, Deliver()),))
NOON = at("2026-03-14 12:00")


def renewed(title: str, status: Status = Status.CONFIRMED) -> Announcement:
    return an_announcement(title=title, status=status, people=())


def wants(**fields: Any) -> Subscription:
    return Subscription(**{"name": "mine", "targets": ("phone",), **fields})


def states(store: Store) -> list[tuple[str, str]]:
    with store.read() as tx:
        found = deliveries.listing(tx, limit=100)
    return sorted((str(one.form), str(one.state)) for one in found)


def test_a_digest_tells_at_its_hour_what_was_held(store: Store) -> None:
    desk = Desk(store, wants(deliver=MORNING), now=NOON)
    desk.say(renewed("Les Marées"))
    desk.go(at("2026-03-14 23:00"))
    desk.say(renewed("Le Phare"), outlet="lune")
    desk.go(at("2026-03-15 12:00"))
    assert desk.heard == [("03-15 08:00", "digest", ["Les Marées", "Le Phare"])]
    (context,) = desk.told
    assert [told.article.url for told in context.stories] == ["https://gazette.example/1", "https://lune.example/2"]
    assert [told.event for told in context.stories] == [Event.NEW, Event.NEW]
    assert (context.days, context.zone) == ((date(2026, 3, 14), date(2026, 3, 14)), "Europe/Paris")
    assert states(store) == [("alert", "gathered"), ("alert", "gathered"), ("digest", "sent")]


def test_a_day_without_news_has_no_digest(store: Store) -> None:
    desk = Desk(store, wants(deliver=MORNING), now=NOON)
    desk.go(at("2026-03-17 12:00"), every=timedelta(hours=1))
    assert desk.heard == []


def test_held_updates_collapse_into_the_story_as_it_is(store: Store) -> None:
    desk = Desk(store, wants(deliver=MORNING), now=NOON)
    desk.say(renewed("Les Marées", Status.RUMOURED))
    desk.now += timedelta(hours=1)
    desk.say(renewed("Les Marées", Status.CONFIRMED), outlet="lune")
    desk.go(at("2026-03-15 08:00"))
    assert desk.heard == [("03-15 08:00", "digest", ["Les Marées"])]
    (told,) = desk.told[0].stories
    assert (told.story.status, told.event, told.changed) == (Status.CONFIRMED, Event.NEW, ())
    assert told.article.url == "https://lune.example/2"


def test_the_next_digest_tells_what_changed_since_the_last(store: Store) -> None:
    desk = Desk(store, wants(deliver=MORNING), now=NOON)
    desk.say(renewed("Les Marées", Status.RUMOURED))
    desk.go(at("2026-03-15 12:00"))
    desk.say(renewed("Les Marées", Status.IN_DEVELOPMENT), outlet="lune")
    desk.say(renewed("Les Marées", Status.CONFIRMED), outlet="soleil")
    desk.go(at("2026-03-16 12:00"))
    assert [time for time, _, _ in desk.heard] == ["03-15 08:00", "03-16 08:00"]
    (told,) = desk.told[1].stories
    assert (told.event, told.changed, told.story.status) == (Event.UPDATE, ("status",), Status.CONFIRMED)
    assert desk.told[1].delivery.event is Event.UPDATE


def test_a_rumour_that_is_confirmed_goes_out_at_once_and_leaves_the_digest(store: Store) -> None:
    desk = Desk(store, wants(deliver=MORNING, escalate=CERTAIN), now=NOON)
    desk.say(renewed("Les Marées", Status.RUMOURED), renewed("Le Phare", Status.RUMOURED))
    desk.go(at("2026-03-14 15:00"))
    desk.say(renewed("Les Marées"), outlet="lune")
    desk.go(at("2026-03-16 12:00"))
    assert desk.heard == [
        ("03-14 15:00", "alert", ["Les Marées"]),
        ("03-15 08:00", "digest", ["Le Phare"]),
    ]
    assert [(one.delivery.event, one.stories[0].event) for one in desk.told] == [(Event.NEW, Event.NEW)] * 2


def test_a_rumour_alone_that_is_confirmed_leaves_no_digest(store: Store) -> None:
    desk = Desk(store, wants(deliver=MORNING, escalate=CERTAIN), now=NOON)
    desk.say(renewed("Les Marées", Status.RUMOURED))
    desk.say(renewed("Les Marées"), outlet="lune")
    desk.go(at("2026-03-16 12:00"))
    assert desk.heard == [("03-14 12:00", "alert", ["Les Marées"])]
    with store.read() as tx:
        (held,) = deliveries.listing(tx, state=DeliveryState.GATHERED, limit=9)
    assert held.gathered_in == desk.told[0].delivery.id


@pytest.mark.parametrize("escalate", [Escalation(), Escalation(by_status=((Status.DENIED, Deliver()),))])
def test_a_rumour_denied_before_its_digest_is_not_told(store: Store, escalate: Escalation) -> None:
    desk = Desk(store, wants(deliver=MORNING, escalate=escalate), now=NOON)
    desk.say(renewed("Les Marées", Status.RUMOURED))
    desk.say(renewed("Les Marées", Status.DENIED), outlet="lune")
    desk.go(at("2026-03-16 12:00"))
    assert desk.heard == []


def test_who_was_told_hears_of_the_denial(store: Store) -> None:
    desk = Desk(store, wants(deliver=MORNING), now=NOON)
    desk.say(renewed("Les Marées", Status.RUMOURED))
    desk.go(at("2026-03-15 12:00"))
    desk.say(renewed("Les Marées", Status.DENIED), outlet="lune")
    desk.go(at("2026-03-16 12:00"))
    assert [told.stories[0].event for told in desk.told] == [Event.NEW, Event.UPDATE]


def test_quiet_hours_hold_and_one_message_alone_goes_out_as_it_is(store: Store) -> None:
    desk = Desk(store, wants(quiet=NIGHT), now=at("2026-03-14 23:00"))
    desk.say(renewed("Les Marées"))
    desk.go(at("2026-03-15 12:00"))
    assert desk.heard == [("03-15 07:30", "alert", ["Les Marées"])]
    desk.go(at("2026-03-15 23:00"))
    desk.say(renewed("Le Phare"))
    desk.say(renewed("La Digue"), outlet="lune")
    desk.go(at("2026-03-16 12:00"))
    assert desk.heard[1:] == [("03-16 07:30", "digest", ["Le Phare", "La Digue"])]


def test_two_held_messages_of_one_story_are_one(store: Store) -> None:
    desk = Desk(store, wants(quiet=NIGHT), now=at("2026-03-14 23:00"))
    desk.say(renewed("Les Marées", Status.RUMOURED))
    desk.say(renewed("Les Marées"), outlet="lune")
    desk.go(at("2026-03-16 12:00"))
    assert desk.heard == [("03-15 07:30", "digest", ["Les Marées"])]
    assert desk.told[0].stories[0].story.status is Status.CONFIRMED


def test_what_changed_and_changed_back_is_no_news(store: Store) -> None:
    desk = Desk(store, wants(deliver=MORNING), now=NOON)
    desk.say(renewed("Les Marées"))
    desk.go(at("2026-03-15 12:00"))
    desk.say(renewed("Les Marées", Status.DENIED), outlet="lune")
    desk.now += timedelta(minutes=5)
    desk.say(renewed("Les Marées"), outlet="soleil")
    desk.go(at("2026-03-17 12:00"))
    assert [when for when, _, _ in desk.heard] == ["03-15 08:00"]
    assert states(store) == [*[("alert", "gathered")] * 2, ("digest", "sent")]


def test_what_a_reader_was_told_just_so_is_no_news_to_them(store: Store) -> None:
    desk = Desk(store, wants(), wants(name="late", deliver=MORNING), now=NOON)
    desk.say(renewed("Les Marées"))
    desk.go(at("2026-03-15 12:00"))
    desk.say(renewed("Les Marées", Status.DENIED), outlet="lune")
    desk.go(at("2026-03-15 13:00"))
    back = desk.say(renewed("Les Marées"), outlet="soleil")
    assert [one.subscription for one in back.deliveries] == ["mine"], "the other was told nothing of the denial yet"
    assert back.reason == "owed to mine on phone"
    desk.go(at("2026-03-17 12:00"))
    assert [one.delivery.subscription for one in desk.told] == ["mine", "late", "mine", "mine"]
    assert [one.stories[0].changed for one in desk.told] == [(), (), ("status",), ("status",)]


def test_an_update_before_the_first_message_left_takes_its_place(store: Store) -> None:
    desk = Desk(store, wants(), now=NOON)
    desk.say(renewed("Les Marées", Status.RUMOURED), renewed("Le Phare", Status.RUMOURED))
    desk.say(renewed("Les Marées"), outlet="lune")
    desk.go(at("2026-03-14 14:00"))
    assert sorted(
        (titles, str(one.delivery.event)) for (_, _, titles), one in zip(desk.heard, desk.told, strict=True)
    ) == [
        (["Le Phare"], "new"),
        (["Les Marées"], "new"),
    ]
    assert {one.stories[0].story.title: one.stories[0].article.url for one in desk.told}["Les Marées"].startswith(
        "https://lune"
    )


def test_a_message_whose_news_another_took_over_is_never_tried(store: Store) -> None:
    desk = Desk(store, wants(), now=NOON)
    desk.say(renewed("Les Marées", Status.RUMOURED))
    desk.say(renewed("Les Marées"), outlet="lune")
    desk.go(at("2026-03-14 14:00"))
    assert desk.work.sends == {"sent": 1}
    assert sorted(states(store)) == [("alert", "gathered"), ("alert", "sent")]


def test_an_update_after_the_first_message_left_is_another(store: Store) -> None:
    desk = Desk(store, wants(), now=NOON)
    desk.say(renewed("Les Marées", Status.RUMOURED))
    with store.write() as tx:  # somebody has begun to send it
        queue.claim(tx, kinds=(JobKind.DELIVER,), limit=1, now=NOON, lease=timedelta(minutes=2), owner="other")
    desk.say(renewed("Les Marées"), outlet="lune")
    desk.go(at("2026-03-14 14:00"))
    assert [str(one.delivery.event) for one in desk.told] == ["new", "update"]


def test_stories_merged_while_they_wait_are_told_once_and_not_again(store: Store) -> None:
    desk = Desk(store, wants(deliver=MORNING), now=NOON)
    desk.say(renewed("Les Marées"))
    desk.go(at("2026-03-15 12:00"))
    other = desk.say(renewed("Grandes Eaux"), outlet="lune")
    with store.write() as tx:
        merge(tx, desk.told[0].stories[0].story.id, other.changes[0].story.id, now=desk.now)
    desk.go(at("2026-03-17 12:00"))
    assert [titles for _, _, titles in desk.heard] == [["Les Marées"]]


def test_what_exceeds_the_day_is_told_next_morning(store: Store) -> None:
    desk = Desk(store, wants(max_per_day=2), now=NOON)
    for number in range(5):
        desk.say(renewed(f"Phare de {'ABCDE'[number]}rest"))
        desk.go(desk.now + timedelta(minutes=30))
    desk.go(at("2026-03-16 12:00"), every=timedelta(minutes=30))
    assert [(time, form, len(titles)) for time, form, titles in desk.heard] == [
        ("03-14 12:00", "alert", 1),
        ("03-14 12:30", "alert", 1),
        ("03-15 08:00", "digest", 3),
    ]


def test_a_storm_is_gathered_into_one_message(store: Store) -> None:
    desk = Desk(store, wants(), now=NOON)
    names = [f"{first}{second}mer" for first in "BCDFG" for second in "aeiouy"]
    for name in names:
        desk.say(renewed(f"Le {name}"))
    desk.go(at("2026-03-14 15:00"))
    assert [form for _, form, _ in desk.heard] == [*["alert"] * 20, "digest"]
    assert desk.heard[-1] == ("03-14 13:00", "digest", [f"Le {name}" for name in names[20:]])


def test_a_digest_missed_is_sent_at_the_next_start_once(store: Store) -> None:
    desk = Desk(store, wants(deliver=MORNING), now=NOON)
    desk.say(renewed("Les Marées"))
    desk.now = at("2026-03-19 14:00")
    later = Desk(store, wants(deliver=MORNING), now=desk.now)
    later.go()
    later.go(at("2026-03-20 12:00"))
    assert later.heard == [("03-19 14:00", "digest", ["Les Marées"])]


def test_digests_missed_for_days_become_one(store: Store) -> None:
    desk = Desk(store, wants(deliver=MORNING), now=NOON)
    for day in range(3):
        desk.now = NOON + timedelta(days=day)
        desk.say(renewed(["Les Marées", "Le Phare", "La Digue"][day]))
    desk.now = at("2026-03-20 10:00")
    desk.go()
    assert desk.heard == [("03-20 10:00", "digest", ["Les Marées", "Le Phare", "La Digue"])]
    assert desk.told[0].days == (date(2026, 3, 14), date(2026, 3, 16))


def test_two_subscriptions_and_two_targets_have_their_own(store: Store) -> None:
    daily = wants(deliver=MORNING, targets=("phone", "mail"))
    weekly = wants(name="week", deliver=Deliver(rhythm=Rhythm.WEEKLY, at=time(9), weekday=0))
    desk = Desk(store, daily, weekly, now=NOON)
    desk.say(renewed("Les Marées"))
    desk.go(at("2026-03-17 12:00"), every=timedelta(minutes=30))
    found = [
        (when, one.delivery.subscription, one.delivery.target)
        for (when, _, _), one in zip(desk.heard, desk.told, strict=True)
    ]
    assert sorted(found) == [
        ("03-15 08:00", "mine", "mail"),
        ("03-15 08:00", "mine", "phone"),
        ("03-16 09:00", "week", "phone"),
    ]


def test_what_comes_while_its_digest_is_made_waits_for_the_next(store: Store) -> None:
    desk = Desk(store, wants(deliver=MORNING), now=NOON)
    desk.say(renewed("Les Marées"))
    desk.now = at("2026-03-15 07:59:59")
    held = _decided(desk.pipeline, desk, renewed("Le Phare"))
    desk.now = at("2026-03-15 08:00:01")
    digests.gather(store, desk.pipeline.subscriptions, now=desk.now, log=desk.pipeline.log)
    with store.write() as tx:
        owing.owe(tx, held)
    desk.go(at("2026-03-16 12:00"))
    assert [(when[:8], titles) for when, _, titles in desk.heard] == [
        ("03-15 08", ["Les Marées"]),
        ("03-16 08", ["Le Phare"]),
    ]


def _decided(pipeline: Pipeline, desk: Desk, announcement: Announcement) -> Any:
    """Decide on an article, and take its deliveries back, as if they were not stored yet."""
    from sqlalchemy import text  # noqa: PLC0415

    decision = desk.say(announcement)
    (delivery,) = decision.deliveries
    assert delivery.timing is Timing.DIGEST
    with pipeline.store.write() as tx:
        tx.execute(text("DELETE FROM delivery_stories WHERE delivery_id = :id"), {"id": delivery.id})
        tx.execute(text("DELETE FROM deliveries WHERE id = :id"), {"id": delivery.id})
    return decision.deliveries


def test_a_subscription_taken_out_of_the_config_still_tells_what_it_held(store: Store) -> None:
    desk = Desk(store, wants(deliver=MORNING), now=NOON)
    desk.say(renewed("Les Marées"))
    without = Desk(store, now=at("2026-03-15 09:00"))
    without.go()
    assert without.heard == [("03-15 09:00", "digest", ["Les Marées"])]


def test_a_narrower_rule_forgets_nothing_that_is_owed(store: Store) -> None:
    desk = Desk(store, wants(deliver=MORNING), now=NOON)
    desk.say(renewed("Les Marées", Status.RUMOURED))
    narrower = wants(deliver=MORNING, match=Match(statuses=frozenset({Status.CONFIRMED})))
    again = Desk(store, narrower, now=at("2026-03-15 09:00"))
    again.go()
    assert again.heard == []
    assert states(store) == [("alert", "gathered")]


class _StopError(Exception):
    pass


@pytest.mark.parametrize("step", range(1, 40))
def test_killed_between_any_two_statements_nothing_is_lost_and_nothing_twice(tmp_path: Any, step: int) -> None:
    """The n-th statement of gathering fails: after a new start there is exactly the one digest."""
    from sqlalchemy import event  # noqa: PLC0415

    with Store.open(f"sqlite:///{tmp_path}/a.db") as store:
        desk = Desk(store, wants(deliver=MORNING), now=NOON)
        desk.say(renewed("Les Marées"))
        desk.say(renewed("Le Phare"), outlet="lune")
        desk.now = at("2026-03-15 08:00")
        left = [step]

        def stop(*_args: Any) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise _StopError

        engine = store._engine  # the one place that sees every statement
        event.listen(engine, "before_cursor_execute", stop)
        with suppress(_StopError):
            digests.gather(store, desk.pipeline.subscriptions, now=desk.now, log=desk.pipeline.log)
        event.remove(engine, "before_cursor_execute", stop)
        desk.now += timedelta(hours=1)
        desk.go(at("2026-03-16 12:00"))
        assert [(form, titles) for _, form, titles in desk.heard] == [("digest", ["Les Marées", "Le Phare"])]
        assert states(store) == [("alert", "gathered"), ("alert", "gathered"), ("digest", "sent")]


def test_a_digest_that_could_not_be_sent_is_tried_again_as_itself(store: Store) -> None:
    desk = Desk(store, wants(deliver=MORNING), now=NOON)
    desk.say(renewed("Les Marées"))
    desk.fails = lambda _context: desk.now < at("2026-03-15 11:00")
    desk.go(at("2026-03-15 23:00"))
    ((when, form, titles),) = desk.heard
    assert (form, titles) == ("digest", ["Les Marées"])
    assert "03-15 11:00" <= when <= "03-15 18:00"
    assert desk.told[0].form is Form.DIGEST


def test_a_day_of_paris_is_what_is_counted(store: Store) -> None:
    desk = Desk(store, wants(max_per_day=1), now=at("2026-03-14 23:50"))
    desk.say(renewed("Les Marées"))
    desk.go(at("2026-03-15 00:10"))
    desk.say(renewed("Le Phare"))
    desk.go()
    assert [when for when, _, _ in desk.heard] == ["03-14 23:50", "03-15 00:10"]
