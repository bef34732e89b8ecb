"""Every outlet that is polled by default: a listing in its manner gives the articles and none of the rest."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from manners import MANNERS, Written

from crawler import Entry, Poll, SourceKind, canonical_url
from crawler.spiders.feed import read_feed
from crawler.spiders.section import read_section
from monitor import config
from monitor.types import Source

FOLDER = Path(__file__).resolve().parent / "catalogue"
FIXTURES: dict[str, dict[str, Any]] = {
    fixture["source"]: fixture
    for file in sorted(FOLDER.glob("*.toml"))
    for fixture in tomllib.loads(file.read_text(encoding="utf-8"))["fixture"]
}
CATALOGUE = {source.id: source for source in config.load(None, env={}, data_dir=Path("/nonexistent")).sources}
ON = [source for source in CATALOGUE.values() if source.enabled]


def wanted(source: Source) -> list[Written]:
    """What must come out; a listing without dates gives none."""
    return [
        Written(url=urljoin(source.url, url), title=title, at=date[0].astimezone(UTC) if date else None)
        for url, title, *date in FIXTURES[source.id]["wanted"]
    ]


def decoys(source: Source) -> list[Written]:
    return [Written(url=urljoin(source.url, url), title=title) for url, title in FIXTURES[source.id].get("decoys", ())]


def entries(source: Source) -> tuple[Entry, ...]:
    """What the real parser makes of the fixture, the decoys among the articles."""
    fixture, right, wrong = FIXTURES[source.id], wanted(source), decoys(source)
    tail = fixture.get("tail", "")
    shown = [Written(url=one.url + tail, title=one.title, at=one.at) for one in (*right[:1], *wrong, *right[1:])]
    body = MANNERS[fixture["manner"]](shown, source.url)
    poll = Poll(
        order="1",
        source=source.id,
        url=source.url,
        kind=source.kind,
        language=source.language,
        allow=source.allow,
        deny=source.deny,
    )
    if source.kind is SourceKind.SECTION:
        found = read_section(body, poll=poll, base_url=source.url)
    else:
        feed = read_feed(body, poll=poll, base_url=source.url)
        found = feed.entries if feed else None
    assert found is not None
    return found


def test_every_source_that_is_on_has_a_fixture_and_no_fixture_is_left_over() -> None:
    assert set(FIXTURES) == {source.id for source in ON}
    assert len(ON) >= 55


@pytest.mark.parametrize("source", ON, ids=lambda source: source.id)
def test_a_listing_in_its_manner_gives_its_articles_and_no_decoy(source: Source) -> None:
    found = entries(source)
    right = wanted(source)
    assert [(entry.url, entry.title) for entry in found] == [(canonical_url(one.url), one.title) for one in right]
    assert [entry.published for entry in found] == [one.at for one in right]
    assert all(entry.source == source.id for entry in found)


@pytest.mark.parametrize("source", ON, ids=lambda source: source.id)
def test_every_pattern_of_a_source_has_something_to_refuse(source: Source) -> None:
    refused = [one.url for one in decoys(source)]
    for pattern in source.deny:
        assert any(re.search(pattern, url) for url in refused), f"no decoy for {pattern}"
    if source.kind is SourceKind.SECTION:
        assert len(refused) >= 2
        assert not all(re.search(pattern, url) for url in refused for pattern in source.allow)


@pytest.mark.parametrize("source", [one for one in ON if one.fetch == "never"], ids=lambda source: source.id)
def test_where_pages_are_not_read_the_listing_says_what_it_is_about(source: Source) -> None:
    assert all(entry.summary for entry in entries(source)), "title and summary must do"


def test_no_fixture_looks_like_another() -> None:
    titles = [title for fixture in FIXTURES.values() for _, title, *_ in fixture["wanted"]]
    assert len(titles) == len(set(titles))
