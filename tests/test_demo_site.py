"""The demo's news site and mailbox, asked over real sockets."""

from __future__ import annotations

import http.client
import json
import re
import smtplib
import sys
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from crawler import SourceKind
from monitor.data import folder
from monitor.demo import dates
from monitor.demo.listings import read_item, read_outlets
from monitor.demo.mailbox import Mailbox
from monitor.demo.site import AT_ONCE, Site
from monitor.types import MonitorError, Source

SEEDS = folder("seeds")
NOW = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site.start(SEEDS, now=NOW) as running:
        yield running


def get(url: str, **headers: str) -> tuple[int, dict[str, str], str]:
    request = urllib.request.Request(url, headers={key.replace("_", "-"): value for key, value in headers.items()})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own server
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read().decode()


def source(site: Site, name: str) -> Source:
    return next(each for each in site.sources() if each.id == name)


def listed(body: str) -> list[str]:
    """Article addresses in a listing of any kind, in its order, without repetition."""
    found = re.findall(r"(?:https?://127\.0\.0\.1:\d+)?(/[^\"<>\s?]*)", body)
    articles = {item.path for outlet in read_outlets(SEEDS) for item in [read_item(SEEDS, s) for s in outlet.articles]}
    return list(dict.fromkeys(path for path in found if path in articles))


def test_every_outlet_is_a_source_with_the_kind_of_its_listing(site: Site) -> None:
    sources = site.sources()
    assert len(sources) >= 6
    assert {each.kind for each in sources} == set(SourceKind)
    assert {each.language for each in sources} == {"fr", "en"}
    assert all(each.delay == 0 and each.url.startswith("http://127.0.0.1:") for each in sources)
    assert len({each.url.split("/")[2] for each in sources}) == len(sources)


def test_every_listing_has_its_articles_and_every_article_is_served(site: Site) -> None:
    for outlet in read_outlets(SEEDS):
        here = source(site, outlet.id)
        status, headers, body = get(here.url)
        assert status == 200
        assert headers["Content-Type"].endswith("charset=utf-8")
        items = [read_item(SEEDS, slug) for slug in outlet.articles]
        assert sorted(listed(body)) == sorted(item.path for item in items)
        base = here.url.removesuffix(outlet.path)
        for item in items:
            assert get(base + item.path)[0] == 200
            assert all(re.search(pattern, base + item.path) for pattern in here.allow)


def test_feeds_and_sitemaps_are_well_formed(site: Site) -> None:
    for outlet in read_outlets(SEEDS):
        body = get(source(site, outlet.id).url)[2]
        if outlet.kind == "json":
            assert len(json.loads(body)["items"]) == len(outlet.articles)
        elif outlet.kind != "section":
            assert len(ET.fromstring(body.encode()).findall(".//{*}title")) >= len(outlet.articles)  # noqa: S314


def test_listings_are_newest_first(site: Site) -> None:
    body = get(source(site, "screen-ledger").url)[2]
    shown = [parsedate_to_datetime(each) for each in re.findall(r"<pubDate>(.*?)</pubDate>", body)]
    assert len(shown) == 12
    assert shown == sorted(shown, reverse=True)


def test_every_article_is_dated_within_the_day_before_now(site: Site) -> None:
    for outlet in read_outlets(SEEDS):
        here = source(site, outlet.id)
        for slug in outlet.articles:
            item = read_item(SEEDS, slug)
            moved = dates.freshened(item.published, NOW)
            assert timedelta(0) <= NOW - moved < timedelta(days=1)
            page = get(here.url.removesuffix(outlet.path) + item.path)[2]
            assert f"{moved:%Y-%m-%d}" in page
            assert f"{item.published:%Y-%m-%d}" not in page
            stale = [s for s in dates.spellings(item.published.date())[:9] if re.search(rf"(?<!\d){s}(?!\d)", page)]
            assert stale == []


def test_pages_point_to_the_demo_and_nowhere_else(site: Site) -> None:
    page = get(source(site, "telepeople").url.replace("/atom.xml", "/actu/anthracite"))[2]
    assert ".example" not in page
    assert re.search(r'rel="canonical" href="http://127\.0\.0\.1:\d+/actu/anthracite\?utm_source=canon"', page)


def test_a_page_is_found_without_its_last_slash(site: Site) -> None:
    url = source(site, "seriesmag").url.replace("/feed/", "/actus/missions/")
    assert get(url)[::2] == get(url.rstrip("/"))[::2]
    assert get(url)[0] == 200


def test_robots_txt_lets_crawlers_in_but_not_everywhere(site: Site) -> None:
    base = source(site, "bfmtv").url.removesuffix("/rss.xml")
    status, _, body = get(f"{base}/robots.txt")
    assert status == 200
    assert body.startswith("User-agent: *\nDisallow: /admin/\n")


def test_an_unknown_page_is_not_found(site: Site) -> None:
    base = source(site, "bfmtv").url.removesuffix("/rss.xml")
    assert get(f"{base}/series/nothing.html")[0] == 404


@pytest.mark.parametrize("path", ["/rss.xml", "/series/osmosis.html"])
def test_what_has_not_changed_is_304(site: Site, path: str) -> None:
    url = source(site, "bfmtv").url.removesuffix("/rss.xml") + path
    _, headers, _ = get(url)
    status, again, body = get(url, If_None_Match=headers["ETag"])
    assert (status, again["ETag"], body) == (304, headers["ETag"], "")
    assert get(url, If_None_Match=f'W/{headers["ETag"]}, "x"')[0] == 304
    assert get(url, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert get(url, If_None_Match='"other"', If_Modified_Since=headers["Last-Modified"])[0] == 200
    assert get(url, If_Modified_Since="Thu, 01 Jan 1998 00:00:00 GMT")[0] == 200
    assert get(url, If_Modified_Since="yesterday")[0] == 200


def test_requests_are_on_record() -> None:
    with Site.start(SEEDS, now=NOW) as site:
        url = source(site, "bfmtv").url
        assert site.requests() == []
        etag = get(url, User_Agent="Crow/1")[1]["ETag"]
        get(url, If_None_Match=etag)
        seen = [(r.outlet, r.path, r.status, r.conditional) for r in site.requests()]
        assert seen == [("bfmtv", "/rss.xml", 200, False), ("bfmtv", "/rss.xml", 304, True)]
        assert site.requests()[0].user_agent == "Crow/1"


def test_a_connection_serves_many_requests(site: Site) -> None:
    port = int(source(site, "bfmtv").url.split(":")[2].split("/")[0])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    etag = ""
    for path, status in (("/rss.xml", 200), ("/rss.xml", 304), ("/nowhere", 404), ("/series/osmosis.html", 200)):
        connection.request("GET", path, headers={"If-None-Match": etag} if status == 304 else {})
        answer = connection.getresponse()
        answer.read()
        etag = answer.headers["ETag"]
        assert answer.status == status
        assert not answer.will_close
    connection.close()


def test_an_outlet_can_publish_later_what_another_wrote() -> None:
    with Site.start(SEEDS, now=NOW) as site:
        url = source(site, "bfmtv").url
        before = get(url)
        address = site.publish("osmosis-pixel", "bfmtv")
        after = get(url, If_None_Match=before[1]["ETag"])
        assert after[0] == 200
        assert len(listed(after[2])) == len(listed(before[2])) + 1
        assert ".example" not in get(address)[2]


def test_publishing_names_what_does_not_exist(site: Site) -> None:
    with pytest.raises(MonitorError, match=r"no outlet 'gazette'; there are bfmtv, "):
        site.publish("osmosis", "gazette")
    with pytest.raises(MonitorError, match="no article 'nope'"):
        site.publish("nope", "bfmtv")


def test_a_drip_lets_articles_appear_one_by_one() -> None:
    clock = Clock()
    with Site.start(SEEDS, now=NOW, drip=20, clock=clock) as site:
        url = source(site, "seriesmag").url
        total = next(len(each.articles) for each in read_outlets(SEEDS) if each.id == "seriesmag")
        counts, stamps = [], []
        for _ in range(11):
            _, headers, body = get(url)
            counts.append(len(listed(body)))
            stamps.append(parsedate_to_datetime(headers["Last-Modified"]))
            clock.now += 2
        assert counts[0] == AT_ONCE
        assert counts == sorted(counts)
        assert counts[-1] == total
        assert stamps == sorted(stamps)
        assert len(set(stamps)) == len(set(counts)) == total - AT_ONCE + 1


def test_an_article_that_has_not_appeared_yet_is_not_served() -> None:
    clock = Clock()
    with Site.start(SEEDS, now=NOW, drip=20, clock=clock) as site:
        url = source(site, "pixel-hebdo").url.replace("/feed.json", "/svod/disney-premiere-comedie/")
        assert get(url)[0] == 404
        clock.now += 20
        assert get(url)[0] == 200


def test_a_closed_site_no_longer_answers() -> None:
    site = Site.start(SEEDS, now=NOW)
    url = source(site, "bfmtv").url
    site.close()
    with pytest.raises(urllib.error.URLError):
        get(url)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Publié le jeudi 5 janvier 2017 à 13h20", "Publié le mardi 1er septembre 2026 à 13h20"),
        (
            "le 5 janvier, pas le 15 janvier ni le 5 janvier 2016",
            "le 1er septembre, pas le 15 janvier ni le 1er septembre 2016",
        ),
        ("Thursday, January 5, 2017", "Tuesday, September 1, 2026"),
        ("5 January 2017, Jan 5, 2017", "1 September 2026, Sep 1, 2026"),
        ("PARIS, Jan 5 (Wire)", "PARIS, Sep 1 (Wire)"),
        ("2017-01-05T13:20:00Z 05/01/2017", "2026-09-01T13:20:00Z 01/09/2026"),
        (" date 2017-01 and 2017-01-06", " date 2026-09 and 2017-01-06"),
        ("Jan 50, 2017-01-051", "Jan 50, 2017-01-051"),
    ],
)
def test_a_page_moves_to_another_day(before: str, after: str) -> None:
    published = datetime(2017, 1, 5, 13, 20, tzinfo=UTC)
    assert dates.moved(before, published=published, to=datetime(2026, 9, 1, 13, 20, tzinfo=UTC)) == after


def test_may_is_not_shortened() -> None:
    published, to = datetime(2025, 5, 5, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)
    assert dates.moved("May 5, 2025", published=published, to=to) == "September 1, 2026"


def test_the_spellings_of_two_days_are_in_one_order() -> None:
    assert len(dates.spellings(date(2020, 1, 1))) == len(dates.spellings(date(2021, 12, 31)))


@pytest.mark.parametrize("hours", [0, 1, 23.9, 24, 50_000])
def test_a_moved_date_keeps_its_time_of_day(hours: float) -> None:
    published = NOW - timedelta(hours=hours)
    moved = dates.freshened(published, NOW)
    assert moved.time() == published.time()
    assert timedelta(0) <= NOW - moved < timedelta(days=1)


def letter(subject: str, *, html: str | None = None) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "a@cocorico.example", "b@cocorico.example"
    message.set_content("Texte : é\n")
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message


def send(mailbox: Mailbox, message: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", mailbox.port, timeout=10) as server:
        server.send_message(message)


def test_the_mailbox_writes_each_message_and_its_html(tmp_path: Path) -> None:
    told: list[Path] = []
    with Mailbox.start(tmp_path / "mail", on_message=told.append) as mailbox:
        send(mailbox, letter("Nouveauté : « Osmosis » / Netflix", html="<p>Série : é</p>"))
        send(mailbox, letter("???"))
    names = sorted(path.name for path in (tmp_path / "mail").iterdir())
    assert names == ["001-nouveaute-osmosis-netflix.eml", "001.html", "002-no-subject.eml"]
    assert told == list(mailbox.paths) == [tmp_path / "mail" / names[0], tmp_path / "mail" / names[2]]
    assert (tmp_path / "mail" / "001.html").read_text("utf-8-sig").strip() == "<p>Série : é</p>"
    assert b"Texte" in told[0].read_bytes()


def test_file_names_keep_the_letters_that_have_no_accent_to_lose(tmp_path: Path) -> None:
    with Mailbox.start(tmp_path) as mailbox:
        send(mailbox, letter("Cœurs de sel, Œuvre, ex æquo, LÆTITIA"))
        (path,) = mailbox.paths
    assert path.name == "001-coeurs-de-sel-oeuvre-ex-aequo-laetitia.eml"


def test_a_mailbox_goes_on_counting_where_it_left_off(tmp_path: Path) -> None:
    (tmp_path / "041-old.eml").write_text("")
    with Mailbox.start(tmp_path) as mailbox:
        send(mailbox, letter("new"))
    assert (tmp_path / "042-new.eml").is_file()


def test_the_mailbox_has_an_address_to_deliver_to(tmp_path: Path) -> None:
    with Mailbox.start(tmp_path) as mailbox:
        assert mailbox.url.startswith(f"mailto://127.0.0.1:{mailbox.port}/?smtp=127.0.0.1&mode=insecure")
        assert mailbox.port > 0


def test_without_aiosmtpd_the_mailbox_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "aiosmtpd.controller", None)
    with pytest.raises(MonitorError, match=r"needs aiosmtpd: install cocorico\[dev\]"):
        Mailbox.start(tmp_path)
