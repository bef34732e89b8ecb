"""APScheduler's only home: it ticks, and remembers nothing.

What is due is a query on stored times. APScheduler's own job store loses runs at a crash and its thread dies when
the store can't be written (faults S01, S02), so jobs live in memory and are rebuilt from the config at each start.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED, EVENT_JOB_MAX_INSTANCES, JobEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

import crawler
from monitor import queue
from monitor.decide.hosts import poll_from
from monitor.pipeline import Log
from monitor.queue import JobKind, Owed
from monitor.store import Store, StoreError, hosts, prune, runs, sources
from monitor.types import Source

Clock = Callable[[], datetime]
Passing = Callable[[], float]  #: seconds that pass, whatever is done to the clock

#: A clock that moves by more seconds than this against the time that passes was set.
_STEP = 30.0
#: Polls enqueued by one tick; the rest are due at the next. Bounds the transaction, not the daemon (fault S15).
_TICK_LIMIT = 500
#: Polls that wait or run from which on no more are enqueued: the sources stay due. A queue that takes in all that a
#: daemon can't keep up with makes each look at it slower, and so the daemon falls behind for good.
_MOST_OPEN = 2_000
#: How long finished jobs are kept, for `cocorico trace`.
_JOBS_KEPT = timedelta(days=30)
#: How long is known how a host stands that nothing is asked of: as long as what it listed counts as seen.
_HOSTS_KEPT = timedelta(days=400)


@dataclass(frozen=True, kw_only=True, slots=True)
class Chore:
    """Something done every so often, whose last run is remembered in the database."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]
    remembered: bool = True  #: a tick is not: it runs every few seconds


def enqueue_due(store: Store, catalogue: dict[str, Source], *, now: datetime) -> int:
    """Owe a poll for each source that is due; how many were owed.

    The job's key holds the time it was due at, so that two ticks, or two machines, can't owe the same poll twice.
    """
    with store.write() as tx:
        due = sources.due(tx, now=now, limit=_TICK_LIMIT, most_open=_MOST_OPEN)
        refusing = {state.host: state for state in hosts.refusing(tx)} if due else {}
        found = [(catalogue[name], since) for name, since in sources.due_since(tx, due) if name in catalogue]
        gates = [crawler.gate_key(source.url) for source, _ in found]
        return queue.enqueue_all(
            tx,
            [
                Owed(
                    kind=JobKind.POLL,
                    key=f"{source.id}@{since:%Y-%m-%dT%H:%M:%S.%fZ}",
                    host=host,
                    due_at=poll_from(refusing.get(host), now=now),
                    payload=source.id,
                )
                for (source, since), host in zip(found, gates, strict=True)
            ],
        )


def forget(store: Store, retention: timedelta, now: datetime) -> None:
    """Forget what is old, a thousand rows a transaction, so that nobody waits long for the store (fault Q19)."""
    ages = ((prune.prune, retention), (queue.prune, _JOBS_KEPT), (prune.prune_hosts, _HOSTS_KEPT))
    for prune_some, kept in ages:
        while True:
            with store.write() as tx:
                if not prune_some(tx, before=now - kept):
                    break


def run_chore(chore: Chore, store: Store, log: Log, *, clock: Clock) -> bool:
    """Run a chore; a failure is recorded and logged and never stops the daemon. True when it went well."""
    started = clock()
    error = None
    try:
        chore.run(started)
    except Exception as failure:  # noqa: BLE001 - whatever a chore does wrong, the daemon goes on (rule 17)
        error = f"{type(failure).__name__}: {failure}"
        log("chore_failed", level="error", job=chore.name, reason=error)
    if chore.remembered or error:
        _remember(chore, store, log, started=started, ended=clock(), error=error)
    return error is None


def _remember(chore: Chore, store: Store, log: Log, *, started: datetime, ended: datetime, error: str | None) -> None:
    try:
        with store.write() as tx:
            runs.record(tx, job=chore.name, started_at=started, ended_at=ended, error=error)
    except Exception as failure:  # noqa: BLE001 - a full disk is the chore's failure all over again
        reason = f"{type(failure).__name__}: {failure}"
        if reason != error:  # which was logged
            log("run_not_recorded", level="error", job=chore.name, reason=reason)


def first_run(chore: Chore, store: Store, *, now: datetime) -> datetime:
    """Say when a chore is due first after a start: when its last run says so, at once when that is past."""
    with store.read() as tx:
        last = max((run.started_at for run in runs.recent(tx, limit=200) if run.job == chore.name), default=None)
    return now if last is None else max(now, last + chore.every)


class Late:
    """Says once that a chore's rounds are left out because one before still runs, and again only after it came round.

    APScheduler says so at every round: a store that is locked for a minute would be a line every few seconds.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self._told: set[str] = set()

    def skipped(self, event: JobEvent) -> None:
        """Note a round that was left out."""
        if event.job_id not in self._told:
            self._told.add(event.job_id)
            reason = "its round before still runs; rounds are left out until that ends"
            self._log("chore_late", level="warning", job=event.job_id, reason=reason)

    def ran(self, event: JobEvent) -> None:
        """Note a round that ended."""
        self._told.discard(event.job_id)


class Ticking:
    """Chores under way."""

    def __init__(
        self,
        chores: Sequence[Chore],
        store: Store,
        scheduler: BackgroundScheduler,
        log: Log,
        *,
        clock: Clock,
        passing: Passing,
    ) -> None:
        self._chores, self._store, self._scheduler, self._log = chores, store, scheduler, log
        self._clock, self._passing = clock, passing
        self._offset = self._measured()

    def check(self) -> bool:
        """See whether the clock was set; then everything is due anew. To be called every few seconds.

        APScheduler waits for a time of day: a clock that is set back by an hour would stop it for that hour (S08).
        """
        offset = self._measured()
        step = offset - self._offset
        if abs(step) < _STEP:
            self._offset = offset
            return False
        now = self._clock()
        try:
            with self._store.write() as tx:
                sources.set_back(tx, now=now)
        except StoreError as error:  # looked at again in a moment
            self._log("store_failed", level="error", loop="clock", reason=str(error))
            return False
        self._offset = offset
        for chore in self._chores:
            job = self._scheduler.get_job(chore.name)
            if job is not None:
                due = now + chore.every if chore.remembered else now
                job.modify(next_run_time=min(due, job.next_run_time or due))
        self._log(
            "clock_set", level="warning", reason=f"the clock moved by {step:.0f} s; what is due is looked up anew"
        )
        return True

    def end(self) -> None:
        """Let no further chore begin."""
        self._scheduler.shutdown(wait=False)

    def _measured(self) -> float:
        return self._clock().timestamp() - self._passing()


def start(
    chores: Sequence[Chore], store: Store, log: Log, *, clock: Clock, passing: Passing = time.monotonic
) -> Ticking:
    """Start ticking. Missed runs collapse into one, and none overlaps itself (faults S03, S04, S09)."""
    scheduler = BackgroundScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(max(2, len(chores)))},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for chore in chores:
        scheduler.add_job(
            run_chore,
            IntervalTrigger(seconds=chore.every.total_seconds(), timezone=UTC),
            args=(chore, store, log),
            kwargs={"clock": clock},
            id=chore.name,
            next_run_time=first_run(chore, store, now=clock()) if chore.remembered else clock(),
        )
    late = Late(log)
    scheduler.add_listener(late.skipped, EVENT_JOB_MAX_INSTANCES)
    scheduler.add_listener(late.ran, EVENT_JOB_EXECUTED | EVENT_JOB_ERROR)
    ticking = Ticking(chores, store, scheduler, log, clock=clock, passing=passing)
    scheduler.start()
    return ticking
