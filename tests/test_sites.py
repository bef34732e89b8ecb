"""What is known of sites, for how long, and what a fresh child inherits: with times passed in, no network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from protego import Protego

from crawler.answers import Answer, FailedError
from crawler.fetching import _site
from crawler.remembered import Remembered
from crawler.reserved import Location
from crawler.robots import Rules, ours
from crawler.sites import Sites
from crawler.types import Limits, RejectReason
from crawler.wire import Site, decode, encode

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SITE = "https://outlet.example:443"
PAGE = "https://outlet.example/private/a"
NO_PRIVATE = b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n"


def answer(body: bytes = b"", status: int = 200, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(url=f"{SITE}/robots.txt", status=status, headers=named, body=body)


def why_not(sites: Sites, now: datetime, url: str = PAGE) -> str | None:
    try:
        sites.check(url, SITE, now)
    except FailedError as error:
        return str(error.reason)
    return None


def test_a_copy_is_good_for_a_day() -> None:
    """O11: it is not kept for the life of the process, nor asked for with each page."""
    sites = Sites(Limits())
    assert sites.wants_robots(SITE, NOON)
    sites.robots_read(SITE, answer(NO_PRIVATE), NOON)
    assert not sites.wants_robots(SITE, NOON + timedelta(hours=23, minutes=59))
    assert sites.wants_robots(SITE, NOON + timedelta(hours=24))
    assert why_not(sites, NOON + 23 * HOUR) == "robots"
    assert sites.delay(SITE) == 7.0


def test_sites_that_are_visited_in_turn_are_asked_once_a_day_however_many_they_are() -> None:
    """O11: with fewer kept than there are, each would be forgotten just before it is needed."""
    sites = Sites(Limits())
    names = [f"https://outlet-{number}.example:443" for number in range(30_000)]
    for name in names:
        sites.robots_read(name, answer(NO_PRIVATE), NOON)
    assert not any(sites.wants_robots(name, NOON + HOUR) for name in names)
    assert {sites.delay(name) for name in names[:2_500]} == {7.0}
    assert len(sites._rules) == 2_000


def test_what_is_kept_of_sites_is_bounded_by_their_number_and_their_text() -> None:
    sites = Sites(Limits(robots_bytes=1 << 20))
    for number in range(50_100):
        sites.learn(Site(site=f"https://outlet-{number}.example:443"))
    assert len(sites) == 50_000
    long = b"User-agent: *\n" + b"Disallow: /private/of/somebody\n" * 30_000
    for number in range(40):
        sites.robots_read(f"https://long-{number}.example:443", answer(long), NOON)
    assert 10 < len(sites) < 20


def test_while_it_cannot_be_read_the_last_copy_holds_for_a_day_then_nothing_may_be_fetched() -> None:
    """O10: an unreachable robots.txt is not an empty one."""
    sites = Sites(Limits())
    sites.robots_read(SITE, answer(NO_PRIVATE), NOON)
    at = NOON + 24 * HOUR
    while at < NOON + 48 * HOUR:
        assert sites.wants_robots(SITE, at)
        site = sites.robots_read(SITE, answer(status=503), at)
        assert why_not(sites, at, "https://outlet.example/open") is None
        assert why_not(sites, at) == "robots"
        assert site.robots_until
        assert timedelta(minutes=1) <= site.robots_until - at <= HOUR
        at = site.robots_until
    sites.robots_read(SITE, answer(status=503), at)
    with pytest.raises(FailedError, match=r"cannot be read, so nothing is fetched for now") as caught:
        sites.check("https://outlet.example/open", SITE, at)
    assert caught.value.retry
    assert caught.value.retry_after == 3600.0
    sites.robots_read(SITE, answer(), at + HOUR)
    assert why_not(sites, at + HOUR) is None


def test_without_a_copy_nothing_may_be_fetched_and_it_is_asked_for_ever_more_slowly() -> None:
    sites, at, waits = Sites(Limits()), NOON, []
    for _ in range(12):
        site = sites.robots_failed(SITE, FailedError(RejectReason.TIMEOUT, "no answer", retry=True), at)
        assert why_not(sites, at) == "robots"
        assert site.robots_until
        waits.append((site.robots_until - at) / timedelta(minutes=1))
        at = site.robots_until
    assert waits[:6] == [1, 1, 2, 4, 8, 16]
    assert waits[-1] == 60


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_refused_one_allows_all_and_too_many_requests_does_not(status: int) -> None:
    sites = Sites(Limits())
    sites.robots_read(SITE, answer(NO_PRIVATE, status), NOON)
    assert why_not(sites, NOON) is None
    site = sites.robots_read(SITE, answer(NO_PRIVATE, 429, retry_after="7200"), NOON)
    assert site.robots_until == NOON + 2 * HOUR
    sites = Sites(Limits())
    sites.robots_read(SITE, answer(NO_PRIVATE, 429), NOON)
    assert why_not(sites, NOON) == "robots"


def test_a_host_that_is_not_there_says_so_itself() -> None:
    sites = Sites(Limits())
    sites.robots_failed(SITE, FailedError(RejectReason.NETWORK, "the host name is not known", retry=True), NOON)
    assert why_not(sites, NOON) == "network"


def test_only_the_first_half_mebibyte_is_read() -> None:
    """O11: RFC 9309 asks for 500 KiB at least."""
    sites = Sites(Limits())
    filler = b"User-agent: *\n" + b"#" * (500 * 1024)
    sites.robots_read(SITE, answer(filler + b"\nDisallow: /private\n" + b"#" * 20_000 + b"\nDisallow: /open\n"), NOON)
    assert why_not(sites, NOON) == "robots"
    assert why_not(sites, NOON, "https://outlet.example/open") is None


def test_a_successor_knows_all_of_it() -> None:
    """O11: children are replaced every few thousand orders; a site must not hear of it."""
    first, told = Sites(Limits()), Remembered(10, 10_000)
    first.robots_read(SITE, answer(NO_PRIVATE), NOON)
    body = b'[{"location": "/kept", "tdm-reservation": 1}]'
    told.learn(decode(encode(first.file_read(SITE, answer(body), NOON))))
    second = Sites(Limits())
    for site in told.of(""):
        second.learn(site)
    assert not second.wants_robots(SITE, NOON + HOUR)
    assert not second.wants_file(SITE, NOON + HOUR)
    assert why_not(second, NOON + HOUR) == "robots"
    assert second.delay(SITE) == 7.0
    said = second.reservation("https://outlet.example/kept/a", SITE)
    assert said
    assert said.reserved
    second.robots_read(SITE, answer(status=500), NOON + 25 * HOUR)
    assert why_not(second, NOON + 25 * HOUR) == "robots", "the inherited copy holds while it can't be read"


def test_a_reservation_file_is_good_for_a_day_and_none_is_no_reservation() -> None:
    sites = Sites(Limits())
    assert sites.wants_file(SITE, NOON)
    sites.file_read(SITE, answer(b'[{"location": "/", "tdm-reservation": 1}]', 404), NOON)
    assert sites.reservation(PAGE, SITE) is None
    assert not sites.wants_file(SITE, NOON + 23 * HOUR)
    assert sites.wants_file(SITE, NOON + 24 * HOUR)
    sites.file_read(SITE, None, NOON + 24 * HOUR)
    assert sites.reservation(PAGE, SITE) is None


def test_what_is_remembered_stays_within_its_bounds() -> None:
    told = Remembered(3, 1_000)
    for number in range(5):
        told.learn(Site(site=f"s{number}", host="h"))
    assert [site.site for site in told.of("h")] == ["s2", "s3", "s4"]
    told.learn(Site(site="s2", host="h", robots="x" * 900))
    told.learn(Site(site="s5", host="g", locations=(Location(pattern="y" * 200, reserved=True),)))
    assert told.of("h") == []
    assert [site.site for site in told.of("g")] == ["s5"]
    assert len(told) == 1
    assert told.of("nobody") == []


_LINES = st.sampled_from(
    [
        *("User-agent: *", "user-agent: CocoricoBot", "User-agent: Cocorico*", "User-agent: other", "Useragent: other"),
        *("User agent cocoricobot", "User-agent:", "User-agent : bot # us?", "USER-AGENT:other", "User-agent"),
        *("Disallow: /a", "Disallow: /", "Disallow:", "Allow: /a/b", "Disalow: /c", "Dissallow /d", "allow /d/e"),
        *("Crawl-delay: 5", "Crawl delay 3", "Request-rate: 1/5", "Disallow : /*.pdf$", "Allow:/x", "noindex: /y"),
        *("Sitemap: https://outlet.example/s.xml", "Host: outlet.example", "# a comment", "", "   ", "hello", "é: /z"),
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(_LINES, max_size=25), st.sampled_from(["\n", "\r\n"]))
def test_the_lines_that_are_kept_say_what_the_whole_says(lines: list[str], end: str) -> None:
    text = end.join(lines)
    whole, kept = Protego.parse(text), Rules(ours(text, "CocoricoBot"), "CocoricoBot")
    assert kept.delay == (whole.crawl_delay("CocoricoBot") or 0.0)
    for path in ("/", "/a", "/a/b", "/c", "/d", "/d/e", "/f.pdf", "/x", "/y", "/z"):
        url = f"https://outlet.example{path}"
        assert kept.allow(url) is whole.can_fetch(url, "CocoricoBot")


def test_a_robots_txt_about_others_leaves_next_to_nothing() -> None:
    others = "\n".join(f"User-agent: Bot{number}\nDisallow: /{number}\n" for number in range(500))
    assert ours(f"{others}\nSitemap: /s.xml\nUser-agent: *\n# us\nDisallow: /p\n", "CocoricoBot") == (
        "User-agent: *\nDisallow: /p"
    )


def test_a_site_is_told_without_the_port_that_goes_without_saying() -> None:
    told = {"https://lune.example/a": "https://lune.example", "http://lune.example:80/": "http://lune.example"}
    told |= {"http://lune.example:443/": "http://lune.example:443", "https://[::1]:8/": "https://[::1]:8"}
    assert {url: _site(url) for url in told} == told
