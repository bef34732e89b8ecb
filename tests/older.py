"""Stores of older versions, for tests of what becomes of them."""

from __future__ import annotations

from sqlalchemy import MetaData, select

from monitor.store import migrate
from monitor.store.engine import make_engine, parse_url, writing


def moved(now: str, url: str, *, to: str) -> None:
    """Make a store of an older schema at `url`, and move there what it keeps of the store of today at `now`."""
    new, old = make_engine(parse_url(now)), make_engine(parse_url(url))
    migrate.upgrade(old, shown="x", to=to)
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
