"""What a room of a real chat server gets, read back by somebody else in the room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
import samples_alerts as samples
from fakeweb import Clock, FakeWeb, Page, outlets
from matrix_server import MatrixServer, Person

from crawler import Limits
from monitor.alerts import deliver
from monitor.alerts.render import render
from monitor.app import Monitor
from monitor.config import Config, CrawlConfig, StoreConfig
from monitor.store import deliveries
from monitor.subscribing import Subscription
from monitor.types import Delivery
from monitor.vocabulary import DeliveryState


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MatrixServer]:
    with MatrixServer(tmp_path_factory.mktemp("matrix")) as running:
        yield running


@dataclass(frozen=True)
class Room:
    """Where Cocorico crows and somebody listens."""

    id: str
    cocorico: Person
    reader: Person


@pytest.fixture
def room(server: MatrixServer, request: pytest.FixtureRequest) -> Room:
    name = f"{abs(hash(request.node.name)):x}"
    cocorico, reader = server.register(f"cocorico-{name}"), server.register(f"reader-{name}")
    opened = cocorico.open_room()
    reader.join(opened)
    return Room(opened, cocorico, reader)


class _Seen(HTMLParser):
    """What a chat program shows of a message: its text, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.links: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if (tag, name) == ("a", "href") and value]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_room_gets_an_alert_and_its_update_each_readable_with_its_link(room: Room) -> None:
    news = render(samples.context(), language="fr")
    later = samples.update()
    update = render(replace(later, delivery=replace(later.delivery, id="d-later0000001")), language="en")
    for message in (news, update):
        sent = deliver.send(message, room.cocorico.target(room.id), timeout=30)
        assert sent.result == "sent", sent.detail
    events = room.reader.read(room.id)
    assert [event["sender"].partition("-")[0] for event in events] == ["@cocorico", "@cocorico"]
    for event, message in zip(events, (news, update), strict=True):
        seen = _Seen(event["content"]["formatted_body"])
        assert message.subject in seen.text
        assert message.url in seen.links
        assert message.subject in event["content"]["body"]  # for programs that show no HTML


def test_a_delivery_that_is_sent_again_is_one_message_in_the_room(room: Room) -> None:
    message = render(samples.context(), language="fr")
    for _ in range(2):
        sent = deliver.send(message, room.cocorico.target(room.id), timeout=30)
        assert sent.result == "sent", sent.detail
    assert len(room.reader.read(room.id)) == 1


def test_name_and_password_will_do_though_the_room_sees_a_second_try(room: Room) -> None:
    message = render(samples.context(), language="fr")
    for _ in range(2):
        sent = deliver.send(message, room.cocorico.target(room.id, by="password"), timeout=30)
        assert sent.result == "sent", sent.detail
    first, second = room.reader.read(room.id)
    assert first["content"] == second["content"]


def test_a_room_that_is_not_open_to_us_is_an_error_that_says_so(room: Room, server: MatrixServer) -> None:
    stranger = server.register("stranger")
    sent = deliver.send(render(samples.context(), language="fr"), stranger.target("!no:cocorico.invalid"), timeout=30)
    assert sent.result != "sent"
    assert sent.detail.startswith("target room:")


def test_an_article_is_told_in_the_room_once_however_often_the_daemon_runs(room: Room, tmp_path: Path) -> None:
    clock = Clock()
    web = FakeWeb(clock=clock)
    title = "Netflix commande « Les Marées », une série française en huit épisodes"
    text = "Netflix a annoncé ce jeudi la commande de « Les Marées », une série originale française."
    web.publish("lune", "https://lune.example/marees", Page(title=title, text=text, published=clock.now))
    first = run(room, web, clock, tmp_path)
    assert [(delivery.state, delivery.sent_at) for delivery in first] == [(DeliveryState.SENT, clock.now)]
    clock.forward(hours=1)
    assert run(room, web, clock, tmp_path) == first
    (event,) = room.reader.read(room.id)
    seen = _Seen(event["content"]["formatted_body"])
    assert event["sender"].startswith("@cocorico-")
    assert "Nouvelle série Netflix : « Les Marées »" in seen.text.replace("\u00a0", " ")
    assert "https://lune.example/marees" in seen.links
    assert "« originals »" in seen.text.replace("\u00a0", " "), "its foot is whole"


def run(room: Room, web: FakeWeb, clock: Clock, folder: Path) -> list[Delivery]:
    """Run the daemon until nothing is due, from opening its store to closing it; gives its messages."""
    config = Config(
        data_dir=folder,
        store=StoreConfig(url=f"sqlite:///{folder}/cocorico.db"),
        crawl=CrawlConfig(limits=Limits(delay=0.0)),
        sources=tuple(outlets("lune")),
        subscriptions=(Subscription(name="originals", targets=("room",), language="fr"),),
        targets=(room.cocorico.target(room.id),),
    )
    with Monitor(config, crawler=web, terminal=print, clock=clock, logger=lambda *_, **__: None) as monitor:
        monitor.tick(clock())
        while monitor.crawling.step(0) or monitor.delivering.step() or monitor.crawling.busy or monitor.delivering.busy:
            monitor.delivering.wait(30)
        with monitor.store.read() as tx:
            return deliveries.listing(tx, limit=9)
