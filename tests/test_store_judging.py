"""What a verdict does at once, and to the articles that come after it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from desk import Desk, at
from fakes import an_announcement

from monitor import heeding
from monitor.decide.verdicts import VerdictError
from monitor.judgement import Verdict, Via
from monitor.store import Store, stories, tellings, verdicts, works
from monitor.subscribing import Subscription
from monitor.types import Announcement, Evidence, Story
from monitor.vocabulary import Event, Outcome, Prominence, Status

NOON = at("2026-03-14 12:00")


def renewed(title: str = "Les Marées", season: int | None = 2, **fields: object) -> Announcement:
    return an_announcement(title=title, season=season, **{"people": (), **fields})


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, Subscription(name="mine", targets=("phone",)), now=NOON)


def say(desk: Desk, story: str, verdict: Verdict, value: str | None = None) -> bool:
    desk.now += timedelta(hours=1)
    with desk.store.write() as tx:
        wanted = desk.pipeline.subscriptions
        given = heeding.judge(tx, story, verdict, value, groups={}, subscriptions=wanted, now=desk.now, via=Via.CLI)
    return given is not None


def undo(desk: Desk, story: str) -> Verdict | None:
    with desk.store.write() as tx:
        taken = heeding.undo(tx, story, groups={}, subscriptions=desk.pipeline.subscriptions, now=desk.now)
    return taken.verdict if taken else None


def opened(desk: Desk, *announcements: Announcement, outlet: str = "gazette") -> str:
    desk.now += timedelta(hours=1)
    story = desk.say(*announcements, outlet=outlet).changes[0].story.id
    desk.go()
    return story


def all_of(desk: Desk) -> list[Story]:
    with desk.store.read() as tx:
        return stories.all(tx, limit=100)


@pytest.mark.parametrize("later", ["La Marée", "Les Marées"])
def test_an_article_with_the_right_title_and_one_with_the_wrong_one_find_the_corrected_story(
    desk: Desk, later: str
) -> None:
    story = opened(desk, renewed("Les Marées"))
    say(desk, story, Verdict.TITLE, "La Marée")
    desk.now += timedelta(hours=1)
    decision = desk.say(renewed(later), outlet="lune")
    desk.go()
    assert [one.id for one in decision.joined] == [story]
    (only,) = all_of(desk)
    assert (only.id, only.title, only.outlets) == (story, "La Marée", ("Gazette", "Lune"))
    assert [(step.before, step.after) for step in only.history if step.field == "corrected"] == [
        ("title: Les Marées", "title: La Marée")
    ]
    assert len(desk.told) == 1


@pytest.mark.parametrize("outlet", ["gazette", "soleil"])
def test_a_story_told_under_several_wrong_titles_is_found_by_each_of_them_once_it_is_corrected(
    desk: Desk, outlet: str
) -> None:
    story = opened(desk, renewed("Les Marées de Kerlouan"))
    desk.now += timedelta(hours=1)
    desk.say(renewed("Les Marées de Kerlouann"), outlet="lune")
    desk.say(renewed("Les Marées de Kerlouan"), outlet="soleil")
    say(desk, story, Verdict.TITLE, "Grand large")
    for later in ("Les Marées de Kerlouan", "Les Marées de Kerlouann", "Grand large"):
        desk.now += timedelta(days=9)
        assert [one.id for one in desk.say(renewed(later), outlet=outlet).joined] == [story]


def test_a_corrected_title_is_known_of_the_next_season_too(desk: Desk) -> None:
    story = opened(desk, renewed("Les Marées"))
    say(desk, story, Verdict.TITLE, "Grand large")
    opened(desk, renewed("Grand large", season=3))
    desk.now += timedelta(hours=1)
    assert desk.say(renewed("Les Marées", season=3), outlet="lune").changes == ()


def test_a_season_that_was_read_wrong_is_read_wrong_again_in_the_same_news_only(desk: Desk) -> None:
    story = opened(desk, renewed(season=2))
    say(desk, story, Verdict.SEASON, "3")
    desk.now += timedelta(days=1)
    assert [one.id for one in desk.say(renewed(season=2), outlet="lune").joined] == [story]
    (only,) = all_of(desk)
    assert only.season == 3
    desk.now += timedelta(days=200)
    assert desk.say(renewed(season=4), outlet="lune").changes[0].event is Event.NEW


def test_stories_merged_by_hand_teach_that_their_titles_are_one_works(desk: Desk) -> None:
    kept, gone = opened(desk, renewed("Les Goémoniers")), opened(desk, renewed("The Seaweed Men"), outlet="lune")
    say(desk, gone, Verdict.DUPLICATE, kept)
    desk.now += timedelta(days=200)
    third = desk.say(renewed("The Seaweed Men", season=3), outlet="lune").changes[0].story.id
    desk.now += timedelta(hours=1)
    assert [one.id for one in desk.say(renewed("Les Goémoniers", season=3), outlet="soleil").joined] == [third]


def test_of_a_story_that_was_judged_it_is_said_that_its_title_may_be_another(desk: Desk) -> None:
    judged, other = opened(desk, renewed("Les Marées")), opened(desk, renewed("Le Phare"))
    say(desk, judged, Verdict.TITLE, "La Marée")
    with desk.store.read() as tx:
        found = tellings.hints(tx, [judged, other, "s-gone"])
    assert {story: [(hint.titles, hint.judged) for hint in some] for story, some in found.items()} == {
        judged: [(("Les Marées",), True)],
        other: [(("Le Phare",), False)],
    }


def test_an_article_with_the_right_season_finds_the_corrected_story_and_updates_it(desk: Desk) -> None:
    story = opened(desk, renewed(season=2, status=Status.RUMOURED))
    say(desk, story, Verdict.SEASON, "3")
    assert opened(desk, renewed(season=3), outlet="lune") == story
    (told,) = desk.told[1].stories
    assert (told.story.season, told.changed, told.event) == (3, ("status", "season"), Event.UPDATE)
    assert len(all_of(desk)) == 1


def test_the_ledger_knows_the_story_by_its_right_title(desk: Desk) -> None:
    story = opened(desk, renewed())
    say(desk, story, Verdict.TITLE, "Le Grand Phare")
    with desk.store.read() as tx:
        assert [one.id for one in works.stories_of(tx, ["grand phare"])] == [story]
        assert works.stories_of(tx, ["marees"]) == []


def test_what_is_taken_back_is_as_it_was(desk: Desk) -> None:
    story = opened(desk, renewed())
    (before,) = all_of(desk)
    say(desk, story, Verdict.TITLE, "Le Grand Phare")
    say(desk, story, Verdict.SEASON, "3")
    assert undo(desk, story) is Verdict.SEASON
    assert undo(desk, story) is Verdict.TITLE
    assert undo(desk, story) is None
    assert all_of(desk) == [before]


def test_nobody_hears_of_a_wrong_story_again_until_it_is_right_after_all(desk: Desk) -> None:
    story = opened(desk, renewed(status=Status.RUMOURED))
    say(desk, story, Verdict.WRONG)
    desk.now += timedelta(hours=1)
    desk.say(renewed(status=Status.RUMOURED), outlet="lune")
    desk.go()
    assert len(desk.told) == 1
    say(desk, story, Verdict.RIGHT)
    desk.say(renewed(), outlet="soleil")
    desk.go()
    assert [one.stories[0].changed for one in desk.told] == [(), ("status",)]


@pytest.mark.parametrize(
    ("outlet", "status", "days", "news"),
    [
        ("lune", Status.RUMOURED, 1, False),
        ("lune", Status.DENIED, 1, False),
        ("gazette", Status.CONFIRMED, 1, False),
        ("lune", Status.IN_DEVELOPMENT, 1, True),
        ("lune", Status.CONFIRMED, 1, True),
        ("lune", Status.RUMOURED, 31, True),
        ("gazette", Status.CONFIRMED, 31, True),
    ],
)
def test_what_was_called_wrong_is_told_when_it_is_announced_in_earnest(
    desk: Desk, outlet: str, status: Status, days: int, *, news: bool
) -> None:
    story = opened(desk, renewed(status=Status.RUMOURED))
    desk.go()
    say(desk, story, Verdict.WRONG)
    desk.now += timedelta(days=days)
    desk.say(renewed(status=status), outlet=outlet)
    desk.go()
    assert [one.stories[0].event for one in desk.told] == [Event.NEW] * (2 if news else 1)
    told = {one.id: one.retracted for one in all_of(desk)}
    assert told[story], "it stays wrong"
    assert len(told) == len(desk.told)
    desk.say(renewed(status=status), outlet="soleil")
    desk.go()
    surer = not news and status is Status.CONFIRMED  # whatever the first outlet made of its rumour
    assert len(desk.told) == len(all_of(desk)) == len(told) + surer, "the next one tells it again"


def in_body() -> Announcement:
    return renewed(prominence=Prominence.BODY)


def worded(text: str, status: Status = Status.CONFIRMED) -> Announcement:
    return renewed(evidence=Evidence(sentence=text, zone="headline", start=0, end=len(text)), status=status)


@pytest.mark.parametrize(
    ("wrong", "later", "outlet", "hours", "news"),
    [
        (in_body(), renewed(), "lune", 3, True),  # the first headline
        (in_body(), in_body(), "lune", 70, False),
        (in_body(), renewed(), "gazette", 3, False),
        (in_body(), renewed(), "gazette", 70, True),
        (worded("Une"), worded("Deux"), "lune", 20, False),  # of the same days, and as sure
        (worded("Une"), worded("Deux"), "lune", 70, True),
        (worded("Une"), worded("Une"), "lune", 70, False),  # a copy
        (worded("Une"), worded("Deux"), "gazette", 70, False),
        (worded("Une", Status.RUMOURED), worded("Deux", Status.RUMOURED), "lune", 70, False),
        (worded("Une"), worded("Deux", Status.IN_DEVELOPMENT), "lune", 70, False),
    ],
)
def test_what_is_told_more_prominently_or_for_certain_days_later_by_another_outlet_is_told(
    desk: Desk, wrong: Announcement, later: Announcement, outlet: str, hours: int, *, news: bool
) -> None:
    story = opened(desk, wrong)
    say(desk, story, Verdict.WRONG)
    desk.now += timedelta(hours=hours)
    desk.say(later, outlet=outlet)
    desk.go()
    assert [one.stories[0].event for one in desk.told] == [Event.NEW] * (2 if news else 1)
    assert {one.id: one.retracted for one in all_of(desk)}[story]


def test_many_who_repeat_what_was_called_wrong_do_not_put_off_when_it_is_news(desk: Desk) -> None:
    story = opened(desk, worded("Une"))
    say(desk, story, Verdict.WRONG)
    for day in range(3):
        desk.now += timedelta(days=1)
        desk.say(worded(f"Encore {day}", Status.IN_DEVELOPMENT), outlet="lune")
    desk.say(worded("Deux"), outlet="soleil")
    desk.go()
    assert len(desk.told) == 2


def test_that_nobody_hears_of_it_is_laid_to_the_verdict_and_not_to_the_rules(desk: Desk) -> None:
    story = opened(desk, renewed(status=Status.RUMOURED))
    say(desk, story, Verdict.WRONG)
    decision = desk.say(renewed())
    assert (decision.outcome, decision.reason) == (Outcome.QUIET, "a reader called this wrong: kept, alerts nobody")
    assert desk.say(renewed("Autre chose"), outlet="lune").outcome is Outcome.ANNOUNCED


def test_a_story_called_wrong_stays_in_one_piece_and_is_one_with_the_earnest_one_when_it_is_right(desk: Desk) -> None:
    story = opened(desk, renewed(status=Status.RUMOURED))
    desk.now += timedelta(hours=1)
    desk.say(renewed(status=Status.IN_DEVELOPMENT), outlet="lune")
    say(desk, story, Verdict.WRONG)
    desk.now += timedelta(days=1)
    (new,) = desk.say(renewed(), outlet="soleil").changes
    assert new.story.id != story
    assert {one.id: one.outlets for one in all_of(desk)} == {story: ("Gazette", "Lune"), new.story.id: ("Soleil",)}
    say(desk, story, Verdict.RIGHT)
    desk.say(renewed(), outlet="lune")
    (only,) = all_of(desk)
    assert only.id == story


def test_a_duplicate_is_put_together_with_the_one_it_repeats_and_can_be_parted_again(desk: Desk) -> None:
    first = opened(desk, renewed("Les Marées"))
    again = opened(desk, renewed("Sous la digue"), outlet="lune")
    opened_again = desk.say(renewed("Sous la digue"), outlet="soleil")
    assert [one.id for one in opened_again.joined] == [again]
    assert say(desk, again, Verdict.DUPLICATE, first)
    (only,) = all_of(desk)
    assert (only.id, only.outlets) == (first, ("Gazette", "Lune", "Soleil"))
    with desk.store.read() as tx:
        found = stories.get(tx, again)
        assert found
        assert found.id == first
        assert [one.verdict for one in verdicts.of(tx, again)] == [Verdict.DUPLICATE]
    assert undo(desk, again) is Verdict.DUPLICATE
    parted = {one.title: one.outlets for one in all_of(desk)}
    assert parted == {"Les Marées": ("Gazette",), "Sous la digue": ("Lune", "Soleil")}


@pytest.mark.parametrize("alone", [True, False])
def test_two_stories_of_one_article_can_be_parted_again(desk: Desk, alone: bool) -> None:
    slate = desk.say(renewed("Les Marées"), renewed("Le Phare du bout"))
    desk.go()
    tides, light = (change.story.id for change in slate.changes)
    if not alone:
        desk.say(renewed("Le Phare du bout"), outlet="lune")
        desk.say(renewed("Les Marées"), outlet="soleil")
    before = {(story.id, story.title, story.outlets) for story in all_of(desk)}
    say(desk, light, Verdict.DUPLICATE, tides)
    assert [story.id for story in all_of(desk)] == [tides]
    assert undo(desk, light) is Verdict.DUPLICATE
    assert {(story.id, story.title, story.outlets) for story in all_of(desk)} == before
    desk.go()
    desk.say(renewed("Le Phare du bout"), outlet="soleil")
    desk.go()
    assert len(desk.told) == 1, "the slate told both"


def test_articles_of_either_title_after_a_duplicate_are_of_the_one_story(desk: Desk) -> None:
    first = opened(desk, renewed("Les Marées"))
    again = opened(desk, renewed("Sous la digue", 3), outlet="lune")
    say(desk, again, Verdict.DUPLICATE, first)
    for title, season, outlet in (
        ("Sous la digue", 3, "soleil"),
        ("Les Marées", 2, "gazette"),
        ("Sous la digue", 3, "lune"),
    ):
        desk.now += timedelta(hours=1)
        assert [one.id for one in desk.say(renewed(title, season), outlet=outlet).joined] == [first]
    desk.go()
    (only,) = all_of(desk)
    assert (only.title, only.season, only.outlets) == ("Les Marées", 2, ("Gazette", "Lune", "Soleil"))
    assert len(desk.told) == 2


@pytest.mark.parametrize("other", ["s-nosuch", "itself", "another kind"])
def test_a_story_repeats_only_another_one_of_its_kind(desk: Desk, other: str) -> None:
    story = opened(desk, renewed())
    value = {"itself": story, "another kind": opened(desk, an_announcement(kind="new_original", title="Phare"))}
    with pytest.raises(VerdictError, match=r"could repeat|which other story"):
        say(desk, story, Verdict.DUPLICATE, value.get(other, other))
    with desk.store.read() as tx:
        assert verdicts.all(tx) == []


def test_of_what_is_gone_nothing_can_be_said(desk: Desk) -> None:
    with pytest.raises(VerdictError, match="there is no story s-nosuch"):
        say(desk, "s-nosuch", Verdict.RIGHT)


def test_the_same_said_again_does_nothing(desk: Desk) -> None:
    story = opened(desk, renewed())
    assert say(desk, story, Verdict.TITLE, "La Marée")
    assert not say(desk, story, Verdict.TITLE, "La Marée")
