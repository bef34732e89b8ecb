"""Each story of a message says what of the subscription it met."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column; messages of before have nothing in it."""
    op.add_column("delivery_stories", sa.Column("matched", sa.Text(), nullable=True))
