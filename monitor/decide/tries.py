"""When something that failed is tried again, if at all."""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler import Rejected

#: Tries at a page: after 4, 16 and 64 minutes. Network trouble passes within that; a broken page does not.
FETCH_TRIES = 4
_LONGEST = timedelta(days=1)


def next_fetch(rejected: Rejected, *, attempts: int, now: datetime) -> datetime | None:
    """Say when a page is asked for again after this many attempts; None when never."""
    if not rejected.retry or attempts >= FETCH_TRIES:
        return None
    wait = timedelta(minutes=4**attempts)
    if rejected.retry_after is not None:
        wait = max(wait, timedelta(seconds=min(rejected.retry_after, _LONGEST.total_seconds())))
    return now + wait


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
