"""Everything that is known of one URL."""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from monitor.store import deliveries, rows, stories
from monitor.store.tables import (
    AnnouncementRow,
    ArticleRow,
    DeliveryRow,
    EntryRow,
    JobRow,
    SightingRow,
    StoryArticleRow,
    Tx,
)
from monitor.store.values import JobTrace, Placed, Sighting, Trace
from monitor.types import Delivery, Story


def trace(tx: Tx, url: str) -> Trace:
    """Gather what happened to a URL: as an entry's canonical one, as listed, or as its page's own."""
    entry = _entry(tx, url)
    if entry is None:
        return Trace(url=url)
    article = tx.scalars(select(ArticleRow).where(ArticleRow.entry_id == entry.id)).one_or_none()
    urls = {entry.url} if article is None else {entry.url, article.url}
    owed = _deliveries(tx, urls)
    return Trace(
        url=url,
        entry=rows.stored_entry(entry),
        sightings=_sightings(tx, entry.id),
        article=None if article is None else rows.article(article),
        announcements=() if article is None else _announcements(tx, article.id),
        stories=_stories(tx, urls),
        deliveries=owed,
        jobs=_jobs(tx, entry, [delivery.id for delivery in owed]),
    )


def _entry(tx: Tx, url: str) -> EntryRow | None:
    for statement in (
        select(EntryRow).where(EntryRow.url == url),
        select(EntryRow).join(ArticleRow, ArticleRow.entry_id == EntryRow.id).where(ArticleRow.url == url),
        select(EntryRow).where(EntryRow.listed_url == url),
    ):
        row = tx.scalars(statement.order_by(EntryRow.id).limit(1)).one_or_none()
        if row is not None:
            return row
    return None


def _sightings(tx: Tx, entry_id: int) -> tuple[Sighting, ...]:
    statement = select(SightingRow).where(SightingRow.entry_id == entry_id).order_by(SightingRow.first_at)
    return tuple(
        Sighting(source=row.source_id, first_at=row.first_at, last_at=row.last_at) for row in tx.scalars(statement)
    )


def _announcements(tx: Tx, article_id: int) -> tuple[Placed, ...]:
    statement = select(AnnouncementRow).where(AnnouncementRow.article_id == article_id)
    found = tx.scalars(statement.order_by(AnnouncementRow.position))
    return tuple(Placed(announcement=rows.announcement(row), story=row.story_id) for row in found)


def _stories(tx: Tx, urls: set[str]) -> tuple[Story, ...]:
    statement = select(StoryArticleRow.story_id).where(StoryArticleRow.article_url.in_(urls))
    return tuple(stories.by_ids(tx, sorted(set(tx.scalars(statement)))))


def _deliveries(tx: Tx, urls: set[str]) -> tuple[Delivery, ...]:
    statement = select(DeliveryRow.id).where(DeliveryRow.article_url.in_(urls)).order_by(DeliveryRow.number)
    return tuple(deliveries.by_ids(tx, list(tx.scalars(statement))))


def _jobs(tx: Tx, entry: EntryRow, owed: list[str]) -> tuple[JobTrace, ...]:
    fetches = and_(JobRow.kind == "fetch", JobRow.key == str(entry.id))
    sends = and_(JobRow.kind == "deliver", JobRow.key.in_(owed))
    found = tx.scalars(select(JobRow).where(or_(fetches, sends)).order_by(JobRow.id))
    return tuple(rows.job_trace(row) for row in found)
