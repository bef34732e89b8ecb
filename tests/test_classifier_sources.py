"""What a work is made from may be foreign: that makes the work itself no less French."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Document
from monitor.vocabulary import Origin

TEXT = "La chaîne a commandé six épisodes, tournés à Lyon dès mars. La série réunira Alice Taglioni et Éric Cantona."


def origins(title: str) -> dict[str | None, Origin]:
    found = classifier().read(Document(title=title, text=TEXT, language="fr"))
    return {one.title: one.origin for one in found}


@pytest.mark.parametrize(
    "made",
    [
        "adapté de la série israélienne « Mirage »",
        "librement inspirée d'une série danoise",
        "remake de la série espagnole « Mirage »",
        "adaptation d'une série norvégienne",
    ],
)
def test_what_is_made_from_a_foreign_series_is_french(made: str) -> None:
    assert origins(f"TF1 tourne « Le Sosie », {made}")["Le Sosie"] is Origin.FRENCH


@pytest.mark.parametrize("said", ["une série israélienne", "remake américain d'une série de France 2", "série danoise"])
def test_what_is_itself_foreign_is_not(said: str) -> None:
    assert origins(f"Netflix tourne « Le Sosie », {said}").get("Le Sosie") is not Origin.FRENCH
