"""A source remembers that somebody said to keep it, though its address is gone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column; no source was kept so far."""
    op.add_column("sources", sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True))
