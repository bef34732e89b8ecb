"""What somebody is busy with is said in passing: "où elle tourne les prochains épisodes"."""

from __future__ import annotations

from functools import cache

import pytest

from monitor.classifier import Classifier
from monitor.data import folder
from monitor.types import Document
from monitor.vocabulary import ALERTED_KINDS


@cache
def classifier() -> Classifier:
    return Classifier.load(folder("config"))


def alerts(title: str, text: str, language: str) -> int:
    read = classifier().read(Document(title=title, text=text, language=language))
    return sum(one.kind in ALERTED_KINDS for one in read)


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        (
            "Bruno Salomé : « La mer me calme »",
            "Le comédien de « Demain nous appartient » dédicace son livre à Sète, où il tourne les prochains épisodes.",
            "fr",
        ),
        (
            "Une cinéaste renversée à vélo à Lyon",
            "La réalisatrice qui prépare actuellement des films pour France 2 souffre d'une fracture.",
            "fr",
        ),
        (
            "Anne Kervel on Walking, Rain and Silence",
            "The star of “Call My Agent!” called from Lille, where she is currently filming a series for France 2.",
            "en",
        ),
    ],
)
def test_what_somebody_is_busy_with_is_no_news(title: str, text: str, language: str) -> None:
    assert alerts(title, text, language) == 0


def test_that_it_is_being_shot_is() -> None:
    text = "TF1 a commandé une nouvelle saison de « Demain nous appartient ». Le tournage des épisodes a lieu à Sète."
    assert alerts("Demain nous appartient : TF1 commande une nouvelle saison", text, "fr") == 1
