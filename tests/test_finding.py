"""Finding an outlet's listings with the real crawler on servers of this machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from origin import Answering, Origin, Page
from outlet import CITY, SERIES, cards, html, link, news_sitemap, rss

from crawler import Article, Clue, Crawler, Limits, Rejected, RejectReason, SourceKind
from monitor.classifier import Classifier
from monitor.cli.finding import Discovery, discover
from monitor.decide.discovery import Merit
from monitor.types import MonitorError

NOW = datetime.now(UTC)
LIMITS = Limits(allow_addresses=("127.0.0.0/8",), delay=0.0, timeout=5.0)


@pytest.fixture(scope="module")
def crawler() -> Iterator[Crawler]:
    with Crawler(LIMITS) as crawler:
        yield crawler


class Finder:
    """Serves an outlet and looks at it."""

    def __init__(self, crawler: Crawler, classifier: Classifier) -> None:
        self.crawler, self.classifier = crawler, classifier
        self.asked: list[str] = []

    def __call__(self, pages: Mapping[str, Answering], *, at: str = "/", most: int = 8) -> Discovery:
        with Origin(pages) as origin:
            for path, page in pages.items():
                if isinstance(page, Page):
                    origin.pages[path] = _placed(page, origin.url(""))
            try:
                return discover(
                    origin.url(at),
                    self.crawler,
                    pause=0.0,
                    language=None,
                    most=most,
                    promising=self.classifier.promising,
                    now=NOW,
                )
            finally:
                self.asked = origin.paths()


def _placed(page: Page, base: str) -> Page:
    """A page that names its own server where it says HERE."""
    return replace(page, body=page.body.replace(b"HERE", base.encode()))


@pytest.fixture
def find(crawler: Crawler, classifier: Classifier) -> Finder:
    return Finder(crawler, classifier)


def paths(found: Discovery) -> list[str]:
    return ["/" + one.url.split("/", 3)[3] for one in found.found]


def test_a_feed_is_taken_as_it_is(find: Finder) -> None:
    found = find({"/rss.xml": rss(SERIES, now=NOW, name="Séries")}, at="/rss.xml")
    (one,) = found.found
    assert (found.itself, one.kind, one.clue, one.title, one.language) == (True, "feed", Clue.GIVEN, "Séries", "fr")
    assert len(find.asked) == 2, "the feed, and its newest page"


def test_wordpress_declares_the_feed_of_the_page_and_that_of_everything(find: Finder) -> None:
    head = link("/feed/", "Gazette » Flux") + link("/comments/feed/", "Commentaires") + link("/series/feed/", "Séries")
    pages = {
        "/series/": html(head),
        "/feed/": rss(CITY, now=NOW),
        "/series/feed/": rss(SERIES, now=NOW, name="Séries"),
    }
    found = find(pages, at="/series/")
    assert paths(found) == ["/series/feed/", "/feed/"]
    assert found.found[0].merits == (Merit.SERIES, Merit.HINTS, Merit.FEED, Merit.DATED)
    assert found.title == "La Gazette | L’actu"
    assert "/comments/feed/" not in find.asked


def test_feeds_hidden_behind_a_page_of_feeds_are_found(find: Finder) -> None:
    rows = "<li>Séries <a href='/x/1.xml'>RSS</a></li><li>Sport <a href='/x/2.xml'>RSS</a></li>"
    pages = {
        "/": html(body="<footer><a href='/les-flux'>Flux RSS</a></footer>"),
        "/les-flux": html(body=f"<ul>{rows}</ul>"),
        "/x/1.xml": rss(SERIES, now=NOW, name="1"),
        "/x/2.xml": rss(CITY, now=NOW, name="2"),
    }
    found = find(pages)
    assert paths(found) == ["/x/1.xml", "/x/2.xml"]
    assert [one.title for one in found.found] == ["Séries RSS", "Sport RSS"]


def test_a_feed_that_nothing_names_is_where_feeds_are(find: Finder) -> None:
    found = find({"/": html(), "/rss.xml": rss(SERIES, now=NOW)})
    assert (paths(found), found.found[0].clue) == (["/rss.xml"], Clue.USUAL)
    assert find.asked[:-1] == ["/", "/feed/", "/rss.xml"], "it stops at the first"


def test_the_sitemap_of_robots_txt_is_read_where_there_is_no_feed(find: Finder) -> None:
    lines = "User-agent: *\nAllow: /\nSitemap: HERE/images.xml\nSitemap: HERE/all.xml\nSitemap: HERE/news.xml\n"
    index = "<sitemapindex><sitemap><loc>HERE/n1.xml</loc></sitemap></sitemapindex>"
    pages = {
        "/": html(),
        "/robots.txt": Page(body=lines.encode()),
        "/news.xml": Page(body=index.encode()),
        "/n1.xml": news_sitemap(SERIES, now=NOW),
        "/all.xml": Page(body=b"<urlset><url><loc>/a/9</loc></url></urlset>"),
    }
    found = find(pages)
    assert paths(found) == ["/news.xml", "/all.xml"]
    assert (found.found[0].kind, found.found[0].clue) == (SourceKind.SITEMAP, Clue.ROBOTS)
    assert len(found.found[0].listing.entries) == 3
    assert "/images.xml" not in find.asked


def test_the_page_itself_does_where_there_is_nothing_else(find: Finder) -> None:
    found = find({"/series": html(body=cards([*SERIES, *CITY]))}, at="/series")
    (one,) = found.found
    assert (one.kind, len(one.listing.entries), one.language) == (SourceKind.SECTION, 6, "fr")
    assert Merit.SERIES in one.merits


def test_of_thirty_feeds_the_first_eight_are_read_and_the_others_named(find: Finder) -> None:
    names = [*(f"Rubrique {n}" for n in range(28)), "Séries", "Cinéma"]
    pages: dict[str, Answering] = {
        f"/rss/{n}.xml": rss(SERIES if n >= 28 else (*CITY, str(n)), now=NOW, name=str(n)) for n in range(30)
    }
    found = find(pages | {"/": html("".join(link(f"/rss/{n}.xml", name) for n, name in enumerate(names)))})
    assert paths(found)[:2] == ["/rss/28.xml", "/rss/29.xml"]
    assert find.asked[1:3] == ["/rss/28.xml", "/rss/29.xml"]
    assert len([path for path in find.asked if path.startswith("/rss/")]) == 8
    assert len(found.unasked) == 22


def test_a_feed_that_sleeps_and_one_in_another_language_come_last(find: Finder) -> None:
    german = ("Die Serie geht weiter und wird nicht mit dem Film", "Das ist die neue Staffel der Serie für den Herbst")
    head = link("/series/de.xml", "Serien") + link("/series/old.xml", "Séries") + link("/a.xml", "À la une")
    pages = {
        "/": html(head),
        "/series/de.xml": rss(german, now=NOW, name="de", language="de"),
        "/series/old.xml": rss(SERIES, now=NOW, name="old", age=timedelta(days=90)),
        "/a.xml": rss(CITY, now=NOW),
    }
    found = find(pages)
    assert paths(found) == ["/a.xml", "/series/old.xml", "/series/de.xml"]
    assert found.found[-1].language == "de"


def test_an_outlet_that_reserves_mining_says_so(find: Finder) -> None:
    pages = {"/": html(link("/feed"), tdm_reservation="1"), "/feed": rss(SERIES, now=NOW)}
    assert find(pages).reservation == "the tdm-reservation header"


def test_a_site_that_reserves_its_pages_by_its_file_is_offered_without_its_section(find: Finder) -> None:
    rules = Page(body=b'[{"location": "/series/*", "tdm-reservation": 1}]')
    pages = {"/": html(link("/feed"), cards([*SERIES, *CITY])), "/feed": rss(SERIES, now=NOW, name="series")}
    found = find(pages | {"/.well-known/tdmrep.json": rules})
    assert (found.reservation, paths(found)) == ("tdmrep.json", ["/feed"])
    alone = {"/series": html(body=cards(SERIES)), "/.well-known/tdmrep.json": rules}
    with pytest.raises(MonitorError, match=r"says tdmrep\.json, and has neither feed nor sitemap"):
        find(alone, at="/series")


def test_the_newest_page_tells_whether_there_is_text(find: Finder) -> None:
    text = "<p>" + "La série Le Phare aura une deuxième saison, annonce la chaîne. " * 8 + "</p>"
    pages = {
        "/rss": rss(SERIES, now=NOW, name="p"),
        "/p/0-Netfli": html(body=f"<article><h1>Phare</h1>{text * 3}</article>"),
    }
    read = find(pages, at="/rss").page
    assert isinstance(read, Article)
    assert len(read.text) > 400
    missing = find({"/rss": rss(SERIES, now=NOW, name="p")}, at="/rss").page
    assert isinstance(missing, Rejected)
    assert missing.reason is RejectReason.NOT_FOUND


@pytest.mark.parametrize(
    ("pages", "says"),
    [
        ({"/": html()}, "not_a_feed"),
        ({"/": Page(status=403)}, "HTTP 403"),
        ({"/": html(), "/robots.txt": Page(body=b"User-agent: *\nDisallow: /")}, "robots.txt disallows"),
        ({"/": rss((), now=NOW)}, "empty"),
        ({}, "HTTP 404"),
    ],
)
def test_where_there_is_nothing_the_reason_is_told(pages: dict[str, Answering], says: str, find: Finder) -> None:
    with pytest.raises(MonitorError, match="lists nothing that can be read") as error:
        find(pages)
    assert says in str(error.value)
    assert "--kind" in str(error.value)


def test_who_refuses_the_first_question_is_asked_nothing_more(find: Finder) -> None:
    with pytest.raises(MonitorError):
        find({"/": Page(status=403), "/feed/": rss(SERIES, now=NOW)})
    assert find.asked == ["/"]


def test_what_robots_txt_disallows_is_not_offered(find: Finder) -> None:
    pages = {
        "/": html(link("/private/feed") + link("/feed")),
        "/robots.txt": Page(body=b"User-agent: *\nDisallow: /private/"),
        "/feed": rss(CITY, now=NOW),
        "/private/feed": rss(SERIES, now=NOW),
    }
    assert paths(find(pages)) == ["/feed"]
    assert "/private/feed" not in find.asked


def test_what_the_outlet_names_and_can_not_be_had_is_told(find: Finder) -> None:
    """Also when nothing else is there: a person then knows whom to ask."""
    no = {"/robots.txt": Page(body=b"User-agent: *\nDisallow: /feed")}
    with pytest.raises(MonitorError, match=r"what it names can't be had: .*/robots.txt disallows .*/feed;"):
        find({"/": html(link("/feed"))} | no)
    found = find({"/": html(link("/feed"), cards([*SERIES, *CITY])), "/feed": Page(status=403)})
    assert [one.kind for one in found.found] == [SourceKind.SECTION]
    (why,) = found.refused
    assert why.startswith("HTTP 403 from ")


def test_an_address_that_moved_for_good_is_kept_as_it_is_now(find: Finder) -> None:
    moved, here = Page(status=301, redirect="/feed/"), rss(SERIES, now=NOW)
    assert paths(find({"/": html(link("/feed")), "/feed": moved, "/feed/": here})) == ["/feed/"]
    passing = Page(status=302, redirect="/feed/")
    assert paths(find({"/": html(link("/feed")), "/feed": passing, "/feed/": here})) == ["/feed"]


def test_the_address_of_an_article_leads_to_its_outlets_home_page(find: Finder) -> None:
    pages = {
        "/2026/le-phare.html": html(body="<p>Un texte.</p>"),
        "/": html(link("/flux")),
        "/flux": rss(SERIES, now=NOW),
    }
    assert paths(find(pages, at="/2026/le-phare.html")) == ["/flux"]
    assert find.asked[:3] == ["/2026/le-phare.html", "/", "/flux"]
