"""What a message is made of: one delivery, with the stories and the article behind it.

Values only: the store builds them, `render` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crawler import check_utc
from monitor.types import Announcement, Delivery, Story
from monitor.vocabulary import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class StoryContext:
    """One story as a message tells it."""

    story: Story  #: as it is now
    announcement: Announcement  #: what the delivery's article says about it
    event: Event
    changed: tuple[str, ...] = ()  #: fields that changed, for an update


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveryContext:
    """One delivery and all that its message tells."""

    delivery: Delivery
    stories: tuple[StoryContext, ...]  #: the headline's first
    article_title: str
    article_url: str
    outlet: str
    published: datetime | None
    thread: str | None  #: id of the lead story's first delivery to this subscription and target; None when this is it

    def __post_init__(self) -> None:
        check_utc(self.published)
