"""Which cores a measured process runs on, and what it takes."""

from __future__ import annotations

import os
import time

import psutil


def pin(core: int | None) -> None:
    """Keep this process, and what it starts, on one core; does nothing where the system can't, or without a core."""
    if core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})


def ours() -> list[int]:
    """List the cores this process may use; empty where the system doesn't say."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


class Stopwatch:
    """Wall and CPU time from its making on, of this process and all its children.

    Args:
        children: Count theirs. To find them all processes of the machine are looked through, which takes milliseconds:
            who has none, and reads it at each article, must not pay for that.
    """

    def __init__(self, *, children: bool = True) -> None:
        self._spent = _cpu_seconds if children else time.process_time
        self._wall, self._cpu = time.perf_counter(), self._spent()

    def read(self) -> dict[str, float]:
        """Seconds so far."""
        return {"seconds": time.perf_counter() - self._wall, "cpu_seconds": self._spent() - self._cpu}


def _cpu_seconds() -> float:
    """User and system time of this process, the children it has and those it had."""
    own = os.times()
    children = (child.cpu_times() for child in psutil.Process().children(recursive=True))
    living = sum(child.user + child.system for child in children)
    return own.user + own.system + own.children_user + own.children_system + living
