"""`cocorico stories`: listed, shown with their lives, merged and split for ever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import playing
import pytest
import scenario as worlds
from command import call

from monitor.store import Store

RUMOUR = "lives: a rumour comes true"
DISPUTE = "lives: two outlets contradict each other on the day"
GOEMON = "hands: two titles of one work that nobody could know are merged"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder in which three scenarios have happened; nobody merged anything yet."""
    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as store:
        for one in worlds.scenarios():
            if one.label in {RUMOUR, DISPUTE, GOEMON}:
                playing.play_on(store, worlds.without_hand(one))
    return tmp_path


def listed(data: Path, *options: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(call("stories", "list", "--json", "--data", data, *options).out)
    return found


def id_of(data: Path, title: str) -> str:
    (found,) = [story["id"] for story in listed(data) if story["title"] == title]
    return str(found)


def test_stories_are_listed_newest_first(data: Path) -> None:
    titles = [story["title"] for story in listed(data)]
    assert titles[0] == "The Seaweed Men"
    assert set(titles[1:]) == {"L'Étoffe des preux", "Les Goémoniers", "Kaboul Express"}  # told at the same time
    assert [story["title"] for story in listed(data, "--kind", "renewal")] == ["Kaboul Express"]
    assert len(listed(data, "--limit", 2)) == 2
    assert listed(data, "--days", 1) == []
    out = call("stories", "list", "--data", data, "--lang", "en").out
    assert "Outlets contradict each other: certainty" in out
    assert out.splitlines()[0].split() == ["Id", "Story", "Since", "From"]


def test_a_story_is_shown_with_its_whole_life(data: Path) -> None:
    story = id_of(data, "Kaboul Express")
    out = call("stories", "show", story, "--data", data, "--lang", "fr").out
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert lines[0] == "« Kaboul Express » aura une saison 2 (Canal+)"
    assert any(line.startswith("14 mars 2026 annoncé Canal Potins « Kaboul Express » : vers") for line in lines)
    assert any(line.startswith("20 mars 2026 Certitude rumeur → confirmé The Reel") for line in lines)
    assert any(line.startswith("20 mars 2026 La Lune confirmé https://") for line in lines)
    assert any(line.startswith("crow → terminal 14 mars 2026 à 09:00 UTC nouveau envoyé") for line in lines)


def test_what_readers_said_is_told_in_words(data: Path) -> None:
    story, wrong = id_of(data, "Kaboul Express"), id_of(data, "The Seaweed Men")
    call("verdicts", "add", story, "season", "3", "--data", data)
    call("verdicts", "add", wrong, "wrong", "--data", data)
    lines = [line.rstrip() for line in call("stories", "show", story, "--data", data, "--lang", "fr").out.splitlines()]
    (line,) = (line for line in lines if "corrigé" in line)
    assert line.endswith("un lecteur"), "no sentence says so"
    assert "saison 2 → saison 3" in " ".join(line.split())
    assert "Un lecteur l'a dit faux." in call("stories", "list", "--data", data, "--lang", "fr").out
    assert {one["title"] for one in listed(data) if one["retracted"]} == {"The Seaweed Men"}


def test_what_is_disputed_is_said(data: Path) -> None:
    out = call("stories", "show", id_of(data, "L'Étoffe des preux"), "--data", data, "--lang", "en").out
    assert "Outlets contradict each other: certainty" in out.splitlines()[2]


def test_json_has_the_life_the_articles_and_the_messages(data: Path) -> None:
    life = json.loads(call("stories", "show", id_of(data, "Kaboul Express"), "--data", data, "--json").out)
    assert [step["field"] for step in life["history"]] == ["opened", "status", "corroborated"]
    assert [one["outlet"] for one in life["articles"]] == ["Canal Potins", "The Reel", "La Lune"]
    assert [one["event"] for one in life["messages"]] == ["new", "update"]
    assert life["disputed"] == []


def test_merging_is_remembered_and_alerts_nobody(data: Path) -> None:
    keep, gone = id_of(data, "Les Goémoniers"), id_of(data, "The Seaweed Men")
    before = len(json.loads(call("alerts", "list", "--json", "--data", data).out))
    done = call("stories", "merge", keep, gone, "--data", data, "--lang", "en")
    assert (done.code, done.out.splitlines()) == (
        0,
        [f"{gone} is {keep} now, for ever.", "New Arte series: “Les Goémoniers”"],
    )
    life = json.loads(call("stories", "show", gone, "--data", data, "--json").out)  # the old id leads there
    assert (life["id"], life["outlets"]) == (keep, ["La Lune", "The Reel", "Stream Sheet"])
    assert len(json.loads(call("alerts", "list", "--json", "--data", data).out)) == before
    (work,) = json.loads(call("works", "The Seaweed Men", "--data", data, "--json").out)
    assert (work["title"], work["also"], work["stories"]) == ("Les Goémoniers", ["The Seaweed Men"], [keep])
    assert "The Seaweed Men" not in call("works", "--data", data).out
    assert "one story already" in call("stories", "merge", keep, gone, "--data", data).err


def test_splitting_gives_the_article_a_story_of_its_own(data: Path) -> None:
    story = id_of(data, "Kaboul Express")
    articles = json.loads(call("stories", "show", story, "--data", data, "--json").out)["articles"]
    opened = json.loads(call("stories", "split", story, articles[1]["url"], "--data", data, "--json").out)
    assert (opened["id"] != story, opened["outlets"]) == (True, ["The Reel"])
    rest = json.loads(call("stories", "show", story, "--data", data, "--json").out)
    assert rest["outlets"] == ["Canal Potins", "La Lune"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "s-nowhere"), "there is no story s-nowhere; `cocorico stories list`"),
        (("merge", "s-nowhere", "s-either"), "no story 's-nowhere'"),
        (("split", "s-nowhere", "https://lune.example/1"), "no story 's-nowhere'"),
    ],
)
def test_a_mistake_is_one_line(data: Path, arguments: tuple[str, ...], message: str) -> None:
    done = call("stories", *arguments, "--data", data)
    assert (done.code, done.out, len(done.err.splitlines())) == (1, "", 1)
    assert message in done.err


def test_an_empty_store_says_so(tmp_path: Path) -> None:
    assert call("stories", "list", "--data", tmp_path, "--lang", "fr").out == "Rien n'a encore été annoncé.\n"
    assert listed(tmp_path) == []
