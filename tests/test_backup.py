"""Backup, restore, and the lock that keeps a restore and a second daemon away."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

import pytest
from conftest import NewDatabase
from fakes import a_delivery, a_story, an_entry
from sqlalchemy import func, select

from monitor.store import InstanceLock, Store, StoreError, deliveries, entries, restore, stories
from monitor.store.tables import EntryRow, SightingRow

STORING = str(Path(__file__).with_name("storing.py"))


def test_a_backup_holds_what_was_kept_and_restores_it(folder: Path, now: datetime) -> None:
    with Store.open(_url(folder)) as store:
        with store.write() as tx:
            stories.save(tx, a_story(), article_url="u")
            deliveries.owe(tx, a_delivery())
        store.backup(folder / "backup.db")
        _add(store, 1, now)
    kept = restore(folder / "backup.db", url=_url(folder), data_dir=folder)
    with Store.open(_url(folder)) as store, store.write() as tx:
        assert entries.by_url(tx, an_entry(1).url) is None
        assert not deliveries.owe(tx, a_delivery())  # fault Q21: what was told stays told
    assert kept is not None
    with Store.open(f"sqlite:///{kept}") as before, before.read() as tx:
        assert entries.by_url(tx, an_entry(1).url) is not None


def test_a_backup_made_during_writes_is_one_moment(folder: Path, now: datetime) -> None:
    stop, started = Event(), Event()
    with Store.open(_url(folder)) as store:

        def write() -> None:
            n = 0
            while not stop.is_set():
                n += 1
                _add(store, n, now)  # an entry and its sighting, in one unit
                started.set()

        writer = Thread(target=write)
        writer.start()
        started.wait(10)
        sizes = []
        for n in range(5):
            store.backup(folder / f"backup-{n}.db")
            with Store.open(f"sqlite:///{folder}/backup-{n}.db") as copy, copy.read() as tx:
                rows = [
                    tx.execute(select(func.count()).select_from(row)).scalar_one() for row in (EntryRow, SightingRow)
                ]
            assert rows[0] == rows[1] > 0
            sizes.append(rows[0])
        stop.set()
        writer.join()
    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0]


def test_a_backup_replaces_an_older_one_and_leaves_no_pieces(folder: Path, now: datetime) -> None:
    with Store.open(_url(folder)) as store:
        for n in range(2):
            _add(store, n, now)
            store.backup(folder / "out" / "backup.db")
    assert [path.name for path in (folder / "out").iterdir()] == ["backup.db"]
    with closing(sqlite3.connect(folder / "out" / "backup.db")) as backup:
        assert backup.execute("SELECT count(*) FROM entries").fetchone() == (2,)


def test_a_backup_that_can_not_be_written_is_explained(folder: Path) -> None:
    with Store.open(_url(folder)) as store:
        with pytest.raises(StoreError, match=r"none/backup\.db: .*check that the folder exists"):
            store.backup(Path("/proc/none/backup.db"))
        with pytest.raises(StoreError, match="is the store itself"):
            store.backup(folder / "cocorico.db")


def test_a_restore_where_no_store_was(folder: Path, now: datetime) -> None:
    with Store.open(_url(folder)) as store:
        _add(store, 1, now)
        store.backup(folder / "backup.db")
    assert restore(folder / "backup.db", url=f"sqlite:///{folder}/new/cocorico.db", data_dir=folder / "new") is None
    with Store.open(f"sqlite:///{folder}/new/cocorico.db") as store, store.read() as tx:
        assert entries.by_url(tx, an_entry(1).url) is not None


def test_a_restore_over_a_damaged_store_leaves_none_of_its_log(folder: Path, now: datetime) -> None:
    with Store.open(_url(folder)) as store:
        _add(store, 1, now)
        store.backup(folder / "backup.db")
    with Store.open(_url(folder)) as store:
        _add(store, 2, now)
        log = (folder / "cocorico.db-wal").read_bytes()  # sound, and of the store that is to go
    (folder / "cocorico.db").write_bytes(b"damaged " * 4096)
    (folder / "cocorico.db-wal").write_bytes(log)
    restore(folder / "backup.db", url=_url(folder), data_dir=folder)
    with Store.open(_url(folder)) as store, store.read() as tx:
        assert entries.by_url(tx, an_entry(1).url) is not None
        assert entries.by_url(tx, an_entry(2).url) is None


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("missing", "there is no such file"),
        ("text", "no database"),
        ("other", "this is no backup of Cocorico"),
        ("newer", "made by a newer Cocorico"),
        ("damaged", r"backup\.db: the file is damaged"),
    ],
)
def test_what_is_no_sound_backup_is_refused_and_changes_nothing(
    folder: Path, now: datetime, made: str, said: str
) -> None:
    with Store.open(_url(folder)) as store:
        _add(store, 1, now)
        _spoil(store, folder / "backup.db", made)
    before = (folder / "cocorico.db").read_bytes()
    with pytest.raises(StoreError, match=said):
        restore(folder / "backup.db", url=_url(folder), data_dir=folder)
    assert (folder / "cocorico.db").read_bytes() == before


def test_a_restore_waits_for_no_daemon_but_refuses(folder: Path, now: datetime) -> None:
    with Store.open(_url(folder)) as store:
        _add(store, 1, now)
        store.backup(folder / "backup.db")
    with InstanceLock(folder), pytest.raises(StoreError, match=f"in use by another Cocorico, pid {os.getpid()}; stop"):
        restore(folder / "backup.db", url=_url(folder), data_dir=folder)


def test_postgresql_is_backed_up_with_its_own_tool(postgres: NewDatabase, folder: Path) -> None:
    url = postgres()
    with Store.open(url) as store, pytest.raises(StoreError, match="pg_dump"):
        store.backup(folder / "backup.db")
    with pytest.raises(StoreError, match="pg_dump"):
        restore(folder / "backup.db", url=url, data_dir=folder)


def test_a_second_daemon_is_told_who_has_the_folder_until_that_one_dies(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, STORING, "hold", "", str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreError, match=rf"pid {holder.pid}; stop that one.*--data"), InstanceLock(folder):
            pass
        holder.kill()
    with InstanceLock(folder):
        pass
    with InstanceLock(folder):
        pass


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path


def _spoil(store: Store, path: Path, how: str) -> None:
    if how == "missing":
        return
    if how == "text":
        path.write_text("no database at all, only a text " * 40)
    elif how == "other":
        with closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE notes (x)")
    else:
        store.backup(path)
        if how == "newer":
            with closing(sqlite3.connect(path)) as newer, newer:
                newer.execute("UPDATE alembic_version SET version_num = '9999'")
        else:
            content = bytearray(path.read_bytes())
            content[8192:20480] = b"\xff" * 12288
            path.write_bytes(content)


def _url(folder: Path) -> str:
    return f"sqlite:///{folder}/cocorico.db"


def _add(store: Store, n: int, now: datetime) -> None:
    with store.write() as tx:
        entries.add(tx, an_entry(n), now=now, outcome=None, reason=None)
