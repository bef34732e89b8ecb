"""Where articles wait for the second reader, so that a slow one holds up nobody but their own outlets."""

from __future__ import annotations

import queue
import threading
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

from monitor.classifier import Classifier
from monitor.config.values import Config
from monitor.second.asking import Log, SecondReader, Weighed
from monitor.store import Store
from monitor.subscribing import kinds_asked
from monitor.types import Announcement, Document
from monitor.vocabulary import Kind

#: What waits is told apart by it: for the crawl, a job and its article.
Ticket = TypeVar("Ticket")

#: Articles that wait at most: who comes later goes without a second reading, and no alert is hours late.
LONGEST: Final = 8


class Line(Generic[Ticket]):
    """Articles that wait, each with a ticket; one thread asks about them in turn. One thread calls its methods."""

    def __init__(self, reader: SecondReader) -> None:
        self.reader = reader
        self._waiting: queue.SimpleQueue[tuple[Ticket, Weighed, datetime]] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[tuple[Ticket, tuple[Announcement, ...]]] = queue.SimpleQueue()
        self._inside = 0
        self._thread: threading.Thread | None = None

    @property
    def busy(self) -> bool:
        """Whether anybody is waiting."""
        return self._inside > 0

    @property
    def patience(self) -> float:
        """How long an article may be in here, in seconds."""
        return (LONGEST + 1) * 2 * self.reader.timeout

    def takes(self, ticket: Ticket, document: Document, *, now: datetime) -> bool:
        """Take an article in if there is anything to ask about it and room; False: read it as ever."""
        if self._inside >= LONGEST:
            return False
        weighed = self.reader.weigh(document)
        if not self.reader.doubts(weighed):
            return False
        self._inside += 1
        self._waiting.put((ticket, weighed, now))
        if self._thread is None:
            # A daemon thread: a server that hangs must not hold up the end of the process.
            self._thread = threading.Thread(target=self._work, name="second-reader", daemon=True)
            self._thread.start()
        return True

    def done(self) -> list[tuple[Ticket, tuple[Announcement, ...]]]:
        """Give the articles that are through, each with what it announces."""
        through = []
        while not self._done.empty():
            through.append(self._done.get())
        self._inside -= len(through)
        return through

    def _work(self) -> None:
        while True:
            ticket, weighed, now = self._waiting.get()
            self._done.put((ticket, self.reader.read(weighed, now=now)))


def open_line(config: Config, store: Store, first: Classifier, *, log: Log) -> Line[Any] | None:
    """Make the line that a configuration asks for; None when no second reader is configured.

    It is asked about the kinds of announcements that somebody subscribed to.
    """
    if not config.second_reader.url:
        return None
    kinds = frozenset[Kind]().union(*(kinds_asked(one.match) for one in config.subscriptions if not one.operations))
    return Line(SecondReader(config.second_reader, store, first, kinds=kinds, log=log))
