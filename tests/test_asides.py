"""robots.txt and tdmrep.json that are led to another domain: what goes there and back, and when it ends."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from simweb import limits

from crawler import Trail
from crawler.answers import Answer, FailedError
from crawler.asides import Asides
from crawler.errands import Errand
from crawler.sites import Sites
from crawler.urls import gate_key
from crawler.wire import decode

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SITE = "https://www.un.example"
ELSEWHERE = "https://www.deux.example/robots.txt"
PAGE = f"{SITE}/a/1"


class Network:
    """Answers, and what was asked for."""

    def __init__(self, answers: dict[str, tuple[int, str]]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    async def get(self, url: str, _errand: Errand) -> Answer:
        self.asked.append(url)
        status, text = self.answers[url]
        headers = {"location": text} if status == 302 else {}
        return Answer(url=url, status=status, headers=headers, body=b"" if headers else text.encode())


def errand(way: Trail | None, host: str) -> Errand:
    return Errand(
        rank=0, delay=0.0, max_bytes=1, headers={}, seconds=9.0, begin=lambda: None, host=gate_key(host), trail=way
    )


def asides(sites: Sites, network: Network) -> Asides:
    return Asides(sites, network.get, obey_robots=True, clock=lambda: NOW)


def led(sites: Sites, network: Network, way: Trail) -> Trail:
    with pytest.raises(FailedError) as caught:
        asyncio.run(asides(sites, network).robots(SITE, errand(way, SITE)))
    assert caught.value.trail is not None
    return caught.value.trail


def test_a_robots_txt_elsewhere_is_asked_for_there_and_the_order_comes_back_with_it() -> None:
    network = Network({f"{SITE}/robots.txt": (302, ELSEWHERE), ELSEWHERE: (200, "User-agent: *\nDisallow: /a")})
    way = led(Sites(limits()), network, Trail(url=PAGE, hops=2, moved=False))
    assert (way.url, way.aside, way.back, way.turns) == (ELSEWHERE, f"{SITE}/robots.txt", PAGE, 1)
    there = Sites(limits())
    there.merge(decode(way.known))
    back = asyncio.run(asides(there, network).elsewhere(way, errand(way, ELSEWHERE)))
    assert (back.url, back.hops, back.moved, back.aside) == (PAGE, 2, False, "")
    here = Sites(limits())
    here.merge(decode(back.known))
    assert not here.wants_robots(SITE, NOW)
    with pytest.raises(FailedError, match="disallows"):
        here.check(PAGE, SITE, NOW)
    assert network.asked == [f"{SITE}/robots.txt", ELSEWHERE]


def test_a_robots_txt_that_is_led_around_for_ever_forbids_everything() -> None:
    network = Network({f"{SITE}/robots.txt": (302, ELSEWHERE), ELSEWHERE: (302, f"{SITE}/robots.txt")})
    sites, way = Sites(limits()), Trail(url=PAGE)
    ways = [way := led(sites, network, way)]
    ask = asides(sites, network)
    while way.aside:
        try:
            way = asyncio.run(ask.elsewhere(way, errand(way, way.url)))
        except FailedError as error:
            assert error.trail is not None
            ways.append(way := error.trail)
    assert [one.turns for one in ways] == list(range(1, 11))
    with pytest.raises(FailedError, match="cannot be read, so nothing is fetched"):
        sites.check(PAGE, SITE, NOW)


def test_what_is_asked_by_hand_follows_at_once() -> None:
    network = Network({f"{SITE}/robots.txt": (302, ELSEWHERE), ELSEWHERE: (200, "User-agent: *\nCrawl-delay: 7")})
    sites = Sites(limits())
    asyncio.run(asides(sites, network).robots(SITE, errand(None, SITE)))
    assert sites.delay(SITE) == 7.0


def test_where_a_file_was_led_is_remembered_for_an_hour() -> None:
    network = Network({f"{SITE}/robots.txt": (302, ELSEWHERE)})
    ask = asides(Sites(limits()), network)
    for _ in range(3):
        with pytest.raises(FailedError) as caught:
            asyncio.run(ask.robots(SITE, errand(Trail(url=PAGE), SITE)))
        assert caught.value.trail is not None
        assert caught.value.trail.url == ELSEWHERE
    assert network.asked == [f"{SITE}/robots.txt"]
