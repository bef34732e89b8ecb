"""Messages that wait for their hour: what is due, what a digest gathers, what goes out before its time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, select, update

from monitor.store import deliveries
from monitor.store.hot import Hot
from monitor.store.tables import DeliveryRow, DeliveryStoryRow, JobRow, Tx, table
from monitor.types import Delivery
from monitor.vocabulary import DeliveryState, Form, Timing

_ROWS, _TOLD = table(DeliveryRow), table(DeliveryStoryRow)
_HELD = _ROWS.c.state == DeliveryState.HELD
_JOBS = table(JobRow)
_UNSENT = (
    (_ROWS.c.state == DeliveryState.OWED)
    & (_ROWS.c.form == Form.ALERT)
    & (_ROWS.c.attempts == 0)
    & exists().where(
        _JOBS.c.kind == "deliver", _JOBS.c.key == _ROWS.c.id, _JOBS.c.state == "ready", _JOBS.c.attempts == 0
    )
)
_WAITS = (_HELD & (_ROWS.c.form == Form.ALERT)) | _UNSENT
# Made once: each message that is owed asks these.
_ABOUT_TO_HEAR = Hot(
    select(_TOLD.c.story_id, _ROWS.c.subscription, _ROWS.c.target)
    .join(_TOLD, _TOLD.c.delivery_id == _ROWS.c.id)
    .where(_TOLD.c.story_id.in_(bindparam("ids", expanding=True)), _UNSENT)
)
_WAITING_FOR = Hot(
    select(_ROWS.c.subscription, _ROWS.c.target)
    .join(_TOLD, _TOLD.c.delivery_id == _ROWS.c.id)
    .where(_TOLD.c.story_id.in_(bindparam("ids", expanding=True)), _WAITS)
    .distinct()
)
_WITHDRAWN = Hot(
    select(_TOLD.c.delivery_id).where(
        _TOLD.c.story_id.in_(bindparam("ids", expanding=True)),
        _TOLD.c.delivery_id.in_(
            select(_ROWS.c.id).where(
                _ROWS.c.subscription == bindparam("subscription"),
                _ROWS.c.target == bindparam("target"),
                _WAITS,
                _ROWS.c.id != bindparam("told"),
            )
        ),
    )
)


def due(tx: Tx, *, now: datetime) -> list[tuple[str, str]]:
    """List (subscription, target) of what is held and whose hour has come."""
    statement = select(_ROWS.c.subscription, _ROWS.c.target).where(_HELD, _ROWS.c.next_try_at <= now)
    found = tx.execute(statement.distinct().order_by(_ROWS.c.subscription, _ROWS.c.target))
    return [(subscription, target) for subscription, target in found]


def waiting(tx: Tx, subscription: str, target: str, *, until: datetime) -> list[Delivery]:
    """List what is held for a subscription and target and due by a time, in the order it was owed."""
    mine = (_ROWS.c.subscription == subscription) & (_ROWS.c.target == target)
    statement = select(_ROWS.c.id).where(_HELD, mine, _ROWS.c.next_try_at <= until).order_by(_ROWS.c.number)
    return deliveries.by_ids(tx, list(tx.scalars(statement)))


def gathered(tx: Tx, ids: Collection[str], *, into: str | None) -> None:
    """Note that another message tells what these would have; None: that nothing in them is worth telling."""
    _change(tx, ids, state=DeliveryState.GATHERED, gathered_in=into)


def release(tx: Tx, ids: Collection[str], *, now: datetime) -> None:
    """Owe what was held, now. Its job is the caller's to enqueue."""
    _change(tx, ids, state=DeliveryState.OWED, due_at=now, next_try_at=now)


def postpone(tx: Tx, ids: Collection[str], *, until: datetime) -> None:
    """Hold on to what came too late for its hour."""
    _change(tx, ids, due_at=until, next_try_at=until)


def unsent(tx: Tx, story_ids: Collection[str]) -> set[tuple[str, str, str]]:
    """Tell who is about to hear of these stories: (story, subscription, target) of what nobody has begun to send."""
    found = _ABOUT_TO_HEAR.rows(tx, ids=list(story_ids))
    return {(story, subscription, target) for story, subscription, target in found}


def waiting_for(tx: Tx, story_ids: Collection[str]) -> set[tuple[str, str]]:
    """Tell who has a message of these stories that waits: (subscription, target) of what `withdraw` would look into."""
    if not story_ids:
        return set()
    found = _WAITING_FOR.rows(tx, ids=list(story_ids))
    return {(subscription, target) for subscription, target in found}


def withdraw(tx: Tx, told: Delivery) -> None:
    """Take what a message tells at once out of those that wait for the same reader: nothing is told twice.

    One waits when it is held, and when it is owed and nobody has begun to send it.
    """
    asked: dict[str, Any] = {
        "subscription": told.subscription,
        "target": told.target,
        "told": told.id,
        "ids": list(told.stories),
    }
    touched = set(_WITHDRAWN.scalars(tx, **asked))
    if not touched:
        return
    tx.execute(delete(_TOLD).where(_TOLD.c.story_id.in_(told.stories), _TOLD.c.delivery_id.in_(touched)))
    empty = ~exists().where(_TOLD.c.delivery_id == _ROWS.c.id)
    values = {"state": DeliveryState.GATHERED, "gathered_in": told.id}
    tx.execute(update(_ROWS).where(_ROWS.c.id.in_(touched), empty).values(values))


def untold(tx: Tx, story_id: str) -> dict[tuple[str, str], str]:
    """Find who was going to hear of a story and never did: (subscription, target) and the message that would have."""
    mine = select(_ROWS.c.subscription, _ROWS.c.target, _ROWS.c.id, _ROWS.c.state, _ROWS.c.form)
    rows = tx.execute(
        mine.join(_TOLD, _TOLD.c.delivery_id == _ROWS.c.id)
        .where(_TOLD.c.story_id == story_id)
        .order_by(_ROWS.c.number.desc())
    )
    found: dict[tuple[str, str], str] = {}
    told = set()
    for subscription, target, delivery, state, form in rows:
        if state is not DeliveryState.GATHERED:
            told.add((subscription, target))
        elif form is Form.ALERT:
            found[subscription, target] = delivery  # the first one, which would have told it as new
    return {reader: delivery for reader, delivery in found.items() if reader not in told}


def revive(tx: Tx, delivery_id: str, *, until: datetime) -> None:
    """Hold once more what was let go of, until a digest's hour: as a message of its own its job is done already."""
    values = {"state": DeliveryState.HELD, "gathered_in": None, "timing": Timing.DIGEST}
    gone = (_ROWS.c.id == delivery_id) & (_ROWS.c.state == DeliveryState.GATHERED)
    tx.execute(update(_ROWS).where(gone).values(due_at=until, next_try_at=until, **values))


def _change(tx: Tx, ids: Collection[str], **values: Any) -> None:
    tx.execute(update(_ROWS).where(_HELD, _ROWS.c.id.in_(ids)).values(values))
