"""A newsroom in small: articles come in with what they announce, messages go out; store real, clock passed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import shipped
from fakes import a_source, an_article, an_entry

from monitor import digests
from monitor.alerts.context import DeliveryContext
from monitor.alerts.deliver import Sent
from monitor.delivering import DeliveryWork
from monitor.pipeline import Pipeline
from monitor.store import Store, entries, sources
from monitor.subscribing import Subscription
from monitor.types import Announcement, Decision

PARIS = ZoneInfo("Europe/Paris")
OUTLETS = ("gazette", "lune", "soleil")


def at(text: str) -> datetime:
    """A time in Paris, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


class Desk:
    """What the daemon does, without a network: `say` is an article read, `go` what follows until a time."""

    def __init__(self, store: Store, *subscriptions: Subscription, now: datetime) -> None:
        self.store = store
        self.now = now
        self.told: list[DeliveryContext] = []
        self.times: list[datetime] = []
        self.fails: Callable[[DeliveryContext], bool] = lambda _context: False
        self._numbers = count(1)
        known = [a_source(name) for name in OUTLETS]
        with store.write() as tx:
            sources.sync(tx, known, now=now)
        self.pipeline = Pipeline(
            store=store,
            classifier=shipped.classifier(),
            sources={source.id: source for source in known},
            subscriptions=subscriptions,
            fresh=timedelta(days=2),
        )
        self.work = DeliveryWork(
            self.pipeline,
            self._send,
            targets=dict.fromkeys(("phone", "mail"), None),
            clock=lambda: self.now,
            owner="test",
            lease=timedelta(minutes=2),
        )

    def say(self, *announcements: Announcement, outlet: str = "gazette") -> Decision:
        """Read an article of now that announces this."""
        number = next(self._numbers)
        url = f"https://{outlet}.example/{number}"
        fields = {"source": outlet, "url": url, "listed_url": url, "published": self.now}
        with self.store.write() as tx:
            entry_id = entries.add(tx, an_entry(number, **fields), now=self.now, outcome=None, reason=None)
            article = an_article(number, fetched_at=self.now, **fields)
            source = self.pipeline.sources[outlet]
            return self.pipeline.keep(tx, entry_id, article, source, announcements, now=self.now)

    def go(self, until: datetime | None = None, *, every: timedelta = timedelta(minutes=10)) -> None:
        """Gather and send what is due, now and then until a time."""
        self._round()
        while until is not None and self.now < until:
            self.now = min(until, self.now + every)
            self._round()

    def _round(self) -> None:
        digests.gather(self.store, self.pipeline.subscriptions, now=self.now, log=self.pipeline.log)
        while self.work.step():
            self.work.wait(10)

    def _send(self, context: DeliveryContext) -> Sent:
        if self.fails(context):
            return Sent(result="retry", detail="as the test wants it")
        self.told.append(context)
        self.times.append(self.now)
        return Sent(result="sent", detail="")

    @property
    def heard(self) -> list[tuple[str, str, list[str]]]:
        """What was sent: local time, form, and the titles told."""
        return [
            (
                f"{time.astimezone(PARIS):%m-%d %H:%M}",
                str(context.form),
                [str(told.story.title) for told in context.stories],
            )
            for time, context in zip(self.times, self.told, strict=True)
        ]
