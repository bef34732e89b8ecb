"""Two known works go by one name: the platform tells which is meant, and without one that which goes on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from shipped import classifier

from monitor.types import Document

NEW, OLD = "Plus belle la vie, encore plus belle", "Plus belle la vie"


def told(title: str, year: int = 2026) -> set[str | None]:
    document = Document(
        title=title, text="Le feuilleton continue.", language="fr", published=datetime(year, 5, 4, tzinfo=UTC)
    )
    return {one.title for one in classifier().read(document) if one.kind.value == "renewal"}


@pytest.mark.parametrize(
    ("title", "year", "meant"),
    [
        ("PBLV : TF1 commande une saison 4 du feuilleton", 2026, NEW),
        ("TF1 renouvelle Plus belle la vie pour une saison 4", 2026, NEW),
        ("Le feuilleton « Plus belle la vie, encore plus belle » renouvelé pour une saison 4 sur TF1", 2026, NEW),
        ("PBLV : France 3 commande une saison 7 du feuilleton", 2010, OLD),
        ("PBLV renouvelé : le feuilleton aura une saison 7", 2010, OLD),
        ("PBLV renouvelé : le feuilleton aura une saison 4", 2026, NEW),
    ],
)
def test_a_name_of_two_works_means_the_one_whose_channel_is_named_or_that_goes_on(
    title: str, year: int, meant: str
) -> None:
    assert told(title, year) == {meant}


def test_a_name_of_one_work_is_that_works_on_whatever_channel() -> None:
    assert told("M6 renouvelle « Capitaine Marleau » pour une saison 6") == {"Capitaine Marleau"}
