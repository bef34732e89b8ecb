"""The feeds' routes: what they hold, and conditional requests as RFC 9110 has them."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import feed_rules
import httpx
import icalendar
import pytest
import uvicorn
from fakes import NOON, a_change, a_source, a_story, an_announcement, an_article, an_entry
from fastapi import FastAPI
from sqlalchemy import update

from monitor.feeds import MOST
from monitor.feeds.addresses import address, key_of
from monitor.secret import Secret
from monitor.store import Store, articles, entries, sources, stories
from monitor.store.tables import StoryRow
from monitor.subscribing import Match, Subscription
from monitor.types import Story
from monitor.vocabulary import Kind
from monitor.web.conditional import Ages, is_known
from monitor.web.feeds import FORMS, router

SUBSCRIPTIONS = (
    Subscription(name="renewals", targets=("terminal",), match=Match(kinds=frozenset({Kind.RENEWAL})), language="en"),
    Subscription(name="french-articles", targets=("terminal",), match=Match(languages=("fr",))),
    Subscription(name="trouble", targets=("terminal",), operations=True),
    Subscription(name="dates", targets=("terminal",), match=Match(kinds=frozenset({Kind.RELEASE_DATE}))),
)


@dataclass
class Site:
    """The routes on a store, with a clock to set."""

    store: Store
    now: datetime = NOON
    key: Secret | None = None
    client: httpx.Client = field(init=False)

    def app(self) -> FastAPI:
        app = FastAPI()
        base = "http://127.0.0.1:8642/"
        app.include_router(
            router(store=self.store, subscriptions=SUBSCRIPTIONS, base=base, clock=lambda: self.now, key=self.key)
        )
        return app

    def tell(self, story: Story, n: int = 1, language: str = "fr", read: datetime = NOON) -> None:
        """Store a story as one article tells it."""
        entry = an_entry(n)
        with self.store.write() as tx:
            entry_id = entries.add(tx, entry, now=NOON, outcome=None, reason=None)
            stories.save(tx, story, article_url=entry.url)
            said = an_announcement(kind=story.kind, title=story.title)
            articles.add(
                tx, entry_id, an_article(n, language=language, fetched_at=read), [said], [story.id], text_hash=str(n)
            )

    def titles(self, path: str) -> list[str]:
        return [item["title"] for item in self.client.get(path).json()["items"]]


@contextmanager
def served(app: FastAPI) -> Iterator[httpx.Client]:
    """Serve over HTTP: what HEAD and 304 carry is the server's doing, too."""
    opened = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, http="h11", ws="none", lifespan="off", log_config=None))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]}, daemon=True)
    thread.start()
    try:
        url = f"http://127.0.0.1:{opened.getsockname()[1]}"
        with httpx.Client(base_url=url, timeout=10, trust_env=False) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(5)
        opened.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with Store.open(f"sqlite:///{tmp_path}/c.db") as store:
        with store.write() as tx:
            sources.sync(tx, [a_source()], now=NOON)
        site = Site(store)
        with served(site.app()) as site.client:
            yield site


def a_release() -> Story:
    return a_story("s-2", kind=Kind.RELEASE_DATE, history=(a_change(quote="C’est pour le 12 décembre."),))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["all", "renewals", "dates"])
def test_every_feed_is_there_in_every_form(site: Site, form: str, name: str) -> None:
    site.tell(a_story())
    site.tell(a_release(), 2)
    answer = site.client.get(f"/feeds/{name}.{form}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMS[form].content_type
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "max-age" in answer.headers["cache-control"]
    check = {"atom": feed_rules.check_atom, "rss": feed_rules.check_rss}.get(form)
    if check:
        check(answer.content)


def test_a_feed_has_what_its_subscription_matches_in_its_language(site: Site) -> None:
    site.tell(a_story())
    site.tell(a_release(), 2, language="en")
    assert site.titles("/feeds/renewals.json") == ["“Les Marées” gets season 2 (OCS, France 2)"]
    assert site.titles("/feeds/renewals.json?lang=fr") == ["«\u00a0Les Marées\u00a0» aura une saison 2 (OCS, France 2)"]
    assert len(site.titles("/feeds/all.json")) == 2
    assert len(site.titles("/feeds/french-articles.json")) == 1
    assert [event.decoded("dtstart").day for event in _events(site, "all")] == [12]
    assert _events(site, "renewals") == []


def test_the_calendar_has_the_days_that_renewals_name_and_no_renewal_without(site: Site) -> None:
    words = "OCS renouvelle la série : la saison 3 arrivera le 12 décembre."
    site.tell(a_story())
    site.tell(a_story("s-3", season=3, history=(a_change(quote=words),)), 2)
    assert [str(event["uid"]) for event in _events(site, "all")] == ["s-3@cocorico.github.io"]
    assert [str(event["uid"]) for event in _events(site, "renewals")] == ["s-3@cocorico.github.io"]
    assert _events(site, "dates") == []


def _events(site: Site, name: str) -> list[icalendar.Component]:
    return list(icalendar.Calendar.from_ical(site.client.get(f"/feeds/{name}.ics").content).walk("VEVENT"))


def test_the_last_changed_come_first_and_a_feed_is_bounded(site: Site) -> None:
    with site.store.write() as tx:
        for n in range(MOST + 20):
            told = a_change(at=NOON + timedelta(minutes=n))
            stories.save(tx, a_story(f"s-{n:04}", title=f"Œuvre {n}", history=(told,)), article_url=told.url)
        old = stories.get(tx, "s-0003")
        assert old
        change = a_change(field="season", before="1", after="2", at=NOON + timedelta(days=3))
        stories.save(tx, replace(old, history=(*old.history, change)), article_url=change.url)
    items = site.client.get("/feeds/all.json").json()["items"]
    assert len(items) == MOST
    assert [item["_cocorico"]["story"] for item in items[:2]] == ["s-0003", f"s-{MOST + 19:04}"]


def test_what_is_not_there_is_not_found(site: Site) -> None:
    for path in ("/feeds/nobody.atom", "/feeds/trouble.atom", "/feeds/all.xml", "/feeds/all", "/feeds/../all.atom"):
        assert site.client.get(path).status_code == 404, path
    assert "cocorico feeds" in site.client.get("/feeds/nobody.atom").json()["detail"]
    assert site.client.get("/feeds/all.atom?lang=de").status_code == 422
    assert site.client.post("/feeds/all.atom").status_code == 405


def test_where_others_can_ask_an_address_needs_its_key(site: Site) -> None:
    site.tell(a_story())
    site.key = Secret("k" * 43)
    with served(site.app()) as client:
        right = urlsplit(address("", "all", "atom", key=key_of("k" * 43, "all")))
        answer = client.get(right.geturl())
        assert answer.status_code == 200
        assert f'href="http://127.0.0.1:8642{right.geturl().replace("&", "&amp;")}"' in answer.text
        wrong = ("", "x", key_of("k" * 43, "renewals"), key_of("j" * 43, "all"), "é" * 9, "k" * 64)
        for path in ("/feeds/all.atom", *(f"/feeds/all.atom?key={key}" for key in wrong)):
            assert client.get(path).status_code == 404, path
        assert client.get(f"/feeds/renewals.json?key={key_of('k' * 43, 'renewals')}&lang=fr").status_code == 200


def test_a_story_that_became_another_is_told_once(site: Site) -> None:
    site.tell(a_story())
    site.tell(a_story("s-2"), 2)
    with site.store.write() as tx:
        tx.execute(update(StoryRow).where(StoryRow.id == "s-2").values(merged_into="s-000000000001"))
    assert len(site.titles("/feeds/all.json")) == 1


def test_a_reader_that_has_it_is_told_so_until_it_changes(site: Site) -> None:
    site.tell(a_story())
    first = site.client.get("/feeds/all.atom")
    etag = first.headers["etag"]
    assert etag.startswith('"')
    again = site.client.get("/feeds/all.atom", headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == etag
    assert again.headers["cache-control"] == first.headers["cache-control"]
    assert "content-type" not in again.headers
    site.tell(a_release(), 2)
    changed = site.client.get("/feeds/all.atom", headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != etag


def test_the_same_stories_give_the_same_bytes_at_any_time(site: Site) -> None:
    site.tell(a_story())
    for form in FORMS:
        before = site.client.get(f"/feeds/all.{form}")
        site.now += timedelta(days=400)
        after = site.client.get(f"/feeds/all.{form}")
        assert after.content == before.content
        assert after.headers["etag"] == before.headers["etag"]


def test_by_date_a_reader_misses_no_change_within_a_second(site: Site) -> None:
    site.tell(a_story())
    assert "last-modified" not in site.client.get("/feeds/all.rss").headers
    site.now += timedelta(seconds=1.5)
    known = site.client.get("/feeds/all.rss").headers["last-modified"]
    assert known == "Sat, 14 Mar 2026 12:00:00 GMT"
    assert site.client.get("/feeds/all.rss", headers={"If-Modified-Since": known}).status_code == 304
    site.tell(a_release(), 2)
    for _ in range(3):
        assert site.client.get("/feeds/all.rss", headers={"If-Modified-Since": known}).status_code == 200
        site.now += timedelta(seconds=1)
    later = site.client.get("/feeds/all.rss").headers["last-modified"]
    assert site.client.get("/feeds/all.rss", headers={"If-Modified-Since": later}).status_code == 304


def test_an_article_that_is_read_late_changes_its_story_today(site: Site) -> None:
    late = NOON + timedelta(days=2, hours=3)
    step = a_change(url=an_article(1).url)
    site.tell(a_story(history=(step,)), read=late)
    (item,) = site.client.get("/feeds/all.json").json()["items"]
    assert (item["date_published"], item["date_modified"]) == ("2026-03-14T12:00:00Z", "2026-03-16T15:00:00Z")
    assert "<updated>2026-03-16T15:00:00Z</updated>" in site.client.get("/feeds/all.atom").text
    dated = a_story("s-2", kind=Kind.RELEASE_DATE, history=(a_change(quote="le 12 décembre", url=an_article(2).url),))
    site.tell(dated, 2, read=late)
    assert [event.decoded("last-modified") for event in _events(site, "all")] == [late]


def test_a_head_is_the_get_without_its_body(site: Site) -> None:
    site.tell(a_story())
    full, head = site.client.get("/feeds/all.atom"), site.client.head("/feeds/all.atom")
    assert head.status_code == 200
    assert head.content == b""
    assert {**head.headers, "date": ""} == {**full.headers, "date": ""}
    assert int(head.headers["content-length"]) == len(full.content)
    known = site.client.head("/feeds/all.atom", headers={"If-None-Match": full.headers["etag"]})
    assert known.status_code == 304


SINCE = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ({"if-none-match": '"a"'}, True),
        ({"if-none-match": 'W/"a"'}, True),
        ({"if-none-match": '"x", W/"a" ,"y"'}, True),
        ({"if-none-match": '"x,y", "z"'}, False),
        ({"if-none-match": "*"}, True),
        ({"if-none-match": "a"}, False),
        ({"if-none-match": '"aa"'}, False),
        ({"if-none-match": ""}, False),
        ({"if-none-match": '"b"', "if-modified-since": "Sat, 14 Mar 2027 12:00:00 GMT"}, False),
        ({"if-modified-since": "Sat, 14 Mar 2026 12:00:00 GMT"}, True),
        ({"if-modified-since": "Saturday, 14-Mar-26 12:00:00 GMT"}, True),
        ({"if-modified-since": "Sat Mar 14 12:00:01 2026"}, True),
        ({"if-modified-since": "Sat, 14 Mar 2026 11:59:59 GMT"}, False),
        ({"if-modified-since": "yesterday"}, False),
        ({"if-modified-since": "Sat, 99 Mar 9999999 12:00:00 GMT"}, False),
        ({}, False),
    ],
)
def test_what_a_reader_asks(asked: dict[str, str], known: bool) -> None:
    assert is_known(asked, '"a"', SINCE) is known


def test_without_an_age_a_date_says_nothing() -> None:
    assert not is_known({"if-modified-since": "Sat, 14 Mar 2027 12:00:00 GMT"}, '"a"', None)


def test_ages_are_kept_for_each_document() -> None:
    ages = Ages()
    assert ages.since("a", "1", now=NOON) is None
    assert ages.since("a", "1", now=NOON + timedelta(seconds=9)) == NOON
    assert ages.since("b", "1", now=NOON + timedelta(seconds=9)) is None
    assert ages.since("a", "2", now=NOON + timedelta(seconds=9)) is None
    assert ages.since("a", "1", now=NOON + timedelta(seconds=20)) is None
