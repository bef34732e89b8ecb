"""Verdicts as labelled articles: each fit for the corpus on its own, and nothing taught that nobody judged."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shipped
from fakes import an_announcement
from hypothesis import given
from hypothesis import strategies as st
from test_decide_verdicts import DUPLICATE, RIGHT, SEASON, TITLE, WRONG

from monitor import buyers
from monitor.data import folder
from monitor.decide.verdicts import standing
from monitor.judgement import Example, Judgement, Standing
from monitor.learning import taught
from monitor.learning.labelled import labelled, read_corpus
from monitor.learning.samples import Studied, study
from monitor.learning.schema import faults
from monitor.types import Announcement, Document, Evidence
from monitor.vocabulary import Kind, Status, WorkType

PLATFORMS = buyers.platforms(folder("config"))
TITLE_LINE = "« Les Marées » aura une saison 2 sur OCS"
SENTENCE = "La chaîne OCS a commandé une deuxième saison des « Marées »."
TEXT = f"{SENTENCE}\nLe tournage commencera au printemps, en Bretagne, avec toute l'équipe.\n"


def said(sentence: str = SENTENCE, zone: str = "lead", *, text: str = TEXT, **fields: Any) -> Announcement:
    start = text.find(sentence)
    evidence = Evidence(sentence=sentence, zone=zone, start=start, end=start + len(sentence))
    return an_announcement(evidence=evidence, **{"platforms": ("OCS", "Chaîne inconnue"), **fields})


def stands(*judgements: Judgement) -> Standing:
    return standing(judgements)


def an_example(*judged: tuple[Announcement, Standing | None], **fields: Any) -> Example:
    values = {
        "url": "https://gazette.example/1",
        "title": TITLE_LINE,
        "summary": "",
        "text": TEXT,
        "language": "fr",
        "outlet": "La Gazette",
        "day": date(2026, 3, 14),
    }
    return Example(said=judged, **{**values, **fields})


def teach(*examples: Example) -> taught.Taught:
    return taught.taught(examples, platforms=PLATFORMS)


def record(*judged: tuple[Announcement, Standing | None], **fields: Any) -> dict[str, Any]:
    found = teach(an_example(*judged, **fields))
    assert found.left_out == ()
    (one,) = found.records
    assert list(faults(one, split="train", platforms=PLATFORMS)) == []
    return dict(one)


def test_a_right_story_is_a_fact_with_its_words() -> None:
    one = record((said(), stands(RIGHT)))
    assert one["label"] == ["renewal"]
    assert one["facts"] == [
        {
            "kind": "renewal",
            "title": "Les Marées",
            "season": 2,
            "platforms": ["OCS"],
            "status": "confirmed",
            "work_type": "series",
            "quote": SENTENCE,
        }
    ]
    assert (one["id"], one["lang"], one["date"], one["works"]) == ("tr-u-001", "fr", date(2026, 3, 14), ["Les Marées"])
    assert "also_ok" not in one


def test_a_wrong_story_is_an_article_that_announces_nothing() -> None:
    one = record((said(), stands(WRONG)))
    assert one["label"] == []
    assert "facts" not in one


def test_a_corrected_story_teaches_what_is_right() -> None:
    text = f"{SENTENCE}\nLa Marée en aura donc une troisième.\n"
    (fact,) = record((said(final=True, text=text), stands(TITLE, SEASON)), text=text)["facts"]
    assert (fact["title"], fact["season"], fact["final"]) == ("La Marée", 3, True)
    (fact,) = record((said(), stands(DUPLICATE)))["facts"]
    assert fact["title"] == "Les Marées"


@pytest.mark.parametrize(
    ("verdict", "why"),
    [
        (TITLE, 'the title "La Marée" that you gave does not stand in it'),
        (SEASON, "the season 3 that you gave does not stand in it"),
    ],
)
def test_what_an_article_does_not_have_its_words_cannot_teach(verdict: Judgement, why: str) -> None:
    found = teach(an_example((said(), stands(verdict))))
    assert (found.records, found.left_out) == ((), (("https://gazette.example/1", why),))
    assert teach(an_example((said(), stands(verdict, WRONG)))).left_out == ()  # it teaches that nothing is announced


@pytest.mark.parametrize("text", ["saison 3", "3e saison", "Saison III", "S03", "third season", "trois saisons"])
def test_a_season_may_stand_there_in_any_form(text: str) -> None:
    whole = f"{SENTENCE}\n{text}"
    assert record((said(text=whole), stands(SEASON)), text=whole)["facts"][0]["season"] == 3


def test_what_nobody_judged_teaches_nothing() -> None:
    other = said(TITLE_LINE, "headline", text=TITLE_LINE, kind=Kind.NEW_ORIGINAL, title="Le Phare", season=None)
    one = record((said(), stands(RIGHT)), (other, None))
    assert (one["label"], one["also_ok"]) == (["new_original", "renewal"], [["renewal"]])
    assert one["shape"] == "roundup"
    wrong = record((said(), stands(WRONG)), (said(title="Le Phare"), None))
    assert (wrong["label"], wrong["also_ok"]) == (["renewal"], [[]])


def test_a_denial_is_a_fact_and_no_label() -> None:
    one = record((said(status=Status.DENIED), stands(RIGHT)))
    assert one["label"] == []
    assert len(one["facts"]) == 1


def test_what_the_corpus_has_no_word_for_is_left_away() -> None:
    (fact,) = record((said(title=None, season=None, work_type=WorkType.UNKNOWN), stands(RIGHT)))["facts"]
    assert set(fact) == {"kind", "platforms", "status", "work_type", "quote"}
    assert record((said(season=0), stands(RIGHT)))["facts"][0].get("season") is None
    assert record((said(), stands(RIGHT)), outlet=" ")["outlet"] == "?"


def test_a_sentence_that_stands_twice_is_quoted_with_its_neighbours() -> None:
    text = f"{SENTENCE}\nEt la suite arrive.\nOn l'a dit : {SENTENCE}"
    (fact,) = record((said(text=text), stands(RIGHT)), text=text)["facts"]
    assert fact["quote"] == f"{SENTENCE}\nEt"
    headline = said(SENTENCE, "headline", text=SENTENCE)
    (fact,) = record((headline, stands(RIGHT)), title=SENTENCE)["facts"]
    assert fact["quote"] == f"{SENTENCE}\nLe"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"text": ""}, "no longer kept"),
        ({"title": " "}, "no longer kept"),
        ({"title": SENTENCE, "text": SENTENCE}, "more than once"),
        ({"text": "Une tout autre page, écrite depuis."}, "no longer"),
    ],
)
def test_what_cannot_be_labelled_is_left_out_and_says_why(fields: dict[str, Any], why: str) -> None:
    found = teach(an_example((said(), stands(RIGHT)), **fields))
    assert found.records == ()
    (left,) = found.left_out
    assert left[0] == "https://gazette.example/1"
    assert why in left[1]


def test_every_article_has_an_id_of_its_own() -> None:
    examples = [an_example((said(), stands(RIGHT)), url=f"https://gazette.example/{n:05}") for n in range(6 * 999 + 2)]
    found = teach(*examples)
    ids = [one["id"] for one in found.records]
    assert len(set(ids)) == len(ids) == 6 * 999
    assert (ids[0], ids[998], ids[999], ids[-1]) == ("tr-u-001", "tr-u-999", "tr-v-001", "tr-z-999")
    assert len(found.left_out) == 2
    for one in (found.records[0], found.records[-1]):
        assert list(faults(one, split="train", platforms=PLATFORMS)) == []


@pytest.mark.parametrize("ending", ["toml", "jsonl"])
def test_what_is_written_is_read_back_as_it_is_labelled(tmp_path: Path, ending: str) -> None:
    text = f"{TEXT}« La Marée » monte."
    corrected = an_example((said(text=text), stands(TITLE)), text=text)
    found = teach(corrected, an_example((said(), stands(WRONG)), url="https://z.example/2"))
    file = tmp_path / f"mine.{ending}"
    file.write_text((taught.toml if ending == "toml" else taught.jsonl)(found.records), encoding="utf-8")
    one, other = read_corpus(file)
    assert (one.label, other.label) == (frozenset({Kind.RENEWAL}), frozenset())
    assert (one.facts[0].title, one.facts[0].quote) == ("La Marée", SENTENCE)
    assert one.document == Document(title=TITLE_LINE, text=text, language="fr", published=one.document.published)


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(words, words, words)
def test_any_text_comes_back_from_toml(title: str, summary: str, text: str) -> None:
    record = {"title": title, "summary": summary, "works": [title, text], "text": f"{text}\n{summary}\r\n"}
    assert tomllib.loads(taught.toml([record]))["article"] == [record]
    assert json.loads(taught.jsonl([record])) == record


def test_what_is_taught_is_what_a_model_learns_from() -> None:
    """A right story gives right statements, a wrong one wrong ones, an unjudged one none."""
    classifier = shipped.classifier()

    def learnt(*judged: tuple[Announcement, Standing | None]) -> set[bool]:
        (one,) = study([("mine", labelled(record(*judged), "here"))], classifier)
        assert isinstance(one, Studied)
        return {sample.right for sample in one.samples if sample.kind is Kind.RENEWAL}

    assert learnt((said(), stands(RIGHT))) == {True}
    assert learnt((said(), stands(WRONG))) == {False}
    assert learnt((said(title="Le Phare"), None), (said(), stands(WRONG))) == set()
