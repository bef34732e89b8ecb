"""The store: opening it, and units of work on it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Self

from sqlalchemy import Engine, StaticPool
from sqlalchemy.orm import Session

from monitor.store import backup, migrate
from monitor.store.engine import file_of, make_engine, parse_url, reading, writing
from monitor.store.failures import explain
from monitor.store.tables import Base, Tx


class Store:
    """A database that is open, healthy and of this version's schema.

    ```
    with store.write() as tx:
        entries.add(tx, entry, now=now)
    ```

    A unit is one transaction: kept as a whole when the block ends, dropped as a whole when it raises. Units that
    write come one after another, within this process and among processes. Units don't nest.
    """

    def __init__(self, engine: Engine, *, shown: str, file: Path | None) -> None:
        self._engine = engine
        self._writing = writing(engine)
        self._reading = reading(engine)
        self._writer = threading.Lock()
        self._busy = threading.local()
        self.url_shown = shown  #: the address, password hidden
        self.file = file  #: None on PostgreSQL and in memory

    @classmethod
    def open(cls, url: str, *, check: bool = True) -> Self:
        """Open a store, make it when there is none, and bring it to this version's schema.

        Args:
            url: of SQLite or PostgreSQL, as SQLAlchemy writes them.
            check: read a SQLite file through for damage first, about 1 s a GB.

        Raises:
            StoreError: no such place, damaged, made by a newer Cocorico, or not reachable.
        """
        parsed = parse_url(url)
        shown = parsed.render_as_string(hide_password=True)
        file = file_of(parsed)
        engine = make_engine(parsed)
        try:
            with explain(shown):
                migrate.prepare(engine, file=file, shown=shown, check=check)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, shown=shown, file=file)

    @staticmethod
    def is_there(url: str) -> bool:
        """Tell whether there may be a store at an address: a SQLite file is there, or it is a server's to say.

        Raises:
            StoreError: it is no address of a store.
        """
        file = file_of(parse_url(url))
        return file is None or file.exists()

    @classmethod
    def memory(cls) -> Self:
        """Make a private store in memory, for a replay."""
        engine = make_engine(parse_url("sqlite://"))
        Base.metadata.create_all(engine)
        return cls(engine, shown="memory", file=None)

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """Begin a unit that reads and writes.

        Raises:
            DiskFullError: nothing of the unit was kept.
            StoreError: the database is gone, locked for longer than 10 s, or damaged; nothing of the unit was kept.
        """
        with self._alone(), self._writer, self._unit(self._writing) as tx:
            yield tx
            tx.commit()

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """Begin a unit that only reads, and sees one state of the store throughout. Keep it short.

        Raises:
            StoreError: the database is gone or damaged.
        """
        with self._alone(), self._reader(), self._unit(self._reading) as tx:
            yield tx

    def checkpoint(self) -> None:
        """Fold SQLite's write-ahead log back into the file: for an idle moment. Does nothing elsewhere."""
        if self.file is not None:
            with explain(self.url_shown), self._engine.connect() as connection:
                connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def backup(self, path: Path) -> None:
        """Copy the store as of now into a file, while it is being used.

        Raises:
            StoreError: PostgreSQL, which has its own tool; or the file can't be written.
        """
        with explain(str(path)):
            backup.copy(self._engine, path, file=self.file)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @contextmanager
    def _unit(self, engine: Engine) -> Iterator[Tx]:
        with explain(self.url_shown), Session(engine, autoflush=False, execution_options=_FRESH) as tx:
            yield tx

    def _reader(self) -> AbstractContextManager[object]:
        # In memory there is one connection for all.
        return self._writer if isinstance(self._engine.pool, StaticPool) else nullcontext()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if getattr(self._busy, "now", False):
            raise RuntimeError("a unit of the store inside another one of the same thread: pass the outer `tx` on")
        self._busy.now = True
        try:
            yield
        finally:
            self._busy.now = False


#: A row is read again each time: statements change rows behind the session's back.
_FRESH = {"populate_existing": True}
