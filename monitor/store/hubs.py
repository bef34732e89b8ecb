"""Subscriptions at hubs, and what these push."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from monitor.store.hub_tables import HubRow, PushRow
from monitor.store.tables import SourceRow, Tx, table
from monitor.websub import Subscribed, Topic


@dataclass(frozen=True, kw_only=True, slots=True)
class Push:
    """What a hub pushed."""

    source: str
    body: str  #: base64
    content_type: str


def topics(tx: Tx) -> list[Topic]:
    """List what can be subscribed to: the sources that are on and name a hub."""
    hints = SourceRow.rhythm["hints"]
    hub, own = hints["hub"].as_string(), hints["topic"].as_string()
    statement = select(SourceRow.id, hub, own, SourceRow.definition).where(SourceRow.enabled, hub.is_not(None))
    return [Topic(source=row[0], hub=row[1], url=row[2] or row[3]["url"]) for row in tx.execute(statement)]


def all(tx: Tx) -> list[Subscribed]:  # noqa: A001 -- as the other stores name it
    """List every subscription, by source."""
    return [_subscribed(row) for row in tx.scalars(select(HubRow).order_by(HubRow.source_id))]


def of(tx: Tx, source_id: str) -> Subscribed | None:
    """Give a source's subscription, if there is one."""
    row = tx.scalars(select(HubRow).where(HubRow.source_id == source_id)).one_or_none()
    return _subscribed(row) if row else None


def covers(tx: Tx, source_id: str, *, now: datetime) -> bool:
    """Tell whether a hub has promised to tell of this source's news."""
    known = of(tx, source_id)
    return known is not None and known.covers(now)


def by_token(tx: Tx, token: str) -> Subscribed | None:
    """Give the subscription that has this address."""
    row = tx.scalars(select(HubRow).where(HubRow.token == token)).one_or_none()
    return _subscribed(row) if row else None


def keep(tx: Tx, one: Subscribed) -> None:
    """Store how a subscription stands."""
    forget(tx, one.topic.source)
    values = {name: getattr(one, name) for name in _FIELDS}
    values |= {"source_id": one.topic.source, "hub": one.topic.hub, "topic": one.topic.url}
    tx.execute(insert(table(HubRow)).values(values))


def forget(tx: Tx, source_id: str) -> None:
    """Drop a source's subscription."""
    tx.execute(delete(table(HubRow)).where(table(HubRow).c.source_id == source_id))


def pushed(tx: Tx, push: Push, *, now: datetime) -> int:
    """Keep what a hub pushed; its number."""
    values = {"source_id": push.source, "body": push.body, "content_type": push.content_type, "received_at": now}
    number: int = tx.execute(insert(table(PushRow)).values(values).returning(table(PushRow).c.id)).scalar_one()
    return number


def push(tx: Tx, number: int) -> Push | None:
    """Give what a hub pushed; None when it is long gone."""
    row = tx.scalars(select(PushRow).where(PushRow.id == number)).one_or_none()
    return Push(source=row.source_id, body=row.body, content_type=row.content_type) if row else None


def prune(tx: Tx, *, before: datetime) -> None:
    """Forget what was pushed before a time."""
    tx.execute(delete(table(PushRow)).where(table(PushRow).c.received_at < before))


_FIELDS = ("token", "secret", "state", "asked_at", "tries", "confirmed_at", "lease_until", "pushed_at", "error")


def _subscribed(row: HubRow) -> Subscribed:
    values = {name: getattr(row, name) for name in _FIELDS}
    return Subscribed(topic=Topic(source=row.source_id, hub=row.hub, url=row.topic), **values)
