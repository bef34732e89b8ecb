"""Stories in the order in which they last changed, and the articles they are seen through: what feeds show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from monitor.store import rows, stories
from monitor.store.tables import AnnouncementRow, ArticleRow, ChangeRow, SourceRow, StoryRow, Tx
from monitor.types import Announcement, Story
from monitor.vocabulary import Kind

#: Stories read at once.
PAGE: Final = 200
#: Changes looked back at: a subscription that almost nothing matches is searched for no further.
MOST: Final = 4000


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What one article says of a story."""

    announcement: Announcement
    headline: str
    language: str | None
    source: str  #: id
    outlet: str  #: as readers know it; the source's id when the source is not known any more


def latest(tx: Tx, *, kind: Kind | None = None, most: int = MOST) -> Iterator[list[Story]]:
    """Give stories in pages, those that changed last first; another outlet that repeats one does not change it.

    What its readers took back is left out.

    Args:
        kind: only of this kind.
        most: how many changes to look back; a story may have several.
    """
    statement = select(ChangeRow.story_id).where(ChangeRow.field != "corroborated")
    if kind is not None:
        statement = statement.join(StoryRow, StoryRow.id == ChangeRow.story_id).where(StoryRow.kind == kind)
    newest = statement.order_by(ChangeRow.at.desc(), ChangeRow.story_id).limit(most)
    ids = list(dict.fromkeys(tx.scalars(newest)))
    for start in range(0, len(ids), PAGE):
        page = stories.by_ids(tx, ids[start : start + PAGE])
        yield [story for story in page if not story.retracted]


def of_kind(tx: Tx, kind: Kind) -> Iterator[Story]:
    """Give every story of a kind, in the order of their ids."""
    ids = list(tx.scalars(select(StoryRow.id).where(StoryRow.kind == kind).order_by(StoryRow.id)))
    for start in range(0, len(ids), PAGE):
        yield from stories.by_ids(tx, ids[start : start + PAGE])


def seen(tx: Tx, story_ids: Sequence[str]) -> Mapping[str, Sequence[Seen]]:
    """Give what each article says of these stories, in the order they were read."""
    statement = (
        select(AnnouncementRow, ArticleRow.title, ArticleRow.language, ArticleRow.source_id, SourceRow.definition)
        .join(ArticleRow, ArticleRow.id == AnnouncementRow.article_id)
        .outerjoin(SourceRow, SourceRow.id == ArticleRow.source_id)
        .where(AnnouncementRow.story_id.in_(story_ids))
        .order_by(AnnouncementRow.article_id, AnnouncementRow.position)
    )
    found: dict[str, list[Seen]] = defaultdict(list)
    for row, title, language, source, definition in tx.execute(statement):
        outlet = (definition["outlet"] or definition["name"]) if definition else source
        told = Seen(
            announcement=rows.announcement(row), headline=title, language=language, source=source, outlet=outlet
        )
        found[row.story_id].append(told)
    return found
