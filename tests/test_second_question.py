"""The question to the second reader is small and holds the article as data; its answer can say yes or no, no more."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from fakes import an_announcement
from hypothesis import given
from hypothesis import strategies as st

from monitor.second.question import MOST, SCHEMA, AnswerError, ask, excerpt, in_band, read_answer, weighed
from monitor.types import Document, Evidence
from monitor.vocabulary import Kind

SENTENCE = "« Les Marées » aura une saison 2."
FILLER = "Le tournage a repris mardi dans le port, selon la régie. " * 400
DOCUMENT = Document(title=SENTENCE, summary="Le chapô.", text="Un premier paragraphe.\n" + FILLER)
RENEWAL = an_announcement(confidence=0.5)


def said(**fields: object) -> str:
    return json.dumps({"announced": True, "kind": "renewal", "title": "Les Marées", **fields})


def read(text: str) -> Any:
    return read_answer(text, DOCUMENT, RENEWAL, model="m")


def at(start: int, zone: str, text: str) -> Any:
    evidence = Evidence(sentence=SENTENCE, zone=zone, start=start, end=start + len(SENTENCE))
    document = Document(title="Titre " * 100, summary="Chapô " * 200, text=text)
    return excerpt(document, an_announcement(evidence=evidence))


# ---- The question ----


def test_the_question_holds_the_claim_and_the_article_as_data() -> None:
    """Fault P30."""
    question = ask(DOCUMENT, RENEWAL, model="m")
    asked = json.loads(question.user)
    assert asked["claim"]["kind"] == "renewal"
    assert asked["claim"]["title"] == "Les Marées"
    assert asked["article"]["title"] == SENTENCE
    assert "Les Marées" not in question.system
    assert all(kind.value in question.system for kind in Kind)


@pytest.mark.parametrize("start", [0, 700, 5_000, len(FILLER)])
def test_the_sentence_is_sent_wherever_it_stands_and_not_much_more(start: int) -> None:
    sent = at(start, "body", FILLER[:start] + SENTENCE + FILLER[start:])
    assert SENTENCE in sent["text"]
    assert sent["text"].startswith("Le tournage a repris" if start else "« Les")
    assert MOST * 0.9 < sum(map(len, sent.values())) <= MOST


def test_of_a_headline_the_beginning_of_the_text_is_sent() -> None:
    assert at(0, "headline", FILLER)["text"].startswith("Le tournage a repris")


@given(st.text(), st.text(), st.text(), st.integers(0, 9_000), st.integers(0, 9_000), st.sampled_from(["body", "lead"]))
def test_never_more_than_that_is_sent(title: str, summary: str, text: str, start: int, length: int, zone: str) -> None:
    evidence = Evidence(sentence=text, zone=zone, start=start, end=start + length)
    document = Document(title=title * 50, summary=summary * 50, text=text * 200)
    sent = excerpt(document, an_announcement(evidence=evidence))
    assert sum(map(len, sent.values())) <= MOST


def test_another_model_server_claim_or_text_is_another_question() -> None:
    others = [
        ask(DOCUMENT, RENEWAL, model="other").hash("u"),
        ask(DOCUMENT, RENEWAL, model="m").hash("v"),
        ask(DOCUMENT, replace(RENEWAL, season=3), model="m").hash("u"),
        ask(replace(DOCUMENT, title="x"), RENEWAL, model="m").hash("u"),
    ]
    same = ask(DOCUMENT, replace(RENEWAL, confidence=0.6), model="m").hash("u")
    assert same == ask(DOCUMENT, RENEWAL, model="m").hash("u")
    assert len({same, *others}) == 5


@pytest.mark.parametrize(("confidence", "asked"), [(0.34, False), (0.35, True), (0.75, True), (0.76, False)])
def test_both_ends_of_the_band_are_in_it(confidence: float, asked: bool) -> None:
    assert in_band(an_announcement(confidence=confidence), (0.35, 0.75)) is asked


# ---- The answer ----


def test_yes_and_no() -> None:
    yes = read(said())
    assert (yes.announced, yes.kind, yes.title, yes.model, yes.before) == (True, Kind.RENEWAL, "Les Marées", "m", 0.5)
    no = read(said(announced=False, kind="none", title=None))
    assert (no.announced, no.kind, no.title) == (False, None, None)


@pytest.mark.parametrize(
    "text",
    [
        f"```json\n{said()}\n```",
        f"```\n{said()}```\n",
        f"\n  {said()}\n",
        said(title="LES MAREES"),  # case and accents
        said(title="« Les Marées »"),
        said(title=None),
    ],
)
def test_what_models_cannot_leave_off_is_understood(text: str) -> None:
    assert read(text).announced


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yes",
        "true",
        "null",
        "[]",
        "{}",
        f"Sure! Here it is: {said()}",
        f"{said()} {said()}",
        f"```json\n{said()}\n``` I hope this helps",
        said(why="because"),
        said(confidence=1.0),
        json.dumps({"announced": True, "kind": "renewal"}),
        said(announced="yes"),
        said(announced=1),
        said(announced=None),
        said(kind="Renewal"),
        said(kind=None),
        said(kind=["renewal"]),
        said(kind="none"),  # yes, and then nothing
        said(kind="new_original"),  # yes, and then something else
        said(title="Lupin"),  # not in the article
        said(title="Marée"),  # half a word of it
        said(title=""),
        said(title="«»"),
        said(title=["Les Marées"]),
        said(title="Le tournage"),  # in the article, and another work than was asked about
        said(announced=False, title="https://evil.example"),
        "[" * 100_000,
        said(title="x" * 5_000),
    ],
)
def test_any_other_answer_is_none(text: str) -> None:
    with pytest.raises(AnswerError):
        read(text)


@given(st.text() | st.recursive(st.none() | st.booleans() | st.text(), st.lists).map(json.dumps))
def test_no_answer_makes_it_crash(text: str) -> None:
    with pytest.raises(AnswerError):
        read(text)


def test_the_schema_allows_no_more_than_the_reader_does() -> None:
    assert SCHEMA["additionalProperties"] is False
    assert set(SCHEMA["required"]) == set(SCHEMA["properties"])
    assert set(SCHEMA["properties"]["kind"]["enum"]) == {*Kind, "none"}


# ---- What it means ----


@pytest.mark.parametrize(
    ("announced", "before", "band", "after"),
    [
        (True, 0.5, (0.35, 0.75), 0.75),
        (True, 0.75, (0.35, 0.75), 0.75),
        (False, 0.7, (0.35, 0.75), 0.34),
        (False, 0.7, (0.6, 0.9), 0.49),  # below the floor, else it would still be announced
        (False, 0.0, (0.0, 0.9), 0.0),
    ],
)
def test_yes_lifts_to_the_upper_end_and_no_takes_back(
    announced: bool, before: float, band: tuple[float, float], after: float
) -> None:
    reading = read(said(announced=announced))
    item = weighed(an_announcement(confidence=before), reading, band=band, floor=0.5)
    assert item.confidence == pytest.approx(after)
    assert item.second is reading
    assert replace(item, confidence=before, second=None) == an_announcement(confidence=before)
