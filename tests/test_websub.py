"""WebSub: from a feed that names its hub to an alert, seconds after the hub pushes."""

from __future__ import annotations

import hashlib
import hmac
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fakes import a_source
from hub import Hub
from origin import Origin, Page
from serving import a_config, a_site, served

from crawler import Hints, Limits, ListingStatus, SourceKind
from monitor import hubbing, queue
from monitor.alerts.context import DeliveryContext
from monitor.app import Monitor
from monitor.config import Config, CrawlConfig, StoreConfig, WebConfig
from monitor.decide import websub
from monitor.decide.websub import Step
from monitor.hubbing import HubError, Hubs
from monitor.queue import JobKind
from monitor.rhythm import Rhythm
from monitor.store import Store, hubs, sources
from monitor.subscribing import Subscription
from monitor.types import Source
from monitor.websub import HubState, Subscribed, Topic

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TOPIC = Topic(source="gazette", hub="https://hub.example/", url="https://gazette.example/feed")
KNOWN = Subscribed(topic=TOPIC, token="t" * 32, secret="s" * 64)
ACTIVE = replace(KNOWN, state=HubState.ACTIVE, confirmed_at=NOW, lease_until=NOW + timedelta(days=10))
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


# What is asked, and when


@pytest.mark.parametrize(
    ("known", "wanted", "step"),
    [
        (None, None, Step.NOTHING),
        (None, TOPIC, Step.SUBSCRIBE),
        (replace(KNOWN, asked_at=NOW - MINUTE, tries=1), TOPIC, Step.NOTHING),  # it has its time to confirm
        (replace(KNOWN, asked_at=NOW - 2 * MINUTE, tries=1), TOPIC, Step.SUBSCRIBE),
        (replace(KNOWN, asked_at=NOW - 7 * MINUTE, tries=2), TOPIC, Step.NOTHING),
        (replace(KNOWN, asked_at=NOW - 8 * MINUTE, tries=2), TOPIC, Step.SUBSCRIBE),
        (replace(KNOWN, asked_at=NOW - DAY, tries=99), TOPIC, Step.SUBSCRIBE),  # never a final give-up
        (ACTIVE, TOPIC, Step.NOTHING),
        (replace(ACTIVE, lease_until=NOW - MINUTE), TOPIC, Step.SUBSCRIBE),
        (ACTIVE, None, Step.UNSUBSCRIBE),
        (ACTIVE, replace(TOPIC, hub="https://other.example/"), Step.UNSUBSCRIBE),
        (replace(KNOWN, state=HubState.ENDING, asked_at=NOW - MINUTE, tries=1), None, Step.NOTHING),
        (replace(KNOWN, state=HubState.ENDING, asked_at=NOW - DAY, tries=3), None, Step.FORGET),
        (replace(KNOWN, state=HubState.DENIED, asked_at=NOW - DAY), TOPIC, Step.NOTHING),
        (replace(KNOWN, state=HubState.DENIED, asked_at=NOW - 7 * DAY), TOPIC, Step.SUBSCRIBE),
        (replace(KNOWN, state=HubState.DENIED), None, Step.FORGET),
    ],
)
def test_each_subscription_gets_what_it_needs(known: Subscribed | None, wanted: Topic | None, step: Step) -> None:
    assert websub.step(known, wanted, now=NOW) is step


def test_a_lease_is_renewed_before_it_ends() -> None:
    assert websub.step(ACTIVE, TOPIC, now=NOW + timedelta(days=8)) is Step.NOTHING
    assert websub.step(ACTIVE, TOPIC, now=NOW + timedelta(days=8, minutes=1)) is Step.SUBSCRIBE
    short = replace(ACTIVE, confirmed_at=NOW, lease_until=NOW + timedelta(minutes=5))
    assert websub.step(short, TOPIC, now=NOW + timedelta(minutes=3)) is Step.NOTHING
    assert websub.step(short, TOPIC, now=NOW + timedelta(minutes=4)) is Step.SUBSCRIBE, (
        "the look after this is too late"
    )


@pytest.mark.parametrize(
    ("granted", "days"), [("864000", 10), ("", 10), ("-1", 10), ("1", 5 / 1440), ("999999999999", 90), ("x", 10)]
)
def test_a_lease_is_what_the_hub_says_within_reason(granted: str, days: float) -> None:
    assert websub.lease(granted) == timedelta(days=days)


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_only_who_knows_the_secret_can_sign(method: str) -> None:
    right = hmac.new(b"secret", b"news", getattr(hashlib, method)).hexdigest()
    assert websub.is_genuine(f"{method}={right}", "secret", b"news")
    assert websub.is_genuine(f"{method.upper()}={right.upper()}", "secret", b"news")
    assert not websub.is_genuine(f"{method}={right}", "secret", b"other news")
    assert not websub.is_genuine(f"{method}={right}", "guess", b"news")


@pytest.mark.parametrize("header", [None, "", "sha256", "sha256=", "md5=0", "sha256=é"])
def test_what_is_not_signed_is_not_genuine(header: str | None) -> None:
    assert not websub.is_genuine(header, "secret", b"news")


# Asking


def naming_a_hub(store: Store, hub: str, *, id: str = "gazette", topic: str | None = TOPIC.url) -> None:  # noqa: A002
    with store.write() as tx:
        sources.sync(tx, [a_source(id)], now=NOW)
        state = sources.state(tx, id)
        assert state is not None
        known = replace(state, rhythm=Rhythm(hints=Hints(hub=hub, topic=topic)), baseline_at=NOW)
        sources.polled(tx, id, state=known)


def asking(store: Store, asked: list[tuple[str, Mapping[str, str]]], *, fails: bool = False) -> Hubs:
    def post(url: str, form: Mapping[str, str]) -> None:
        asked.append((url, form))
        if fails:
            raise HubError("HTTP 500")

    return Hubs(store=store, base="https://us.example", post=post, log=lambda *_args, **_keys: None)


def test_a_hub_is_asked_once_and_again_only_when_it_has_had_its_time(store: Store) -> None:
    naming_a_hub(store, TOPIC.hub)
    asked: list[tuple[str, Mapping[str, str]]] = []
    ours = asking(store, asked)
    assert [ours.look(NOW + minute * MINUTE / 2) for minute in range(6)] == [1, 0, 0, 0, 1, 0]
    (url, form), (_, again) = asked
    assert url == TOPIC.hub
    assert {form["hub.mode"], form["hub.topic"]} == {"subscribe", TOPIC.url}
    assert form["hub.callback"].startswith("https://us.example/websub/")
    assert len(form["hub.secret"]) == 64
    assert again == form


def test_a_hub_that_fails_is_asked_again_later_and_its_error_kept(store: Store) -> None:
    naming_a_hub(store, TOPIC.hub)
    ours = asking(store, [], fails=True)
    ours.look(NOW)
    with store.read() as tx:
        (known,) = hubs.all(tx)
    assert (known.state, known.tries, known.error) == (HubState.ASKED, 1, "HTTP 500")
    assert ours.look(NOW + 3 * MINUTE) == 1


def test_a_source_that_goes_takes_its_subscription_along(store: Store) -> None:
    naming_a_hub(store, TOPIC.hub)
    with store.write() as tx:
        hubs.keep(tx, ACTIVE)
        sources.sync(tx, [], now=NOW)
    asked: list[tuple[str, Mapping[str, str]]] = []
    ours = asking(store, asked)
    for hours in range(0, 96, 4):
        ours.look(NOW + timedelta(hours=hours))
    assert [form["hub.mode"] for _, form in asked] == ["unsubscribe"] * 3
    with store.read() as tx:
        assert hubs.all(tx) == []


def test_who_cannot_be_reached_asks_nobody(store: Store) -> None:
    naming_a_hub(store, TOPIC.hub)
    asked: list[tuple[str, Mapping[str, str]]] = []
    replace(asking(store, asked), base="").look(NOW)
    assert asked == []


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://[::1]/", "ftp://hub.example/", "http://", "http://[/"])
def test_a_hub_must_be_at_an_address_that_may_be_visited(store: Store, tmp_path: Path, url: str) -> None:
    """A feed could name a service of the local network as its hub."""
    ours = hubbing.opened(a_config(tmp_path, public_url="https://us.example"), store, lambda *_args, **_keys: None)
    with pytest.raises(HubError):
        ours.post(url, {"hub.mode": "subscribe"})


def test_a_hub_on_this_machine_is_not_even_connected_to(store: Store, tmp_path: Path) -> None:
    config = a_config(tmp_path, public_url="https://us.example")
    with Hub() as hub:
        ours = hubbing.opened(config, store, lambda *_args, **_keys: None)
        with pytest.raises(HubError, match="is not public; see allow_addresses"):
            ours.post(hub.url, {"hub.mode": "unsubscribe"})
        assert hub.asked == []


# Being told


def test_a_subscription_nobody_asked_for_is_not_confirmed(store: Store, tmp_path: Path) -> None:
    with store.write() as tx:
        hubs.keep(tx, KNOWN)
    asks = {"hub.mode": "subscribe", "hub.topic": TOPIC.url, "hub.challenge": "abc", "hub.lease_seconds": "864000"}
    with served(a_site(store, a_config(tmp_path), at=NOW)) as client:
        path = f"/websub/{KNOWN.token}"
        assert client.get("/websub/guess", params=asks).status_code == 404
        assert client.get(path, params=asks | {"hub.topic": "https://other.example/"}).status_code == 404
        assert client.get(path, params=asks | {"hub.mode": "unsubscribe"}).status_code == 404
        answer = client.get(path, params=asks)
        assert (answer.status_code, answer.text) == (200, "abc")
        assert answer.headers["content-type"].startswith("text/plain")
        with store.read() as tx:
            known = hubs.of(tx, "gazette")
            assert known is not None
            assert (known.state, known.lease_until) == (HubState.ACTIVE, NOW + timedelta(days=10))
            assert hubs.covers(tx, "gazette", now=NOW)
        assert client.get(path, params=asks | {"hub.mode": "denied", "hub.reason": "no"}).status_code == 200
    with store.read() as tx:
        known = hubs.of(tx, "gazette")
    assert known is not None
    assert (known.state, known.error) == (HubState.DENIED, "denied by its hub: no")


def test_only_signed_pushes_are_taken_and_large_ones_refused(store: Store, tmp_path: Path) -> None:
    with store.write() as tx:
        hubs.keep(tx, ACTIVE)

    def signed(body: bytes, secret: str = KNOWN.secret) -> dict[str, str]:
        return {"X-Hub-Signature": "sha256=" + hmac.new(secret.encode(), body, "sha256").hexdigest()}

    def owed() -> int:
        with store.read() as tx:
            return queue.counts(tx, now=NOW).ready

    with served(a_site(store, a_config(tmp_path), at=NOW)) as client:
        path, feed = f"/websub/{KNOWN.token}", b"<rss/>" * 10_000
        assert client.post("/websub/guess", content=feed, headers=signed(feed)).status_code == 410
        assert client.post(path, content=feed).status_code == 202
        assert client.post(path, content=feed, headers=signed(feed, "guess")).status_code == 202
        assert owed() == 0
        assert client.post(path, content=feed, headers=signed(feed)).status_code == 202
        assert owed() == 1
        assert client.post(path, content=b"x" * (2 * 1024 * 1024 + 1)).status_code == 413
    with store.write() as tx:
        (job,) = queue.claim(tx, kinds=[JobKind.PUSH], limit=9, now=NOW, lease=MINUTE, owner="me")
        push = hubs.push(tx, int(job.payload))
        assert push is not None
        assert push.source == "gazette"


def test_a_push_after_a_quiet_day_is_read_as_well(store: Store, tmp_path: Path) -> None:
    """What was pushed is forgotten after a day, its job is remembered for a month."""
    with store.write() as tx:
        hubs.keep(tx, ACTIVE)
    signed = {"X-Hub-Signature": "sha256=" + hmac.new(KNOWN.secret.encode(), b"<rss/>", "sha256").hexdigest()}
    with served(a_site(store, a_config(tmp_path), at=NOW)) as client:
        for day in range(3):
            assert client.post(f"/websub/{KNOWN.token}", content=b"<rss/>", headers=signed).status_code == 202
            with store.write() as tx:
                found = queue.claim(tx, kinds=[JobKind.PUSH], limit=9, now=NOW, lease=MINUTE, owner="me")
                assert [hubs.push(tx, int(job.payload)) is not None for job in found] == [True], f"day {day}"
                queue.end(tx, found[0], NOW)
                hubs.prune(tx, before=NOW + DAY)


# All of it


ITEM = """<item><title>{title}</title><link>{link}</link><guid>{link}</guid><pubDate>{date}</pubDate></item>"""
FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>La Lune</title><link>/</link><atom:link rel="hub" href="{hub}"/><atom:link rel="self" href="{topic}"/>
{items}</channel></rss>"""
ORDERED = "Netflix commande « Les Marées », une série française en huit épisodes"
PAGE = f"""<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{ORDERED}</title></head><body><article>
<h1>{ORDERED}</h1><p>Netflix a annoncé ce jeudi la commande de « Les Marées », une série originale française en huit
épisodes. Le tournage de ce thriller débutera au printemps en Bretagne, précise la plateforme dans un communiqué.</p>
<p>La série est produite par un studio breton, qui en a confié l'écriture à deux autrices. Les rôles principaux ne sont
pas encore distribués. Le budget n'a pas été communiqué, et la date de diffusion reste à fixer, selon la plateforme.</p>
<p>Le thriller raconte l'enquête d'une gendarme sur une île que la marée coupe du continent deux fois par jour.</p>
</article></body></html>"""


def test_what_a_hub_pushes_is_an_alert_within_seconds(tmp_path: Path) -> None:
    """A real hub, a real feed, real crawler children, the real daemon: nothing is polled in between."""
    told: list[DeliveryContext] = []
    stop = threading.Event()
    with Hub() as hub, Origin() as origin, a_free_port() as port:
        topic, page = origin.url("/feed"), origin.url("/marees")
        old = ITEM.format(title="Le conseil", link=origin.url("/conseil"), date="Mon, 02 Nov 2026 08:00:00 GMT")
        feed = FEED.format(hub=hub.url, topic=topic, items=old).encode()
        origin.pages["/feed"] = Page(body=feed, headers={"Content-Type": "application/rss+xml"})
        origin.pages["/marees"] = Page(body=PAGE.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
        with Monitor.open(a_house(tmp_path, topic, port), terminal=told.append) as monitor:
            monitor.once()
            daemon = threading.Thread(target=monitor.run, args=(stop,))
            daemon.start()
            try:
                with hub.changed:
                    assert hub.changed.wait_for(lambda: topic in hub.subscribers, timeout=30)
                polled = origin.paths().count("/feed")
                new = ITEM.format(title=ORDERED, link=page, date=f"{datetime.now(UTC):%a, %d %b %Y %H:%M:%S} GMT")
                pushed = FEED.format(hub=hub.url, topic=topic, items=new).encode()
                began = time.monotonic()
                assert hub.push(topic, pushed) == 202
                assert within(20, lambda: bool(told))
                took = time.monotonic() - began
            finally:
                stop.set()
                daemon.join()
            with monitor.store.read() as tx:
                state = sources.state(tx, "lune")
        assert [context.stories[0].article.url for context in told] == [page]
        assert origin.paths().count("/feed") == polled
        assert origin.paths().count("/marees") == 1
    assert took < 10
    assert state is not None
    assert (state.status, state.baseline_at is not None) == (ListingStatus.OK, True)
    assert state.validators.body_hash == hashlib.blake2b(feed, digest_size=16).hexdigest()


class a_free_port:  # noqa: N801 - reads as a phrase
    """A port that was free a moment ago: the public address has to name it beforehand."""

    def __enter__(self) -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])

    def __exit__(self, *exc: object) -> None: ...


def a_house(folder: Path, topic: str, port: int) -> Config:
    source = Source(id="lune", name="La Lune", url=topic, kind=SourceKind.FEED, language="fr", delay=0.0)
    return Config(
        data_dir=folder,
        store=StoreConfig(url=f"sqlite:///{folder / 'cocorico.db'}"),
        crawl=CrawlConfig(limits=Limits(delay=0.0, allow_addresses=("127.0.0.1",))),
        web=WebConfig(port=port, public_url=f"http://127.0.0.1:{port}"),
        sources=(source,),
        subscriptions=(Subscription(name="all", targets=("terminal",)),),
    )


def within(seconds: float, is_so: Callable[[], bool]) -> bool:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.02)
    return is_so()
