"""Messages that wait beside one that is sent: what the same article owes the same target for other subscriptions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import exists, select, update

from monitor.store import deliveries
from monitor.store.tables import DeliveryRow, JobRow, Tx, table
from monitor.types import Delivery, Story
from monitor.vocabulary import DeliveryState, Form

_ROWS, _JOBS = table(DeliveryRow), table(JobRow)


def waiting(tx: Tx, sent: Delivery, subscriptions: Collection[str]) -> list[Delivery]:
    """List what these are owed beside a message, in its language and in nobody's hands, in the order it was owed.

    What is held waits for its own hour; what was refused before may go along with this.
    """
    if sent.form is not Form.ALERT or not subscriptions:
        return []
    mine = (_ROWS.c.article_url == sent.article_url) & (_ROWS.c.target == sent.target)
    free = exists().where(_JOBS.c.kind == "deliver", _JOBS.c.key == _ROWS.c.id, _JOBS.c.state == "ready")
    statement = select(_ROWS.c.id).where(
        mine,
        _ROWS.c.subscription.in_(subscriptions),
        _ROWS.c.subscription != sent.subscription,
        _ROWS.c.language == sent.language,
        free,
    )
    # Not asked for the state: SQLite would go through all that is owed, not to the article's few.
    found = deliveries.by_ids(tx, list(tx.scalars(statement.order_by(_ROWS.c.number))))
    return [one for one in found if one.state is DeliveryState.OWED]


def sent(tx: Tx, ids: Collection[str], *, by: str, now: datetime, stories: Sequence[Story]) -> None:
    """Note that one message told what these would have, and what it said. Their jobs end when they are claimed."""
    if not ids:
        return
    for one in ids:
        deliveries.sent(tx, one, now=now, stories=stories)
    mine = _ROWS.c.id.in_(ids) & (_ROWS.c.state == DeliveryState.SENT)
    tx.execute(update(_ROWS).where(mine).values(gathered_in=by))
