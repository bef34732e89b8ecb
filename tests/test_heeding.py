"""What follows from a verdict beyond its story: two that it makes equal are one, and what comes back is told."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from desk import Desk, at
from fakes import an_announcement

from monitor import heeding
from monitor.feeds import Place, feed_of
from monitor.judgement import Verdict, Via
from monitor.store import Store, latest, stories, ties
from monitor.subscribing import INSTANT, Deliver, Quiet, Rhythm, Subscription
from monitor.types import Announcement, Story
from monitor.vocabulary import Event, Kind, Status

NOON = at("2026-03-14 12:00")
DAILY = Deliver(rhythm=Rhythm.DAILY, at=time(8))


def renewed(title: str = "Les Marées", season: int | None = 2, **fields: object) -> Announcement:
    return an_announcement(title=title, season=season, **{"people": (), **fields})


def a_desk(store: Store, deliver: Deliver = INSTANT, **more: object) -> Desk:
    mine = Subscription(name="mine", targets=("phone",), deliver=deliver, **more)  # type: ignore[arg-type]
    return Desk(store, mine, now=NOON)


def say(desk: Desk, story: str, verdict: Verdict, value: str | None = None) -> None:
    desk.now += timedelta(minutes=30)
    wanted = desk.pipeline.subscriptions
    with desk.store.write() as tx:
        given = heeding.judge(tx, story, verdict, value, groups={}, subscriptions=wanted, now=desk.now, via=Via.CLI)
    assert given


def undo(desk: Desk, story: str) -> None:
    desk.now += timedelta(minutes=30)
    with desk.store.write() as tx:
        assert heeding.undo(tx, story, groups={}, subscriptions=desk.pipeline.subscriptions, now=desk.now)


def go(desk: Desk, until: datetime | None = None) -> None:
    desk.go(until, every=timedelta(minutes=30))


def opened(desk: Desk, announcement: Announcement, *, outlet: str) -> str:
    desk.now += timedelta(hours=1)
    story = desk.say(announcement, outlet=outlet).changes[0].story.id
    go(desk)
    return story


def all_of(desk: Desk) -> list[Story]:
    with desk.store.read() as tx:
        return sorted(stories.all(tx, limit=100), key=lambda story: story.id)


# -- equal by a verdict ----------------------------------------------------------------------------------------------

MISREAD = {
    Verdict.TITLE: (renewed("Les Marais", 2), "Les Marées"),
    Verdict.SEASON: (renewed("Les Marées", 3), "2"),
}


@pytest.mark.parametrize("verdict", MISREAD)
@pytest.mark.parametrize("misread_first", [True, False])
@pytest.mark.parametrize("deliver", [INSTANT, DAILY])
def test_a_story_that_a_verdict_makes_equal_to_another_is_that_one_at_once_and_told_no_more(
    store: Store, verdict: Verdict, deliver: Deliver, *, misread_first: bool
) -> None:
    desk = a_desk(store, deliver)
    wrong, value = MISREAD[verdict]
    both = [wrong, renewed()] if misread_first else [renewed(), wrong]
    ids = [opened(desk, one, outlet=outlet) for one, outlet in zip(both, ("gazette", "lune"), strict=True)]
    before = all_of(desk)
    assert len(before) == 2
    told = len(desk.told)
    say(desk, ids[both.index(wrong)], verdict, value)
    (only,) = all_of(desk)
    assert (only.id, only.title, only.season, only.outlets) == (ids[0], "Les Marées", 2, ("Gazette", "Lune"))
    desk.now += timedelta(hours=1)
    assert desk.say(renewed(), outlet="soleil").changes == ()
    go(desk, NOON + timedelta(days=1))
    late = desk.told[told:]
    assert [[one.story.id for one in message.stories] for message in late] == ([] if deliver is INSTANT else [[ids[0]]])


@pytest.mark.parametrize("verdict", MISREAD)
@pytest.mark.parametrize("misread_first", [True, False])
def test_undo_restores_both_each_under_its_id_and_it_can_be_said_again(
    store: Store, verdict: Verdict, *, misread_first: bool
) -> None:
    desk = a_desk(store)
    wrong, value = MISREAD[verdict]
    both = [wrong, renewed()] if misread_first else [renewed(), wrong]
    ids = [opened(desk, one, outlet=outlet) for one, outlet in zip(both, ("gazette", "lune"), strict=True)]
    before, told = all_of(desk), len(desk.told)
    judged = ids[both.index(wrong)]
    for _ in range(2):
        say(desk, judged, verdict, value)
        assert [one.id for one in all_of(desk)] == [ids[0]]
        undo(desk, judged)
        assert all_of(desk) == before
    desk.now += timedelta(hours=1)
    desk.say(renewed(), outlet="soleil")
    desk.say(wrong, outlet="soleil")
    go(desk)
    assert [one.id for one in all_of(desk)] == [one.id for one in before]
    assert len(desk.told) == told


def test_a_story_that_its_readers_called_wrong_is_joined_by_none(store: Store) -> None:
    desk = a_desk(store)
    wrong, other = opened(desk, renewed(), outlet="gazette"), opened(desk, renewed("Les Marais"), outlet="lune")
    say(desk, wrong, Verdict.WRONG)
    say(desk, other, Verdict.TITLE, "Les Marées")
    assert len(all_of(desk)) == 2


def test_a_correction_that_makes_no_two_stories_equal_joins_none(store: Store) -> None:
    desk = a_desk(store)
    opened(desk, renewed(), outlet="gazette")
    other = opened(desk, renewed("Les Marais", 3), outlet="lune")
    say(desk, other, Verdict.TITLE, "Les Marées")
    assert {(one.title, one.season) for one in all_of(desk)} == {("Les Marées", 2), ("Les Marées", 3)}


# -- the end of a work -----------------------------------------------------------------------------------------------


def turns(desk: Desk) -> dict[tuple[str, int | None], list[str]]:
    return {
        (one.kind.value, one.season): [step.field for step in one.history if step.field in {"cancelled", "rescued"}]
        for one in all_of(desk)
    }


@pytest.mark.parametrize("back", ["undo", "right"])
def test_an_end_that_is_called_wrong_ends_nothing_and_no_renewal_after_it_is_a_rescue(store: Store, back: str) -> None:
    desk = a_desk(store)
    opened(desk, renewed(), outlet="gazette")
    desk.now += timedelta(days=30)
    end = opened(desk, renewed(kind=Kind.CANCELLATION, season=None), outlet="lune")
    assert turns(desk) == {("renewal", 2): ["cancelled"], ("cancellation", None): []}
    say(desk, end, Verdict.WRONG)
    assert turns(desk) == {("renewal", 2): [], ("cancellation", None): []}
    desk.now += timedelta(days=30)
    opened(desk, renewed(season=3), outlet="soleil")
    assert turns(desk) == {("renewal", 2): [], ("renewal", 3): [], ("cancellation", None): []}
    bring_back(desk, end, back)
    assert turns(desk) == {("renewal", 2): ["cancelled"], ("renewal", 3): [], ("cancellation", None): ["rescued"]}


def test_a_renewal_that_is_called_wrong_rescues_nothing(store: Store) -> None:
    desk = a_desk(store)
    opened(desk, renewed(kind=Kind.CANCELLATION, season=None), outlet="lune")
    desk.now += timedelta(days=30)
    renewal = opened(desk, renewed(season=3), outlet="soleil")
    assert turns(desk) == {("renewal", 3): [], ("cancellation", None): ["rescued"]}
    say(desk, renewal, Verdict.WRONG)
    assert turns(desk) == {("renewal", 3): [], ("cancellation", None): []}


# -- back from wrong -------------------------------------------------------------------------------------------------


def bring_back(desk: Desk, story: str, how: str) -> None:
    if how == "undo":
        undo(desk, story)
    else:
        say(desk, story, Verdict.RIGHT)


@pytest.mark.parametrize("how", ["undo", "right"])
def test_what_was_called_wrong_over_its_digest_and_comes_back_is_told_by_the_next_one_once(
    store: Store, how: str
) -> None:
    desk = a_desk(store, DAILY)
    desk.say(renewed("Le Phare"), outlet="lune")
    story = opened(desk, renewed(), outlet="gazette")
    say(desk, story, Verdict.WRONG)
    go(desk, at("2026-03-15 09:00"))
    assert desk.heard == [("03-15 08:00", "digest", ["Le Phare"])]
    bring_back(desk, story, how)
    go(desk, at("2026-03-16 12:00"))
    assert desk.heard[1:] == [("03-16 08:00", "digest", ["Les Marées"])]
    (message,) = desk.told[1:]
    assert [one.event for one in message.stories] == [Event.NEW]
    say(desk, story, Verdict.WRONG)
    undo(desk, story)
    go(desk, at("2026-03-17 12:00"))
    assert len(desk.told) == 2


def test_what_comes_back_before_its_digest_is_told_by_that_one(store: Store) -> None:
    desk = a_desk(store, DAILY)
    story = opened(desk, renewed(), outlet="gazette")
    say(desk, story, Verdict.WRONG)
    undo(desk, story)
    go(desk, at("2026-03-16 12:00"))
    assert desk.heard == [("03-15 08:00", "digest", ["Les Marées"])]


def test_what_comes_back_after_a_quiet_night_is_told_at_once(store: Store) -> None:
    desk = a_desk(store, quiet=Quiet(start=time(11), end=time(18)))
    story = opened(desk, renewed(), outlet="gazette")
    say(desk, story, Verdict.WRONG)
    go(desk, at("2026-03-14 20:00"))
    assert desk.told == []
    undo(desk, story)
    go(desk, desk.now + timedelta(hours=3))
    assert desk.heard == [("03-14 20:30", "digest", ["Les Marées"])]


def test_a_story_whose_reader_heard_of_it_is_not_owed_again(store: Store) -> None:
    desk = a_desk(store)
    story = opened(desk, renewed(), outlet="gazette")
    say(desk, story, Verdict.WRONG)
    undo(desk, story)
    go(desk, desk.now + timedelta(hours=3))
    assert len(desk.told) == 1


# -- one title on two platforms --------------------------------------------------------------------------------------


def by(channel: str) -> Announcement:
    return renewed(platforms=(channel,), producers=())


def test_the_second_of_two_outlets_that_name_two_channels_is_told_with_what_the_other_says(store: Store) -> None:
    desk = a_desk(store)
    opened(desk, by("TF1"), outlet="gazette")
    second = opened(desk, by("France 2"), outlet="lune")
    claims = [(one.field, one.value, one.outlet) for one in desk.told[1].stories[0].claims]
    assert claims == [("platforms", "France 2", "Lune"), ("platforms", "TF1", "Gazette")]
    say(desk, second, Verdict.WRONG)
    assert {one.id: one.disputed for one in all_of(desk) if not one.retracted}.popitem()[1] == ()
    undo(desk, second)
    assert [one.disputed for one in all_of(desk)] == [("platforms",), ("platforms",)]


# -- what a word had swallowed ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("verdict", MISREAD)
@pytest.mark.parametrize("deliver", [INSTANT, DAILY])
def test_what_joined_a_story_by_a_correction_that_is_taken_back_is_told_as_its_own(
    store: Store, verdict: Verdict, deliver: Deliver
) -> None:
    desk = a_desk(store, deliver)
    mistaken, value = MISREAD[verdict]
    story = opened(desk, mistaken, outlet="gazette")
    go(desk, NOON + timedelta(days=1))
    say(desk, story, verdict, value)
    for outlet in ("lune", "soleil"):
        desk.now += timedelta(hours=1)
        assert desk.say(renewed(), outlet=outlet).changes == ()
    undo(desk, story)
    go(desk, NOON + timedelta(days=3))
    own, other = sorted(all_of(desk), key=lambda one: one.id != story)
    assert (own.id, own.title, own.season, own.outlets) == (story, mistaken.title, mistaken.season, ("Gazette",))
    assert (other.title, other.season, other.outlets) == ("Les Marées", 2, ("Lune", "Soleil"))
    assert [[one.story.id for one in message.stories] for message in desk.told] == [[story], [other.id]]
    assert desk.told[1].stories[0].event is Event.NEW
    desk.say(renewed(), outlet="gazette")
    go(desk, NOON + timedelta(days=4))
    assert len(desk.told) == 2


def test_whose_message_told_what_a_correction_had_joined_is_not_told_again(store: Store) -> None:
    desk = a_desk(store)
    story = opened(desk, renewed("Les Marais", status=Status.RUMOURED), outlet="gazette")
    say(desk, story, Verdict.TITLE, "Les Marées")
    desk.say(renewed(), outlet="lune")
    go(desk)
    assert [message.stories[0].story.title for message in desk.told] == ["Les Marais", "Les Marées"]
    undo(desk, story)
    go(desk)
    assert len(all_of(desk)) == len(desk.told) == 2


@pytest.mark.parametrize("how", ["undo", "right"])
def test_what_was_told_in_earnest_is_one_with_the_story_that_was_not_wrong_after_all(store: Store, how: str) -> None:
    desk = a_desk(store)
    story = opened(desk, renewed(status=Status.RUMOURED), outlet="gazette")
    say(desk, story, Verdict.WRONG)
    other = opened(desk, renewed(), outlet="lune")
    assert {one.id for one in all_of(desk)} == {story, other}
    bring_back(desk, story, how)
    go(desk)
    (only,) = all_of(desk)
    assert (only.id, only.status, only.outlets) == (story, Status.CONFIRMED, ("Gazette", "Lune"))
    desk.say(renewed(), outlet="soleil")
    go(desk)
    assert len(desk.told) == 2
    with store.read() as tx:
        found = stories.get(tx, other)
    assert found
    assert found.id == story


# -- feeds -----------------------------------------------------------------------------------------------------------


def updated(desk: Desk) -> dict[str, datetime]:
    with desk.store.read() as tx:
        found = stories.all(tx, limit=9)
        feed = feed_of(found, Place(name="all", address="http://x/", home="http://x/"), latest.read_at(tx, found))
    return {entry.story.id: entry.updated for entry in feed.entries}


@pytest.mark.parametrize(
    ("verdict", "value"), [(Verdict.TITLE, "La Marée"), (Verdict.SEASON, "4"), (Verdict.WRONG, None)]
)
def test_a_verdict_that_is_taken_back_updates_the_storys_entry_in_feeds(
    store: Store, verdict: Verdict, value: str | None
) -> None:
    desk = a_desk(store)
    story, other = opened(desk, renewed(), outlet="gazette"), opened(desk, renewed("Le Phare"), outlet="lune")
    before = updated(desk)
    say(desk, story, verdict, value)
    undo(desk, story)
    assert updated(desk) == before | {story: desk.now}
    assert before[other] < desk.now


def test_a_storys_entry_never_goes_back_when_an_end_of_it_is_called_wrong(store: Store) -> None:
    desk = a_desk(store)
    story = opened(desk, renewed(), outlet="gazette")
    other = opened(desk, renewed("Le Phare"), outlet="lune")
    desk.now += timedelta(days=30)
    end = opened(desk, renewed(kind=Kind.CANCELLATION, season=None), outlet="lune")
    before = updated(desk)
    say(desk, end, Verdict.WRONG)
    assert updated(desk)[story] == desk.now
    assert updated(desk)[other] == before[other]
    undo(desk, end)
    assert updated(desk)[story] == desk.now


def test_stories_that_are_put_together_or_apart_by_hand_are_updated_then(store: Store) -> None:
    desk = a_desk(store)
    one, other = opened(desk, renewed(), outlet="gazette"), opened(desk, renewed("Les Marais"), outlet="lune")
    apart = opened(desk, renewed("Le Phare"), outlet="soleil")
    before = updated(desk)[apart]
    desk.now += timedelta(hours=1)
    with store.write() as tx:
        ties.merge(tx, one, other, now=desk.now)
    assert updated(desk) == {one: desk.now, apart: before}
    desk.now += timedelta(hours=1)
    with store.write() as tx:
        gone = ties.split(tx, one, "https://lune.example/2", now=desk.now)
    assert updated(desk) == {one: desk.now, gone.id: desk.now, apart: before}
