"""What holds for every text: the classifier never fails, never wavers, and minds nothing but the words."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shipped import classifier

from monitor.classifier import Classifier
from monitor.data import folder
from monitor.types import Announcement, Document

HEADLINES = [
    "TF1 commande une saison 2 de « Bellerive »",
    "« Bellerive » n'aura pas de saison 3 sur Canal+",
    "France 2 annonce une nouvelle série, « La Digue », et renouvelle « Bellerive » pour une deuxième saison",
    "« Bellerive » : y aura-t-il une saison 2 sur Arte ?",
    "Canal+ Renews French Thriller 'Bellerive' for Season Two",
    "Netflix commande « La Digue », série française",
]
LEAD = "La chaîne a commandé une nouvelle saison de « Bellerive », série française écrite par Paul Aubin."
BOILERPLATE = [
    "Recevez chaque matin notre lettre d'information et partagez cet article avec vos amis.",
    "Tous droits réservés. Contactez la rédaction. Mentions légales. Gérer mes préférences.",
    "Météo : un grand soleil est attendu sur tout le pays demain, avec 24 degrés à midi.",
    "Subscribe to our newsletter to read the best of the week every Friday.",
]
#: Pieces of real phrasing, so that random text reaches the deep stages.
WORDS = "TF1 Netflix « Lupin » \" saison 2 commande une série renouvelée pour : ? . aura suite n'aura pas Canal+ et ,"
PIECES = st.sampled_from([*WORDS.split(), "season", "two", "renews", "'", "nouvelles", "séries", "\n"])
SOUP = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map(" ".join))
CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def outcome(found: tuple[Announcement, ...]) -> list[tuple[object, ...]]:
    """What a reader is told, spelling aside."""
    return [
        (a.kind, (a.title or "").casefold(), a.season, a.platforms, a.origin, a.status, a.prominence, a.confidence)
        for a in found
    ]


def read(title: str, text: str = LEAD) -> list[tuple[object, ...]]:
    return outcome(classifier().read(Document(title=title, text=text)))


@CALM
@given(SOUP, SOUP, SOUP)
def test_it_never_fails_and_never_wavers(title: str, summary: str, text: str) -> None:
    document = Document(title=title, summary=summary, text=text)
    first = classifier().read(document)
    assert first == classifier().read(document)
    assert first == Classifier.load(folder("config")).read(document) if len(text) % 29 == 1 else True
    assert classifier().explain(document).announcements == first
    assert all(0.5 <= a.confidence <= 1 for a in first)
    assert classifier().promising(title, summary) in (True, False)


@CALM
@given(SOUP)
def test_evidence_is_always_in_the_document(text: str) -> None:
    text += "\nTF1 commande une saison 4 de « La Digue », sa série."
    document = Document(title="TF1 commande une saison 2 de « Bellerive »", text=text)
    assert "La Digue" in {found.title for found in classifier().read(document)}
    for found in classifier().read(document):
        zone = {"headline": document.title, "standfirst": document.summary}.get(found.evidence.zone, document.text)
        assert " ".join(zone[found.evidence.start : found.evidence.end].split()) == found.evidence.sentence


@pytest.mark.parametrize("title", HEADLINES)
def test_kinds_of_quotes_change_nothing(title: str) -> None:
    if "«" in title:
        for opening, closing in (("“", "”"), ('"', '"'), ("«\u00a0", "\u00a0»"), ("«", "»")):
            assert read(title.replace("« ", opening).replace(" »", closing)) == read(title)
    assert read(title.replace("'", "’")) == read(title)


@pytest.mark.parametrize("title", HEADLINES)
def test_kinds_of_spaces_change_nothing(title: str) -> None:
    assert read(title.replace(" ", "\u00a0")) == read(title)
    assert read(title.replace(" :", "\u202f:").replace(" ?", "\u202f?")) == read(title)


@pytest.mark.parametrize("title", HEADLINES)
def test_composed_and_decomposed_accents_are_the_same(title: str) -> None:
    assert read(unicodedata.normalize("NFD", title)) == read(unicodedata.normalize("NFC", title))


@pytest.mark.parametrize("title", HEADLINES[:3])
def test_capitals_with_and_without_accents_are_the_same(title: str) -> None:
    bare = "".join(c for c in unicodedata.normalize("NFD", title.upper()) if not unicodedata.combining(c))
    assert read(title.upper()) == read(bare)
    assert [row[:3] for row in read(title.upper(), "")] == [row[:3] for row in read(title, "")]


@pytest.mark.parametrize("title", HEADLINES)
@pytest.mark.parametrize("paragraph", BOILERPLATE)
def test_boilerplate_at_the_end_changes_no_headline_announcement(title: str, paragraph: str) -> None:
    filler = LEAD + " " + "Les habitants du quartier attendent la suite des travaux de la place. " * 8
    assert read(title, filler + "\n" + paragraph) == read(title, filler)


def test_it_is_linear_in_length() -> None:
    def seconds(text: str) -> float:
        started = time.process_time()
        read("TF1 commande une saison 2 de « Bellerive »", text)
        return time.process_time() - started

    text = (LEAD + " Une phrase sans rapport, longue comme elles le sont d'ordinaire. ") * 60
    seconds(text)
    short, long = min(seconds(text) for _ in range(3)), min(seconds(text * 8) for _ in range(2))
    assert long < 8 * short * 2.5


@pytest.mark.parametrize(
    "text",
    ['"' * 20000, "« " * 9000, "A " * 20000, "\n" * 50000, " " * 50000, "a" * 50000, "X, " * 9000, "!" * 50000],
)
def test_no_text_makes_it_slow(text: str) -> None:
    started = time.process_time()
    read("TF1 commande une saison 2 de « Bellerive »", text)
    assert time.process_time() - started < 5
