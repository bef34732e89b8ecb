"""Stories are folded from what was told: when and by whom, found by cues, tied by hand."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from monitor.decide import cues
from monitor.store import tellings
from monitor.store.tables import Tx

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

#: Stories whose cues are made at a time.
_BATCH = 500


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
    ids = list(connection.execute(sa.text("SELECT id FROM stories ORDER BY id")).scalars())
    with Tx(bind=connection, join_transaction_mode="rollback_only") as tx:
        for start in range(0, len(ids), _BATCH):
            tellings.keep_cues(tx, _found_by(tx, ids[start : start + _BATCH]))
        tx.flush()


def _found_by(tx: Tx, ids: list[str]) -> dict[str, Any]:
    return {
        known.story.id: frozenset[int]().union(*(cues.kept(told, groups={}) for told in known.told))
        for known in tellings.known(tx, ids)
    }


_TOLD_AT = """
    UPDATE articles SET told_at = COALESCE(
        published, (SELECT first_seen FROM entries WHERE entries.id = articles.entry_id), fetched_at)
"""
