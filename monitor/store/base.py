"""What all tables share, and statements that SQLAlchemy spells differently for each database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import JSON, Executable, MetaData, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import DeclarativeBase, Session

from monitor.store.columns import Strings, UtcDateTime, Words

#: A unit of work: what `Store.read` and `Store.write` give, and every function of the store takes first.
Tx = Session


class Base(DeclarativeBase):
    """What all tables share: names for constraints, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, str: Words, tuple[str, ...]: Strings, dict[str, Any]: JSON}  # noqa: RUF012


def table(model: type[Base]) -> Table:
    """Give the Core table of a model: statements on it skip the ORM's bookkeeping, which costs most of the time."""
    found = model.__table__
    assert isinstance(found, Table)  # noqa: S101 -- for the type checker; declarative models always map a Table
    return found


def insert_into(tx: Tx, model: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Start an INSERT that knows ON CONFLICT, which the two databases spell alike but SQLAlchemy keeps apart.

    Hand the values to `execute`, not to `values`: there each of them is looked at anew by every execution, which
    costs more than the insert.
    """
    return _insert_into(tx.get_bind().dialect.name, table(model))


def upsert_into(tx: Tx, model: type[Base], key: tuple[str, ...], columns: tuple[str, ...]) -> Executable:
    """Give the INSERT that replaces these columns of a row that is there; made once for each."""
    return _upsert_into(tx.get_bind().dialect.name, table(model), key, columns)


def insert_for(dialect: str, model: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Start an INSERT as `insert_into` does, for a dialect."""
    return _insert_into(dialect, table(model))


def new_in(model: type[Base]) -> Callable[[str], Executable]:
    """Give what makes the INSERT, for a dialect, that leaves a row alone which is there."""
    return lambda dialect: _insert_into(dialect, table(model)).on_conflict_do_nothing()


def replaced_in(model: type[Base], key: tuple[str, ...], columns: tuple[str, ...]) -> Callable[[str], Executable]:
    """Give what makes the INSERT, for a dialect, that `upsert_into` is."""
    return lambda dialect: _upsert_into(dialect, table(model), key, columns)


@cache
def _upsert_into(dialect: str, to: Table, key: tuple[str, ...], columns: tuple[str, ...]) -> Executable:
    insert = _insert_into(dialect, to)
    changes = {name: insert.excluded[name] for name in columns if name not in key}
    return insert.on_conflict_do_update(index_elements=key, set_=changes)


@cache
def _insert_into(dialect: str, to: Table) -> sqlite.Insert | postgresql.Insert:
    return postgresql.insert(to) if dialect == "postgresql" else sqlite.insert(to)


def changed(tx: Tx, statement: Executable, values: dict[str, Any] | None = None) -> int:
    """Run an UPDATE and count the rows it changed. For an INSERT ask RETURNING: PostgreSQL gives no count."""
    return cast("CursorResult[Any]", tx.execute(statement, values)).rowcount
