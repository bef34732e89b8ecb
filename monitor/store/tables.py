"""The tables. What must be unique is unique here; everything else relies on that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from crawler import ListingStatus, Tier
from monitor.store.base import (
    Base,
    Tx,
    changed,
    insert_for,
    insert_into,
    new_in,
    replaced_in,
    table,
    upsert_into,
)
from monitor.store.columns import closed, identifier
from monitor.vocabulary import (
    DeliveryState,
    Event,
    Form,
    Kind,
    Origin,
    Outcome,
    Prominence,
    Status,
    Timing,
    WorkType,
)

#: With the tables, all that a query needs.
__all__ = ["Base", "Tx", "changed", "insert_for", "insert_into", "new_in", "replaced_in", "table", "upsert_into"]


class SourceRow(Base):
    """A source as configured, and how its polls go. Never deleted: entries speak of it."""

    __tablename__ = "sources"
    id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    definition: Mapped[dict[str, Any]]  #: the whole `Source`
    user_added: Mapped[bool]  #: kept here and not in the config file
    enabled: Mapped[bool]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    body_hash: Mapped[str | None]
    validators_at: Mapped[datetime | None]
    baseline_at: Mapped[datetime | None]  #: when its first crawl was taken in, quietly
    next_poll_at: Mapped[datetime] = mapped_column(index=True)
    last_poll_at: Mapped[datetime | None]
    last_ok_at: Mapped[datetime | None]
    status: Mapped[ListingStatus | None] = mapped_column(closed(ListingStatus))
    failures: Mapped[int]
    error: Mapped[str | None]
    entries_seen: Mapped[int]
    moved_to: Mapped[str | None]  #: where its address leads for good
    news_at: Mapped[datetime | None]  #: when it last listed something new
    trusted_until: Mapped[datetime | None]  #: when the certificate of its host runs out
    kept_at: Mapped[datetime | None]  #: when somebody said to go on asking, though it is gone; no poll changes it
    unchanged: Mapped[int]  #: 304 answers in a row
    parser: Mapped[int]  #: version of the parser that read it last
    rhythm: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  #: when it publishes


_IS_HELD = "held_at IS NOT NULL"


class EntryRow(Base):
    """One URL that some listing had, for ever: the row outlives the article, so that nothing old is new again."""

    __tablename__ = "entries"
    __table_args__ = (
        Index("ix_entries_source_id_first_seen", "source_id", "first_seen"),
        Index("ix_entries_held", "source_id", sqlite_where=text(_IS_HELD), postgresql_where=text(_IS_HELD)),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    # No foreign key: a replayed recording may speak of sources that were never configured here.
    source_id: Mapped[str] = mapped_column(identifier())
    url: Mapped[str] = mapped_column(Text, unique=True)  #: canonical
    listed_url: Mapped[str]
    guid: Mapped[str | None]
    title: Mapped[str]
    summary: Mapped[str]
    published: Mapped[datetime | None]
    first_seen: Mapped[datetime]
    quiet: Mapped[bool]  #: nobody is alerted of it: it was there before the source's first crawl
    outcome: Mapped[Outcome | None] = mapped_column(closed(Outcome))
    reason: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]  #: it came with too many others, and a person is to look first


class SightingRow(Base):
    """A source that listed an entry, with the guid it gave."""

    __tablename__ = "sightings"
    __table_args__ = (Index("ix_sightings_source_id_guid", "source_id", "guid"),)  # not unique: guids are reused (D04)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    source_id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    guid: Mapped[str | None]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class ArticleRow(Base):
    """The page of an entry. Retention empties the text and keeps the rest."""

    __tablename__ = "articles"
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), unique=True)
    source_id: Mapped[str] = mapped_column(identifier())
    # As the page itself says. Not unique: a rewritten article under another address names the same canonical one.
    url: Mapped[str] = mapped_column(Text, index=True)
    listed_url: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    text: Mapped[str]  #: empty once pruned
    text_hash: Mapped[str] = mapped_column(String(64), index=True)
    language: Mapped[str | None]
    author: Mapped[str | None]
    published: Mapped[datetime | None]
    fetched_at: Mapped[datetime] = mapped_column(index=True)
    tier: Mapped[Tier] = mapped_column(closed(Tier))
    quality: Mapped[float]
    partial: Mapped[bool]
    told_at: Mapped[datetime | None]  #: for its stories: publication, or when it was first seen
    outlet: Mapped[str | None]  #: as readers know it


class StoryRow(Base):
    """One announced fact."""

    __tablename__ = "stories"
    __table_args__ = (
        Index("ix_stories_kind_title_key", "kind", "title_key"),
        Index("ix_stories_kind_untitled_first_seen", "kind", "untitled", "first_seen"),
    )
    id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    kind: Mapped[Kind] = mapped_column(closed(Kind))
    title: Mapped[str | None]
    untitled: Mapped[bool]  #: `title` is missing, in a form that can be looked up
    title_key: Mapped[str]
    season: Mapped[int | None]
    work_type: Mapped[WorkType] = mapped_column(closed(WorkType))
    platforms: Mapped[tuple[str, ...]]
    origin: Mapped[Origin] = mapped_column(closed(Origin))
    status: Mapped[Status] = mapped_column(closed(Status))
    prominence: Mapped[Prominence] = mapped_column(closed(Prominence))
    confidence: Mapped[float]
    people: Mapped[tuple[str, ...]]
    final: Mapped[bool]
    first_seen: Mapped[datetime] = mapped_column(index=True)
    outlets: Mapped[tuple[str, ...]]
    first_url: Mapped[str]
    disputed: Mapped[tuple[str, ...]]
    merged_into: Mapped[str | None] = mapped_column(identifier())  #: it turned out to be that story: look there


class ChangeRow(Base):
    """One step in a story's life; only ever appended."""

    __tablename__ = "story_changes"
    story_id: Mapped[str] = mapped_column(ForeignKey("stories.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)  #: feeds ask for what changed last
    field: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    outlet: Mapped[str]
    url: Mapped[str]
    quote: Mapped[str]


class StoryArticleRow(Base):
    """An article that opened, joined or changed a story."""

    __tablename__ = "story_articles"
    story_id: Mapped[str] = mapped_column(ForeignKey("stories.id"), primary_key=True)
    article_url: Mapped[str] = mapped_column(Text, primary_key=True, index=True)


class AnnouncementRow(Base):
    """What the classifier read in an article, and the story it was placed in."""

    __tablename__ = "announcements"
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    # Checked at commit, so that article and story can be written in either order.
    story_id: Mapped[str | None] = mapped_column(
        ForeignKey("stories.id", deferrable=True, initially="DEFERRED"), index=True
    )
    kind: Mapped[Kind] = mapped_column(closed(Kind))
    title: Mapped[str | None]
    also: Mapped[tuple[str, ...] | None]  #: None: read before anybody looked for other titles
    work_type: Mapped[WorkType] = mapped_column(closed(WorkType))
    season: Mapped[int | None]
    final: Mapped[bool]
    rescued: Mapped[bool | None]  #: None: read before anybody asked
    platforms: Mapped[tuple[str, ...]]
    producers: Mapped[tuple[str, ...]]
    people: Mapped[tuple[str, ...]]
    origin: Mapped[Origin] = mapped_column(closed(Origin))
    status: Mapped[Status] = mapped_column(closed(Status))
    prominence: Mapped[Prominence] = mapped_column(closed(Prominence))
    confidence: Mapped[float]
    evidence: Mapped[dict[str, Any]]
    second: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  #: what the second reader answered
    shingles: Mapped[bytes | None]  #: of the text around it, 4 bytes each: compared without reading it again


class DeliveryRow(Base):
    """A message owed. The constraint over four columns is what makes an alert happen once.

    A digest and a notice have no article, so the constraint leaves them alone: their id is made of what they tell.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("article_url", "subscription", "target", "event"),
        Index("ix_deliveries_state_created_at", "state", "created_at"),
        Index("ix_deliveries_subscription_due_at", "subscription", "due_at"),
    )
    number: Mapped[int] = mapped_column(primary_key=True)  #: the order they were owed in, whatever the clock said
    id: Mapped[str] = mapped_column(identifier(), unique=True)
    form: Mapped[Form] = mapped_column(closed(Form))
    article_url: Mapped[str | None] = mapped_column(Text)
    subscription: Mapped[str] = mapped_column(identifier())
    target: Mapped[str] = mapped_column(identifier())
    event: Mapped[Event] = mapped_column(closed(Event))
    language: Mapped[str]
    state: Mapped[DeliveryState] = mapped_column(closed(DeliveryState))
    timing: Mapped[Timing] = mapped_column(closed(Timing))
    due_at: Mapped[datetime]
    gathered_in: Mapped[str | None] = mapped_column(identifier(), index=True)  #: a delivery's id
    notice: Mapped[str | None] = mapped_column(ForeignKey("notices.id"))
    attempts: Mapped[int]
    next_try_at: Mapped[datetime]
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class DeliveryStoryRow(Base):
    """The stories a message tells, the headline's first."""

    __tablename__ = "delivery_stories"
    delivery_id: Mapped[str] = mapped_column(ForeignKey("deliveries.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[str] = mapped_column(ForeignKey("stories.id", deferrable=True, initially="DEFERRED"), index=True)
    matched: Mapped[str | None]  #: what of the subscription it met; missing in messages of version 0.1
    told: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True)
    )  #: what was said of it, once it is sent


class JobRow(Base):
    """Something that must happen. A finished job stays, so that its key is remembered until it is pruned."""

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        # Serves the claim: the hosts that have something ready, and the oldest job of a host.
        Index("ix_jobs_state_kind_host_due_at", "state", "kind", "host", "due_at"),
        # The same, in the order they are due.
        Index("ix_jobs_state_kind_due_at", "state", "kind", "due_at", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(Text)
    host: Mapped[str] = mapped_column(Text)
    payload: Mapped[str]
    state: Mapped[str] = mapped_column(String(8))  #: ready, leased, done or dead
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    fence: Mapped[int]
    owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    error: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    trail: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  #: where redirects have led it


class RunRow(Base):
    """One run of a scheduled job."""

    __tablename__ = "runs"
    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(identifier())
    started_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime]
    error: Mapped[str | None]
