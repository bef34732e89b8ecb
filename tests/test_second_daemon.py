"""The second reader in the daemon: aside, outside of every transaction, and its answer kept with the article."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from chatserver import Asked, ChatServer, Reply, says
from command import call
from evenly import evenly_sure
from fakeweb import START, Clock, FakeWeb, Page, outlet, outlets

from crawler import Limits
from monitor.alerts.context import DeliveryContext
from monitor.app import Monitor
from monitor.config import Config, CrawlConfig, SecondReaderConfig, StoreConfig
from monitor.second.line import LONGEST
from monitor.secret import Secret
from monitor.store import Trace, articles
from monitor.store.trace import trace
from monitor.subscribing import Subscription
from monitor.types import Source
from monitor.vocabulary import FetchPolicy, Outcome

YES = says(True, "renewal", "Les Marées")
NO = says(False, "none", None)
URL = "https://lune.example/marees"


def renewed(number: int = 0, **fields: Any) -> Page:
    return Page(
        title="« Les Marées » : Netflix renouvelle la série française pour une saison 2",
        text=f"« Les Marées » aura une saison 2, a confirmé Netflix. C'est notre brève numéro {number}.",
        published=fields.pop("published", START),
        **fields,
    )


class House:
    """A monitor that is unsure of everything, over a fake web and with a real second reader."""

    def __init__(self, folder: Path, store_url: str, server: ChatServer) -> None:
        self.folder, self.store_url, self.server = folder, store_url, server
        self.clock = Clock()
        self.web = FakeWeb(clock=self.clock)
        self.told: list[DeliveryContext] = []
        self.logged: list[dict[str, Any]] = []
        self.opened: list[Monitor] = []

    def open(self, *sources: Source, sure: float = 0.6, **second: Any) -> Monitor:
        given: dict[str, Any] = {"url": self.server.url, "model": "small", "key": Secret("sk-canary"), **second}
        config = Config(
            data_dir=self.folder,
            store=StoreConfig(url=self.store_url),
            crawl=CrawlConfig(limits=Limits(delay=0.0)),
            second_reader=SecondReaderConfig(**given),
            sources=sources or (outlet("lune"),),
            subscriptions=(Subscription(name="all", targets=("terminal",)),),
        )
        monitor = Monitor(
            config,
            crawler=self.web,
            terminal=self.told.append,
            clock=self.clock,
            classifier=evenly_sure(sure),
            logger=lambda event, **keys: self.logged.append({"event": event, **keys}),
        )
        self.opened.append(monitor)
        return monitor

    def trace(self, monitor: Monitor, url: str = URL) -> Trace:
        with monitor.store.read() as tx:
            return trace(tx, url)

    def outcome(self, monitor: Monitor, url: str = URL) -> Outcome | None:
        entry = self.trace(monitor, url).entry
        assert entry is not None
        return entry.outcome

    def events(self, name: str) -> list[dict[str, Any]]:
        return [one for one in self.logged if one["event"] == name]


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer(YES) as running:
        yield running


@pytest.fixture
def house(tmp_path: Path, store_url: str, server: ChatServer) -> Iterator[House]:
    made = House(tmp_path, store_url, server)
    yield made
    server.closing.set()
    for monitor in made.opened:
        monitor.close()


def test_a_yes_alerts_what_would_have_been_passed_over(house: House) -> None:
    house.web.publish("lune", URL, renewed())
    monitor = house.open(sure=0.4)
    monitor.once()
    (context,) = house.told
    assert context.stories[0].story.confidence == 0.75
    (placed,) = [one for one in house.trace(monitor).announcements if one.announcement.second]
    assert placed.story == context.stories[0].story.id
    assert placed.announcement.second is not None
    assert (placed.announcement.second.announced, placed.announcement.second.before) == (True, 0.4)
    assert not monitor.crawling.busy


def test_without_a_second_reader_it_is_passed_over(house: House, server: ChatServer) -> None:
    house.web.publish("lune", URL, renewed())
    monitor = house.open(sure=0.4, url="")
    monitor.once()
    assert house.told == []
    assert house.outcome(monitor) is Outcome.NOTHING
    assert server.asked == []


def test_a_no_silences_and_is_kept_with_the_article_in_no_story(house: House, server: ChatServer) -> None:
    server.reply = NO
    house.web.publish("lune", URL, renewed())
    monitor = house.open()
    monitor.once()
    found = house.trace(monitor)
    assert house.told == []
    assert found.entry is not None
    assert found.entry.outcome is Outcome.NOTHING
    assert found.stories == ()
    assert found.announcements
    for placed in found.announcements:
        assert placed.story is None
        assert placed.announcement.confidence == 0.34
        assert placed.announcement.second is not None


def test_it_is_asked_outside_of_every_transaction(house: House, server: ChatServer) -> None:
    """A server that writes into the store before it answers: it would wait for the one that asks."""

    def writes(_asked: Asked) -> Reply:
        with monitor.store.write() as tx:
            articles.known_urls(tx, [URL])
        return YES

    server.reply = writes
    house.web.publish("lune", URL, renewed())
    monitor = house.open(timeout=5.0)
    monitor.once()
    assert len(house.told) == 1
    assert house.events("second_reader") == []


def test_others_are_read_and_told_while_one_waits(house: House, server: ChatServer) -> None:
    go = threading.Event()

    def waits(_asked: Asked) -> Reply:
        go.wait(30)
        return YES

    server.reply = waits
    house.web.publish("lune", URL, renewed())
    others = [f"https://mars.example/{number}" for number in range(4)]
    for number, url in enumerate(others):
        house.web.publish("mars", url, Page(title=f"Grève {number}", text="La grève dure.", published=START))
    monitor = house.open(*outlets("lune", "mars"))
    monitor.tick(START)
    for _ in range(20):
        monitor.crawling.step(0)
    assert {house.outcome(monitor, url) for url in others} == {Outcome.NOTHING}
    assert house.outcome(monitor) is None
    assert monitor.crawling.busy
    go.set()
    monitor.once()
    assert len(house.told) == 1


def test_a_second_reader_that_fails_changes_nothing(house: House, server: ChatServer) -> None:
    server.reply = Reply(status=500)
    house.web.publish("lune", URL, renewed())
    monitor = house.open()
    monitor.once()
    (context,) = house.told
    assert context.stories[0].story.confidence == 0.6
    assert all(one.announcement.second is None for one in house.trace(monitor).announcements)
    assert len(house.events("second_reader")) == len(server.asked) == 1
    assert "sk-canary" not in repr(house.logged)


def test_old_news_and_listings_that_are_all_we_may_read_are_not_asked_about(house: House, server: ChatServer) -> None:
    house.web.publish("lune", URL, renewed(published=START - timedelta(days=3), undated=True))
    reserved = outlet("mars")
    house.web.publish("mars", "https://mars.example/marees", renewed(1))
    monitor = house.open(
        outlet("lune"),
        Source(
            id=reserved.id, name="Mars", url=reserved.url, kind=reserved.kind, language="fr", fetch=FetchPolicy.NEVER
        ),
    )
    monitor.once()
    assert house.web.fetches == [URL]
    assert house.outcome(monitor) is Outcome.CORROBORATED  # read, by the classifier alone
    assert len(house.told) == 1
    assert server.asked == []


def test_who_comes_when_many_wait_goes_without(house: House, server: ChatServer) -> None:
    go = threading.Event()

    def waits(_asked: Asked) -> Reply:
        go.wait(30)
        return NO

    server.reply = waits
    names = [f"outlet-{number}" for number in range(LONGEST + 3)]
    urls = [f"https://{name}.example/marees" for name in names]
    for number, (name, url) in enumerate(zip(names, urls, strict=True)):
        house.web.publish(name, url, renewed(number))
    monitor = house.open(*outlets(*names))
    monitor.tick(START)
    for _ in range(4):
        monitor.crawling.step(0)
    waiting = [url for url in urls if house.outcome(monitor, url) is None]
    assert len(waiting) == LONGEST
    go.set()
    monitor.once()
    assert all(house.outcome(monitor, url) for url in urls)


def test_an_article_that_waited_when_the_daemon_ended_is_read_by_the_next_one(house: House, server: ChatServer) -> None:
    server.reply = Reply(hangs=True)
    house.web.publish("lune", URL, renewed())
    first = house.open()
    first.tick(START)
    for _ in range(20):
        first.crawling.step(0)
    assert first.crawling.busy
    first.close()
    server.reply = YES
    house.open().once()
    assert len(house.told) == 1


def test_a_lease_lasts_as_long_as_the_whole_line_may_take(house: House, server: ChatServer) -> None:
    server.reply = Reply(hangs=True)
    house.web.publish("lune", URL, renewed())
    monitor = house.open(timeout=60.0)
    monitor.tick(START)
    fetched = []
    for seconds in (0, 240 + (LONGEST + 1) * 120 - 1, 1):
        house.clock.forward(seconds=seconds)
        for _ in range(4):
            monitor.crawling.step(0)
        fetched.append(len(house.web.fetches))
    assert fetched == [1, 1, 2]


# ---- Shown ----


@pytest.fixture
def settings(tmp_path: Path, server: ChatServer) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(
        f'[second_reader]\nurl = "{server.url}"\nmodel = "small"\nkey_env = "SECOND"\nband = [0.0, 1.0]\n'
        f'[store]\nurl = "sqlite:///{tmp_path}/cocorico.db"\n'
    )
    return path


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(f"{renewed().title}\n\n{renewed().text}\n", encoding="utf-8")
    return path


Ask = Callable[..., Any]


@pytest.fixture
def ask(settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setenv("SECOND", "sk-canary")

    def run(*arguments: object) -> Any:
        done = call(*arguments, "--config", settings, "--data", tmp_path)
        assert "sk-canary" not in done.out + done.err
        assert done.code == 0, done.err
        return done

    return run


def test_explain_asks_and_shows_the_answer(ask: Ask, article: Path, server: ChatServer) -> None:
    shown = ask("classify", "--explain", article, "--lang", "en").out
    assert "Second reader: Renewal, Les Marées\n  small says yes: " in shown
    assert "Second avis" in ask("classify", "--explain", article, "--lang", "fr").out
    answers = json.loads(ask("classify", "--explain", article, "--json").out)["second"]
    (second,) = [one["second"] for one in answers if one["kind"] == "renewal"]
    assert second.keys() == {"announced", "kind", "title", "model", "before"}
    assert second["announced"] is True
    # Asked once, however often it is shown. What the answer does not fit (a yes to another kind) is no answer.
    assert [asked.user["claim"]["kind"] for asked in server.asked].count("renewal") == 1


def test_explain_says_why_there_is_no_answer(ask: Ask, article: Path, server: ChatServer) -> None:
    server.reply = Reply(status=401)
    done = ask("classify", "--explain", article, "--lang", "en")
    assert "Second reader: the server answered 401: it does not accept the key" in done.err
    assert "Second reader:" not in done.out


def test_trace_shows_the_answer(
    ask: Ask, settings: Path, tmp_path: Path, server: ChatServer, request: pytest.FixtureRequest
) -> None:
    house = House(tmp_path, f"sqlite:///{tmp_path}/cocorico.db", server)
    server.reply = NO
    house.web.publish("lune", URL, renewed())
    monitor = house.open()
    monitor.once()
    monitor.close()
    assert "small says no: 60 % sure before, 34 % now, so not announced" in ask("trace", URL, "--lang", "en").out
    (first, *_) = json.loads(ask("trace", URL, "--json").out)["announcements"]
    assert first["story"] is None
    assert first["second"] == {"announced": False, "kind": None, "title": None, "model": "small", "before": 0.6}


def test_plain_classify_asks_nobody(ask: Ask, article: Path, server: ChatServer) -> None:
    ask("classify", article)
    assert server.asked == []
