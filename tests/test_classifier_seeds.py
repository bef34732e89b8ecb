"""The seed articles, each read as of its own publication date, give what their expected.toml says."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from shipped import classifier

from monitor.data import folder
from monitor.reading import document_from_meta
from monitor.types import Announcement, Document
from monitor.vocabulary import ALERTED_KINDS, Kind, Origin, Status

ARTICLES = sorted(path.parent for path in (folder("seeds") / "articles").glob("*/expected.toml"))
#: The part of the project's own articles that must come out as expected; raise it, never lower it.
ENOUGH = 0.9


def load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def document(article: Path) -> Document:
    return document_from_meta((article / "article.txt").read_text(encoding="utf-8"), load(article / "meta.toml"))


def alerted(found: tuple[Announcement, ...]) -> dict[tuple[str, str | None, int | None], list[Announcement]]:
    kept = [a for a in found if a.kind in ALERTED_KINDS and a.origin is Origin.FRENCH and a.status is not Status.DENIED]
    by_fact: dict[tuple[str, str | None, int | None], list[Announcement]] = {}
    for a in kept:
        by_fact.setdefault((a.kind.value, a.title, a.season), []).append(a)
    return by_fact


def expected(article: Path) -> set[tuple[str, str | None, int | None]]:
    tables = load(article / "expected.toml").get("announcement", [])
    return {(t["kind"], t.get("title"), t.get("season")) for t in tables if t["alerted"]}


FOUR = [article for article in ARTICLES if load(article / "meta.toml").get("seed")]


def test_the_four_given_articles_are_there() -> None:
    assert [article.name for article in FOUR] == ["amazon", "anthracite", "missions", "osmosis"]


@pytest.mark.parametrize("article", FOUR, ids=lambda a: a.name)
def test_the_four_given_articles_are_read_exactly(article: Path) -> None:
    found = alerted(classifier().read(document(article)))
    assert set(found) == expected(article)
    for table in (t for t in load(article / "expected.toml")["announcement"] if t["alerted"]):
        readings = found[table["kind"], table.get("title"), table.get("season")]
        assert any(_agrees(reading, table) for reading in readings), (readings, table)


def _agrees(found: Announcement, table: dict[str, Any]) -> bool:
    people = tuple(table.get("people", ()))
    return (
        set(found.platforms) == set(table["platforms"])
        and found.status.value == table["status"]
        and found.prominence.value == table["prominence"]
        and (not people or found.people == people)
    )


def test_an_article_that_opens_several_stories_lists_the_headline_first() -> None:
    found = classifier().read(document(folder("seeds") / "articles" / "amazon"))
    assert found[0].kind is Kind.NEW_ORIGINAL
    assert found[0].title is None
    assert found[0].platforms == ("Prime Video",)
    assert ("Marseille", Kind.RELEASE_DATE) in {(a.title, a.kind) for a in found}
    assert "Blockbuster" not in {a.title for a in found}


def test_a_rights_deal_is_recorded_beside_the_renewal() -> None:
    found = classifier().read(document(folder("seeds") / "articles" / "missions"))
    assert ("Missions", Kind.ACQUISITION) in {(a.title, a.kind) for a in found}


def test_nine_tenths_of_our_own_articles_come_out_as_expected() -> None:
    wrong = [a.name for a in ARTICLES if set(alerted(classifier().read(document(a)))) != expected(a)]
    assert len(wrong) <= (1 - ENOUGH) * len(ARTICLES), f"read otherwise than expected: {', '.join(wrong)}"


def test_a_work_whose_end_is_the_headline_does_not_go_on_by_inference() -> None:
    article = folder("seeds") / "articles" / "falaises-soeurs-de-sel"
    assert set(alerted(classifier().read(document(article)))) == expected(article)
