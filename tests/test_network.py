"""Is it us or them? Dead sources in a row are no proof that our network is down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler import Listing, Poll, RejectReason, SourceKind
from crawler.answers import FailedError, without_answer
from monitor.network import NetworkWatch

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_nothing_reached_since_the_start_is_our_network() -> None:
    watch = NetworkWatch(sources=lambda: 50)
    assert [watch.saw(name, reached=False, now=after(number)) for number, name in enumerate("abcd")] == [
        False,
        False,
        True,
        False,
    ]
    assert watch.offline
    assert watch.saw("e", reached=True, now=after(9))
    assert not watch.offline


def test_some_dead_sources_in_a_row_are_not_when_one_answered_just_before() -> None:
    watch = NetworkWatch(sources=lambda: 60_000)
    watch.saw("a", reached=True, now=NOON)
    assert not any(watch.saw(str(number), reached=False, now=after(number / 10)) for number in range(200))
    assert watch.saw("b", reached=False, now=after(30)), "nothing for half a minute"


@pytest.mark.parametrize(
    ("reason", "status", "reached"),
    [
        (RejectReason.NETWORK, None, False),
        (RejectReason.TIMEOUT, None, False),
        (RejectReason.ROBOTS, None, True),
        (RejectReason.HTTP_ERROR, 503, True),
        (RejectReason.HTTP_ERROR, None, True),
    ],
)
def test_what_robots_txt_disallows_was_reached(reason: RejectReason, status: int | None, reached: bool) -> None:
    failed = FailedError(reason, "as the test wants it")
    failed.status = status
    poll = Poll(order="1", source="s", url="https://outlet.example/rss", kind=SourceKind.FEED)
    answer = without_answer(poll, failed, now=NOON)
    assert isinstance(answer, Listing)
    assert answer.reached is reached
