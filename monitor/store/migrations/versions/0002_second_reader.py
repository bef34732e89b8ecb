"""The second reader: its answer beside each announcement, its answers to ask nothing twice, its count a month."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column and two tables; what is stored stays as it is, with no second reading."""
    op.add_column("announcements", sa.Column("second", sa.JSON(), nullable=True))
    op.create_table(
        "second_answers",
        sa.Column("question", sa.String(64), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("question", name="pk_second_answers"),
    )
    op.create_index("ix_second_answers_answered_at", "second_answers", ["answered_at"])
    op.create_table(
        "second_counts",
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", name="pk_second_counts"),
    )
