"""The first schema."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables."""
    _sources()
    _entries()
    _articles()
    _stories()
    _announcements()
    _deliveries()
    _jobs()


def _sources() -> None:
    op.create_table(
        "sources",
        _id("id"),
        sa.Column("definition", sa.JSON(), nullable=False),
        _flag("user_added"),
        _flag("enabled"),
        _text("etag", nullable=True),
        _text("last_modified", nullable=True),
        _text("body_hash", nullable=True),
        _time("validators_at", nullable=True),
        _time("baseline_at", nullable=True),
        _time("next_poll_at"),
        _time("last_poll_at", nullable=True),
        _time("last_ok_at", nullable=True),
        _word("status", nullable=True),
        _number("failures"),
        _text("error", nullable=True),
        _number("entries_seen"),
        _key("sources", "id"),
    )
    op.create_index("ix_sources_next_poll_at", "sources", ["next_poll_at"])


def _entries() -> None:
    op.create_table(
        "entries",
        _number("id"),
        _id("source_id"),
        _text("url"),
        _text("listed_url"),
        _text("guid", nullable=True),
        _text("title"),
        _text("summary"),
        _time("published", nullable=True),
        _time("first_seen"),
        _flag("quiet"),
        _word("outcome", nullable=True),
        _text("reason", nullable=True),
        _time("settled_at", nullable=True),
        _key("entries", "id"),
        sa.UniqueConstraint("url", name="uq_entries_url"),
    )
    op.create_index("ix_entries_source_id_first_seen", "entries", ["source_id", "first_seen"])
    op.create_table(
        "sightings",
        _number("entry_id"),
        _id("source_id"),
        _text("guid", nullable=True),
        _time("first_at"),
        _time("last_at"),
        _key("sightings", "entry_id", "source_id"),
        _points("sightings", "entry_id", "entries.id"),
    )
    op.create_index("ix_sightings_source_id_guid", "sightings", ["source_id", "guid"])


def _articles() -> None:
    op.create_table(
        "articles",
        _number("id"),
        _number("entry_id"),
        _id("source_id"),
        _text("url"),
        _text("listed_url"),
        _text("title"),
        _text("summary"),
        _text("text"),
        sa.Column("text_hash", sa.String(64), nullable=False),
        _text("language", nullable=True),
        _text("author", nullable=True),
        _time("published", nullable=True),
        _time("fetched_at"),
        _word("tier"),
        _share("quality"),
        _flag("partial"),
        _key("articles", "id"),
        _points("articles", "entry_id", "entries.id"),
        sa.UniqueConstraint("entry_id", name="uq_articles_entry_id"),
    )
    for column in ("url", "text_hash", "fetched_at"):
        op.create_index(f"ix_articles_{column}", "articles", [column])


def _stories() -> None:
    op.create_table(
        "stories",
        _id("id"),
        *_announced(),
        _flag("untitled"),
        _text("title_key"),
        _time("first_seen"),
        sa.Column("outlets", sa.JSON(), nullable=False),
        _text("first_url"),
        _key("stories", "id"),
    )
    op.create_index("ix_stories_first_seen", "stories", ["first_seen"])
    op.create_index("ix_stories_kind_title_key", "stories", ["kind", "title_key"])
    op.create_index("ix_stories_kind_untitled_first_seen", "stories", ["kind", "untitled", "first_seen"])
    op.create_table(
        "story_changes",
        _id("story_id"),
        _number("position"),
        _time("at"),
        _text("field"),
        _text("before", nullable=True),
        _text("after", nullable=True),
        _text("outlet"),
        _text("url"),
        _text("quote"),
        _key("story_changes", "story_id", "position"),
        _points("story_changes", "story_id", "stories.id"),
    )
    op.create_table(
        "story_articles",
        _id("story_id"),
        _text("article_url"),
        _key("story_articles", "story_id", "article_url"),
        _points("story_articles", "story_id", "stories.id"),
    )
    op.create_index("ix_story_articles_article_url", "story_articles", ["article_url"])


def _announcements() -> None:
    op.create_table(
        "announcements",
        _number("article_id"),
        _number("position"),
        sa.Column("story_id", sa.String(200)),
        *_announced(),
        sa.Column("producers", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        _key("announcements", "article_id", "position"),
        _points("announcements", "article_id", "articles.id"),
        _points("announcements", "story_id", "stories.id", deferrable=True, initially="DEFERRED"),
    )
    op.create_index("ix_announcements_story_id", "announcements", ["story_id"])


def _deliveries() -> None:
    once = ("article_url", "subscription", "target", "event")
    op.create_table(
        "deliveries",
        _number("number"),
        _id("id"),
        _text("article_url"),
        _id("subscription"),
        _id("target"),
        _word("event"),
        _text("language"),
        _word("state"),
        _number("attempts"),
        _time("next_try_at"),
        _text("last_error", nullable=True),
        _time("created_at"),
        _time("sent_at", nullable=True),
        _key("deliveries", "number"),
        sa.UniqueConstraint("id", name="uq_deliveries_id"),
        sa.UniqueConstraint(*once, name="uq_deliveries_article_url_subscription_target_event"),
    )
    op.create_index("ix_deliveries_state_created_at", "deliveries", ["state", "created_at"])
    op.create_table(
        "delivery_stories",
        _id("delivery_id"),
        _number("position"),
        _id("story_id"),
        _key("delivery_stories", "delivery_id", "position"),
        _points("delivery_stories", "delivery_id", "deliveries.id"),
        _points("delivery_stories", "story_id", "stories.id", deferrable=True, initially="DEFERRED"),
    )
    op.create_index("ix_delivery_stories_story_id", "delivery_stories", ["story_id"])


def _jobs() -> None:
    op.create_table(
        "jobs",
        _number("id"),
        sa.Column("kind", sa.String(16), nullable=False),
        _text("key"),
        _text("host"),
        _text("payload"),
        sa.Column("state", sa.String(8), nullable=False),
        _time("due_at"),
        _number("attempts"),
        _number("fence"),
        _text("owner", nullable=True),
        _time("lease_until", nullable=True),
        _text("error", nullable=True),
        _time("ended_at", nullable=True),
        _key("jobs", "id"),
        sa.UniqueConstraint("kind", "key", name="uq_jobs_kind_key"),
    )
    op.create_index("ix_jobs_state_kind_host_due_at", "jobs", ["state", "kind", "host", "due_at"])
    op.create_table(
        "runs",
        _number("id"),
        _id("job"),
        _time("started_at"),
        _time("ended_at"),
        _text("error", nullable=True),
        _key("runs", "id"),
    )
    op.create_index("ix_runs_started_at", "runs", ["started_at"])


def _announced() -> tuple[sa.Column[Any], ...]:
    """Give what an announcement and a story have in common."""
    return (
        _word("kind"),
        _text("title", nullable=True),
        _word("work_type"),
        _number("season", nullable=True),
        _flag("final"),
        sa.Column("platforms", sa.JSON(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        _word("origin"),
        _word("status"),
        _word("prominence"),
        _share("confidence"),
    )


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(200), nullable=False)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _word(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(32), nullable=nullable)


def _time(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _share(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.Double(), nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _points(table: str, column: str, to: str, **options: Any) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}", **options)
