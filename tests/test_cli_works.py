"""`cocorico works`: what people see, and what programs read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import playing
import pytest
import scenario as worlds
from command import call

from monitor.store import Store


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the scenarios of the season ledger have happened."""
    folder = tmp_path_factory.mktemp("works")
    with Store.open(f"sqlite:///{folder}/cocorico.db") as store:
        for one in worlds.scenarios():
            if one.file == "ledger":
                playing.play_on(store, one)
    return folder


def test_all_works_newest_first(data: Path) -> None:
    done = call("works", "--data", data, "--lang", "en")
    assert done.code == 0
    heading, first, *others = done.out.splitlines()
    assert heading.split() == ["Work", "Season", "Latest", "news", "Since", "From"]
    assert first.split("  ")[0] == "Les Marées"
    assert "rescued" in first
    assert others
    (_, only) = call("works", "--data", data, "--limit", 1).out.splitlines()
    assert only.startswith("Les Marées")


def test_one_work_season_by_season_with_who_says_otherwise(data: Path) -> None:
    out = call("works", "marees", "--data", data, "--lang", "fr").out
    assert out.splitlines()[:2] == ["Les Marées", "série, française · Arte · Inès Kaddour"]
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert any(line.startswith("1 commandée 10 janvier 2025 La Lune, The Reel") for line in lines)
    assert "« Les Marées » : Arte signe pour une saison 2" in out
    assert "Canal Potins disait autre chose le 3 février 2026" in out
    assert any(line.startswith("3 renouvelée sauvée la dernière 12 mai 2026 The Reel") for line in lines)


def test_json_has_what_the_page_promises(data: Path) -> None:
    (work,) = json.loads(call("works", "Les Marées", "--json", "--data", data).out)
    assert [season["season"] for season in work["seasons"]] == [1, 2, 3]
    assert [one["milestone"] for one in work["seasons"][1]["known"]] == ["renewed", "filming", "cancelled"]
    assert work["seasons"][1]["known"][0]["since"] == "2025-06-02T08:00:00Z"  # as published, not as we read it
    cancelled = work["seasons"][1]["known"][2]
    assert (cancelled["outlets"], [one["outlet"] for one in cancelled["against"]]) == (
        ["La Lune", "The Reel"],
        ["Canal Potins"],
    )
    assert work["seasons"][1]["disputed"] is True


def test_a_date_is_read_off_its_sentence_and_who_gives_another_is_named(data: Path) -> None:
    (work,) = json.loads(call("works", "Paper Rooks", "--json", "--data", data).out)
    (season,) = work["seasons"]
    assert [(one["milestone"], one["day"], one["outlet"]) for one in season["known"]] == [
        ("renewed", None, "La Lune"),
        ("dated", "2025-10-13", "The Reel"),
        ("out", "2025-10-13", "The Reel"),
    ]
    assert [one["outlet"] for one in season["known"][1]["against"]] == ["Le Soir du Nord"]
    out = call("works", "Paper Rooks", "--data", data, "--lang", "fr").out
    assert "datée  pour le 13 octobre 2025  sortie  le 13 octobre 2025" in out


def test_csv_has_a_line_a_fact_and_none_that_a_spreadsheet_runs(data: Path) -> None:
    out = call("works", "--csv", "--data", data).out
    lines = list(csv.DictReader(io.StringIO(out)))
    assert {line["work"] for line in lines} >= {"Les Marées"}
    assert [line["milestone"] for line in lines if line["season"] == "3" and line["work"] == "Les Marées"] == [
        *("renewed", "rescued", "last"),
    ]
    risky = [line for line in lines if "SOMME" in line["quote"]]
    assert [line["quote"][:2] for line in risky] == ["'="]


def test_a_name_that_is_not_there_is_answered_with_those_like_it(data: Path) -> None:
    done = call("works", "Les Mares", "--data", data)
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        'cocorico: nothing is known of a work called "Les Mares"; did you mean "Les Marées"?'
    ]
    assert "`cocorico works` lists" in call("works", "Kaamelott", "--data", data).err


def test_an_empty_store_says_so(tmp_path: Path) -> None:
    assert call("works", "--data", tmp_path, "--lang", "en").out == "Nothing is known of any work yet.\n"
    assert json.loads(call("works", "--json", "--data", tmp_path).out) == []
