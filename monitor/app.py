"""The composition root: a Config becomes a running Monitor. The one place that picks concrete parts."""

from __future__ import annotations

import platform
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

from monitor import buyers, data, log, queue, schedule
from monitor.alerts import deliver
from monitor.alerts.context import DeliveryContext
from monitor.alerts.deliver import Sent
from monitor.alerts.render import render
from monitor.classifier import Classifier
from monitor.config import Config, Target
from monitor.crawling import Clock, Crawling, CrawlWork, Tally
from monitor.delivering import DeliveryWork
from monitor.network import NetworkWatch
from monitor.pipeline import Log, Pipeline
from monitor.store import InstanceLock, Store, StoreError, prune, sources
from monitor.systemd import Notifier
from monitor.types import Source

#: How long closing may take in all, so that Ctrl-C and SIGTERM end the daemon within 5 s.
CLOSING = 4.0
#: How long the loops wait for something to happen, in seconds: what is newly owed is taken up that fast.
_WAIT = 0.2
#: How long to leave a store alone that can't be written (a full disk), in seconds.
_STORE_PAUSE = 5.0
#: How long finished jobs are kept, in days, for `cocorico trace`.
_JOBS_KEPT = 30
#: A loop that has not come round for this long, in seconds, hangs: the watchdog is fed no more.
_HANGING = 60.0


def utc_now() -> datetime:
    """Read the clock; the one place that does."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What one run did."""

    tally: Tally
    sends: Mapping[str, int]
    left: queue.QueueCounts  #: what is still owed, for later


@dataclass(slots=True)
class _Loops:
    """Threads of the daemon, and when each last came round (monotonic seconds)."""

    threads: list[threading.Thread] = field(default_factory=list)
    rounds: dict[str, float] = field(default_factory=dict)


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
        stack: ExitStack | None = None,
    ) -> None:
        self.config = config
        self.clock = clock
        self.log: Log = logger or log_event
        self._terminal = terminal
        self._stack = stack or ExitStack()
        self.store = self._stack.enter_context(_opened(config))
        self.catalogue: dict[str, Source] = {}
        self._targets: dict[str, Target] = {target.name: target for target in config.targets}
        self._owner = platform.node() or "cocorico"
        self._owed = threading.Event()
        self._loops = _Loops()
        self.classifier = Classifier.load(data.folder("config"))
        self.pipeline = Pipeline(
            store=self.store,
            classifier=self.classifier,
            sources=self.catalogue,
            subscriptions=config.subscriptions,
            fresh=timedelta(days=config.news.fresh_days),
            send_tries=config.delivery.tries,
            groups=buyers.load(data.folder("config")),
            log=self.log,
        )
        self.crawling = CrawlWork(
            self.pipeline,
            crawler,
            clock=clock,
            owner=self._owner,
            lease=timedelta(seconds=4 * config.crawl.limits.deadline + config.crawl.limits.delay),
            capacity=config.crawl.limits.concurrency * config.crawl.children,
            network=NetworkWatch(sources=sum(source.enabled for source in config.sources)),
            owes=self._owed.set,
        )
        self.delivering = DeliveryWork(
            self.pipeline,
            self._send,
            targets=self._targets,
            clock=clock,
            owner=self._owner,
            lease=timedelta(seconds=3 * config.delivery.timeout + 30),
        )
        self._begin()

    # -- lifetime ----------------------------------------------------------------------------------------------

    @classmethod
    def open(
        cls,
        config: Config,
        *,
        terminal: Callable[[DeliveryContext], None],
        clock: Clock = utc_now,
        logger: Log | None = None,
    ) -> Self:
        """Take the data folder for ourselves, open the store, start the crawler's children.

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
                    log=lambda event, keys: (logger or log_event)(event, **keys),
                    record_to=config.crawl.record,
                )
            )
            return cls(config, crawler=crawler, terminal=terminal, clock=clock, logger=logger, stack=stack.pop_all())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End everything within `CLOSING` seconds; what is unfinished stays in the queue for the next start."""
        self.delivering.wait(CLOSING / 2)
        self.delivering.close()
        self._stack.close()

    def _begin(self) -> None:
        """Take up what a former self of this node left, and make the sources those of the config."""
        with self.store.write() as tx:
            freed = queue.release(tx, owner=self._owner)
        if freed:
            self.log("taken_up", jobs=freed, reason="left unfinished by the run before this one")
        self._refresh_sources(self.clock())

    # -- one tick ----------------------------------------------------------------------------------------------

    def tick(self, now: datetime) -> int:
        """Owe a poll for every source that is due; how many were owed."""
        self._refresh_sources(now)
        return schedule.enqueue_due(self.store, self.catalogue, now=now)

    def _refresh_sources(self, now: datetime) -> None:
        """Take in sources the user added or removed while we run (`cocorico sources add`)."""
        with self.store.read() as tx:
            added = sources.user_sources(tx)
        current = {source.id: source for source in (*self.config.sources, *added)}
        if current != self.catalogue:
            self.catalogue.clear()
            self.catalogue.update(current)
            with self.store.write() as tx:
                sources.sync(tx, list(current.values()), now=now)

    def once(self, progress: Callable[[Tally], None] = lambda _tally: None) -> Report:
        """Do one tick to its end: poll what is due, fetch and read what that lists, send what that owes."""
        self.tick(self.clock())
        working = True
        while working:
            crawled = self.crawling.step(_WAIT if self.crawling.busy else 0.0)
            sent = self.delivering.step()
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

    # -- the daemon --------------------------------------------------------------------------------------------

    def run(self, stop: threading.Event, *, notifier: Notifier | None = None) -> Report:
        """Work until told to stop."""
        notifier = notifier or Notifier(None)
        for name, step in (("crawl", self._crawl_round), ("deliver", self._deliver_round)):
            thread = threading.Thread(target=self._loop, args=(name, step, stop), name=name, daemon=True)
            self._loops.threads.append(thread)
            thread.start()
        ticking = schedule.start(self._chores(), self.store, self.log, clock=self.clock)
        notifier.ready(f"watching {sum(source.enabled for source in self.catalogue.values())} sources")
        while not stop.wait(_WAIT * 10):
            self._feed(notifier)
        notifier.stopping()
        ticking.shutdown(wait=False)
        for thread in self._loops.threads:
            thread.join(CLOSING / 4)
        return self.report()

    def _chores(self) -> list[schedule.Chore]:
        return [
            schedule.Chore(
                name="tick",
                every=self.config.daemon.tick,
                run=lambda now: self._ticked(self.tick(now)),
                remembered=False,
            ),
            schedule.Chore(name="prune", every=timedelta(days=1), run=self._prune),
            schedule.Chore(name="checkpoint", every=timedelta(hours=1), run=lambda _now: self.store.checkpoint()),
        ]

    def _ticked(self, owed: int) -> None:
        self._loops.rounds["tick"] = time.monotonic()
        if owed:
            self.log("tick", polls=owed)

    def _prune(self, now: datetime) -> None:
        """Forget what is old, a thousand rows a transaction, so that nobody waits long for the store (fault Q19)."""
        for forget, kept in ((prune.prune, self.config.news.retention_days), (queue.prune, _JOBS_KEPT)):
            while True:
                with self.store.write() as tx:
                    if not forget(tx, before=now - timedelta(days=kept)):
                        break

    def _crawl_round(self) -> None:
        self.crawling.step(_WAIT)

    def _deliver_round(self) -> None:
        if not self.delivering.step():
            self._owed.wait(_WAIT)
            self._owed.clear()

    def _loop(self, name: str, step: Callable[[], None], stop: threading.Event) -> None:
        """Go round until stopped. A bug or a store that can't be written ends a round, never the daemon."""
        while not stop.is_set():
            self._loops.rounds[name] = time.monotonic()
            try:
                step()
            except StoreError as error:
                self.log("store_failed", level="error", loop=name, reason=str(error))
                stop.wait(_STORE_PAUSE)
            except Exception as error:  # noqa: BLE001 - logged with its trace; the daemon outlives its bugs
                self.log("loop_failed", level="error", loop=name, reason=repr(error), exc_info=error)
                stop.wait(_STORE_PAUSE)

    def _feed(self, notifier: Notifier) -> None:
        """Feed the watchdog as long as every loop comes round: presence is not progress (fault O01)."""
        oldest = min(self._loops.rounds.values(), default=time.monotonic())
        if time.monotonic() - oldest < _HANGING:
            notifier.alive(f"{sum(self.crawling.tally.outcomes.values())} articles read")

    # -- telling -----------------------------------------------------------------------------------------------

    def _send(self, context: DeliveryContext) -> Sent:
        target = self._targets.get(context.delivery.target)
        if target is None:
            return Sent(result="refused", detail=f"the target {context.delivery.target} is no longer configured")
        try:
            if target.kind == "terminal":
                self._terminal(context)
                return Sent(result="sent", detail="printed")
            message = render(context, language="en" if context.delivery.language == "en" else "fr")
            return deliver.send(message, target, timeout=self.config.delivery.timeout)
        except Exception as error:  # noqa: BLE001 - a broken template must not lose an alert (fault N23)
            self.log("send_failed", level="error", target=target.name, reason=repr(error), exc_info=error)
            return Sent(result="retry", detail=f"could not be put into words: {type(error).__name__}: {error}")


def _opened(config: Config) -> Store:
    return Store.open(config.store.url)


def log_event(event: str, *, level: object = "info", **keys: object) -> None:
    """Log one event through structlog; `level` is the name of one, such as "warning"."""
    getattr(log.get("cocorico"), str(level))(event, **keys)


def new_run_id() -> str:
    """Name a run, for its logs."""
    return uuid.uuid4().hex[:8]
