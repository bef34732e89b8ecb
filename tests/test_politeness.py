"""At which pace hosts are visited, and by which permission of theirs."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from crawling import ARTICLE, FEED, LIMITS, ask, fetch, listing, poll, rejected
from origin import Origin, Page, Seen

from crawler import Article, Crawler, ListingStatus, Refusal, RejectReason, SourceKind
from crawler.hosts import PAGE, POLL, REDIRECTED, HeldError, Hosts

HTML = {"Content-Type": "text/html; charset=utf-8"}
PAGE_OK = Page(body=ARTICLE, headers=HTML)


@pytest.fixture(scope="module")
def crawler() -> Iterator[Crawler]:
    with Crawler(LIMITS) as running:
        yield running


# Turns


def test_a_host_is_visited_by_one_at_a_time_polls_first_with_a_pause() -> None:
    """F33."""

    async def scenario() -> list[tuple[str, float]]:
        hosts, done = Hosts(), list[tuple[str, float]]()
        start = asyncio.get_running_loop().time()

        async def visit(name: str, rank: int) -> None:
            async with hosts.turn("h:80", delay=0.2, rank=rank):
                done.append((name, asyncio.get_running_loop().time() - start))

        pages = [visit(f"page{number}", PAGE) for number in range(3)]
        await asyncio.gather(*pages, visit("poll", POLL), visit("redirected", REDIRECTED))
        return done

    done = asyncio.run(scenario())
    assert [name for name, _ in done] == ["page0", "redirected", "poll", "page1", "page2"]
    times = [at for _, at in done]
    assert times[1] - times[0] < 0.2, "a redirect belongs to the request before"
    assert all(later - earlier >= 0.2 for earlier, later in itertools.pairwise(times[1:]))


def test_a_host_that_was_just_visited_by_a_predecessor_is_left_alone_first() -> None:
    async def scenario() -> float:
        hosts, start = Hosts(), asyncio.get_running_loop().time()
        hosts.visited("h:80", ago=0.4)
        async with hosts.turn("h:80", delay=0.5, rank=PAGE):
            return asyncio.get_running_loop().time() - start

    assert 0.09 < asyncio.run(scenario()) < 0.5


def test_a_waiting_order_that_is_cancelled_does_not_block_the_host() -> None:
    async def scenario() -> str:
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
            return "had its turn"

    assert asyncio.run(scenario()) == "had its turn"


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
    """F34."""

    async def scenario() -> int:
        hosts = Hosts()
        for number in range(3_000):
            hosts.visited(f"h{number}:80", ago=1_000)
        async with hosts.turn("last:80", delay=0.0, rank=PAGE):
            pass
        return len(hosts)

    assert asyncio.run(scenario()) <= 1


# robots.txt


def robots(text: str, **changes: object) -> Page:
    return replace(Page(body=text.encode(), headers={"Content-Type": "text/plain"}), **changes)  # type: ignore[arg-type]


def test_a_missing_robots_txt_allows_and_is_asked_for_once(crawler: Crawler) -> None:
    """O11, O14."""
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
        assert site.paths() == ["/a"]
        assert "/robots.txt" not in {seen.path for seen in site.seen}


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
    assert pause or min(gaps(site.seen)) < 0.2
    assert site.paths().index("/feed") <= 1, "a poll waits for one page at most"


def test_hosts_do_not_wait_for_each_other_and_seats_are_limited() -> None:
    lock, now, most = threading.Lock(), 0, 0

    def busy(_seen: Seen) -> Page:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        one.closing.wait(0.4)
        with lock:
            now -= 1
        return PAGE_OK

    with Origin({"/x": busy}) as one, Origin({"/x": busy}) as two, Origin({"/x": busy}) as three:
        sites = (one, two, three)
        with Crawler(replace(LIMITS, concurrency=2)) as crawler:
            ask(crawler, *[fetch(site.url("/none")) for site in sites])
            ask(crawler, *[fetch(site.url("/x")) for site in sites])
    assert most == 2


def test_a_host_that_says_retry_after_is_left_alone(crawler: Crawler) -> None:
    """F14."""
    with Origin({"/a": Page(status=429, headers={"Retry-After": "100"}), "/b": PAGE_OK}) as site:
        first, second = ask(crawler, fetch(site.url("/a")), fetch(site.url("/b")))
        assert getattr(first, "reason", None) is RejectReason.RATE_LIMITED
        assert getattr(first, "retry_after", None) == 100.0
        assert getattr(second, "reason", None) is RejectReason.RATE_LIMITED
        assert 90 < getattr(second, "retry_after", 0) <= 100
        assert site.paths() == ["/a"]


def test_a_pause_is_kept_after_what_a_site_is_asked_first_too() -> None:
    text = "User-agent: *\nCrawl-delay: 0.2\n"
    with Origin({"/robots.txt": robots(text), "/a": PAGE_OK}) as site, Crawler(LIMITS) as crawler:
        assert isinstance(ask(crawler, fetch(site.url("/a")))[0], Article)
        assert [seen.path for seen in site.seen] == ["/robots.txt", "/.well-known/tdmrep.json", "/a"]
        assert min(later.at - earlier.at for earlier, later in itertools.pairwise(site.seen)) >= 0.2


def test_a_fresh_child_asks_no_site_again_and_keeps_its_pause() -> None:
    """O11: what the old one knew of robots.txt and reservations is handed down."""
    file = Page(body=b'[{"location": "/kept", "tdm-reservation": 1, "tdm-policy": "https://outlet.example/tdm"}]')
    text = "User-agent: *\nDisallow: /private\nCrawl-delay: 0.15\n"
    pages = {"/robots.txt": robots(text), "/.well-known/tdmrep.json": file, "/a": PAGE_OK, "/feed": Page(body=FEED)}
    with Origin(pages) as site, Crawler(replace(LIMITS, replace_after=2)) as crawler:
        for _ in range(5):
            assert isinstance(ask(crawler, fetch(site.url("/a")))[0], Article)
        assert rejected(crawler, fetch(site.url("/private/x"))).reason is RejectReason.ROBOTS
        kept = rejected(crawler, fetch(site.url("/kept/x")))
        assert (kept.reason, kept.policy) == (RejectReason.RESERVED, "https://outlet.example/tdm")
        assert site.paths() == ["/a"] * 5
        assert len(site.seen) == 7, "one robots.txt and one tdmrep.json in all"
        assert min(gaps(site.seen[2:])) >= 0.15


def test_what_a_file_reserves_is_not_asked_for_unless_there_is_a_licence(crawler: Crawler) -> None:
    """O12: the page is not fetched to hear that it must not be read; a feed is published to be read."""
    file = Page(body=b'[{"location": "/open", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]')
    pages = {"/.well-known/tdmrep.json": file, "/a": PAGE_OK, "/open/a": PAGE_OK, "/feed": Page(body=FEED)}
    with Origin(pages) as site:
        record = rejected(crawler, fetch(site.url("/a")))
        assert (record.reason, record.evidence) == (RejectReason.RESERVED, "tdmrep.json")
        section = listing(crawler, poll(site.url("/a"), kind=SourceKind.SECTION))
        assert section.status is ListingStatus.BLOCKED
        assert "reserved" in str(section.error)
        assert site.paths() == []
        assert isinstance(ask(crawler, fetch(site.url("/a"), licence=True))[0], Article)
        assert isinstance(ask(crawler, fetch(site.url("/open/a")))[0], Article)
        assert listing(crawler, poll(site.url("/feed"))).status is ListingStatus.OK


@pytest.mark.parametrize(
    ("page", "refusal"),
    [
        (Page(status=402), Refusal.PAYMENT),
        (Page(status=403), Refusal.FORBIDDEN),
        (Page(status=451), Refusal.LEGAL),
        (Page(status=403, headers={"cf-mitigated": "challenge"}), Refusal.CHALLENGE),
        (Page(status=503, body=b"<script src='/cdn-cgi/challenge-platform/x.js'>"), Refusal.CHALLENGE),
        (Page(status=403, body=b"<script src='https://ct.captcha-delivery.com/c.js'>"), Refusal.CHALLENGE),
        (Page(status=401), None),
        (Page(status=404), None),
        (Page(status=503), None),
        (Page(status=429), None),
    ],
)
def test_a_host_that_does_not_want_us_is_heard(crawler: Crawler, page: Page, refusal: Refusal | None) -> None:
    """F23, F24: a wall is no page, and no trouble of the server's."""
    with Origin({"/a": page, "/feed": page}) as site:
        assert rejected(crawler, fetch(site.url("/a"))).refusal is refusal
        polled = listing(crawler, poll(site.url("/feed")))
        assert polled.refusal is refusal
        if refusal:
            assert polled.status is ListingStatus.BLOCKED


def test_a_fresh_child_keeps_the_pause_on_its_first_visit_already() -> None:
    """Found by the audited week: the pause was known only after the first turn."""
    text = "User-agent: *\nCrawl-delay: 0.6\n"
    with Origin({"/robots.txt": robots(text), "/feed": Page(body=FEED)}) as site:
        with Crawler(replace(LIMITS, replace_after=1)) as crawler:
            for _ in range(3):
                ask(crawler, poll(site.url("/feed")))
        assert min(gaps(site.seen)) >= 0.6
