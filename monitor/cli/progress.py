"""A progress bar, on a terminal only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from monitor.cli.session import Session


@contextmanager
def bar(session: Session, title: str, *, total: int | None) -> Iterator[Callable[[], None]]:
    """Show how far the work is; call what it gives after each piece. It vanishes at the end.

    `total` is None when nobody knows how many pieces there will be.
    """
    with _bar(session, title, total, MofNCompleteColumn(), TimeElapsedColumn()) as advance:
        yield lambda: advance(1)


@contextmanager
def reading(session: Session, title: str, *, size: int) -> Iterator[Callable[[int], None]]:
    """Show how much of so many bytes is read, and how long the rest will take; tell it how many came since."""
    with _bar(session, title, size, DownloadColumn(), TimeRemainingColumn()) as advance:
        yield advance


@contextmanager
def _bar(session: Session, title: str, total: int | None, *columns: ProgressColumn) -> Iterator[Callable[[int], None]]:
    shown = (TextColumn("{task.description}", markup=False), BarColumn(), *columns)
    with Progress(*shown, console=session.err, transient=True, disable=not session.err.is_terminal) as progress:
        task = progress.add_task(title, total=total)
        yield lambda done: progress.advance(task, done)
