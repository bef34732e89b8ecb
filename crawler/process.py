"""The parent's side of the crawler: starts children, feeds them, reads them, replaces them. Standard library only.

One thread watches all pipes; `submit` and `records` only touch queues, so neither ever waits for a child.
"""

from __future__ import annotations

import contextlib
import os
import queue
import selectors
import signal
import threading
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler.answers import FailedError, gate_of, without_answer
from crawler.child import Child
from crawler.lane import Lane
from crawler.probes import AnyCommand, AnyRecord, Probed
from crawler.served import Process
from crawler.types import CrawlError, Limits, Record
from crawler.wire import decode, encode

_IDLE = 60.0  #: seconds the thread sleeps when nothing is due


class Crawler:
    """Polls and fetches in child processes; every order is answered by exactly one record.

    Children are started at once and ended by `close`; use it in a `with` statement.

    Args:
        limits: For all children.
        children: Processes at work. A host always belongs to the same one.
        log: Gets event names and fields, from another thread.
        record_to: A file that every record line is appended to.

    Raises:
        OSError: `record_to` cannot be written.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        children: int = 1,
        log: Callable[[str, dict[str, object]], None] | None = None,
        record_to: Path | None = None,
    ) -> None:
        self._limits, self._log = limits, log or (lambda _event, _fields: None)
        self._lock = threading.Lock()
        self._open: set[str] = set()
        self._submitted: queue.SimpleQueue[tuple[int, AnyCommand, str]] = queue.SimpleQueue()
        self._records: queue.SimpleQueue[Record | CrawlError] = queue.SimpleQueue()
        self._probed: queue.SimpleQueue[Probed] = queue.SimpleQueue()
        self._stream = record_to.open("ab") if record_to else None
        self._watch = selectors.DefaultSelector()
        self._wake_read, self._wake_write = os.pipe()
        self._waking = False  # the thread has been told and has not looked yet: once is enough
        os.set_blocking(self._wake_write, False)
        self._watch.register(self._wake_read, selectors.EVENT_READ, self._woken)
        self._lanes = [
            Lane(limits, start=self._start, give_up=self._give_up, log=self._log) for _ in range(max(children, 1))
        ]
        self._close_by: float | None = None
        self._broken: CrawlError | None = None
        self._thread = threading.Thread(target=self._run, name="crawler", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pending(self) -> int:
        """Orders submitted whose record `records` has not handed out yet."""
        with self._lock:
            return len(self._open)

    def submit(self, command: AnyCommand) -> None:
        """Queue an order; returns at once.

        Raises:
            CrawlError: the crawler is closed, or an order of that name is still open.
        """
        with self._lock:
            if self._close_by is not None:
                raise CrawlError(f"order {command.order} comes after the crawler was closed")
            if command.order in self._open:
                raise CrawlError(f"order {command.order} is still open; each order needs its own name")
            self._open.add(command.order)
        host = gate_of(command)
        self._submitted.put((zlib.crc32(host.encode()) % len(self._lanes), command, host))
        self._wake()

    def records(self, timeout: float) -> list[Record]:
        """What has arrived; waits at most `timeout` seconds for the first, and gives [] when nothing came.

        Raises:
            CrawlError: the crawler broke down, by a mistake of its own.
        """
        found: list[Record] = []
        try:
            found.append(self._handed(self._records.get(timeout=max(timeout, 0.0))))
            while True:
                found.append(self._handed(self._records.get_nowait()))
        except queue.Empty:
            return found

    def probed(self, timeout: float) -> Probed | None:
        """The answer to a probe; None when none came within `timeout` seconds. `records` never gives one.

        Raises:
            CrawlError: the crawler broke down, by a mistake of its own.
        """
        try:
            found = self._probed.get(timeout=max(timeout, 0.0))
        except queue.Empty:
            if self._broken:
                raise self._broken from None
            return None
        with self._lock:
            self._open.discard(found.order)
        return found

    def close(self, timeout: float = 4.0) -> None:
        """End all children within `timeout` seconds: end of input, then SIGTERM, then SIGKILL.

        Records that arrive meanwhile can still be had from `records`; orders not begun are not answered.
        """
        with self._lock:
            if self._close_by is None:
                self._close_by = time.monotonic() + timeout
        if self._thread.is_alive():
            self._wake()
            self._thread.join(timeout + 2.0)

    def _handed(self, item: Record | CrawlError) -> Record:
        if isinstance(item, CrawlError):
            self._records.put(item)  # for whoever asks next
            raise item
        with self._lock:
            self._open.discard(item.order)
        return item

    def _wake(self) -> None:
        with self._lock, contextlib.suppress(BlockingIOError):  # a full pipe wakes as well
            if self._wake_write >= 0 and not self._waking:
                self._waking = True
                os.write(self._wake_write, b"!")

    def _run(self) -> None:
        try:
            while self._close_by is None:
                self._step(self._seconds_to_sleep(time.monotonic()))
            self._end()
        except Exception as error:  # told to the caller, whom this thread can't raise into
            self._broken = CrawlError(f"the crawler broke down: {error!r}")
            self._records.put(self._broken)
            raise
        finally:
            self._release()

    def _step(self, seconds: float) -> None:
        """Handle what happens in the next seconds, then what is due."""
        for key, _ in self._watch.select(seconds):
            if key.fd in self._watch.get_map():  # a child's end takes its other pipes along
                key.data()
        while not self._submitted.empty():
            lane, command, host = self._submitted.get()
            self._lanes[lane].take(command, host)
        for lane_ in self._lanes:
            lane_.tend(time.monotonic())

    def _seconds_to_sleep(self, now: float) -> float:
        due = [due for lane in self._lanes if (due := lane.next_due()) is not None]
        return min(max(min(due, default=now + _IDLE) - now, 0.0), _IDLE)

    def _end(self) -> None:
        """End of input; past half of the time SIGTERM, past most of it SIGKILL."""
        by = self._close_by or 0.0
        start = time.monotonic()
        steps = [
            (start + (by - start) * part, number) for part, number in ((0.5, signal.SIGTERM), (0.8, signal.SIGKILL))
        ]
        for lane in self._lanes:
            lane.close()
        while not all(lane.empty for lane in self._lanes):
            while steps and time.monotonic() >= steps[0][0]:
                self._signal(steps.pop(0)[1])
            self._step(max(steps[0][0] - time.monotonic(), 0.0) if steps else 0.1)

    def _signal(self, number: int) -> None:
        for lane in self._lanes:
            for child in lane.children:
                child.kill(number)

    def _release(self) -> None:
        """Leave nothing behind, not even after a breakdown."""
        self._signal(signal.SIGKILL)
        self._watch.close()
        os.close(self._wake_read)
        with self._lock:
            os.close(self._wake_write)
            self._wake_write = -1
        if self._stream:
            self._stream.close()

    def _woken(self) -> None:
        with self._lock:
            self._waking = False
            os.read(self._wake_read, 65_536)

    def _start(self, lane: Lane) -> Process:
        def log(line: str) -> None:
            lane.said(line)
            self._log("crawler_child_says", {"child": child.pid, "line": line})

        child = Child(
            self._limits,
            watch=self._watch,
            on_line=lambda line: self._heard(lane, child, line),
            on_log=log,
            on_end=lambda: lane.ended(child, time.monotonic()),
        )
        return child

    def _heard(self, lane: Lane, child: Child, line: bytes) -> None:
        try:
            value = decode(line)
        except CrawlError as error:
            self._log("crawler_child_garbled", {"child": child.pid, "error": str(error)})
            return
        if lane.heard(child, value, time.monotonic()) is not None:
            self._answer(value, line)

    def _give_up(self, command: AnyCommand, error: FailedError) -> None:
        record = without_answer(command, error, now=datetime.now(UTC))
        self._answer(record, encode(record).encode())

    def _answer(self, record: AnyRecord, line: bytes) -> None:
        if self._stream:
            self._stream.write(line + b"\n")
            self._stream.flush()
        if isinstance(record, Probed):
            self._probed.put(record)
        else:
            self._records.put(record)
