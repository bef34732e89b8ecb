"""When something that failed is tried again, if at all."""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler import Rejected, RejectReason

#: Trouble that passes: asked again for as long as the article could still be news.
_PASSING = frozenset(
    {
        RejectReason.NETWORK,
        RejectReason.TIMEOUT,
        RejectReason.HTTP_ERROR,
        RejectReason.RATE_LIMITED,
        RejectReason.ROBOTS,
    }
)
#: Anything else that may be different later (a wall, a crash) is asked again within this.
_DOUBTFUL = timedelta(hours=2)
_SHORTEST, _LONGEST = timedelta(minutes=4), timedelta(days=1)


def next_fetch(rejected: Rejected, *, first_seen: datetime, fresh: timedelta, now: datetime) -> datetime | None:
    """Say when a page is asked for again; None when never.

    The wait is the time since the entry was first seen, from 4 minutes up to a day: it doubles with each try, and
    neither a restart nor a night without network brings the end nearer than the clock does.
    """
    age = now - first_seen
    if not rejected.retry or age > (fresh if rejected.reason in _PASSING else _DOUBTFUL):
        return None
    asked = timedelta(seconds=rejected.retry_after or 0.0)
    return now + min(max(age, asked, _SHORTEST), _LONGEST)


def next_send(
    result: str, *, retry_after: float | None, wait: timedelta, attempts: int, tries: int, now: datetime
) -> datetime | None:
    """Say when a message is sent again after this many attempts; None when it is sent, refused or out of tries.

    `result` is "sent", "retry", "refused" or "unknown"; `wait` is what the backoff asks for, `retry_after` (seconds)
    what the service does. An unknown result is tried again: the Message-ID makes a second copy recognisable.
    """
    if result in {"sent", "refused"} or attempts >= tries:
        return None
    return now + max(wait, timedelta(seconds=min(retry_after or 0.0, _LONGEST.total_seconds())))
