"""The past told over again: what rules would have sent, when, and how two configurations differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tellings import GROUPS, NOW, says

from monitor.decide import life
from monitor.decide.matching import Reading
from monitor.decide.rulebook import Rulebook
from monitor.decide.trying import Alert, Scene, alerts, compared, misses, scenes, tried
from monitor.subscribing import INSTANT, USUAL, Deliver, Escalation, Match, Rhythm, Subscription
from monitor.telling import Known, Telling, Told
from monitor.types import Announcement
from monitor.vocabulary import Event, Status, Timing

ANYONE = Subscription(name="anyone", targets=("mail", "phone"))
MORNING = Deliver(rhythm=Rhythm.DAILY, at=(NOW - timedelta(hours=4)).time())  # 08:00
READINGS = {"https://a.example/1": Reading(language="fr", outlet="A", source="a", headline="Osmosis arrive")}


def told(announced: Announcement, outlet: str, *, after: float = 0.0, page: int = 1) -> Told:
    at = NOW + timedelta(hours=after)
    url = f"https://{outlet.lower()}.example/{page}"
    return Told(telling=Telling(outlet=outlet, url=url, at=at), position=0, announcement=announced)


def known(*grains: Told, story: str = "s-1") -> Known:
    return Known(story=life.fold(grains, story_id=story, groups=GROUPS), told=grains)


def past(*stories: Known, readings: Mapping[str, Reading] = READINGS) -> list[Scene]:
    return scenes(stories, readings, GROUPS)


def sent(played: Sequence[Scene], *subscriptions: Subscription) -> list[Alert]:
    made = tried(subscriptions)
    return alerts(played, made, Rulebook(made))


def times(found: Sequence[Alert]) -> list[tuple[str, Event, datetime, Timing]]:
    return [(one.url, one.event, one.due_at, one.timing) for one in found]


def test_a_story_is_told_once_and_its_changes_whatever_the_targets() -> None:
    rumour, sure = says(status=Status.RUMOURED), says()
    story = known(told(rumour, "A"), told(rumour, "B", after=1), told(sure, "C", after=2), told(sure, "D", after=3))
    found = sent(past(story), ANYONE)
    assert times(found) == [
        ("https://a.example/1", Event.NEW, NOW, Timing.INSTANT),
        ("https://c.example/1", Event.UPDATE, NOW + timedelta(hours=2), Timing.INSTANT),
    ]
    assert [one.stories[0].status for one in found] == [Status.RUMOURED, Status.CONFIRMED]
    assert (found[0].headline, found[0].outlet, found[1].headline) == ("Osmosis arrive", "A", "")


def test_a_story_that_was_too_uncertain_is_told_when_it_is_certain() -> None:
    story = known(told(says(confidence=0.4), "A"), told(says(confidence=0.9), "B", after=5))
    assert [one.url for one in sent(past(story), ANYONE)] == ["https://b.example/1"]


def test_a_slate_is_one_alert() -> None:
    slate = [known(told(says(title), "A"), story=f"s-{title}") for title in ("B", "A", "C")]
    (one,) = sent(past(*slate), ANYONE)
    assert [story.title for story in one.stories] == ["B", "A", "C"]


def test_a_digest_waits_for_its_hour_and_tells_of_a_rumour_that_came_true_meanwhile() -> None:
    daily = replace(ANYONE, name="daily", deliver=MORNING, zone="UTC")
    quick = replace(daily, name="quick", escalate=Escalation(by_status=((Status.CONFIRMED, INSTANT),)))
    story = known(told(says(status=Status.RUMOURED), "A"), told(says(), "B", after=3))
    tomorrow = NOW + timedelta(hours=20)
    found = sent(past(story), daily, quick)
    assert [(one.subscription, one.due_at, one.timing, one.held) for one in found] == [
        ("daily", tomorrow, Timing.DIGEST, True),
        ("quick", tomorrow, Timing.DIGEST, True),
        ("daily", tomorrow, Timing.DIGEST, True),
        ("quick", NOW + timedelta(hours=3), Timing.ESCALATION, False),
    ]


def test_a_cap_holds_what_exceeds_it() -> None:
    capped = replace(ANYONE, max_per_day=1, zone="UTC")
    found = sent(
        past(known(told(says("A"), "A"), story="s-1"), known(told(says("B"), "B", after=1), story="s-2")), capped
    )
    assert [one.timing for one in found] == [Timing.INSTANT, Timing.CAP]


def test_operations_are_not_tried() -> None:
    assert tried((replace(ANYONE, operations=True),)) == ()


def test_what_stories_fail_first_is_counted() -> None:
    played = past(
        known(told(says("A"), "A"), story="s-1"), known(told(says("B", platforms=("Arte",)), "B"), story="s-2")
    )
    wants = replace(ANYONE, match=replace(USUAL, platforms=("Arte",), works=("C",)))
    book = Rulebook(tried((wants,)))
    assert misses(played, book.rules[0], book) == [("platforms", 1), ("works", 1)]
    assert sent(played, wants) == []


def test_two_configurations_are_compared_rule_by_rule() -> None:
    played = past(
        known(told(says("A"), "A"), story="s-1"), known(told(says("B", platforms=("Arte",)), "B", after=1), story="s-2")
    )
    arte = replace(ANYONE, name="arte", match=Match(platforms=("Arte",)))
    netflix = replace(arte, match=Match(platforms=("Netflix",)))
    later = replace(ANYONE, deliver=MORNING, zone="UTC")
    before, after = sent(played, ANYONE, arte), sent(played, later, netflix)
    anyone, other = compared(before, after, ["anyone", "arte"])
    assert (anyone.gained, anyone.lost, len(anyone.moved), anyone.same) == ((), (), 2, 0)
    assert [one.stories[0].title for one in other.gained] == ["A"]
    assert [one.stories[0].title for one in other.lost] == ["B"]
    (same, gone) = compared(before, sent(played, ANYONE), ["anyone", "arte"])
    assert (same.same, len(gone.lost)) == (2, 1)
