"""Articles that came back together: read each by itself, kept in one transaction, which costs half as much."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from crawler import Article
from monitor import queue
from monitor.pipeline import Pipeline
from monitor.queue import Job
from monitor.types import Decision


def keep_articles(pipeline: Pipeline, fetched: Sequence[tuple[Job, Article]], *, now: datetime) -> list[Decision]:
    """Read articles, and keep what they change, in their order; what was decided.

    A job that somebody else has meanwhile is left out.

    Raises:
        Exception: one of them trips our own code, or has another outcome already; nothing of any was kept.
    """
    read = [(job, article, pipeline.classify(article)) for job, article in fetched]
    if not read:
        return []
    with pipeline.store.write() as tx:
        ours = {job.id for job in queue.done_all(tx, [job for job, _ in fetched], now=now)}
        decisions = pipeline.keep_read(tx, [one for one in read if one[0].id in ours], now=now)
    for job, _ in fetched:
        if job.id not in ours:
            reason = "another worker had this job meanwhile; nothing was stored"
            pipeline.log("lease_lost", job=job.key, reason=reason)
    return decisions
