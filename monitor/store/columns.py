"""Column types: UTC datetimes, closed vocabularies, tuples of text, and text that every database takes."""

# ruff: noqa: ARG002 -- SQLAlchemy calls these methods with a dialect, asked for or not
from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, String, Text
from sqlalchemy.types import TypeDecorator

#: No StrEnum value that is stored is longer.
_LONGEST_WORD = 32


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC, also on SQLite, which has no zones. A naive one is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC on the way in."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive datetime can't be stored: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back exactly `datetime.UTC`, whatever zone object the driver uses."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Strings(TypeDecorator[tuple[str, ...]]):
    """A tuple of text, as a JSON array."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> list[str]:
        """Turn the tuple into a list."""
        return list(value or ())

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:
        """Turn the list back into a tuple."""
        return tuple(value or ())


class Words(TypeDecorator[str]):
    """Text that others wrote. Drops NUL, which PostgreSQL refuses, and lone surrogates, which UTF-8 can't hold.

    The crawler cleans what it reads; this keeps one odd character from failing the same job for ever (fault P11).
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Drop what a database can't hold."""
        if value is None or (value.isascii() and "\0" not in value):
            return value
        return value.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")


def closed(vocabulary: type[StrEnum]) -> Enum:
    """Give the column type of a closed vocabulary: its values as plain text, checked on the way in and out."""
    return Enum(
        vocabulary,
        native_enum=False,
        validate_strings=True,
        length=_LONGEST_WORD,
        values_callable=lambda members: [member.value for member in members],
    )


def identifier() -> String:
    """Give the column type of an id or a key that we make ourselves."""
    return String(200)
