"""A site that is rebuilt, or taken over, lists far more at once than it ever does: held until a person looks (D10)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from command import call
from fakes import a_source, an_entry
from fakeweb import Clock, FakeWeb, Page, outlet
from shipped import classifier

from monitor import queue, releasing
from monitor.alerts.notices import notice_view
from monitor.app import utc_now
from monitor.crawling import CrawlWork
from monitor.decide.health import Disk
from monitor.network import NetworkWatch
from monitor.notice import Notice
from monitor.noticing import Noticing
from monitor.pipeline import Pipeline
from monitor.queue import JobKind
from monitor.store import Store, entries, holding, notices, sources
from monitor.subscribing import Subscription
from monitor.vocabulary import FetchPolicy, NoticeKind, Outcome

TEXT = "Netflix a annoncé ce jeudi la commande de « {title} », une série originale française en huit épisodes."
STORY = "Netflix commande « {title} », une série française en huit épisodes"
WORKS = tuple(
    f"La {name}"
    for name in (
        *("Digue", "Brume", "Cendre", "Falaise", "Verger", "Moisson"),
        *("Ombre", "Bourrasque", "Lisière", "Clairière", "Braise", "Marée"),
    )
)
#: Of one new entry a poll, ten are let through.
LET, HELD = WORKS[2:], WORKS[:2]
OTHERS = tuple(f"{name} bleue" for name in WORKS)


class Room:
    """What a daemon does for one outlet that lists one thing a time, for so long that this is its habit."""

    def __init__(self, store: Store, **fields: Any) -> None:
        self.store, self.clock = store, Clock()
        self.web = FakeWeb(clock=self.clock)
        lune = replace(outlet("lune"), **fields)
        with store.write() as tx:
            sources.sync(tx, [lune], now=self.clock.now)
        self.pipeline = Pipeline(
            store=store,
            classifier=classifier(),
            sources={"lune": lune},
            subscriptions=[Subscription(name="all", targets=("phone",), max_per_hour=None)],
            fresh=timedelta(days=2),
        )
        self.work = CrawlWork(
            self.pipeline,
            self.web,
            clock=self.clock,
            owner="test",
            lease=timedelta(minutes=2),
            network=NetworkWatch(sources=lambda: 1),
        )
        self.noticing = Noticing(
            store=store,
            sources=self.pipeline.sources,
            subscriptions=[Subscription(name="ops", targets=("phone",), operations=True)],
            targets=("phone",),
            disk=lambda: Disk(path="/data", free=1 << 40, total=1 << 41),
            log=self.pipeline.log,
        )
        for number in range(8):
            self.publish(f"jour/{number}", title=f"Grève des éboueurs, jour {number}", text="Le maire a dit non.")
            self.poll()

    def publish(self, path: str, *, title: str, text: str) -> None:
        date = self.clock.now + timedelta(seconds=len(self.web.pages))  # each its own: else they are undated
        self.web.publish("lune", f"https://lune.example/{path}", Page(title=title, text=text, published=date))

    def storm(self, *names: str) -> None:
        """List news of so many works at once, each dated now; the last named comes first."""
        for name in names:
            self.publish(name, title=STORY.format(title=name), text=TEXT.format(title=name))
        self.poll()

    def poll(self) -> None:
        self.clock.forward(minutes=40)
        key = f"lune@{self.clock.now:%d%H%M}"
        with self.store.write() as tx:
            queue.enqueue(tx, kind=JobKind.POLL, key=key, host="lune.example", due_at=self.clock.now, payload="lune")
        while self.work.step(0) or self.work.busy:
            pass
        self.noticing.look(self.clock.now)

    @property
    def announced(self) -> set[str]:
        """The works that somebody is told of."""
        with self.store.read() as tx:
            found = {name: entries.by_url(tx, f"https://lune.example/{name}") for name in (*WORKS, *OTHERS)}
        return {name for name, one in found.items() if one and one.outcome is Outcome.ANNOUNCED}

    @property
    def noticed(self) -> list[Notice]:
        with self.store.read() as tx:
            return notices.recent(tx, limit=10)


@pytest.fixture
def room(store: Store) -> Room:
    return Room(store)


def test_the_surplus_is_held_and_one_notice_says_so(room: Room) -> None:
    room.storm(*WORKS)
    assert room.announced == set(LET)
    (notice,) = room.noticed
    assert (notice.kind, notice.subject, notice.facts.waiting) == (NoticeKind.SOURCE_STORMS, "lune", 2)
    view = notice_view(notice, "fr", "Europe/Paris")
    assert view.line == "Lune publie bien plus d’un coup que jamais"
    assert "2 entrées sont retenues." in view.details
    assert "`cocorico sources release lune`" in view.advice
    for _ in range(3):
        room.poll()
    assert (len(room.noticed), room.announced) == (1, set(LET))


def test_what_is_released_is_read_and_the_outlet_may_do_it_again(room: Room) -> None:
    room.storm(*WORKS)
    with room.store.write() as tx:
        assert releasing.release(tx, "lune", now=room.clock.now) == 2
    room.poll()
    assert room.announced == set(WORKS)
    room.storm(*OTHERS)
    with room.store.read() as tx:
        assert holding.held(tx) == {}
    assert len(room.noticed) == 1


def test_what_is_passed_over_is_never_read_and_the_next_storm_is_held_as_well(room: Room) -> None:
    room.storm(*WORKS)
    with room.store.write() as tx:
        assert releasing.skip(tx, "lune", now=room.clock.now) == 2
    room.poll()
    assert room.announced == set(LET)
    with room.store.read() as tx:
        stored = [entries.by_url(tx, f"https://lune.example/{name}") for name in HELD]
    assert {(one.outcome, one.reason) for one in stored if one} == {
        (Outcome.SKIPPED, "held back, and passed over by hand")
    }
    room.storm(*OTHERS)
    assert [one.kind for one in room.noticed] == [NoticeKind.SOURCE_STORMS] * 2


def test_released_titles_are_read_without_their_pages_where_those_are_not_wanted(store: Store) -> None:
    room = Room(store, fetch=FetchPolicy.NEVER)
    room.storm(*WORKS)
    assert room.announced == set(LET)
    with room.store.write() as tx:
        releasing.release(tx, "lune", now=room.clock.now)
    room.poll()
    assert (room.announced, room.web.fetches) == (set(WORKS), [])


def test_a_day_without_us_is_no_storm(room: Room) -> None:
    room.clock.forward(hours=36)
    room.storm(*WORKS)
    assert room.announced == set(WORKS)
    assert room.noticed == []


@pytest.mark.parametrize("spread", [True, False])
def test_a_listing_that_stood_still_for_a_day_may_show_a_day_of_news(room: Room, spread: bool) -> None:
    """A cache kept it; a site that is rebuilt after a day's silence dates its pages as of now."""
    for _ in range(5):
        room.clock.forward(hours=7)
        room.poll()
    for back, name in enumerate(WORKS[1:]):
        date = room.clock.now - timedelta(hours=3 * back if spread else 0, seconds=len(room.web.pages))
        page = Page(title=STORY.format(title=name), text=TEXT.format(title=name), published=date)
        room.web.publish("lune", f"https://lune.example/{name}", page)
    room.poll()
    assert len(room.announced) == (len(LET) + 1 if spread else len(LET))
    assert [one.kind for one in room.noticed] == ([] if spread else [NoticeKind.SOURCE_STORMS])


def test_a_person_releases_or_passes_over_by_a_command(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as store, store.write() as tx:
        sources.add(tx, a_source("lune"))
        for number in range(3):
            entry = an_entry(number, source="lune")
            entries.add(tx, entry, now=utc_now(), outcome=None, reason="held back: 24 new entries", held=True)

    def run(*arguments: str) -> str:
        return call("--data", tmp_path, *arguments).out

    assert "held back: 24 new entries" in run("trace", an_entry(1).url)
    assert "3 entries of lune will be read." in run("sources", "release", "lune")
    assert json.loads(run("sources", "release", "lune", "--json")) == {"id": "lune", "entries": 0, "skipped": False}
    assert "Nothing of lune is held." in run("sources", "release", "lune", "--skip")
    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as store, store.read() as tx:
        assert [job.kind for job in entries.trace(tx, an_entry(1).url).jobs] == ["fetch"]
