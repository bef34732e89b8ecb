"""An announcement says whether it takes up a work that had been cancelled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column; of what was read before it is not known."""
    op.add_column("announcements", sa.Column("rescued", sa.Boolean(), nullable=True))
