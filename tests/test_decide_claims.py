"""What a message says of outlets that contradict each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import samples_alerts as samples

from monitor.alerts.context import Claim
from monitor.decide.claims import claims
from monitor.telling import Known, Telling, Told
from monitor.types import Announcement
from monitor.vocabulary import Status


def told(outlet: str, hour: int, **changes: object) -> Told:
    base = samples.told(samples.story()).announcement
    announcement: Announcement = replace(base, **changes)  # type: ignore[arg-type]
    at = samples.NOW + timedelta(hours=hour)
    return Told(telling=Telling(outlet=outlet, url=f"u{hour}", at=at), position=0, announcement=announcement)


def test_each_value_has_the_first_outlet_that_still_says_so_the_storys_own_first() -> None:
    known = Known(
        story=samples.story(status=Status.CONFIRMED, disputed=("status", "title")),
        told=(
            told("Un", 1),
            told("Deux", 2),
            told("Trois", 3, status=Status.RUMOURED),
            told("Un", 4, status=Status.DENIED),
        ),
    )
    assert claims(known) == (
        Claim(field="status", value="confirmed", outlet="Deux"),
        Claim(field="status", value="denied", outlet="Un"),
        Claim(field="status", value="rumoured", outlet="Trois"),
    )


def test_who_says_nothing_contradicts_nobody() -> None:
    known = Known(
        story=samples.story(disputed=("platforms", "season")),
        told=(told("Un", 1, season=2), told("Deux", 2, platforms=("TF1", "Max")), told("Trois", 3, platforms=())),
    )
    assert claims(known) == (
        Claim(field="platforms", value="Netflix", outlet="Un"),
        Claim(field="platforms", value="TF1, Max", outlet="Deux"),
        Claim(field="season", value="2", outlet="Un"),
    )


def test_what_is_undisputed_has_no_claims() -> None:
    assert claims(Known(story=samples.story(), told=(told("Un", 1), told("Deux", 2, season=3)))) == ()
