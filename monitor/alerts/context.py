"""What a message is made of: one delivery, with the stories and the articles behind it.

Values only: the store builds them, `render` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from crawler import check_utc
from monitor.notice import Notice
from monitor.types import Announcement, Delivery, Story
from monitor.vocabulary import Event, Form


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleContext:
    """The article that a story is told from."""

    title: str
    url: str
    outlet: str
    published: datetime | None = None
    out: date | None = None  #: the day it gives the work to the public, outside of the sentence that announces it

    def __post_init__(self) -> None:
        check_utc(self.published)


@dataclass(frozen=True, kw_only=True, slots=True)
class VerdictLinks:
    """Addresses that say whether a story is right: signed, for one reader's message."""

    right: str
    wrong: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What one outlet says of a field that outlets contradict each other on."""

    field: str  #: as in `Change.field`
    value: str
    outlet: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StoryContext:
    """One story as a message tells it."""

    story: Story  #: as it is now
    announcement: Announcement  #: what the article says about it
    article: ArticleContext
    event: Event
    changed: tuple[str, ...] = ()  #: fields that changed, for an update
    claims: tuple[Claim, ...] = ()  #: contradictions, the value that the story keeps first
    matched: str = ""  #: what of the subscription it met: 'works: "Missions"'; empty when not kept
    links: VerdictLinks | None = None  #: None: there is no page to say so on


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveryContext:
    """One delivery and all that its message tells: stories, or else a notice."""

    delivery: Delivery
    form: Form = Form.ALERT
    stories: tuple[StoryContext, ...] = ()  #: of an alert: the headline's first, all from one article
    notice: Notice | None = None
    thread: str | None = (
        None  #: id of the lead story's first delivery to this subscription and target, unless this is it
    )
    days: tuple[date, date] | None = None  #: of a digest: first and last day it covers, in the reader's zone
    zone: str = "UTC"  #: the reader's time zone, as IANA names it: articles' days are told in it
    beside: tuple[Delivery, ...] = ()  #: what other subscriptions are owed for the same article, told along with it

    @property
    def subscriptions(self) -> tuple[str, ...]:
        """Names of the subscriptions that it tells for, that of the delivery first."""
        return (self.delivery.subscription, *(one.subscription for one in self.beside))

    def __post_init__(self) -> None:
        if bool(self.stories) is bool(self.notice) or (self.form is Form.NOTICE) is not bool(self.notice):
            raise ValueError(f"delivery {self.delivery.id}: a {self.form} tells stories, a notice tells one notice")
