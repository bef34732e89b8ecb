"""Saved articles through the real reading, deciding and keeping, on a store in memory. Nothing is ever sent.

Each article is judged as of its own publication date, or of when it was fetched if that is known, in the order given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from crawler import Entry, Rejected, SourceKind
from monitor.alerts.context import DeliveryContext
from monitor.classifier import Classifier
from monitor.decide.lore import Lore
from monitor.decide.naming import Names
from monitor.pipeline import Pipeline
from monitor.saved import Saved
from monitor.store import Store, deliveries, entries, sources
from monitor.store import stories as story_rows
from monitor.subscribing import INSTANT, Escalation, Subscription, alike
from monitor.types import Announcement, Decision, Delivery, Source, Story, Watch
from monitor.vocabulary import Outcome

_NOTHING: Final = Watch()


@dataclass(frozen=True, kw_only=True, slots=True)
class Replayed:
    """What became of one saved article."""

    path: str
    outcome: Outcome
    reason: str
    announcements: tuple[Announcement, ...] = ()
    decision: Decision | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Replay:
    """What a replay came to."""

    articles: tuple[Replayed, ...]
    stories: tuple[Story, ...]
    alerts: tuple[DeliveryContext, ...]


def replay(
    articles: Iterable[Saved],
    *,
    classifier: Classifier,
    subscriptions: Sequence[Subscription],
    fresh: timedelta,
    groups: Mapping[str, str],
    lore: Lore,
    now: datetime,
    watch: Watch = _NOTHING,
    store: Store | None = None,
) -> Replay:
    """Put saved articles through the pipeline; `now` stands in where an article has no date.

    A `store` given is left open, and remembers: a second replay on it owes nothing.

    Args:
        watch: what `watchlist = true` means.
    """
    target = store or Store.memory()
    outlets: dict[str, Source] = {}
    pipeline = Pipeline(
        store=target,
        classifier=classifier,
        sources=outlets,
        subscriptions=subscriptions,
        fresh=fresh,
        groups=groups,
        names=Names(classifier.names_of_works()),
        lore=lore,
        watch=watch,
    )
    try:
        replayed = tuple(_put_through(pipeline, outlets, one, now) for one in articles)
        return _gather(target, replayed, subscriptions)
    finally:
        if store is None:
            target.close()


def _put_through(pipeline: Pipeline, outlets: dict[str, Source], one: Saved, now: datetime) -> Replayed:
    record = one.record
    if isinstance(record, Rejected):
        return Replayed(path=one.path, outcome=Outcome.REJECTED, reason=f"{record.reason}: {record.detail}")
    at = one.at or record.published or now
    announcements = pipeline.classify(record)
    with pipeline.store.write() as tx:
        if record.source not in outlets:
            outlets[record.source] = _outlet(record.source)
            sources.sync(tx, list(outlets.values()), now=at)
        known = entries.by_url(tx, record.url)
        if known is not None and known.outcome is not None:
            return Replayed(path=one.path, outcome=Outcome.DUPLICATE, reason="this address was read before")
        entry = Entry(source=record.source, url=record.url, listed_url=record.listed_url, title=record.title)
        entry_id = entries.add(tx, entry, now=at, outcome=None, reason=None)
        decision = pipeline.keep(tx, entry_id, record, outlets[record.source], announcements, now=at)
        for delivery in decision.deliveries:  # told before the next article is read, as by a daemon
            deliveries.sent(tx, delivery.id, now=at, stories=story_rows.by_ids(tx, delivery.stories))
    return Replayed(
        path=one.path,
        outcome=decision.outcome,
        reason=decision.reason,
        announcements=tuple(announcements),
        decision=decision,
    )


def _outlet(name: str) -> Source:
    return Source(
        id=name, name=name, url=f"https://{name}.invalid/", kind=SourceKind.FEED, language="fr", enabled=False
    )


def _gather(store: Store, replayed: tuple[Replayed, ...], subscriptions: Sequence[Subscription]) -> Replay:
    shared = alike(subscriptions)
    owed = [message for one in replayed if one.decision for message in _messages(one.decision.deliveries, shared)]
    with store.read() as tx:
        alerts = tuple(deliveries.context(tx, first.id, beside=beside) for first, *beside in owed)
        stories = tuple(story_rows.all(tx, limit=10_000))
    return Replay(articles=replayed, stories=stories, alerts=alerts)


def _messages(owed: Sequence[Delivery], shared: Mapping[tuple[str, str], Sequence[str]]) -> list[list[Delivery]]:
    """Put together what one article owes subscriptions that share a message, as a daemon sends it."""
    found: dict[tuple[str, tuple[str, ...]], list[Delivery]] = {}
    for one in owed:
        readers = tuple(shared.get((one.target, one.subscription), (one.subscription,)))
        found.setdefault((one.target, readers), []).append(one)
    return list(found.values())


def on_terminal(subscriptions: Sequence[Subscription]) -> tuple[Subscription, ...]:
    """Point subscriptions at one target, so that a replay shows one alert where several services would get copies.

    Each alert is shown at once, in the order of the articles: a replay has no hours to wait for.
    """
    return tuple(
        replace(
            one,
            targets=("terminal",),
            deliver=INSTANT,
            escalate=Escalation(),
            quiet=None,
            max_per_day=None,
            max_per_hour=None,
        )
        for one in subscriptions
    )
