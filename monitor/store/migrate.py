"""Bringing a database to this version's schema when it is opened: under a lock, and as a whole or not at all."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Engine, MetaData, PrimaryKeyConstraint, String, Table, inspect

from monitor.store import (  # noqa: F401 -- makes these tables known, too
    checks,
    host_tables,
    hub_tables,
    notice_tables,
    second_tables,
    verdict_tables,
    watched,
)
from monitor.store.base import Base
from monitor.store.engine import writing
from monitor.store.errors import StoreError
from monitor.store.lock import waiting_lock

#: Every schema there has been, oldest first; the last one is what the models say.
REVISIONS = tuple(f"{number:04}" for number in range(1, 24))
HEAD = REVISIONS[-1]

#: Where Alembic notes which schema a database has, as Alembic makes it.
_VERSION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def prepare(engine: Engine, *, file: Path | None, shown: str, check: bool) -> None:
    """Make an opened database fit for use.

    Raises:
        StoreError: damaged, or of a newer Cocorico.
    """
    with _one_opener(file):
        if engine.dialect.name == "sqlite":
            _prepare_sqlite(engine, shown=shown, check=check)
        if revision(engine, shown) != HEAD:
            upgrade(engine, shown=shown)


def revision(engine: Engine, shown: str) -> str | None:
    """Tell which schema a database has; None for an empty one.

    Raises:
        StoreError: none that this version knows.
    """
    with engine.connect() as connection:
        return _revision(connection, shown)


def upgrade(engine: Engine, *, shown: str, to: str = HEAD) -> None:
    """Run the migrations that are missing, in one transaction that holds the writer's lock.

    An empty database has its tables at once: 23 migrations take 0.4 s, and the tables 0.05.
    """
    with writing(engine).connect() as connection:
        if connection.dialect.name == "sqlite":
            _foreign_keys(connection, on=False)  # tables are rebuilt to be changed
        try:
            with connection.begin():
                found = _revision(connection, shown)
                if found is None and to == HEAD:
                    _create(connection)
                elif found != to:  # another process may have been faster
                    _migrate(connection, to)
        finally:
            if connection.dialect.name == "sqlite":
                _foreign_keys(connection, on=True)


def _create(connection: Connection) -> None:
    """Make all tables as the models say, and note which schema that is."""
    Base.metadata.create_all(connection, checkfirst=False)
    _VERSION.create(connection, checkfirst=False)
    connection.execute(_VERSION.insert(), {"version_num": HEAD})


def _migrate(connection: Connection, to: str) -> None:
    from alembic import command  # noqa: PLC0415 -- 0.2 s to import, and seldom needed

    command.upgrade(configuration(connection), to)


def configuration(connection: Connection) -> Any:
    """Give Alembic's configuration for a connection."""
    from alembic.config import Config  # noqa: PLC0415 -- see above

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def check_file(connection: Any, shown: str) -> None:
    """Read a SQLite database through for damage.

    Raises:
        StoreError: it is damaged.
    """
    found = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found[0] != "ok":
        raise StoreError(
            f"{shown}: the file is damaged ({' '.join(found[0].split())}); keep it for recovery "
            "and restore a backup with `cocorico db restore FILE`"
        )


def _prepare_sqlite(engine: Engine, *, shown: str, check: bool) -> None:
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        if check:
            check_file(driver, shown)
        driver.execute("PRAGMA journal_mode=WAL")


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _one_opener(file: Path | None) -> AbstractContextManager[None]:
    # On PostgreSQL the writer's advisory lock does it.
    return nullcontext() if file is None else waiting_lock(file.with_name(file.name + "-lock"))


def _revision(connection: Connection, shown: str) -> str | None:
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if "entries" in tables or "sources" in tables:
            raise StoreError(f"{shown}: this database belongs to another program; choose another one")
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found is not None and found not in REVISIONS:
        raise StoreError(
            f"{shown}: made by a newer Cocorico (schema {found}, this one knows up to {HEAD}); "
            "upgrade Cocorico, or restore an older backup"
        )
    return found
