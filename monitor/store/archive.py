"""The past, as rules are tried on it: stories with what was told of them, and how each article is seen."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from monitor.decide.matching import Reading
from monitor.store import tellings
from monitor.store.tables import AnnouncementRow, ArticleRow, Tx
from monitor.telling import Known

#: Databases take only so many values in one statement.
_MANY = 500


def since(tx: Tx, at: datetime) -> list[Known]:
    """Give the stories that anything was told of at or after a time, with all that ever was, oldest first."""
    told_at = func.coalesce(ArticleRow.told_at, ArticleRow.published, ArticleRow.fetched_at)
    statement = (
        select(AnnouncementRow.story_id)
        .join(ArticleRow, ArticleRow.id == AnnouncementRow.article_id)
        .where(AnnouncementRow.story_id.is_not(None), told_at >= at)
    )
    return tellings.known(tx, sorted({story for story in tx.scalars(statement.distinct()) if story}))


def readings(tx: Tx, urls: Collection[str]) -> dict[str, Reading]:
    """Say how articles are seen, by their addresses."""
    found: dict[str, Reading] = {}
    ordered = sorted(urls)
    for start in range(0, len(ordered), _MANY):
        columns = (ArticleRow.url, ArticleRow.title, ArticleRow.language, ArticleRow.source_id, ArticleRow.outlet)
        statement = select(*columns).where(ArticleRow.url.in_(ordered[start : start + _MANY]))
        for url, title, language, source, outlet in tx.execute(statement):
            found[url] = Reading(language=language, outlet=outlet or source, source=source, headline=title)
    return found
