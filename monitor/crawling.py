"""Running poll and fetch jobs: claim, hand to the crawler, and pass what comes back to the pipeline.

Nothing here is remembered: a job lives in the queue until the transaction that ends it, so a crash at any point
leaves it leased, and the next start takes it up again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from crawler import Article, Command, Listing, ListingStatus, Record, Rejected, Trail
from monitor import endings, orders, queue
from monitor.arrived import keep_articles, keep_listings
from monitor.articles import document_of
from monitor.network import NetworkWatch
from monitor.pipeline import Pipeline
from monitor.queue import Job, JobKind
from monitor.second.line import Line
from monitor.store import AlreadySettledError, StoreError
from monitor.tally import Listed, Tally
from monitor.types import Announcement, Decision
from monitor.unchanged import keep_unchanged

Clock = Callable[[], datetime]
T = TypeVar("T")
R = TypeVar("R", bound=Record)
Keep = Callable[..., list[Listed]]

#: Attempts at a job whose answer makes our own code fail, before its entry is given up (fault Q18).
POISON = 5
#: How long to wait for more records before taking in those that are there, in seconds, while each child has `_PLENTY`
#: of orders left, some 30 ms of work. On one core that is a tenth to a third more articles a second: one claim serves
#: many, and parent and child take longer turns. With less left the children would run dry (bench/README.md).
_LINGER = 0.1
_PLENTY = 8
_GLANCE = 0.01  #: seconds between two looks at how much is left meanwhile


class Crawling(Protocol):
    """What this module needs of `crawler.Crawler`; the tests' fake network is the other implementation."""

    def submit(self, command: Command) -> None:
        """Take an order; never blocks."""

    def records(self, timeout: float) -> list[Record]:
        """Give what has arrived, waiting at most this many seconds for the first."""


class CrawlWork:
    """Gives poll and fetch jobs to the crawler and its records to the pipeline. One thread calls `step`."""

    def __init__(
        self,
        pipeline: Pipeline,
        crawler: Crawling,
        *,
        clock: Clock,
        owner: str,
        lease: timedelta,
        network: NetworkWatch,
        capacity: int = 64,
        children: int = 1,
        owes: Callable[[], None] = lambda: None,
        line: Line[tuple[Job, Article]] | None = None,
    ) -> None:
        self._pipeline = pipeline
        self._crawler = crawler
        self._clock = clock
        self._owner = owner
        self._line = line  # of the second reader, when there is one
        self._lease = lease + timedelta(seconds=line.patience if line else 0)
        self._network = network
        self._capacity = capacity
        self._children = children
        self._owes = owes  # told when a decision owes deliveries
        self._jobs: dict[str, Job] = {}
        self.tally = Tally()

    @property
    def busy(self) -> bool:
        """Whether the crawler or the second reader still owes an answer."""
        return bool(self._jobs) or (self._line is not None and self._line.busy)

    def use(self, change: Callable[[Pipeline], Pipeline]) -> None:
        """Go on with another pipeline on the same store: what comes back from now on passes through it."""
        self._pipeline = change(self._pipeline)

    def step(self, timeout: float) -> int:
        """Hand out what is due, then take in what arrives within the timeout (seconds); how much of both was done.

        Raises:
            StoreError: the store can't be written; what was taken in will be asked for again.
        """
        given = self._hand_out() + self._take_back()
        records = self._gather(timeout)
        try:
            left = self._take_in_polls(records, ListingStatus.UNCHANGED, keep_unchanged)
            left = self._take_in_polls(left, ListingStatus.OK, keep_listings)
            for record in self._take_in_articles(left):
                self._take_in(record)
        except StoreError:
            for lost in records:  # their leases run out, and they are asked for again
                self._jobs.pop(lost.order, None)
            raise
        return given + len(records)

    def _gather(self, timeout: float) -> list[Record]:
        """Wait for a first record, and a little for more while the crawler has plenty to do."""
        records = self._crawler.records(timeout)
        until = time.monotonic() + _LINGER
        while records and len(self._jobs) - len(records) > _PLENTY * self._children and time.monotonic() < until:
            time.sleep(_GLANCE)
            records += self._crawler.records(0.0)
        return records

    def _hand_out(self) -> int:
        room = self._capacity - len(self._jobs)
        if room <= 0:
            return 0
        with self._pipeline.store.write() as tx:
            jobs = queue.claim(
                tx,
                kinds=(JobKind.PUSH, JobKind.POLL, JobKind.FETCH),
                limit=room,
                now=self._clock(),
                lease=self._lease,
                owner=self._owner,
            )
        if not jobs:
            return 0
        with self._pipeline.store.read() as tx:
            commands = orders.commands(tx, jobs, self._pipeline, now=self._clock())
        for job, command in zip(jobs, commands, strict=True):
            self._give(job, command)
        return len(jobs)

    def _give(self, job: Job, command: Command | Exception | str | None) -> None:
        if isinstance(command, Exception):
            self._poisoned(job, command)
            return
        if isinstance(command, str):
            with self._pipeline.store.write() as tx:
                decision = self._pipeline.read_listing(tx, job, command, self._clock())
            self._count(decision)
            return
        if command is None:
            endings.drop(self._pipeline, job, now=self._clock())
            return
        self._jobs[command.order] = job
        self._crawler.submit(command)

    def _take_in_polls(self, records: Sequence[Record], status: ListingStatus, keep: Keep) -> list[Record]:
        """Take in polls that ended so, all in one transaction; the records that are left."""
        polled = {
            record.order: (self._jobs[record.order], record)
            for record in records
            if isinstance(record, Listing) and record.status is status and self._is_ours(record)
        }
        found = self._together(keep, list(polled.values()))
        if found is None:
            return list(records)
        for order, (_, listing) in polled.items():
            del self._jobs[order]
            self._watch_network(listing)
        for listed in found:
            self.tally.listed(listed)
            self._count(*listed.decisions)
        return [record for record in records if record.order not in polled]

    def _is_ours(self, record: Record) -> bool:
        """Whether it answers a job of ours, of a source that there still is."""
        return record.order in self._jobs and record.source in self._pipeline.sources

    def _take_in_articles(self, records: Sequence[Record]) -> list[Record]:
        """Take in articles, all in one transaction; the records that are left. A second reader sees each alone."""
        if self._line:
            return list(records)
        fetched = {
            record.order: (self._jobs[record.order], record)
            for record in records
            if isinstance(record, Article) and self._is_ours(record)
        }
        decisions = self._together(keep_articles, list(fetched.values()))
        if decisions is None:
            return list(records)
        for order in fetched:
            del self._jobs[order]
        self._count(*decisions)
        return [record for record in records if record.order not in fetched]

    def _together(self, keep: Callable[..., list[T]], found: Sequence[tuple[Job, R]]) -> list[T] | None:
        """Keep what came back together; None when that trips our own code: which one it is, is found one by one."""
        try:
            return keep(self._pipeline, found, now=self._clock()) if found else []
        except AlreadySettledError as error:
            reason = repr(error)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - one that trips our own code is found when each is taken in alone
            reason = repr(error)
        self._pipeline.log("taken_apart", level="warning", reason=reason)
        return None

    def _take_in(self, record: Record) -> None:
        if job := self._jobs.pop(record.order, None):  # else an answer to a lease that is over
            self._try(job, record)

    def _take_back(self) -> int:
        """Take in the articles that the second reader is through with; how many."""
        through = self._line.done() if self._line else []
        for (job, article), announcements in through:
            self._try(job, article, announcements)
        return len(through)

    def _try(self, job: Job, record: Record, read: Sequence[Announcement] | None = None) -> None:
        try:
            self._pass_on(job, record, read)
        except (queue.LeaseLostError, AlreadySettledError) as error:
            reason = f"another worker had this job meanwhile; nothing was stored ({error})"
            self._pipeline.log("lease_lost", job=job.key, reason=reason)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - one article that trips our own code must not stop the others
            self._poisoned(job, error)

    def _pass_on(self, job: Job, record: Record, read: Sequence[Announcement] | None) -> None:
        now = self._clock()
        if record.source not in self._pipeline.sources:
            endings.drop(self._pipeline, job, now=now)
            return
        match record:
            case Listing(trail=Trail() as trail) | Rejected(trail=Trail() as trail):
                endings.pass_on(self._pipeline, job, record, trail, now=now)
            case Listing():
                self._watch_network(record)
                listed = self._pipeline.listed(job, record, now=now, offline=self._network.offline)
                self.tally.listed(listed)
                self._count(*listed.decisions)
            case Article():
                if read is not None or not self._waits(job, record, now):
                    self._count(self._pipeline.read(job, record, now=now, announcements=read))
            case Rejected():
                if decision := self._pipeline.rejected(job, record, now=now):
                    self._count(decision)

    def _waits(self, job: Job, article: Article, now: datetime) -> bool:
        """Let the second reader see an article, if there is one and the article is fresh: old news alert nobody."""
        fresh = article.published is None or now - article.published <= self._pipeline.fresh
        return bool(self._line and fresh and self._line.takes((job, article), document_of(article), now=now))

    def _watch_network(self, listing: Listing) -> None:
        if listing.pushed or not self._network.saw(listing.source, reached=listing.reached, now=self._clock()):
            return
        if self._network.offline:
            reason = "no source can be reached: no network? Trying on at the usual pace; nothing is lost meanwhile"
            self._pipeline.log("offline", level="warning", reason=reason)
        else:
            self._pipeline.log("online", reason=f"{listing.source} answered again")

    def _count(self, *decisions: Decision) -> None:
        for decision in decisions:
            self.tally.decided(decision)
            if decision.deliveries:
                self._owes()

    def _poisoned(self, job: Job, error: Exception) -> None:
        """Try a job that made us fail again later; in the end, give it up and say so."""
        reason = f"{type(error).__name__}: {error}"
        over = job.attempts >= POISON
        self._pipeline.log("poisoned", level="error", job=job.key, reason=reason, over=over, exc_info=error)
        self.tally.poisoned += 1
        now = self._clock()
        if over:
            endings.give_up(self._pipeline, job, reason=reason, now=now)
            return
        with self._pipeline.store.write() as tx:
            queue.retry(tx, job, due_at=now + timedelta(minutes=4**job.attempts), error=reason)
