"""Retention: what is old goes, what says "seen" stays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from monitor.store import hosts, jobs, second
from monitor.store.tables import ArticleRow, Base, RunRow, Tx, table

#: Rows changed by one call. The rest is for the next: nobody waits long for the lock (fault Q19).
BATCH = 1_000


def prune(tx: Tx, *, before: datetime) -> int:
    """Empty the texts of old articles and delete old jobs, runs and second answers, up to 1,000 of each; how many.

    Entries, articles without their text, announcements, stories and deliveries stay for ever: they are small, and
    without them what is old would be new again (fault D09). Call it until it gives 0.
    """
    articles, runs = table(ArticleRow).c, table(RunRow).c
    emptied = _some(tx, ArticleRow, (articles.fetched_at < before) & (articles.text != ""))
    if emptied:
        tx.execute(update(table(ArticleRow)).where(articles.id.in_(emptied)).values(text=""))
    ended = _some(tx, RunRow, runs.started_at < before)
    if ended:
        tx.execute(delete(table(RunRow)).where(runs.id.in_(ended)))
    forgotten = second.forget(tx, before=before, limit=BATCH)
    return len(emptied) + len(ended) + forgotten + jobs.forget(tx, before=before, limit=BATCH)


def prune_hosts(tx: Tx, *, before: datetime) -> int:
    """Forget up to 1,000 hosts that nothing was asked of since; how many. Call it until it gives 0."""
    return hosts.forget(tx, before=before, limit=BATCH)


def _some(tx: Tx, model: type[Base], condition: ColumnElement[bool]) -> list[int]:
    return list(tx.scalars(select(table(model).c.id).where(condition).limit(BATCH)))
