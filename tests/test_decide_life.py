"""The life of a story: what each telling does to it, what outlets contradict, how stories of one work turn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tellings import GROUPS, NOW, known_after, says, stories_of, told

from monitor.decide import life
from monitor.decide.news import Placed
from monitor.telling import Telling, Told
from monitor.types import Announcement, Evidence, Story
from monitor.vocabulary import Event, Kind, Prominence, Status

R, C = Kind.RENEWAL, Kind.CANCELLATION
OUTLETS = ("La Lune", "Le Soir", "Midi", "L'Aube", "Minuit")


def tells(number: int, announcement: Announcement, outlet: str | None = None) -> Told:
    """Tell something, an hour after what has the number before."""
    outlet = outlet or OUTLETS[number]
    telling = Telling(outlet=outlet, url=f"https://a.example/{number}", at=NOW + timedelta(hours=number))
    return Told(telling=telling, position=0, announcement=announcement)


def fold(*said: Announcement | tuple[str, Announcement], season: int | None = None) -> Story:
    """Make a story of tellings an hour apart, each of another outlet unless one is named."""
    grains = [
        tells(number, one[1], one[0]) if isinstance(one, tuple) else tells(number, one)
        for number, one in enumerate(said)
    ]
    return life.fold(grains, story_id="s-1", groups=GROUPS, season=season)


def fields(story: Story) -> list[str]:
    return [step.field for step in story.history]


@given(st.permutations(range(4)))
def test_the_order_they_are_given_in_is_nothing(order: list[int]) -> None:
    said = [says(status=Status.RUMOURED), says(), says(status=Status.DENIED), says(None)]
    grains = [tells(number, one) for number, one in enumerate(said)]
    assert life.fold([grains[at] for at in order], story_id="s-1", groups=GROUPS) == fold(*said)


def test_each_change_is_kept_with_who_said_so() -> None:
    story = fold(says("Plan", kind=R, status=Status.RUMOURED), says("Plan", kind=R, season=2))
    assert [(one.field, one.before, one.after, one.outlet) for one in story.history] == [
        ("opened", None, "rumoured", "La Lune"),
        ("status", "rumoured", "confirmed", "Le Soir"),
        ("season", None, "2", "Le Soir"),
    ]
    assert story.history[1].quote == "C'est dit : Plan."
    assert (story.season, story.outlets, story.first_url) == (2, ("La Lune", "Le Soir"), "https://a.example/0")


def test_a_buyers_other_platform_is_filled_in_silently_and_another_buyer_is_a_change() -> None:
    story = fold(says(platforms=("TF1",)), says(platforms=("TF1+",)), says(platforms=("TF1", "Netflix")))
    assert story.platforms == ("TF1", "TF1+", "Netflix")
    assert fields(story) == ["opened", "corroborated", "platforms"]


def test_the_title_is_what_most_say_and_of_equals_the_first() -> None:
    assert fold(says("Osmosys"), says("Osmosis"), says("OSMOSIS")).title == "Osmosis"
    assert fold(says("Osmosys"), says("Osmosis")).title == "Osmosys"
    assert fold(says(None)).title is None


def test_a_season_said_by_hand_counts() -> None:
    assert fold(says(kind=R, season=3), says(kind=R, season=2), season=2).season == 2


@pytest.mark.parametrize(
    ("said", "disputed"),
    [
        ([says(), says()], ()),
        ([says(), says(status=Status.DENIED)], ("status",)),
        ([says(status=Status.RUMOURED), says(status=Status.DENIED)], ()),
        ([says(status=Status.DENIED), says(status=Status.RUMOURED)], ("status",)),
        ([("A", says()), ("B", says(status=Status.DENIED)), ("A", says(status=Status.DENIED))], ()),
        ([says(), says(status=Status.DENIED), ("Le Soir", says())], ()),
        ([says(platforms=("Netflix",)), says(platforms=("Arte",))], ("platforms",)),
        ([says(platforms=("TF1",)), says(platforms=("TF1+",))], ()),
        ([says(platforms=("OCS",)), says(platforms=("Arte",)), says(platforms=("OCS", "Arte"))], ()),
        ([says(platforms=()), says(platforms=("Arte",))], ()),
    ],
)
def test_contradictions_are_named(said: list[Announcement], disputed: tuple[str, ...]) -> None:
    assert fold(*said).disputed == disputed


def test_a_rumour_after_the_denial_changes_nothing_and_a_confirmation_does() -> None:
    denied = fold(says(), says(status=Status.DENIED), says(status=Status.RUMOURED))
    assert denied.status is Status.DENIED
    assert fold(says(), says(status=Status.DENIED), says()).status is Status.CONFIRMED


def turn(before: list[Placed], announcement: Announcement, *, days: float, outlet: str = "Le Soir") -> list[Placed]:
    """Tell the next thing of a work."""
    placed = told(announcement, known=known_after(*before), outlet=outlet, at=NOW + timedelta(days=days))
    return [*before, placed]


def updates(placings: list[Placed]) -> list[list[tuple[str, tuple[str, ...]]]]:
    """Give what each article made heard of stories that were there."""
    return [
        [(str(one.story.kind), one.changed) for one in placed.changes if one.event is Event.UPDATE]
        for placed in placings
    ]


def test_who_heard_of_a_renewal_hears_once_that_it_was_cancelled_and_who_heard_that_that_it_was_rescued() -> None:
    placings = turn([], says("Plan cœur", kind=R, season=2), days=0)
    placings = turn(placings, says("Plan cœur", kind=C, season=2), days=40)
    placings = turn(placings, says("Plan cœur", kind=C), days=41, outlet="Midi")
    placings = turn(placings, says("Plan cœur", kind=R, season=3, platforms=("Canal+",)), days=90)
    assert updates(placings) == [[], [("renewal", ("cancelled",))], [], [("cancellation", ("rescued",))]]
    kinds = {(one.kind, one.season): fields(one) for one in stories_of(*placings)}
    assert kinds == {
        (R, 2): ["opened", "cancelled"],
        (C, 2): ["opened", "corroborated", "rescued"],
        (R, 3): ["opened"],
    }


def test_the_same_season_promised_again_is_rescued() -> None:
    placings = turn([], says("Plan cœur", kind=R, season=2), days=0)
    placings = turn(placings, says("Plan cœur", kind=C, season=2), days=40)
    placings = turn(placings, says("Plan cœur", kind=R, season=2), days=42, outlet="Midi")
    assert updates(placings)[-1] == []
    placings = turn(placings, says("Plan cœur", kind=R, season=2), days=60, outlet="L'Aube")
    assert updates(placings)[-1] == [("renewal", ("rescued",))]


def worded(text: str) -> Announcement:
    evidence = Evidence(sentence=text, zone="headline", start=0, end=len(text))
    return says("Plan cœur", kind=R, season=2, evidence=evidence)


@pytest.mark.parametrize(
    ("ended", "later", "outlet", "told", "sentence"),
    [
        (40, 3, "Minuit", True, "Plan cœur aura bien sa saison 2"),
        (40, 0.5, "Minuit", False, "Plan cœur aura bien sa saison 2"),
        (40, 3, "Minuit", False, "C'est dit : Plan cœur."),  # a copy
        (40, 3, "Midi", False, "Plan cœur aura bien sa saison 2"),  # who told the end
        (4, 3, "Minuit", False, "Plan cœur aura bien sa saison 2"),  # perhaps a late rewrite of the renewal
    ],
)
def test_a_return_within_days_of_an_end_is_told_where_it_can_be_no_late_copy(
    ended: float, later: float, outlet: str, told: bool, sentence: str
) -> None:
    placings = turn([], says("Plan cœur", kind=R, season=2), days=0)
    placings = turn(placings, says("Plan cœur", kind=C, season=2), days=ended, outlet="Midi")
    placings = turn(placings, worded(sentence), days=ended + later, outlet=outlet)
    assert updates(placings)[-1] == ([("renewal", ("rescued",))] if told else [])


def disputed(placings: list[Placed]) -> dict[Kind, tuple[str, ...]]:
    return {one.kind: one.disputed for one in stories_of(*placings)}


def test_who_stands_by_a_season_that_another_ended_contradicts_it_in_both_stories_until_it_is_undone() -> None:
    placings = turn([], says("Plan cœur", kind=R, season=2), days=0)
    placings = turn(placings, says("Plan cœur", kind=C, season=2), days=0.2, outlet="Midi")
    assert disputed(placings) == {R: (), C: ()}
    placings = turn(placings, says("Plan cœur", kind=R, season=2), days=1, outlet="Minuit")
    assert disputed(placings) == {R: ("cancelled",), C: ("cancelled",)}
    assert updates(placings)[-1] == []
    placings = turn(placings, says("Plan cœur", kind=R, season=2), days=60, outlet="L'Aube")
    assert disputed(placings) == {R: (), C: ()}


def test_who_stood_by_a_season_and_tells_its_end_contradicts_it_no_more() -> None:
    placings = turn([], says("Plan cœur", kind=R, season=2), days=0)
    placings = turn(placings, says("Plan cœur", kind=C, season=2), days=1, outlet="Midi")
    placings = turn(placings, says("Plan cœur", kind=R, season=2), days=2, outlet="Minuit")
    placings = turn(placings, says("Plan cœur", kind=C, season=2), days=3, outlet="Minuit")
    assert disputed(placings) == {R: (), C: ()}


@pytest.mark.parametrize("ended", [None, 3])
def test_who_tells_a_season_after_the_end_of_another_or_of_the_work_contradicts_nobody(ended: int | None) -> None:
    placings = turn([], says("Plan cœur", kind=R, season=2), days=0)
    placings = turn(placings, says("Plan cœur", kind=C, season=ended), days=1, outlet="Midi")
    placings = turn(placings, says("Plan cœur", kind=R, season=2), days=2, outlet="Minuit")
    assert disputed(placings) == {R: (), C: ()}


def test_an_end_that_is_taken_back_is_none() -> None:
    placings = turn([], says("Plan cœur", kind=R, season=2), days=0)
    placings = turn(placings, says("Plan cœur", kind=C), days=40)
    placings = turn(placings, says("Plan cœur", kind=C, status=Status.DENIED), days=41)
    assert updates(placings)[-1] == [("cancellation", ("status",)), ("renewal", ("rescued",))]


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        (says("Plan", kind=R, season=2), says("Plan", kind=C, status=Status.RUMOURED), 40),
        (says("Plan", kind=R, season=2), says("Plan", kind=C, platforms=("Arte",)), 40),
        (says("Plan", kind=C), says("Plan", kind=R, season=3, platforms=("Arte",)), 40),
        (says("Plan", kind=C), says("Plan", kind=R, season=3), 800),
        (says("Plan", kind=C), says("Plan", kind=R, season=3), 0.5),
        (says("Plan", kind=C), says("Plan", kind=R, season=3, final=True), 3),
        (says("Plan", kind=C), says("Plan", kind=R, season=3, status=Status.RUMOURED), 40),
    ],
)
def test_what_turns_nothing(one: Announcement, other: Announcement, days: float) -> None:
    assert updates(turn(turn([], one, days=0), other, days=days)) == [[], []]


def test_an_aside_adds_no_buyer() -> None:
    story = fold(says(platforms=("OCS",)), says(platforms=("AMC",), prominence=Prominence.BODY))
    assert story.platforms == ("OCS",)
    assert story.prominence is Prominence.HEADLINE


def test_a_remake_stays_beside_its_original() -> None:
    first = told(says("Les Revenants"), at=NOW - timedelta(days=400))
    quote = Evidence(sentence="Un remake des « Revenants » pour Netflix.", zone="lead", start=0, end=10)
    remake = told(says("Les Revenants", evidence=quote), known=known_after(first))
    assert [one.event for one in remake.changes] == [Event.NEW]
