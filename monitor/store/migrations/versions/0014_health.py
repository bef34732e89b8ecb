"""Each source knows when it last listed something new, and how its pages end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column, filled from what was listed, and a table; how pages end is learned from the next on."""
    op.add_column("sources", sa.Column("news_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE sources SET news_at = (SELECT max(first_at) FROM sightings WHERE sightings.source_id = sources.id)"
    )
    op.create_table(
        "source_pages",
        sa.Column("source_id", sa.String(200), nullable=False),
        sa.Column("pages", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", name="pk_source_pages"),
    )
