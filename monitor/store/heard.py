"""What readers were told of stories."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import bindparam, select

from monitor.decide.heard import Facts
from monitor.store.hot import Hot
from monitor.store.tables import DeliveryRow, DeliveryStoryRow, Tx, table
from monitor.vocabulary import DeliveryState


def last_told(tx: Tx, story_ids: Collection[str], *, settled: bool = True) -> dict[tuple[str, str, str], Facts]:
    """Tell what readers of these stories were told last, as far as it is known: by story, subscription and target.

    Args:
        settled: leave out who has a message about the story on its way: nobody knows what they will have been told.
    """
    found: dict[tuple[str, str, str], Facts] = {}
    pending = set()
    for *reader, state, told in _LAST.rows(tx, ids=list(story_ids)):
        story, subscription, target = reader
        if state is DeliveryState.OWED:
            pending.add((story, subscription, target))
        elif told is None:
            found.pop((story, subscription, target), None)
        else:
            found[story, subscription, target] = told
    return {reader: told for reader, told in found.items() if not settled or reader not in pending}


_ROWS, _STORIES = table(DeliveryRow), table(DeliveryStoryRow)
#: Made once: each article that owes a message asks this.
_LAST = Hot(
    select(_STORIES.c.story_id, _ROWS.c.subscription, _ROWS.c.target, _ROWS.c.state, _STORIES.c.told)
    .join(_ROWS, _ROWS.c.id == _STORIES.c.delivery_id)
    .where(_STORIES.c.story_id.in_(bindparam("ids", expanding=True)))
    .where(_ROWS.c.state.in_((DeliveryState.OWED, DeliveryState.SENT)))
    .order_by(_ROWS.c.sent_at, _ROWS.c.number)
)
