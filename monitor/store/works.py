"""Stories as people look at them: by work, for the season ledger, by age, and one with its whole life."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import func, select

from monitor.store import deliveries, stories, tellings
from monitor.store.tables import DeliveryRow, DeliveryStoryRow, StoryRow, Tx
from monitor.store.values import Life
from monitor.telling import Known
from monitor.types import Story
from monitor.vocabulary import Kind

#: How many values one statement asks for; SQLite allows 32,766 and old builds 999.
_BATCH = 500


def recent(tx: Tx, *, limit: int) -> list[str]:
    """List the titles of the works of which something was told last, newest first. Untitled projects are left out."""
    found: dict[str, str] = {}
    whole = StoryRow.untitled.is_(False) & StoryRow.merged_into.is_(None)
    newest = select(StoryRow.title_key, StoryRow.title).where(whole)
    newest = newest.order_by(StoryRow.first_seen.desc(), StoryRow.id)
    for key, title in tx.execute(newest.execution_options(yield_per=_BATCH)):
        found.setdefault(key, title or "")
        if len(found) == limit:
            break
    return list(found.values())


def titles(tx: Tx) -> list[str]:
    """List every title that stories have, or had before they were merged, each once: what a name is looked up in."""
    statement = select(StoryRow.title).where(StoryRow.untitled.is_(False)).distinct().order_by(StoryRow.title)
    return [title for title in tx.scalars(statement) if title]


def stories_of(tx: Tx, keys: Collection[str]) -> list[Story]:
    """Give the stories with one of these title keys, of every kind, oldest first, but those that readers took back.

    A story that was merged into another gives that one.
    """
    found: list[str] = []
    for some in _batches(sorted(keys)):
        named = StoryRow.kind.in_(list(Kind)) & StoryRow.title_key.in_(some) & StoryRow.untitled.is_(False)
        ids = select(func.coalesce(StoryRow.merged_into, StoryRow.id)).where(named)
        found += tx.scalars(ids.order_by(StoryRow.first_seen, StoryRow.id))
    found = list(dict.fromkeys(found))
    read = (story for some in _batches(found) for story in stories.by_ids(tx, some))
    return [story for story in read if not story.retracted]


def known(tx: Tx, keys: Collection[str]) -> list[Known]:
    """Give these stories with all that was told of them."""
    return tellings.known(tx, [story.id for story in stories_of(tx, keys)])


def newest(tx: Tx, *, kind: Kind | None, since: datetime | None, limit: int) -> list[Story]:
    """List the youngest stories, newest first: all, or of one kind, or first seen since a time."""
    statement = select(StoryRow.id).where(StoryRow.merged_into.is_(None))
    if kind is not None:
        statement = statement.where(StoryRow.kind == kind)
    if since is not None:
        statement = statement.where(StoryRow.first_seen >= since)
    ids = list(tx.scalars(statement.order_by(StoryRow.first_seen.desc(), StoryRow.id).limit(limit)))
    return [story for some in _batches(ids) for story in stories.by_ids(tx, some)]


def life(tx: Tx, story_id: str) -> Life | None:
    """Gather all that there is of a story; None when there is none. A merged one's id gives what it became."""
    story = stories.get(tx, story_id)
    if story is None:
        return None
    told = [grain for one in tellings.known(tx, [story.id]) for grain in one.told]
    owed = select(DeliveryRow.id).join(DeliveryStoryRow, DeliveryStoryRow.delivery_id == DeliveryRow.id)
    owed = owed.where(DeliveryStoryRow.story_id == story.id).order_by(DeliveryRow.number)
    messages = deliveries.by_ids(tx, list(tx.scalars(owed)))
    return Life(story=story, told=tuple(told), deliveries=tuple(messages))


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))
