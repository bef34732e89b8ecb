"""The real Monitor over a month: real SQLite, real decisions, real deliveries; clock and web are the month's."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from fakeweb import Clock
from sqlalchemy import create_engine, text

from crawler import Limits
from monitor import data, digests
from monitor.alerts.context import DeliveryContext
from monitor.app import Monitor
from monitor.classifier import Classifier, Prospect
from monitor.config import Config, CrawlConfig, StoreConfig, Target
from monitor.subscribing import Subscription
from monitor.types import Announcement, Document, Watch
from month.values import Month, Said
from month.web import MonthWeb

#: How far the clock moves at once. Whole and half hours are among its steps, and so is every digest's hour.
STEP = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """One message that arrived."""

    at: datetime
    context: DeliveryContext


@dataclass(frozen=True, kw_only=True, slots=True)
class Announced:
    """One announcement as it was stored."""

    url: str
    position: int
    story: str | None
    kind: str
    title: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """What came of a month."""

    month: Month
    sent: Sequence[Sent]
    announced: Sequence[Announced]
    outcomes: Mapping[str, str]  #: of each article, by address
    found: Mapping[str, datetime]  #: when each article was first listed to us


class Stated(Classifier):
    """Knows works and people like the real one, and reads every article as the truth has it."""

    _said: Mapping[tuple[str, str], Sequence[Said]]

    def knowing(self, month: Month) -> Self:
        """Learn the truth."""
        self._said = {(piece.title, piece.text): piece.said for piece in month.pieces}
        return self

    def read(self, document: Document) -> tuple[Announcement, ...]:
        """Give what the article announces."""
        return tuple(said.announcement for said in self._said[document.title, document.text])

    def prospect(self, _title: str, _summary: str) -> Prospect:
        """Take every article for worth a page."""
        return Prospect(promising=True)


@dataclass(slots=True)
class _Mailbox:
    """Where all messages arrive, each with its time."""

    clock: Clock
    sent: list[Sent] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, context: DeliveryContext) -> None:
        with self.lock:
            self.sent.append(Sent(at=self.clock.now, context=context))


def run(month: Month, folder: Path, subscriptions: Sequence[Subscription], *, stated: bool, beyond: timedelta) -> Run:
    """Live through a month; and then on without news, so long that all that is held has gone out."""
    clock = Clock(month.start)
    web, mailbox = MonthWeb(month, clock), _Mailbox(clock)
    with _opened(month, folder, subscriptions, web, mailbox, stated=stated) as monitor:
        while clock.now < month.end:
            _settle(monitor, clock.now)
            clock.now += STEP
        while clock.now < month.end + beyond:
            digests.gather(monitor.store, subscriptions, now=clock.now, log=monitor.log)
            _deliver(monitor)
            clock.now += STEP
    announced, outcomes = _stored(folder)
    return Run(month=month, sent=mailbox.sent, announced=announced, outcomes=outcomes, found=web.found)


@contextmanager
def _opened(
    month: Month, folder: Path, subscriptions: Sequence[Subscription], web: MonthWeb, mailbox: _Mailbox, *, stated: bool
) -> Iterator[Monitor]:
    config = Config(
        data_dir=folder,
        store=StoreConfig(url=f"sqlite:///{folder}/cocorico.db"),
        crawl=CrawlConfig(limits=Limits(delay=0.0)),
        sources=month.sources,
        subscriptions=tuple(subscriptions),
        targets=tuple(Target(name=one.targets[0], kind="terminal") for one in subscriptions),
        watch=Watch(works=month.watched),
    )
    monitor = Monitor(
        config,
        crawler=web,
        terminal=mailbox,
        clock=mailbox.clock,
        logger=lambda *_args, **_keys: None,
        classifier=_reader(month, stated=stated),
    )
    try:
        yield monitor
    finally:
        monitor.close()


def _reader(month: Month, *, stated: bool) -> Classifier:
    kind = Stated if stated else Classifier
    made = kind.load(data.folder("config"), watch=Watch(works=month.watched))
    return made.knowing(month) if isinstance(made, Stated) else made


def _settle(monitor: Monitor, now: datetime) -> None:
    """Do everything that is due now."""
    monitor.tick(now)
    while monitor.crawling.step(0) or monitor.crawling.busy:
        _deliver(monitor)
    _deliver(monitor)


def _deliver(monitor: Monitor) -> None:
    while monitor.delivering.step() or monitor.delivering.busy:
        monitor.delivering.wait(5)


def _stored(folder: Path) -> tuple[list[Announced], dict[str, str]]:
    """Look into the database from outside."""
    engine = create_engine(f"sqlite:///{folder}/cocorico.db")
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT e.url, n.position, n.story_id, n.kind, n.title FROM announcements n"
                " JOIN articles a ON a.id = n.article_id JOIN entries e ON e.id = a.entry_id ORDER BY 1, 2"
            )
        )
        announced = [Announced(url=u, position=p, story=s, kind=k, title=t) for u, p, s, k, t in rows]
        outcomes = {url: str(what) for url, what in connection.execute(text("SELECT url, outcome FROM entries"))}
    engine.dispose()
    return announced, outcomes
