"""What changed last is found at once: feeds ask for it."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add an index."""
    op.create_index("ix_story_changes_at", "story_changes", ["at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_story_changes_at", "story_changes")
