"""Stories: one row a fact, with everything that happened to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select

from monitor.decide.verdicts import CORRECTED, corrected
from monitor.store import rows, verdicts
from monitor.store.errors import StoreError
from monitor.store.tables import ChangeRow, StoryArticleRow, StoryRow, Tx, insert_into, table
from monitor.types import Announcement, Change, Story
from monitor.vocabulary import Kind

#: How long an untitled project may still turn up under its title: development takes about a year.
UNTITLED_FOR = timedelta(days=400)

_FIELDS = (
    "id",
    "kind",
    "title",
    "title_key",
    "season",
    "work_type",
    "platforms",
    "origin",
    "status",
    "prominence",
    "confidence",
    "people",
    "final",
    "first_seen",
    "outlets",
    "first_url",
)


def candidates(
    tx: Tx, announcements: Sequence[Announcement], keys: Sequence[str], *, now: datetime | None = None
) -> list[Story]:
    """Find the stories that these announcements might be about; which of them they are is decided elsewhere.

    They are of one of the kinds and have one of the keys, or no title yet; or, for an untitled announcement, a person
    in common. Platforms are not compared: "TF1+" may be "TF1".

    Args:
        now: given, stories without a title in common are at most 400 days older.
    """
    kinds = {announcement.kind for announcement in announcements}
    people = {name.casefold() for item in announcements if item.title is None for name in item.people}
    found = _select(tx, kinds, StoryRow.title_key.in_(keys))
    found += _select(tx, kinds, StoryRow.untitled.is_(True), since=now and now - UNTITLED_FOR)
    if people:
        titled = _select(tx, kinds, StoryRow.untitled.is_(False), since=now and now - UNTITLED_FOR)
        found += [row for row in titled if people & {name.casefold() for name in row.people}]
    once = {row.id: row for row in found}
    return _with_history(tx, sorted(once.values(), key=lambda row: (row.first_seen, row.id)))


def _select(
    tx: Tx, kinds: Collection[Kind], condition: ColumnElement[bool], *, since: datetime | None = None
) -> list[StoryRow]:
    """Find the stories of some kinds; each condition that is asked for has its index."""
    statement = select(StoryRow).where(StoryRow.kind.in_(kinds), condition)
    if since is not None:
        statement = statement.where(StoryRow.first_seen >= since)
    return list(tx.scalars(statement)) if kinds else []


def save(tx: Tx, story: Story, *, article_url: str) -> None:
    """Insert a story, or replace what it was; append the steps that are new; note the article as one of its own.

    What readers corrected is kept beside it (`verdicts`), and is not among the steps.

    Raises:
        StoreError: the stored story has more steps than this one, which was made from an older state.
    """
    insert_story = insert_into(tx, StoryRow)
    values = {field: getattr(story, field) for field in _FIELDS} | {"untitled": story.title is None}
    replaced = {field: insert_story.excluded[field] for field in values if field != "id"}
    tx.execute(insert_story.on_conflict_do_update(index_elements=["id"], set_=replaced), values)
    _append(tx, story)
    link = {"story_id": story.id, "article_url": article_url}
    tx.execute(insert_into(tx, StoryArticleRow).on_conflict_do_nothing(), link)


def get(tx: Tx, story_id: str) -> Story | None:
    """Give a story with its history; None when there is none of that id."""
    found = by_ids(tx, [story_id])
    return found[0] if found else None


def all(tx: Tx, limit: int, since: datetime | None = None) -> list[Story]:  # noqa: A001 -- read as `stories.all`
    """List the youngest stories, newest first, optionally only those first seen at or after a time."""
    statement = select(StoryRow).order_by(StoryRow.first_seen.desc(), StoryRow.id).limit(limit)
    if since is not None:
        statement = statement.where(StoryRow.first_seen >= since)
    return _with_history(tx, list(tx.scalars(statement)))


def by_ids(tx: Tx, ids: Sequence[str]) -> list[Story]:
    """Give the stories of these ids, in that order, leaving out what is not there."""
    found = {row.id: row for row in tx.scalars(select(StoryRow).where(StoryRow.id.in_(ids)))}
    return _with_history(tx, [found[story_id] for story_id in ids if story_id in found])


def _append(tx: Tx, story: Story) -> None:
    stored = tx.execute(select(func.count()).where(ChangeRow.story_id == story.id)).scalar_one()
    history = [step for step in story.history if step.field != CORRECTED]
    if stored > len(history):
        raise StoreError(f"story {story.id} has {stored} steps, the one to save {len(history)}: read it again")
    new = [
        _plain(change) | {"story_id": story.id, "position": position}
        for position, change in enumerate(history[stored:], start=stored)
    ]
    if new:
        tx.execute(insert(table(ChangeRow)), new)


def _plain(change: Change) -> dict[str, Any]:
    return {
        "at": change.at,
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "outlet": change.outlet,
        "url": change.url,
        "quote": change.quote,
    }


def _with_history(tx: Tx, found: Sequence[StoryRow]) -> list[Story]:
    histories: dict[str, list[Change]] = defaultdict(list)
    if found:
        histories.update({row.id: [] for row in found})
        statement = select(ChangeRow).where(ChangeRow.story_id.in_([row.id for row in found]))
        for step in tx.scalars(statement.order_by(ChangeRow.story_id, ChangeRow.position)):
            histories[step.story_id].append(rows.change(step))
    said = verdicts.about(tx, histories)
    read = (rows.story(row, tuple(histories[row.id])) for row in found)
    return [corrected(story, said.get(story.id, ())) for story in read]
