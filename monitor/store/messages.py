"""What a message is made of, gathered from the rows behind a delivery."""

from __future__ import annotations

from sqlalchemy import or_, select

from monitor.alerts.context import ArticleContext, DeliveryContext, StoryContext
from monitor.store import rows, stories
from monitor.store.errors import StoreError
from monitor.store.tables import (
    AnnouncementRow,
    ArticleRow,
    DeliveryRow,
    DeliveryStoryRow,
    EntryRow,
    SourceRow,
    Tx,
)
from monitor.types import Announcement, Delivery, Story
from monitor.vocabulary import Event

#: Steps of a story that are no change to tell of.
_NO_CHANGE = frozenset({"opened", "corroborated"})


def context_of(tx: Tx, delivery: Delivery) -> DeliveryContext:
    """Gather everything a delivery's message tells.

    Raises:
        StoreError: what it speaks of is gone.
    """
    article = _article(tx, delivery)
    told = tuple(_story(tx, delivery, story, article) for story in stories.by_ids(tx, delivery.stories))
    if not told:
        raise StoreError(f"delivery {delivery.id}: none of its stories is in the store; it can't be written")
    return DeliveryContext(delivery=delivery, stories=told, thread=_earlier(tx, delivery, delivery.stories[0]))


def _article(tx: Tx, delivery: Delivery) -> ArticleContext:
    url = delivery.article_url
    statement = (
        select(ArticleRow)
        .join(EntryRow, EntryRow.id == ArticleRow.entry_id)
        .where(or_(ArticleRow.url == url, EntryRow.url == url))
    )
    row = tx.scalars(statement.order_by(ArticleRow.id.desc()).limit(1)).one_or_none()
    if row is None:
        raise StoreError(f"delivery {delivery.id}: its article {url} is not in the store; it can't be written")
    return ArticleContext(
        title=row.title,
        url=row.url,
        outlet=_outlet(tx, row.source_id),
        published=row.published,
    )


def _story(tx: Tx, delivery: Delivery, story: Story, article: ArticleContext) -> StoryContext:
    """Tell a story as this reader is to hear it: as new, unless an earlier message to them had it."""
    steps = [step.field for step in story.history if step.url == delivery.article_url]
    known = _earlier(tx, delivery, story.id) is not None
    return StoryContext(
        story=story,
        announcement=_announcement(tx, delivery, story),
        article=article,
        event=Event.UPDATE if known else Event.NEW,
        changed=tuple(dict.fromkeys(step for step in steps if step not in _NO_CHANGE)) if known else (),
    )


def _announcement(tx: Tx, delivery: Delivery, story: Story) -> Announcement:
    statement = (
        select(AnnouncementRow)
        .join(ArticleRow, ArticleRow.id == AnnouncementRow.article_id)
        .join(EntryRow, EntryRow.id == ArticleRow.entry_id)
        .where(AnnouncementRow.story_id == story.id)
        .where(or_(ArticleRow.url == delivery.article_url, EntryRow.url == delivery.article_url))
        .order_by(ArticleRow.id.desc(), AnnouncementRow.position)
        .limit(1)
    )
    row = tx.scalars(statement).one_or_none()
    if row is None:
        raise StoreError(f"delivery {delivery.id}: {delivery.article_url} announces nothing of story {story.id}")
    return rows.announcement(row)


def _outlet(tx: Tx, source_id: str) -> str:
    row = tx.scalars(select(SourceRow).where(SourceRow.id == source_id)).one_or_none()
    if row is None:
        return source_id
    return str(row.definition["outlet"] or row.definition["name"])


def _earlier(tx: Tx, delivery: Delivery, story_id: str) -> str | None:
    """Find the first message to this subscription and target that told of the story, before this one."""
    statement = (
        select(DeliveryRow.id)
        .join(DeliveryStoryRow, DeliveryStoryRow.delivery_id == DeliveryRow.id)
        .where(
            DeliveryStoryRow.story_id == story_id,
            DeliveryRow.subscription == delivery.subscription,
            DeliveryRow.target == delivery.target,
        )
        .order_by(DeliveryRow.number)
        .limit(1)
    )
    first = tx.execute(statement).scalar()
    return None if first == delivery.id else first
