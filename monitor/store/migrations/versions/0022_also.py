"""An announcement keeps the other titles that its article gives the work."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor.store.columns import Strings

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column; of what was read before it is not known."""
    op.add_column("announcements", sa.Column("also", Strings(), nullable=True))
