"""Deliveries: what is owed to whom, and whether they have it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from monitor.alerts.context import DeliveryContext
from monitor.decide.heard import facts_of
from monitor.store import rows
from monitor.store.errors import StoreError
from monitor.store.hot import Hot, HotWrite
from monitor.store.messages import context_of
from monitor.store.tables import DeliveryRow, DeliveryStoryRow, Tx, changed, insert_into, table
from monitor.types import Delivery, Story
from monitor.vocabulary import DeliveryState

_FIELDS = (
    "id",
    "form",
    "article_url",
    "subscription",
    "target",
    "event",
    "language",
    "state",
    "timing",
    "due_at",
    "gathered_in",
    "notice",
    "attempts",
    "next_try_at",
    "last_error",
    "created_at",
    "sent_at",
)

#: States of a message that was told, or is on its way.
TELLING = (DeliveryState.OWED, DeliveryState.SENT, DeliveryState.DEAD)
#: Names looked up by one query.
_NAMES = 500


def owe(tx: Tx, delivery: Delivery) -> bool:
    """Keep a delivery; False when it is owed or made already, which its unique keys say."""
    return bool(owe_all(tx, [delivery]))


def owe_all(tx: Tx, owed: Sequence[Delivery]) -> set[str]:
    """Keep deliveries, as `owe` does each; the ids of those that are owed that were not."""
    if not owed:
        return set()
    added = insert_into(tx, DeliveryRow).on_conflict_do_nothing().returning(table(DeliveryRow).c.id)
    each = {delivery.id: delivery for delivery in owed}
    new = set(tx.execute(added, [_values(delivery) for delivery in each.values()]).scalars())
    _ADD_STORIES.run(tx, [told for delivery in each.values() if delivery.id in new for told in _stories(delivery)])
    return new


_ADD_STORIES = HotWrite(lambda _: insert(table(DeliveryStoryRow)))


def _values(delivery: Delivery) -> dict[str, Any]:
    values = {field: getattr(delivery, field) for field in _FIELDS}
    return values | {"article_url": delivery.article_url or None, "due_at": delivery.due_at or delivery.created_at}


def _stories(delivery: Delivery) -> Iterator[dict[str, Any]]:
    met = dict(delivery.matched)
    for position, story in enumerate(delivery.stories):
        yield {"delivery_id": delivery.id, "position": position, "story_id": story, "matched": met.get(story)}


def told(tx: Tx, story_ids: Collection[str], *, waiting: bool = True) -> set[tuple[str, str, str]]:
    """Tell who has heard of these stories, or will: (story, subscription, target) of every delivery.

    Args:
        waiting: include what is held for its hour; without it, only what is sent or on its way.
    """
    if not story_ids:
        return set()
    statement = _HAS_HEARD if waiting else _TOLD
    return {(story, subscription, target) for story, subscription, target in statement.rows(tx, ids=list(story_ids))}


_ROWS, _STORIES = table(DeliveryRow), table(DeliveryStoryRow)
# Made once: each article that announces something asks these.
_HEARD = (
    select(_STORIES.c.story_id, _ROWS.c.subscription, _ROWS.c.target)
    .join(_ROWS, _ROWS.c.id == _STORIES.c.delivery_id)
    .where(_STORIES.c.story_id.in_(bindparam("ids", expanding=True)))
)
_HAS_HEARD, _TOLD = Hot(_HEARD), Hot(_HEARD.where(_ROWS.c.state.in_(TELLING)))
_PACES = Hot(
    select(_ROWS.c.subscription, _ROWS.c.target, _ROWS.c.due_at).where(
        _ROWS.c.subscription.in_(bindparam("names", expanding=True)),
        _ROWS.c.due_at > bindparam("since"),
        _ROWS.c.state.in_((DeliveryState.OWED, DeliveryState.SENT)),
    )
)


def paces(tx: Tx, subscriptions: Collection[str], *, since: datetime) -> dict[tuple[str, str], list[datetime]]:
    """Tell when messages went out, or should have, since a time: by subscription and target."""
    found: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    names = sorted(set(subscriptions))
    for start in range(0, len(names), _NAMES):
        for subscription, target, at in _PACES.rows(tx, names=names[start : start + _NAMES], since=since):
            found[subscription, target].append(at)
    return dict(found)


def get(tx: Tx, delivery_id: str) -> Delivery | None:
    """Give a delivery; None when there is none of that id."""
    found = by_ids(tx, [delivery_id])
    return found[0] if found else None


def by_ids(tx: Tx, ids: Sequence[str]) -> list[Delivery]:
    """Give the deliveries of these ids, in that order, leaving out what is not there."""
    found = {row.id: row for row in tx.scalars(select(DeliveryRow).where(DeliveryRow.id.in_(ids)))}
    return _with_stories(tx, [found[delivery_id] for delivery_id in ids if delivery_id in found])


def sent(tx: Tx, delivery_id: str, *, now: datetime, stories: Sequence[Story] = ()) -> None:
    """Note that the message was accepted, and what it said: the stories as it told them."""
    _tried(tx, delivery_id, state=DeliveryState.SENT, sent_at=now, last_error=None)
    columns = table(DeliveryStoryRow).c
    for story in stories:
        mine = (columns.delivery_id == delivery_id) & (columns.story_id == story.id)
        tx.execute(update(table(DeliveryStoryRow)).where(mine).values(told=facts_of(story)))


def failed(tx: Tx, delivery_id: str, *, error: str, next_try_at: datetime | None, now: datetime) -> None:
    """Note a try that failed: it is owed still, or dead when there is no next try."""
    if next_try_at is None:
        _tried(tx, delivery_id, state=DeliveryState.DEAD, last_error=error, next_try_at=now)
    else:
        _tried(tx, delivery_id, state=DeliveryState.OWED, last_error=error, next_try_at=next_try_at)


def withdrawn(tx: Tx, delivery_id: str) -> None:
    """Note that nothing in a message is worth telling any more. Its job is the caller's to end."""
    owed = (table(DeliveryRow).c.id == delivery_id) & (table(DeliveryRow).c.state == DeliveryState.OWED)
    tx.execute(update(table(DeliveryRow)).where(owed).values(state=DeliveryState.GATHERED))


def retry(tx: Tx, delivery_id: str, now: datetime) -> bool:
    """Owe a dead delivery again, at once. False when it is not dead. Its job is the caller's to revive."""
    dead = (table(DeliveryRow).c.id == delivery_id) & (table(DeliveryRow).c.state == DeliveryState.DEAD)
    values = {"state": DeliveryState.OWED, "next_try_at": now}
    return bool(changed(tx, update(table(DeliveryRow)).where(dead).values(values)))


def listing(tx: Tx, *, state: DeliveryState | None = None, limit: int) -> list[Delivery]:
    """List deliveries, newest first."""
    statement = select(DeliveryRow).order_by(DeliveryRow.created_at.desc(), DeliveryRow.number.desc()).limit(limit)
    if state is not None:
        statement = statement.where(DeliveryRow.state == state)
    return _with_stories(tx, list(tx.scalars(statement)))


def context(
    tx: Tx, delivery_id: str, *, zones: Mapping[str, str] | None = None, beside: Sequence[Delivery] = ()
) -> DeliveryContext:
    """Gather everything a message tells.

    Args:
        zones: by subscription, the zone that a digest's days are told in; UTC for what is missing.
        beside: what other subscriptions of the same target are owed for the same article, told along with it.

    Raises:
        StoreError: there is no such delivery, or what it speaks of is gone.
    """
    delivery = get(tx, delivery_id)
    if delivery is None:
        raise StoreError(f"delivery {delivery_id!r} is not in the store; `cocorico alerts list` shows those that are")
    return context_of(tx, delivery, zone=(zones or {}).get(delivery.subscription, "UTC"), beside=beside)


def _tried(tx: Tx, delivery_id: str, **values: Any) -> None:
    """Count a try and keep how it went. What was sent or gathered stays so, whatever a late try reports."""
    columns = table(DeliveryRow).c
    open_ = (columns.id == delivery_id) & columns.state.not_in((DeliveryState.SENT, DeliveryState.GATHERED))
    tx.execute(update(table(DeliveryRow)).where(open_).values(attempts=columns.attempts + 1, **values))


def _with_stories(tx: Tx, found: Sequence[DeliveryRow]) -> list[Delivery]:
    stories: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    if found:
        columns = (DeliveryStoryRow.delivery_id, DeliveryStoryRow.story_id, DeliveryStoryRow.matched)
        statement = select(*columns).where(DeliveryStoryRow.delivery_id.in_([row.id for row in found]))
        for delivery_id, story, matched in tx.execute(statement.order_by(columns[0], DeliveryStoryRow.position)):
            stories[delivery_id].append((story, matched))
    return [rows.delivery(row, stories[row.id]) for row in found]
