"""Search services: a query becomes a feed's address, and what services answer is read like any feed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from command import call
from origin import Origin, Page

from crawler import Limits
from monitor.cli.checking import check_sources
from monitor.searches import Service, source
from monitor.types import MonitorError
from monitor.vocabulary import FetchPolicy

LIMITS = Limits(allow_addresses=("127.0.0.0/8",), delay=0.0, timeout=5.0)
FOUND = {
    "version": "https://jsonfeed.org/version/1",
    "title": "Search Results",
    "items": [
        {
            "id": "https://www.gazette.example/series/le-phare-renouvele",
            "url": "https://www.gazette.example/series/le-phare-renouvele",
            "title": "Le Phare renouvelé pour une saison 2",
            "content_html": "",
            "date_published": "2026-11-20T16:00:00Z",
        }
    ],
}
NEWS = (
    '<?xml version="1.0" encoding="UTF-8"?><rss xmlns:media="http://search.yahoo.com/mrss/" version="2.0"><channel>'
    "<generator>NFE/5.0</generator><title>« série » - Actualités</title>"
    "<item><title>Le Phare renouvelé - La Gazette</title>"
    '<link>https://news.google.example/rss/articles/CBMiAbCd?oc=5</link><guid isPermaLink="false">CBMiAbCd</guid>'
    '<pubDate>Fri, 20 Nov 2026 16:00:00 GMT</pubDate><description>&lt;a href="x"&gt;Le Phare&lt;/a&gt;</description>'
    '<source url="https://www.gazette.example">La Gazette</source></item></channel></rss>'
)


def test_a_query_of_gdelt_is_put_as_it_wants_it() -> None:
    made = source(Service.GDELT, '  "saison 2"  OR renouvelée & co ', language="fr", identifier="g")
    query = parse_qs(urlsplit(made.url).query)
    assert query["query"] == ['("saison 2" OR renouvelée & co) sourcelang:french']
    assert (query["mode"], query["format"]) == (["artlist"], ["jsonfeed"])
    assert (made.fetch, made.delay, made.outlet) == (FetchPolicy.PROMISING, 5.0, "GDELT")
    english = source(Service.GDELT, "(a OR b)", language="en", identifier="g")
    assert parse_qs(urlsplit(english.url).query)["query"] == ["(a OR b) sourcelang:english"]


def test_google_news_has_an_edition_a_language_and_no_pages() -> None:
    made = source(Service.GOOGLE_NEWS, '"série française"', language="fr", identifier="n")
    query = parse_qs(urlsplit(made.url).query)
    assert query == {"q": ['"série française" when:7d'], "hl": ["fr"], "gl": ["FR"], "ceid": ["FR:fr"]}
    assert made.fetch is FetchPolicy.NEVER


@pytest.mark.parametrize(("query", "language"), [("", "fr"), (" ", "fr"), ("x" * 501, "fr"), ("x", "de")])
def test_what_no_service_takes_is_refused(query: str, language: str) -> None:
    with pytest.raises(MonitorError):
        source(Service.GDELT, query, language=language, identifier="g")


def test_what_services_answer_is_read_and_what_robots_txt_says_is_kept() -> None:
    pages = {
        "/api/v2/doc/doc": Page(headers={"Content-Type": "application/json"}, body=json.dumps(FOUND).encode()),
        "/rss/search": Page(headers={"Content-Type": "application/xml"}, body=NEWS.encode()),
    }
    with Origin(pages) as origin, Origin(pages | {"/robots.txt": Page(body=b"User-agent: *\nDisallow: /")}) as closed:
        sources = [
            source(Service.GDELT, "série", language="fr", identifier="gdelt", site=origin.url("")),
            source(Service.GOOGLE_NEWS, "série", language="fr", identifier="open", site=origin.url("", "localhost")),
            source(Service.GOOGLE_NEWS, "série", language="fr", identifier="closed", site=closed.url("")),
        ]
        gdelt, news, kept_out = check_sources(sources, LIMITS, pages=0)
    published = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    assert (gdelt.status, gdelt.entries, gdelt.newest) == ("ok", 1, published)
    assert (news.status, news.entries, news.newest) == ("ok", 1, published)
    assert (kept_out.status, closed.paths()) == ("blocked", [])


def test_a_search_is_added_once_and_named(tmp_path: Path) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        done = call("--data", tmp_path, "sources", *arguments)
        return done.code, done.out + done.err

    assert "Would add gdelt-search (feed)" in run("search", "gdelt", "série", "--dry-run")[1]
    code, said = run("search", "gdelt", "série")
    assert code == 0
    assert "https://api.gdeltproject.org/" in said
    assert "Added gdelt-search (feed)" in said
    assert "watched already, as gdelt-search" in run("search", "gdelt", "série")[1]
    assert "Added gdelt-search-2" in run("search", "gdelt", "film")[1]
    assert "robots.txt" in run("search", "google-news", "film", "--id", "news")[1]
    assert "'news' exists already" in run("search", "google-news", "x", "--id", "news")[1]
