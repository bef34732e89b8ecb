"""Texts that are one, edited; texts that are not; and how a project is told from another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tellings import RULES, says

from monitor.decide import near, projects
from monitor.learning.labelled import read_corpus
from monitor.learning.places import CORPUS
from monitor.types import Evidence

COPY = (
    "La chaîne publique a confié à une jeune équipe bretonne une série de six épisodes. On y suit deux sœurs qui "
    "reprennent le phare de leur père, et découvrent dans ses carnets une affaire que le village a préféré oublier. "
    "Le tournage commencera au printemps dans le Finistère, pour une diffusion l'année suivante."
)
OTHER = (
    "Un juge lyonnais et une avocate se retrouvent face à face dans un procès qui divise la ville. La plateforme "
    "promet huit épisodes d'une heure, écrits par trois scénaristes venus du théâtre, sans date de tournage connue."
)


def alike(one: str, other: str) -> bool:
    return near.alike(near.shingles(one), near.shingles(other))


def test_an_agencys_copy_is_one_text_though_edited() -> None:
    assert alike(COPY, COPY)
    assert alike(COPY, COPY.replace("jeune équipe bretonne", "équipe de Brest"))
    assert alike(COPY, COPY[: COPY.rindex("Le tournage")])
    assert not alike(COPY, OTHER)


def agency_texts() -> list[list[str]]:
    """Articles of our corpus, 300 words of each, none a copy of another."""
    found = [one for split in ("train", "test") for one in read_corpus(CORPUS / split) if not one.copy_of]
    words = [one.document.text.split()[:300] for one in found if one.language == "fr"]
    return [text for text in words if len(text) > 150][:200]


def edited(words: list[str], share: float, pool: list[str]) -> str:
    """Some words replaced by others, spread evenly."""
    step = round(1 / share) if share else len(words) + 1
    return " ".join(pool[at] if at % step == step - 1 else word for at, word in enumerate(words))


@pytest.mark.parametrize(("share", "least"), [(0.0, 1.0), (0.03, 0.99), (0.1, 0.3)])
def test_how_many_edited_copies_are_recognised(share: float, least: float) -> None:
    texts = agency_texts()
    pairs = [(words, edited(words, share, texts[number - 1] * 2)) for number, words in enumerate(texts)]
    found = sum(alike(" ".join(words), copy) for words, copy in pairs)
    assert len(texts) == 200
    assert found >= least * len(texts)


def test_no_two_articles_of_the_corpus_are_taken_for_copies() -> None:
    grains = [near.shingles(" ".join(words)) for words in agency_texts()]
    marks = [set(near.bands(one)) for one in grains]
    met = [(a, b) for a in range(len(marks)) for b in range(a) if marks[a] & marks[b]]
    assert [pair for pair in met if near.alike(grains[pair[0]], grains[pair[1]])] == []


def test_texts_without_words_are_like_nothing() -> None:
    assert not alike("", "")
    assert near.shingles("deux mots") == frozenset()
    assert near.bands(frozenset()) == ()


def test_what_is_alike_shares_a_band() -> None:
    one, other = near.shingles(COPY), near.shingles(COPY.replace("au printemps", "à l'automne"))
    assert set(near.bands(one)) & set(near.bands(other))
    assert len(near.bands(one)) == 6


def test_the_passage_is_the_text_around_the_sentence() -> None:
    words = [f"mot{number}" for number in range(400)]
    text = " ".join(words)
    start = text.index("mot200")
    body = replace(says(), evidence=Evidence(sentence="mot200", zone="body", start=start, end=start + 6))
    passage = near.passage(body, text).split()
    assert passage == words[140:260]
    assert near.passage(says(), text).split() == words[:120]
    assert near.passage(body, "") == ""
    assert near.passage(says(), "Trois mots ici.") == "Trois mots ici"


@pytest.mark.parametrize(
    ("sentence", "sorts"),
    [
        ("Un polar et une comédie pour TF1.", {"crime", "comedy"}),
        ("A crime drama for TF1.", {"crime", "drama"}),
        ("Une série pour TF1.", set()),
    ],
)
def test_the_sorts_of_work_that_a_sentence_names(sentence: str, sorts: set[str]) -> None:
    said = says(evidence=Evidence(sentence=sentence, zone="lead", start=0, end=1))
    assert near.genres(said, RULES.lore) == sorts


def test_the_wording_of_two_sentences() -> None:
    landes = says(
        evidence=Evidence(sentence="Netflix prépare un polar situé dans les Landes", zone="lead", start=0, end=1)
    )
    jura = says(evidence=Evidence(sentence="Netflix prépare un polar situé dans le Jura", zone="lead", start=0, end=1))
    assert near.wording(landes, landes, RULES.lore) == 1.0
    assert near.wording(landes, jura, RULES.lore) == 0.5


def test_the_places_that_a_sentence_names() -> None:
    sentence = "La première est un drame de Noémie Saglio situé à Lyon. Netflix y croit, Saglio aussi."
    said = says(people=("Noémie Saglio",), evidence=Evidence(sentence=sentence, zone="lead", start=0, end=1))
    assert projects.about(said, RULES.lore).places == {"lyon"}
