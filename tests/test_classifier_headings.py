"""The first words of a headline, before its colon."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Document


def named(title: str, text: str) -> set[str | None]:
    document = Document(title=title, text=text, language="fr")
    return {c.title for c in classifier().statements(document)}


BODY = "Les équipes techniques ont loué un gymnase, où elles dorment et déjeunent chaque jour de la semaine. " * 3


@pytest.mark.parametrize(
    "again", ["Le tournage de « Cordage » dure un mois.", "Avec Cordage, la chaîne veut surprendre."]
)
def test_a_title_comes_again(again: str) -> None:
    assert "Cordage" in named("Cordage : la nouvelle série de France 2 se tourne", f"{BODY}{again}")


@pytest.mark.parametrize("again", ["La série de France 2 est tournée à Cordage.", "Le cordage du bateau a rompu."])
def test_a_town_or_a_matter_is_no_title(again: str) -> None:
    assert "Cordage" not in named("Cordage : la nouvelle série de France 2 se tourne", f"{BODY}{again}")


def test_a_headline_alone_is_believed() -> None:
    assert "Cordage" in named("Cordage : la nouvelle série de France 2 se tourne", "")
