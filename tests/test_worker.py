"""What a server says becomes the record users see: statuses of listings, reasons of rejections, articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from crawling import ARTICLE, FEED, LIMITS, ask, fetch, listing, poll, rejected
from origin import Origin, Page, Seen

from crawler import Article, Crawler, Hints, ListingStatus, RejectReason, SourceKind, Validators

XML = {"Content-Type": "application/rss+xml; charset=utf-8"}
HTML = {"Content-Type": "text/html; charset=utf-8"}
MODIFIED = "Thu, 19 Nov 2026 12:00:00 GMT"

CONSENT = """<!doctype html><html><head><title>Vos choix</title><script>var cookies = 1</script></head><body>
<p>Avec nos 412 partenaires, nous déposons des cookies et traceurs pour nos finalités publicitaires.</p>
<button>Accepter</button> <button>Refuser</button> <a href="/vie-privee">Vie privée et consentement</a>
</body></html>""".encode()
CHALLENGE = (
    b"<html><head><title>Just a moment...</title></head><body>Enable JavaScript and cookies to continue</body></html>"
)


@pytest.fixture(scope="module")
def crawler() -> Iterator[Crawler]:
    with Crawler(LIMITS) as running:
        yield running


def sitemap(*paths: str, index: bool = False) -> Page:
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    items = "".join(f"<{inner}><loc>{path}</loc></{inner}>" for path in paths)
    text = f'<?xml version="1.0"?><{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</{outer}>'
    return Page(body=text.encode(), headers={"Content-Type": "application/xml"})


# Listings


def test_a_feed_gives_its_entries_and_what_to_ask_with_next_time(crawler: Crawler) -> None:
    headers = {**XML, "ETag": '"one"', "Last-Modified": MODIFIED}
    with Origin({"/feed": Page(body=FEED, headers=headers)}) as site:
        before = datetime.now(UTC)
        found = listing(crawler, poll(site.url("/feed")))
        assert found.status is ListingStatus.OK
        assert (found.http_status, found.error, found.final_url) == (200, None, site.url("/feed"))
        assert before - timedelta(seconds=1) <= found.fetched_at <= datetime.now(UTC)
        assert (found.validators.etag, found.validators.last_modified) == ('"one"', MODIFIED)
        assert [entry.url for entry in found.entries] == [site.url("/missions"), site.url("/osmosis")]
        assert found.entries[0].published == datetime(2026, 11, 20, 8, tzinfo=UTC)
        sent = site.seen[-1].headers
        assert "rss" in sent["accept"]
        assert sent["accept-language"].startswith("fr")
        assert not {"cookie", "referer", "if-none-match", "if-modified-since"} & sent.keys()


def test_an_unchanged_feed_is_asked_for_with_both_validators(crawler: Crawler) -> None:
    """F16."""
    headers = {**XML, "ETag": '"one"', "Last-Modified": MODIFIED}
    with Origin({"/feed": Page(body=FEED, headers=headers, conditional=True)}) as site:
        known = listing(crawler, poll(site.url("/feed"))).validators
        again = listing(crawler, poll(site.url("/feed"), validators=known))
        assert (again.status, again.http_status, again.validators) == (ListingStatus.UNCHANGED, 304, known)
        assert site.seen[-1].headers["if-none-match"] == '"one"'
        assert site.seen[-1].headers["if-modified-since"] == MODIFIED


def test_what_a_feed_and_its_headers_ask_for_comes_along_and_from_headers_with_a_304_too(crawler: Crawler) -> None:
    hub = "https://hub.example/"
    headers = {**XML, "ETag": '"one"', "Cache-Control": "max-age=600", "Link": f'<{hub}>; rel="hub"'}
    body = FEED.replace(b"<item>", b"<ttl>60</ttl><skipDays><day>Sunday</day></skipDays><item>", 1)
    with Origin({"/feed": Page(body=body, headers=headers, conditional=True)}) as site:
        found = listing(crawler, poll(site.url("/feed")))
        assert found.hints == Hints(every=3_600, skip_days=(6,), hub=hub)
        again = listing(crawler, poll(site.url("/feed"), validators=found.validators))
        assert (again.http_status, again.hints) == (304, Hints(every=600, hub=hub))


def test_a_304_may_bring_a_newer_validator(crawler: Crawler) -> None:
    """F16."""
    with Origin({"/feed": Page(status=304, headers={"ETag": '"two"'})}) as site:
        known = Validators(etag='"one"', last_modified=MODIFIED, body_hash="h")
        found = listing(crawler, poll(site.url("/feed"), validators=known))
        assert found.validators == replace(known, etag='"two"')


def test_a_304_nobody_asked_for_is_a_failure(crawler: Crawler) -> None:
    """F20."""
    with Origin({"/feed": Page(status=304)}) as site:
        assert listing(crawler, poll(site.url("/feed"))).status is ListingStatus.FAILED
        only_hash = Validators(body_hash="h")
        assert listing(crawler, poll(site.url("/feed"), validators=only_hash)).status is ListingStatus.FAILED


def test_the_same_body_is_unchanged_whatever_its_validators_say(crawler: Crawler) -> None:
    """F19."""
    with Origin({"/feed": Page(body=FEED, headers={**XML, "ETag": '"one"'})}) as site:
        known = listing(crawler, poll(site.url("/feed"))).validators
        site.pages["/feed"] = Page(body=FEED, headers={**XML, "ETag": '"two"'})
        again = listing(crawler, poll(site.url("/feed"), validators=known))
        assert (again.status, again.http_status, again.entries) == (ListingStatus.UNCHANGED, 200, ())
        assert again.validators == replace(known, etag='"two"')
        site.pages["/feed"] = Page(body=FEED.replace(b"Osmosis", b"Ad Vitam"), headers=XML)
        assert listing(crawler, poll(site.url("/feed"), validators=known)).status is ListingStatus.OK


@pytest.mark.parametrize(
    ("page", "status", "word"),
    [
        (Page(status=401), ListingStatus.BLOCKED, "refuses us"),
        (Page(status=402), ListingStatus.BLOCKED, "refuses us"),
        (Page(status=403), ListingStatus.BLOCKED, "refuses us"),
        (Page(status=451), ListingStatus.BLOCKED, "refuses us"),
        (Page(status=429), ListingStatus.BLOCKED, "too often"),
        (Page(status=410), ListingStatus.GONE, "gone for good"),
        (Page(status=404), ListingStatus.FAILED, "check the address"),
        (Page(status=400), ListingStatus.FAILED, "check the address"),
        (Page(status=500), ListingStatus.FAILED, "asked again later"),
        (Page(status=503), ListingStatus.FAILED, "asked again later"),
        (Page(status=204), ListingStatus.FAILED, "HTTP 204"),
        (Page(status=206, body=FEED), ListingStatus.FAILED, "HTTP 206"),
        (Page(status=302), ListingStatus.FAILED, "HTTP 302"),
        (Page(body=b""), ListingStatus.FAILED, "with nothing"),
        (Page(body=b" \n"), ListingStatus.FAILED, "with nothing"),
        (Page(body=ARTICLE, headers=HTML), ListingStatus.NOT_A_FEED, "text/html"),
        (
            Page(body=b'<html><body>Your query was "too short" or too long.\n</body></html>', headers=HTML),
            ListingStatus.NOT_A_FEED,
            "serves no feed but text/html, and says \"Your query was 'too short' or too long\"; check the address",
        ),
        (
            Page(body=b"Please limit requests to \x1b[31mone every 5 s", headers={"Content-Type": "text/plain"}),
            ListingStatus.NOT_A_FEED,
            "serves no feed but text/plain; check the address",
        ),
        (Page(body=CONSENT, headers=HTML), ListingStatus.CONSENT_WALL, "asks for consent"),
        (Page(body=CHALLENGE, headers=HTML), ListingStatus.BLOCKED, "proof of being human"),
        (Page(body=b"\x89PNG\r\n", headers={"Content-Type": "image/png"}), ListingStatus.NOT_A_FEED, "image/png"),
        (
            Page(body=b"<rss version='2.0'><channel><title>G</title>", headers={"Content-Type": "text/xml"}),
            ListingStatus.FAILED,
            "nothing in it can be read",
        ),
        (Page(body=b"\x00\x01", headers={"Content-Type": "text/xml"}), ListingStatus.FAILED, "asked again later"),
        (
            Page(body=b"<?xml version='1.0'?><html><body>Bonjour</body></html>", headers={"Content-Type": "text/xml"}),
            ListingStatus.NOT_A_FEED,
            "serves no feed but text/xml",
        ),
        (Page(raw=b""), ListingStatus.FAILED, "closed the connection without an answer; asked again later"),
        (Page(raw=b"SSH-2.0-x\r\n"), ListingStatus.FAILED, "is not HTTP; check the address"),
        (Page(status=429, headers={"Retry-After": "86400"}), ListingStatus.BLOCKED, "asks for 24 h of rest"),
    ],
)
def test_how_a_poll_fails(crawler: Crawler, page: Page, status: ListingStatus, word: str) -> None:
    """F20, F21, F23."""
    known = Validators(etag='"one"', body_hash="h")
    with Origin({"/feed": page}) as site:
        found = listing(crawler, poll(site.url("/feed"), validators=known))
        assert found.status is status
        assert word in str(found.error)
        assert site.url("/feed") in str(found.error)
        assert "\n" not in str(found.error)
        assert found.validators == known, "a failure must not spoil what is known"
        assert found.entries == ()


def test_a_section_s_dates_count_from_when_it_was_fetched(crawler: Crawler) -> None:
    card = "<h2><a href='/series/une-saison-deux-pour-missions'>Une saison deux pour Missions</a></h2>"
    body = f"<html><body><main><article>{card}<span class='date'>il y a 3 heures</span></article></main></body></html>"
    with Origin({"/series": Page(body=body.encode(), headers=HTML)}) as site:
        found = listing(crawler, poll(site.url("/series"), kind=SourceKind.SECTION))
        (entry,) = found.entries
        assert entry.published is not None
        assert abs(found.fetched_at - entry.published - timedelta(hours=3)) < timedelta(minutes=1)


def test_a_section_that_shows_a_wall_is_not_an_empty_one(crawler: Crawler) -> None:
    for body, status in ((CONSENT, ListingStatus.CONSENT_WALL), (CHALLENGE, ListingStatus.BLOCKED)):
        with Origin({"/series": Page(body=body, headers=HTML)}) as site:
            found = listing(crawler, poll(site.url("/series"), kind=SourceKind.SECTION))
            assert (found.status, found.validators) == (status, Validators())
    with Origin({"/series": Page(body=b"<html><body><p>Rien pour l'instant.</p></body></html>", headers=HTML)}) as site:
        assert listing(crawler, poll(site.url("/series"), kind=SourceKind.SECTION)).status is ListingStatus.EMPTY


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((301,), True), ((308, 301), True), ((302,), False), ((301, 302), False), ((307, 308), False), ((), False)],
)
def test_only_permanent_redirects_move_a_source(crawler: Crawler, statuses: tuple[int, ...], *, moved: bool) -> None:
    pages: dict[str, Page] = {
        f"/{number}": Page(status=status, redirect=f"/{number + 1}") for number, status in enumerate(statuses)
    }
    last = f"/{len(statuses)}"
    with Origin({**pages, last: Page(body=FEED, headers={**XML, "ETag": '"1"'}, conditional=True)}) as site:
        found = listing(crawler, poll(site.url("/0")))
        again = listing(crawler, poll(site.url("/0"), validators=found.validators))
        assert (found.status, again.status) == (ListingStatus.OK, ListingStatus.UNCHANGED)
        assert len(found.entries) == 2
        assert {found.moved_to, again.moved_to} == {site.url(last) if moved else None}


def test_a_wall_is_no_new_address(crawler: Crawler) -> None:
    pages = {"/feed": Page(status=301, redirect="/choix"), "/choix": Page(body=CONSENT, headers=HTML)}
    with Origin(pages) as site:
        found = listing(crawler, poll(site.url("/feed")))
        assert (found.status, found.moved_to) == (ListingStatus.CONSENT_WALL, None)


def test_a_busy_server_says_when_to_come_back(crawler: Crawler) -> None:
    for status, expected in ((429, ListingStatus.BLOCKED), (503, ListingStatus.FAILED), (500, ListingStatus.FAILED)):
        with Origin({"/feed": Page(status=status, headers={"Retry-After": "300"})}) as site:
            found = listing(crawler, poll(site.url("/feed")))
            assert (found.status, found.retry_after, found.http_status) == (expected, 300.0, status)


def test_a_feed_without_entries_is_empty(crawler: Crawler) -> None:
    body = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Outlet</title></channel></rss>'
    with Origin({"/feed": Page(body=body, headers=XML)}) as site:
        found = listing(crawler, poll(site.url("/feed")))
        assert found.status is ListingStatus.EMPTY
        assert found.validators.body_hash


def test_a_listing_has_no_more_entries_than_the_limit() -> None:
    items = b"".join(b"<item><title>%d</title><link>/%d</link></item>" % (number, number) for number in range(50))
    body = b'<?xml version="1.0"?><rss version="2.0"><channel>' + items + b"</channel></rss>"
    with Origin({"/feed": Page(body=body)}) as site, Crawler(replace(LIMITS, entries=10)) as short:
        assert len(listing(short, poll(site.url("/feed"))).entries) == 10


def test_patterns_choose_entries(crawler: Crawler) -> None:
    with Origin({"/feed": Page(body=FEED, headers=XML)}) as site:
        found = listing(crawler, poll(site.url("/feed"), deny=("osmosis",)))
        assert [entry.title for entry in found.entries] == ["Une saison 2 pour Missions"]


# Sitemaps


def test_a_sitemap_is_read(crawler: Crawler) -> None:
    with Origin() as site:
        site.pages["/map.xml"] = sitemap(site.url("/a-long-enough-name"), site.url("/another-long-name"))
        found = listing(crawler, poll(site.url("/map.xml"), kind=SourceKind.SITEMAP))
        assert [entry.url for entry in found.entries] == [
            site.url("/a-long-enough-name"),
            site.url("/another-long-name"),
        ]
        again = listing(crawler, poll(site.url("/map.xml"), kind=SourceKind.SITEMAP, validators=found.validators))
        assert again.status is ListingStatus.UNCHANGED


def test_an_index_gives_what_a_few_of_its_sitemaps_list(crawler: Crawler) -> None:
    """Fault P22."""
    with Origin() as site:
        site.pages["/index.xml"] = sitemap(*[site.url(f"/{number}.xml") for number in range(9)], index=True)
        for number in range(9):
            site.pages[f"/{number}.xml"] = sitemap(site.url(f"/article-{number}"), site.url("/in-all-of-them"))
        order = poll(site.url("/index.xml"), kind=SourceKind.SITEMAP)
        found = listing(crawler, order)
        assert found.status is ListingStatus.OK
        assert len(site.paths()) == 4
        assert len(found.entries) == 4
        again = listing(crawler, replace(order, order="again", validators=found.validators))
        assert again.status is ListingStatus.UNCHANGED
        site.pages["/0.xml"] = sitemap(site.url("/brand-new-article"))
        changed = listing(crawler, replace(order, order="changed", validators=found.validators))
        assert changed.status is ListingStatus.OK, "the index is the same, its sitemap is not"
        assert site.url("/brand-new-article") in [entry.url for entry in changed.entries]


def test_indexes_in_a_circle_and_too_deep_end(crawler: Crawler) -> None:
    with Origin() as site:
        site.pages["/index.xml"] = sitemap(site.url("/index.xml"), site.url("/1.xml"), index=True)
        for number in range(1, 9):
            site.pages[f"/{number}.xml"] = sitemap(site.url(f"/{number + 1}.xml"), site.url("/index.xml"), index=True)
        found = listing(crawler, poll(site.url("/index.xml"), kind=SourceKind.SITEMAP))
        assert found.status is ListingStatus.EMPTY
        assert site.paths() == ["/index.xml", "/1.xml", "/2.xml", "/3.xml"]


def test_a_sitemap_of_an_index_that_fails_does_not_cost_the_others(crawler: Crawler) -> None:
    with Origin() as site:
        site.pages["/index.xml"] = sitemap(site.url("/bad.xml"), site.url("/good.xml"), index=True)
        site.pages |= {"/good.xml": sitemap(site.url("/article-one")), "/bad.xml": Page(status=500)}
        found = listing(crawler, poll(site.url("/index.xml"), kind=SourceKind.SITEMAP))
        assert [entry.url for entry in found.entries] == [site.url("/article-one")]
        assert "part of it could not be read" in str(found.error)
        site.pages["/good.xml"] = Page(status=500)
        found = listing(crawler, poll(site.url("/index.xml"), kind=SourceKind.SITEMAP))
        assert found.status is ListingStatus.FAILED


# Pages


def test_a_page_becomes_an_article(crawler: Crawler) -> None:
    with Origin({"/old": Page(redirect="/missions"), "/missions": Page(body=ARTICLE, headers=HTML)}) as site:
        (record,) = ask(crawler, fetch(site.url("/old")))
        assert isinstance(record, Article)
        assert record.title == "Une saison 2 pour Missions"
        assert record.language == "fr"
        assert "deuxième saison de sa série" in record.text
        assert "text/html" in site.seen[-1].headers["accept"]


@pytest.mark.parametrize(
    ("page", "reason", "retry"),
    [
        (Page(status=401), RejectReason.FORBIDDEN, False),
        (Page(status=402), RejectReason.FORBIDDEN, False),
        (Page(status=403), RejectReason.FORBIDDEN, False),
        (Page(status=451), RejectReason.FORBIDDEN, False),
        (Page(status=404), RejectReason.NOT_FOUND, False),
        (Page(status=410), RejectReason.GONE, False),
        (Page(status=429), RejectReason.RATE_LIMITED, True),
        (Page(status=503, headers={"Retry-After": "soon"}), RejectReason.HTTP_ERROR, True),
        (Page(status=503, headers={"Retry-After": "60"}), RejectReason.RATE_LIMITED, True),
        (Page(status=500), RejectReason.HTTP_ERROR, True),
        (Page(status=304), RejectReason.HTTP_ERROR, False),
        (Page(status=405), RejectReason.HTTP_ERROR, False),
        (Page(body=b""), RejectReason.HTTP_ERROR, True),
        (Page(body=b"%PDF-1.7 ...", headers={"Content-Type": "application/pdf"}), RejectReason.NOT_HTML, False),
        (Page(body=b"<html><body><p>Court.</p></body></html>", headers=HTML), RejectReason.TOO_SHORT, False),
    ],
)
def test_why_a_page_is_rejected(crawler: Crawler, page: Page, reason: RejectReason, retry: bool) -> None:
    """F20 to F22, F30: what is no article, by what the server said or sent."""
    with Origin({"/x": page}) as site:
        command = fetch(site.url("/x"))
        record = rejected(crawler, command)
        assert (record.reason, record.retry) == (reason, retry)
        assert (record.url, record.listed_url) == (command.entry.url, command.entry.listed_url)
        assert "\n" not in record.detail


def test_a_reservation_is_respected_unless_the_user_has_a_licence(crawler: Crawler) -> None:
    tagged = ARTICLE.replace(b"<meta charset", b"<meta name='tdm-reservation' content='1'><meta charset")
    pages = {
        "/header": Page(body=ARTICLE, headers={**HTML, "TDM-Reservation": "1"}),
        "/meta": Page(body=tagged, headers=HTML),
        "/zero": Page(body=ARTICLE, headers={**HTML, "TDM-Reservation": "0"}),
    }
    with Origin(pages) as site:
        for path in ("/header", "/meta"):
            assert rejected(crawler, fetch(site.url(path))).reason is RejectReason.RESERVED
            assert isinstance(ask(crawler, fetch(site.url(path), licence=True))[0], Article)
        assert isinstance(ask(crawler, fetch(site.url("/zero")))[0], Article)


def test_no_cookie_is_kept(crawler: Crawler) -> None:
    """F11."""
    with Origin({"/a": Page(body=ARTICLE, headers={**HTML, "Set-Cookie": "id=1; Path=/"})}) as site:
        ask(crawler, fetch(site.url("/a")))
        ask(crawler, fetch(site.url("/a")))
        assert not any("cookie" in seen.headers for seen in site.seen)


def test_an_order_that_trips_a_parser_costs_only_itself(crawler: Crawler) -> None:
    with Origin({"/feed": Page(body=FEED)}) as site:
        broken = listing(crawler, poll(site.url("/feed"), allow=("(",)))
        assert broken.status is ListingStatus.FAILED
        assert "please report this" in str(broken.error)
        assert listing(crawler, poll(site.url("/feed"))).status is ListingStatus.OK


def test_a_slow_order_ends_before_its_deadline() -> None:
    def slower(_seen: Seen) -> Page:
        return Page(redirect=f"/{len(site.seen)}", delay=0.4)

    with Origin() as site, Crawler(replace(LIMITS, deadline=1.2)) as hasty:
        site.pages |= {f"/{number}": slower for number in range(20)}
        record = rejected(hasty, fetch(site.url("/0")))
        assert record.reason is RejectReason.TIMEOUT, "not CRASHED: the child minds its time itself"
