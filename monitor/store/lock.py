"""Locks among processes of one machine: one daemon a data folder, one opener a database."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from monitor.store.errors import StoreError

#: The file in the data folder that a running daemon holds.
LOCK_FILE = "cocorico.lock"


class InstanceLock:
    """Says that this process is the one daemon of a data folder (faults S05, O17).

    The kernel holds the lock, so it ends with the process, however that ends; the file stays and means nothing.
    Use it as a context manager.

    Raises:
        StoreError: another process holds it, named by its pid; or the folder can't be written to.
    """

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / LOCK_FILE
        self._file = -1

    def __enter__(self) -> Self:
        self._file = _open(self._path)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._file, 32, 0).decode("ascii", "replace").strip() or "unknown"
            self._close()
            raise StoreError(
                f"{self._path.parent} is in use by another Cocorico, pid {holder}; "
                "stop that one, or choose another folder with --data"
            ) from None
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{os.getpid()}\n".encode("ascii"), 0)
        return self

    def __exit__(self, *exc: object) -> None:
        os.ftruncate(self._file, 0)
        self._close()

    def _close(self) -> None:
        os.close(self._file)
        self._file = -1


@contextmanager
def waiting_lock(path: Path) -> Iterator[None]:
    """Hold a lock file, after whoever holds it now.

    Raises:
        StoreError: the file can't be made.
    """
    file = _open(path)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreError(
            f"{path}: {error.strerror}; check that the folder exists, has room and may be written to"
        ) from error
