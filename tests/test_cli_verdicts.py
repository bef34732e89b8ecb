"""`cocorico verdicts`: what links say, said from the command line; what was said; and what it teaches."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from command import call
from fakes import a_source, an_announcement, an_article, an_entry
from serving import STORIES, keep

from monitor.learning.labelled import read_corpus
from monitor.store import Store, articles, entries, sources, stories
from monitor.types import Evidence
from monitor.vocabulary import Kind

STORY = STORIES[0].id


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as store:
        keep(store, *STORIES)
        article = an_article(1)
        sentence = "La série numéro 1 aura une saison 2."
        found = an_announcement(evidence=Evidence(sentence=sentence, zone="lead", start=0, end=len(sentence)))
        with store.write() as tx:
            sources.sync(tx, [a_source()], now=article.fetched_at)
            entry_id = entries.add(tx, an_entry(1), now=article.fetched_at, outcome=None, reason=None)
            articles.add(tx, entry_id, article, [found], [STORY], text_hash="x")
    return tmp_path


def said(data: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(call("--data", data, "verdicts", "list", "--json").out)
    return found


def test_a_story_is_judged_and_that_is_undone(data: Path) -> None:
    done = call("--data", data, "verdicts", "add", STORY, "wrong")
    assert "Taken back" in done.out
    done = call("--data", data, "verdicts", "undo", STORY)
    assert "So it stands now." in done.out
    (one,) = said(data)
    assert (one["story"], one["verdict"], one["via"], one["who"]) == (STORY, "wrong", "cli", "")
    assert one["undone_at"]
    done = call("--data", data, "verdicts", "undo", STORY)
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "nothing that stands was said" in done.err


def test_title_and_season_are_corrected(data: Path) -> None:
    call("--data", data, "verdicts", "add", STORY, "title", "La Marée")
    done = call("--data", data, "verdicts", "add", STORY, "season", "3", "--json")
    assert {"title": "La Marée", "season": 3, "retracted": False}.items() <= json.loads(done.out).items()
    with Store.open(f"sqlite:///{data}/cocorico.db") as store, store.read() as tx:
        story = stories.get(tx, STORY)
    assert story
    assert (story.title, story.season) == ("La Marée", 3)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((STORY, "great"), 2, ""),
        ((STORY, "season", "next"), 1, "a number from 1 to 999"),
        ((STORY, "title"), 1, "say the right title"),
        ((STORY, "right", "indeed"), 1, "needs nothing more"),
        (("s-nosuch", "right"), 1, "there is no story s-nosuch"),
    ],
)
def test_mistakes_are_one_line(data: Path, arguments: tuple[str, ...], code: int, says: str) -> None:
    done = call("--data", data, "verdicts", "add", *arguments)
    assert done.code == code
    assert done.out == ""
    assert says in done.err
    assert said(data) == []


def test_what_was_said_is_listed_for_people(data: Path) -> None:
    assert "Nothing was judged yet." in call("--data", data, "verdicts", "list").out
    call("--data", data, "verdicts", "add", STORY, "title", "La Marée")
    out = call("--data", data, "--lang", "fr", "verdicts", "list").out
    assert "mauvais titre" in out
    assert "ici" in out
    assert "cli" not in out
    assert "La Marée" in out
    assert STORY in out


def test_precision_is_told_by_kind_and_month(data: Path) -> None:
    assert "Nothing was judged yet." in call("--data", data, "verdicts", "precision").out
    for story, verdict in zip(STORIES, ("right", "wrong", "right"), strict=True):
        call("--data", data, "verdicts", "add", story.id, verdict)
    rows = json.loads(call("--data", data, "verdicts", "precision", "--json").out)
    total = next(row for row in rows if (row["month"], row["kind"]) == ("", ""))
    assert (total["judged"], total["wrong"], total["precision"]) == (3, 1, 0.6667)
    assert total["interval"] == [0.2077, 0.9385]
    out = call("--data", data, "verdicts", "precision").out
    assert "67 %" in out
    assert "2026-03" in out
    assert "Renewal" in out


def test_judged_articles_are_exported_as_labelled_ones(data: Path, tmp_path: Path) -> None:
    call("--data", data, "verdicts", "add", STORY, "right")
    done = call("--data", data, "verdicts", "export")
    (article,) = tomllib.loads(done.out)["article"]
    assert (article["label"], article["outlet"], article["lang"]) == (["renewal"], "Gazette", "fr")
    assert "Labelled articles: 1" in done.err
    for name in ("mine.toml", "mine.jsonl"):
        call("--data", data, "verdicts", "export", tmp_path / name)
        (one,) = read_corpus(tmp_path / name)
        assert one.label == {Kind.RENEWAL}


def test_a_dash_is_standard_output(data: Path, tmp_path: Path) -> None:
    call("--data", data, "verdicts", "add", STORY, "right")
    assert call("--data", data, "verdicts", "export", "-").out == call("--data", data, "verdicts", "export").out
    assert not (Path.cwd() / "-").exists()


def test_what_was_undone_and_what_is_repeated_is_said_in_words(data: Path) -> None:
    other = next(story.id for story in STORIES if story.id != STORY and story.kind is STORIES[0].kind)
    call("--data", data, "verdicts", "add", STORY, "duplicate", other)
    call("--data", data, "verdicts", "add", other, "wrong")
    call("--data", data, "verdicts", "undo", other)
    out = " ".join(call("--data", data, "verdicts", "list", "--lang", "fr").out.split())
    assert "repris le" in out
    assert out.count(other) >= 2
    with Store.open(f"sqlite:///{data}/cocorico.db") as store, store.read() as tx:
        named = stories.get(tx, other)
    assert named
    assert named.title
    assert out.count(named.title) >= 2


def test_what_is_undone_teaches_nothing(data: Path) -> None:
    call("--data", data, "verdicts", "add", STORY, "wrong")
    call("--data", data, "verdicts", "undo", STORY)
    assert call("--data", data, "verdicts", "export").out == ""


def test_an_article_without_its_text_is_left_out_with_the_reason(data: Path) -> None:
    with Store.open(f"sqlite:///{data}/cocorico.db") as store, store.write() as tx:
        tx.connection().exec_driver_sql("UPDATE articles SET text = ''")
    call("--data", data, "verdicts", "add", STORY, "right")
    done = call("--data", data, "verdicts", "export")
    assert done.out == ""
    assert "https://gazette.example/articles/1: its text is no longer kept" in done.err


@pytest.mark.slow
def test_a_model_is_made_from_what_was_judged(data: Path) -> None:
    """The whole way: judged, learnt from, measured, and used only if it lowers nothing."""
    call("--data", data, "verdicts", "add", STORY, "wrong")
    done = call("--data", data, "train", "--with-verdicts", "--json")
    assert done.code == 0, done.err
    shape = json.loads(done.out)
    assert shape["made"]["articles"] == 1
    assert set(shape["made"]["scores"]) == {"new_original", "renewal", "facts"}
    assert shape["personal"] is (shape["made"]["lowered"] == [])
    assert all(pair["shipped"] > 0.5 for pair in shape["made"]["scores"].values())
    assert (data / "personal-model.json").exists()
    assert not list(data.glob("*.draft"))
