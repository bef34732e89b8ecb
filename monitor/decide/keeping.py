"""Which files of the page archive go: the old ones, and the oldest of too many. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler import check_utc

#: A file that was written to so lately may be open still. Quiet sites leave hours between two pages.
_OPEN = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A file of the archive."""

    name: str
    size: int  #: bytes
    written_at: datetime  #: last

    def __post_init__(self) -> None:
        check_utc(self.written_at)


def outdated(files: Iterable[Kept], *, keep: timedelta, most: int, now: datetime) -> tuple[str, ...]:
    """Name the files to delete, oldest first; never one that may be open.

    Args:
        keep: how long a file is kept after its last page.
        most: bytes that all files together may have.
    """
    every = sorted(files, key=lambda file: (file.written_at, file.name))
    total, gone = sum(file.size for file in every), []
    for file in every:
        age = now - file.written_at
        if age <= _OPEN or (age <= keep and total <= most):
            break
        gone.append(file.name)
        total -= file.size
    return tuple(gone)
