"""Engines: how each database is spoken to so that writes can't be lost and waits end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from monitor.store.errors import StoreError

#: How long a writer waits for another process, in seconds; the longest write unit takes milliseconds.
BUSY_SECONDS = 10.0
#: What the write-ahead log shrinks to after a checkpoint (fault Q04: it grew without bound elsewhere).
_WAL_BYTES = 64 * 1024 * 1024
#: PostgreSQL ends what hangs: a statement, a wait for a lock, a transaction left open (fault Q13). Milliseconds.
_POSTGRES_OPTIONS = (
    "-c timezone=UTC -c statement_timeout=30000 -c lock_timeout=30000 -c idle_in_transaction_session_timeout=30000"
)
#: The advisory lock that a write unit holds on PostgreSQL; any fixed number does.
_WRITER = 0x636F636F


def parse_url(url: str) -> URL:
    """Read the address of a store.

    Raises:
        StoreError: it is no address of SQLite or PostgreSQL.
    """
    advice = "write sqlite:////folder/cocorico.db or postgresql://user@host/database"
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    except ArgumentError:  # its message would repeat the address, password included
        raise StoreError(f"store.url can't be read as a database address; {advice}") from None
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StoreError(f"store.url names {parsed.get_backend_name()!r}, which Cocorico does not speak; {advice}")
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def file_of(url: URL) -> Path | None:
    """Find the database file of a SQLite address; None for PostgreSQL and for memory."""
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    return Path(str(url.database))


def make_engine(url: URL) -> Engine:
    """Make the engine for an address. Connects to nothing yet."""
    if url.get_backend_name() == "postgresql":
        return _postgres(url)
    arguments: dict[str, Any] = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    if file_of(url) is None:
        engine = create_engine(url, connect_args=arguments, poolclass=StaticPool, json_serializer=_compact)
    else:
        # The connection used last is used next: what another one wrote empties its cache, and each holds 16 MB of it.
        engine = create_engine(url, connect_args=arguments, json_serializer=_compact, pool_use_lifo=True)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def writing(engine: Engine) -> Engine:
    """Give the same engine for units that write."""
    return engine.execution_options(writes=True)


def reading(engine: Engine) -> Engine:
    """Give the same engine for units that only read: one snapshot for all statements of the unit."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine


def _postgres(url: URL) -> Engine:
    """READ COMMITTED, with write units one after another.

    A decision reads which stories exist and then writes one: two at once would each open the same story, and
    neither row locks nor REPEATABLE READ see that. SERIALIZABLE does, by failing one of them at commit, which makes
    every caller a retry loop. An advisory lock held for the milliseconds of a unit gives what SQLite's single writer
    gives, without any.
    """
    engine = create_engine(
        url, pool_pre_ping=True, json_serializer=_compact, connect_args={"options": _POSTGRES_OPTIONS}
    )
    event.listen(engine, "begin", _begin_postgres)
    return engine


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; `_begin_sqlite` does
    for pragma in (
        "foreign_keys=ON",
        "synchronous=FULL",  # NORMAL loses the last commits in a power cut, and with them the memory of what was sent
        f"journal_size_limit={_WAL_BYTES}",
        "temp_store=MEMORY",
        "cache_size=-16000",  # 16 MB
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A unit that writes takes the lock before it reads. Begun as a reader it loses updates without any error, or
    # fails at once in spite of the timeout (faults Q01, Q02: 51 of 400 increments kept; with IMMEDIATE all 400).
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgres(connection: Connection) -> None:
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")
