"""A store from before stories were folded: what it holds is found and told on by the articles that come."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import MetaData, select
from tellings import says
from test_placing import tell

from monitor.store import Store, migrate, stories
from monitor.store.engine import make_engine, parse_url, writing


def _before(url: str, folder: Path) -> None:
    """Make a store of the version before with one story: what this version keeps, moved there."""
    now = f"sqlite:///{folder / 'now.db'}"
    with Store.open(now) as store, store.write() as tx:
        tell(tx, (0, "gazette", says("Astrid et Raphaëlle"), ""))
    new, old = make_engine(parse_url(now)), make_engine(parse_url(url))
    migrate.upgrade(old, shown="x", to="0005")
    tables, tables_now = MetaData(), MetaData()
    tables.reflect(old)
    tables_now.reflect(new)
    with new.connect() as source, writing(old).begin() as target:
        for table in (each for each in tables.sorted_tables if each.name != "alembic_version"):
            given = [column for column in table.columns if column is not table.autoincrement_column]  # counted anew
            columns = [tables_now.tables[table.name].c[column.name] for column in given]
            if rows := [dict(row) for row in source.execute(select(*columns)).mappings()]:
                target.execute(table.insert(), rows)
    new.dispose()
    old.dispose()


def test_a_story_from_before_is_found_by_its_title_and_through_a_slip(store_url: str, tmp_path: Path) -> None:
    _before(store_url, tmp_path)
    with Store.open(store_url) as store, store.write() as tx:
        placed = tell(tx, (5, "Le Soir", says("Astrid et Rafaëlle"), ""))
        assert placed.changes == ()
        (story,) = stories.all(tx, 9)
        assert story.outlets == ("gazette", "Le Soir")
        assert story.disputed == ()
