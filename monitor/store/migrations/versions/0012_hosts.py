"""Hosts have a standing, and sources may be reserved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_REFUSAL = sa.Enum("payment", "forbidden", "legal", "challenge", name="refusal", native_enum=False, length=32)


def upgrade() -> None:
    """Add two tables; of hosts visited before nothing is known, which is what is known of a new one."""
    op.create_table(
        "hosts",
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("visited_at", _MOMENT),
        sa.Column("visited_by", sa.Text, nullable=False),
        sa.Column("rest_until", _MOMENT),
        sa.Column("closed_until", _MOMENT),
        sa.Column("pages_until", _MOMENT),
        sa.Column("limited", sa.Integer, nullable=False),
        sa.Column("refusal", _REFUSAL),
        sa.Column("refused_at", _MOMENT),
        sa.Column("refused_page", sa.Boolean, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("strikes", sa.Integer, nullable=False),
        sa.Column("probe_at", _MOMENT),
        sa.Column("hour", _MOMENT),
        sa.Column("in_hour", sa.Integer, nullable=False),
        sa.Column("day", _MOMENT),
        sa.Column("in_day", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_hosts"),
    )
    op.create_index("ix_hosts_refusal", "hosts", ["refusal"])
    op.create_table(
        "reservations",
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("policy", sa.Text),
        sa.PrimaryKeyConstraint("source", name="pk_reservations"),
    )
