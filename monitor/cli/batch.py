"""Many items through one function, in order: in this process, or in several.

A result comes out as soon as it and those before it are there, also while the input is still open.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from typing import Final, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[Sequence[Item]], list[Result]]  #: a module's function, since it is sent to processes by name

#: Items that wait for a free process; more would only use memory.
_AHEAD: Final = 4


@dataclass(frozen=True, slots=True)
class _End:
    """The end of the input, and what broke it off."""

    error: BaseException | None = None


def cores() -> int:
    """Count the cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(
    items: Iterable[Item],
    work: Work[Item, Result],
    *,
    jobs: int,
    crashed: Callable[[Item], Result],
    chunk: int = 32,
) -> Iterator[Result]:
    """Give `work`'s result of each item.

    `jobs` processes share the work, 0 is one a core. An item that kills its process, as a fault in a C library may,
    gets `crashed`'s result and costs the others nothing.
    """
    count = jobs or cores()
    if count == 1:
        for item in items:
            yield from work([item])
        return
    pool = _Pool(work, count, crashed)
    try:
        yield from pool.results(items, chunk)
    finally:
        pool.close()


class _Pool(Generic[Item, Result]):
    """Processes that are replaced when one of them dies."""

    def __init__(self, work: Work[Item, Result], count: int, crashed: Callable[[Item], Result]) -> None:
        self._work = work
        self._count = count
        self._crashed = crashed
        self._lock = threading.Lock()
        self._closed = False
        self._executor = _executor(count)
        self._asked: queue.Queue[tuple[list[Item], Future[list[Result]]] | _End] = queue.Queue(maxsize=_AHEAD * count)

    def results(self, items: Iterable[Item], chunk: int) -> Iterator[Result]:
        """Give the results in order, while two threads read ahead and hand out."""
        read: queue.Queue[Item | _End] = queue.Queue(maxsize=_AHEAD * self._count * chunk)
        threading.Thread(target=_read, args=(items, read), daemon=True).start()
        threading.Thread(target=self._hand_out, args=(read, chunk), daemon=True).start()
        while not isinstance(asked := self._asked.get(), _End):
            yield from self._answer(*asked)
        if asked.error is not None:
            raise asked.error

    def close(self) -> None:
        """Let go of the processes at once; what they work on is dropped."""
        with self._lock:
            self._closed = True
            self._executor.shutdown(wait=False, cancel_futures=True)

    def _hand_out(self, read: queue.Queue[Item | _End], chunk: int) -> None:
        while not self._closed:
            some, end = _available(read, chunk)
            if some:
                self._asked.put((some, self._submit(some)))
            if end is not None:
                self._asked.put(end)
                return

    def _submit(self, some: list[Item]) -> Future[list[Result]]:
        with self._lock:
            if self._closed:
                return Future()  # nobody waits for it any more
            try:
                return self._executor.submit(self._work, some)
            except BrokenProcessPool:
                self._executor = _executor(self._count)
                return self._executor.submit(self._work, some)

    def _answer(self, some: list[Item], future: Future[list[Result]]) -> list[Result]:
        try:
            return future.result()
        except BrokenProcessPool:
            return self._one_by_one(some)

    def _one_by_one(self, some: list[Item]) -> list[Result]:
        """Work on items each on its own, to find which of them kills its process."""
        results: list[Result] = []
        executor = _executor(1)
        for item in some:
            try:
                results += executor.submit(self._work, [item]).result()
            except BrokenProcessPool:
                results.append(self._crashed(item))
                executor = _executor(1)
        executor.shutdown()
        return results


def _executor(count: int) -> ProcessPoolExecutor:
    # "spawn" and not "fork": we have threads, and a fork copies their locks as they happen to be.
    return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"), initializer=_start)


def _start() -> None:
    """Make a process end with its parent, and leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _read(items: Iterable[Item], read: queue.Queue[Item | _End]) -> None:
    try:
        for item in items:
            read.put(item)
    except BaseException as error:  # noqa: BLE001 - raised again by the thread that waits for the results
        read.put(_End(error))
    else:
        read.put(_End())


def _available(read: queue.Queue[Item | _End], most: int) -> tuple[list[Item], _End | None]:
    """Wait for an item, then take what else is there; and the end, when it came."""
    some: list[Item] = []
    while len(some) < most:
        try:
            one = read.get(block=not some)
        except queue.Empty:
            break
        if isinstance(one, _End):
            return some, one
        some.append(one)
    return some, None
