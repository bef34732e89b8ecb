"""Jobs: enqueue, claim, done, retry. See `monitor.queue.jobs` for what they promise."""

from monitor.queue.jobs import (
    Job,
    JobKind,
    QueueCounts,
    claim,
    counts,
    dead,
    done,
    enqueue,
    prune,
    release,
    retry,
    revive,
)

__all__ = [
    "Job",
    "JobKind",
    "QueueCounts",
    "claim",
    "counts",
    "dead",
    "done",
    "enqueue",
    "prune",
    "release",
    "retry",
    "revive",
]
