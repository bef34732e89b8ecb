"""When a page or a message is tried again: as long as it can still be news, never for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler import Rejected, RejectReason
from monitor.decide import tries

SEEN = datetime(2026, 11, 20, 12, tzinfo=UTC)
FRESH = timedelta(days=2)


def rejected(reason: RejectReason, *, retry: bool = True, retry_after: float | None = None) -> Rejected:
    url = "https://lune.example/1"
    return Rejected(
        order="1",
        source="lune",
        url=url,
        listed_url=url,
        reason=reason,
        retry=retry,
        retry_after=retry_after,
        fetched_at=SEEN,
    )


def schedule(reason: RejectReason) -> list[timedelta]:
    """Give the times after the first sight at which a page that always fails so is tried again."""
    found, now = [], SEEN
    while (again := tries.next_fetch(rejected(reason), first_seen=SEEN, fresh=FRESH, now=now)) is not None:
        now = again
        found.append(now - SEEN)
    return found


def test_trouble_of_the_network_is_outlasted_as_long_as_it_can_be_news() -> None:
    times = schedule(RejectReason.NETWORK)
    assert times[0] == timedelta(minutes=4)
    assert times[:-1] == sorted(times[:-1])
    assert FRESH < times[-1] <= FRESH + timedelta(days=1)
    assert 8 <= len(times) <= 16


def test_a_wall_is_tried_for_hours_only() -> None:
    assert timedelta(hours=2) < schedule(RejectReason.CHALLENGE)[-1] <= timedelta(hours=5)


def test_what_cannot_change_is_never_tried_again() -> None:
    final = rejected(RejectReason.NOT_FOUND, retry=False)
    assert tries.next_fetch(final, first_seen=SEEN, fresh=FRESH, now=SEEN) is None


@pytest.mark.parametrize(("asked", "waited"), [(1800.0, 1800), (10.0**9, 86_400), (1.0, 240)])
def test_retry_after_is_kept_within_a_day(asked: float, waited: float) -> None:
    limited = rejected(RejectReason.RATE_LIMITED, retry_after=asked)
    again = tries.next_fetch(limited, first_seen=SEEN, fresh=FRESH, now=SEEN)
    assert again == SEEN + timedelta(seconds=waited)


@pytest.mark.parametrize(
    ("result", "attempts", "expected"),
    [("sent", 1, None), ("refused", 1, None), ("retry", 30, None), ("retry", 1, 60), ("unknown", 1, 60)],
)
def test_a_message_is_sent_again_unless_it_arrived_or_was_refused(
    result: str, attempts: int, expected: float | None
) -> None:
    again = tries.next_send(result, retry_after=None, wait=timedelta(seconds=60), attempts=attempts, tries=30, now=SEEN)
    assert again == (None if expected is None else SEEN + timedelta(seconds=expected))
