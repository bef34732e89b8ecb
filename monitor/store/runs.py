"""Runs of scheduled jobs: when, and whether they failed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from monitor.store.tables import RunRow, Tx, insert_into
from monitor.store.values import Run


def record(tx: Tx, *, job: str, started_at: datetime, ended_at: datetime, error: str | None) -> None:
    """Keep how a run went."""
    values = {"job": job, "started_at": started_at, "ended_at": ended_at, "error": error}
    tx.execute(insert_into(tx, RunRow), values)


def recent(tx: Tx, limit: int) -> list[Run]:
    """List the last runs, newest first."""
    statement = select(RunRow).order_by(RunRow.started_at.desc(), RunRow.id.desc()).limit(limit)
    return [
        Run(job=row.job, started_at=row.started_at, ended_at=row.ended_at, error=row.error)
        for row in tx.scalars(statement)
    ]
