"""A job remembers where redirects have led it, to go on there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column, empty: jobs under way begin where they began."""
    op.add_column("jobs", sa.Column("trail", sa.JSON(none_as_null=True), nullable=True))
