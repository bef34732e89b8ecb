"""What is asked and written many times a second: put together once, and run past SQLAlchemy's executor on SQLite.

Through SQLAlchemy a query that finds nothing takes 35 to 90 µs, this way 3 to 18, and an article that announces
something asks about twenty and writes about eight rows. Values go in and out by SQLAlchemy's own processors, errors are
explained by the store as all others are. On PostgreSQL, where the way there costs more than that, SQLAlchemy runs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Dialect, Executable, Row, Select
from sqlalchemy.engine import result_tuple

from monitor.store.base import Tx

_Process = Callable[[Any], Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Value:
    """One parameter, as the driver is to have it."""

    name: str  #: among the values; "": the query itself says it
    at: int  #: its place in a list; -1: it is none
    process: _Process | None
    fixed: Any = None  #: what the query says

    def of(self, values: Mapping[str, Any]) -> Any:
        if not self.name:
            return self.fixed
        value = values[self.name]
        if self.at >= 0:
            value = value[self.at] if self.at < len(value) else value[-1]  # said again: nothing more is found by it
        return self.process(value) if self.process else value


class Hot:
    """A query whose parameters are given by name, those that are `expanding` as lists."""

    def __init__(self, query: Select[Any]) -> None:
        self.query = query
        columns = list(query.selected_columns)
        self._row: Callable[[Sequence[Any]], Row[Any]] = result_tuple([str(column.key) for column in columns])
        self._types = [column.type for column in columns]
        self._ready: dict[tuple[tuple[str, int], ...], tuple[str, Sequence[_Value]]] = {}
        self._processes: list[tuple[int, _Process]] | None = None

    def rows(self, tx: Tx, **values: Any) -> Sequence[Any]:
        """Ask; what is found, with the names of its columns.

        Raises:
            sqlite3.Error: SQLite can't be read; `Store` makes a StoreError of it.
        """
        connection = tx.connection()
        if connection.dialect.name != "sqlite" or [] in values.values():
            return tx.execute(self.query, values).all()
        shape = tuple([(name, _wide(value)) for name, value in values.items() if isinstance(value, list)])
        ready = self._ready.get(shape)
        if ready is None:
            ready = self._ready[shape] = self._prepared(connection.dialect, values)
        text, wanted = ready
        driver: Any = connection.connection.driver_connection
        return self._read(driver.execute(text, [one.of(values) for one in wanted]), connection.dialect)

    def scalars(self, tx: Tx, **values: Any) -> list[Any]:
        """Ask; the first column of what is found."""
        return [row[0] for row in self.rows(tx, **values)]

    def _prepared(self, dialect: Dialect, values: dict[str, Any]) -> tuple[str, Sequence[_Value]]:
        """Write the query for lists as long as these, or a little longer: few lengths make few queries."""
        padded = {name: _padded(value) if isinstance(value, list) else value for name, value in values.items()}
        written: Any = self.query.params(padded).compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        bound = {name: (one, name, -1) for name, one in written.binds.items()}
        for name, one in written.binds.items():
            said = padded.get(name, one.value) if one.expanding else ()
            bound |= {f"{name}_{at + 1}": (one, name, at) for at in range(len(said))}
        wanted = []
        for key in written.positiontup:
            one, name, at = bound[key]
            process = one.type.dialect_impl(dialect).bind_processor(dialect)
            if name in values:
                wanted.append(_Value(name=name, at=at, process=process))
            else:
                fixed = one.effective_value if at < 0 else one.effective_value[at]
                wanted.append(_Value(name="", at=at, process=None, fixed=process(fixed) if process else fixed))
        return str(written), wanted

    def _read(self, found: Iterable[Sequence[Any]], dialect: Dialect) -> list[Row[Any]]:
        if self._processes is None:
            made = (kind.dialect_impl(dialect).result_processor(dialect, None) for kind in self._types)
            self._processes = [(at, process) for at, process in enumerate(made) if process]
        rows = []
        for row in found:
            values = list(row)
            for at, process in self._processes:
                values[at] = process(values[at])
            rows.append(self._row(values))
        return rows


class HotWrite:
    """An INSERT or UPDATE that answers nothing, run with many rows of values.

    Args:
        make: Gives the statement for a database, by its dialect's name; asked once for each.
    """

    def __init__(self, make: Callable[[str], Executable]) -> None:
        self._make = cache(make)
        self._ready: dict[tuple[str, ...], tuple[str, Sequence[_Value]]] = {}

    def run(self, tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows, all of which have the same names; nothing when there are none.

        Raises:
            sqlite3.Error: SQLite can't be written, of which `Store` makes a StoreError; or it refuses a row.
        """
        if not rows:
            return
        connection = tx.connection()
        if connection.dialect.name != "sqlite":
            tx.execute(self._make(connection.dialect.name), rows)
            return
        names = tuple(rows[0])
        ready = self._ready.get(names)
        if ready is None:
            ready = self._ready[names] = self._prepared(connection.dialect, names)
        text, wanted = ready
        driver: Any = connection.connection.driver_connection
        driver.executemany(text, [[one.of(row) for one in wanted] for row in rows])

    def _prepared(self, dialect: Dialect, names: tuple[str, ...]) -> tuple[str, Sequence[_Value]]:
        """Write the statement for rows with these names."""
        written: Any = self._make(dialect.name).compile(dialect=dialect, column_keys=list(names))  # type: ignore[attr-defined]
        wanted = []
        for key in written.positiontup:
            one = written.binds[key]
            process = one.type.dialect_impl(dialect).bind_processor(dialect)
            if key in names:
                wanted.append(_Value(name=key, at=-1, process=process))
            else:
                fixed = one.effective_value
                wanted.append(_Value(name="", at=-1, process=None, fixed=process(fixed) if process else fixed))
        return str(written), wanted


def _wide(some: Sequence[Any]) -> int:
    """The next power of two."""
    return 1 << (len(some) - 1).bit_length()


def _padded(some: list[Any]) -> list[Any]:
    return some + some[-1:] * (_wide(some) - len(some))
