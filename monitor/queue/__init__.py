"""Jobs: enqueue, claim, done, retry. See `monitor.queue.jobs` for what they promise."""

from monitor.queue.jobs import (
    Job,
    JobKind,
    LeaseLostError,
    QueueCounts,
    claim,
    counts,
    dead,
    done,
    end,
    enqueue,
    keep_lease,
    prune,
    release,
    retry,
    revive,
)

__all__ = [
    "Job",
    "JobKind",
    "LeaseLostError",
    "QueueCounts",
    "claim",
    "counts",
    "dead",
    "done",
    "end",
    "enqueue",
    "keep_lease",
    "prune",
    "release",
    "retry",
    "revive",
]
