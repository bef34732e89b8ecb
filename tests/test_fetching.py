"""How visits are made: to which addresses, by which permission, at which pace, and what a bad server gets."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from crawling import ARTICLE, FEED, LIMITS, ask, fetch, listing, poll, rejected
from origin import Origin, Page, Seen

from crawler import Article, Crawler, CrawlError, Listing, ListingStatus, RejectReason, Validators, answers
from crawler.addresses import may_visit, networks
from crawler.answers import Answer, FailedError
from crawler.hosts import PAGE, POLL, REDIRECTED, HeldError, Hosts

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HTML = {"Content-Type": "text/html; charset=utf-8"}
PAGE_OK = Page(body=ARTICLE, headers=HTML)


@pytest.fixture(scope="module")
def crawler() -> Iterator[Crawler]:
    with Crawler(LIMITS) as running:
        yield running


# Addresses


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "0.1.2.3", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1"),
        *(
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "fe80::1",
            "fe80::1%eth0",
        ),
        *("fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "64:ff9b::7f00:1", "64:ff9b::a00:1"),
        *("64:ff9b:1::808:808", "2002:7f00:1::", "2002:a00:1::1", "2001:0:7f00:1::", "100::1", "not an address", ""),
    ],
)
def test_an_address_that_is_not_public_is_not_visited(address: str) -> None:
    assert not may_visit(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_a_public_address_is_visited(address: str) -> None:
    assert may_visit(address)


def test_excepted_networks_are_visited_and_no_more() -> None:
    loopback = networks(("127.0.0.1", "10.0.0.0/8"))
    assert may_visit("127.0.0.1", loopback)
    assert may_visit("::ffff:10.1.1.1", loopback)
    assert not may_visit("127.0.0.2", loopback)
    with pytest.raises(CrawlError, match="allow_addresses"):
        networks(("localhost",))


# Reading answers


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(url="https://a.example/x", status=status, headers=named, body=body)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("120", 120.0),
        (" 0 ", 0.0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("9" * 400, 86_400.0),
        ("²", None),
        ("Fri, 20 Nov 2026 12:01:00 GMT", 60.0),
        ("Fri, 20 Nov 2026 13:01:00 +0100", 60.0),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400.0),
        ("Fri, 31 Dec 99999 23:59:59 GMT", None),
        ("Fri, 20 Nov 2026 99:99:99 GMT", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert answers.retry_after(value, now=NOW) == seconds


def test_a_last_modified_in_the_future_is_not_kept() -> None:
    future = (NOW + timedelta(days=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    past = "Thu, 19 Nov 2026 12:00:00 GMT"
    assert answers.validators(answer(last_modified=future, etag='"e"'), now=NOW).last_modified is None
    assert answers.validators(answer(last_modified="yesterday"), now=NOW).last_modified is None
    kept = answers.validators(answer(last_modified=past, etag='"e"', body=b"x"), now=NOW)
    assert (kept.etag, kept.last_modified) == ('"e"', past)
    assert kept.body_hash == answers.body_hash(b"x") != answers.body_hash(b"y")


def test_conditions_hold_nothing_that_breaks_a_request() -> None:
    known = Validators(etag='"a"\r\nX-Injected: 1', last_modified="Thu, 19 Nov 2026 12:00:00 GMT")
    assert answers.conditional_headers(known) == {"If-Modified-Since": "Thu, 19 Nov 2026 12:00:00 GMT"}


@pytest.mark.parametrize(
    ("head", "reserved"),
    [
        (b'<meta name="tdm-reservation" content="1">', True),
        (b"<META content='1' NAME='TDM-Reservation'/>", True),
        (b"<meta name=tdm-reservation content=1>", True),
        (b'<meta name="tdm-reservation" content="0">', False),
        (b'<meta name="description" content="1"><p>tdm-reservation</p>', False),
        (b"", False),
    ],
)
def test_a_reservation_in_a_meta_tag_is_seen(head: bytes, reserved: bool) -> None:
    assert answers.reserves_mining(answer(body=b"<head>" + head)) is reserved


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a.example/", "data:,x", "//a.example", "http://[::1"])
def test_only_web_addresses_are_visited(url: str) -> None:
    with pytest.raises(FailedError) as caught:
        answers.plain_url(url)
    assert caught.value.reason is RejectReason.ADDRESS


def test_credentials_and_fragments_stay_here() -> None:
    assert answers.plain_url("https://me:pass@a.example/x?y#z") == "https://a.example/x?y"


def test_charset_and_type_are_read_from_the_header() -> None:
    one = answer(content_type='Text/HTML; Charset="ISO-8859-1"')
    assert (one.content_type, one.charset) == ("text/html", "ISO-8859-1")
    assert (answer().content_type, answer().charset) == (None, None)


# Turns


def test_a_host_is_visited_by_one_at_a_time_polls_first_with_a_pause() -> None:
    async def scenario() -> list[tuple[str, float]]:
        hosts, done = Hosts(), list[tuple[str, float]]()
        start = asyncio.get_running_loop().time()

        async def visit(name: str, rank: int) -> None:
            async with hosts.turn("h:80", delay=0.05, rank=rank):
                done.append((name, asyncio.get_running_loop().time() - start))

        pages = [visit(f"page{number}", PAGE) for number in range(3)]
        await asyncio.gather(*pages, visit("poll", POLL), visit("redirected", REDIRECTED))
        return done

    done = asyncio.run(scenario())
    assert [name for name, _ in done] == ["page0", "redirected", "poll", "page1", "page2"]
    times = [at for _, at in done]
    assert times[1] - times[0] < 0.04, "a redirect belongs to the request before"
    assert all(later - earlier >= 0.05 for earlier, later in itertools.pairwise(times[1:]))


def test_a_host_that_was_just_visited_by_a_predecessor_is_left_alone_first() -> None:
    async def scenario() -> float:
        hosts, start = Hosts(), asyncio.get_running_loop().time()
        hosts.visited("h:80", ago=0.05)
        async with hosts.turn("h:80", delay=0.15, rank=PAGE):
            return asyncio.get_running_loop().time() - start

    assert 0.09 < asyncio.run(scenario()) < 0.3


def test_a_waiting_order_that_is_cancelled_does_not_block_the_host() -> None:
    async def scenario() -> None:
        hosts = Hosts()

        async def visit() -> None:
            async with hosts.turn("h:80", delay=0.0, rank=PAGE):
                await asyncio.Event().wait()

        tasks = [asyncio.create_task(visit()) for _ in range(3)]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        async with asyncio.timeout(1), hosts.turn("h:80", delay=0.0, rank=PAGE):
            pass

    asyncio.run(scenario())


def test_a_host_that_asked_for_rest_is_not_asked() -> None:
    async def scenario() -> None:
        hosts = Hosts()
        hosts.hold("h:80", 0.1)
        with pytest.raises(HeldError) as caught:
            async with hosts.turn("h:80", delay=0.0, rank=PAGE):
                pass
        assert 0 < caught.value.seconds <= 0.1
        await asyncio.sleep(0.11)
        async with hosts.turn("h:80", delay=0.0, rank=PAGE):
            pass

    asyncio.run(scenario())


def test_hosts_do_not_pile_up() -> None:
    async def scenario() -> int:
        hosts = Hosts()
        for number in range(3_000):
            hosts.visited(f"h{number}:80", ago=1_000)
        async with hosts.turn("last:80", delay=0.0, rank=PAGE):
            pass
        return len(hosts)

    assert asyncio.run(scenario()) <= 1


# Visits over real sockets


def test_an_address_that_is_not_allowed_is_not_connected_to() -> None:
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
    with Origin({"/x": Page(redirect=target)}) as site:
        record = rejected(crawler, fetch(site.url("/x")))
        assert record.reason is RejectReason.ADDRESS
        assert not record.retry


def test_redirects_are_followed_to_their_end_and_obey_the_limit(crawler: Crawler) -> None:
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
    with Origin({"/a": Page(redirect="/b"), "/b": Page(redirect="/a#x")}) as site:
        record = rejected(crawler, fetch(site.url("/a")))
        assert "circle" in record.detail
        assert site.paths() == ["/a", "/b"]


@pytest.mark.parametrize("page", [Page(delay=30), Page(body=b"x" * 1000, drip=0.1)], ids=["silent", "dripping"])
def test_a_tarpit_is_left_after_the_timeout(crawler: Crawler, page: Page) -> None:
    with Origin({"/x": page}) as site:
        start = time.monotonic()
        record = rejected(crawler, fetch(site.url("/x")))
        assert 0.9 < time.monotonic() - start < 3
        assert record.reason is RejectReason.TIMEOUT
        assert record.retry


def test_a_truncated_body_is_no_page(crawler: Crawler) -> None:
    with Origin({"/x": Page(body=ARTICLE, missing=100, headers=HTML)}) as site:
        record = rejected(crawler, fetch(site.url("/x")))
        assert (record.reason, record.retry) == (RejectReason.NETWORK, True)
        assert "cut short" in record.detail


def test_bombs_and_giants_are_not_read(crawler: Crawler) -> None:
    bomb = gzip.compress(bytes(100 * 1024 * 1024), 9)
    packed = {"Content-Encoding": "gzip", **HTML}
    pages = {
        "/bomb": Page(body=bomb, headers=packed),
        "/twice": Page(body=gzip.compress(bomb), headers={**packed, "Content-Encoding": "gzip, gzip"}),
        "/giant": Page(body=bytes(11 * 1024 * 1024), headers=HTML),
    }
    with Origin(pages) as site:
        for path in pages:
            record = rejected(crawler, fetch(site.url(path)))
            assert record.reason is RejectReason.TOO_LARGE, path
            assert str(LIMITS.page_bytes) in record.detail


def test_a_damaged_packed_body_is_no_page(crawler: Crawler) -> None:
    with Origin({"/x": Page(body=b"this is not gzip", headers={"Content-Encoding": "gzip"})}) as site:
        assert rejected(crawler, fetch(site.url("/x"))).reason is RejectReason.NETWORK


def test_endless_headers_are_not_read(crawler: Crawler) -> None:
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
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with Origin({"/feed": Page(body=FEED)}, tls=context) as site:
        refused = listing(crawler, poll(site.url("/feed", "localhost")))
        assert refused.status is ListingStatus.FAILED
        assert "certificate is not trusted" in str(refused.error)
        assert site.seen == []
        with Crawler(replace(LIMITS, ca_file=str(tmp_path / "ca.pem"))) as trusting:
            assert listing(trusting, poll(site.url("/feed", "localhost"))).status is ListingStatus.OK
            wrong_name = listing(trusting, poll(site.url("/feed", "127.0.0.1")))
            assert "certificate is not trusted" in str(wrong_name.error)


# robots.txt


def robots(text: str, **changes: object) -> Page:
    return replace(Page(body=text.encode(), headers={"Content-Type": "text/plain"}), **changes)  # type: ignore[arg-type]


def test_a_missing_robots_txt_allows_and_is_asked_for_once(crawler: Crawler) -> None:
    with Origin({"/a": PAGE_OK, "/b": PAGE_OK}) as site:
        assert all(
            isinstance(each, Article) for each in ask(crawler, *[fetch(site.url(path)) for path in ("/a", "/b")])
        )
        assert [seen.path for seen in site.seen].count("/robots.txt") == 1
        assert all(seen.headers["user-agent"] == LIMITS.user_agent for seen in site.seen)


def test_what_robots_txt_disallows_is_not_fetched(crawler: Crawler) -> None:
    text = "User-agent: *\nDisallow: /\n\nUser-agent: cocoricobot\nDisallow: /private\nAllow: /private/open\n"
    with Origin({"/robots.txt": robots(text), "/a": PAGE_OK, "/private/open": PAGE_OK}) as site:
        urls = [site.url(path) for path in ("/a", "/private/x", "/private/open")]
        first, second, third = ask(crawler, *[fetch(url) for url in urls])
        assert isinstance(first, Article)
        assert isinstance(third, Article)
        assert getattr(second, "reason", None) is RejectReason.ROBOTS
        blocked = listing(crawler, poll(site.url("/private/feed")))
        assert blocked.status is ListingStatus.BLOCKED
        assert "robots.txt disallows" in str(blocked.error)
        assert site.paths() == ["/a", "/private/open"]


def test_a_redirect_to_what_robots_txt_disallows_is_not_followed(crawler: Crawler) -> None:
    pages = {"/robots.txt": robots("User-agent: *\nDisallow: /p"), "/a": Page(redirect="/p"), "/p": PAGE_OK}
    with Origin(pages) as site:
        assert rejected(crawler, fetch(site.url("/a"))).reason is RejectReason.ROBOTS
        assert site.paths() == ["/a"]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_refused_robots_txt_allows(crawler: Crawler, status: int) -> None:
    with Origin({"/robots.txt": robots("User-agent: *\nDisallow: /", status=status), "/a": PAGE_OK}) as site:
        assert isinstance(ask(crawler, fetch(site.url("/a")))[0], Article)


@pytest.mark.parametrize(
    "page", [Page(status=503), Page(status=500), Page(status=429), Page(delay=30), Page(body=b"x", missing=9)]
)
def test_an_unreachable_robots_txt_disallows_for_now(crawler: Crawler, page: Page) -> None:
    with Origin({"/robots.txt": page, "/a": PAGE_OK}) as site:
        for _ in range(2):
            record = rejected(crawler, fetch(site.url("/a")))
            assert record.reason in {RejectReason.ROBOTS, RejectReason.NETWORK}
            assert record.retry
        assert site.paths() == []
        assert len(site.seen) == 1, "the failure is remembered for a while"


def test_robots_txt_is_read_after_its_redirects_and_up_to_its_limit() -> None:
    text = "User-agent: *\nDisallow: /a\n#" + "x" * 20_000 + "\nDisallow: /b\n"
    pages = {"/robots.txt": Page(redirect="/r"), "/r": robots(text), "/a": PAGE_OK, "/b": PAGE_OK}
    with Origin(pages) as site, Crawler(replace(LIMITS, robots_bytes=10_000)) as short:
        first, second = ask(short, fetch(site.url("/a")), fetch(site.url("/b")))
        assert getattr(first, "reason", None) is RejectReason.ROBOTS
        assert isinstance(second, Article)


def test_robots_txt_is_not_asked_for_when_it_is_not_obeyed() -> None:
    pages = {"/robots.txt": robots("User-agent: *\nDisallow: /"), "/a": PAGE_OK}
    with Origin(pages) as site, Crawler(replace(LIMITS, obey_robots=False)) as rude:
        assert isinstance(ask(rude, fetch(site.url("/a")))[0], Article)
        assert [seen.path for seen in site.seen] == ["/a"]


# Politeness


def gaps(seen: list[Seen]) -> list[float]:
    times = [each.at for each in seen if each.path != "/robots.txt"]
    return [later - earlier for earlier, later in itertools.pairwise(times)]


@pytest.fixture(scope="module")
def patient() -> Iterator[Crawler]:
    with Crawler(replace(LIMITS, delay=0.2)) as running:
        yield running


@pytest.mark.parametrize(
    ("ordered", "text", "pause"),
    [
        (None, "", 0.2),
        (0.3, "", 0.3),
        (0.0, "", 0.0),
        (0.0, "User-agent: *\nCrawl-delay: 0.15", 0.15),
        (None, "User-agent: *\nCrawl-delay: 0.1", 0.2),
    ],
    ids=["config", "order", "order says 0", "robots", "the longer one"],
)
def test_the_pause_between_two_requests_is_kept(
    patient: Crawler, ordered: float | None, text: str, pause: float
) -> None:
    with Origin({"/robots.txt": robots(text), "/feed": Page(body=FEED), "/a": PAGE_OK}) as site:
        pages = [fetch(site.url("/a"), delay=ordered) for _ in range(3)]
        ask(patient, *pages, poll(site.url("/feed"), delay=ordered))
    assert site.most_at_once == 1
    assert min(gaps(site.seen)) >= pause
    assert pause or max(gaps(site.seen)) < 0.2
    assert site.paths().index("/feed") <= 1, "a poll waits for one page at most"


def test_hosts_do_not_wait_for_each_other_and_seats_are_limited() -> None:
    slow = {"/x": Page(delay=0.4, body=ARTICLE, headers=HTML)}
    with Origin(slow) as one, Origin(slow) as two, Origin(slow) as three:
        sites = (one, two, three)
        with Crawler(replace(LIMITS, concurrency=2)) as crawler:
            ask(crawler, *[fetch(site.url("/none")) for site in sites])
            start = time.monotonic()
            ask(crawler, *[fetch(site.url("/x")) for site in sites])
            assert 0.8 <= time.monotonic() - start < 1.15


def test_a_host_that_says_retry_after_is_left_alone(crawler: Crawler) -> None:
    with Origin({"/a": Page(status=429, headers={"Retry-After": "100"}), "/b": PAGE_OK}) as site:
        first, second = ask(crawler, fetch(site.url("/a")), fetch(site.url("/b")))
        assert getattr(first, "reason", None) is RejectReason.RATE_LIMITED
        assert getattr(first, "retry_after", None) == 100.0
        assert getattr(second, "reason", None) is RejectReason.RATE_LIMITED
        assert 90 < getattr(second, "retry_after", 0) <= 100
        assert site.paths() == ["/a"]


def test_redirects_between_hosts_do_not_lock_each_other_out() -> None:
    with Origin() as one, Origin() as two, Crawler(replace(LIMITS, concurrency=1)) as crawler:
        one.pages |= {"/x": Page(redirect=two.url("/end"), delay=0.02), "/end": PAGE_OK}
        two.pages |= {"/x": Page(redirect=one.url("/end"), delay=0.02), "/end": PAGE_OK}
        orders = [fetch(site.url("/x")) for _ in range(10) for site in (one, two)]
        assert all(isinstance(record, Article) for record in ask(crawler, *orders))
        assert one.most_at_once == two.most_at_once == 1
