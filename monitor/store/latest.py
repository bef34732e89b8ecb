"""Stories in the order in which they last changed: what feeds show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import select

from monitor.store import stories
from monitor.store.tables import ChangeRow, StoryRow, Tx
from monitor.types import Story
from monitor.vocabulary import Kind

#: Stories read at once.
_PAGE: Final = 200
#: A subscription that almost nothing matches is searched for no further back than this many changes.
MOST: Final = 4000


def latest(tx: Tx, *, kind: Kind | None = None, most: int = MOST) -> Iterator[Story]:
    """Give stories, those that changed last first; another outlet that repeats one does not change it.

    Args:
        kind: only of this kind.
        most: how many changes to look back; a story may have several.
    """
    statement = select(ChangeRow.story_id).where(ChangeRow.field != "corroborated")
    if kind is not None:
        statement = statement.join(StoryRow, StoryRow.id == ChangeRow.story_id).where(StoryRow.kind == kind)
    newest = statement.order_by(ChangeRow.at.desc(), ChangeRow.story_id).limit(most)
    ids = list(dict.fromkeys(tx.scalars(newest)))
    for start in range(0, len(ids), _PAGE):
        yield from stories.by_ids(tx, ids[start : start + _PAGE])
