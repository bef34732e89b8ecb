"""At which pace redirects are followed, in virtual time."""

from __future__ import annotations

import pytest
from audit import Wishes, audit
from crawling import fetch
from simweb import Publisher, VirtualLoop, Web, limits

from crawler import Trail
from crawler.answers import Answer, FailedError
from crawler.errands import errand_for
from crawler.fetching import Fetcher

HOST = "https://www.renvoi.example"


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


ELSEWHERE = "https://www.ailleurs.example/new"


def leads_away(path: str, _at: float) -> tuple[int, dict[str, str]]:
    return (302, {"Location": ELSEWHERE}) if path == "/old" else (200, {})


def test_what_leads_to_another_domain_is_given_back_and_that_one_is_not_asked(loop: VirtualLoop) -> None:
    reader = Reader(loop, crawl_delay=0.0)
    reader.web.publishers["renvoi.example"].page = leads_away
    url = f"{HOST}/old"
    errand = errand_for(fetch(url, trail=Trail(url=url)), limits(), begin=lambda: None)
    with pytest.raises(FailedError) as caught:
        loop.run_until_complete(reader.fetcher.visit(url, errand))
    assert caught.value.trail == Trail(url=ELSEWHERE, hops=1, moved=False)
    assert {line.host for line in reader.web.log} == {"renvoi.example"}


def test_redirects_in_a_circle_end_however_often_they_are_given_back(loop: VirtualLoop) -> None:
    reader = Reader(loop, crawl_delay=50.0)
    reader.web.publishers["renvoi.example"].page = lambda path, _at: (301, {"Location": f"{HOST}{path}x"})
    way, trails = Trail(url=f"{HOST}/old"), []
    for _ in range(12):
        errand = errand_for(fetch(way.url, trail=way), limits(), begin=lambda: None)
        with pytest.raises(FailedError) as caught:
            loop.run_until_complete(reader.fetcher.visit(f"{HOST}/old", errand))
        way = caught.value.trail or way
        trails.append(caught.value.trail)
    assert [one.hops for one in trails if one] == [1, 2, 3, 4, 5]
    assert "more than 5 redirects" in caught.value.detail
    assert [str(one) for one in audit(reader.web.log, {"renvoi.example": reader.wishes})] == []
