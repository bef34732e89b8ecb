"""What an article denies is told once."""

from __future__ import annotations

import pytest
from tellings import says

from monitor.decide.denials import told_once
from monitor.types import Announcement, Evidence
from monitor.vocabulary import Kind, Status

DENIED = says("Ovale", kind=Kind.RENEWAL, season=2, status=Status.DENIED)


def end(*cues: str, **fields: object) -> Announcement:
    """Say that a work ends."""
    sentence = Evidence(sentence="Non, « Ovale » n'aura pas de saison 2.", zone="headline", start=0, end=10, cues=cues)
    return says(**{"title": "Ovale", "kind": Kind.CANCELLATION, "season": 2, "evidence": sentence, **fields})  # type: ignore[arg-type]


def test_a_season_that_is_denied_is_no_end_as_well() -> None:
    assert told_once([end('season: "saison 2"'), DENIED]) == (DENIED,)


@pytest.mark.parametrize(
    "other",
    [
        end('cancel: "annulée"', 'season: "saison 2"'),
        end('cancel: "annulée"', season=None),
        end('season: "saison 3"', season=3),
        end('season: "saison 2"', title="Osmosis"),
        end('season: "saison 2"', final=True),
    ],
)
def test_an_end_that_is_said_is_told_beside_the_denial(other: Announcement) -> None:
    assert told_once([other, DENIED]) == (other, DENIED)


def test_a_season_that_nobody_denies_and_that_does_not_come_is_an_end() -> None:
    confirmed = says("Ovale", kind=Kind.RENEWAL, season=2)
    found = (end('season: "saison 2"'), confirmed)
    assert told_once(found) == found
