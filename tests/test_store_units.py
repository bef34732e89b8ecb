"""Units of work: nothing is lost, nothing is half-written, whoever else writes and whatever breaks."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Barrier

import pytest
from conftest import NewDatabase
from fakes import a_source, an_entry
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from monitor import queue
from monitor.queue import JobKind
from monitor.store import DiskFullError, Store, StoreError, Tx, entries, sources
from monitor.store.tables import EntryRow, RunRow, SightingRow, insert_into

STORING = str(Path(__file__).with_name("storing.py"))


def test_sixteen_writers_of_one_entry_make_one_row(store: Store, now: datetime) -> None:
    together = Barrier(16)

    def write(_: int) -> int:
        together.wait()
        with store.write() as tx:
            return entries.add(tx, an_entry(), now=now, outcome=None, reason=None)

    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(write, range(16)))) == 1
    assert _count(store, EntryRow) == (1,)


def test_four_processes_adding_the_same_entries_make_one_row_each(store_url: str) -> None:
    with ExitStack() as running:
        writers = [running.enter_context(_storing("add", store_url)) for _ in range(4)]
        assert [writer.wait(60) for writer in writers] == [0, 0, 0, 0]
    with Store.open(store_url) as store:
        assert _count(store, EntryRow, SightingRow) == (20, 20)


def test_no_update_is_lost_among_threads_that_read_and_then_write(store: Store, now: datetime) -> None:
    """Fault Q01: without the lock before the read, 51 of 400 increments were kept, without any error."""
    with store.write() as tx:
        sources.sync(tx, [a_source()], now=now)

    def count_one(_: int) -> None:
        for _turn in range(25):
            with store.write() as tx:
                state = sources.state(tx, "gazette")
                assert state is not None
                sources.polled(tx, "gazette", state=replace(state, failures=state.failures + 1))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count_one, range(8)))
    with store.read() as tx:
        state = sources.state(tx, "gazette")
    assert state is not None
    assert state.failures == 200


def test_no_update_is_lost_among_processes(store_url: str, now: datetime) -> None:
    with Store.open(store_url) as store, store.write() as tx:
        sources.sync(tx, [a_source()], now=now)
    with ExitStack() as running:
        writers = [running.enter_context(_storing("count", store_url)) for _ in range(4)]
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write(b"\n")
            writer.stdin.flush()
        assert [writer.wait(60) for writer in writers] == [0, 0, 0, 0]
    with Store.open(store_url) as store, store.read() as tx:
        state = sources.state(tx, "gazette")
    assert state is not None
    assert state.failures == 400


def test_a_unit_that_raises_leaves_nothing(store: Store, now: datetime) -> None:
    with pytest.raises(LookupError), store.write() as tx:
        entries.add(tx, an_entry(), now=now, outcome=None, reason=None)
        raise LookupError
    assert _count(store, EntryRow, SightingRow) == (0, 0)


def test_a_process_killed_in_the_middle_leaves_nothing_and_no_lock(store_url: str, now: datetime) -> None:
    with Store.open(store_url):
        pass
    with _storing("die", store_url) as dying:
        assert dying.wait(60) == -signal.SIGKILL
    with Store.open(store_url) as store:
        assert _count(store, EntryRow) == (0,)
        with store.write() as tx:
            assert queue.enqueue(tx, kind=JobKind.FETCH, key="1", host="h", due_at=now)


def test_a_reader_sees_one_state_throughout(store: Store, now: datetime) -> None:
    with ThreadPoolExecutor(1) as other, store.read() as tx:
        assert _rows(tx) == 0
        other.submit(_add, store, now).result(10)
        assert _rows(tx) == 0
    assert _count(store, EntryRow) == (1,)


def test_what_only_reads_can_not_write_on_postgresql(postgres: NewDatabase, now: datetime) -> None:
    url = postgres()
    with Store.open(url) as store, pytest.raises(StoreError, match="read-only"), store.read() as tx:
        entries.add(tx, an_entry(), now=now, outcome=None, reason=None)


def test_units_do_not_nest(store: Store) -> None:
    with store.write(), pytest.raises(RuntimeError, match="inside another one"), store.read():
        pass
    with store.read(), pytest.raises(RuntimeError, match="inside another one"), store.write():
        pass
    with store.write() as tx:
        assert _rows(tx) == 0


def test_a_store_in_memory_is_private_and_serves_threads(now: datetime) -> None:
    with Store.memory() as store, Store.memory() as other:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: _add(store, now), range(20)))
        assert _count(store, EntryRow) == (1,)
        assert _count(other, EntryRow) == (0,)


def test_a_mistake_in_a_statement_stays_one(store: Store) -> None:
    with pytest.raises(IntegrityError), store.write() as tx:
        tx.execute(insert_into(tx, RunRow).values(job=None))


def test_sqlite_is_set_up_to_keep_what_it_was_given(sqlite: Store) -> None:
    asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "journal_size_limit")
    with sqlite.read() as tx:
        found = {name: tx.execute(text(f"PRAGMA {name}")).scalar() for name in asked}
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
        "journal_size_limit": 64 * 1024 * 1024,
    }


def test_a_full_disk_is_said_and_nothing_half_written(sqlite: Store, now: datetime) -> None:
    with sqlite.read() as tx:  # SQLite's own limit: the same error, at the same place, as a disk that is full
        pages = tx.execute(text("PRAGMA page_count")).scalar()
        tx.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(DiskFullError, match="the disk is full and nothing of this step was kept"):
        _fill(sqlite, now)
    assert _count(sqlite, EntryRow, SightingRow) == (0, 0)
    with sqlite.read() as tx:
        tx.execute(text("PRAGMA max_page_count = 1000000"))
    _fill(sqlite, now)
    assert _count(sqlite, EntryRow) == (200,)


def test_a_damaged_file_is_refused_and_kept(sqlite: Store, now: datetime) -> None:
    _fill(sqlite, now)
    sqlite.close()
    file = sqlite.file
    assert file is not None
    content = bytearray(file.read_bytes())
    content[8192:20480] = b"\xff" * 12288
    file.write_bytes(content)
    with pytest.raises(StoreError, match=r"damaged .*restore a backup"):
        Store.open(f"sqlite:///{file}")
    assert file.read_bytes() == bytes(content)


def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database, but a text that is long enough " * 30)
    before = file.read_bytes()
    with pytest.raises(StoreError, match="no database; choose another path"):
        Store.open(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE entries (x)")
    with pytest.raises(StoreError, match="belongs to another program"):
        Store.open(f"sqlite:///{tmp_path}/other.db")


def test_a_writer_of_another_process_that_never_ends_is_named_as_the_cause(tmp_path: Path, now: datetime) -> None:
    with Store.open(f"sqlite:///{tmp_path}/a.db") as store, closing(sqlite3.connect(tmp_path / "a.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        with store.read() as tx:
            tx.execute(text("PRAGMA busy_timeout = 50"))
        with pytest.raises(StoreError, match="another process has been writing"):
            _add(store, now)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("cocorico.db", "can't be read as a database address; write sqlite:"),
        ("mysql://root:secret@localhost/x", "names 'mysql', which Cocorico does not speak"),
        ("sqlite:////proc/none/cocorico.db", "check that the folder exists"),
        ("postgresql://u:secret@127.0.0.1:1/x", "check that it runs"),
    ],
)
def test_an_address_that_leads_nowhere_is_explained_without_its_password(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        Store.open(url)
    assert "secret" not in str(caught.value)


def test_a_checkpoint_empties_the_log(sqlite: Store, now: datetime) -> None:
    _fill(sqlite, now)
    assert sqlite.file is not None
    log = sqlite.file.with_name(sqlite.file.name + "-wal")
    assert log.stat().st_size > 0
    sqlite.checkpoint()
    assert log.stat().st_size == 0


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as opened:
        yield opened


def _storing(*arguments: str) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, STORING, *arguments], stdin=pipe, stdout=pipe)


def _add(store: Store, now: datetime) -> None:
    with store.write() as tx:
        entries.add(tx, an_entry(), now=now, outcome=None, reason=None)


def _fill(store: Store, now: datetime) -> None:
    with store.write() as tx:
        for n in range(200):
            entries.add(tx, an_entry(n, summary="x" * 2000), now=now, outcome=None, reason=None)


def _count(store: Store, *models: type[EntryRow | SightingRow]) -> tuple[int, ...]:
    with store.read() as tx:
        return tuple(tx.execute(select(func.count()).select_from(model)).scalar_one() for model in models)


def _rows(tx: Tx) -> int:
    return tx.execute(select(func.count()).select_from(EntryRow)).scalar_one()
