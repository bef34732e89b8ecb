"""Rules that can never match, or match everything, are told apart from sound ones, with the reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.decide.conditions import conditions_of, holds
from monitor.decide.matching import Subject, keyed, words_of
from monitor.decide.naming import Names
from monitor.decide.soundness import Finding, Flaw, World, findings
from monitor.subscribing import USUAL, Match, Subscription
from monitor.vocabulary import Kind, Origin, Prominence, Status, WorkType

WORLD = World(
    platforms={"Netflix", "Canal+", "TF1", "TF1+"},
    outlets={"La Lune", "la-lune"},
    languages={"fr", "en"},
    watched=False,
    works_of=Names([("Plus belle la vie", "PBLV")]).works,
    groups={"TF1+": "TF1"},
)
ON_TF1 = Match(platforms=("TF1",))
RENEWAL, NEW = frozenset({Kind.RENEWAL}), frozenset({Kind.NEW_ORIGINAL})


def found(match: Match, **fields: object) -> tuple[Finding, ...]:
    return findings(Subscription(name="a", targets=("b",), match=match, **fields), WORLD)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "match",
    [
        USUAL,
        Match(platforms=("netflix", "Nothing")),
        Match(outlets=("la lune",), languages=("fr",)),
        Match(any=(Match(platforms=("Nothing",)), Match(works=("Lupin",)))),
        Match(kinds=RENEWAL, any=(Match(kinds=NEW), Match(kinds=RENEWAL))),
        Match(kinds=RENEWAL, none=(Match(kinds=RENEWAL, platforms=("Netflix",)),)),
        Match(kinds=RENEWAL | NEW, none=(Match(kinds=RENEWAL),)),
        Match(platforms=("TF1",), none=(Match(platforms=("TF1+",)),)),
        Match(words=("ville",), none=(Match(words=("la ville",)),)),
        Match(platforms=("Netflix", "Canal+"), none=(Match(platforms=("Netflix",)),)),
        Match(any=(Match(people=("A",)), Match(none=(Match(people=("B",)),)))),
        Match(none=(Match(min_confidence=0.5),)),
        Match(works=("Lupin",)),
        Match(min_confidence=0.1),
    ],
)
def test_sound(match: Match) -> None:
    assert found(match) == ()


@pytest.mark.parametrize(
    ("match", "flaw", "field", "near"),
    [
        (Match(platforms=("Netflx",)), Flaw.UNKNOWN, "platforms", "Netflix"),
        (Match(platforms=("Canal Plus",)), Flaw.UNKNOWN, "platforms", "Canal+"),
        (Match(outlets=("xyzzy",)), Flaw.UNKNOWN, "outlets", ""),
        (Match(languages=("de",)), Flaw.UNKNOWN, "languages", ""),
        (Match(watchlist=True), Flaw.EMPTY_WATCHLIST, "watchlist", ""),
        (Match(kinds=RENEWAL, all=(Match(kinds=NEW),)), Flaw.CONTRADICTION, "kinds", ""),
        (Match(all=(Match(platforms=("Netflx",)),)), Flaw.UNKNOWN, "all no. 1 platforms", "Netflix"),
        (
            Match(any=(Match(platforms=("Netflx",)), Match(watchlist=True))),
            Flaw.UNKNOWN,
            "any no. 1 platforms",
            "Netflix",
        ),
        (Match(kinds=RENEWAL, any=(Match(kinds=NEW),)), Flaw.CONTRADICTION, "any no. 1 kinds", ""),
        (Match(kinds=RENEWAL, none=(Match(works=("a",)), Match(kinds=RENEWAL))), Flaw.EXCLUDED, "none no. 2", ""),
        (Match(none=(Match(statuses=frozenset(Status)),)), Flaw.EXCLUDED, "none no. 1", ""),
        (Match(platforms=("Netflix",), none=(Match(platforms=("NETFLIX",)),)), Flaw.EXCLUDED, "none no. 1", ""),
        (Match(platforms=("TF1+",), none=(Match(works=("a",)), ON_TF1)), Flaw.EXCLUDED, "none no. 2", ""),
        (Match(words=("la ville",), none=(Match(words=("Ville",)),)), Flaw.EXCLUDED, "none no. 1", ""),
        (Match(min_confidence=0.8, none=(Match(min_confidence=0.5),)), Flaw.EXCLUDED, "none no. 1", ""),
        (Match(works=("PBLV",), none=(Match(works=("Plus belle la vie",)),)), Flaw.EXCLUDED, "none no. 1", ""),
        (Match(languages=("fr",), all=(Match(languages=("en",)),)), Flaw.CONTRADICTION, "languages + all no. 1", ""),
        (
            Match(platforms=("Netflix",), all=(Match(none=(Match(platforms=("Netflix",)),)),)),
            Flaw.CONTRADICTION,
            "platforms + all no. 1",
            "",
        ),
        (Match(any=(Match(people=("A",)),), none=(Match(people=("A", "B")),)), Flaw.EXCLUDED, "none no. 1", ""),
        (
            Match(min_confidence=0.6, any=(Match(none=(Match(min_confidence=0.6),)),)),
            Flaw.CONTRADICTION,
            "min_confidence + any",
            "",
        ),
    ],
)
def test_never(match: Match, flaw: Flaw, field: str, near: str) -> None:
    (one, *_) = found(match)
    assert (one.flaw, one.never, one.field, one.near) == (flaw, True, field, near)


@pytest.mark.parametrize(
    "match",
    [
        Match(),
        Match(kinds=frozenset(Kind), statuses=frozenset(Status), origins=frozenset(Origin)),
        Match(work_types=frozenset(WorkType), prominences=frozenset(Prominence)),
        Match(any=(ON_TF1, Match(none=(ON_TF1,)))),
        Match(any=(Match(kinds=RENEWAL), Match(kinds=frozenset(Kind) - RENEWAL))),
        Match(any=(Match(min_confidence=0.5), Match(none=(Match(min_confidence=0.7),)))),
        Match(none=(Match(platforms=("Nothing",)),)),
    ],
)
def test_everything(match: Match) -> None:
    (one,) = found(match)
    assert (one.flaw, one.never) == (Flaw.EVERYTHING, False)


@pytest.mark.parametrize(("least", "flaws"), [(0.4, 1), (0.5, 1), (0.51, 0)])
def test_what_asks_for_no_more_than_the_reader_is_always_sure_of_leaves_nothing_out(least: float, flaws: int) -> None:
    said = findings(
        Subscription(name="a", targets=("b",), match=Match(min_confidence=least)), replace(WORLD, floor=0.5)
    )
    assert [one.flaw for one in said] == [Flaw.EVERYTHING] * flaws
    kept = Match(kinds=RENEWAL, none=(Match(min_confidence=least),))
    said = findings(Subscription(name="a", targets=("b",), match=kept), replace(WORLD, floor=0.5))
    assert [one.flaw for one in said] == [Flaw.EXCLUDED] * flaws


def test_the_preset_that_is_for_everything_may_match_everything() -> None:
    assert found(Match(), preset="everything") == ()
    assert found(Match(any=(ON_TF1, Match(none=(ON_TF1,)))), preset="everything") != ()


def test_a_rule_that_takes_too_long_to_think_through_counts_as_sound() -> None:
    pairs = tuple(Match(any=(Match(people=(f"a{n}",)), Match(people=(f"b{n}",)))) for n in range(40))
    none = tuple(Match(people=(f"a{n}",), producers=(f"b{n}",)) for n in range(40))
    assert found(Match(all=pairs, none=(*none, Match(watchlist=False, all=pairs)))) == ()


# ---- Against trying everything there can be ----

VOCABULARY: dict[str, st.SearchStrategy[Any]] = {
    "kinds": st.frozensets(st.sampled_from([Kind.RENEWAL, Kind.NEW_ORIGINAL]), max_size=2),
    "origins": st.frozensets(st.sampled_from(list(Origin)), max_size=3),
    "min_confidence": st.sampled_from([0.0, 0.0, 0.4, 0.8]),
    "platforms": st.sampled_from([(), (), ("TF1",), ("TF1+",), ("Netflix", "TF1+"), ("Nothing",)]),
    "words": st.sampled_from([(), (), ("ville",), ("la ville",), ("été", "la ville")]),
    "watchlist": st.booleans(),
}
PLAIN = st.builds(Match, **VOCABULARY)
NESTED = st.recursive(
    PLAIN,
    lambda inner: st.builds(
        lambda base, any_, all_, none: replace(base, any=any_, all=all_, none=none),
        PLAIN | st.just(Match()),
        *[st.lists(inner, max_size=2).map(tuple)] * 3,
    ),
    max_leaves=6,
)
REACH = World(platforms=WORLD.platforms, groups=WORLD.groups)


def every_subject() -> list[Subject]:
    """All stories that the vocabulary can tell apart."""
    places = [(), ("TF1",), ("TF1+", "TF1"), ("Netflix",), ("Netflix", "TF1"), ("Netflix", "TF1+", "TF1")]
    said = ["", "été", "une ville", "la ville", "une ville l'été", "la ville l'été"]
    kinds = [Kind.RENEWAL, Kind.NEW_ORIGINAL, Kind.CANCELLATION]
    return [
        Subject(
            kind=kind,
            status=Status.CONFIRMED,
            origin=origin,
            work_type=WorkType.SERIES,
            prominence=Prominence.BODY,
            confidence=confidence,
            platforms=keyed(where),
            text=words_of(text),
            watched=watched,
        )
        for kind in kinds
        for origin in Origin
        for confidence in (0.2, 0.6, 0.9)
        for where in places
        for text in said
        for watched in ((), ("Lupin",))
    ]


SUBJECTS = every_subject()


@settings(max_examples=150, deadline=None)
@given(NESTED)
def test_what_is_said_of_a_rule_is_what_trying_every_story_shows(match: Match) -> None:
    conditions = conditions_of(match)
    held = [holds(conditions, subject) for subject in SUBJECTS]
    flaws = findings(Subscription(name="a", targets=("b",), match=match), REACH)
    assert any(one.never for one in flaws) is not any(held), match
    assert any(one.flaw is Flaw.EVERYTHING for one in flaws) is all(held), match


def test_operations_ask_for_no_story() -> None:
    assert found(Match(), operations=True) == ()
