"""How a host stands with us after each visit, and what that forbids: pure, with times passed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fakes import a_source, an_article

from crawler import Listing, ListingStatus, Record, Refusal, Rejected, RejectReason, Visit
from monitor.decide import hosts
from monitor.decide.hosts import HostState, Reserved
from monitor.types import Budget

NOON = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
HOST = HostState(host="outlet.example")


def a_listing(status: ListingStatus = ListingStatus.OK, **fields: Any) -> Listing:
    return Listing(order="1", source="gazette", status=status, fetched_at=NOON, **fields)


def a_rejection(reason: RejectReason, **fields: Any) -> Rejected:
    url = "https://outlet.example/a"
    return Rejected(
        order="1",
        source="gazette",
        url=url,
        listed_url=url,
        reason=reason,
        detail="HTTP 403",
        fetched_at=NOON,
        **fields,
    )


FORBIDDEN = a_rejection(RejectReason.FORBIDDEN, refusal=Refusal.FORBIDDEN)


def visited(state: HostState, *records: Record, at: datetime = NOON, budget: Budget | None = None) -> HostState:
    for record in records:
        state = hosts.after_visit(state, record, node="here", budget=budget or Budget(), now=at)
    return state


@pytest.mark.parametrize(
    ("record", "how"),
    [
        (FORBIDDEN, Refusal.FORBIDDEN),
        (a_rejection(RejectReason.CHALLENGE), Refusal.CHALLENGE),
        (a_listing(ListingStatus.BLOCKED, refusal=Refusal.PAYMENT), Refusal.PAYMENT),
        (a_rejection(RejectReason.ROBOTS), None),
        (a_rejection(RejectReason.NOT_FOUND), None),
        (an_article(), None),
    ],
)
def test_what_is_a_refusal(record: Record, how: Refusal | None) -> None:
    assert visited(HOST, record).refusal is how


def test_a_host_that_refuses_is_asked_for_one_page_ever_more_rarely_and_never_given_up() -> None:
    state, at, stops = HOST, NOON, list[timedelta]()
    for _ in range(8):
        state = visited(state, FORBIDDEN, at=at)
        assert state.probe_at
        assert hosts.unread(a_source(), state, None, now=state.probe_at - MINUTE)
        assert hosts.unread(a_source(), state, None, now=state.probe_at) is None
        stops.append(state.probe_at - at)
        at = state.probe_at
    assert [stop // DAY for stop in stops] == [1, 2, 4, 8, 16, 30, 30, 30]
    assert state.refused_at == NOON
    assert state.detail == "HTTP 403"


def test_refusals_while_it_is_stopped_do_not_prolong_the_stop() -> None:
    polled = a_listing(ListingStatus.BLOCKED, refusal=Refusal.FORBIDDEN)
    state = visited(visited(HOST, FORBIDDEN), polled, at=NOON + HOUR)
    assert (state.strikes, state.probe_at) == (1, NOON + DAY)


@pytest.mark.parametrize(
    ("record", "open_again"),
    [
        (an_article(), True),
        (a_rejection(RejectReason.TOO_SHORT), True),
        (a_rejection(RejectReason.NOT_FOUND), True),
        (a_rejection(RejectReason.TIMEOUT), False),
        (a_rejection(RejectReason.ROBOTS), False),
        (a_listing(), False),
    ],
)
def test_a_page_that_is_served_ends_the_stop_and_a_feed_does_not(record: Record, open_again: bool) -> None:
    state = visited(visited(HOST, FORBIDDEN), record, at=NOON + DAY)
    assert (state.refusal is None) is open_again
    assert (state.strikes == 0) is open_again


def test_a_feed_that_was_refused_ends_the_stop_itself() -> None:
    refused = visited(HOST, a_listing(ListingStatus.BLOCKED, refusal=Refusal.CHALLENGE, error="HTTP 503"))
    assert refused.detail == "HTTP 503"
    assert visited(refused, a_listing(ListingStatus.FAILED)).refusal is Refusal.CHALLENGE
    assert visited(refused, a_listing(ListingStatus.UNCHANGED)).refusal is None


def test_the_listings_of_a_host_that_refuses_us_are_polled_slowly() -> None:
    assert hosts.poll_from(None, now=NOON) == NOON
    assert hosts.poll_from(visited(HOST, an_article()), now=NOON) == NOON
    refused = visited(HOST, FORBIDDEN)
    assert hosts.poll_from(refused, now=NOON + 15 * MINUTE) == NOON + HOUR
    assert hosts.poll_from(refused, now=NOON + 2 * HOUR) == NOON + 2 * HOUR


@pytest.mark.parametrize(
    ("asked", "rest"),
    [(0.0, 0.0), (-5.0, 0.0), (61.5, 61.5), (7_200.0, 7_200.0), (8_000 * 365 * 86_400.0, 86_400.0)],
)
def test_a_rest_is_kept_to_the_second_and_for_a_day_at_most(asked: float, rest: float) -> None:
    """F14, F15: no server gets to silence a source for years."""
    for record in (
        a_rejection(RejectReason.RATE_LIMITED, retry_after=asked),
        a_listing(ListingStatus.FAILED, retry_after=asked),
    ):
        assert visited(HOST, record).closed_until == NOON + timedelta(seconds=rest)


def test_too_many_requests_without_a_time_means_ever_longer_rests() -> None:
    """F15: a malformed Retry-After is none."""
    state, waits = HOST, []
    limited: list[Record] = [
        a_rejection(RejectReason.RATE_LIMITED),
        a_listing(ListingStatus.BLOCKED, http_status=429),
    ]
    for record in limited * 6:
        state = visited(state, record)
        assert state.closed_until
        waits.append((state.closed_until - NOON) / MINUTE)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440]
    state = visited(state, a_listing())
    assert (state.limited, state.closed_until) == (0, None)


def test_other_nodes_keep_the_pause_and_a_very_long_one_everybody() -> None:
    """F33: a pause that robots.txt asks for is kept among machines, too."""
    state = visited(HOST, an_article(visit=Visit(pause=12.5)))
    assert (state.visited_by, state.rest_until, state.closed_until) == ("here", NOON + timedelta(seconds=12.5), None)
    state = visited(HOST, an_article(visit=Visit(pause=600.0)))
    assert state.closed_until == NOON + timedelta(seconds=600)


def test_a_budget_leaves_its_last_tenth_to_listings_and_begins_anew() -> None:
    """P23: a calendar without end costs a host no more than this."""
    budget, state = Budget(hour=10, day=25), HOST
    state = visited(state, *[an_article()] * 8, budget=budget)
    assert (state.pages_until, state.closed_until) == (None, None)
    state = visited(state, an_article(), budget=budget)
    assert (state.pages_until, state.closed_until) == (NOON + HOUR / 2, None)
    state = visited(state, a_listing(), budget=budget)
    assert state.closed_until == NOON + HOUR / 2
    state = visited(state, a_listing(visit=Visit(requests=9)), at=NOON + HOUR, budget=budget)
    assert (state.in_hour, state.pages_until) == (9, NOON + HOUR * 1.5)
    state = visited(state, a_listing(visit=Visit(requests=6)), at=NOON + 2 * HOUR, budget=budget)
    assert state.closed_until == NOON + HOUR * 11.5
    state = visited(state, a_listing(), at=NOON + 12 * HOUR, budget=budget)
    assert (state.in_day, state.in_hour, state.closed_until, state.pages_until) == (1, 1, None, None)
    assert visited(HOST, a_listing(visit=Visit(requests=1_000_000))).closed_until is None


def test_a_reservation_said_by_a_page_holds_for_thirty_days_then_one_page_is_asked_for() -> None:
    """O12."""
    said = a_rejection(RejectReason.RESERVED, evidence="the tdm-reservation header", policy="https://outlet.example/t")
    reserved = hosts.reservation(None, said, now=NOON)
    assert reserved == Reserved(
        source="gazette",
        since=NOON,
        seen_at=NOON,
        until=NOON + 30 * DAY,
        evidence="the tdm-reservation header",
        policy="https://outlet.example/t",
    )
    assert "reserved, says the tdm-reservation header" in str(hosts.unread(a_source(), None, reserved, now=NOON))
    assert hosts.unread(replace(a_source(), licence=True), None, reserved, now=NOON) is None
    assert hosts.unread(a_source(), None, reserved, now=NOON + 30 * DAY) is None
    assert hosts.reservation(reserved, a_listing(), now=NOON + 31 * DAY) == reserved
    assert hosts.reservation(reserved, an_article(), now=NOON + DAY) == reserved
    assert hosts.reservation(reserved, an_article(), now=NOON + 31 * DAY) is None
    again = hosts.reservation(reserved, said, now=NOON + 31 * DAY)
    assert again
    assert (again.since, again.until) == (NOON, NOON + 61 * DAY)


def test_a_reservation_by_the_sites_file_is_left_to_the_file() -> None:
    """O12: it is asked for once a day, and may reserve some pages only."""
    said = a_rejection(RejectReason.RESERVED, evidence="tdmrep.json")
    reserved = hosts.reservation(None, said, now=NOON)
    assert reserved
    assert reserved.until is None
    assert hosts.unread(a_source(), None, reserved, now=NOON) is None
    assert hosts.reservation(reserved, an_article(), now=NOON + DAY) == reserved
    assert hosts.reservation(reserved, an_article(), now=NOON + 31 * DAY) is None
