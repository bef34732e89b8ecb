"""A source remembers the address that its own leads to for good."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column; where sources have moved to is found at their next poll."""
    op.add_column("sources", sa.Column("moved_to", sa.Text(), nullable=True))
