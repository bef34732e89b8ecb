"""Notices: what Cocorico tells of itself, each once, and the conditions they come from."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import case, select

from monitor.decide.notices import RAISED, Condition
from monitor.notice import Facts, Notice
from monitor.store.errors import StoreError
from monitor.store.notice_tables import ConditionRow, NoticeRow
from monitor.store.tables import Tx, insert_into, table


def add(tx: Tx, notice: Notice) -> bool:
    """Keep a notice; False when it was noticed before, which its id says."""
    values = {"id": notice.id, "kind": notice.kind, "subject": notice.subject, "at": notice.at}
    added = insert_into(tx, NoticeRow).on_conflict_do_nothing().returning(table(NoticeRow).c.id)
    return tx.execute(added, {**values, "facts": _plain(notice.facts)}).scalar() is not None


def get(tx: Tx, notice_id: str) -> Notice:
    """Give a notice.

    Raises:
        StoreError: there is none of that id.
    """
    row = tx.get(NoticeRow, notice_id)
    if row is None:
        raise StoreError(f"notice {notice_id!r} is not in the store; it can't be told")
    return _notice(row)


def began(tx: Tx, condition: Condition) -> datetime | None:
    """Say since when something that was told of has lasted, as its notice said it; many of a kind share one."""
    rows = table(NoticeRow).c
    own = case((rows.subject == condition.subject, 0), else_=1)
    found = select(rows.facts).where(rows.at == condition.raised_at, rows.kind == RAISED[condition.alarm])
    facts = tx.execute(found.order_by(own, rows.id).limit(1)).scalar()
    return None if facts is None else _facts(facts).since


def conditions(tx: Tx) -> list[Condition]:
    """List everything that is watched, as it was last."""
    return [Condition(**{field: getattr(row, field) for field in _FIELDS}) for row in tx.scalars(select(ConditionRow))]


def follow(tx: Tx, *conditions: Condition) -> None:
    """Keep how things that are watched are."""
    values = [{field: getattr(condition, field) for field in _FIELDS} for condition in conditions]
    if not values:
        return
    insert = insert_into(tx, ConditionRow)
    changes = {field: insert.excluded[field] for field in _FIELDS[2:]}
    tx.execute(insert.on_conflict_do_update(index_elements=_FIELDS[:2], set_=changes), values)


_FIELDS = ("alarm", "subject", "bad_since", "good_since", "raised_at")


def recent(tx: Tx, *, limit: int) -> list[Notice]:
    """List the last notices, newest first."""
    return [_notice(row) for row in tx.scalars(select(NoticeRow).order_by(NoticeRow.at.desc()).limit(limit))]


def _notice(row: NoticeRow) -> Notice:
    return Notice(id=row.id, kind=row.kind, subject=row.subject, at=row.at, facts=_facts(row.facts))


def _plain(facts: Facts) -> dict[str, Any]:
    """Turn facts into what JSON holds; `_facts` turns them back."""
    return asdict(facts) | {"since": None if facts.since is None else facts.since.isoformat()}


def _facts(stored: dict[str, Any]) -> Facts:
    since = stored["since"]
    return Facts(**stored | {"since": None if since is None else datetime.fromisoformat(since).astimezone(UTC)})
