"""Why, and why not: for every silence the first condition that fails, with both values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import a_delivery
from tellings import GROUPS, NOW, says
from test_decide_trying import known, told

from monitor.decide.matching import Reading
from monitor.decide.rulebook import Rulebook
from monitor.decide.trying import scenes
from monitor.decide.why import Answer, ReadAt, Why, why
from monitor.subscribing import USUAL, Match, Subscription
from monitor.telling import Known
from monitor.types import Delivery
from monitor.vocabulary import DeliveryState, Status

ANYONE = Subscription(name="anyone", targets=("mail",))
STORY = known(told(says(status=Status.RUMOURED), "A"), told(says(), "B", after=5))
A, B = "https://a.example/1", "https://b.example/1"
AT_ONCE = {A: ReadAt(at=NOW), B: ReadAt(at=NOW + timedelta(hours=5))}


def asked(
    subscription: Subscription = ANYONE,
    *deliveries: Delivery,
    story: Known = STORY,
    read: dict[str, ReadAt] = AT_ONCE,
) -> Why:
    book = Rulebook([subscription])
    readings = {A: Reading(outlet="A", headline="Osmosis arrive")}
    past = scenes([story], readings, GROUPS)
    rule = book.named(subscription.name)
    return why(story, rule, book, past, read=read, deliveries=deliveries, fresh=timedelta(days=2))


def sent(state: DeliveryState, url: str = A, **fields: object) -> Delivery:
    values = {"article_url": url, "subscription": "anyone", "state": state, "created_at": NOW, **fields}
    return a_delivery(f"d-{state}", **values)


@pytest.mark.parametrize(
    ("states", "answer"),
    [
        ([DeliveryState.SENT], Answer.SENT),
        ([DeliveryState.HELD], Answer.HELD),
        ([DeliveryState.HELD, DeliveryState.SENT], Answer.SENT),
        ([DeliveryState.GATHERED, DeliveryState.OWED], Answer.OWED),
        ([DeliveryState.GATHERED], Answer.GATHERED),
        ([DeliveryState.DEAD], Answer.DEAD),
    ],
)
def test_what_was_told_says_how_it_stands(states: Sequence[DeliveryState], answer: Answer) -> None:
    found = asked(ANYONE, *(sent(state) for state in states))
    assert found.answer is answer
    assert found.delivery is not None
    assert found.repeats == 1


def test_a_message_says_what_it_met_then_and_not_what_it_would_meet_today() -> None:
    met = (("s-1", 'works: "Osmosis"'),)
    assert asked(ANYONE, sent(DeliveryState.SENT, matched=met)).matched == 'works: "Osmosis"'
    assert asked(ANYONE, sent(DeliveryState.SENT)).matched == 'kinds: "new_original"'


def test_the_first_condition_that_fails_is_told_with_both_values_of_the_article_that_came_nearest() -> None:
    arte = replace(ANYONE, match=replace(USUAL, platforms=("Arte",), statuses=frozenset({Status.CONFIRMED})))
    found = asked(arte)
    assert found.answer is Answer.UNMATCHED
    assert found.scene is not None
    assert found.scene.url == B  # A fails the status as well
    assert found.failed is not None
    assert (found.failed.field, found.failed.wanted, found.failed.found) == ("platforms", ("Arte",), ("Netflix",))
    assert [one.field for one in found.conditions if one.holds] == ["kinds", "statuses", "origins", "min_confidence"]


def test_the_nearest_article_need_not_be_the_last() -> None:
    found = asked(replace(ANYONE, match=replace(USUAL, platforms=("Arte",), outlets=("A",))))
    assert found.scene is not None
    assert found.scene.url == A  # nobody says which outlet B's article is from


def test_what_was_read_too_late_is_too_old() -> None:
    late = {A: ReadAt(at=NOW + timedelta(days=3)), B: ReadAt(at=NOW + timedelta(days=3))}
    found = asked(read=late)
    assert (found.answer, found.read) == (Answer.TOO_OLD, late[A])
    assert found.matched == 'kinds: "new_original"'


def test_what_was_listed_with_everything_is_muted() -> None:
    quiet = {A: ReadAt(at=NOW, quiet=True), B: ReadAt(at=NOW + timedelta(days=9))}
    assert asked(read=quiet).answer is Answer.MUTED


def test_what_fits_today_did_not_when_it_was_read() -> None:
    assert asked().answer is Answer.NOT_THEN
    assert asked(read={}).answer is Answer.NOT_THEN


def test_an_old_story_repeated_is_no_news() -> None:
    again = known(told(says(confidence=0.4), "A"), told(says(confidence=0.4), "B", after=24 * 30))
    sure = replace(ANYONE, match=Match(words=("dit",), outlets=("b",)))
    book = Rulebook([sure])
    past = scenes([again], {B: Reading(outlet="B")}, GROUPS)
    read = {B: ReadAt(at=NOW + timedelta(days=30))}
    found = why(again, book.named("anyone"), book, past, read=read, deliveries=(), fresh=timedelta(days=2))
    assert (found.answer, found.read) == (Answer.REPEATED, read[B])


def test_a_story_that_a_reader_took_back_is_told_by_nobody() -> None:
    wrong = replace(STORY, story=replace(STORY.story, retracted=True))
    assert asked(story=wrong).answer is Answer.RETRACTED


@pytest.mark.parametrize("state", [DeliveryState.OWED, DeliveryState.HELD, DeliveryState.GATHERED])
def test_what_waited_when_a_reader_took_the_story_back_is_told_to_nobody_either(state: DeliveryState) -> None:
    wrong = replace(STORY, story=replace(STORY.story, retracted=True))
    assert asked(ANYONE, sent(state), story=wrong).answer is Answer.RETRACTED
    assert asked(ANYONE, sent(state), sent(DeliveryState.SENT), story=wrong).answer is Answer.SENT
    assert asked(ANYONE, sent(DeliveryState.DEAD), story=wrong).answer is Answer.DEAD


def test_operations_hear_of_no_story() -> None:
    assert asked(replace(ANYONE, operations=True)).answer is Answer.OPERATIONS
