"""`eval`: what is measured, for people, for programs, and as a report."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from command import call
from labelling import RECORDS, write_corpus

TOML = """
[[article]]
id = "tr-1"
lang = "fr"
manner = "people"
date = 2024-03-12
difficulty = "easy"
shape = "single"
works = ["Bellerive"]
label = ["renewal"]
title = '''Canal+ commande une saison 2 de « Bellerive »'''
text = '''
La série française reviendra l'an prochain.
'''

[[article.facts]]
kind = "renewal"
title = "Bellerive"
season = 2
platforms = ["Canal+"]
status = "confirmed"
work_type = "series"
quote = '''Canal+ commande une saison 2'''

[[article]]
id = "tr-2"
lang = "fr"
manner = "regional"
date = 2024-03-13
difficulty = "easy"
shape = "single"
works = []
label = ["new_original"]
title = '''Le port se prépare à l'hiver'''
text = '''
%s
La Digue sera une série.
'''

[[article.facts]]
kind = "new_original"
title = "La Digue"
platforms = []
status = "in_development"
work_type = "series"
quote = '''La Digue sera une série'''
""" % ("Les bateaux rentrent. " * 30)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path)


def measured(*arguments: object) -> dict[str, Any]:
    done = call("eval", "--json", *arguments)
    assert (done.code, done.err) == (0, "")
    value: dict[str, Any] = json.loads(done.out)
    return value


def test_json_has_the_promised_keys(corpus: Path) -> None:
    found = measured(corpus)
    assert set(found) == {
        *("corpus", "articles", "threshold", "floor", "kinds", "ordinary", "groups", "front", "facts", "calibration"),
        *("curves", "thresholds", "errors"),
    }
    assert (found["corpus"], found["articles"], found["threshold"]) == ("corpus.jsonl", 4, found["floor"])
    renewal, new = found["kinds"]["renewal"], found["kinds"]["new_original"]
    assert (renewal["right"], renewal["false"], renewal["missed"]) == (1, 0, 1)
    assert (renewal["precision"], renewal["recall"], renewal["f1"]) == (1.0, 0.5, 0.6667)
    assert (new["right"], new["f1"], new["intervals"]["f1"]) == (1, 1.0, [1.0, 1.0])
    assert found["ordinary"] == {"articles": 1, "flagged": 0, "per_thousand": 0.0}
    assert found["facts"]["both"]["fields"]["title"] == {"pairs": 2, "exact": 1.0, "lenient": 1.0}
    assert found["front"] == {}


def test_json_tells_the_errors(corpus: Path) -> None:
    (error,) = measured(corpus)["errors"]
    assert (error["id"], error["wrong_label"]) == ("overlooked", True)
    assert (error["expected"], error["read"]) == (["renewal"], [])
    assert [fact["title"] for fact in error["missed"]] == ["Le Port"]
    assert set(error["explanation"]) == {"language", "topic", "candidates"}


def test_scores_are_told_apart_by_sort(corpus: Path) -> None:
    groups = {(group["dimension"], group["value"]): group for group in measured(corpus)["groups"]}
    assert {dimension for dimension, _ in groups} == {"language", "text_kind", "difficulty", "shape"}
    assert groups["difficulty", "hard"]["kinds"]["renewal"]["missed"] == 1
    assert groups["text_kind", "headline_only"]["kinds"]["new_original"]["right"] == 1


def test_a_higher_threshold_reads_less_and_stands_in_the_table(corpus: Path) -> None:
    found = measured("--threshold", "0.999", corpus)
    assert (found["threshold"], found["kinds"]["renewal"]["right"]) == (0.999, 0)
    assert 0.999 in [choice["threshold"] for choice in found["thresholds"]]
    assert found["kinds"]["new_original"]["missed"] == 0  # another label would do: nothing
    assert found["facts"]["new_original"]["announced"] == 0
    assert found["facts"]["renewal"]["announced"] == 2
    alerts = [choice["alerts_per_thousand"] for choice in found["thresholds"]]
    assert alerts == sorted(alerts, reverse=True)


def test_the_same_again_is_the_same(corpus: Path) -> None:
    assert measured(corpus) == measured(corpus)


def test_a_corpus_of_ours_tells_what_stands_in_front(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a-01.toml").write_text(TOML, encoding="utf-8")
    found = measured(tmp_path / "a")
    assert found["front"] == {"renewal": {"announced": 1, "read": 1, "recall": 1.0}}
    assert {group["value"] for group in found["groups"] if group["dimension"] == "manner"} == {"people", "regional"}
    assert "Recall in front" in call("eval", tmp_path / "a", "--lang", "en").out


def test_people_get_tables_and_errors_when_they_ask(corpus: Path) -> None:
    plain, full = call("eval", corpus), call("--lang", "en", "eval", "--errors", corpus)
    assert plain.code == full.code == 0
    for text in ("4 labelled articles", "New original", "0.67", "Expected calibration error", "min_confidence"):
        assert text in full.out
    assert "overlooked" not in plain.out
    assert "overlooked" in full.out
    assert "Expected: Renewal: Le Port, season 3 · rumoured" in full.out
    assert "Read: nothing" in full.out
    assert "\u202e" not in full.out


def test_an_error_shows_what_the_reader_thought(tmp_path: Path) -> None:
    wrong = [{**RECORDS[0], "label": [], "facts": []}]
    text = call("--lang", "en", "eval", "--errors", write_corpus(tmp_path, wrong)).out
    assert "Read: Renewal: Bellerive, season 2 · Canal+ · confirmed" in text
    assert "✓ Renewal · Bellerive · announced" in text
    assert "“Canal+ commande une saison 2 de « Bellerive »”" in text


def test_what_the_reader_thought_is_told_in_french(tmp_path: Path) -> None:
    asked = {**RECORDS[0], "id": "asked", "title": "Une saison 3 pour HPI sur TF1 ?", "text": "Nul ne le sait."}
    text = call("--lang", "fr", "eval", "--errors", write_corpus(tmp_path, [asked])).out
    assert "✗ Renouvellement · HPI · écarté, sûr à " in text
    assert "seulement\u00a0: c'est une question" in text
    kept = call("--lang", "fr", "eval", "--errors", write_corpus(tmp_path, [{**RECORDS[0], "label": [], "facts": []}]))
    assert "✓ Renouvellement · Bellerive · retenu, sûr à" in kept.out
    assert not re.search("announced|dropped|% sure", text + kept.out)


def test_a_wrong_detail_is_an_error_too(tmp_path: Path) -> None:
    facts = [{"kind": "renewal", "title": "Bellerive", "platforms": ["TF1"], "season": 4, "status": "confirmed"}]
    (error,) = measured(write_corpus(tmp_path, [{**RECORDS[0], "facts": facts}]))["errors"]
    assert error["wrong_label"] is False
    assert error["astray"][0]["fields"] == ["season", "platforms"]


def test_what_is_foreign_does_not_count_and_is_shown(tmp_path: Path) -> None:
    text = "The American series Harbor Lights has been renewed for a second season by CBS."
    record = {**RECORDS[3], "title": "CBS Renews 'Harbor Lights' for Season Two", "text": text, "label": ["renewal"]}
    (error,) = measured(write_corpus(tmp_path, [record]))["errors"]
    assert error["read"] == []
    assert [one["origin"] for one in error["aside"]] == ["foreign"]


def test_in_french(corpus: Path) -> None:
    text = call("--lang", "fr", "eval", "--errors", corpus).out
    assert "4 articles étiquetés" in text
    assert "Attendu\u00a0: Renouvellement\u00a0: Le Port, saison 3 · rumeur" in text
    assert "0,67" in text


def test_the_report_is_written(corpus: Path, tmp_path: Path) -> None:
    place = tmp_path / "report.html"
    done = call("--lang", "en", "eval", "--html", place, corpus)
    assert done.code == 0
    assert str(place) in done.out
    assert place.read_text(encoding="utf-8").lstrip().startswith("<!DOCTYPE html>")
    assert measured("--html", place, corpus)["articles"] == 4  # and with --json nothing else is printed


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "No such file"),
        ("", "there is no article in it"),
        ("{", "Expecting"),
        ("[]", "line 1: an article is a table"),
        ('{"id": "a", "title": "x"}', "line 1 (a): lacks 'text'"),
        ('{"id": "a", "title": "x", "text": "", "lang": "fr", "label": ["renewed"]}', "'renewed' is not a valid Kind"),
    ],
)
def test_a_corpus_that_cannot_be_read_is_one_clear_line(tmp_path: Path, content: str | None, says: str) -> None:
    path = tmp_path / "corpus.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    done = call("eval", path)
    assert done.code == 1
    assert done.out == ""
    assert done.err.startswith("cocorico: ")
    assert done.err.count("\n") == 1
    assert says in done.err
    assert "corpus.jsonl" in done.err


def test_a_report_that_cannot_be_written_is_one_clear_line(corpus: Path, tmp_path: Path) -> None:
    done = call("eval", "--html", tmp_path / "nowhere" / "report.html", corpus)
    assert done.code == 1
    assert done.err.count("\n") == 1
    assert "report.html: No such file" in done.err


@pytest.mark.parametrize("arguments", [(), ("--threshold", "1.5", "x"), ("--threshold", "high", "x"), ("x", "y")])
def test_misuse_is_2(arguments: tuple[str, ...]) -> None:
    assert call("eval", *arguments).code == 2
