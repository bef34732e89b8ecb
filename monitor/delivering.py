"""Running deliver jobs: claim, send, and store how it went.

At least once: a crash between sending and storing sends again, with the same Message-ID, so that a copy is known.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor import endings, queue
from monitor.alerts.context import DeliveryContext
from monitor.alerts.deliver import Sent
from monitor.pipeline import Pipeline
from monitor.queue import Job, JobKind
from monitor.store import Tx, beside, deliveries
from monitor.subscribing import alike
from monitor.types import Delivery, Story
from monitor.vocabulary import DeliveryState

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
        self._zones = {subscription.name: subscription.zone for subscription in pipeline.subscriptions}
        self._alike = alike(pipeline.subscriptions)
        self._clock = clock
        self._owner = owner
        self._lease = lease
        self._flying: set[threading.Thread] = set()
        self._failures: list[Exception] = []
        self._lock = threading.Lock()
        self.sends: dict[str, int] = {}

    @property
    def busy(self) -> bool:
        """Whether a message is on its way, or was when `step` last looked: what waited for it may be due now."""
        return bool(self._flying)

    def step(self) -> int:
        """Claim what is due, at most one message a target, and start sending; how many were started.

        Raises:
            StoreError: the store can't be written.
        """
        self._flying = {thread for thread in self._flying if thread.is_alive()}
        if self._failures:
            raise self._failures.pop(0)  # in the loop that logs it
        with self._pipeline.store.write() as tx:
            jobs = queue.claim(
                tx,
                kinds=(JobKind.DELIVER,),
                limit=max(1, len(self._targets)),
                now=self._clock(),
                lease=self._lease,
                owner=self._owner,
            )
        for job in jobs:
            # A daemon thread: a mail server that hangs must not hold up the end of the process.
            thread = threading.Thread(target=self._fly, args=(job,), name=f"deliver-{job.host}", daemon=True)
            self._flying.add(thread)
            thread.start()
        return len(jobs)

    def wait(self, timeout: float) -> None:
        """Wait until nothing is on its way, at most this many seconds. What then still is, is sent again next time."""
        end = time.monotonic() + timeout
        for thread in list(self._flying):
            thread.join(max(0.0, end - time.monotonic()))

    def _fly(self, job: Job) -> None:
        try:
            self._deliver(job)
        except Exception as error:  # noqa: BLE001 - raised again by the next step
            self._failures.append(error)

    def _deliver(self, job: Job) -> None:
        try:
            with self._pipeline.store.read() as tx:
                owed = deliveries.get(tx, job.payload)
                gone = owed is not None and owed.state is not DeliveryState.OWED  # another message tells what it would
                context = None if gone else self._context(tx, job.payload, owed)
        except Exception as error:  # noqa: BLE001 - a message that can't be read must not block its target
            self._ended(job, Sent(result="retry", detail=f"can't be read: {type(error).__name__}: {error}"))
            return
        if context is None:
            endings.drop(self._pipeline, job, now=self._clock())
        else:
            also = [one.id for one in context.beside]
            self._ended(job, self._send(context), [told.story for told in context.stories], also)

    def _context(self, tx: Tx, name: str, owed: Delivery | None) -> DeliveryContext | None:
        """Gather what a message tells, with what the same article owes its target for others that write alike."""
        alike = self._alike.get((owed.target, owed.subscription), ()) if owed else ()
        others = beside.waiting(tx, owed, alike) if owed else []
        return _worth(deliveries.context(tx, name, zones=self._zones, beside=others))

    def _ended(self, job: Job, sent: Sent, stories: Sequence[Story] = (), also: Sequence[str] = ()) -> None:
        try:
            self._pipeline.told(job, sent, now=self._clock(), stories=stories, also=also)
        except queue.LeaseLostError:
            self._pipeline.log("lease_lost", job=job.key, reason="another worker has this message now")
        with self._lock:
            self.sends[sent.result] = self.sends.get(sent.result, 0) + 1


def _worth(context: DeliveryContext) -> DeliveryContext | None:
    """Leave out what a reader has called wrong since the message was owed; None when nothing is left to tell."""
    told = tuple(one for one in context.stories if not one.story.retracted)
    if len(told) == len(context.stories):
        return context
    left = {one.story.id for one in told}
    still = tuple(one for one in context.beside if left.intersection(one.stories))
    return replace(context, stories=told, beside=still) if told else None
