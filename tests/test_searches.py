"""Search services: a query becomes a feed's address, and what services answer is read like any feed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from command import call
from origin import Origin, Page, Seen

from crawler import Limits, Token
from monitor import config
from monitor.cli.checking import check_sources
from monitor.searches import Service, dated, source
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


STORIES = {
    "pagination_token": None,
    "stories": [
        {
            "id": "5f3a",
            "media_name": "gazette.example",
            "url": "https://www.gazette.example/series/la-digue",
            "title": "La Digue aura une suite",
            "publish_date": "2026-11-20",
            "language": "fr",
        }
    ],
}


def test_media_cloud_is_asked_for_the_last_days_with_a_key_that_nobody_else_gets() -> None:
    """F11: the key stays with its host, even where that redirects."""

    def stories(seen: Seen) -> Page:
        if seen.headers.get("authorization") != "Token s3cret":
            return Page(status=403)
        return Page(headers={"Content-Type": "application/json"}, body=json.dumps(STORIES).encode())

    with Origin({"/api/search/story-list": stories}) as cloud, Origin({"/x": Page(body=NEWS.encode())}) as other:
        cloud.pages["/moved"] = Page(redirect=other.url("/x", "localhost"))
        made = source(Service.MEDIACLOUD, "série", language="fr", identifier="mc", site=cloud.url(""), collection=34)
        moved = replace(made, id="moved", url=cloud.url("/moved"))
        key = Token(host=f"127.0.0.1:{cloud.port}", value="s3cret")
        found, led = check_sources([made, moved], replace(LIMITS, tokens=(key,)), pages=0)
        (refused,) = check_sources([made], LIMITS, pages=0)
    assert (found.status, found.entries, refused.status) == ("ok", 1, "blocked")
    assert led.status == "ok"
    assert not any("authorization" in seen.headers for seen in other.seen)
    query = parse_qs(urlsplit(next(path for path in cloud.paths() if "story-list" in path)).query)
    assert (date.fromisoformat(query["end"][0]) - date.fromisoformat(query["start"][0])).days == 3
    assert (query["q"], query["cs"]) == (["série AND language:fr"], ["34"])
    assert "s3cret" not in repr(key)


def test_an_address_gets_the_days_it_has_places_for() -> None:
    day = date(2026, 3, 1)
    assert dated("https://x.example/?a={day-1}&b={day}&c={day+31}", day) == (
        "https://x.example/?a=2026-02-28&b=2026-03-01&c=2026-04-01"
    )
    assert dated("https://x.example/{days}?{day", day) == "https://x.example/{days}?{day"


def test_the_key_of_media_cloud_is_read_and_kept_for_its_host(tmp_path: Path) -> None:
    file = tmp_path / "cocorico.toml"
    file.write_text('[mediacloud]\nkey_env = "MC_KEY"\n', encoding="utf-8")
    read = config.load(file, env={"MC_KEY": "s3cret"}, data_dir=tmp_path)
    assert read.crawl.limits.tokens == (Token(host="search.mediacloud.org:443", value="s3cret"),)
    assert "s3cret" in [secret.reveal() for secret in read.secrets()], "and struck out of every log line"
    assert config.load(None, env={}, data_dir=tmp_path / "other").crawl.limits.tokens == ()


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
