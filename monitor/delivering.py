"""Running deliver jobs: claim, send, and store how it went.

At least once: a crash between sending and storing sends again, with the same Message-ID, so that a copy is known.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from datetime import datetime, timedelta

from monitor import queue
from monitor.alerts.context import DeliveryContext
from monitor.alerts.deliver import Sent
from monitor.pipeline import LeaseLostError, Pipeline
from monitor.queue import Job, JobKind
from monitor.store import deliveries
from monitor.types import DeliveryState

Send = Callable[[DeliveryContext], Sent]  #: render and send one message; never raises for a target's sake


class DeliveryWork:
    """Sends what is owed: one message at a time a target, targets side by side, so that a dead one delays none."""

    def __init__(
        self,
        pipeline: Pipeline,
        send: Send,
        *,
        targets: Mapping[str, object],
        clock: Callable[[], datetime],
        owner: str,
        lease: timedelta,
    ) -> None:
        self._pipeline = pipeline
        self._send = send
        self._targets = targets
        self._clock = clock
        self._owner = owner
        self._lease = lease
        self._pool = ThreadPoolExecutor(max_workers=max(1, len(targets)), thread_name_prefix="deliver")
        self._flying: set[Future[None]] = set()
        self._lock = threading.Lock()
        self.sends: dict[str, int] = {}

    @property
    def busy(self) -> bool:
        """Whether a message is on its way."""
        return any(not future.done() for future in self._flying)

    def step(self) -> int:
        """Claim what is due, at most one message a target, and start sending; how many were started.

        Raises:
            StoreError: the store can't be written.
        """
        landed = {future for future in self._flying if future.done()}
        self._flying -= landed
        for future in landed:
            future.result()  # a send's own failure is raised here, in the loop that logs it
        with self._pipeline.store.write() as tx:
            jobs = queue.claim(
                tx,
                kinds=(JobKind.DELIVER,),
                limit=max(1, len(self._targets)),
                now=self._clock(),
                lease=self._lease,
                owner=self._owner,
            )
        self._flying |= {self._pool.submit(self._deliver, job) for job in jobs}
        return len(jobs)

    def wait(self, timeout: float) -> None:
        """Wait until nothing is on its way, at most this many seconds."""
        wait_for(self._flying, timeout=timeout)

    def close(self) -> None:
        """Start nothing more. A message on its way is finished if the process lives long enough, else sent again."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _deliver(self, job: Job) -> None:
        with self._pipeline.store.read() as tx:
            context = deliveries.context(tx, job.payload)
        if context is None or context.delivery.state is not DeliveryState.OWED:
            self._pipeline.drop(job, now=self._clock())
            return
        sent = self._send(context)
        try:
            self._pipeline.told(job, sent, now=self._clock())
        except LeaseLostError:
            self._pipeline.log("lease_lost", job=job.key, reason="another worker has this message now")
        with self._lock:
            self.sends[sent.result] = self.sends.get(sent.result, 0) + 1
