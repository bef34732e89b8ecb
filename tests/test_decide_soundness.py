"""Rules that can never match, or match everything, are told apart from sound ones, with the reason."""

from __future__ import annotations

import pytest

from monitor.decide.soundness import Finding, Flaw, World, findings
from monitor.subscribing import USUAL, Match, Subscription
from monitor.vocabulary import Kind, Origin, Prominence, Status, WorkType

WORLD = World(platforms={"Netflix", "Canal+"}, outlets={"La Lune", "la-lune"}, languages={"fr", "en"}, watched=False)
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
    ],
)
def test_everything(match: Match) -> None:
    (one,) = found(match)
    assert (one.flaw, one.never) == (Flaw.EVERYTHING, False)


def test_operations_ask_for_no_story() -> None:
    assert found(Match(), operations=True) == ()
