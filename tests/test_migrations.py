"""Migrations: from every version to this one, equal to the models, once, and as a whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from monitor.store import Store, StoreError, migrate
from monitor.store.engine import make_engine, parse_url, writing
from monitor.store.lock import waiting_lock
from monitor.store.tables import Base

STORING = str(Path(__file__).with_name("storing.py"))


def test_the_list_of_versions_is_what_the_folder_has(engine: Engine) -> None:
    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(migrate.configuration(connection))
    newest_first = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(newest_first)) == migrate.REVISIONS


@pytest.mark.parametrize("version", [None, *migrate.REVISIONS])
def test_every_version_comes_up_to_what_the_models_say(engine: Engine, version: str | None) -> None:
    if version is not None:
        migrate.upgrade(engine, shown="x", to=version)
    migrate.prepare(engine, file=None, shown="x", check=True)
    assert migrate.revision(engine, "x") == migrate.HEAD
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_column_the_migrations_lack_would_be_noticed(engine: Engine) -> None:
    migrate.prepare(engine, file=None, shown="x", check=True)
    with writing(engine).begin() as connection:
        connection.execute(text("ALTER TABLE runs DROP COLUMN error"))
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert [found[0] for found in compare_metadata(context, Base.metadata)] == ["add_column"]


def test_the_constraints_of_the_models_are_in_the_database(engine: Engine) -> None:
    migrate.prepare(engine, file=None, shown="x", check=True)
    found = inspect(engine)
    for table in Base.metadata.sorted_tables:
        keys = {(key["constrained_columns"][0], key["referred_table"]) for key in found.get_foreign_keys(table.name)}
        assert keys == {(key.parent.name, key.column.table.name) for key in table.foreign_keys}


def test_a_store_of_a_newer_version_is_refused_and_left_alone(store_url: str) -> None:
    with Store.open(store_url) as store, store.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"made by a newer Cocorico \(schema 9999, .*; upgrade Cocorico"):
        Store.open(store_url)


def test_a_migration_that_fails_leaves_the_database_as_it_was(engine: Engine) -> None:
    with writing(engine).begin() as connection:
        connection.execute(text("CREATE TABLE runs (x INTEGER)"))  # the last table the first migration makes
    with pytest.raises(Exception, match="already exists"):
        migrate.prepare(engine, file=None, shown="x", check=True)
    assert inspect(engine).get_table_names() == ["runs"]


def test_processes_that_open_at_once_migrate_once(store_url: str) -> None:
    openers = [subprocess.Popen([sys.executable, STORING, "open", store_url]) for _ in range(3)]
    assert [opener.wait(60) for opener in openers] == [0, 0, 0]
    with Store.open(store_url) as store, store.read() as tx:
        assert list(tx.execute(text("SELECT version_num FROM alembic_version"))) == [(migrate.HEAD,)]


def test_whoever_opens_a_store_waits_for_a_migration_however_long(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as other:
        with waiting_lock(tmp_path / "a.db-lock"):
            opening = other.submit(lambda: Store.open(f"sqlite:///{tmp_path}/a.db").close())
            with pytest.raises(TimeoutError):
                opening.result(timeout=0.3)
        opening.result(timeout=30)


def test_foreign_keys_are_on_again_after_a_migration(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/a.db") as store, store.read() as tx:
        assert tx.execute(text("PRAGMA foreign_keys")).scalar() == 1


@pytest.fixture
def engine(store_url: str) -> Iterator[Engine]:
    made = make_engine(parse_url(store_url))
    yield made
    made.dispose()
