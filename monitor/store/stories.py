"""Stories: one row a fact, with everything that happened to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select

from monitor.decide.verdicts import CORRECTED, corrected
from monitor.store import rows, verdicts
from monitor.store.hot import Hot, HotWrite
from monitor.store.tables import ChangeRow, StoryArticleRow, StoryRow, Tx, new_in, replaced_in, table
from monitor.types import Change, Story

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
    "disputed",
)


def save(tx: Tx, story: Story, *, article_url: str | None = None) -> None:
    """Insert a story, or replace what it was, with its steps; note an article as one of its own.

    What readers corrected is kept beside it (`verdicts`), and is not among the steps. One that had been merged away and
    is saved again is a story of its own again: its id leads to itself.
    """
    values = {field: getattr(story, field) for field in _FIELDS}
    values |= {"untitled": story.title is None, "merged_into": None}
    _SAVE.run(tx, [values])
    _replace_steps(tx, story)
    if article_url is not None:
        link(tx, story.id, article_url)


def link(tx: Tx, story_id: str, article_url: str) -> None:
    """Note an article as one of a story's."""
    _LINK.run(tx, [{"story_id": story_id, "article_url": article_url}])


def get(tx: Tx, story_id: str) -> Story | None:
    """Give a story with its history; None when there is none of that id. A merged one's id gives what it became."""
    found = by_ids(tx, [story_id])
    return found[0] if found else None


def all(tx: Tx, limit: int, since: datetime | None = None) -> list[Story]:  # noqa: A001 -- read as `stories.all`
    """List the youngest stories, newest first, optionally only those first seen at or after a time."""
    whole = StoryRow.merged_into.is_(None)
    statement = select(StoryRow).where(whole).order_by(StoryRow.first_seen.desc(), StoryRow.id).limit(limit)
    if since is not None:
        statement = statement.where(StoryRow.first_seen >= since)
    return _with_history(tx, list(tx.scalars(statement)))


def by_ids(tx: Tx, ids: Sequence[str]) -> list[Story]:
    """Give the stories of these ids, in that order and each once, leaving out what is not there.

    The id of a story that was merged into another gives that one.
    """
    found = {row.id: row for row in _BY_IDS.rows(tx, ids=list(ids))}
    moved = {row.id: row.merged_into for row in found.values() if row.merged_into is not None}
    if moved:
        found |= {row.id: row for row in _BY_IDS.rows(tx, ids=list(moved.values()))}
    wanted = dict.fromkeys(moved.get(story_id, story_id) for story_id in ids)
    return _with_history(tx, [found[story_id] for story_id in wanted if story_id in found])


def merged_into(tx: Tx, story_id: str) -> str | None:
    """Give the id of the story that another one became; None where it is a story still, or never was one."""
    return tx.execute(select(StoryRow.merged_into).where(StoryRow.id == story_id)).scalar()


def _replace_steps(tx: Tx, story: Story) -> None:
    """Write the steps that differ from those stored: mostly one more at the end, for what comes late the later ones."""
    stored = [rows.change(row) for row in _STEPS.rows(tx, ids=[story.id])]
    history = [step for step in story.history if step.field != CORRECTED]
    same = next(
        (at for at, (one, other) in enumerate(zip(stored, history, strict=False)) if one != other),
        min(len(stored), len(history)),
    )
    if same < len(stored):
        steps = table(ChangeRow).c
        tx.execute(delete(table(ChangeRow)).where(steps.story_id == story.id, steps.position >= same))
    new = [
        _plain(change) | {"story_id": story.id, "position": position}
        for position, change in enumerate(history[same:], start=same)
    ]
    _ADD_STEPS.run(tx, new)


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


def _with_history(tx: Tx, found: Sequence[StoryRow | Row[Any]]) -> list[Story]:
    histories: dict[str, list[Change]] = defaultdict(list)
    if found:
        histories.update({row.id: [] for row in found})
        for step in _STEPS.rows(tx, ids=[row.id for row in found]):
            histories[step.story_id].append(rows.change(step))
    said = verdicts.about(tx, histories)
    read = (rows.story(row, tuple(histories[row.id])) for row in found)
    return [corrected(story, said.get(story.id, ())) for story in read]


#: Made once: to put a statement together costs more than SQLite takes to run it.
_SAVE = HotWrite(replaced_in(StoryRow, ("id",), (*_FIELDS, "untitled", "merged_into")))
_LINK, _ADD_STEPS = HotWrite(new_in(StoryArticleRow)), HotWrite(lambda _: insert(table(ChangeRow)))
_BY_IDS = Hot(select(table(StoryRow)).where(table(StoryRow).c.id.in_(bindparam("ids", expanding=True))))
_STEPS = Hot(
    select(table(ChangeRow))
    .where(table(ChangeRow).c.story_id.in_(bindparam("ids", expanding=True)))
    .order_by(table(ChangeRow).c.story_id, table(ChangeRow).c.position)
)
