"""How visits are made over real sockets: to which addresses, with which trust, and what a bad server gets."""

from __future__ import annotations

import gzip
import ssl
import sys
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
import trustme
from crawling import ARTICLE, FEED, LIMITS, ask, fetch, listing, poll, rejected
from origin import Origin, Page

from crawler import Article, Crawler, Listing, ListingStatus, RejectReason
from crawler.settings import scrapy_settings

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

HTML = {"Content-Type": "text/html; charset=utf-8"}
BROTLI, ZSTD = {"Content-Encoding": "br"}, {"Content-Encoding": "zstd"}
PAGE_OK = Page(body=ARTICLE, headers=HTML)


@pytest.fixture(scope="module")
def crawler() -> Iterator[Crawler]:
    with Crawler(LIMITS) as running:
        yield running


def test_an_address_that_is_not_allowed_is_not_connected_to() -> None:
    """F07, F09: refused where the connection is made, however the address is written."""
    with Origin({"/feed": Page(body=FEED)}) as site, Crawler(replace(LIMITS, allow_addresses=())) as strict:
        urls = [site.url("/feed"), site.url("/feed", "localhost"), site.url("/feed", "2130706433")]
        records = ask(strict, *[fetch(url) for url in urls], poll(urls[0]))
        assert [getattr(record, "reason", None) for record in records[:3]] == [RejectReason.ADDRESS] * 3
        assert isinstance(records[3], Listing)
        assert records[3].status is ListingStatus.FAILED
        assert "may not be visited" in str(records[3].error)
        assert site.seen == []


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.2:1/x", "http://169.254.169.254/x", "http://10.0.0.1/x", "file:///etc/passwd", "ftp://a/b"],
)
def test_a_redirect_does_not_lead_where_nobody_may_go(crawler: Crawler, target: str) -> None:
    """F06, F07."""
    with Origin({"/x": Page(redirect=target)}) as site:
        record = rejected(crawler, fetch(site.url("/x")))
        assert record.reason is RejectReason.ADDRESS
        assert not record.retry


def test_redirects_are_followed_to_their_end_and_obey_the_limit(crawler: Crawler) -> None:
    """F05."""
    pages = {f"/{number}": Page(redirect=f"/{number + 1}") for number in range(6)}
    with Origin({**pages, "/5": Page(body=FEED)}) as site:
        found = listing(crawler, poll(site.url("/0")))
        assert found.status is ListingStatus.OK
        assert found.final_url == site.url("/5")
        assert found.entries[0].url == site.url("/missions")
    with Origin({**pages, "/6": Page(body=FEED)}) as site:
        record = rejected(crawler, fetch(site.url("/0")))
        assert record.reason is RejectReason.HTTP_ERROR
        assert "more than 5 redirects" in record.detail


def test_a_redirect_in_a_circle_is_left_at_once(crawler: Crawler) -> None:
    """F05."""
    with Origin({"/a": Page(redirect="/b"), "/b": Page(redirect="/a#x")}) as site:
        record = rejected(crawler, fetch(site.url("/a")))
        assert "circle" in record.detail
        assert site.paths() == ["/a", "/b"]


@pytest.mark.parametrize("page", [Page(delay=30), Page(body=b"x" * 1000, drip=0.1)], ids=["silent", "dripping"])
def test_a_tarpit_is_left_after_the_timeout(page: Page) -> None:
    """F03. By a crawler already up: one that met an earlier server on this port would still be polite to it."""
    with Origin({"/x": page, "/feed": Page(body=FEED)}) as site, Crawler(LIMITS) as crawler:
        assert listing(crawler, poll(site.url("/feed"))).status is ListingStatus.OK
        start = time.monotonic()
        record = rejected(crawler, fetch(site.url("/x")))
        assert LIMITS.timeout * 0.9 < time.monotonic() - start < LIMITS.timeout * 3
        assert record.reason is RejectReason.TIMEOUT
        assert record.retry


def test_a_truncated_body_is_no_page(crawler: Crawler) -> None:
    """F20."""
    with Origin({"/x": Page(body=ARTICLE, missing=100, headers=HTML)}) as site:
        record = rejected(crawler, fetch(site.url("/x")))
        assert (record.reason, record.retry) == (RejectReason.NETWORK, True)
        assert "cut short" in record.detail


def test_bombs_and_giants_are_not_read(crawler: Crawler) -> None:
    """F01, F02."""
    bomb = gzip.compress(bytes(100 * 1024 * 1024), 9)
    packed = {"Content-Encoding": "gzip", **HTML}
    pages = {
        "/bomb": Page(body=bomb, headers=packed),
        "/twice": Page(body=gzip.compress(bomb), headers={**packed, "Content-Encoding": "gzip, gzip"}),
        "/brotli": Page(body=brotli.compress(bytes(100 * 1024 * 1024), quality=5), headers=HTML | BROTLI),
        "/zstd": Page(body=zstd.compress(bytes(100 * 1024 * 1024)), headers=HTML | ZSTD),
        "/giant": Page(body=bytes(11 * 1024 * 1024), headers=HTML),
    }
    with Origin(pages) as site:
        for path in pages:
            record = rejected(crawler, fetch(site.url(path)))
            assert record.reason is RejectReason.TOO_LARGE, path
            assert str(LIMITS.page_bytes) in record.detail


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_a_damaged_packed_body_is_no_page(crawler: Crawler, encoding: str) -> None:
    """F01, F30."""
    with Origin({"/x": Page(body=b"this is not packed", headers={"Content-Encoding": encoding})}) as site:
        assert rejected(crawler, fetch(site.url("/x"))).reason is RejectReason.NETWORK


def test_what_we_say_we_can_unpack_we_can(crawler: Crawler) -> None:
    """F01: a server picks among them, so a missing library would lose its pages."""
    packed = {
        "gzip": Page(body=gzip.compress(ARTICLE), headers=HTML | {"Content-Encoding": "gzip"}),
        "deflate": Page(body=zlib.compress(ARTICLE), headers=HTML | {"Content-Encoding": "deflate"}),
        "br": Page(body=brotli.compress(ARTICLE), headers=HTML | BROTLI),
        "zstd": Page(body=zstd.compress(ARTICLE), headers=HTML | ZSTD),
    }
    with Origin({"/plain": PAGE_OK, **{f"/{name}": page for name, page in packed.items()}}) as site:
        plain, *others = ask(crawler, *[fetch(site.url(f"/{name}")) for name in ("plain", *packed)])
        assert {name.strip() for name in site.seen[-1].headers["accept-encoding"].split(",")} == set(packed)
    assert isinstance(plain, Article)
    assert [getattr(each, "text", each) for each in others] == [plain.text] * len(packed)


def test_endless_headers_are_not_read(crawler: Crawler) -> None:
    """F04."""
    lines = b"".join(b"X-%d: %s\r\n" % (number, b"y" * 1_000) for number in range(2_000))
    with Origin({"/x": Page(raw=b"HTTP/1.1 200 OK\r\n" + lines + b"\r\nhello")}) as site:
        record = rejected(crawler, fetch(site.url("/x")))
        assert record.reason is RejectReason.TOO_LARGE
        assert "headers" in record.detail


@pytest.mark.parametrize("raw", [b"", b"\x00\x01\x02", b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/1.1 999999 \r\n\r\n"])
def test_no_http_is_a_network_error(crawler: Crawler, raw: bytes) -> None:
    with Origin({"/x": Page(raw=raw)}) as site:
        assert rejected(crawler, fetch(site.url("/x"))).reason in {RejectReason.NETWORK, RejectReason.HTTP_ERROR}


def test_a_host_that_is_not_there_says_so(crawler: Crawler) -> None:
    with Origin() as site:
        url = site.url("/x")
    record = rejected(crawler, fetch(url))
    assert (record.reason, record.retry) == (RejectReason.NETWORK, True)
    assert "refuses connections" in record.detail
    record = rejected(crawler, fetch("http://nowhere.invalid/x"))
    assert "host name is not known" in record.detail
    assert listing(crawler, poll(url)).status is ListingStatus.FAILED


@pytest.mark.parametrize(
    "url", ["http://", "http://a b/", "nonsense", "http://x:99999/", "http://[::1/", "javascript:1"]
)
def test_an_impossible_address_is_answered(crawler: Crawler, url: str) -> None:
    assert rejected(crawler, fetch(url)).reason is RejectReason.ADDRESS


def test_certificates_are_verified_and_one_more_authority_can_be_named(crawler: Crawler, tmp_path: Path) -> None:
    """F12, F13: what is not trusted fails with a reason, and is asked again slowly."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    until = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
    authority.issue_cert("localhost", not_after=until).configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with Origin({"/feed": Page(body=FEED)}, tls=context) as site:
        refused = listing(crawler, poll(site.url("/feed", "localhost")))
        assert refused.status is ListingStatus.FAILED
        assert "certificate is not trusted" in str(refused.error)
        assert refused.lasting
        assert site.seen == []
        with Crawler(replace(LIMITS, ca_file=str(tmp_path / "ca.pem"))) as trusting:
            trusted = listing(trusting, poll(site.url("/feed", "localhost")))
            assert (trusted.status, trusted.trusted_until) == (ListingStatus.OK, until)
            wrong_name = listing(trusting, poll(site.url("/feed", "127.0.0.1")))
            assert "certificate is not trusted" in str(wrong_name.error)


def test_redirects_between_hosts_do_not_lock_each_other_out() -> None:
    with Origin() as one, Origin() as two, Crawler(replace(LIMITS, concurrency=1)) as crawler:
        one.pages |= {"/x": Page(redirect=two.url("/end"), delay=0.02), "/end": PAGE_OK}
        two.pages |= {"/x": Page(redirect=one.url("/end"), delay=0.02), "/end": PAGE_OK}
        orders = [fetch(site.url("/x")) for _ in range(10) for site in (one, two)]
        assert all(isinstance(record, Article) for record in ask(crawler, *orders))
        assert one.most_at_once == two.most_at_once == 1


def test_two_lengths_in_one_answer_give_nobody_elses_page(crawler: Crawler) -> None:
    """F29: what is left of an ambiguous answer must not be taken for the next one."""
    smuggled = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 7\r\n\r\nwrong!!"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
    with Origin({"/both": Page(raw=head + b"0\r\n\r\n" + smuggled), "/a": PAGE_OK}) as site:
        record = ask(crawler, fetch(site.url("/both")))[0]
        assert not isinstance(record, Article)
        after = ask(crawler, fetch(site.url("/a")))[0]
        assert isinstance(after, Article)
        assert "wrong" not in after.text


def test_nothing_that_scrapy_opens_by_itself_is_open() -> None:
    """F06, F28, F31, F32: no file, no proxy of the environment, no console, no referrer."""
    settings = scrapy_settings(LIMITS)
    opened = {scheme for scheme, handler in settings["DOWNLOAD_HANDLERS"].items() if handler}
    assert opened == {"http", "https"}
    off = ("HTTPPROXY_ENABLED", "TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED", "REFERER_ENABLED", "COOKIES_ENABLED")
    assert not any(settings[name] for name in off)
    assert not settings["EXTENSIONS_BASE"]
    assert not settings["SPIDER_MIDDLEWARES_BASE"]
    assert not settings["DOWNLOADER_MIDDLEWARES_BASE"]
