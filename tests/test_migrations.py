"""Migrations: from every version to this one, equal to the models, once, and as a whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

import monitor.store
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


def test_a_new_database_is_what_the_migrations_make_of_one(engine: Engine, another: Engine) -> None:
    """To the last constraint, more than is compared with the models."""
    migrate.prepare(engine, file=None, shown="x", check=True)
    migrate.upgrade(another, shown="x", to="0001")
    migrate.upgrade(another, shown="x")
    made, migrated = shape(engine), shape(another)
    assert made.keys() == migrated.keys() == {*Base.metadata.tables, "alembic_version"}
    for name, table in made.items():
        assert table == migrated[name], name


def test_a_process_that_only_opens_a_store_makes_every_table(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a.db"
    opening = "import sys; from monitor.store import Store; Store.open(sys.argv[1]).close()"
    subprocess.run([sys.executable, "-c", opening, url], check=True)
    for module in iter_modules(monitor.store.__path__, "monitor.store."):
        import_module(module.name)
    made = make_engine(parse_url(url))
    assert set(inspect(made).get_table_names()) == {*Base.metadata.tables, "alembic_version"}
    made.dispose()


def shape(engine: Engine) -> dict[str, dict[str, list[str]]]:
    """All that a database says of its tables, in an order of its own for each sort of thing."""
    found, tables = inspect(engine), {}
    for name in found.get_table_names():
        parts: dict[str, Sequence[object]] = {
            "columns": found.get_columns(name),
            "key": [found.get_pk_constraint(name)],
            "foreign keys": found.get_foreign_keys(name),
            "indexes": found.get_indexes(name),
            "unique": found.get_unique_constraints(name),
            "checks": found.get_check_constraints(name),
        }
        tables[name] = {part: sorted(in_words(each) for each in said) for part, said in parts.items()}
    return tables


def in_words(said: object) -> str:
    """Write what is said of a part so that the same is the same: a condition as its text."""
    return (
        str({key: in_words(value) for key, value in sorted(said.items())}) if isinstance(said, Mapping) else str(said)
    )


@pytest.mark.parametrize(("at", "name"), [(None, "runs"), ("0001", "source_pages")])
def test_what_fails_leaves_the_database_as_it_was(engine: Engine, at: str | None, name: str) -> None:
    """A new one, and one that is migrated: a table that is made stands there already."""
    if at is not None:
        migrate.upgrade(engine, shown="x", to=at)
    with writing(engine).begin() as connection:
        connection.execute(text(f"CREATE TABLE {name} (x INTEGER)"))
    before = shape(engine)
    with pytest.raises(Exception, match="already exists"):
        migrate.prepare(engine, file=None, shown="x", check=True)
    assert shape(engine) == before
    assert migrate.revision(engine, "x") == at


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


@pytest.fixture
def another(engine: Engine, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A second empty database of the same sort."""
    sqlite = engine.dialect.name == "sqlite"
    made = make_engine(
        parse_url(f"sqlite:///{tmp_path}/another.db" if sqlite else request.getfixturevalue("postgres")())
    )
    yield made
    made.dispose()
