"""The day that another sentence of an article names than the one that announces."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.decide.beside import day_beside
from monitor.vocabulary import Kind

TOLD = date(2026, 11, 20)
ORDERED = "Arte a commandé « Le Phare »."


@pytest.mark.parametrize(
    ("text", "kind", "season", "day"),
    [
        (f"{ORDERED} La série sera diffusée à partir du 4 janvier.", Kind.NEW_ORIGINAL, None, "2027-01-04"),
        (
            f"{ORDERED}\nLe ton se veut tendre.\n« Le Phare » arrivera le 4 janvier.",
            Kind.NEW_ORIGINAL,
            None,
            "2027-01-04",
        ),
        (f"{ORDERED} La saison 2 sera diffusée le 4 janvier.", Kind.RENEWAL, 2, "2027-01-04"),
        (f"{ORDERED} Rendez-vous le 4 janvier à l'antenne.", Kind.RELEASE_DATE, 2, "2027-01-04"),
        (f"{ORDERED} It will launch on Jan. 4.", Kind.NEW_ORIGINAL, None, "2027-01-04"),
        (
            f"{ORDERED} Elle sera tournée à Brest. 8 épisodes de « Le Phare » arriveront le 4 janvier.",
            Kind.NEW_ORIGINAL,
            None,
            "2027-01-04",
        ),
        (f"{ORDERED} La saison 1 sera diffusée le 4 janvier.", Kind.RENEWAL, 2, None),
        (f"{ORDERED} Elle arrivera le 4 janvier.", Kind.RENEWAL, 2, None),  # the one that was shot, perhaps
        (f"{ORDERED} Le tournage débutera le 4 janvier.", Kind.NEW_ORIGINAL, None, None),
        (f"{ORDERED} « La Digue » sera diffusée le 4 janvier.", Kind.NEW_ORIGINAL, None, None),
        (f"{ORDERED} Un décor. L'émission sera diffusée le 4 janvier.", Kind.NEW_ORIGINAL, None, None),
        (f"{ORDERED} La série sera diffusée à partir du 4 janvier.", Kind.CANCELLATION, None, None),
        (ORDERED, Kind.NEW_ORIGINAL, None, None),
        ("", Kind.NEW_ORIGINAL, None, None),
    ],
)
def test_a_day_may_stand_beside_the_sentence_that_announces_a_work(
    text: str, kind: Kind, season: int | None, day: str | None
) -> None:
    found = day_beside(kind, "Le Phare", season, sentence=ORDERED, text=text, told=TOLD)
    assert found == (date.fromisoformat(day) if day else None)
