"""The lines of an export: which tables become lines, what belongs to a line, and how a value is written.

A line is a row and all that makes no sense without it: an entry with its sightings, a story with its steps, an article
with its announcements. So a line is imported as a whole or not at all. Ids that a database gives by itself are left
out, and what points at them says the other's own key instead: the same content gives the same lines anywhere.

All of it is read off the tables, so that a new table is exported without a word about it here.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from graphlib import TopologicalSorter
from typing import Any, Final

from sqlalchemy import JSON, Boolean, Column, Enum, Float, Integer, LargeBinary, Table
from sqlalchemy.types import TypeEngine

from monitor.store import migrate
from monitor.store.columns import Strings, UtcDateTime
from monitor.store.tables import Base

FORMAT: Final = "cocorico-export"
#: Of the form of the lines; a change that older versions can't read raises it.
VERSION: Final = 1
#: The key that says which table a line is of.
TABLE: Final = "table"
#: The key of the last line, which holds how many there are before it, the header not counted.
END: Final = "end"
#: Not exported: when chores ran, and what is watched of this very machine. Jobs only as far as they are still open.
LEFT_OUT: Final = frozenset({"runs", "conditions", "hubs", "pushes"})
JOBS: Final = "jobs"


class WrongLineError(ValueError):
    """A line is not what an export has; its text says why, in words for people."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Child:
    """Rows that belong to a line."""

    table: Table
    link: str  #: the column that names the parent
    to: str  #: the parent's column that it names

    @property
    def order(self) -> list[Column[Any]]:
        """What its rows are sorted by."""
        return [column for column in self.table.primary_key.columns if column.name != self.link]

    @property
    def columns(self) -> tuple[Column[Any], ...]:
        """What a line says of each."""
        return _all_but(self.table, self.link)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A table whose rows are lines."""

    table: Table
    given: str | None  #: the column that the database fills by itself, and that lines don't have
    children: tuple[Child, ...]

    @property
    def name(self) -> str:
        """What lines call it."""
        return str(self.table.name)

    @property
    def columns(self) -> tuple[Column[Any], ...]:
        """What a line says of the row itself."""
        return _all_but(self.table, self.given)


@cache
def _all_but(table: Table, name: str | None) -> tuple[Column[Any], ...]:
    return tuple(column for column in table.columns if column.name != name)


@cache
def kinds() -> Mapping[str, Kind]:
    """Give every kind of line by its name, in an order in which whatever is named stands before who names it."""
    tables = {name: one for name, one in sorted(_tables().items()) if name not in LEFT_OUT}
    parents = {name: _parent(one) for name, one in tables.items()}
    depends = TopologicalSorter[str]()
    for name, one in tables.items():
        line = _line_of(name, parents)
        named = {_line_of(key.column.table.name, parents) for key in one.foreign_keys}
        depends.add(line, *sorted(named - {line}))
    depends.add(JOBS, *sorted({_line_of(name, parents) for name in tables} - {JOBS}))  # what they are about has no key
    return {name: _kind(name, tables, parents) for name in depends.static_order()}


def _tables() -> Mapping[str, Table]:
    assert migrate.HEAD  # noqa: S101 -- whoever migrates knows every table, so they all are imported
    return Base.metadata.tables


def _parent(table: Table) -> Child | None:
    """Find the row that a row is a part of: a key of its own key points there."""
    for column in table.primary_key.columns:
        for key in column.foreign_keys:
            return Child(table=table, link=column.name, to=key.column.name)
    return None


def _line_of(name: str, parents: Mapping[str, Child | None]) -> str:
    child = parents[name]
    if child is None:
        return name
    (key,) = child.table.columns[child.link].foreign_keys
    return str(key.column.table.name)


def _kind(name: str, tables: Mapping[str, Table], parents: Mapping[str, Child | None]) -> Kind:
    children = [child for other, child in parents.items() if child and _line_of(other, parents) == name]
    return Kind(table=tables[name], given=given(tables[name]), children=tuple(children))


def given(table: Table) -> str | None:
    """Find the column that the database fills by itself: a lone number as primary key."""
    key = list(table.primary_key.columns)
    return key[0].name if len(key) == 1 and isinstance(key[0].type, Integer) else None


@cache
def points_at(column: Column[Any]) -> Column[Any] | None:
    """Find the key by which a line names what a column points at, when that is an id the database gave."""
    for key in column.foreign_keys:
        if key.column.name == given(key.column.table):
            return own_key(key.column.table)
    return None


def own_key(table: Table) -> Column[Any]:
    """Find the column of a table, other than the id, that tells its rows apart."""
    return next(column for column in table.columns if column.unique)


# -- values ------------------------------------------------------------------------------------------------------------


#: Most values, and written as they are.
_PLAIN: Final = frozenset({str, int, float, bool, type(None)})


def written(value: Any) -> Any:
    """Write a column's value as JSON has it."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value  # a StrEnum is a str


def read(value: Any, column: Column[Any]) -> Any:
    """Read a column's value.

    Raises:
        WrongLineError: it is none.
    """
    if value is None:
        if column.nullable:
            return None
        raise WrongLineError(f"{column.name} is null, and has to be something")
    try:
        return _read(value, column.type)
    except (ValueError, TypeError) as error:
        raise WrongLineError(f"{column.name} is {_shown(value)}: {error}") from None


def _read(value: Any, kind: TypeEngine[Any]) -> Any:
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class(value)
    reader = next((reader for column, reader in _READERS if isinstance(kind, column)), _text)
    return reader(value)


def _text(value: Any) -> str:
    return str(_of_type(value, str))


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(_text(each) for each in _of_type(value, list))


def _moment(value: Any) -> datetime:
    found = datetime.fromisoformat(_of_type(value, str))
    if found.tzinfo is None:
        raise ValueError("a time without a zone")
    return found


def _of_type(value: Any, kind: Any) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise TypeError("of the wrong type")
    return value


#: How the value of a column is read, by the column's type; the first that fits.
_READERS: Final[tuple[tuple[type[TypeEngine[Any]], Callable[[Any], Any]], ...]] = (
    (UtcDateTime, _moment),
    (Strings, _strings),
    (LargeBinary, partial(base64.b64decode, validate=True)),
    (JSON, lambda value: value),
    (Boolean, lambda value: _of_type(value, bool)),
    (Integer, lambda value: _of_type(value, int)),
    (Float, lambda value: _of_type(value, (int, float))),
)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
