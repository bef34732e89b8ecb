"""Entries that came with too many others are held until a person has looked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_HELD = sa.text("held_at IS NOT NULL")


def upgrade() -> None:
    """Add a column, empty, and an index over what little of it is not."""
    op.add_column("entries", sa.Column("held_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_entries_held", "entries", ["source_id"], sqlite_where=_HELD, postgresql_where=_HELD)
