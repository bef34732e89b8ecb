"""`cocorico sources add`: what is found is shown, asked about and stored."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from command import Done, call
from origin import Origin
from outlet import CITY, SERIES, html, link, rss

from crawler import Clue, Entry, Listing, ListingStatus, SourceKind
from monitor.cli.offering import Offered, choose, newest
from monitor.cli.options import Spoken
from monitor.cli.session import Session, begin
from monitor.decide.discovery import Found
from monitor.types import MonitorError

NOW = datetime.now(UTC)
CONFIG = '[crawl]\nallow_addresses = ["127.0.0.0/8"]\ndelay = "0s"\n[sources]\ncatalogue = false\n'
#: Nobody is asked, and another is there to be taken.
TWO = 2


@pytest.fixture(scope="module")
def gazette() -> Iterator[Origin]:
    head = link("/feed/", "Tout") + link("/series/feed/", "Toutes les séries")
    pages = {"/": html(head), "/feed/": rss(CITY, now=NOW), "/series/feed/": rss(SERIES, now=NOW, name="Séries")}
    reserved = {"/reserved": html(head, tdm_reservation="1")}
    with Origin(pages | reserved) as origin:
        yield origin


@pytest.fixture
def cocorico(tmp_path: Path) -> Any:
    config = tmp_path / "cocorico.toml"
    config.write_text(CONFIG, encoding="utf-8")

    def run(*arguments: object) -> Done:
        return call("--data", tmp_path / "data", "--config", config, *arguments)

    return run


def test_the_best_is_taken_when_nobody_is_asked(cocorico: Any, gazette: Origin) -> None:
    done = cocorico("sources", "add", gazette.url("/"))
    assert done.code == 0
    assert "number 1 is taken" in done.out
    lines = [line.split() for line in done.out.splitlines() if "/feed/" in line]
    assert [(line[0], line[2]) for line in lines] == [("1", gazette.url("/series/feed/")), ("2", gazette.url("/feed/"))]
    assert "about series" in done.out
    (mine,) = (one for one in json.loads(cocorico("sources", "list", "--json").out) if one["enabled"])
    assert (mine["name"], mine["language"], mine["kind"]) == ("Toutes les séries", "fr", "feed")
    again = cocorico("sources", "add", gazette.url("/"), "--yes")
    assert again.code == 1
    assert f"known already, as {mine['id']}" in again.err


def test_others_can_be_picked_by_number_and_json_tells_all(cocorico: Any, gazette: Origin) -> None:
    shown = json.loads(cocorico("sources", "add", gazette.url("/"), "--dry-run", "--json").out)
    assert shown["added"] == []
    assert [one["clue"] for one in shown["found"]] == ["declared", "declared"]
    assert shown["found"][0]["points"] > shown["found"][1]["points"]
    picked = json.loads(cocorico("sources", "add", gazette.url("/"), "--pick", 2, "--pick", 1, "--json").out)
    assert picked["added"] == ["127-0-0-1", "127-0-0-1-feed"]


def test_the_pages_of_who_reserves_mining_are_not_read(cocorico: Any, gazette: Origin, tmp_path: Path) -> None:
    done = cocorico("sources", "add", gazette.url("/reserved"))
    assert "reserved, says the tdm-reservation header" in done.out
    cocorico("export", tmp_path / "all.ndjson")
    assert '"fetch":"never"' in (tmp_path / "all.ndjson").read_text(encoding="utf-8").replace('": "', '":"')


def an_offer(path: str, *, watched: str | None = None) -> Offered:
    entries = tuple(
        Entry(source="s", url=f"https://gazette.example/{n}", listed_url="x", title=title, published=NOW)
        for n, title in enumerate(SERIES)
    )
    listing = Listing(order="1", source="s", status=ListingStatus.OK, fetched_at=NOW, entries=entries)
    url = f"https://gazette.example{path}"
    return Offered(found=Found(url=url, kind=SourceKind.FEED, clue=Clue.LINKED, listing=listing), watched=watched)


def a_session() -> Session:
    context: Any = type("Context", (), {"obj": None})
    return begin(context, lang=Spoken.EN)


@pytest.mark.parametrize(
    ("answers", "taken"),
    [
        ("\n", [2]),
        ("2,4\n", [2, 4]),
        ("4 2\n", [4, 2]),
        ("all\n", [2, 3, 4]),
        ("tout\n", [2, 3, 4]),
        ("none\n", []),
        ("0\n", []),
    ],
)
def test_an_answer_says_which_to_take(answers: str, taken: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    offered = [an_offer("/1", watched="one"), an_offer("/2"), an_offer("/3"), an_offer("/4")]
    monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
    assert choose(a_session(), offered, pick=[], yes=False, asking=True) == taken


def test_an_answer_that_says_nothing_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("maybe\n1-2\n9\n1\n2\n"))
    offered = [an_offer("/1", watched="one"), an_offer("/2")]
    assert choose(a_session(), offered, pick=[], yes=False, asking=True) == [TWO]
    assert "no number 9" in capsys.readouterr().err


def test_the_best_is_not_replaced_by_the_next_when_it_is_known() -> None:
    offered = [an_offer("/1", watched="one"), an_offer("/2")]
    with pytest.raises(MonitorError, match="known already, as one"):
        choose(a_session(), offered, pick=[], yes=True, asking=False)


@pytest.mark.parametrize(("number", "says"), [(3, "no number 3"), (1, "number 1 is known")])
def test_a_number_that_is_none_is_refused(number: int, says: str) -> None:
    with pytest.raises(MonitorError, match=says):
        choose(a_session(), [an_offer("/1", watched="one"), an_offer("/2")], pick=[number], yes=False, asking=False)


def test_the_newest_titles_fit_into_their_column() -> None:
    lines = newest(an_offer("/1").found, width=30)
    assert len(lines) == TWO
    assert all(len(line) <= 30 and line.endswith("…") for line in lines)
    assert lines[0].startswith(f"{NOW:%d/%m} Netflix")
