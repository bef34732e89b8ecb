"""Keeps what is read and who is told in step with the watchlist, which `cocorico watch` may change at any moment."""

from __future__ import annotations

import gc
from dataclasses import replace

from monitor import data
from monitor.classifier import Classifier
from monitor.classifier.score import Model
from monitor.crawling import CrawlWork
from monitor.decide.naming import Names
from monitor.decide.watchlist import merged, taught
from monitor.pipeline import Log
from monitor.store import Store, watched
from monitor.types import Watch
from monitor.watching import WatchItem


class Watchkeeper:
    """The watchlist as it was last seen: the configuration's and the store's."""

    def __init__(
        self, store: Store, watch: Watch, *, classifier: Classifier | None = None, model: Model | None = None
    ) -> None:
        """Read the store's watchlist; a classifier that is given stays as it is, a model is that of all others."""
        self._model = model
        self._store = store
        self._given = watch
        self._items = self._read()
        self._fixed = classifier is not None
        self.classifier = classifier or self._taught()
        if not self._fixed:
            _settle()

    @property
    def watch(self) -> Watch:
        """All that is watched, for the rules."""
        return merged(self._given, self._items)

    def refresh(self, crawling: CrawlWork, *, log: Log) -> None:
        """Have articles read, and matched, by the watchlist as it is now."""
        items = self._read()
        if items == self._items:
            return
        self._items = items
        if not self._fixed:
            self.classifier = self._taught()
        names = Names(self.classifier.names_of_works())
        crawling.use(lambda before: replace(before, classifier=self.classifier, watch=self.watch, names=names))
        if not self._fixed:
            _settle()
        log("watchlist", items=len(items), reason="it was changed: articles are read and matched by it from now on")

    def _taught(self) -> Classifier:
        watch = taught(self._given, self._items)
        return Classifier.load(data.folder("config"), watch=watch, model=self._model)

    def _read(self) -> tuple[WatchItem, ...]:
        with self._store.read() as tx:
            return watched.items(tx)


def _settle() -> None:
    """Have the collector leave alone what stays, thousands of names and phrases: then reading takes 7% less time."""
    gc.unfreeze()  # what a classifier leaves that was replaced
    gc.collect()
    gc.freeze()
