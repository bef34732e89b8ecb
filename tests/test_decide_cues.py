"""What may be related to an announcement is told from little, and never missed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tellings import GROUPS, NOW, RULES, says

from monitor.decide import cues, near, projects
from monitor.telling import Hint, Telling, Told
from monitor.types import Announcement, Evidence
from monitor.vocabulary import Kind, WorkType

TEXT = "Des marins, des phares et des tempêtes, en six volets, par une petite équipe bretonne."


def telling(said: Announcement, *, hours: float = 0, text: str = "") -> Told:
    """Say it in an article of its own."""
    told = Telling(outlet="La Lune", url=f"https://lune.example/{hours}", at=NOW + timedelta(hours=hours))
    return Told(telling=told, position=0, announcement=said, shingles=near.shingles(text))


def hint(said: Announcement, *, judged: bool = False) -> Hint:
    """Give of an announcement what is looked at first."""
    return Hint(
        kind=said.kind,
        titles=(said.title, *said.also) if said.title else (),
        work_type=said.work_type,
        people=said.people,
        judged=judged,
    )


def starring(name: str) -> Evidence:
    """Give a sentence whose work somebody plays in."""
    return Evidence(sentence="C'est dit.", zone="lead", start=0, end=10, cues=(f'star: "{name}"',) if name else ())


SAID = st.builds(
    lambda title, kind, work_type, platforms, people, star: says(
        title, kind=kind, work_type=work_type, platforms=platforms, people=people, evidence=starring(star)
    ),
    st.sampled_from([None, "", "Les Combattantes", "Les Combattanntes", "Women at War", "Osmosis"]),
    st.sampled_from([Kind.NEW_ORIGINAL, Kind.RENEWAL]),
    st.sampled_from([WorkType.UNKNOWN, WorkType.SERIES, WorkType.FILM]),
    st.sampled_from([("TF1",), ("TF1+",), ("Netflix",)]),
    st.sampled_from([(), ("Camille Laurent",), ("camille laurent", "Alex Martin"), ("Alex Martin",)]),
    st.sampled_from(["", "Alex Martin"]),
)
TOLD = st.builds(
    lambda said, hours, text: telling(said, hours=hours, text=text),
    SAID,
    st.integers(0, 24 * 20),
    st.sampled_from(["", TEXT, TEXT + " On en sait plus."]),
)


@given(TOLD, TOLD)
def test_whatever_is_related_may_be_related(one: Told, other: Told) -> None:
    if projects.related(one, other, RULES):
        assert cues.may_be_related(one, hint(other.announcement), names=RULES.names)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (says("Les Combattantes"), says("Les Combattanntes", kind=Kind.RENEWAL), True),
        (says("Les Combattantes"), says("Women at War"), True),
        (says("Le Phare de Brest"), says("Le Phare de Crest"), False),  # half of the title is the same
        (says(None), says("Osmosis"), True),  # the project may have got its title
        (says(None, kind=Kind.RENEWAL), says("Osmosis", kind=Kind.RENEWAL), False),
        (says(None), says(None, kind=Kind.RENEWAL), False),
        (says(None, people=("Alex Martin",)), says(None, people=("Camille Laurent",)), False),
        (says(None, people=("Alex Martin",)), says(None), True),
        (says(None, work_type=WorkType.SERIES), says(None, work_type=WorkType.FILM), False),
    ],
)
def test_most_of_what_is_unrelated_is_told_from_little(one: Announcement, other: Announcement, expected: bool) -> None:
    assert cues.may_be_related(telling(one), hint(other), names=RULES.names) is expected
    assert cues.may_be_related(telling(other), hint(one), names=RULES.names) is expected


def test_what_a_reader_judged_may_have_any_title() -> None:
    assert cues.may_be_related(telling(says("Osmosis")), hint(says("Le Phare"), judged=True), names=RULES.names)


@pytest.mark.parametrize("first", ["the project", "its title"])
def test_a_star_beside_a_title_finds_the_project_that_had_none(first: str) -> None:
    project = telling(says(None, people=("Alex Martin",)))
    titled = telling(says("Osmosis", people=("Camille Laurent",), evidence=starring("Alex Martin")), hours=480)
    known, new = (project, titled) if first == "the project" else (titled, project)
    assert projects.related(known, new, RULES)
    assert cues.may_be_related(new, hint(known.announcement), names=RULES.names)
    assert cues.kept(known, groups=GROUPS) & cues.asked(new, names=RULES.names, groups=GROUPS)


def test_a_star_makes_no_two_titles_one_work() -> None:
    one, other = (telling(says(title, evidence=starring("Alex Martin"))) for title in ("Osmosis", "Les Cendres"))
    assert not projects.related(one, other, RULES)
