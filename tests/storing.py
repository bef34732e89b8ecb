"""A process of its own that works on a store: `python storing.py WHAT URL [FOLDER]`."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from fakes import an_entry

from monitor import queue
from monitor.queue import JobKind
from monitor.store import InstanceLock, Store, entries, sources

NOW = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)


def add(store: Store) -> None:
    """Add the same entries as everybody else."""
    for n in range(20):
        with store.write() as tx:
            entries.add(tx, an_entry(n), now=NOW, outcome=None, reason=None)


def count(store: Store) -> None:
    """Read how often a source failed and write one more, 100 times, once told to begin."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for _ in range(100):
        with store.write() as tx:
            state = sources.state(tx, "gazette")
            assert state is not None
            sources.polled(tx, "gazette", state=replace(state, failures=state.failures + 1))


def die(store: Store) -> None:
    """Be killed in the middle of a unit, after it wrote."""
    with store.write() as tx:
        entry_id = entries.add(tx, an_entry(), now=NOW, outcome=None, reason=None)
        queue.enqueue(tx, kind=JobKind.FETCH, key=str(entry_id), host="h", due_at=NOW)
        os.kill(os.getpid(), signal.SIGKILL)


def main(what: str, url: str, folder: str = "") -> None:
    """Do one of the above, or hold the lock of a folder until standard input ends."""
    if what == "hold":
        with InstanceLock(Path(folder)):
            sys.stdout.write("held\n")
            sys.stdout.flush()
            sys.stdin.read()
        return
    with Store.open(url) as store:
        {"open": lambda _store: None, "add": add, "count": count, "die": die}[what](store)


if __name__ == "__main__":
    main(*sys.argv[1:])
