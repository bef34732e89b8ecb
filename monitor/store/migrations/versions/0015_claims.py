"""The jobs in the order they are due, so that a claim costs the same however much waits."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_jobs_state_kind_due_at", "jobs", ["state", "kind", "due_at", "id"])
