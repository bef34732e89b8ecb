"""What the season ledger is drawn up from: the stories of works, and what each of their articles said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import func, select

from monitor.store import rows, stories
from monitor.store.tables import AnnouncementRow, ArticleRow, EntryRow, SourceRow, StoryRow, Tx
from monitor.types import Story
from monitor.vocabulary import Kind
from monitor.works import Told

#: How many values one statement asks for; SQLite allows 32,766 and old builds 999.
_BATCH = 500


def recent_keys(tx: Tx, *, limit: int) -> list[str]:
    """List the title keys of which something was told last, newest first. Untitled projects are left out."""
    newest = func.max(StoryRow.first_seen)
    statement = select(StoryRow.title_key).where(StoryRow.untitled.is_(False)).group_by(StoryRow.title_key)
    return list(tx.scalars(statement.order_by(newest.desc(), StoryRow.title_key).limit(limit)))


def titles(tx: Tx) -> list[str]:
    """List every title that stories have, each once: what a name that is not found is compared with."""
    statement = select(StoryRow.title).where(StoryRow.untitled.is_(False)).distinct().order_by(StoryRow.title)
    return [title for title in tx.scalars(statement) if title]


def stories_of(tx: Tx, keys: Collection[str]) -> list[Story]:
    """Give the stories with one of these title keys, of every kind, oldest first, but those that readers took back."""
    found: list[str] = []
    for some in _batches(sorted(keys)):
        statement = select(StoryRow.id).where(StoryRow.kind.in_(list(Kind)), StoryRow.title_key.in_(some))
        found += tx.scalars(statement.order_by(StoryRow.first_seen, StoryRow.id))
    read = (story for some in _batches(found) for story in stories.by_ids(tx, some))
    return [story for story in read if not story.retracted]


def told(tx: Tx, story_ids: Sequence[str]) -> list[Told]:
    """Give what articles said of these stories, oldest first, each under the name readers know its outlet by."""
    outlets = {row.id: str(row.definition["outlet"] or row.definition["name"]) for row in tx.scalars(select(SourceRow))}
    found = []
    for some in _batches(story_ids):
        statement = (
            select(AnnouncementRow, ArticleRow, EntryRow.first_seen)
            .join(ArticleRow, ArticleRow.id == AnnouncementRow.article_id)
            .join(EntryRow, EntryRow.id == ArticleRow.entry_id)
            .where(AnnouncementRow.story_id.in_(some))
        )
        for said, article, first_seen in tx.execute(statement):
            telling = Told(
                story=said.story_id or "",
                announcement=rows.announcement(said),
                outlet=outlets.get(article.source_id, article.source_id),
                url=article.url,
                at=min(article.published or first_seen, article.fetched_at),
            )
            found.append(telling)
    return sorted(found, key=lambda one: (one.at, one.url))


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))
