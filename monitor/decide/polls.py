"""When a source is polled next, and with which validators: pure arithmetic on what is stored."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import datetime, timedelta

from crawler import Listing, ListingStatus, Validators
from monitor.types import Source, SourceState

#: A listing that fails is asked again after one interval, then 2, 4, 8... times that, up to this. Never a final
#: give-up: miniflux stops after some errors and then needs a hand (fault S16).
LONGEST_WAIT = timedelta(hours=24)
#: Validators are dropped, and the listing fetched in full, this often: some servers answer 304 for ever (F17, F18).
FULL_FETCH_EVERY = timedelta(days=7)
#: A Retry-After is kept to the second, within this: one in the year 9999 must not silence a source (F15).
LONGEST_RETRY_AFTER = timedelta(days=1)
_ANSWERED = {ListingStatus.OK, ListingStatus.UNCHANGED, ListingStatus.EMPTY}


def validators_to_send(state: SourceState, *, now: datetime) -> Validators:
    """Give the stored validators, or none when a full fetch is due."""
    if state.validators_at is None or now - state.validators_at >= FULL_FETCH_EVERY:
        return Validators()
    return state.validators


def answered(listing: Listing) -> bool:
    """Tell whether a poll gave what a listing gives."""
    return listing.status in _ANSWERED


def after_poll(
    state: SourceState, source: Source, listing: Listing, *, now: datetime, offline: bool = False
) -> SourceState:
    """Say how a source stands after a poll that went like this listing, and when it is due again.

    While we are `offline` a failure is our own and not the source's: it is asked again at its usual interval.
    """
    well = answered(listing)
    failures = 0 if well else state.failures + (not offline)
    fetched = listing.status in {ListingStatus.OK, ListingStatus.EMPTY}
    return replace(
        state,
        validators=listing.validators if well else state.validators,
        validators_at=now if fetched or state.validators_at is None else state.validators_at,
        baseline_at=state.baseline_at or (now if listing.status is ListingStatus.OK else None),
        next_poll_at=now + _wait(source, listing, 0 if offline else failures),
        last_poll_at=now,
        last_ok_at=now if well else state.last_ok_at,
        status=listing.status,
        failures=failures,
        error=None if well else listing.error,
        entries_seen=len(listing.entries) if fetched else state.entries_seen,
        moved_to=listing.moved_to if well else state.moved_to,
    )


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


def _wait(source: Source, listing: Listing, failures: int) -> timedelta:
    wait = source.interval
    if listing.status is ListingStatus.GONE:
        wait = LONGEST_WAIT
    elif failures:
        wait = min(source.interval * 2 ** min(failures - 1, 16), max(LONGEST_WAIT, source.interval))
    if listing.retry_after is not None:
        wait = max(wait, min(timedelta(seconds=max(0.0, listing.retry_after)), LONGEST_RETRY_AFTER))
    return wait + _jitter(source)


def _jitter(source: Source) -> timedelta:
    """Spread sources over a tenth of their interval, always the same for one source, so that no two herd (S13)."""
    return source.interval * 0.1 * (zlib.crc32(source.id.encode()) % 1000) / 1000
