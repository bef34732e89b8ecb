"""The daemon's threads: each goes round until told to stop, and each shows that it still does.

A bug or a store that can't be written ends a round, never the daemon. A crawler that broke down ends the daemon, with
an exit code that makes a supervisor start it again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from crawler import CrawlError
from monitor.pipeline import Log
from monitor.store import StoreError

#: How long to pause after a round that failed, in seconds: a full disk is not freed by asking it faster.
PAUSE = 5.0
#: A loop that has not come round for this long, in seconds, hangs.
HANGING = 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Beat:
    """When a loop last came round."""

    name: str
    age: float  #: seconds since
    within: float  #: seconds that are fine

    @property
    def good(self) -> bool:
        """Whether it came round when it should have: presence is not progress (fault O01)."""
        return self.age < self.within


class Loops:
    """Threads that go round, and the pulse of each."""

    def __init__(self, stop: threading.Event, log: Log, *, pause: float = PAUSE) -> None:
        self._stop = stop
        self._log = log
        self._pause = pause
        self._threads: list[threading.Thread] = []
        self._beats: dict[str, tuple[float, float]] = {}  # name -> (monotonic seconds, seconds until it hangs)
        self.fatal: CrawlError | None = None

    def start(self, name: str, step: Callable[[], object]) -> None:
        """Go round with `step` in a thread of that name."""
        thread = threading.Thread(target=self._go, args=(name, step), name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def beat(self, name: str, *, within: float = HANGING) -> None:
        """Note that `name` came round, and should again within so many seconds."""
        self._beats[name] = (time.monotonic(), within)

    @property
    def alive(self) -> bool:
        """Whether everything came round when it should have."""
        return all(beat.good for beat in self.pulse())

    def pulse(self) -> tuple[Beat, ...]:
        """Tell when each loop last came round."""
        now = time.monotonic()
        beats = list(self._beats.items())
        return tuple(Beat(name=name, age=now - last, within=within) for name, (last, within) in beats)

    def join(self, timeout: float) -> None:
        """Wait for the threads to end, at most so many seconds in all."""
        end = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _go(self, name: str, step: Callable[[], object]) -> None:
        while not self._stop.is_set():
            self.beat(name)
            try:
                step()
            except CrawlError as error:
                self._log("crawler_failed", level="error", loop=name, reason=str(error))
                self.fatal = error
                self._stop.set()
            except StoreError as error:
                self._log("store_failed", level="error", loop=name, reason=str(error))
                self._stop.wait(self._pause)
            except Exception as error:  # noqa: BLE001 - logged with its trace; the daemon outlives its bugs
                self._log("loop_failed", level="error", loop=name, reason=repr(error), exc_info=error)
                self._stop.wait(self._pause)
