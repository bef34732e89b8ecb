"""`extract`: pages in, one line of JSON each out, in order."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from command import Done, call

from monitor.cli.inputs import own_address, walk
from monitor.data import folder

PAGES = sorted((folder("seeds") / "articles").glob("*/page.html"))[:6]
KEYS = {"path", "url", "title", "text", "author", "published", "language", "tier"}


def parsed(done: Done) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.out.splitlines()]


def test_a_page_has_the_promised_keys() -> None:
    page = folder("seeds") / "articles" / "osmosis" / "page.html"
    (found,) = parsed(call("extract", page))
    assert set(found) == KEYS
    assert found["path"] == str(page)
    assert found["url"] == "https://bfmtv.example/series/osmosis.html"
    assert found["title"].startswith("Osmosis")
    assert found["language"] == "fr"
    assert found["published"] == "2017-01-05T12:20:00Z"
    assert "cookies" not in found["text"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_pages_are_in_order_with_any_number_of_processes(jobs: int) -> None:
    found = parsed(call("extract", "--json", "--jobs", jobs, *PAGES))
    assert [one["path"] for one in found] == [str(page) for page in PAGES]
    assert all(one.get("text") or one["rejected"] for one in found)


def test_a_folder_is_searched_and_a_gzipped_page_is_read(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    shutil.copy(PAGES[0], tmp_path / "b" / "one.html")
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(PAGES[1].read_bytes()))
    (tmp_path / "notes.txt").write_text("not a page", encoding="utf-8")
    found = parsed(call("extract", tmp_path))
    assert [Path(one["path"]).name for one in found] == ["a.html.gz", "one.html"]
    assert all(one["title"] for one in found)


def test_a_page_that_is_no_article_is_an_answer(tmp_path: Path) -> None:
    page = tmp_path / "empty.html"
    page.write_text("<html><body><p>Rien.</p></body></html>", encoding="utf-8")
    done = call("extract", page)
    (found,) = parsed(done)
    assert set(found) == {"path", "rejected"}
    assert done.code == 0


def test_what_is_missing_or_damaged_fails_and_the_rest_is_done(tmp_path: Path) -> None:
    damaged = tmp_path / "x.html.gz"
    damaged.write_bytes(gzip.compress(b"<html>" * 1_000)[:-9])
    done = call("extract", PAGES[0], tmp_path / "nosuch.html", damaged, PAGES[1])
    assert done.code == 1
    found = parsed(done)
    assert [one.get("rejected") for one in found] == [None, "not_found", "not_found", None]


def test_a_page_over_the_limit_is_rejected_unread(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.html.gz"
    bomb.write_bytes(gzip.compress(b"<p>la la la</p>" * 1_000_000))
    (found,) = parsed(call("extract", bomb))
    assert found["rejected"] == "too_large"


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="https://a.example/x?a=1&amp;b=2">', "https://a.example/x?a=1&b=2"),
        ("<link href='https://a.example/x' rel='canonical'/>", "https://a.example/x"),
        ('<meta property="og:url" content="https://a.example/y">', "https://a.example/y"),
        ('<link rel="canonical" href="/relative">', None),
        ('<link rel="alternate" href="https://a.example/x">', None),
        ('<link rel="canonical" href="https://[">', None),
        ("", None),
    ],
)
def test_a_saved_page_tells_its_address(head: str, address: str | None) -> None:
    assert own_address(f"<html><head>{head}</head></html>".encode()) == address


def test_a_page_without_address_says_so(tmp_path: Path) -> None:
    text = "".join(f"<p>Le tournage de la série a commencé mardi, dit le communiqué numéro {n}.</p>" for n in range(40))
    page = tmp_path / "page.html"
    head = "<!DOCTYPE html><html lang=fr><head><title>Un tournage</title></head>"
    page.write_text(f"{head}<body><h1>Un tournage</h1>{text}</body></html>", encoding="utf-8")
    (found,) = parsed(call("extract", page))
    assert found["url"] is None
    assert "communiqué numéro 39" in found["text"]


def test_an_address_is_never_taken_for_a_folder() -> None:
    assert list(walk(["https://example.org/", "HTTP://EXAMPLE.ORG/x"])) == [
        "https://example.org/",
        "HTTP://EXAMPLE.ORG/x",
    ]
