"""Lines of an export into a store: checked as a whole first, then kept some hundred at a time.

A line is kept as a whole, and what is there already stays as it is. So an import that was interrupted is simply done
again, and one that was done twice changes nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, Final

from sqlalchemy import Column, Insert, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from monitor.store import jobs
from monitor.store.database import Store
from monitor.store.errors import StoreError
from monitor.store.exchange import (
    END,
    FORMAT,
    JOBS,
    TABLE,
    VERSION,
    Child,
    Kind,
    WrongLineError,
    kinds,
    points_at,
    read,
)
from monitor.store.tables import DeliveryRow, EntryRow, Tx
from monitor.vocabulary import DeliveryState

#: Lines kept in one transaction: others wait for the store no longer than that takes.
_AT_ONCE: Final = 500
_JOB_KEYS: Final = ("kind", "of", "host", "due_at", "attempts", "error")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line that is right by itself."""

    number: int  #: in its file, from 1
    kind: Kind
    values: Mapping[str, Any]  #: of its row, ids still told by what they name
    children: Mapping[str, Sequence[Mapping[str, Any]]]  #: table -> rows


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What an import did, by table."""

    added: Mapping[str, int]
    known: Mapping[str, int]  #: there already, and left as they were


def check(lines: Iterable[bytes], *, name: str) -> int:
    """Read a whole export without keeping anything; how many lines there are to keep.

    Args:
        name: what it is called, for messages.

    Raises:
        StoreError: a line is damaged, or the last ones are missing.
    """
    return sum(1 for _ in _lines(lines, name))


def load(store: Store, lines: Iterable[bytes], *, name: str, progress: Callable[[], None] = lambda: None) -> Imported:
    """Keep what an export holds and the store doesn't.

    Args:
        progress: called for each line.

    Raises:
        StoreError: a line is damaged or names what is nowhere; the lines before it are kept, those of its
            transaction and after it are not.
    """
    added: Counter[str] = Counter()
    known: Counter[str] = Counter()
    rest = _lines(lines, name)
    while some := list(islice(rest, _AT_ONCE)):
        with store.write() as tx:
            for line in some:
                (added if _keep(tx, line, name) else known)[line.kind.name] += 1
            _verify(tx, some, name)
        for _ in some:
            progress()
    return Imported(added=dict(added), known=dict(known))


# -- reading -----------------------------------------------------------------------------------------------------------


def _lines(lines: Iterable[bytes], name: str) -> Iterator[Line]:
    numbered = enumerate(lines, start=1)
    _header(numbered, name)
    count = 0
    for number, raw in numbered:
        try:
            shape = _shape(raw)
            if END in shape:
                _end(shape, count, next(numbered, None) is None)
                return
            yield _line(number, shape)
        except WrongLineError as error:
            raise StoreError(f"{name}, line {number}: {error}; nothing of this line was kept") from None
        count += 1
    raise StoreError(f"{name}: it breaks off after {count} lines; its last line, which says how many, is missing")


def _header(numbered: Iterator[tuple[int, bytes]], name: str) -> None:
    try:
        shape = _shape(next(numbered)[1])
    except (StopIteration, WrongLineError):
        shape = {}
    if shape.get("format") != FORMAT:
        raise StoreError(f"{name} is no export of Cocorico: its first line has to say so; see `cocorico export`")
    if shape.get("version") != VERSION:
        raise StoreError(f"{name} was written by another version ({shape.get('version')!r}); update Cocorico")


def _shape(raw: bytes) -> dict[str, Any]:
    try:
        shape = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise WrongLineError(f"this is no JSON: {error}") from None
    if not isinstance(shape, dict):
        raise WrongLineError("this is no JSON object")
    return shape


def _end(shape: Mapping[str, Any], count: int, last: bool) -> None:
    if shape[END] != count:
        raise WrongLineError(f"it says that there are {shape[END]!r} lines before it, and there are {count}")
    if not last:
        raise WrongLineError("there is something after the last line")


def _line(number: int, shape: dict[str, Any]) -> Line:
    name = shape.pop(TABLE, None)
    kind = kinds().get(name) if isinstance(name, str) else None
    if kind is None:
        raise WrongLineError(f"there is no table {name!r} here")
    if kind.name == JOBS:
        return Line(number=number, kind=kind, values=_job(kind, shape), children={})
    children = {
        child.table.name: tuple(_child(child, each) for each in _list(shape.pop(child.table.name, None), child))
        for child in kind.children
    }
    return Line(number=number, kind=kind, values=_row(kind.columns, shape), children=children)


def _list(value: Any, child: Child) -> list[Any]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise WrongLineError(f"{child.table.name} has to be a list of objects")
    return value


def _child(child: Child, shape: dict[str, Any]) -> Mapping[str, Any]:
    return _row(child.columns, shape)


def _row(columns: Sequence[Column[Any]], shape: Mapping[str, Any]) -> dict[str, Any]:
    """Read a row's values. A column that came later, and may be empty, need not be there."""
    values = {}
    for column in columns:
        if column.name not in shape and not column.nullable:
            raise WrongLineError(f"{column.name} is missing")
        named = points_at(column)
        values[column.name] = read(shape.get(column.name), column if named is None else named)
    if unknown := sorted(shape.keys() - values.keys()):
        raise WrongLineError(f"this version does not know {', '.join(unknown)}; update Cocorico")
    return values


def _job(kind: Kind, shape: Mapping[str, Any]) -> dict[str, Any]:
    if shape.keys() != set(_JOB_KEYS) or shape["kind"] not in {"fetch", "deliver"}:
        raise WrongLineError(f"a job has {', '.join(_JOB_KEYS)}, and is a fetch or a deliver")
    columns = kind.table.columns
    return {name: read(shape[name], columns["key" if name == "of" else name]) for name in _JOB_KEYS}


# -- keeping -----------------------------------------------------------------------------------------------------------


def _keep(tx: Tx, line: Line, name: str) -> bool:
    """Keep a line; False when it is there already."""
    try:
        if line.kind.name == JOBS:
            return _keep_job(tx, line)
        values = {column.name: _found(tx, column, line.values[column.name]) for column in line.kind.columns}
        keys = {child.to for child in line.kind.children} or {line.kind.table.primary_key.columns[0].name}
        statement = _insert(tx.get_bind().dialect.name, line.kind.table, tuple(sorted(keys)))
        row = tx.execute(statement, values).mappings().one_or_none()
        if row is None:
            return False
        for child in line.kind.children:
            rows = [{**each, child.link: row[child.to]} for each in line.children[child.table.name]]
            if rows:
                tx.execute(_insert_child(child.table), rows)
    except WrongLineError as error:
        raise StoreError(f"{name}, line {line.number}: {error}; nothing of this line was kept") from None
    except IntegrityError as error:
        raise StoreError(f"{name}, line {line.number}: {_said(error)}; nothing of this line was kept") from None
    return True


@cache
def _insert(dialect: str, table: Table, keys: tuple[str, ...]) -> Any:
    made = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    return made.on_conflict_do_nothing().returning(*(table.columns[key] for key in keys))


@cache
def _insert_child(table: Table) -> Insert:
    return insert(table)


def _found(tx: Tx, column: Column[Any], value: Any) -> Any:
    """Give a column's value here: of what is named by a key of its own, the id it has here."""
    named = points_at(column)
    if named is None or value is None:
        return value
    (key,) = column.foreign_keys
    here = tx.execute(select(key.column).where(named == value)).scalar()
    if here is None:
        raise WrongLineError(f"{column.name} names {value!r}, which is not in {named.table.name}")
    return here


def _keep_job(tx: Tx, line: Line) -> bool:
    """Owe a job again, unless what it is about is settled here."""
    values = line.values
    if values["kind"] == "fetch":
        entry = tx.execute(select(EntryRow.id, EntryRow.outcome).where(EntryRow.url == values["of"])).one_or_none()
        key = str(entry.id) if entry and entry.outcome is None else None
    else:
        state = tx.execute(select(DeliveryRow.state).where(DeliveryRow.id == values["of"])).scalar()
        key = values["of"] if state is DeliveryState.OWED else None
    if key is None:
        return False
    return jobs.insert(
        tx,
        kind=values["kind"],
        key=key,
        host=values["host"],
        due_at=values["due_at"],
        payload=key,
        attempts=values["attempts"],
        error=values["error"],
    )


def _verify(tx: Tx, some: Sequence[Line], name: str) -> None:
    """Look for what lines name: the database itself would complain of all of them together, at the end."""
    named: dict[Column[Any], dict[Any, int]] = {}
    for line in some:
        for column, value in _names(line):
            named.setdefault(column, {}).setdefault(value, line.number)
    for column, numbers in named.items():
        here = set(tx.scalars(select(column).where(column.in_(numbers))))
        for value, number in numbers.items():
            if value not in here:
                lost = f"it names {value!r}, which is not in {column.table.name}"
                raise StoreError(f"{name}, line {number}: {lost}; nothing of this line was kept")


def _names(line: Line) -> Iterator[tuple[Column[Any], Any]]:
    """Give what a line and its children name by keys of their own."""
    if line.kind.name == JOBS:
        return
    for child in line.kind.children:
        for column in child.table.columns:
            for key in column.foreign_keys if column.name != child.link else ():
                found = (each[column.name] for each in line.children[child.table.name])
                yield from ((key.column, value) for value in found if value is not None)


def _said(error: IntegrityError) -> str:
    return str(error.orig).strip().partition("\n")[0]
