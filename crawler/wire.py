"""Values as JSON lines: what parent and child say to each other, and the format of saved record streams.

A line is ASCII (a lone surrogate, NUL or U+2028 in a text can neither break a line nor an encoder), holds the
value's `type` and the fields that differ from their defaults. Reading is strict: a line that is not exactly
such a value is a `CrawlError` that shows it.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from crawler.probes import Candidate, Probe, Probed
from crawler.reserved import Location
from crawler.taught import SiteReport, Template, Trait
from crawler.trail import Trail
from crawler.types import (
    Article,
    CrawlError,
    Entry,
    Fetch,
    Hints,
    Limits,
    Listing,
    Poll,
    Rejected,
    Token,
    Validators,
    Visit,
)


class Mark(StrEnum):
    """What a child tells besides its records."""

    READY = "ready"  #: it takes orders
    STARTED = "started"  #: an order's turn has come, its deadline runs
    DROPPED = "dropped"  #: orders given back unstarted, because the input ended


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """A child's word about orders it has not answered yet."""

    mark: Mark
    orders: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Visited:
    """Tell a fresh child how long ago its predecessor was on a host, so that the delay is kept."""

    host: str  #: as `crawler.urls.gate_key` spells it
    ago: float  #: seconds


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """What a site asks of its visitors: a child tells it, and a fresh child is told, so that nobody asks again."""

    site: str  #: scheme, host and port: what one robots.txt holds for
    host: str = ""  #: whose orders led there, as `crawler.urls.gate_key` spells it
    robots: str = ""  #: the lines that concern us, of the last good copy of its robots.txt
    robots_read: datetime | None = None  #: when that copy was read; None: never
    robots_until: datetime | None = None  #: when it is asked for again
    failing_since: datetime | None = None  #: since when it can't be read
    refusal: str | None = None  #: why nothing may be fetched meanwhile
    refused_as: str | None = None  #: the reason, as `RejectReason` has it
    lasting: bool = False  #: somebody has to mend it: a name that is not known, a certificate
    locations: tuple[Location, ...] = ()  #: of its tdmrep.json
    file_until: datetime | None = None  #: when that is asked for again


@dataclass(frozen=True, kw_only=True, slots=True)
class Index:
    """What was read so far of a sitemap's index, when an order goes on with one of its sitemaps at another domain."""

    url: str  #: its own, after redirects
    moved: bool = False  #: all of these were permanent, and there were some
    trusted_until: datetime | None = None  #: when the certificate of its host runs out
    todo: tuple[str, ...] = ()  #: sitemaps not read yet, newest first
    seen: tuple[str, ...] = ()  #: addresses asked for
    hashes: tuple[str, ...] = ()  #: of what was read, the index itself first
    found: tuple[Entry, ...] = ()
    problem: str = ""  #: why the last one that could not be read could not
    failed_as: str = ""  #: the reason, as `RejectReason` has it


Value = Poll | Fetch | Probe | Listing | Article | Rejected | Probed | Limits | Progress | Visited | Site | Index

_TYPES: dict[str, type[Any]] = {
    cls.__name__.lower(): cls
    for cls in (Poll, Fetch, Probe, Listing, Article, Rejected, Probed, Limits, Progress, Visited, Site, Index)
}
_NAMES = {cls: name for name, cls in _TYPES.items()}
_Reader = Callable[[Any], Any]


def encode(value: Value) -> str:
    """One line of JSON, without the newline.

    Raises:
        CrawlError: not a value that crosses the boundary, or one that holds NaN or infinity.
    """
    name = _NAMES.get(type(value))
    if name is None:
        raise CrawlError(f"cannot put a {type(value).__name__} on the wire; only {', '.join(_TYPES)} go there")
    try:
        return json.dumps({"type": name} | _plain_fields(value), separators=(",", ":"), allow_nan=False)
    except ValueError as error:
        raise CrawlError(f"cannot put this {name} on the wire: {error}") from error


def decode(line: str | bytes) -> Any:
    """The value a line holds; its type is one of `Value`.

    Raises:
        CrawlError: not a line that `encode` could have written; the message shows its beginning.
    """
    try:
        data: dict[str, Any] = _checked(json.loads(line), dict)
        return _build(_type(data.pop("type", None)), data)
    except (ValueError, TypeError, RecursionError) as error:
        raise CrawlError(f"unreadable record line ({error}): {_shorten(line)}") from error


def _type(name: Any) -> type[Any]:
    if name not in _TYPES:
        raise TypeError(f"no known type; one of {', '.join(_TYPES)} is expected")
    return _TYPES[name]


def _plain_fields(value: Any) -> dict[str, Any]:
    """A dataclass as a dictionary of JSON values, without what is at its default."""
    given = ((name, getattr(value, name), default) for name, default in _FIELDS[type(value)])
    return {name: _plain(item) for name, item, default in given if default is MISSING or item != default}


def _plain(value: Any) -> Any:
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return _plain_fields(value) if type(value) in _FIELDS else value


_AS_IT_IS = frozenset({str, int, float, bool, types.NoneType})


def _build(cls: type[Any], data: Any) -> Any:
    if not isinstance(data, dict):
        raise TypeError(f"{cls.__name__} is not an object")
    readers, required = _SHAPES[cls]
    if unknown := data.keys() - readers.keys():
        raise TypeError(f"unknown field {min(unknown)!r} in {cls.__name__}")
    if missing := required - data.keys():
        raise TypeError(f"field {min(missing)!r} of {cls.__name__} is missing")
    return cls(**{name: _read(cls, name, readers[name], item) for name, item in data.items()})


def _read(cls: type[Any], name: str, reader: _Reader, item: Any) -> Any:
    try:
        return reader(item)
    except (ValueError, TypeError) as error:
        raise TypeError(f"{cls.__name__}.{name}: {error}") from error


def _reader(hint: Any) -> _Reader:
    """What turns a JSON value into the annotated type, or raises."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is types.UnionType:  # only "X or None" occurs
        inner = _reader(next(item for item in arguments if item is not types.NoneType))
        return lambda item: None if item is None else inner(item)
    if origin is tuple:
        inner = _reader(arguments[0])
        return lambda item: tuple(inner(part) for part in _checked(item, list))
    if is_dataclass(hint):
        return lambda item: _build(typing.cast("type[Any]", hint), item)
    if issubclass(hint, StrEnum):
        return typing.cast("_Reader", hint)
    return {datetime: _read_time, float: _read_number}.get(hint, lambda item: _checked(item, hint))


def _read_time(item: Any) -> datetime:
    text: str = _checked(item, str)
    if not text.endswith("Z"):
        raise ValueError(f"{text!r} is not a UTC time ending in Z")
    return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)


def _read_number(item: Any) -> float:
    return float(item if isinstance(item, int) and not isinstance(item, bool) else _checked(item, float))


def _checked(item: Any, kind: type[object]) -> Any:
    if type(item) is not kind:
        raise TypeError(f"{type(item).__name__} where {kind.__name__} is expected")
    return item


def _shorten(line: str | bytes) -> str:
    text = line.decode("utf-8", "replace") if isinstance(line, bytes) else line
    return repr(text if len(text) <= 200 else text[:200] + "...")


def _shape(cls: Any) -> tuple[dict[str, _Reader], frozenset[str]]:
    """For each field what reads it, and the names of those that must be there."""
    hints = typing.get_type_hints(cls)
    required = (field.name for field in fields(cls) if field.default is MISSING)
    return {field.name: _reader(hints[field.name]) for field in fields(cls)}, frozenset(required)


_VALUES = (
    *_TYPES.values(),
    Entry,
    Hints,
    Validators,
    Location,
    Visit,
    Candidate,
    Token,
    SiteReport,
    Template,
    Trail,
    Trait,
)
_SHAPES = {cls: _shape(cls) for cls in _VALUES}
#: Each value's fields, with what they are by default: asked for each time, they take a third of writing it.
_FIELDS = {cls: tuple((field.name, field.default) for field in fields(cls)) for cls in _VALUES}
