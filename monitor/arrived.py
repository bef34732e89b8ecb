"""Listings and articles that came back together: kept in one transaction, which costs half as much."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from crawler import Article, Listing
from monitor import queue
from monitor.pipeline import Pipeline
from monitor.queue import Job
from monitor.store import Tx
from monitor.tally import Listed
from monitor.types import Decision


def keep_listings(pipeline: Pipeline, polled: Sequence[tuple[Job, Listing]], *, now: datetime) -> list[Listed]:
    """Store how polls of several sources went, and owe what they list; how they went.

    A job that somebody else has meanwhile is left out.

    Raises:
        Exception: one of them trips our own code; nothing of any was kept.
    """
    with pipeline.store.write() as tx:
        ours = _ended(pipeline, tx, [job for job, _ in polled], now)
        return pipeline.keep_listed(tx, [one for one in polled if one[0].id in ours], now=now)


def keep_articles(pipeline: Pipeline, fetched: Sequence[tuple[Job, Article]], *, now: datetime) -> list[Decision]:
    """Read articles, and keep what they change, in their order; what was decided.

    A job that somebody else has meanwhile is left out.

    Raises:
        Exception: one of them trips our own code, or has another outcome already; nothing of any was kept.
    """
    read = [(job, article, pipeline.classify(article)) for job, article in fetched]
    with pipeline.store.write() as tx:
        ours = _ended(pipeline, tx, [job for job, _ in fetched], now)
        return pipeline.keep_read(tx, [one for one in read if one[0].id in ours], now=now)


def _ended(pipeline: Pipeline, tx: Tx, jobs: Sequence[Job], now: datetime) -> set[int]:
    """End the jobs; the ids of those that were still ours."""
    ours = {job.id for job in queue.done_all(tx, jobs, now=now)}
    for job in jobs:
        if job.id not in ours:
            reason = "another worker had this job meanwhile; nothing was stored"
            pipeline.log("lease_lost", job=job.key, reason=reason)
    return ours
