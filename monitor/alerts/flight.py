"""A send in a thread of its own, with a deadline: however a peer behaves, its target's others don't wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from monitor.alerts.outcome import Progress, Sent

#: Sends, and settles the progress it is given.
Action = Callable[[Progress], None]
#: Judges a send that did not settle: it failed in an unforeseen way, or is still under way at its deadline.
Judge = Callable[[Progress], Sent]


def fly(action: Action, *, target: str, timeout: float, late: Judge) -> Sent:
    """Run a send to one target; answers within `timeout` seconds and a bit.

    While an earlier send to the target still hangs, the answer is `retry` at once: a tarpit costs one thread.
    """
    if any(isinstance(thread, _Flight) and thread.hangs(target) for thread in threading.enumerate()):
        return Sent(result="retry", detail=f"target {target}: an earlier message is still under way")
    thread = _Flight(action, target, timeout, late)
    thread.start()
    return thread.verdict()


class _Flight(threading.Thread):
    """One send, and how long it may take."""

    def __init__(self, action: Action, target: str, timeout: float, late: Judge) -> None:
        super().__init__(name=f"send to {target}", daemon=True)
        self._action, self._target, self._timeout, self._late = action, target, timeout, late
        self._progress = Progress()
        self._overdue = False

    def hangs(self, target: str) -> bool:
        """Past its deadline, and still at it."""
        return self._overdue and self._target == target

    def run(self) -> None:
        try:
            self._action(self._progress)
        except Exception as error:  # noqa: BLE001  a bug must not lose the delivery, nor its text a secret
            self._progress.said.append(f"the sending failed ({type(error).__name__})")
        if self._progress.verdict is None:
            self._progress.settle(self._late(self._progress))

    def verdict(self) -> Sent:
        """Wait for it, at most until the deadline."""
        if not self._progress.known.wait(self._timeout):
            self._overdue = True
            self._progress.settle(self._late(self._progress))
        verdict = self._progress.verdict or Sent(result="unknown", detail="no answer")
        detail = f"target {self._target}: {verdict.detail}"
        return Sent(result=verdict.result, detail=detail, retry_after=verdict.retry_after)
