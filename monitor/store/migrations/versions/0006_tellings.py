"""Stories are folded from what was told: when and by whom, found by cues, tied by hand."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

from monitor.decide import cues
from monitor.telling import Telling, Told
from monitor.types import Announcement, Evidence
from monitor.vocabulary import Kind

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

#: Rows written at a time.
_BATCH = 5_000


def upgrade() -> None:
    """Add columns and two tables; note of what is stored when it was told, by whom, and what it is found by."""
    op.add_column("articles", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("articles", sa.Column("outlet", sa.Text(), nullable=True))
    op.add_column("announcements", sa.Column("shingles", sa.LargeBinary(), nullable=True))
    op.add_column("stories", sa.Column("disputed", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("stories", sa.Column("merged_into", sa.String(200), nullable=True))
    with op.batch_alter_table("stories") as stories:
        stories.alter_column("disputed", server_default=None)
    _cues()
    _ties()
    _fill()


def _cues() -> None:
    op.create_table(
        "story_cues",
        sa.Column("cue", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("story_id", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("cue", "story_id", name="pk_story_cues"),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name="fk_story_cues_story_id", deferrable=True, initially="DEFERRED"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_cues_story_id", "story_cues", ["story_id"])


def _ties() -> None:
    op.create_table(
        "story_ties",
        sa.Column("one", sa.String(200), nullable=False),
        sa.Column("other", sa.String(200), nullable=False),
        sa.Column("other_url", sa.Text(), nullable=False),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("tied_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name="pk_story_ties"),
    )


def _fill() -> None:
    connection = op.get_bind()
    connection.execute(sa.text(_TOLD_AT))
    outlets: dict[str, str] = {}
    sources = sa.table("sources", sa.column("id", sa.String()), sa.column("definition", sa.JSON()))
    for source, definition in connection.execute(sa.select(sources.c.id, sources.c.definition)):
        outlets[source] = str(definition.get("outlet") or definition.get("name") or source)
    for source, outlet in outlets.items():
        told = sa.text("UPDATE articles SET outlet = :outlet WHERE source_id = :source")
        connection.execute(told, {"outlet": outlet, "source": source})
    _index(connection)


def _index(connection: sa.Connection) -> None:
    """Note what each story is found by; only with columns of this version, as later ones may have others."""
    cue = sa.table("story_cues", sa.column("cue", sa.BigInteger()), sa.column("story_id", sa.String()))
    found: dict[str, set[int]] = {}
    for row in connection.execute(_told()):
        found.setdefault(row.story_id, set()).update(cues.kept(_grain(row), groups={}))
    values = [{"story_id": story, "cue": one} for story, some in found.items() for one in sorted(some)]
    for start in range(0, len(values), _BATCH):
        connection.execute(cue.insert(), values[start : start + _BATCH])


def _told() -> sa.Select[Any]:
    texts, lists = ("story_id", "kind", "title"), ("platforms", "people")
    said = sa.table(
        "announcements",
        sa.column("article_id", sa.Integer()),
        *(sa.column(name, sa.String()) for name in texts),
        *(sa.column(name, sa.JSON()) for name in lists),
    )
    page = sa.table("articles", sa.column("id", sa.Integer()), sa.column("told_at", sa.DateTime(timezone=True)))
    chosen = [said.c[name] for name in (*texts, *lists)]
    return (
        sa.select(*chosen, page.c.told_at)
        .join(page, page.c.id == said.c.article_id)
        .where(said.c.story_id.is_not(None))
    )


def _grain(row: sa.Row[Any]) -> Told:
    at = row.told_at.replace(tzinfo=UTC) if row.told_at.tzinfo is None else row.told_at.astimezone(UTC)
    return Told(
        telling=Telling(outlet="", url="", at=at),
        position=0,
        announcement=Announcement(
            kind=Kind(row.kind),
            title=row.title,
            platforms=tuple(row.platforms),
            people=tuple(row.people),
            confidence=1.0,
            evidence=Evidence(sentence="", zone="lead", start=0, end=0),
        ),
    )


_TOLD_AT = """
    UPDATE articles SET told_at = COALESCE(
        published, (SELECT first_seen FROM entries WHERE entries.id = articles.entry_id), fetched_at)
"""
