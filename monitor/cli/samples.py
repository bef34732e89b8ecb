"""Messages made for looking at them: a made-up one, and one for a story that is stored."""

from __future__ import annotations

from datetime import datetime

from monitor.alerts.context import ArticleContext, DeliveryContext, StoryContext
from monitor.alerts.text import Language
from monitor.types import Announcement, Change, Delivery, Evidence, Story
from monitor.vocabulary import Event, Kind, Origin, Prominence, Status, WorkType

#: Never resolves (RFC 2606).
_URL = "https://cocorico.invalid/test"
_QUOTE = {
    "en": "This is a test: the cock crows, and nothing was announced.",
    "fr": "Ceci est un essai : le coq chante, et rien n'est annoncé.",
}
_TITLE = {"en": "A test of Cocorico", "fr": "Un essai de Cocorico"}


def sample(target: str, language: Language, *, now: datetime) -> DeliveryContext:
    """Make a message about nothing real, for a target; each one is a message of its own."""
    story = Story(
        id="s-test00000000",
        kind=Kind.NEW_ORIGINAL,
        title=_TITLE[language],
        title_key="test",
        season=None,
        work_type=WorkType.SERIES,
        platforms=("Cocorico",),
        origin=Origin.FRENCH,
        status=Status.CONFIRMED,
        prominence=Prominence.HEADLINE,
        confidence=1.0,
        first_seen=now,
        outlets=("Cocorico",),
        first_url=_URL,
        history=(
            Change(
                at=now,
                field="opened",
                before=None,
                after=Status.CONFIRMED,
                outlet="Cocorico",
                url=_URL,
                quote=_QUOTE[language],
            ),
        ),
    )
    return of_story(story, target=target, language=language, now=now)


def of_story(story: Story, *, target: str, language: Language, now: datetime) -> DeliveryContext:
    """Make the message that would first tell of a story."""
    first = story.history[0] if story.history else None
    sentence = first.quote if first else ""
    evidence = Evidence(sentence=sentence, zone="headline", start=0, end=len(sentence))
    announcement = Announcement(
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
        evidence=evidence,
    )
    delivery = Delivery(
        id=f"d-test-{now:%Y%m%d%H%M%S%f}",
        article_url=story.first_url,
        subscription="test",
        target=target,
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
    told = StoryContext(story=story, announcement=announcement, article=article, event=Event.NEW)
    return DeliveryContext(delivery=delivery, stories=(told,))
