"""The composition root: a Config becomes a running Monitor. The one place that picks concrete parts."""

from __future__ import annotations

import platform
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Self

from monitor import archives, buyers, data, digests, hubbing, log, lores, memory, personal, queue, schedule, sending
from monitor.alerts.context import DeliveryContext
from monitor.alerts.deliver import Sent
from monitor.classifier import Classifier
from monitor.config import Config, Target
from monitor.crawling import Clock, Crawling, CrawlWork
from monitor.decide.naming import Names
from monitor.delivering import DeliveryWork
from monitor.loops import HANGING, Loops
from monitor.manners import Manners
from monitor.network import NetworkWatch
from monitor.noticing import watching
from monitor.pipeline import Log, Pipeline
from monitor.second.line import open_line
from monitor.store import InstanceLock, Store, sources
from monitor.systemd import Notifier
from monitor.tally import Tally
from monitor.types import Source
from monitor.watchkeeper import Watchkeeper
from monitor.web.beside import Pages
from monitor.writing import Writer

#: How long closing may take in all, so that Ctrl-C and SIGTERM end the daemon within 5 s.
CLOSING = 4.0
#: Seconds the loops wait for something to happen: what is newly owed is taken up that fast.
_WAIT = 0.2


def utc_now() -> datetime:
    """Read the clock; the one place that does."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What one run did."""

    tally: Tally
    sends: Mapping[str, int]
    left: queue.QueueCounts  #: what is still owed, for later


class Monitor:
    """Cocorico, put together: tick, crawl, read, decide, keep, tell. Use it as a context manager."""

    def __init__(
        self,
        config: Config,
        *,
        crawler: Crawling,
        terminal: Callable[[DeliveryContext], None],
        clock: Clock = utc_now,
        logger: Log | None = None,
        classifier: Classifier | None = None,
        stack: ExitStack | None = None,
    ) -> None:
        self.config = config
        self.clock = clock
        self.log: Log = logger or log.event
        self._terminal = terminal
        self._stack = stack or ExitStack()
        self.store = self._stack.enter_context(Store.open(config.store.url))
        self.catalogue: dict[str, Source] = {}
        self._enabled = 0  # of them; asked at every poll, and there may be tens of thousands
        self._targets: dict[str, Target] = {target.name: target for target in config.targets}
        self._owner = f"{platform.node() or 'cocorico'}:{config.data_dir}"
        self._owed = threading.Event()
        self.model = personal.choose(config.data_dir)
        self._watchlist = Watchkeeper(self.store, config.watch, classifier=classifier, model=self.model.model)
        self.classifier = self._watchlist.classifier
        self._post = partial(sending.send, write=Writer(config, self.log).write, timeout=config.delivery.timeout)
        self.pipeline = self._make_pipeline()
        self.crawling = self._make_crawling(crawler)
        self.delivering = self._make_delivering()
        self.hubs = hubbing.opened(config, self.store, self.log)
        self.pages = Pages(config, self.store, clock=clock, log=self.log)
        self._begin()

    def _make_pipeline(self) -> Pipeline:
        return Pipeline(
            store=self.store,
            classifier=self.classifier,
            sources=self.catalogue,
            subscriptions=self.config.subscriptions,
            watch=self._watchlist.watch,
            bounds=self.config.crawl.bounds,
            fresh=timedelta(days=self.config.news.fresh_days),
            send_tries=self.config.delivery.tries,
            groups=buyers.load(data.folder("config")),
            names=Names(self.classifier.names_of_works()),
            lore=lores.load(data.folder("config")),
            manners=Manners(node=self._owner, budget=self.config.crawl.budget, log=self.log),
            log=self.log,
        )

    def _make_crawling(self, crawler: Crawling) -> CrawlWork:
        limits = self.config.crawl.limits
        return CrawlWork(
            self.pipeline,
            crawler,
            clock=self.clock,
            owner=self._owner,
            # The crawler asks a page that kills its child once more, alone; then it answers for it (fault Q17).
            lease=timedelta(seconds=4 * limits.deadline + limits.delay),
            capacity=2 * limits.concurrency * self.config.crawl.children,
            children=self.config.crawl.children,
            network=NetworkWatch(sources=lambda: self._enabled),
            owes=self._owed.set,
            line=open_line(self.config, self.store, self.classifier, log=self.log),
        )

    def _make_delivering(self) -> DeliveryWork:
        return DeliveryWork(
            self.pipeline,
            self._send,
            targets=self._targets,
            clock=self.clock,
            owner=self._owner,
            lease=timedelta(seconds=3 * self.config.delivery.timeout + 30),
        )

    @classmethod
    def open(
        cls,
        config: Config,
        *,
        terminal: Callable[[DeliveryContext], None],
        clock: Clock = utc_now,
        logger: Log | None = None,
        classifier: Classifier | None = None,
    ) -> Self:
        """Take the data folder for ourselves, open the store, start the crawler's children; arguments as in `Monitor`.

        Raises:
            StoreError: the store can't be opened, or another Cocorico uses this data folder.
        """
        from crawler import Crawler  # noqa: PLC0415 - only a daemon starts processes

        stack = ExitStack()
        with stack:
            config.data_dir.mkdir(parents=True, exist_ok=True)
            stack.enter_context(InstanceLock(config.data_dir))
            crawler = stack.enter_context(
                Crawler(
                    config.crawl.limits,
                    children=config.crawl.children,
                    log=lambda event, keys: (logger or log.event)(event, **keys),
                    record_to=config.crawl.record,
                )
            )
            return cls(
                config,
                crawler=crawler,
                terminal=terminal,
                clock=clock,
                logger=logger,
                classifier=classifier,
                stack=stack.pop_all(),
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End everything within `CLOSING` seconds; what is unfinished stays in the queue for the next start."""
        self.delivering.wait(CLOSING / 2)
        self._stack.close()

    def _begin(self) -> None:
        """Take up what a former self of this node left, and make the sources those of the config."""
        with self.store.write() as tx:
            freed = queue.release(tx, owner=self._owner)
        if freed:
            self.log("taken_up", jobs=freed, reason="left unfinished by the run before this one")
        self._refresh_sources(self.clock())

    def tick(self, now: datetime) -> int:
        """Owe a poll for every source that is due, and the digests whose hour has come; how many polls were owed."""
        self._refresh_sources(now)
        self._watchlist.refresh(self.crawling, log=self.log)
        digests.gather(self.store, self.config.subscriptions, now=now, log=self.log)
        return schedule.enqueue_due(self.store, self.catalogue, now=now)

    def _refresh_sources(self, now: datetime) -> None:
        """Take in sources the user added or removed while we run (`cocorico sources add`)."""
        with self.store.read() as tx:
            added = sources.user_sources(tx)
        current = {source.id: source for source in (*self.config.sources, *added)}
        if current == self.catalogue:
            return
        with self.store.write() as tx:
            sources.sync(tx, list(current.values()), now=now)
        self.catalogue.update(current)  # never empty in between: the crawl thread reads it meanwhile
        for gone in self.catalogue.keys() - current.keys():
            del self.catalogue[gone]
        self._enabled = sum(source.enabled for source in self.catalogue.values())

    def once(self, progress: Callable[[Tally], None] = lambda _tally: None) -> Report:
        """Do one tick to its end: poll what is due, fetch and read what that lists, send what that owes."""
        self.tick(self.clock())
        self.look(self.clock())
        working = True
        while working:
            crawled = self.crawling.step(_WAIT if self.crawling.busy else 0.0)
            sent = 0 if crawled else self.delivering.step()  # between two pages of a host there is time enough
            if self.delivering.busy and not self.crawling.busy:
                self.delivering.wait(_WAIT)
            working = bool(crawled or sent or self.crawling.busy or self.delivering.busy)
            progress(self.crawling.tally)
        return self.report()

    def report(self) -> Report:
        """Tell what this run did so far."""
        with self.store.read() as tx:
            left = queue.counts(tx, now=self.clock())
        return Report(tally=self.crawling.tally, sends=dict(self.delivering.sends), left=left)

    def run(self, stop: threading.Event, *, notifier: Notifier | None = None) -> Report:
        """Work until told to stop.

        Raises:
            CrawlError: the crawler broke down; whoever supervises the daemon should start it again.
        """
        notifier = notifier or Notifier(None)
        loops = Loops(stop, self.log)
        loops.start("crawl", lambda: self.crawling.step(_WAIT))
        loops.start("deliver", self._deliver_round)
        with self.pages.serving(loops.pulse, lambda: self.crawling.tally.polls):
            ticking = schedule.start(self._chores(loops), self.store, self.log, clock=self.clock)
            notifier.ready(f"watching {self._enabled} sources")
            while not stop.wait(_WAIT * 10):
                ticking.check()
                if loops.alive:
                    notifier.alive(f"{sum(self.crawling.tally.outcomes.values())} articles read")
        notifier.stopping()
        ticking.end()
        loops.join(CLOSING / 2)
        if loops.fatal:
            raise loops.fatal
        return self.report()

    def _chores(self, loops: Loops) -> list[schedule.Chore]:
        every, kept = self.config.daemon.tick, timedelta(days=self.config.news.retention_days)

        def tick(now: datetime) -> None:
            if owed := self.tick(now):
                self.log("tick", polls=owed)
            loops.beat("tick", within=HANGING + 3 * every.total_seconds())

        return [
            schedule.Chore(name="tick", every=every, run=tick, remembered=False),
            schedule.Chore(name="look", every=timedelta(minutes=5), run=self.look, remembered=False),
            schedule.Chore(name="hubs", every=timedelta(minutes=1), run=self.hubs.look, remembered=False),
            schedule.Chore(name="prune", every=timedelta(days=1), run=partial(schedule.forget, self.store, kept)),
            schedule.Chore(name="archive", every=timedelta(hours=1), run=partial(archives.prune, self.config.archive)),
            schedule.Chore(name="checkpoint", every=timedelta(hours=1), run=lambda _now: self.store.checkpoint()),
            schedule.Chore(name="memory", every=memory.EVERY, run=lambda _now: memory.give_back(), remembered=False),
        ]

    def look(self, now: datetime) -> int:
        """Notice how Cocorico itself is, and owe what there is to tell of it; how many notices that made."""
        return watching(self.config, self.store, self.catalogue, log=self.log).look(now)

    def _deliver_round(self) -> None:
        if not self.delivering.step():
            self._owed.wait(_WAIT)
            self._owed.clear()

    def _send(self, context: DeliveryContext) -> Sent:
        target = self._targets.get(context.delivery.target)
        if target is None:
            return Sent(result="refused", detail=f"the target {context.delivery.target} is no longer configured")
        try:
            context = self.pages.linked(context)
            if target.kind == "terminal":
                self._terminal(context)
                return Sent(result="sent", detail="printed")
            return self._post(context, target, now=self.clock())
        except Exception as error:  # noqa: BLE001 - a broken template must not lose an alert (fault N23)
            self.log("send_failed", level="error", target=target.name, reason=repr(error), exc_info=error)
            return Sent(result="retry", detail=f"could not be put into words: {type(error).__name__}: {error}")
