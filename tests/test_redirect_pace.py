"""At which pace redirects are followed, in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from audit import Wishes, audit
from crawling import fetch
from simweb import Publisher, VirtualLoop, Web, limits

from crawler.answers import Answer, FailedError
from crawler.errands import errand_for
from crawler.fetching import Fetcher

HOST = "https://www.renvoi.example"


@pytest.fixture
def loop() -> Iterator[VirtualLoop]:
    virtual = VirtualLoop()
    asyncio.set_event_loop(virtual)
    yield virtual
    asyncio.set_event_loop(None)
    virtual.close()


def moved(path: str, _at: float) -> tuple[int, dict[str, str]]:
    return (301, {"Location": f"{HOST}/new"}) if path == "/old" else (200, {})


class Reader:
    """Visits a publisher whose old addresses lead to its new ones."""

    def __init__(self, loop: VirtualLoop, crawl_delay: float) -> None:
        self.wishes = Wishes(crawl_delay=crawl_delay)
        self.web = Web(loop, {"renvoi.example": Publisher(domain="renvoi.example", wishes=self.wishes, page=moved)})
        self.fetcher = Fetcher(self.web.engine("one"), limits(), set(), clock=loop.clock)

    def visit(self, path: str) -> Answer:
        url = f"{HOST}{path}"
        errand = errand_for(fetch(url), limits(), begin=lambda: None)
        return self.web.loop.run_until_complete(self.fetcher.visit(url, errand))


def test_a_redirect_keeps_the_crawl_delay(loop: VirtualLoop) -> None:
    reader = Reader(loop, crawl_delay=20.0)
    reader.visit("/new")
    assert reader.visit("/old").url == f"{HOST}/new"
    assert [line.path for line in reader.web.log][-3:] == ["/new", "/old", "/new"]
    assert [str(one) for one in audit(reader.web.log, {"renvoi.example": reader.wishes})] == []


def test_a_redirect_does_not_wait_for_our_own_delay(loop: VirtualLoop) -> None:
    reader = Reader(loop, crawl_delay=0.0)
    reader.visit("/new")
    began = loop.now
    reader.visit("/old")
    assert loop.now - began < limits().delay + 2, "once, before the first of the two"


def test_a_redirect_whose_pause_takes_longer_than_an_order_is_left_and_says_what_to_do(loop: VirtualLoop) -> None:
    reader = Reader(loop, crawl_delay=50.0)
    for _ in ("robots.txt", "tdmrep.json"):
        with pytest.raises(FailedError, match="asked again later"):
            reader.visit("/old")
    with pytest.raises(FailedError, match=r"redirects to .*/new, .* wants 50 s .* name that address") as caught:
        reader.visit("/old")
    assert not caught.value.retry
    assert [line.path for line in reader.web.log][-1] == "/old"
    assert reader.visit("/new").status == 200
    assert [str(one) for one in audit(reader.web.log, {"renvoi.example": reader.wishes})] == []


def test_a_redirect_for_which_no_time_is_left_after_robots_txt_is_asked_for_again(loop: VirtualLoop) -> None:
    reader = Reader(loop, crawl_delay=21.0)
    with pytest.raises(FailedError, match=r"redirects to .*/new, .* asked again later") as caught:
        reader.visit("/old")
    assert caught.value.retry
    assert reader.visit("/old").url == f"{HOST}/new"
    assert [str(one) for one in audit(reader.web.log, {"renvoi.example": reader.wishes})] == []
