"""When a work comes out, as outlets tell it: what moves it, and what does not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tellings import NOW, says

from monitor.decide.dates import moves
from monitor.premieres import coming
from monitor.telling import Telling, Told
from monitor.types import Evidence
from monitor.vocabulary import Kind, Status

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("« Ovale » : la saison 2 est prévue en 2027", "2027"),
        ("La saison 2 d'« Ovale » est repoussée à 2027", "2027"),
        ("La saison 2 d'« Ovale », attendue en 2026, est repoussée à l'automne 2027", "2027"),
        ("La saison 2 d'« Ovale », reportée de 2026 à 2027", "2027"),
        ("« Ovale » : la saison 2 arrivera en mars 2027", "2027-03"),
        ("« Ovale » : la saison 2 sera diffusée en mars 2027", "2027-03"),
        ("« Ovale » : la saison 2 arrive le 12 mars 2027", "2027-03-12"),
        ("‘Ovale’ season 2 is due in 2027", "2027"),
        ("‘Ovale’ season 2 pushed back to March 2027", "2027-03"),
        ("‘Ovale’ season 2 delayed until late 2027", "2027"),
        ("‘Ovale’ season 2 premieres March 12, 2027", "2027-03-12"),
        ("‘Ovale’, which launched in 2024, is renewed for season 2", None),
        ("« Ovale », diffusée en 2026, aura une saison 2", None),
        ("« Ovale » : le tournage de la saison 2 est prévu en 2027", None),
        ("‘Ovale’ season 2 will film in 2027", None),
        ("« Ovale » est renouvelée ; la saison 1 sera diffusée en 2027", None),
        ("« Ovale » est renouvelée ; la saison 1 arrive le 12 mars 2027", None),
        ("« Ovale » : une saison 2 est attendue en 2021", None),
        ("« Ovale » aura une saison 2", None),
    ],
)
def test_when_a_renewal_comes_out_is_read_as_precisely_as_it_is_said(sentence: str, when: str | None) -> None:
    assert coming(Kind.RENEWAL, sentence, told=TODAY, season=2) == when


def test_an_end_and_a_purchase_have_no_premiere() -> None:
    for kind in (Kind.CANCELLATION, Kind.ACQUISITION):
        assert coming(kind, "Fin d'« Ovale », prévue en 2027, arrive le 12 mars 2027", told=TODAY) is None


def told(*said: tuple[str, str], kind: Kind = Kind.RENEWAL, **fields: object) -> list[tuple[str | None, str]]:
    """Let outlets say it, a day after the other, and give the moves."""
    ordered = [
        Told(
            telling=Telling(outlet=outlet, url=f"https://{at}.example/", at=NOW + timedelta(days=at)),
            position=0,
            announcement=says(
                "Ovale", kind=kind, evidence=Evidence(sentence=sentence, zone="lead", start=0, end=1), **fields
            ),
        )
        for at, (outlet, sentence) in enumerate(said)
    ]
    return list(moves(ordered).values())


Y26, Y27, MAY = "Prévue en 2026.", "Repoussée à 2027.", "Diffusion le 12 mai 2027."


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([("a", Y26), ("b", Y27)], [("2026", "2027")]),
        ([("a", Y26), ("b", Y27), ("c", Y26)], []),
        ([("a", Y26), ("b", Y27), ("a", Y26)], []),
        ([("a", Y26), ("b", Y27), ("b", Y26)], [("2027", "2026")]),
        ([("a", Y27), ("b", MAY), ("c", Y27)], []),
        ([("a", MAY), ("b", Y27)], []),
        ([("a", Y26), ("b", MAY)], [("2026", "2027-05-12")]),
        ([("a", "Renouvelée."), ("b", Y27)], []),
    ],
)
def test_the_newest_day_that_nobody_named_before_moves_it(
    said: list[tuple[str, str]], expected: list[tuple[str | None, str]]
) -> None:
    first = [("2026", "2027")] if said[:2] == [("a", Y26), ("b", Y27)] and expected != [("2026", "2027")] else []
    assert told(*said) == [*first, *expected]


def test_a_release_date_is_news_where_it_is_named_first_or_more_precisely() -> None:
    said = [("a", "Bientôt."), ("b", "Prévue en 2027."), ("c", "Le 12 mai 2027.")]
    assert told(*said, kind=Kind.RELEASE_DATE) == [(None, "2027"), ("2027", "2027-05-12")]


def test_what_is_denied_moves_nothing() -> None:
    assert told(("a", Y26), ("b", Y27), status=Status.DENIED) == []
