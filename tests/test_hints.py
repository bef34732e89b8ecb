"""What feeds and servers ask of those who poll them."""

from __future__ import annotations

import json

import pytest

from crawler.spiders.feed import read_feed
from crawler.spiders.hints import _DAYS, LONGEST, both, feed_hints, header_hints
from crawler.types import Hints, Poll, SourceKind

BASE = "https://www.outlet.fr/rss/series.xml"
HUB, SELF = "https://hub.example/", "https://www.outlet.fr/rss"


def of(channel: str, after: str = "") -> Hints:
    item = "<item><title>a</title><link>https://www.outlet.fr/a</link><ttl>1</ttl></item>"
    return feed_hints(f'<rss version="2.0"><channel>{channel}{item}{after}</channel></rss>', base_url=BASE)


@pytest.mark.parametrize(
    ("channel", "seconds"),
    [
        ("<ttl>30</ttl>", 1_800),
        ("<ttl> <![CDATA[ 30 ]]></ttl>", 1_800),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1_800),
        ("<sy:updatePeriod>\n\thourly\t</sy:updatePeriod>", 3_600),
        ("<syn:updatePeriod>daily</syn:updatePeriod><syn:updateFrequency>0</syn:updateFrequency>", 86_400),
        ("<sy:updatePeriod>monthly</sy:updatePeriod><sy:updateFrequency>30</sy:updateFrequency>", 86_400),
        ("<ttl>5</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 3_600),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>99999999</ttl>", None),
        ("<sy:updatePeriod>sometimes</sy:updatePeriod>", None),
        ("<!-- <ttl>30</ttl> -->", None),
        ("", None),
    ],
)
def test_the_interval_a_feed_asks_for(channel: str, seconds: float | None) -> None:
    assert of(channel).every == seconds


def test_what_stands_after_the_items_counts_and_what_stands_in_them_does_not() -> None:
    assert of("", after="<ttl>30</ttl>").every == 1_800
    assert of("").every is None


def test_hours_and_days_without_news() -> None:
    hours = "<skipHours><hour>0</hour><hour>3</hour><hour>24</hour><hour>77</hour></skipHours>"
    found = of(hours + "<skipDays><day>Sunday</day><day> saturday </day><day>Someday</day></skipDays>")
    assert found.skip_hours == (0, 3)
    assert found.skip_days == (5, 6)


def test_who_skips_every_hour_or_day_says_nothing() -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24))
    days = "".join(f"<day>{day}</day>" for day in _DAYS)
    assert of(f"<skipHours>{hours}</skipHours><skipDays>{days}</skipDays>") == Hints()


@pytest.mark.parametrize("prefix", ["", "atom:", "a10:"])
def test_a_feed_names_its_hub_and_itself(prefix: str) -> None:
    found = of(f"<{prefix}link rel='self alternate' href='/rss'/><{prefix}link href=\"{HUB}\" rel=\"hub\"/>")
    assert (found.hub, found.topic) == (HUB, SELF)


def test_a_hub_that_is_no_web_address_is_none() -> None:
    assert of('<link rel="hub" href="javascript:alert(1)"/><link rel="self" href="http://["/>') == Hints()


def test_headers_ask_too() -> None:
    headers = {"cache-control": "public, max-age=900", "link": f'<{HUB}>; rel="hub", </rss>; rel=self, </x>; rel=next'}
    assert header_hints(headers, base_url=BASE) == Hints(every=900, hub=HUB, topic=SELF)


@pytest.mark.parametrize("control", ["no-cache, max-age=900", "max-age=0", f"max-age={int(LONGEST) + 1}", "s-maxage=9"])
def test_a_cache_header_that_asks_for_nothing(control: str) -> None:
    assert header_hints({"cache-control": control}, base_url=BASE) == Hints()


def test_the_longer_interval_and_the_header_s_hub_win() -> None:
    header = Hints(every=900, hub="https://h1.example/", topic=SELF)
    document = Hints(every=60, hub=HUB, topic="https://www.outlet.fr/old", skip_hours=(1,), skip_days=(6,))
    assert both(header, document) == Hints(
        every=900, hub="https://h1.example/", topic=SELF, skip_hours=(1,), skip_days=(6,)
    )
    assert both(Hints(), document) == document


def read(document: str) -> Hints:
    poll = Poll(order="o", source="s", url=BASE, kind=SourceKind.FEED)
    feed = read_feed(document.encode(), poll=poll, base_url=BASE)
    assert feed is not None
    return feed.hints


def test_every_flavour_of_feed_tells() -> None:
    atom = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="{HUB}"/><link rel="self" href="/rss"/></feed>'
    )
    odd = {"version": "https://jsonfeed.org/version/1.1", "items": [], "hubs": ["x", {"type": "WebSub", "url": HUB}]}
    assert read(atom) == read(json.dumps(odd | {"feed_url": SELF})) == Hints(hub=HUB, topic=SELF)
    assert read("<rss version='2.0'><channel><title>a</title><ttl>30</ttl></channel></rss>").every == 1_800


def test_a_json_feed_with_nonsense_for_hubs() -> None:
    document = {"version": "https://jsonfeed.org/version/1.1", "items": [], "hubs": "x", "feed_url": 7}
    assert read(json.dumps(document)) == Hints()
