"""A source remembers when the certificate of its host runs out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column; each source fills it with its next answer."""
    op.add_column("sources", sa.Column("trusted_until", sa.DateTime(timezone=True), nullable=True))
