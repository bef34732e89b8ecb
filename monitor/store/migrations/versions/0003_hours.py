"""Deliveries wait for their hour, and Cocorico's own troubles are noticed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of notices, and give every delivery a form and a due time; what was owed went out at once."""
    _tables()
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.alter_column("article_url", existing_type=sa.Text(), nullable=True)
        deliveries.add_column(sa.Column("form", sa.String(32), nullable=True))
        deliveries.add_column(sa.Column("timing", sa.String(32), nullable=True))
        deliveries.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        deliveries.add_column(sa.Column("gathered_in", sa.String(200), nullable=True))
        deliveries.add_column(sa.Column("notice", sa.String(200), nullable=True))
        deliveries.create_foreign_key("fk_deliveries_notice", "notices", ["notice"], ["id"])
    op.execute("UPDATE deliveries SET form = 'alert', timing = 'instant', due_at = created_at")
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.alter_column("form", existing_type=sa.String(32), nullable=False)
        deliveries.alter_column("timing", existing_type=sa.String(32), nullable=False)
        deliveries.alter_column("due_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    op.create_index("ix_deliveries_subscription_due_at", "deliveries", ["subscription", "due_at"])
    op.create_index("ix_deliveries_gathered_in", "deliveries", ["gathered_in"])


def _tables() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )
    op.create_index("ix_notices_at", "notices", ["at"])
    op.create_table(
        "conditions",
        sa.Column("alarm", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("bad_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("good_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("alarm", "subject", name="pk_conditions"),
    )
