"""Hosts: how each stands with us; and the sources whose publishers reserve mining."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, or_, select

from monitor.decide.hosts import RESERVED_FOR, HostState, Reserved
from monitor.store.host_tables import HostRow, ReservationRow
from monitor.store.hot import Hot, HotWrite
from monitor.store.tables import JobRow, Tx, replaced_in, table, upsert_into

_HOST = tuple(field.name for field in fields(HostState))
_RESERVED = tuple(field.name for field in fields(Reserved))
_HOSTS = table(HostRow)
# Made once: each visit runs them.
_GET_ALL = Hot(select(*(_HOSTS.c[name] for name in _HOST)).where(_HOSTS.c.host.in_(bindparam("keys", expanding=True))))
_PUT = HotWrite(replaced_in(HostRow, ("host",), _HOST))
_RESERVED_BY = Hot(
    select(table(ReservationRow)).where(table(ReservationRow).c.source.in_(bindparam("keys", expanding=True)))
)


def get(tx: Tx, host: str) -> HostState | None:
    """Tell how a host stands; None: nothing is known of it."""
    return get_all(tx, [host]).get(host)


def get_all(tx: Tx, names: Collection[str]) -> dict[str, HostState]:
    """Tell how some hosts stand, by name; those nothing is known of are missing."""
    return {row.host: HostState(**row._asdict()) for row in _GET_ALL.rows(tx, keys=list(names))}


def put(tx: Tx, state: HostState) -> None:
    """Keep how a host stands."""
    put_all(tx, [state])


def put_all(tx: Tx, states: Sequence[HostState]) -> None:
    """Keep how hosts stand."""
    _PUT.run(tx, [{name: getattr(state, name) for name in _HOST} for state in states])


def refusing(tx: Tx) -> list[HostState]:
    """List the hosts that don't want us, by name."""
    statement = select(*(_HOSTS.c[name] for name in _HOST)).where(_HOSTS.c.refusal.is_not(None)).order_by(_HOSTS.c.host)
    return [HostState(**row._asdict()) for row in tx.execute(statement)]


def forget(tx: Tx, *, before: datetime, limit: int) -> int:
    """Forget hosts that nothing was asked of since a time, up to a number; how many it were.

    One that refuses us, or is to be left alone until later than that, stays; so does one that a job waits for.
    """
    idle = [_HOSTS.c.visited_at < before, _HOSTS.c.refusal.is_(None)]
    over = [or_(until.is_(None), until < before) for until in (_HOSTS.c.rest_until, _HOSTS.c.closed_until)]
    owed = exists().where(table(JobRow).c.host == _HOSTS.c.host, table(JobRow).c.state.in_(("ready", "leased")))
    names = list(tx.scalars(select(_HOSTS.c.host).where(*idle, *over, ~owed).limit(limit)))
    if names:
        tx.execute(delete(_HOSTS).where(_HOSTS.c.host.in_(names)))
    return len(names)


def reservation(tx: Tx, source: str) -> Reserved | None:
    """Tell whether a source's publisher reserves mining."""
    row = tx.get(ReservationRow, source)
    return None if row is None else _reserved(row)


def reservations_of(tx: Tx, sources: Collection[str]) -> dict[str, Reserved]:
    """Tell what the publishers of some sources reserve, by source."""
    return {row.source: _reserved(row) for row in _RESERVED_BY.rows(tx, keys=list(sources))}


def reservations(tx: Tx, *, now: datetime) -> dict[str, Reserved]:
    """List, by source, the reservations that still count or were seen lately."""
    rows = tx.scalars(select(ReservationRow).where(ReservationRow.seen_at >= now - RESERVED_FOR - timedelta(days=1)))
    return {row.source: _reserved(row) for row in rows}


def reserve(tx: Tx, source: str, reserved: Reserved | None) -> None:
    """Keep a source's reservation, or forget it."""
    if reserved is None:
        tx.execute(delete(table(ReservationRow)).where(table(ReservationRow).c.source == source))
    else:
        statement = upsert_into(tx, ReservationRow, ("source",), _RESERVED)
        tx.execute(statement, {name: getattr(reserved, name) for name in _RESERVED})


def _reserved(row: ReservationRow | Row[Any]) -> Reserved:
    return Reserved(**{name: getattr(row, name) for name in _RESERVED})
