"""The watchlist that users keep besides their configuration."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Text, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.columns import closed
from monitor.store.tables import Base, Tx, changed, insert_into, table
from monitor.vocabulary import Origin, WatchKind
from monitor.watching import WatchItem


class WatchedRow(Base):
    """Something watched: one row a kind and name."""

    __tablename__ = "watched"
    kind: Mapped[WatchKind] = mapped_column(closed(WatchKind), primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)  #: what names are compared by
    name: Mapped[str]
    also: Mapped[tuple[str, ...]]
    origin: Mapped[Origin | None] = mapped_column(closed(Origin))
    source: Mapped[str]
    added_at: Mapped[datetime]


def add(tx: Tx, items: Iterable[tuple[str, WatchItem]], *, now: datetime) -> list[WatchItem]:
    """Keep items, each under its key; give those that were not there before."""
    added = []
    for key, item in items:
        values = {
            "kind": item.kind,
            "key": key,
            "name": item.name,
            "also": item.also,
            "origin": item.origin,
            "source": item.source,
            "added_at": now,
        }
        statement = insert_into(tx, WatchedRow).on_conflict_do_nothing().returning(table(WatchedRow).c.key)
        if tx.execute(statement, values).scalar() is not None:
            added.append(item)
    return added


def remove(tx: Tx, kind: WatchKind | None, key: str) -> int:
    """Forget what has a key, of one kind or of any; how many there were."""
    columns = table(WatchedRow).c
    found = columns.key == key if kind is None else (columns.key == key) & (columns.kind == kind)
    return changed(tx, delete(table(WatchedRow)).where(found))


def items(tx: Tx) -> tuple[WatchItem, ...]:
    """List what is watched, by kind and name."""
    rows = tx.scalars(select(WatchedRow).order_by(WatchedRow.kind, WatchedRow.key))
    return tuple(
        WatchItem(
            kind=row.kind, name=row.name, also=row.also, origin=row.origin, source=row.source, added_at=row.added_at
        )
        for row in rows
    )
