"""A message remembers what it said of each story."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column; what messages of before said is not known."""
    op.add_column("delivery_stories", sa.Column("told", sa.JSON(), nullable=True))
