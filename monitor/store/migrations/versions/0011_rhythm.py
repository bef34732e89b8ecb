"""When a source publishes, and what its validators are worth."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns; nothing is known yet of any source, so each is read in full once."""
    op.add_column("sources", sa.Column("rhythm", sa.JSON(), nullable=True))
    with op.batch_alter_table("sources") as table:
        for name in ("unchanged", "parser"):
            table.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("sources") as table:
        for name in ("unchanged", "parser"):
            table.alter_column(name, server_default=None)
