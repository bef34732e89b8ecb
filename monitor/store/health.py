"""How it goes with sources and targets, counted from what is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, func, select

from monitor.decide.health import TargetState
from monitor.store.tables import DeliveryRow, SightingRow, Tx, table
from monitor.vocabulary import DeliveryState, Form

#: Messages are tried for about five days; older ones say nothing of how sending goes.
_LATELY = timedelta(days=8)
_LATE = timedelta(days=1)
_ROWS, _SEEN = table(DeliveryRow).c, table(SightingRow).c


def news(tx: Tx, source_id: str, *, since: datetime) -> list[datetime]:
    """List the times at which a source listed something new, in order."""
    mine = (_SEEN.source_id == source_id) & (_SEEN.first_at >= since)
    return list(tx.scalars(select(_SEEN.first_at).where(mine).distinct().order_by(_SEEN.first_at)))


def targets(tx: Tx, names: Collection[str], *, now: datetime) -> list[TargetState]:
    """Tell how sending to each of these targets goes."""
    waiting: dict[str, list[tuple[datetime, datetime, str]]] = defaultdict(list)
    owed = (_ROWS.state == DeliveryState.OWED) & _ROWS.last_error.is_not(None)
    for row in tx.execute(select(_ROWS.target, _ROWS.due_at, _ROWS.next_try_at, _ROWS.last_error).where(owed)):
        waiting[row.target].append((row.due_at, row.next_try_at, row.last_error))
    dead = _last(tx, DeliveryState.DEAD, _ROWS.next_try_at, now)
    sent = _last(tx, DeliveryState.SENT, _ROWS.sent_at, now)
    late = _late(tx, now)
    return [
        TargetState(
            name=name,
            failing=len(waiting[name]),
            error=max(waiting[name], key=lambda one: one[1])[2] if waiting[name] else "",
            since=min(waiting[name])[0] if waiting[name] else None,
            dead_at=dead.get(name),
            sent_at=sent.get(name),
            late=late.get(name, 0),
        )
        for name in sorted(names)
    ]


def told(tx: Tx, *, since: datetime) -> int:
    """Count the messages about stories that were sent since a time."""
    lately = (_ROWS.sent_at > since) & (_ROWS.form != Form.NOTICE)
    return tx.execute(select(func.count()).where(_ROWS.state == DeliveryState.SENT, lately)).scalar() or 0


def _last(tx: Tx, state: DeliveryState, moment: Column[Any], now: datetime) -> dict[str, datetime]:
    statement = select(_ROWS.target, func.max(moment)).where(_ROWS.state == state, _ROWS.created_at > now - _LATELY)
    return {target: last for target, last in tx.execute(statement.group_by(_ROWS.target))}  # noqa: C416 -- rows are no pairs to the type checker


def _late(tx: Tx, now: datetime) -> dict[str, int]:
    tried = (_ROWS.state == DeliveryState.SENT) & (_ROWS.created_at > now - _LATELY) & (_ROWS.attempts > 1)
    statement = select(_ROWS.target, func.count()).where(tried, _ROWS.sent_at > now - _LATE)
    return {target: count for target, count in tx.execute(statement.group_by(_ROWS.target))}  # noqa: C416 -- see above
