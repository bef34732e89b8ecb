"""What a message is made of, gathered from the rows behind a delivery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from monitor.alerts.context import ArticleContext, Claim, DeliveryContext, StoryContext
from monitor.decide.besides import day_beside
from monitor.decide.claims import claims
from monitor.decide.gathering import net_changes
from monitor.decide.heard import changed_since
from monitor.decide.rivals import BOUGHT, DAYS
from monitor.decide.turns import LINKED
from monitor.store import heard, notices, rows, stories, tellings
from monitor.store.errors import StoreError
from monitor.store.tables import (
    AnnouncementRow,
    ArticleRow,
    DeliveryRow,
    DeliveryStoryRow,
    EntryRow,
    SourceRow,
    StoryRow,
    Tx,
)
from monitor.telling import Known
from monitor.types import Announcement, Delivery, Story
from monitor.vocabulary import DeliveryState, Event, Form, Prominence

#: States of a delivery that tells nothing itself, or nothing yet.
_UNTOLD = (DeliveryState.HELD, DeliveryState.GATHERED)


def context_of(tx: Tx, delivery: Delivery, *, zone: str, beside: Sequence[Delivery] = ()) -> DeliveryContext:
    """Gather everything a delivery's message tells.

    Raises:
        StoreError: what it speaks of is gone.
    """
    if delivery.form is Form.NOTICE:
        notice = notices.get(tx, delivery.notice or "")
        return DeliveryContext(delivery=delivery, form=Form.NOTICE, notice=notice, zone=zone)
    if delivery.form is Form.DIGEST:
        return _digest(tx, delivery, zone)
    if beside:
        return _together(tx, (delivery, *beside), zone)
    found = stories.by_ids(tx, delivery.stories)
    return DeliveryContext(
        delivery=delivery,
        stories=_told(delivery, [_story(tx, delivery, story, [delivery.article_url]) for story in found]),
        thread=_earlier(tx, delivery, delivery.stories[0]),
        zone=zone,
    )


def _together(tx: Tx, owed: Sequence[Delivery], zone: str) -> DeliveryContext:
    """Tell at once what one article owes one target for several subscriptions, in the manner of the first.

    Where one of them had a story before, its reader has had it: to them it is an update, whoever else is new to it.
    """
    first, *beside = owed
    told: dict[str, StoryContext] = {}
    whose: dict[str, Delivery] = {}
    for delivery in owed:
        for story in stories.by_ids(tx, delivery.stories):
            one = _story(tx, delivery, story, [delivery.article_url])
            if story.id not in told or (told[story.id].event, one.event) == (Event.NEW, Event.UPDATE):
                told[story.id], whose[story.id] = one, delivery
    ordered = _told(first, sorted(told.values(), key=_headline_first))
    new = any(one.event is Event.NEW for one in ordered)
    lead = ordered[0].story.id
    return DeliveryContext(
        delivery=replace(first, event=Event.NEW if new else Event.UPDATE),
        stories=ordered,
        thread=_earlier(tx, whose[lead], lead),
        zone=zone,
        beside=tuple(beside),
    )


def _headline_first(told: StoryContext) -> bool:
    return told.announcement.prominence is not Prominence.HEADLINE


def _digest(tx: Tx, delivery: Delivery, zone: str) -> DeliveryContext:
    """Tell each story from the last article that the digest's messages were about."""
    statement = (
        select(DeliveryStoryRow.story_id, DeliveryRow.article_url, DeliveryRow.created_at)
        .join(DeliveryRow, DeliveryRow.id == DeliveryStoryRow.delivery_id)
        .where(DeliveryRow.gathered_in == delivery.id)
        .order_by(DeliveryRow.number)
    )
    urls: dict[str, list[str]] = {}
    times = []
    for story_id, url, created_at in tx.execute(statement):
        urls.setdefault(story_id, []).append(url or "")
        times.append(created_at)
    found = [story for story in stories.by_ids(tx, delivery.stories) if story.id in urls]
    return DeliveryContext(
        delivery=delivery,
        form=Form.DIGEST,
        stories=_told(delivery, [_story(tx, delivery, story, urls[story.id]) for story in found]),
        days=_days(times, zone),
        zone=zone,
    )


def _told(delivery: Delivery, told: Sequence[StoryContext]) -> tuple[StoryContext, ...]:
    if not told:
        raise StoreError(f"delivery {delivery.id}: none of its stories is in the store; it can't be written")
    return tuple(told)


def _days(times: Sequence[datetime], zone: str) -> tuple[date, date]:
    days = [time.astimezone(ZoneInfo(zone)).date() for time in times]
    return min(days), max(days)


def _story(tx: Tx, delivery: Delivery, story: Story, urls: Sequence[str]) -> StoryContext:
    """Tell a story as this reader is to hear it: as new, unless an earlier message to them had it.

    What changed is what these articles changed all in all; the last of them is the one it is told from.
    """
    known = _earlier(tx, delivery, story.id) is not None
    page = _page(tx, delivery, urls[-1])
    announcement = _announcement(tx, delivery, story, urls[-1])
    article = _article(tx, page, announcement)
    return StoryContext(
        story=story,
        announcement=announcement,
        article=article,
        event=Event.UPDATE if known else Event.NEW,
        changed=_changed(tx, delivery, story, urls) if known else (),
        claims=_claims(tx, story),
        matched=dict(delivery.matched).get(story.id, ""),
    )


def _changed(tx: Tx, delivery: Delivery, story: Story, urls: Sequence[str]) -> tuple[str, ...]:
    """Name what is not as this reader was told last; where that isn't known, what these articles changed all in all."""
    told = heard.last_told(tx, [story.id], settled=False).get((story.id, delivery.subscription, delivery.target))
    return (changed_since(told, story) if told else ()) or net_changes(story, urls)


def _claims(tx: Tx, story: Story) -> tuple[Claim, ...]:
    """What outlets say against each other, when they do."""
    known = tellings.known(tx, [story.id]) if story.disputed else []
    return claims(known[0], _rivals(tx, story)) if known else ()


def _rivals(tx: Tx, story: Story) -> list[Known]:
    """Find the stories that tell what one tells, of other platforms."""
    if BOUGHT not in story.disputed or story.title is None:
        return []
    statement = select(StoryRow.id).where(
        StoryRow.title_key == story.title_key,
        StoryRow.kind == story.kind,
        StoryRow.season.is_(None) if story.season is None else StoryRow.season == story.season,
        StoryRow.id != story.id,
        StoryRow.merged_into.is_(None),
        StoryRow.first_seen.between(story.first_seen - DAYS, story.first_seen + DAYS),
    )
    near = tellings.known(tx, list(tx.scalars(statement.order_by(StoryRow.first_seen, StoryRow.id))))
    return [one for one in near if BOUGHT in one.story.disputed and not one.story.retracted]


def _page(tx: Tx, delivery: Delivery, url: str) -> ArticleRow:
    statement = (
        select(ArticleRow)
        .join(EntryRow, EntryRow.id == ArticleRow.entry_id)
        .where(or_(ArticleRow.url == url, EntryRow.url == url))
    )
    row = tx.scalars(statement.order_by(ArticleRow.id.desc()).limit(1)).one_or_none()
    if row is None:
        raise StoreError(f"delivery {delivery.id}: its article {url} is not in the store; it can't be written")
    return row


def _article(tx: Tx, row: ArticleRow, said: Announcement) -> ArticleContext:
    return ArticleContext(
        title=row.title,
        url=row.url,
        outlet=_outlet(tx, row.source_id),
        published=row.published,
        out=day_beside(
            *(said.kind, said.title, said.season),
            sentence=said.evidence.sentence,
            headline=row.title,
            text=row.text,
            told=(row.published or row.fetched_at).date(),
        ),
    )


def _announcement(tx: Tx, delivery: Delivery, story: Story, url: str) -> Announcement:
    """Find what an article announces of a story, or of the story of the same work that turned it."""
    statement = (
        select(AnnouncementRow)
        .join(ArticleRow, ArticleRow.id == AnnouncementRow.article_id)
        .join(EntryRow, EntryRow.id == ArticleRow.entry_id)
        .where(or_(ArticleRow.url == url, EntryRow.url == url))
        .order_by(ArticleRow.id.desc(), AnnouncementRow.position)
    )
    announced = list(tx.scalars(statement))
    turns = {step.quote for step in story.history if step.url == url and step.field in LINKED}
    own = [row for row in announced if row.story_id == story.id]
    turning = [row for row in announced if row.story_id and row.evidence["sentence"] in turns]
    found = own or turning or announced  # an article that came late may have taken its place in the story
    if not found:
        raise StoreError(f"delivery {delivery.id}: {url} announces nothing of story {story.id}")
    return rows.announcement(found[0])


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
            DeliveryRow.state.not_in(_UNTOLD),
        )
        .order_by(DeliveryRow.number)
        .limit(1)
    )
    first = tx.execute(statement).scalar()
    return None if first == delivery.id else first
