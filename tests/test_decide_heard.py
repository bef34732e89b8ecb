"""What a reader was told, and what is news to them since."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import a_change, a_story

from monitor.decide.heard import changed_since, facts_of, repeated
from monitor.types import Story
from monitor.vocabulary import Kind, Status

STORY = a_story("s-a", status=Status.RUMOURED, platforms=("OCS",), season=None, title=None)


def cancelled(story: Story) -> Story:
    return replace(story, history=(*story.history, a_change(field="cancelled", after="2026-04-01")))


@pytest.mark.parametrize(
    ("later", "changed"),
    [
        (STORY, ()),
        (replace(STORY, confidence=0.4, outlets=("A", "B")), ()),
        (replace(STORY, status=Status.CONFIRMED), ("status",)),
        (replace(STORY, season=2), ("season",)),
        (replace(STORY, platforms=("OCS", "Arte")), ("platforms",)),
        (replace(STORY, platforms=()), ()),
        (replace(STORY, title="Les Marées"), ("title",)),
        (cancelled(STORY), ("cancelled",)),
        (cancelled(replace(STORY, status=Status.DENIED, season=3)), ("status", "season", "cancelled")),
    ],
)
def test_what_differs_is_news(later: Story, changed: tuple[str, ...]) -> None:
    assert changed_since(facts_of(STORY), later) == changed


def test_what_came_back_is_none() -> None:
    told = facts_of(STORY)
    assert changed_since(told, replace(replace(STORY, status=Status.DENIED), status=Status.RUMOURED)) == ()


def test_a_name_spelt_otherwise_and_a_platform_nobody_had_named_are_none() -> None:
    named = replace(STORY, title="Les Marees", platforms=())
    assert changed_since(facts_of(named), replace(named, title="Les Marées", platforms=("OCS",))) == ()


def test_a_turn_is_told_once() -> None:
    assert changed_since(facts_of(cancelled(STORY)), cancelled(STORY)) == ()


def test_who_was_told_just_this() -> None:
    told = facts_of(STORY)
    last = {("s-a", "mine", "mail"): told, ("s-a", "mine", "phone"): told | {"status": "denied"}}
    assert repeated(last, {"s-a": STORY}) == {("s-a", "mine", "mail")}


@pytest.mark.parametrize(
    ("kind", "before", "after", "news"),
    [
        (Kind.RELEASE_DATE, None, "2027-03-12", True),
        (Kind.RELEASE_DATE, "2027-03-12", "2027-04-02", True),
        (Kind.RENEWAL, "2026", "2027", True),
        (Kind.RENEWAL, "2027-03-12", "2028", True),
        (Kind.RENEWAL, "2027", "2027-03", False),
        (Kind.RENEWAL, "2027-03", "2027", False),
    ],
)
def test_a_date_that_moved_is_news_and_of_an_order_no_date_that_is_only_more_precise(
    kind: Kind, before: str | None, after: str, news: bool
) -> None:
    known = replace(STORY, kind=kind, history=(a_change(field="date", after=before),) if before else ())
    later = replace(known, history=(*known.history, a_change(field="date", after=after)))
    assert changed_since(facts_of(known), later) == (("date",) if news else ())


def test_who_was_told_no_date_is_told_of_one_only_where_it_moved() -> None:
    known = replace(STORY, kind=Kind.RENEWAL, season=2, history=())
    named = replace(known, history=(a_change(quote="La saison 2 arrive le 12 mars 2027."),))
    moved = replace(named, history=(*named.history, a_change(field="date", before="2027-03-12", after="2027-04-02")))
    assert changed_since(facts_of(known), named) == ()
    assert changed_since(facts_of(known), moved) == ("date",)
    assert changed_since(facts_of(known) | {"date": "2027-03-12"}, moved) == ("date",)
