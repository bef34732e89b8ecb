"""Jobs: everything that must happen, with a key, a due time, a lease and a host.

A job is enqueued in the transaction that causes it, so neither exists without the other. A runner claims it for a
while; when it does not come back in time, somebody else may. What the runner stores goes into one transaction with
`done`, `retry` or `dead`, and when these say False the fence has moved on: the caller drops all of it.

The interface is what both a lease table and Procrastinate can do. There `key` is the queueing lock (and the finished
job's row remembers it), `host` the lock, `payload` the arguments, `due_at` the schedule, a claim the worker's fetch,
`attempts` the job's own, the fence the worker's id with the attempt, an expired lease a stalled job, and `retry`,
`dead` and `release` are its retry, failure and retry of stalled jobs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import Any

from crawler import Trail, check_utc, gate_key
from monitor.store import Tx
from monitor.store import jobs as rows

#: Rows deleted by one call of `prune`.
_BATCH = 1_000
#: Jobs of each kind that a claim looks at in the order they are due, before it goes from host to host. That costs 2 ms
#: however much waits; the hosts of a backlog of 20,000 cost 400.
_WINDOW = 256


class LeaseLostError(Exception):
    """The job was given to somebody else meanwhile; what was done for it must not be stored."""


class JobKind(StrEnum):
    """What there is to do."""

    POLL = "poll"
    FETCH = "fetch"
    DELIVER = "deliver"
    PUSH = "push"  #: a listing that its hub pushed
    HUB = "hub"  #: a request to a hub


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """A claimed job."""

    id: int
    kind: JobKind
    key: str
    host: str
    due_at: datetime
    attempts: int  #: this one included
    fence: int  #: grows with each claim; only the last claimant may end the job
    payload: str = ""  #: what it is about, or JSON
    trail: Trail | None = None  #: where redirects have led it: its host is that one's

    def __post_init__(self) -> None:
        check_utc(self.due_at)


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """A job to be owed."""

    kind: JobKind
    key: str
    host: str
    due_at: datetime
    payload: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueCounts:
    """How the queue stands."""

    ready: int  #: due or not
    leased: int
    dead: int
    oldest_due: datetime | None  #: what has been due for longest and waits; None when nothing does


def enqueue(tx: Tx, *, kind: JobKind, key: str, host: str, due_at: datetime, payload: str = "") -> bool:
    """Owe a job; False when this kind has had one with this key, finished or not.

    Args:
        host: what `per_host` of a claim counts; empty for none.
    """
    return rows.insert(tx, kind=kind.value, key=key, host=host, due_at=due_at, payload=payload)


def enqueue_all(tx: Tx, jobs: Sequence[Owed]) -> int:
    """Owe jobs, as `enqueue` does each; how many are owed that were not."""
    return rows.insert_all(tx, [{**asdict(job), "kind": job.kind.value} for job in jobs])


def claim(
    tx: Tx,
    *,
    kinds: Sequence[JobKind],
    limit: int,
    now: datetime,
    lease: timedelta,
    owner: str,
    per_host: int = 1,
    exclude_hosts: Collection[str] = (),
) -> list[Job]:
    """Take jobs that are due, or whose runner did not come back, longest waiting first.

    The attempt is counted and the fence moved before anything runs, so that a job that kills its runner wears out.
    Write units come one after another, so no two claims can take one job.

    Args:
        lease: how long the caller may take; longer than any deadline of what it does (fault Q17).
        per_host: running jobs of one host at most, those of every kind and every runner included.
        exclude_hosts: hosts to leave alone, besides those that asked for rest, have used up their budget, or were
            just visited by another owner.
    """
    names = [kind.value for kind in kinds]
    hosts = Counter(rows.leased_hosts(tx, now=now))
    taking = _Taking(limit=limit, per_host=per_host, alone=exclude_hosts, running=hosts)
    taking.take(rows.expired(tx, kinds=names, owner=owner, now=now, limit=limit + len(exclude_hosts)))
    first = [row for kind in names for row in rows.oldest(tx, kind=kind, owner=owner, now=now, limit=_WINDOW)]
    taking.take(sorted(first, key=attrgetter("due", "id")))
    if taking.left and len(first) >= _WINDOW:  # the first ones wait for their hosts: go from host to host
        for _, kind, host in rows.waiting_hosts(tx, kinds=names, owner=owner, now=now):
            if room := taking.room(host):
                taking.take(rows.ready(tx, kind=kind, host=host, now=now, limit=room + len(taking.taken)))
    if not taking.taken:
        return []
    return [_job(row) for row in rows.lease(tx, list(taking.taken), owner=owner, until=now + lease)]


@dataclass(slots=True)
class _Taking:
    """What a claim has taken so far, and whom it may still take from."""

    limit: int
    per_host: int
    alone: Collection[str]  #: hosts to leave alone
    running: Counter[str]  #: jobs of each host, those taken included
    taken: dict[int, Any] = field(default_factory=dict)  #: by their ids, in order

    @property
    def left(self) -> int:
        """How many jobs may still be taken."""
        return self.limit - len(self.taken)

    def room(self, host: str) -> int:
        """Tell how many jobs of a host may still be taken."""
        if host in self.alone:
            return 0
        return max(0, min(self.left, self.per_host - self.running.get(host, 0))) if host else self.left

    def take(self, found: Iterable[Any]) -> None:
        """Take what there is room for, in order."""
        for row in found:
            if self.room(row.host) and row.id not in self.taken:
                self.running[row.host] += 1
                self.taken[row.id] = row


def done(tx: Tx, job: Job, *, now: datetime | None = None) -> bool:
    """End a job well. False when its lease passed to another runner: the caller must roll back."""
    return rows.end_lease(tx, job.id, job.fence, state="done", error=None, ended_at=now or job.due_at)


def done_all(tx: Tx, jobs: Sequence[Job], *, now: datetime) -> list[Job]:
    """End jobs well; those that were still ours to end. The caller must store nothing for the others."""
    ended = rows.end_leases(tx, {job.id: job.fence for job in jobs}, state="done", ended_at=now)
    return [job for job in jobs if job.id in ended]


def retry(tx: Tx, job: Job, *, due_at: datetime, error: str) -> bool:
    """Give a job back for a later try. False when its lease passed to another runner: the caller must roll back."""
    return rows.end_lease(tx, job.id, job.fence, state="ready", due_at=due_at, error=error)


def pass_on(tx: Tx, job: Job, trail: Trail, *, due_at: datetime) -> bool:
    """Give a job back, to go on elsewhere. False when its lease passed to another runner: the caller must roll back."""
    host = gate_key(trail.url)
    return rows.end_lease(tx, job.id, job.fence, state="ready", due_at=due_at, host=host, trail=asdict(trail))


def dead(tx: Tx, job: Job, *, error: str, now: datetime | None = None) -> bool:
    """Give a job up for good. False when its lease passed to another runner: the caller must roll back."""
    return rows.end_lease(tx, job.id, job.fence, state="dead", error=error, ended_at=now or job.due_at)


def end(tx: Tx, job: Job, now: datetime) -> None:
    """End a job well, in the transaction of what it did.

    Raises:
        LeaseLostError: somebody else has it now.
    """
    keep_lease(done(tx, job, now=now), job)


def keep_lease(kept: bool, job: Job) -> None:
    """Go on only if the job was still ours to end.

    Raises:
        LeaseLostError: somebody else has it now.
    """
    if not kept:
        raise LeaseLostError(f"{job.kind} {job.key}")


def revive(tx: Tx, *, kind: JobKind, key: str, due_at: datetime) -> bool:
    """Let a dead job run again, with all its tries; False when it is not dead."""
    return rows.revive(tx, kind=kind.value, key=key, due_at=due_at)


def release(tx: Tx, *, owner: str) -> int:
    """Free what a dead former self of this runner holds, at start; how many jobs it were. Their attempts count."""
    return rows.release(tx, owner=owner)


def seize(tx: Tx, *, host: str, owner: str, now: datetime, lease: timedelta) -> bool:
    """Take a host for a command, as a running job has it; False when it is another's, or to be left alone for now."""
    return rows.seize(tx, host=host, owner=owner, now=now, until=now + lease)


def let_go(tx: Tx, *, host: str, owner: str) -> None:
    """Give back a host that a command has taken."""
    rows.let_go(tx, host=host, owner=owner)


def counts(tx: Tx, now: datetime) -> QueueCounts:
    """Count what waits, runs and died, and say since when the oldest waits."""
    states = rows.states(tx)
    return QueueCounts(
        ready=states.get("ready", 0),
        leased=states.get("leased", 0),
        dead=states.get("dead", 0),
        oldest_due=rows.oldest_due(tx, now=now),
    )


def prune(tx: Tx, *, before: datetime) -> int:
    """Forget finished jobs that ended before a time, up to 1,000; how many it were. Call it until it gives 0."""
    return rows.forget(tx, before=before, limit=_BATCH)


def _job(row: Any) -> Job:
    return Job(
        id=row.id,
        kind=JobKind(row.kind),
        key=row.key,
        host=row.host,
        due_at=row.due_at,
        attempts=row.attempts,
        fence=row.fence,
        payload=row.payload,
        trail=Trail(**row.trail) if row.trail else None,
    )
