"""What an article does to the stories known: opens, corroborates, changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tellings import NOW, known_after, says, stories_of, told

from monitor.decide import news
from monitor.vocabulary import Event, Kind, Outcome, Prominence, Status

LATER = NOW + timedelta(hours=3)
FRESH = timedelta(days=2)


def test_the_first_outlet_opens_the_story_and_is_credited() -> None:
    placed = told(says())
    (change,) = placed.changes
    assert (change.event, change.story.outlets, change.story.first_seen) == (Event.NEW, ("La Lune",), NOW)
    assert [step.field for step in change.story.history] == ["opened"]


def test_the_fifth_outlet_only_corroborates() -> None:
    placings = [told(says())]
    for hours, outlet in enumerate(("Le Soir", "Le Matin", "Midi", "Minuit"), 1):
        at = NOW + timedelta(hours=hours)
        placings.append(told(says(), known=known_after(*placings), outlet=outlet, at=at))
        assert placings[-1].changes == ()
    (story,) = stories_of(*placings)
    assert story.outlets == ("La Lune", "Le Soir", "Le Matin", "Midi", "Minuit")
    assert [step.field for step in story.history] == ["opened", *["corroborated"] * 4]


@pytest.mark.parametrize(
    ("known", "said", "after"),
    [
        (Status.RUMOURED, Status.CONFIRMED, Status.CONFIRMED),
        (Status.RUMOURED, Status.IN_DEVELOPMENT, Status.IN_DEVELOPMENT),
        (Status.CONFIRMED, Status.RUMOURED, Status.CONFIRMED),
        (Status.CONFIRMED, Status.DENIED, Status.DENIED),
        (Status.DENIED, Status.CONFIRMED, Status.CONFIRMED),
        (Status.DENIED, Status.DENIED, Status.DENIED),
    ],
)
def test_certainty_rises_and_a_denial_replaces_anything(known: Status, said: Status, after: Status) -> None:
    before = told(says(status=known))
    placed = told(says(status=said), known=known_after(before), outlet="Le Soir", at=LATER)
    (story,) = stories_of(before, placed)
    assert story.status is after
    assert [change.changed for change in placed.changes] == ([("status",)] if known is not after else [])


def test_a_second_buyer_in_the_headline_is_an_update_and_in_the_body_an_aside() -> None:
    before = told(says(platforms=("OCS",)))
    headline = told(says(platforms=("AMC", "OCS")), known=known_after(before), outlet="Le Soir", at=LATER)
    assert headline.changes[0].changed == ("platforms",)
    assert headline.changes[0].story.platforms == ("OCS", "AMC")
    aside = says(platforms=("AMC", "OCS"), prominence=Prominence.BODY)
    assert told(aside, known=known_after(before), outlet="Le Soir", at=LATER).changes == ()


def test_the_first_buyer_named_is_filled_in_silently() -> None:
    before = told(says(platforms=()))
    placed = told(says(), known=known_after(before), outlet="Le Soir", at=LATER)
    assert placed.changes == ()
    assert placed.joined[0].story.platforms == ("Netflix",)


def test_a_project_gets_its_title() -> None:
    before = told(says(None, people=("Noémie Saglio",)))
    placed = told(says("Plan cœur", people=("Noémie Saglio",)), known=known_after(before), outlet="Le Soir", at=LATER)
    (change,) = placed.changes
    assert (change.changed, change.story.title, change.story.title_key) == (("title",), "Plan cœur", "plan coeur")


def test_the_headlines_fact_comes_first() -> None:
    placed = told(says("Aparté", prominence=Prominence.BODY), says("Une"))
    assert [change.story.title for change in placed.changes] == ["Une", "Aparté"]
    assert len(placed.placed) == 2


def test_one_article_that_says_it_twice_opens_one_story() -> None:
    placed = told(says(), says())
    assert len(placed.changes) == 1
    assert placed.placed[0] == placed.placed[1]


def test_the_same_article_gives_the_same_ids() -> None:
    assert told(says(), says("Missions")).placed == told(says(), says("Missions")).placed


@pytest.mark.parametrize(
    ("placed", "age", "outcome", "words"),
    [
        (told(), timedelta(), Outcome.NOTHING, "nothing"),
        (told(says()), timedelta(days=5), Outcome.QUIET, "5 days"),
        (told(says(kind=Kind.ACQUISITION)), timedelta(), Outcome.QUIET, "acquisition"),
        (told(says(), known=known_after(told(says())), outlet="Le Soir"), timedelta(), Outcome.CORROBORATED, "La Lune"),
    ],
)
def test_every_article_ends_in_one_outcome_with_its_reason(
    placed: news.Placed, age: timedelta, outcome: Outcome, words: str
) -> None:
    decision = news.conclude(placed, (), age=age, fresh=FRESH)
    assert decision.outcome is outcome
    assert words in decision.reason
