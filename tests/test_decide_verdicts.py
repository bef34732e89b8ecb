"""What readers say: the later wins, corrections hold side by side, and shares come with honest intervals."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fakes import NOON, a_change, a_story
from hypothesis import given
from hypothesis import strategies as st

from monitor.decide import verdicts
from monitor.decide.verdicts import VerdictError
from monitor.judgement import Judgement, Standing, Verdict, Via
from monitor.vocabulary import Kind


def said(verdict: Verdict, value: str | None = None, hours: int = 0, **fields: Any) -> Judgement:
    values: dict[str, Any] = {
        "story": "s-000000000001",
        "at": NOON + timedelta(hours=hours),
        "via": Via.CLI,
        "kind": Kind.RENEWAL,
        "first_seen": NOON,
        "confidence": 0.9,
    }
    return Judgement(verdict=verdict, value=value, **{**values, **fields})


RIGHT, WRONG = said(Verdict.RIGHT), said(Verdict.WRONG)
TITLE, SEASON = said(Verdict.TITLE, "La Marée"), said(Verdict.SEASON, "3")
DUPLICATE = said(Verdict.DUPLICATE, "s-2")


def undone(one: Judgement) -> Judgement:
    return replace(one, undone_at=NOON)


@pytest.mark.parametrize(
    ("judgements", "verdict", "wrong"),
    [
        ([], None, False),
        ([RIGHT], Verdict.RIGHT, False),
        ([RIGHT, WRONG], Verdict.WRONG, True),
        ([WRONG, RIGHT], Verdict.RIGHT, False),
        ([WRONG, TITLE], Verdict.TITLE, False),
        ([WRONG, undone(RIGHT)], Verdict.WRONG, True),
        ([RIGHT, undone(WRONG)], Verdict.RIGHT, False),
        ([undone(WRONG)], None, False),
    ],
)
def test_the_last_thing_said_holds(judgements: list[Judgement], verdict: Verdict | None, wrong: bool) -> None:
    stands = verdicts.standing(judgements)
    assert (stands.verdict, stands.wrong) == (verdict, wrong)


def test_corrections_hold_side_by_side_and_when_called_right() -> None:
    stands = verdicts.standing([TITLE, SEASON, RIGHT])
    assert stands == Standing(verdict=Verdict.RIGHT, at=RIGHT.at, title=TITLE, season=SEASON)
    again = replace(TITLE, value="La Grande Marée")
    assert verdicts.standing([TITLE, again]).title == again
    assert verdicts.standing([TITLE, undone(again)]).title == TITLE
    assert verdicts.standing([DUPLICATE]).duplicate_of == "s-2"


def test_a_corrected_story_says_what_it_was_and_is_looked_up_by_its_new_name() -> None:
    story = a_story(history=(a_change(), a_change(at=NOON + timedelta(hours=5), field="status")))
    title, season = said(Verdict.TITLE, "La Marée", 1), said(Verdict.SEASON, "3", 9)
    assert [verdicts.before(story, one.verdict) for one in (title, season, RIGHT)] == ["Les Marées", "2", None]
    judgements = [replace(one, before=verdicts.before(story, one.verdict)) for one in (title, season)]
    changed = verdicts.corrected(story, judgements)
    assert (changed.title, changed.title_key, changed.season) == ("La Marée", "maree", 3)
    assert [step.field for step in changed.history] == ["opened", "corrected", "status", "corrected"]
    steps = [step for step in changed.history if step.field == "corrected"]
    assert [(step.before, step.after, step.outlet) for step in steps] == [
        ("title: Les Marées", "title: La Marée", "reader"),
        ("season: 2", "season: 3", "reader"),
    ]
    assert not changed.retracted


def test_a_correction_moves_no_other_step() -> None:
    late = a_change(at=NOON - timedelta(days=1), field="corroborated", outlet="Canard")  # told late, dated early
    story = a_story(history=(a_change(), late))
    changed = verdicts.corrected(story, [said(Verdict.SEASON, "3", -48)])
    assert [step.field for step in changed.history] == ["opened", "corrected", "corroborated"]
    assert tuple(step for step in changed.history if step.field != "corrected") == story.history
    assert [step.field for step in verdicts.corrected(a_story(history=()), [SEASON]).history] == ["corrected"]


def test_a_wrong_story_is_taken_back_and_an_unjudged_one_is_as_it_was() -> None:
    assert verdicts.corrected(a_story(), [WRONG]) == replace(a_story(), retracted=True)
    assert verdicts.corrected(a_story(), [WRONG, RIGHT]) == a_story()
    assert verdicts.corrected(a_story(), []) == a_story()


def test_an_untitled_project_gets_the_title_that_its_reader_knows() -> None:
    changed = verdicts.corrected(a_story(title=None, season=None), [TITLE, SEASON])
    assert (changed.title, changed.season) == ("La Marée", 3)
    assert [step.before for step in changed.history if step.field == "corrected"] == [None, None]


@pytest.mark.parametrize(
    ("verdict", "value", "kept"),
    [
        (Verdict.RIGHT, None, None),
        (Verdict.WRONG, "", None),
        (Verdict.TITLE, "  La \n Marée ", "La Marée"),
        (Verdict.SEASON, " 03 ", "3"),
        (Verdict.DUPLICATE, "s-2", "s-2"),
    ],
)
def test_a_value_is_kept_tidy(verdict: Verdict, value: str | None, kept: str | None) -> None:
    assert verdicts.checked(a_story(), verdict, value) == kept


@pytest.mark.parametrize(
    ("verdict", "value", "says"),
    [
        (Verdict.TITLE, " ", "right title"),
        (Verdict.TITLE, "x" * 201, "at most 200"),
        (Verdict.TITLE, "a\u202eb", "right title"),
        (Verdict.SEASON, "", "from 1 to 999"),
        (Verdict.SEASON, "0", "from 1 to 999"),
        (Verdict.SEASON, "1000", "from 1 to 999"),
        (Verdict.SEASON, "9" * 5000, "from 1 to 999"),
        (Verdict.SEASON, "-1", "from 1 to 999"),
        (Verdict.SEASON, "²", "from 1 to 999"),
        (Verdict.DUPLICATE, None, "which other story"),
        (Verdict.DUPLICATE, "s-000000000001", "which other story"),
        (Verdict.RIGHT, "indeed", "needs nothing more"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(verdict: Verdict, value: str | None, says: str) -> None:
    with pytest.raises(VerdictError, match=says):
        verdicts.checked(a_story(), verdict, value)


def test_saying_the_same_again_is_no_news() -> None:
    assert verdicts.repeats([RIGHT], Verdict.RIGHT, None)
    assert verdicts.repeats([WRONG, TITLE], Verdict.TITLE, "La Marée")
    assert not verdicts.repeats([WRONG, TITLE], Verdict.TITLE, "Les Marées")
    assert not verdicts.repeats([RIGHT, WRONG], Verdict.RIGHT, None)
    assert not verdicts.repeats([undone(RIGHT)], Verdict.RIGHT, None)
    assert verdicts.repeats([RIGHT, undone(WRONG)], Verdict.RIGHT, None)
    assert not verdicts.repeats([], Verdict.RIGHT, None)


def test_the_stories_that_this_one_may_repeat() -> None:
    story = a_story()
    alike = a_story("s-2", title="La Marée", title_key="maree", people=(), platforms=())
    other = a_story("s-3", title="Cœurs de sel", title_key="coeurs de sel", people=(), platforms=())
    old = a_story("s-4", first_seen=NOON - timedelta(days=200))
    kind = a_story("s-5", kind=Kind.NEW_ORIGINAL)
    gone = a_story("s-6", retracted=True)
    untitled = a_story("s-7", title=None, platforms=())
    same = a_story("s-8")
    found = verdicts.near(story, [alike, other, old, kind, gone, untitled, same, story])
    assert [one.id for one in found] == ["s-8", "s-2", "s-7"]
    assert len(verdicts.near(story, [a_story(f"s-1{n}") for n in range(20)])) == 6


@pytest.mark.parametrize(
    ("right", "judged", "low", "high"),
    [  # computed by hand from Wilson's formula, and the same in every table of it
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (95, 100, 0.8882, 0.9785),
    ],
)
def test_the_interval_is_wilsons(right: int, judged: int, low: float, high: float) -> None:
    interval = verdicts.wilson(right, judged)
    assert interval
    assert interval == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10_000), st.data())
def test_an_interval_holds_its_share(judged: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, judged))
    interval = verdicts.wilson(right, judged)
    assert interval
    assert 0 <= interval[0] <= right / judged <= interval[1] <= 1


def test_precision_is_counted_by_month_and_kind() -> None:
    later = NOON + timedelta(days=40)
    counted = verdicts.precision(
        [
            (Kind.RENEWAL, NOON, verdicts.standing([RIGHT])),
            (Kind.RENEWAL, NOON, verdicts.standing([WRONG])),
            (Kind.RENEWAL, later, verdicts.standing([TITLE, SEASON])),
            (Kind.NEW_ORIGINAL, later, verdicts.standing([DUPLICATE])),
            (Kind.NEW_ORIGINAL, later, verdicts.standing([TITLE, WRONG])),
            (Kind.NEW_ORIGINAL, later, verdicts.standing([undone(WRONG)])),  # nothing is said of it any more
        ]
    )
    all_ = counted["", ""]
    assert (all_.judged, all_.wrong, all_.corrected, all_.duplicates, all_.right) == (5, 2, 1, 1, 3)
    assert all_.share == pytest.approx(0.6)
    assert all_.interval == verdicts.wilson(3, 5)
    assert set(counted) == {
        *(("", kind) for kind in ("", "renewal", "new_original")),
        *(("2026-03", kind) for kind in ("", "renewal")),
        *(("2026-04", kind) for kind in ("", "renewal", "new_original")),
    }
    assert counted["2026-03", "renewal"].judged == 2
    assert verdicts.precision([]) == {}
    assert verdicts.wilson(0, 0) is None
