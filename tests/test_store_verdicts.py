"""Verdicts in both databases: they outlive what they speak of, and correct a story wherever it is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from desk import Desk, at
from fakes import NOON, a_change, a_story, an_announcement

from monitor.decide.verdicts import VerdictError
from monitor.judgement import Verdict, Via
from monitor.store import Store, latest, stories, verdicts, works
from monitor.subscribing import Deliver, Rhythm, Subscription
from monitor.types import Announcement, Story
from monitor.vocabulary import Event, Kind, Status

LATER = NOON + timedelta(hours=1)


def keep(store: Store, story: Story) -> None:
    with store.write() as tx:
        stories.save(tx, story, article_url=story.first_url)


def say(store: Store, verdict: Verdict, value: str | None = None, at: datetime = LATER) -> bool:
    with store.write() as tx:
        story = stories.get(tx, "s-000000000001")
        assert story
        return verdicts.add(tx, story, verdict, value, now=at, via=Via.LINK, who="mine → mail") is not None


def read(store: Store) -> Story:
    with store.read() as tx:
        story = stories.get(tx, "s-000000000001")
    assert story
    return story


def test_a_verdict_is_kept_with_who_when_and_how(store: Store) -> None:
    keep(store, a_story())
    assert say(store, Verdict.TITLE, " La  Marée ")
    with store.read() as tx:
        (kept,) = verdicts.all(tx)
        assert verdicts.of(tx, "s-000000000001") == (kept,)
    assert (kept.verdict, kept.value, kept.at, kept.via, kept.who) == (
        Verdict.TITLE,
        "La Marée",
        LATER,
        Via.LINK,
        "mine → mail",
    )
    assert (kept.kind, kept.first_seen, kept.confidence) == (a_story().kind, NOON, 0.9)


def test_the_same_said_twice_is_kept_once(store: Store) -> None:
    keep(store, a_story())
    said = [say(store, verdict) for verdict in (Verdict.RIGHT, Verdict.RIGHT, Verdict.WRONG, Verdict.RIGHT)]
    assert said == [True, False, True, True]
    with store.read() as tx:
        assert [one.verdict for one in verdicts.of(tx, "s-000000000001")] == ["right", "wrong", "right"]


def test_what_makes_no_sense_is_not_kept(store: Store) -> None:
    keep(store, a_story())
    with pytest.raises(VerdictError):
        say(store, Verdict.SEASON, "next")
    with store.read() as tx:
        assert verdicts.all(tx) == []


def test_a_story_is_corrected_wherever_it_is_read(store: Store) -> None:
    keep(store, a_story())
    say(store, Verdict.TITLE, "La Marée")
    say(store, Verdict.SEASON, "3", LATER + timedelta(hours=1))
    with store.read() as tx:
        found = [stories.get(tx, "s-000000000001"), *stories.all(tx, limit=9), *stories.by_ids(tx, ["s-000000000001"])]
    assert [(one.title, one.title_key, one.season) for one in found if one] == [("La Marée", "maree", 3)] * 3


def test_wrong_takes_it_back_and_undo_brings_it_back_step_by_step(store: Store) -> None:
    keep(store, a_story())
    say(store, Verdict.SEASON, "3")
    say(store, Verdict.WRONG)
    assert read(store).retracted
    with store.write() as tx:
        taken = verdicts.undo(tx, "s-000000000001", now=LATER)
    assert taken
    assert taken.verdict is Verdict.WRONG
    assert (read(store).retracted, read(store).season) == (False, 3)
    with store.write() as tx:
        verdicts.undo(tx, "s-000000000001", now=LATER)
        assert verdicts.undo(tx, "s-000000000001", now=LATER) is None
    assert read(store) == a_story()
    with store.read() as tx:
        assert [one.undone_at for one in verdicts.of(tx, "s-000000000001")] == [LATER, LATER]


def test_a_later_article_finds_the_corrected_story_and_keeps_the_correction(store: Store) -> None:
    """What an article adds is saved into a story that was read corrected: nothing is corrected twice."""
    keep(store, a_story())
    say(store, Verdict.SEASON, "3")
    joined = a_change(at=LATER + timedelta(hours=1), field="corroborated", outlet="Canard")
    story = read(store)
    keep(store, replace(story, outlets=("Gazette", "Canard"), history=(*story.history, joined)))
    assert [step.field for step in read(store).history] == ["opened", "corrected", "corroborated"]
    assert read(store).season == 3


def test_standings_are_summed_up_story_by_story(store: Store) -> None:
    keep(store, a_story())
    keep(store, a_story("s-000000000002"))
    with store.write() as tx:
        other = stories.get(tx, "s-000000000002")
        assert other
        verdicts.add(tx, other, Verdict.WRONG, None, now=NOON, via=Via.CLI)
    say(store, Verdict.TITLE, "X", NOON - timedelta(days=1))  # a clock that was set back changes no order
    say(store, Verdict.RIGHT, None, NOON - timedelta(days=2))
    with store.read() as tx:
        found = {last.story: stands for last, stands in verdicts.standings(tx)}
    assert found["s-000000000001"].verdict is Verdict.RIGHT
    assert found["s-000000000001"].title
    assert found["s-000000000002"].wrong


def test_many_stories_are_asked_about_at_once(store: Store) -> None:
    keep(store, a_story())
    say(store, Verdict.RIGHT)
    with store.read() as tx:
        found = verdicts.about(tx, [f"s-{n}" for n in range(1200)] + ["s-000000000001"])
    assert list(found) == ["s-000000000001"]


def test_a_story_that_was_taken_back_is_in_no_feed_and_no_ledger(store: Store) -> None:
    keep(store, a_story())
    with store.read() as tx:
        assert [[one.id for one in page] for page in latest.latest(tx)] == [["s-000000000001"]]
        assert works.stories_of(tx, ["marees"])
    say(store, Verdict.WRONG)
    with store.read() as tx:
        assert list(latest.latest(tx)) == [[]]
        assert list(latest.of_kind(tx, Kind.RENEWAL)) == []
        assert works.stories_of(tx, ["marees"]) == []


def test_what_was_taken_back_before_its_digest_is_not_told_and_never_updated(store: Store) -> None:
    morning = Deliver(rhythm=Rhythm.DAILY, at=time(8))
    mine = Subscription(name="mine", targets=("phone",), deliver=morning)
    desk = Desk(store, mine, now=at("2026-03-14 12:00"))
    decision = desk.say(renewed("Les Marées", Status.RUMOURED), renewed("Le Phare", Status.RUMOURED))
    with store.write() as tx:
        gone = stories.get(tx, decision.changes[0].story.id)
        assert gone
        verdicts.add(tx, gone, Verdict.WRONG, None, now=desk.now, via=Via.CLI)
    desk.go(at("2026-03-15 09:00"))
    desk.say(renewed("Les Marées", Status.RUMOURED), renewed("Le Phare"), outlet="lune")
    desk.go(at("2026-03-16 09:00"))
    assert [titles for _, _, titles in desk.heard] == [["Le Phare"], ["Le Phare"]]


def test_the_next_update_tells_those_who_heard_otherwise_of_a_correction(store: Store) -> None:
    mine = Subscription(name="mine", targets=("phone",))
    desk = Desk(store, mine, now=at("2026-03-14 12:00"))
    decision = desk.say(renewed("Les Marées", Status.RUMOURED))
    desk.go()
    with store.write() as tx:
        story = stories.get(tx, decision.changes[0].story.id)
        assert story
        verdicts.add(tx, story, Verdict.SEASON, "3", now=desk.now, via=Via.CLI)
    desk.now += timedelta(hours=1)
    desk.say(an_announcement(title="Les Marées", season=3, people=()), outlet="lune")
    desk.go()
    (told,) = desk.told[1].stories
    assert (told.story.season, told.changed, told.event) == (3, ("status", "season"), Event.UPDATE)


def renewed(title: str, status: Status = Status.CONFIRMED) -> Announcement:
    return an_announcement(title=title, status=status, people=())
