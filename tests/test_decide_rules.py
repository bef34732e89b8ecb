"""Who hears of it: what a subscription wants, what it was told, and what still is news."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

import pytest
from tellings import NOW, known_after, says, stories_of, told

from monitor.decide import rules
from monitor.decide.matching import Reading
from monitor.decide.news import Placed
from monitor.decide.rulebook import Rulebook
from monitor.subscribing import USUAL, Match, Subscription
from monitor.types import Delivery
from monitor.vocabulary import Event, Kind, Origin, Prominence, Status

ANYONE = Subscription(name="anyone", targets=("terminal",))


def owed(
    placed: Placed,
    *subscriptions: Subscription,
    told_so_far: Collection[tuple[str, str, str]] = (),
    age: timedelta = timedelta(),
    language: str = "fr",
) -> tuple[Delivery, ...]:
    return rules.owed(
        placed.changes,
        placed.joined,
        Rulebook(subscriptions or (ANYONE,)),
        told=told_so_far,
        article_url="https://la-lune.example/1",
        reading=Reading(language=language, outlet="La Lune", source="la-lune"),
        told_at=NOW - age,
        fresh=timedelta(days=2),
        now=NOW,
    )


def test_a_slate_is_one_message_with_the_headline_first() -> None:
    placed = told(says("B", prominence=Prominence.BODY), says("A"), says("C", prominence=Prominence.BODY))
    (delivery,) = owed(placed)
    titles = {change.story.id: change.story.title for change in placed.changes}
    assert [titles[story] for story in delivery.stories] == ["A", "B", "C"]
    assert delivery.event is Event.NEW


def test_each_subscription_and_target_is_owed_its_own_message() -> None:
    both = replace(ANYONE, name="both", targets=("mail", "chat"))
    deliveries = owed(told(says()), ANYONE, both)
    assert [(one.subscription, one.target) for one in deliveries] == [
        ("anyone", "terminal"),
        ("both", "mail"),
        ("both", "chat"),
    ]
    assert len({one.id for one in deliveries}) == 3


def test_the_same_cause_gives_the_same_key() -> None:
    assert owed(told(says()))[0].id == owed(told(says()))[0].id


@pytest.mark.parametrize(
    ("wants", "expected"),
    [
        ({}, True),
        ({"kinds": frozenset({Kind.RENEWAL})}, False),
        ({"platforms": ("netflix",)}, True),
        ({"platforms": ("Arte",)}, False),
        ({"origins": frozenset({Origin.FOREIGN})}, False),
        ({"languages": ("en",)}, False),
        ({"languages": ("en", "fr")}, True),
        ({"works": ("osmosis",)}, True),
        ({"works": ("Missions",)}, False),
        ({"min_confidence": 0.95}, False),
        ({"prominences": frozenset({Prominence.BODY})}, False),
        ({"statuses": frozenset({Status.RUMOURED})}, False),
    ],
)
def test_what_a_subscription_wants(wants: dict[str, object], *, expected: bool) -> None:
    subscription = replace(ANYONE, match=replace(USUAL, **wants))  # type: ignore[arg-type]
    assert bool(owed(told(says()), subscription)) is expected


@pytest.mark.parametrize("kind", [Kind.CANCELLATION, Kind.ACQUISITION, Kind.RELEASE_DATE])
def test_other_kinds_are_recorded_and_not_alerted_by_default(kind: Kind) -> None:
    assert owed(told(says(kind=kind))) == ()


def test_the_fifth_outlet_owes_nothing() -> None:
    before = told(says())
    again = told(says(), known=known_after(before), outlet="Le Soir")
    heard = {(story.id, "anyone", "terminal") for story in stories_of(before)}
    assert owed(again, told_so_far=heard) == ()


def test_who_was_told_hears_of_a_change() -> None:
    before = told(says(status=Status.RUMOURED))
    heard = {(story.id, "anyone", "terminal") for story in stories_of(before)}
    (delivery,) = owed(told(says(), known=known_after(before), outlet="Le Soir"), told_so_far=heard)
    assert delivery.event is Event.UPDATE


def test_who_was_told_hears_of_a_denial_though_denials_are_not_subscribed_to() -> None:
    before = told(says())
    denial = told(says(status=Status.DENIED), known=known_after(before), outlet="Le Soir")
    heard = {(story.id, "anyone", "terminal") for story in stories_of(before)}
    assert [one.event for one in owed(denial, told_so_far=heard)] == [Event.UPDATE]
    assert owed(denial) == ()


def test_who_was_never_told_hears_of_no_status_that_they_did_not_ask_for() -> None:
    confirmed = replace(ANYONE, match=replace(USUAL, statuses=frozenset({Status.CONFIRMED})))
    before = told(says())
    denial = told(says(status=Status.DENIED), known=known_after(before), outlet="Le Soir")
    undecided, after = says(status=Status.IN_DEVELOPMENT), NOW + timedelta(minutes=1)
    again = told(undecided, known=known_after(before, denial), outlet="L'Aube", at=after)
    (story,) = stories_of(before)
    heard = {(story.id, "anyone", "mail")}
    both = replace(confirmed, targets=("terminal", "mail"))
    assert [(one.target, one.event) for one in owed(denial, both, told_so_far=heard)] == [("mail", Event.UPDATE)]
    assert [one.target for one in owed(again, both, told_so_far=heard)] == ["mail"]
    other = replace(both, match=replace(both.match, works=("Missions",)))
    assert owed(denial, other, told_so_far=heard) == ()


def test_a_message_says_what_each_of_its_stories_met() -> None:
    placed = told(says("A"), says("B", platforms=("Arte",)))
    either = replace(ANYONE, match=replace(USUAL, any=(Match(works=("A",)), Match(platforms=("Arte",)))))
    (delivery,) = owed(placed, either)
    assert [matched for _, matched in delivery.matched] == ['works: "A"', 'platforms: "Arte"']
    assert tuple(story for story, _ in delivery.matched) == delivery.stories


def test_what_was_too_uncertain_is_new_when_an_outlet_makes_it_certain() -> None:
    before = told(says(confidence=0.3))
    assert owed(before) == ()
    (delivery,) = owed(told(says(), known=known_after(before), outlet="Le Soir"))
    assert delivery.event is Event.NEW


def test_old_news_alerts_nobody() -> None:
    assert owed(told(says()), age=timedelta(days=3)) == ()


def test_an_old_story_repeated_today_is_not_news_to_somebody_who_subscribed_since() -> None:
    before = told(says(), at=NOW - timedelta(days=30))
    assert owed(told(says(), known=known_after(before), outlet="Le Soir")) == ()


def test_nobody_hears_of_a_story_that_its_readers_took_back() -> None:
    placed = told(says("A"), says("B"))
    gone = [replace(change, story=replace(change.story, retracted=True)) for change in placed.changes]
    assert owed(replace(placed, changes=tuple(gone))) == ()
    (delivery,) = owed(replace(placed, changes=(gone[0], placed.changes[1])))
    assert delivery.stories == (placed.changes[1].story.id,)
