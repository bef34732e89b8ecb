"""The seeds are what everything else is judged by: complete, valid, each its own."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from monitor.data import folder
from monitor.demo.listings import read_outlets
from monitor.vocabulary import ALERTED_KINDS, Kind, Origin, Outcome, Prominence, Status, WorkType

SEEDS = folder("seeds")
ARTICLES = tuple(sorted(path for path in (SEEDS / "articles").iterdir() if path.is_dir()))
VOCABULARY = {"kind": Kind, "status": Status, "origin": Origin, "prominence": Prominence, "work_type": WorkType}
OPTIONAL_KEYS = {"title", "season", "people", "final", "optional", "also_kind", "also_status", "also_origin"}
REQUIRED_KEYS = {*VOCABULARY, "platforms", "alerted"}
FOUR = {"osmosis", "missions", "anthracite", "amazon"}

every_article = pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.name)


def load(article: Path, name: str) -> dict[str, Any]:
    return tomllib.loads((article / name).read_text("utf-8"))


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def shown(page: str) -> str:
    """The text of a page, boilerplate and all."""
    without_code = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return squeeze(unescape(re.sub(r"<[^>]+>", " ", without_code)))


def sentences(article: Path) -> set[str]:
    text = (article / "article.txt").read_text("utf-8")
    return {squeeze(each) for each in re.split(r"(?<=[.!?…»”\"])\s+|\n", text) if len(squeeze(each)) > 12}


def subscriber_hears(row: dict[str, Any]) -> bool:
    """What the default subscription matches: French, an alerted kind, not denied."""
    return Kind(row["kind"]) in ALERTED_KINDS and row["origin"] == "french" and row["status"] != "denied"


def test_there_are_the_four_seeds_and_at_least_36_others_half_of_them_french() -> None:
    assert {path.name for path in ARTICLES if load(path, "meta.toml")["seed"]} == FOUR
    languages = Counter(load(path, "meta.toml")["language"] for path in ARTICLES if path.name not in FOUR)
    assert set(languages) == {"fr", "en"}
    assert sum(languages.values()) >= 36
    assert 0.4 <= languages["en"] / sum(languages.values()) <= 0.6


def test_most_of_ours_are_traps() -> None:
    ours = [load(path, "expected.toml") for path in ARTICLES if path.name not in FOUR]
    silent = [each for each in ours if not any(row["alerted"] for row in each.get("announcement", ()))]
    assert len(silent) >= 24
    assert len(ours) - len(silent) >= 12


@every_article
def test_it_has_its_four_files(article: Path) -> None:
    files = {path.name for path in article.iterdir()}
    assert files == {"article.txt", "page.html", "meta.toml", "expected.toml"}


@every_article
def test_its_metadata_are_complete(article: Path) -> None:
    meta = load(article, "meta.toml")
    assert set(meta) == {"url", "outlet", "published", "language", "title", "summary", "author", "seed"}
    assert all(meta[key] for key in ("url", "outlet", "title", "summary", "author"))
    assert isinstance(meta["published"], datetime)
    assert meta["published"].tzinfo == UTC
    assert meta["url"].startswith(f"https://{meta['outlet']}.example/")
    assert not re.search(
        r"\d{4}", meta["url"].removeprefix("https://")
    )  # dates in a page are moved; its address is not


@every_article
def test_what_it_must_yield_is_in_the_vocabulary(article: Path) -> None:
    expected = load(article, "expected.toml")
    assert {"outcome", "trap"} <= set(expected) <= {"outcome", "trap", "also_ok", "announcement"}
    assert len(expected["trap"]) > 15
    assert {Outcome(each) for each in (expected["outcome"], *expected.get("also_ok", ()))}
    for row in expected.get("announcement", ()):
        assert REQUIRED_KEYS <= set(row) <= REQUIRED_KEYS | OPTIONAL_KEYS
        for key, values in VOCABULARY.items():
            assert values(row[key])
        assert all(Kind(each) for each in row.get("also_kind", ()))
        assert isinstance(row["platforms"], list)
        assert isinstance(row.get("season", 1), int)


@every_article
def test_what_it_must_yield_is_consistent(article: Path) -> None:
    expected = load(article, "expected.toml")
    rows = expected.get("announcement", [])
    assert all(row["alerted"] == subscriber_hears(row) for row in rows)
    alerted = [row for row in rows if row["alerted"]]
    assert not any(row.get("optional") for row in alerted)
    assert (expected["outcome"] == "announced") == bool(alerted)
    if expected["outcome"] == "quiet":
        assert rows
        assert all(row.get("optional") for row in rows) <= ("nothing" in expected.get("also_ok", ()))


@every_article
def test_the_titles_it_must_yield_are_in_its_text(article: Path) -> None:
    text = squeeze((article / "article.txt").read_text("utf-8"))
    for row in load(article, "expected.toml").get("announcement", ()):
        assert row.get("title", "") in text
        assert all(name in text for name in row.get("people", ()))


@every_article
def test_its_page_holds_its_text_and_more(article: Path) -> None:
    page = (article / "page.html").read_text("utf-8")
    text = (article / "article.txt").read_text("utf-8")
    lines = [squeeze(line) for line in text.splitlines() if line.strip()]
    assert [line for line in lines if line not in shown(page)] == []
    assert re.search(r"<h1[^>]*>[^<]{10,}</h1>", page)
    assert len(shown(page)) > len(squeeze(text)) + 250  # navigation, cookies, related links
    assert re.search("cookie|consent|tracking|traceurs|données|informations|data", shown(page), re.IGNORECASE)


@every_article
def test_its_page_shows_its_headline_and_its_day(article: Path) -> None:
    page, meta = (article / "page.html").read_text("utf-8"), load(article, "meta.toml")
    headline = re.search(r"<h1[^>]*>(.*?)</h1>", page)
    assert headline is not None
    assert squeeze(unescape(headline[1])) == squeeze(meta["title"])
    assert f"{meta['published']:%Y-%m-%d}" in page


def test_no_two_articles_share_a_sentence() -> None:
    counts = Counter(sentence for path in ARTICLES for sentence in sentences(path))
    assert len(counts) > 600
    assert [sentence for sentence, count in counts.items() if count > 1] == []


def test_ours_have_the_length_of_articles() -> None:
    words = {path.name: len((path / "article.txt").read_text("utf-8").split()) for path in ARTICLES}
    teasers = {name for name, count in words.items() if count < 110}
    assert teasers == {"tournage-les-passeurs"}  # behind a paywall
    assert max(words.values()) <= 450


def test_pages_are_built_in_many_ways() -> None:
    pages = [(path / "page.html").read_text("utf-8") for path in ARTICLES]
    for mark in (
        "application/ld+json",
        "og:title",
        "<table",
        "<html amp",
        '"isAccessibleForFree": false',
        "rel=canonical",
    ):
        assert 0 < sum(mark in page for page in pages) < len(pages), mark


def test_every_article_is_carried_by_its_own_outlet() -> None:
    outlets = read_outlets(SEEDS)
    assert len(outlets) >= 6
    assert {outlet.kind for outlet in outlets} == {"rss", "atom", "json", "sitemap", "section"}
    carried = {slug: outlet for outlet in outlets for slug in outlet.articles}
    assert set(carried) == {path.name for path in ARTICLES}
    for path in ARTICLES:
        meta = load(path, "meta.toml")
        assert (meta["outlet"], meta["language"]) == (carried[path.name].id, carried[path.name].language)


def test_the_four_seeds_must_yield_seven_alerted_stories() -> None:
    facts = {
        (row["kind"], row.get("title", path.name + str(row.get("people"))), row.get("season"))
        for path in ARTICLES
        if path.name in FOUR
        for row in load(path, "expected.toml")["announcement"]
        if row["alerted"]
    }
    assert Counter(kind for kind, _, _ in facts) == {"new_original": 5, "renewal": 2}


def test_one_fact_is_carried_by_several_outlets_in_both_languages() -> None:
    told = [load(path, "meta.toml") for path in ARTICLES if path.name.startswith("osmosis")]
    assert len({meta["outlet"] for meta in told}) == len(told) == 4
    assert {meta["language"] for meta in told} == {"fr", "en"}
