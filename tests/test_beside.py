"""Several subscriptions to one target: what one article owes it is one message, on both databases."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from desk import Desk, at
from fakes import an_announcement

from monitor.alerts.render import render
from monitor.decide.heard import facts_of
from monitor.judgement import Verdict, Via
from monitor.store import Store, deliveries, heard, judging
from monitor.subscribing import Deliver, Match, Quiet, Rhythm, Subscription
from monitor.types import Announcement
from monitor.vocabulary import DeliveryState, Event, Prominence, Status

NOON = at("2026-03-14 12:00")
MARSH = Match(works=("Les Marées",))


def news(title: str, **fields: Any) -> Announcement:
    return an_announcement(title=title, people=(), **fields)


def wants(name: str, **fields: Any) -> Subscription:
    return Subscription(**{"name": name, "targets": ("phone",), **fields})


def titles(desk: Desk) -> list[tuple[tuple[str, ...], list[str | None]]]:
    return [(one.subscriptions, [told.story.title for told in one.stories]) for one in desk.told]


def test_one_article_is_one_message_for_all_subscriptions_of_a_target(store: Store) -> None:
    desk = Desk(store, wants("all"), wants("mine", match=MARSH), now=NOON)
    story = desk.say(news("Les Marées")).changes[0].story
    desk.go()
    assert titles(desk) == [(("all", "mine"), ["Les Marées"])]
    with store.read() as tx:
        mine, first = sorted(deliveries.listing(tx, limit=9), key=lambda one: one.gathered_in is None)
        known = heard.last_told(tx, [story.id])
    assert [one.state for one in (first, mine)] == [DeliveryState.SENT] * 2
    assert (mine.subscription, mine.gathered_in, mine.sent_at) == ("mine", first.id, NOON)
    assert known == {(story.id, name, "phone"): facts_of(story) for name in ("all", "mine")}


@pytest.mark.parametrize(
    ("language", "line"),
    [("fr", "Reçu pour les abonnements « all » et « mine »"), ("en", "Sent for the subscriptions “all” and “mine”")],
)
def test_the_reason_names_every_subscription(store: Store, language: str, line: str) -> None:
    subscriptions = [wants("all", language=language), wants("mine", match=MARSH, language=language)]
    desk = Desk(store, *subscriptions, now=NOON)
    desk.say(news("Les Marées"))
    desk.go()
    (context,) = desk.told
    said = render(context, language="en" if language == "en" else "fr").text
    assert line in " ".join(said.split())


def test_it_lists_what_any_of_them_wants_the_headlines_fact_first(store: Store) -> None:
    lighthouse = Match(works=("Le Phare",))
    desk = Desk(store, wants("sea", match=MARSH), wants("light", match=lighthouse), now=NOON)
    desk.say(news("Les Marées", prominence=Prominence.BODY), news("Le Phare"), news("La Digue"))
    desk.go()
    assert titles(desk) == [(("sea", "light"), ["Le Phare", "Les Marées"])]


def test_an_update_is_one_message_too_and_nothing_is_told_twice(store: Store) -> None:
    desk = Desk(store, wants("all"), wants("mine", match=MARSH), now=NOON)
    desk.say(news("Les Marées", status=Status.RUMOURED))
    desk.go(NOON + timedelta(hours=1))
    desk.say(news("Les Marées"), outlet="lune")
    desk.go(NOON + timedelta(hours=2))
    desk.say(news("Les Marées"), outlet="soleil")
    desk.go(NOON + timedelta(hours=3))
    assert [one.delivery.event for one in desk.told] == [Event.NEW, Event.UPDATE]
    assert [one.stories[0].changed for one in desk.told] == [(), ("status",)]


def test_what_one_of_them_told_already_is_an_update_for_all(store: Store) -> None:
    certain = Match(works=("Les Marées",), statuses=frozenset({Status.CONFIRMED}))
    desk = Desk(store, wants("certain", match=certain), wants("all"), now=NOON)
    desk.say(news("Les Marées", status=Status.RUMOURED))
    desk.go(NOON + timedelta(hours=1))
    desk.say(news("Les Marées"), outlet="lune")
    desk.go(NOON + timedelta(hours=2))
    assert titles(desk) == [(("all",), ["Les Marées"]), (("certain", "all"), ["Les Marées"])]
    assert (desk.told[1].delivery.event, desk.told[1].stories[0].changed) == (Event.UPDATE, ("status",))
    assert desk.told[1].thread == desk.told[0].delivery.id


@pytest.mark.parametrize(
    "other",
    [
        {"language": "en"},
        {"template": "short"},
        {"targets": ("mail",)},
        {"deliver": Deliver(rhythm=Rhythm.DAILY, at=time(13))},
        {"quiet": Quiet(start=time(11), end=time(13))},
    ],
)
def test_what_is_written_otherwise_or_waits_is_a_message_of_its_own(store: Store, other: dict[str, Any]) -> None:
    desk = Desk(store, wants("all"), wants("mine", match=MARSH, **other), now=NOON)
    desk.say(news("Les Marées"))
    desk.go(NOON + timedelta(hours=2))
    assert sorted(titles(desk)) == [(("all",), ["Les Marées"]), (("mine",), ["Les Marées"])]


def test_two_articles_are_two_messages(store: Store) -> None:
    desk = Desk(store, wants("all"), wants("mine", match=MARSH), now=NOON)
    desk.say(news("Les Marées"))
    desk.say(news("Le Phare"), outlet="lune")
    desk.go()
    assert titles(desk) == [(("all", "mine"), ["Les Marées"]), (("all",), ["Le Phare"])]


def test_a_target_that_is_down_gets_one_message_when_it_is_back(store: Store) -> None:
    desk = Desk(store, wants("all"), wants("mine", match=MARSH), now=NOON)
    desk.fails = lambda _context: True
    desk.say(news("Les Marées"))
    desk.go()
    desk.fails = lambda _context: False
    desk.go(NOON + timedelta(hours=3))
    assert [len(one.subscriptions) for one in desk.told] == [2]
    with store.read() as tx:
        assert {one.state for one in deliveries.listing(tx, limit=9)} == {DeliveryState.SENT}


def test_each_has_had_its_message_of_the_day(store: Store) -> None:
    desk = Desk(store, wants("all", max_per_day=1), wants("mine", match=MARSH, max_per_day=1), now=NOON)
    desk.say(news("Les Marées"))
    desk.go(NOON + timedelta(hours=1))
    desk.say(news("Les Marées", season=7), outlet="lune")
    desk.go(NOON + timedelta(hours=2))
    assert len(desk.told) == 1


def test_what_is_called_wrong_meanwhile_is_told_for_nobody(store: Store) -> None:
    desk = Desk(store, wants("light", match=Match(works=("Le Phare",))), wants("mine", match=MARSH), now=NOON)
    desk.fails = lambda _context: True
    said = desk.say(news("Les Marées"), news("Le Phare"))
    desk.go()
    wrong = next(change.story.id for change in said.changes if change.story.title == "Les Marées")
    with store.write() as tx:
        judging.judge(tx, wrong, Verdict.WRONG, None, groups={}, now=desk.now, via=Via.CLI)
    desk.fails = lambda _context: False
    desk.go(NOON + timedelta(hours=3))
    assert titles(desk) == [(("light",), ["Le Phare"])]
    with store.read() as tx:
        states = {one.subscription: one.state for one in deliveries.listing(tx, limit=9)}
    assert states == {"light": DeliveryState.SENT, "mine": DeliveryState.GATHERED}
