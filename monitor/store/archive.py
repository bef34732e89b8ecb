"""The past, as rules are tried on it: stories with what was told of them, and how each article is seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from monitor.decide.matching import Reading
from monitor.decide.naming import title_key
from monitor.decide.spoken import LEAD, lead_of
from monitor.decide.why import ReadAt
from monitor.store import deliveries, tellings
from monitor.store.tables import (
    AnnouncementRow,
    ArticleRow,
    DeliveryRow,
    DeliveryStoryRow,
    EntryRow,
    StoryArticleRow,
    StoryRow,
    Tx,
)
from monitor.telling import Known
from monitor.types import Delivery

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
    titles = _titles(tx, urls)
    ordered = sorted(urls)
    for start in range(0, len(ordered), _MANY):
        about = (ArticleRow.url, ArticleRow.title, ArticleRow.language, ArticleRow.source_id, ArticleRow.outlet)
        columns = (*about, ArticleRow.summary, func.substr(ArticleRow.text, 1, LEAD))
        statement = select(*columns).where(ArticleRow.url.in_(ordered[start : start + _MANY]))
        for url, title, language, source, outlet, summary, text in tx.execute(statement):
            found[url] = Reading(
                language=language,
                outlet=outlet or source,
                source=source,
                headline=title,
                lead=lead_of(summary, text),
                titles=tuple(titles[url]),
            )
    return found


def _titles(tx: Tx, urls: Collection[str]) -> dict[str, list[str | None]]:
    """Give the titles of what articles announce, by their addresses."""
    found: dict[str, list[str | None]] = defaultdict(list)
    ordered = sorted(urls)
    for start in range(0, len(ordered), _MANY):
        statement = (
            select(ArticleRow.url, AnnouncementRow.title)
            .join(AnnouncementRow, AnnouncementRow.article_id == ArticleRow.id)
            .where(ArticleRow.url.in_(ordered[start : start + _MANY]), AnnouncementRow.story_id.is_not(None))
        )
        for url, title in tx.execute(statement):
            found[url].append(title)
    return found


def read_at(tx: Tx, urls: Collection[str]) -> dict[str, ReadAt]:
    """Say when articles were read, and which of them were listed with everything their source had before."""
    statement = (
        select(ArticleRow.url, ArticleRow.fetched_at, ArticleRow.published, EntryRow.quiet)
        .join(EntryRow, EntryRow.id == ArticleRow.entry_id)
        .where(ArticleRow.url.in_(sorted(urls)))
    )
    return {
        url: ReadAt(at=fetched, quiet=quiet and published is None)
        for url, fetched, published, quiet in tx.execute(statement)
    }


def messages(tx: Tx, story_id: str, subscription: str | None = None) -> list[Delivery]:
    """List what a subscription, or any of them, was told of a story, or will be, in the order it was owed."""
    statement = (
        select(DeliveryRow.id)
        .join(DeliveryStoryRow, DeliveryStoryRow.delivery_id == DeliveryRow.id)
        .where(DeliveryStoryRow.story_id == story_id)
        .order_by(DeliveryRow.number)
    )
    if subscription is not None:
        statement = statement.where(DeliveryRow.subscription == subscription)
    return deliveries.by_ids(tx, list(tx.scalars(statement)))


def meant(tx: Tx, name: str) -> list[str]:
    """Find the stories that somebody means by an id, the address of an article, or a title; newest first."""
    by_id = select(StoryRow.id).where(StoryRow.id == name)
    by_url = select(StoryArticleRow.story_id).where(StoryArticleRow.article_url == name)
    by_title = select(StoryRow.id).where(StoryRow.title_key == title_key(name)).order_by(StoryRow.first_seen.desc())
    for statement in (by_id, by_url, by_title):
        if found := list(tx.scalars(statement)):
            return [one for one in found if one]
    return []
