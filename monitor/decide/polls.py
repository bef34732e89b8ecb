"""When a source is polled next, and with which validators: pure arithmetic on what is stored."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from crawler import LISTING_PARSER, LONGEST_RETRY_AFTER, Listing, ListingStatus, Validators
from monitor.decide import rhythm
from monitor.rhythm import Bounds
from monitor.types import Source, SourceState

#: A listing that fails is asked again after one interval, then after so many times that, and so on up to the longest.
#: Trouble that passes by itself (timeouts, 5xx) is looked at more often than what somebody has to mend (404, no feed).
#: Never a final give-up: miniflux stops after some errors and then needs a hand (fault S16).
_SOFT: Final = (2, timedelta(hours=4))
_HARD: Final = (3, timedelta(hours=24))
#: A listing that is gone is asked again this often: some are back the next day.
_GONE_AGAIN: Final = timedelta(hours=24)
#: Validators are dropped, and the listing fetched in full, this often: some servers answer 304 for ever (F17, F18).
FULL_FETCH_EVERY: Final = timedelta(days=7)
MOST_UNCHANGED: Final = 50
#: Intervals are up to this much longer, so that sources don't herd (S13).
JITTER: Final = 0.1
#: Entries without any date that make a listing; fewer may be links of a page that stands in its place.
_SEVERAL = 3
_ANSWERED = {ListingStatus.OK, ListingStatus.UNCHANGED, ListingStatus.EMPTY}
#: Statuses below 500 that pass by themselves.
_PASSING = {408, 425, 429}


def validators_to_send(state: SourceState, *, now: datetime) -> Validators:
    """Give the stored validators, or none when a full fetch is due."""
    fresh = state.validators_at is not None and now - state.validators_at < FULL_FETCH_EVERY
    trusted = state.unchanged < MOST_UNCHANGED and state.parser == LISTING_PARSER
    return state.validators if fresh and trusted else Validators()


def answered(listing: Listing) -> bool:
    """Tell whether a poll gave what a listing gives."""
    return listing.status in _ANSWERED


def after_poll(
    state: SourceState,
    source: Source,
    listing: Listing,
    bounds: Bounds = Bounds(),
    *,
    now: datetime,
    new: Sequence[datetime | None] = (),
    offline: bool = False,
    covered: bool = False,
) -> SourceState:
    """Say how a source stands after a poll that went like this listing, and when it is due again.

    While we are `offline` a failure is our own and not the source's: it is asked again at its usual interval.

    Args:
        new: when each entry that nobody knew was published.
        covered: a hub tells of news, so that polls are a safety net only.
    """
    if listing.pushed:
        return _after_push(state, listing, new, now=now)
    well = answered(listing)
    failures = 0 if well else state.failures + (not offline)
    read = listing.status in {ListingStatus.OK, ListingStatus.EMPTY}
    learned = rhythm.learn(state.rhythm, listing, new, now=now) if well else state.rhythm
    usual = rhythm.interval(learned, source, bounds, now=now, covered=covered).value
    polled = replace(
        state,
        next_poll_at=_due(source, listing, usual, 0 if offline else failures, now=now),
        last_poll_at=now,
        status=listing.status,
        failures=failures,
        news_at=now if new else state.news_at,
        unchanged=0 if read else state.unchanged + (listing.http_status == 304),
        rhythm=learned,
    )
    polled = _answered(polled, listing, now) if well else replace(polled, error=listing.error)
    return _read(polled, listing, now) if read else replace(polled, validators_at=state.validators_at or now)


def _answered(state: SourceState, listing: Listing, now: datetime) -> SourceState:
    return replace(
        state,
        validators=listing.validators,
        last_ok_at=now,
        error=None,
        moved_to=listing.moved_to,
        trusted_until=listing.trusted_until,
    )


def _read(state: SourceState, listing: Listing, now: datetime) -> SourceState:
    """Say how a source stands whose listing was read in full."""
    return replace(
        state,
        validators_at=now,
        baseline_at=state.baseline_at or (now if _shows_what_was(listing) else None),
        entries_seen=len(listing.entries),
        parser=LISTING_PARSER,
    )


def _after_push(state: SourceState, listing: Listing, new: Sequence[datetime | None], *, now: datetime) -> SourceState:
    """Say how a source stands after its hub pushed: that is news, and says nothing of how the host itself does."""
    if not answered(listing):
        return state
    learned = rhythm.learn(state.rhythm, replace(listing, hints=state.rhythm.hints), new, now=now)
    return replace(state, news_at=now if new else state.news_at, rhythm=replace(learned, new=0))


def _shows_what_was(listing: Listing) -> bool:
    """Whether a listing may stand for all that a source had before: a date in it, or several entries (fault D07)."""
    entries = listing.entries
    return listing.status is ListingStatus.OK and (len(entries) >= _SEVERAL or any(one.published for one in entries))


def after_nothing(state: SourceState, interval: timedelta, *, now: datetime, error: str | None = None) -> SourceState:
    """Say how a source stands after a poll that never took place: it is due again after its interval.

    The time must move, since it names the next poll's job: with the old one, that job would count as done.
    """
    return replace(
        state,
        next_poll_at=max(now, state.next_poll_at) + interval,
        failures=state.failures + bool(error),
        error=error or state.error,
    )


def _due(source: Source, listing: Listing, usual: timedelta, failures: int, *, now: datetime) -> datetime:
    if listing.status is ListingStatus.GONE:
        wait = _GONE_AGAIN
    elif failures:
        factor, longest = _HARD if lasting(listing) else _SOFT
        wait = min(source.interval * factor ** min(failures - 1, 16), max(longest, source.interval))
    else:
        wait = usual
    due = now + wait + jitter(source.id, min(wait, source.interval))
    asked = min(max(0.0, listing.retry_after or 0.0), LONGEST_RETRY_AFTER)
    return max(due, now + timedelta(seconds=asked))


def lasting(listing: Listing) -> bool:
    """Tell whether a failure is one that somebody has to mend, rather than one that passes."""
    if listing.retry_after is not None or listing.lasting:
        return listing.lasting
    if listing.http_status is not None and listing.http_status != 200:
        return 400 <= listing.http_status < 500 and listing.http_status not in _PASSING
    return listing.status is not ListingStatus.FAILED


def jitter(source_id: str, interval: timedelta) -> timedelta:
    """Spread sources over a tenth of their interval, always the same for one source, so that no two herd (S13)."""
    return interval * JITTER * (zlib.crc32(source_id.encode()) % 1000) / 1000
