"""What readers were told of stories."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from monitor.decide.heard import Facts
from monitor.store.tables import DeliveryRow, DeliveryStoryRow, Tx
from monitor.vocabulary import DeliveryState


def last_told(tx: Tx, story_ids: Collection[str], *, settled: bool = True) -> dict[tuple[str, str, str], Facts]:
    """Tell what readers of these stories were told last, as far as it is known: by story, subscription and target.

    Args:
        settled: leave out who has a message about the story on its way: nobody knows what they will have been told.
    """
    statement = (
        select(DeliveryStoryRow.story_id, DeliveryRow.subscription, DeliveryRow.target)
        .add_columns(DeliveryRow.state, DeliveryStoryRow.told)
        .join(DeliveryRow, DeliveryRow.id == DeliveryStoryRow.delivery_id)
        .where(DeliveryStoryRow.story_id.in_(story_ids))
        .where(DeliveryRow.state.in_((DeliveryState.OWED, DeliveryState.SENT)))
        .order_by(DeliveryRow.sent_at, DeliveryRow.number)
    )
    found: dict[tuple[str, str, str], Facts] = {}
    pending = set()
    for *reader, state, told in tx.execute(statement):
        story, subscription, target = reader
        if state is DeliveryState.OWED:
            pending.add((story, subscription, target))
        elif told is None:
            found.pop((story, subscription, target), None)
        else:
            found[story, subscription, target] = told
    return {reader: told for reader, told in found.items() if not settled or reader not in pending}
