"""The message that tells of a stored story, made for looking at it."""

from __future__ import annotations

from datetime import datetime

from monitor.alerts.context import ArticleContext, DeliveryContext, StoryContext
from monitor.alerts.text import Language
from monitor.types import Announcement, Delivery, Evidence, Story
from monitor.vocabulary import Event, Form


def of_story(story: Story, *, language: Language, form: Form, now: datetime) -> DeliveryContext:
    """Make the message that would first tell of a story, or a digest with nothing else in it."""
    first = story.history[0] if story.history else None
    sentence = first.quote if first else ""
    delivery = Delivery(
        id=f"d-test-{now:%Y%m%d%H%M%S%f}",
        article_url=story.first_url,
        subscription="preview",
        target="preview",
        event=Event.NEW,
        language=language,
        stories=(story.id,),
        next_try_at=now,
        created_at=now,
    )
    article = ArticleContext(
        title=story.title or sentence,
        url=story.first_url,
        outlet=story.outlets[0],
        published=story.first_seen,
    )
    announcement = _announcement(story, sentence)
    told = StoryContext(story=story, announcement=announcement, article=article, event=Event.NEW)
    day = now.date()
    return DeliveryContext(
        delivery=delivery, form=form, stories=(told,), days=(day, day) if form is Form.DIGEST else None
    )


def _announcement(story: Story, sentence: str) -> Announcement:
    """Make the announcement that a story would be made of, as its sentence has it."""
    return Announcement(
        kind=story.kind,
        title=story.title,
        work_type=story.work_type,
        season=story.season,
        final=story.final,
        platforms=story.platforms,
        people=story.people,
        origin=story.origin,
        status=story.status,
        prominence=story.prominence,
        confidence=story.confidence,
        evidence=Evidence(sentence=sentence, zone="headline", start=0, end=len(sentence)),
    )
