"""What an article says doesn't hang on how it is set: over the seeds and the training split of the corpus."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import unicodedata
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from restyling import LAYOUT, STYLES
from shipped import classifier

from monitor.data import folder
from monitor.learning.labelled import read_corpus
from monitor.learning.places import CORPUS, ROOT
from monitor.reading import document_from_meta
from monitor.types import Announcement, Document
from monitor.vocabulary import Prominence

BOILERPLATE = [
    "Recevez chaque matin notre lettre d'information et partagez cet article avec vos amis.",
    "Tous droits réservés. Contactez la rédaction. Mentions légales. Gérer mes préférences.",
    "Météo : un grand soleil est attendu sur tout le pays demain, avec 24 degrés à midi.",
    "La rédaction vous recommande aussi nos jeux, nos recettes et nos idées de sorties pour le week-end.",
    "Subscribe to our newsletter to read the best of the week every Friday.",
    "Follow us on social media. All rights reserved. Manage your preferences.",
]
#: Every so many articles are read for a share; a prime, so that no writer's habit of numbering is met.
STRIDE = 7
MANY = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
#: Reads every 40th article in a process of its own, and prints all that it finds.
ELSEWHERE = """
from test_classifier_style import articles, classifier
for name, document in list(articles().items())[::40]:
    print(name, classifier().read(document), classifier().explain(document))
"""


@cache
def articles() -> dict[str, Document]:
    found = {article.id: article.document for article in read_corpus(CORPUS / "train")}
    for meta in sorted((folder("seeds") / "articles").glob("*/meta.toml")):
        text = (meta.parent / "article.txt").read_text(encoding="utf-8")
        found[meta.parent.name] = document_from_meta(text, tomllib.loads(meta.read_text(encoding="utf-8")))
    return found


@cache
def plainly(name: str) -> tuple[Announcement, ...]:
    return classifier().read(articles()[name])


def spelled(title: str | None) -> str:
    letters = unicodedata.normalize("NFD", (title or "").replace("’", "'").casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def told(found: tuple[Announcement, ...]) -> list[tuple[object, ...]]:
    """What a reader is told, the spelling of titles aside."""
    return sorted((a.kind.value, spelled(a.title), a.season or 0, a.platforms, a.origin.value) for a in found)


def exactly(found: tuple[Announcement, ...]) -> list[tuple[object, ...]]:
    return [(a.kind, spelled(a.title), a.season, a.platforms, a.origin, a.status, a.confidence) for a in found]


def in_headline(found: tuple[Announcement, ...]) -> list[tuple[object, ...]]:
    return told(tuple(a for a in found if a.prominence is Prominence.HEADLINE))


@MANY
@given(st.sampled_from(sorted(articles())), st.lists(st.sampled_from(sorted(LAYOUT)), min_size=1, max_size=3))
def test_layout_changes_nothing_at_all(name: str, ways: list[str]) -> None:
    document = articles()[name]
    for way in ways:
        document = LAYOUT[way](document)
    assert exactly(classifier().read(document)) == exactly(plainly(name))


@pytest.mark.parametrize("way", STYLES)
def test_style_changes_nothing_in_nearly_every_article(way: str) -> None:
    restyle, least = STYLES[way]
    names = sorted(articles())[list(STYLES).index(way) % STRIDE :: STRIDE]
    changed = {name: restyle(articles()[name]) for name in names if restyle(articles()[name]) != articles()[name]}
    astray = [name for name, document in changed.items() if told(classifier().read(document)) != told(plainly(name))]
    assert len(changed) > 40, "this way of setting changes hardly an article: it shows nothing"
    assert len(astray) <= (1 - least) * len(changed) + 1, astray


@pytest.mark.parametrize("part", [0, 1, 2])
def test_accents_on_capitals_change_nothing_in_a_headline_of_capitals(part: int) -> None:
    with_accents, without = STYLES["HEADLINE IN CAPITALS"][0], STYLES["HEADLINE WITHOUT ACCENTS"][0]
    for name in sorted(articles())[part * 5 :: 31]:
        document = articles()[name]
        assert exactly(classifier().read(with_accents(document))) == exactly(classifier().read(without(document))), name


def test_boilerplate_at_the_end_changes_no_headline_announcement_of_nearly_any_article() -> None:
    names = sorted(articles())[3::STRIDE]
    astray = []
    for number, name in enumerate(names):
        document = articles()[name]
        longer = replace(document, text=f"{document.text}\n{BOILERPLATE[number % len(BOILERPLATE)]}")
        if in_headline(classifier().read(longer)) != in_headline(plainly(name)):
            astray.append(name)
    assert len(astray) <= 0.01 * len(names), astray


def test_another_process_with_other_hashes_reads_the_same() -> None:
    def read(seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
        command = [sys.executable, "-c", ELSEWHERE]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    first = read("1")
    assert first.count("Announcement(") > 10
    assert read("2") == first


@MANY
@given(st.text(max_size=120), st.sampled_from(sorted(articles())), st.floats(0, 1))
def test_it_never_fails_on_an_article_with_something_in_it(strange: str, name: str, where: float) -> None:
    document = articles()[name]
    cut = round(where * len(document.text))
    torn = replace(document, text=document.text[:cut] + strange + document.text[cut:], title=strange + document.title)
    for found in classifier().read(torn):
        zone = {"headline": torn.title, "standfirst": torn.summary}.get(found.evidence.zone, torn.text)
        written = unicodedata.normalize("NFC", zone[found.evidence.start : found.evidence.end])
        assert "&" in zone or " ".join(written.split()) == found.evidence.sentence  # encoded signs are decoded
