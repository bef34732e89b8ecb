"""Copies of a SQLite store made while it is in use, and putting one back."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from monitor.store import migrate
from monitor.store.engine import file_of, parse_url
from monitor.store.errors import StoreError
from monitor.store.failures import explain
from monitor.store.lock import InstanceLock

_POSTGRES = "a PostgreSQL store is backed up and restored with pg_dump and pg_restore"


def copy(engine: Engine, path: Path, *, file: Path | None) -> None:
    """Copy an open store into a file: its state at one moment, whatever is written meanwhile.

    Raises:
        StoreError: PostgreSQL; or the file can't be written.
    """
    if engine.dialect.name != "sqlite":
        raise StoreError(_POSTGRES)
    if file is not None and path.resolve() == file.resolve():
        raise StoreError(f"{path} is the store itself; name another file for the backup")
    with engine.connect() as connection:
        source: Any = connection.connection.driver_connection
        _copy(source, path)


def restore(backup: Path, *, url: str, data_dir: Path) -> Path | None:
    """Put a backup in the place of a store; the next opening brings it to this version's schema.

    Returns:
        Where the store that was there before is kept; None when there was none.

    Raises:
        StoreError: a daemon runs, or the backup is damaged, no store, or made by a newer Cocorico. Nothing changed.
    """
    file = file_of(parse_url(url))
    if file is None:
        raise StoreError(_POSTGRES)
    if not backup.is_file():
        raise StoreError(f"{backup}: there is no such file; name the backup to restore")
    with InstanceLock(data_dir), explain(str(backup)):
        fresh = file.with_name(file.name + ".restoring")
        with closing(_open_backup(backup)) as source:
            _copy(source, fresh)
        kept = _set_aside(file)
        fresh.replace(file)
        _flush(file.parent)
    return kept


def _open_backup(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        migrate.check_file(connection, str(path))
        _check_schema(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_schema(connection: sqlite3.Connection, path: Path) -> None:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"alembic_version", "entries", "deliveries"} <= tables:
        raise StoreError(f"{path}: this is no backup of Cocorico")
    (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if found not in migrate.REVISIONS:
        raise StoreError(f"{path}: made by a newer Cocorico (schema {found}); upgrade Cocorico first")


def _copy(source: sqlite3.Connection, path: Path) -> None:
    """Copy through SQLite's backup API into a neighbour, verify that, and rename it: never half a file under a name.

    All pages in one step: in write-ahead mode that reads one snapshot and holds up no writer, where several steps
    begin again whenever somebody writes.
    """
    neighbour = path.with_name(path.name + ".partial")
    try:
        neighbour.unlink(missing_ok=True)
        with closing(sqlite3.connect(neighbour)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
            migrate.check_file(target, str(neighbour))
        _flush(neighbour)
        neighbour.replace(path)
        _flush(path.parent)
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}; check that the folder exists and has room") from error
    finally:
        with suppress(OSError):
            neighbour.unlink(missing_ok=True)


def _set_aside(file: Path) -> Path | None:
    """Keep the present store under another name, and leave no write-ahead log that would be applied to the new one."""
    if not file.exists():
        return None
    with suppress(sqlite3.Error), closing(sqlite3.connect(file)) as present:
        present.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = file.with_name(file.name + ".before-restore")
    for ending in ("", "-wal", "-shm"):
        kept.with_name(kept.name + ending).unlink(missing_ok=True)
    kept.hardlink_to(file)  # the store keeps its name until the new one takes it
    for ending in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            file.with_name(file.name + ending).rename(kept.with_name(kept.name + ending))
    return kept


def _flush(path: Path) -> None:
    """Make a file's or folder's content outlive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
