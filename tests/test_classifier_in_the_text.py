"""What a text about somebody or something else says of a new work in one sentence, and what only sounds like it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.classifier import Classifier
from monitor.types import Document
from monitor.vocabulary import Kind

FRENCH = """Apolline Garrec arrive en avance, commande un thé vert et pose son téléphone à l'envers sur la table.
À cinquante-deux ans, l'artiste n'a plus rien à prouver, et le dit sans coquetterie.
Il y a eu les années creuses, des cours donnés en banlieue, puis un succès au théâtre qui a tout changé.
Un inconnu avait commenté la mort de sa mère, et ce fut le message de trop.
{}
Le reste du temps se passe près de Tournus, avec deux chiens qui n'obéissent à personne.
"""
ENGLISH = """Over coffee on the Croisette, Bruno Castillac sounded weary of the word “disruption.”
“Every year somebody tells me that it is over,” he said. “Every year I prove them wrong.”
The business, he conceded, has changed. People pay later, and ask for more.
A tool that summarizes rule books has saved his Paris lawyers about a week a month.
{}
As for selling up, he has had two offers this year and turned both down.
"""


def announced(classifier: Classifier, sentence: str) -> list[str | None]:
    """List the new works that a portrait announces which has that sentence."""
    language, frame = ("en", ENGLISH) if " the " in f" {sentence} " or "“" in sentence else ("fr", FRENCH)
    document = Document(
        title="Portrait : Apolline Garrec" if language == "fr" else "Bruno Castillac Answers His Phone",
        summary="",
        text=frame.format(sentence),
        language=language,
        published=datetime(2025, 5, 5, tzinfo=UTC),
    )
    return [one.title for one in classifier.read(document) if one.kind is Kind.NEW_ORIGINAL]


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("La Croisière des brumes (6x52'), produite pour TF1, est actuellement en montage.", "Croisière des brumes"),
        ("Elle a rendu à Canal+ les scripts des Fossoyeuses, une comédie en huit fois 40 minutes.", "Fossoyeuses"),
        ("Elle fabrique avec Arte un documentaire de 90 minutes sur les gardiennes de phare.", None),
        ("Netflix France has handed it a series order for “Ninth Step,” a French-language thriller.", "Ninth Step"),
        ("He recently wrapped “The Abbess,” a period thriller for France 2.", "Abbess"),
        ("The outfit is in post on “The Slow Ferry,” an eight-episode crime series for TF1.", "Slow Ferry"),
    ],
)
def test_one_sentence_of_a_portrait_announces(classifier: Classifier, sentence: str, title: str | None) -> None:
    read = announced(classifier, sentence)
    assert read == [None] if title is None else any(title in (name or "") for name in read)


@pytest.mark.parametrize(
    "sentence",
    [
        "La Croisière des brumes (6x52'), produite pour TF1, a réuni trois millions de curieux.",
        "Elle avait rendu à Canal+ les scripts des Fossoyeuses, une comédie en huit fois 40 minutes.",
        "TF1 avait fait appel à elle pour écrire « Le Gué aux loups », un feuilleton d'été en six épisodes.",
        "France 2 lui a confié un rôle de juge dans une série, qu'elle a finalement refusé.",
        "Les premiers épisodes de « La Noyée du canal », série de France 3, seront projetés le 2 mai à Tournus.",
        "Elle tourne en ce moment à Nantes « Le Passeur du lac », un film qui sortira en salles en mai.",
        "M6 once picked another company to make “Dry Dam,” a six-hour thriller set on the Loire.",
        "The novelist turned down an offer from Arte to adapt her bestseller into a series.",
    ],
)
def test_one_sentence_of_a_portrait_only_sounds_like_it(classifier: Classifier, sentence: str) -> None:
    assert announced(classifier, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "goes_on"),
    [
        ("Le format danois « Fyrtårn » aura sa version française sur M6.", False),
        ("On la retrouvera dans « Les Heures lentes », une série que France 2 tourne à Pau.", False),
        ("« Les Heures lentes », une série que France 2 tourne à Pau, est reconduite.", True),
    ],
)
def test_what_only_begins_is_not_read_as_going_on(classifier: Classifier, sentence: str, *, goes_on: bool) -> None:
    document = Document(title="", summary="", text=FRENCH.format(sentence), language="fr")
    read = [one for one in classifier.statements(document) if one.kind is Kind.NEW_ORIGINAL]
    assert read
    assert any("with renew" in one.features for one in read) is goes_on
