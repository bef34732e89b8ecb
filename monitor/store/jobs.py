"""The rows behind `monitor.queue`, which says what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Row,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    text,
    type_coerce,
    update,
)
from sqlalchemy.types import NullType

from monitor.store.host_tables import HostRow
from monitor.store.hot import Hot
from monitor.store.tables import JobRow, Tx, changed, insert_into, table

_JOBS = table(JobRow)
_KNOWN = table(HostRow)
#: What a claim chooses by: it looks at hundreds of jobs to take a few, and reading a whole row costs most of that. The
#: time a job is due is only compared, so it is left as the driver gives it: making a datetime of it takes longer.
_BRIEF = (_JOBS.c.id, _JOBS.c.host, type_coerce(_JOBS.c.due_at, NullType()).label("due"))
_WHOLE = (
    *(_JOBS.c.id, _JOBS.c.kind, _JOBS.c.key, _JOBS.c.host, _JOBS.c.payload, _JOBS.c.due_at, _JOBS.c.attempts),
    *(_JOBS.c.fence, _JOBS.c.trail),
)

#: The kind of what holds a host's lease for a command: no runner claims it.
VISIT = "visit"
#: The hosts that have a job ready, with the time their oldest is due. Jumps from host to host through the index: where
#: what waits is mostly waiting for its host, reading the jobs in the order they are due would read all of them.
_HOSTS = (
    text(
        """
    WITH RECURSIVE waits(host) AS (
        SELECT min(host) FROM jobs WHERE state = 'ready' AND kind = :kind
        UNION ALL
        SELECT (SELECT min(next.host) FROM jobs AS next
                WHERE next.state = 'ready' AND next.kind = :kind AND next.host > waits.host)
        FROM waits WHERE waits.host IS NOT NULL
    )
    SELECT host, due_at FROM (
        SELECT host, (SELECT min(due_at) FROM jobs
                      WHERE state = 'ready' AND kind = :kind AND jobs.host = waits.host) AS due_at
        FROM waits WHERE host IS NOT NULL
    ) AS waiting
    WHERE due_at <= :now AND NOT EXISTS (
        SELECT 1 FROM hosts AS known WHERE known.host = waiting.host AND (
            known.closed_until > :now
            OR (known.pages_until > :now AND :kind = 'fetch')
            OR (known.rest_until > :now AND known.visited_by <> :owner)
        )
    )
    """
    )
    .bindparams(bindparam("now", type_=_JOBS.c.due_at.type))
    .columns(_JOBS.c.host, _JOBS.c.due_at)
)


def insert(
    tx: Tx,
    *,
    kind: str,
    key: str,
    host: str,
    due_at: datetime,
    payload: str,
    attempts: int = 0,
    error: str | None = None,
) -> bool:
    """Add a job that is ready; False when its key is known."""
    values = {"kind": kind, "key": key, "host": host, "payload": payload, "state": "ready", "due_at": due_at}
    statement = insert_into(tx, JobRow).on_conflict_do_nothing(index_elements=["kind", "key"])
    added = tx.execute(statement.returning(_JOBS.c.id), {**values, "attempts": attempts, "error": error, "fence": 0})
    return added.scalar() is not None


def insert_all(tx: Tx, values: Sequence[Mapping[str, Any]]) -> int:
    """Add jobs that are ready, unless their key is known; how many were added. Each with its kind, key, host, ..."""
    if not values:
        return 0
    statement = insert_into(tx, JobRow).on_conflict_do_nothing(index_elements=["kind", "key"])
    fresh = {"state": "ready", "attempts": 0, "error": None, "fence": 0}
    return len(tx.execute(statement.returning(_JOBS.c.id), [{**fresh, **each} for each in values]).all())


def leased_hosts(tx: Tx, *, now: datetime) -> dict[str, int]:
    """Count the running jobs of each host, whoever runs them."""
    return {row.host: row.running for row in _RUNNING.rows(tx, now=now)}


def expired(tx: Tx, *, kinds: Sequence[str], owner: str, now: datetime, limit: int) -> list[Row[Any]]:
    """List jobs whose runner did not come back in time, longest gone first."""
    return list(_EXPIRED.rows(tx, kinds=list(kinds), owner=owner, now=now, limit=limit))


def oldest(tx: Tx, *, kind: str, owner: str, now: datetime, limit: int) -> list[Row[Any]]:
    """List the jobs that are ready, due and may be done, longest waiting first."""
    return list(_OLDEST.rows(tx, kind=kind, owner=owner, now=now, limit=limit))


def waiting_hosts(tx: Tx, *, kinds: Sequence[str], owner: str, now: datetime) -> list[tuple[datetime, str, str]]:
    """List (due time of the oldest job, kind, host) of what is ready, due and may be visited, longest waiting first."""
    found = [
        (row.due_at, kind, row.host)
        for kind in kinds
        for row in tx.execute(_HOSTS, {"kind": kind, "owner": owner, "now": now})
    ]
    return sorted(found)


def ready(tx: Tx, *, kind: str, host: str, now: datetime, limit: int) -> list[Row[Any]]:
    """List a host's jobs that are ready and due, longest waiting first."""
    return list(_READY.rows(tx, kind=kind, host=host, now=now, limit=limit))


#: What `_HOSTS` says of hosts that are to be left alone.
_ON_HOLD = or_(
    _KNOWN.c.closed_until > bindparam("now"),
    (_KNOWN.c.pages_until > bindparam("now")) & (_JOBS.c.kind == "fetch"),
)
_RESTS = (_KNOWN.c.rest_until > bindparam("now")) & (_KNOWN.c.visited_by != bindparam("owner"))
_CLOSED = exists().where(_KNOWN.c.host == _JOBS.c.host, or_(_ON_HOLD, _RESTS))
# Made once: a claim runs these for each host that waits, and putting them together costs more than running them.
_RUNNING = Hot(
    select(_JOBS.c.host, func.count().label("running"))
    .where(_JOBS.c.state == "leased", _JOBS.c.lease_until > bindparam("now"))
    .group_by(_JOBS.c.host)
)
_EXPIRED = Hot(
    select(*_BRIEF)
    .where(
        _JOBS.c.state == "leased",
        _JOBS.c.kind.in_(bindparam("kinds", expanding=True)),
        _JOBS.c.lease_until <= bindparam("now"),
        ~_CLOSED,
    )
    .order_by(_JOBS.c.lease_until, _JOBS.c.id)
    .limit(bindparam("limit"))
)
_OLDEST = Hot(
    select(*_BRIEF)
    .where(
        _JOBS.c.state == "ready",
        _JOBS.c.kind == bindparam("kind"),
        _JOBS.c.due_at <= bindparam("now"),
        ~_CLOSED,
    )
    .order_by(_JOBS.c.due_at, _JOBS.c.id)
    .limit(bindparam("limit"))
)
_FREE = (
    select(_JOBS.c.kind, func.min(_JOBS.c.due_at).label("due_at"))
    .where(
        _JOBS.c.state == "ready",
        _JOBS.c.due_at <= bindparam("now"),
        ~exists().where(_KNOWN.c.host == _JOBS.c.host, _ON_HOLD),
    )
    .group_by(_JOBS.c.kind)
)
_READY = Hot(
    select(*_BRIEF)
    .where(
        _JOBS.c.state == "ready",
        _JOBS.c.kind == bindparam("kind"),
        _JOBS.c.host == bindparam("host"),
        _JOBS.c.due_at <= bindparam("now"),
    )
    .order_by(_JOBS.c.due_at, _JOBS.c.id)
    .limit(bindparam("limit"))
)


def lease(tx: Tx, ids: Sequence[int], *, owner: str, until: datetime) -> list[Row[Any]]:
    """Hand jobs to a runner, and give them, in their order.

    The try counts and the fence moves on before anything runs (faults Q17, Q18).
    """
    leased = {row.id: row for row in tx.execute(_LEASE, {"ids": ids, "by": owner, "until": until})}
    return [leased[one] for one in ids]


_LEASE = (
    update(_JOBS)
    .where(_JOBS.c.id.in_(bindparam("ids", expanding=True)))
    .values(state="leased", owner=bindparam("by"), lease_until=bindparam("until"))
    .values(attempts=_JOBS.c.attempts + 1, fence=_JOBS.c.fence + 1)
    .returning(*_WHOLE)
)


def seize(tx: Tx, *, host: str, owner: str, now: datetime, until: datetime) -> bool:
    """Take a host's lease without a job; False when somebody has it, or it is to be left alone."""
    tx.execute(delete(_JOBS).where(_JOBS.c.kind == VISIT, _JOBS.c.lease_until <= now))  # of commands that were killed
    held = exists().where(_JOBS.c.host == host, _JOBS.c.state == "leased", _JOBS.c.lease_until > now)
    rests = (_KNOWN.c.rest_until > now) & (_KNOWN.c.visited_by != owner)
    alone = exists().where(_KNOWN.c.host == host, or_(_KNOWN.c.closed_until > now, rests))
    if tx.execute(select(or_(held, alone))).scalar():
        return False
    values = {"kind": VISIT, "key": f"{host} {owner}", "host": host, "payload": "", "state": "leased", "due_at": now}
    leased = {"owner": owner, "lease_until": until, "attempts": 1, "error": None, "fence": 1}
    tx.execute(insert_into(tx, JobRow), {**values, **leased})
    return True


def let_go(tx: Tx, *, host: str, owner: str) -> None:
    """Give back a host's lease that was taken without a job."""
    tx.execute(delete(_JOBS).where(_JOBS.c.kind == VISIT, _JOBS.c.key == f"{host} {owner}"))


def end_lease(tx: Tx, job_id: int, fence: int, **values: Any) -> bool:
    """Change a leased job, unless its lease has passed to another runner."""
    return bool(changed(tx, _END, {"job": job_id, "held": fence, "owner": None, "lease_until": None, **values}))


def end_leases(tx: Tx, fences: Mapping[int, int], *, state: str, ended_at: datetime) -> set[int]:
    """End leased jobs alike, but for those whose lease has passed to another runner; which ones were ended.

    Args:
        fences: of each job, by its id.
    """
    ours = {row.id for row in _HELD.rows(tx, ids=list(fences)) if fences[row.id] == row.fence}
    if ours:
        tx.execute(_END_ALL, {"ids": list(ours), "as": state, "at": ended_at})
    return ours


_HELD = Hot(
    select(_JOBS.c.id, _JOBS.c.fence).where(_JOBS.c.id.in_(bindparam("ids", expanding=True)), _JOBS.c.state == "leased")
)
_END_ALL = (
    update(_JOBS)
    .where(_JOBS.c.id.in_(bindparam("ids", expanding=True)))
    .values(state=bindparam("as"), ended_at=bindparam("at"), error=None, owner=None, lease_until=None)
)
_END = update(_JOBS).where(
    _JOBS.c.id == bindparam("job"), _JOBS.c.fence == bindparam("held"), _JOBS.c.state == bindparam("now", "leased")
)


def release(tx: Tx, *, owner: str) -> int:
    """Make ready what a runner holds; how many jobs it were."""
    held = (_JOBS.c.state == "leased") & (_JOBS.c.owner == owner)
    values = {"state": "ready", "owner": None, "lease_until": None}
    return changed(tx, update(_JOBS).where(held).values(values))


def revive(tx: Tx, *, kind: str, key: str, due_at: datetime) -> bool:
    """Make a dead job ready again, its tries forgotten; False when it is not dead."""
    dead = (_JOBS.c.kind == kind) & (_JOBS.c.key == key) & (_JOBS.c.state == "dead")
    values = {"state": "ready", "due_at": due_at, "attempts": 0, "ended_at": None}
    return bool(changed(tx, update(_JOBS).where(dead).values(values)))


def states(tx: Tx) -> dict[str, int]:
    """Count the jobs that are not done, by state."""
    waiting = _JOBS.c.state.in_(("ready", "leased", "dead"))
    return _count_by(tx, _JOBS.c.state, waiting)


def oldest_due(tx: Tx, *, now: datetime) -> datetime | None:
    """Tell since when the oldest job that is due has been waiting, whatever for."""
    waiting = (_JOBS.c.state == "ready") & (_JOBS.c.due_at <= now)
    return tx.execute(select(func.min(_JOBS.c.due_at)).where(waiting)).scalar()


def oldest_free(tx: Tx, *, now: datetime) -> dict[str, datetime]:
    """Tell, by kind, since when the oldest job that is due and may be done has been waiting.

    Not what waits because its host asked for rest or its budget is used up: that is no backlog.
    """
    return {row.kind: row.due_at for row in tx.execute(_FREE, {"now": now})}


def forget(tx: Tx, *, before: datetime, limit: int) -> int:
    """Delete finished jobs that ended before a time, up to a number; how many it were. Their keys are free again."""
    old = select(_JOBS.c.id).where(_JOBS.c.state.in_(("done", "dead")), _JOBS.c.ended_at < before).limit(limit)
    ids = list(tx.scalars(old))
    if ids:
        tx.execute(delete(_JOBS).where(_JOBS.c.id.in_(ids)))
    return len(ids)


def _count_by(tx: Tx, column: Column[Any], condition: ColumnElement[bool]) -> dict[str, int]:
    found = tx.execute(select(column, func.count()).where(condition).group_by(column))
    return {name: count for name, count in found}  # noqa: C416 -- rows are no pairs to the type checker
