"""What somebody is busy with is said in passing: "où elle tourne les prochains épisodes"."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Document
from monitor.vocabulary import ALERTED_KINDS


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


@pytest.mark.parametrize(
    ("text", "language", "people"),
    [
        (
            "TF1 a commandé « Alto », une série créée par Marc Caro et Julie Dupont.",
            "fr",
            ("Marc Caro", "Julie Dupont"),
        ),
        (
            "TF1 a commandé une série policière écrite par Marc Caro et réalisée par Julie Dupont.",
            "fr",
            ("Marc Caro", "Julie Dupont"),
        ),
        ("TF1 a commandé la série « Alto » à Marc Caro.", "fr", ("Marc Caro",)),
        ("TF1 a commandé la série « Alto », tournée à Marc Caro.", "fr", ()),
        ("TF1 a commandé « Alto », une série créée par Marc Caro, Julie Dupont joue le juge.", "fr", ("Marc Caro",)),
        ("TF1 a commandé une série de Marc Caro, un film de Julie Dupont.", "fr", ("Marc Caro",)),
        (
            "Netflix has ordered the French series “Alto,” written by Marc Caro, Julie Dupont & Omar Sy.",
            "en",
            ("Marc Caro", "Julie Dupont", "Omar Sy"),
        ),
    ],
)
def test_all_who_make_a_work_are_named(text: str, language: str, people: tuple[str, ...]) -> None:
    (found, *_) = classifier().read(Document(title="", text=text, language=language))
    assert found.people == people


def test_a_headline_that_names_one_of_two_makers_tells_of_the_same_work() -> None:
    text = "TF1 a commandé une série policière écrite par Marc Caro et Julie Dupont."
    headline = "TF1 commande une série policière écrite par Marc Caro"
    (found,) = classifier().read(Document(title=headline, text=text, language="fr"))
    assert found.people == ("Marc Caro", "Julie Dupont")
