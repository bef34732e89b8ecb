"""A work that one channel ends and another takes up: whose end it is, and whose renewal. All sentences are ours."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Announcement, Document
from monitor.vocabulary import Kind


def read(headline: str, text: str = "", language: str = "fr") -> dict[Kind, Announcement]:
    found = classifier().read(Document(title=headline, text=text, language=language))
    return {one.kind: one for one in found}


@pytest.mark.parametrize(
    ("headline", "text", "language", "rescuer", "gone"),
    [
        ("Netflix récupère « La Passe », annulée par TF1, pour une saison 2", "", "fr", "Netflix", None),
        ("Annulée par TF1, « La Passe » sera sauvée par Netflix", "", "fr", "Netflix", None),
        (
            "« La Passe » trouve refuge sur Arte",
            "La série, abandonnée par France 2 en mars, aura une troisième saison sur Arte.",
            *("fr", "Arte", None),
        ),
        ("« La Passe » : annulée par TF1, la série renaît sur Prime Video", "", "fr", "Prime Video", "TF1"),
        (
            "Netflix sauve « La Passe » !",
            "Lâchée par M6 en juin, la comédie de Lise Carel aura une saison 2.",
            *("fr", "Netflix", None),
        ),
        ("Netflix picks up ‘La Passe’ after TF1 axed it", "It will return for season two.", "en", "Netflix", "TF1"),
        ("Netflix saves French thriller ‘La Passe’ after TF1 cancellation", "", "en", "Netflix", "TF1"),
        ("French series ‘La Passe’ finds new home at Arte after being axed by Canal+", "", "en", "Arte", None),
    ],
)
def test_a_rescue_is_a_renewal_by_who_takes_it_up(
    headline: str, text: str, language: str, rescuer: str, gone: str | None
) -> None:
    said = read(headline, text, language)
    assert (said[Kind.RENEWAL].platforms, said[Kind.RENEWAL].rescued) == ((rescuer,), True)
    if gone:
        assert (said[Kind.CANCELLATION].platforms, said[Kind.CANCELLATION].rescued) == ((gone,), False)


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("« La Passe » ne sera pas sauvée par Netflix", "La série annulée par France 2 ne reviendra pas."),
        ("« La Passe » peut-elle être sauvée par Netflix ?", "La série annulée par France 2 attend toujours."),
        ("Pétition pour sauver « La Passe », annulée par France 2", ""),
        ("TF1 annule « La Passe » après deux saisons", "Netflix récupère les droits du tennis."),
        ("Un chien sauvé par les pompiers de Brest", "L'animal a été récupéré par la brigade."),
    ],
)
def test_what_nobody_takes_up_is_no_renewal(headline: str, text: str) -> None:
    assert Kind.RENEWAL not in read(headline, text)


def test_what_was_never_ended_is_no_rescue() -> None:
    said = read("TF1 renouvelle « La Passe » pour une saison 3", "« Le Phare », elle, a été annulée par M6.")
    assert (said[Kind.RENEWAL].platforms, said[Kind.RENEWAL].rescued) == (("TF1",), False)


def test_one_ends_and_another_is_saved() -> None:
    said = read("« La Passe » annulée par TF1, « Les Dunes » sauvée par Netflix")
    assert (said[Kind.CANCELLATION].title, said[Kind.CANCELLATION].platforms) == ("La Passe", ("TF1",))
    assert (said[Kind.RENEWAL].title, said[Kind.RENEWAL].platforms) == ("Les Dunes", ("Netflix",))
