"""`classify`: one article for people, many for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command import call, run, start

from monitor.data import folder

SEEDS = folder("seeds") / "articles"
KEYS = {
    "kind", "title", "also", "work_type", "season", "final", "rescued", "platforms", "producers", "people", "status",
    "origin", "prominence", "confidence", "evidence",
}  # fmt: skip
LUPIN = {
    "id": "l-1",
    "title": "Lupin aura une saison 4 sur Netflix",
    "text": "Netflix a confirmé que la série française Lupin aura une saison 4.",
    "lang": "fr",
}


def lines(*articles: object) -> bytes:
    return "".join(json.dumps(article) + "\n" for article in articles).encode()


def answers(*articles: object, jobs: int = 1) -> list[dict[str, Any]]:
    done = call("classify", "--jsonl", "--jobs", jobs, stdin=lines(*articles))
    return [json.loads(line) for line in done.out.splitlines()]


def test_an_answer_has_the_promised_keys() -> None:
    (answer,) = answers(LUPIN)
    assert set(answer) == {"id", "announcements"}
    assert answer["id"] == "l-1"
    (announcement,) = answer["announcements"]
    assert set(announcement) == KEYS
    assert (announcement["kind"], announcement["title"], announcement["season"]) == ("renewal", "Lupin", 4)
    assert announcement["platforms"] == ["Netflix"]
    assert announcement["evidence"] in {LUPIN["title"], LUPIN["text"]}
    assert 0.5 <= announcement["confidence"] <= 1.0


def test_an_answer_says_which_sort_of_work_goes_on_and_whether_it_is_its_last_season() -> None:
    headline = "La série d'animation « Les Renards d'Ouessant » sauvée par Netflix pour une saison 3"
    last, saved = answers(
        {**LUPIN, "title": "Lupin aura une quatrième et dernière saison", "text": "Netflix l'a confirmé mardi."},
        {"id": 2, "title": headline, "text": "La plateforme reprend ce que Gulli avait arrêté."},
    )
    (last,), (saved, *_) = last["announcements"], saved["announcements"]
    assert (last["final"], last["rescued"], last["work_type"]) == (True, False, "series")
    assert (saved["final"], saved["rescued"], saved["work_type"]) == (False, True, "animation")


def test_the_language_is_optional_and_null_is_nothing() -> None:
    given = {**LUPIN, "lang": None}
    assert answers(given)[0]["announcements"]
    assert answers({"id": 1, "title": "Météo", "text": None}) == [{"id": 1, "announcements": []}]


@pytest.mark.parametrize("jobs", [1, 2])
def test_answers_are_in_order_and_the_same_with_any_number_of_processes(jobs: int) -> None:
    given = [{**LUPIN, "id": number} for number in range(100)]
    found = answers(*given, jobs=jobs)
    assert [answer["id"] for answer in found] == list(range(100))
    assert all(answer["announcements"] == found[0]["announcements"] for answer in found)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_answer_comes_before_the_input_ends(jobs: int) -> None:
    with start("classify", "--jsonl", "--jobs", jobs) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        for number in range(3):
            process.stdin.write(json.dumps({**LUPIN, "id": number}) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
            assert line, process.stderr.read()
            assert json.loads(line)["id"] == number
        process.stdin.close()
        assert process.wait(30) == 0


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (b"nonsense", None),
        (b"[1, 2]", None),
        (b'"text"', None),
        (b'{"id": {"a": 1}, "title": "x", "text": ""}', None),
        (b'{"id": 7, "title": 3, "text": ""}', 7),
        (b'{"id": "a", "title": "x", "text": "y", "lang": 5}', "a"),
        (b'{"id": "a"}', "a"),
        (b'{"id": NaN, "title": "x", "text": ""}', None),
        (b'{"id": 1, "title": "\xff", "text": ""}', None),
        (b"[" * 100_000, None),
        (b'{"id": ' + b"1" * 5_000 + b', "title": "x"}', None),
    ],
)
def test_a_bad_line_is_answered_and_the_next_one_too(line: bytes, name: object) -> None:
    done = call("classify", "--jsonl", stdin=line + b"\n" + lines(LUPIN))
    bad, good = map(json.loads, done.out.splitlines())
    assert bad["id"] == name
    assert bad["error"]
    assert "announcements" not in bad
    assert good["id"] == "l-1"
    assert done.code == 1
    assert done.err == ""


def test_blank_lines_are_passed_over_and_a_mark_at_the_start_is_no_mistake() -> None:
    done = call("classify", "--jsonl", stdin=b"\xef\xbb\xbf" + lines(LUPIN) + b"\n  \r\n")
    assert (done.code, len(done.out.splitlines())) == (0, 1)


def test_a_lone_surrogate_does_not_break_the_output() -> None:
    done = call(
        "classify", "--jsonl", stdin=b'{"id": "\\ud800", "title": "Lupin aura une saison 4", "text": "\\udfff"}\n'
    )
    assert done.code == 0
    assert json.loads(done.out)["id"] == "\ud800"


def test_lines_may_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(lines(LUPIN))
    assert json.loads(call("classify", "--jsonl", path).out)["id"] == "l-1"


def test_a_text_file_is_read_with_what_lies_beside_it() -> None:
    path = SEEDS / "missions" / "article.txt"
    shown = json.loads(call("classify", "--json", path).out)
    assert shown["title"] == "Cocorico ! La chaîne AMC a jeté son dévolu sur la série de SF Missions"
    assert shown["announcements"]


def test_a_page_is_extracted_first() -> None:
    shown = json.loads(call("classify", "--json", SEEDS / "osmosis" / "page.html").out)
    assert any(one["title"] == "Osmosis" for one in shown["announcements"])


def test_standard_input_may_be_a_text_or_a_page() -> None:
    text = json.loads(call("classify", "-", "--json", stdin=f"{LUPIN['title']}\n\n{LUPIN['text']}".encode()).out)
    page = json.loads(call("classify", "-", "--json", stdin=(SEEDS / "osmosis" / "page.html").read_bytes()).out)
    assert [one["title"] for one in text["announcements"]] == ["Lupin"]
    assert page["title"].startswith("Osmosis")


@pytest.mark.parametrize("given", [b"", b"  \n", b"<html><body></body></html>", "© AFP\n".encode()])
def test_nothing_to_read_is_an_error(given: bytes) -> None:
    done = call("classify", "-", stdin=given)
    assert done.code == 1
    assert done.err.startswith("cocorico: -")


def test_people_see_the_sentence_and_how_sure_we_are(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{LUPIN['title']}\n\n{LUPIN['text']}\n", encoding="utf-8")
    shown = call("classify", "--lang", "fr", path).out
    assert "Renouvellement : Lupin, une saison 4" in shown
    assert "Netflix · série · française · confirmé" in shown
    assert "saison 4" in shown.partition("«")[2]


def test_nothing_announced_is_said() -> None:
    done = call("classify", "--lang", "fr", "-", stdin="La météo de ce mardi à Paris\n\nIl pleut.\n".encode())
    assert (done.code, "n'annonce rien" in done.out) == (0, True)


def test_explaining_shows_what_was_dropped_too() -> None:
    path = SEEDS / "amazon" / "article.txt"
    told = json.loads(call("classify", "--explain", "--json", path).out)
    assert {one["kept"] for one in told["candidates"]} == {True, False}
    kept = [one for one in told["candidates"] if one["kept"]]
    assert len(kept) == len(told["announcements"])
    assert all(one["evidence"] and one["verdict"] and one["terms"] for one in told["candidates"])
    shown = call("classify", "--explain", path).out
    assert "✓" in shown
    assert "✗" in shown


def test_an_address_that_does_not_answer_is_an_error(tmp_path: Path) -> None:
    done = run("--data", tmp_path, "classify", "http://127.0.0.1:9/x")
    assert done.code == 1
    assert "http://127.0.0.1:9/x yields no article" in done.err
