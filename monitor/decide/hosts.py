"""How a host stands with us after each visit: when it may be asked again, for what, and why not. Pure.

A host is what `crawler.gate_key` gives: a registrable domain. It says no for itself (402, 403, 451, a challenge), and
then no page of it is asked for, ever longer; a publisher says no for what it publishes (a reservation), and then the
source is read by what its listing says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from crawler import (
    LONGEST_RETRY_AFTER,
    Article,
    Listing,
    ListingStatus,
    Record,
    Refusal,
    Rejected,
    RejectReason,
    check_utc,
)
from monitor.types import Budget, Source

#: A host that refuses us is asked for one page after this, and after twice as long each time, up to the longest.
FIRST_STOP, LONGEST_STOP = timedelta(days=1), timedelta(days=30)
#: A source whose page reserved mining is asked for one page again after this.
RESERVED_FOR = timedelta(days=30)
#: "Too many requests" without a time: the first rest, doubled each time; and the longest that is ever kept (F15).
_FIRST_REST, _LONGEST_REST = timedelta(minutes=1), timedelta(seconds=LONGEST_RETRY_AFTER)
#: A pause longer than this is kept by the store and not by the crawler, whose orders have a deadline. Seconds.
LONGEST_PAUSE = 60.0
#: The listings of a host that refuses us its pages are polled no more often than this.
SLOW = timedelta(hours=1)
#: Of a budget, what pages may use; the rest is for listings, which tell what is new.
_PAGES_SHARE = 0.9

#: A page was served, whatever it was worth: the host lets us in.
_SERVED = frozenset(
    {
        *(RejectReason.TOO_SHORT, RejectReason.CONSENT_WALL, RejectReason.PAYWALL, RejectReason.SOFT_404),
        *(RejectReason.NOT_AN_ARTICLE, RejectReason.NOT_HTML, RejectReason.NOT_FOUND, RejectReason.GONE),
    }
)
_ANSWERED = frozenset({ListingStatus.OK, ListingStatus.UNCHANGED, ListingStatus.EMPTY})


@dataclass(frozen=True, kw_only=True, slots=True)
class HostState:
    """How a host stands with us."""

    host: str
    visited_at: datetime | None = None
    visited_by: str = ""  #: the node that did
    rest_until: datetime | None = None  #: the pause after that visit; the node itself keeps it anyway
    closed_until: datetime | None = None  #: no request before: it asked for rest, or its budget is used up
    pages_until: datetime | None = None  #: no page before: what is left of the budget is for listings
    limited: int = 0  #: "too many requests" without a time, in a row
    refusal: Refusal | None = None  #: it does not want us
    refused_at: datetime | None = None  #: since when
    refused_page: bool = False  #: a page was refused, not only a listing
    detail: str = ""  #: its answer, for people
    strikes: int = 0  #: refusals in a row, a probe's each
    probe_at: datetime | None = None  #: when one page is asked for again
    hour: datetime | None = None  #: the hour that is counted, and the requests in it
    in_hour: int = 0
    day: datetime | None = None
    in_day: int = 0

    def __post_init__(self) -> None:
        for moment in (self.visited_at, self.rest_until, self.closed_until, self.pages_until, self.refused_at):
            check_utc(moment)
        for moment in (self.probe_at, self.hour, self.day):
            check_utc(moment)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reserved:
    """A source whose publisher reserves text and data mining."""

    source: str
    since: datetime
    seen_at: datetime  #: when it was last said
    until: datetime | None = None  #: no page before; None: the site's file decides for each, at no request
    evidence: str  #: where it is said: "tdmrep.json", "the tdm-reservation header"
    policy: str | None = None  #: URL of the publisher's conditions

    def __post_init__(self) -> None:
        for moment in (self.since, self.seen_at, self.until):
            check_utc(moment)


def after_visit(state: HostState, record: Record, *, node: str, budget: Budget, now: datetime) -> HostState:
    """Say how a host stands after an order was answered so."""
    pause = timedelta(seconds=min(record.visit.pause, _LONGEST_REST.total_seconds()))
    long = record.visit.pause > LONGEST_PAUSE
    state = replace(state, visited_at=now, visited_by=node, rest_until=now + pause)
    state = replace(state, closed_until=now + pause if long else None, pages_until=None)
    return _refused(_rested(_counted(state, record.visit.requests, budget, now), record, now), record, now)


def refusal(record: Record) -> Refusal | None:
    """Tell how a record says that the host does not want us."""
    if isinstance(record, Article):
        return None
    if isinstance(record, Rejected) and record.reason is RejectReason.CHALLENGE:
        return Refusal.CHALLENGE  # with status 200: only its text told
    return record.refusal


def reservation(known: Reserved | None, record: Record, *, now: datetime) -> Reserved | None:
    """Say how a source's reservation stands after a record of it; None: there is none."""
    if isinstance(record, Rejected) and record.reason is RejectReason.RESERVED:
        by_file = record.evidence == "tdmrep.json"
        return Reserved(
            source=record.source,
            since=known.since if known else now,
            seen_at=now,
            until=None if by_file else now + RESERVED_FOR,
            evidence=record.evidence,
            policy=record.policy,
        )
    if known is not None and isinstance(record, Article):
        over = now >= (known.until or known.seen_at + RESERVED_FOR)
        return None if over else known
    return known


class Bar(StrEnum):
    """What keeps pages from being asked for; shown to users in their language."""

    RESERVED = "reserved"  #: a page of the source reserved mining
    REFUSED = "refused"  #: the host does not want us


def barred(source: Source, host: HostState | None, reserved: Reserved | None, *, now: datetime) -> Bar | None:
    """Say what keeps a page from being asked for now; None: it is asked for.

    When the time of a probe has come, the next page is asked for.
    """
    if reserved and not source.licence and reserved.until is not None and now < reserved.until:
        return Bar.RESERVED
    return Bar.REFUSED if host and host.refusal and host.probe_at is not None and now < host.probe_at else None


def unread(source: Source, host: HostState | None, reserved: Reserved | None, *, now: datetime) -> str | None:
    """Say, for what is stored of an entry, why it is read by title and summary; None: its page is asked for."""
    bar = barred(source, host, reserved, now=now)
    if bar is Bar.RESERVED and reserved:
        return f"text and data mining is reserved, says {reserved.evidence}; asked again on {reserved.until:%Y-%m-%d}"
    if bar is Bar.REFUSED and host:
        since = f"{host.host} refuses us ({host.refusal}) since {host.refused_at:%Y-%m-%d}"
        return f"{since}; asked again on {host.probe_at:%Y-%m-%d}"
    return None


def forbids(source: Source, host: HostState | None, reserved: Reserved | None, *, now: datetime) -> str | None:
    """Say what forbids a source's pages, also while one is asked for as a probe; None: nothing does."""
    if reserved and not source.licence and now < (reserved.until or reserved.seen_at + RESERVED_FOR) + FIRST_STOP:
        policy = f", conditions: {reserved.policy}" if reserved.policy else ""
        return f"text and data mining is reserved since {reserved.since:%Y-%m-%d}, says {reserved.evidence}{policy}"
    if host and host.refusal:
        again = f"; asked again on {host.probe_at:%Y-%m-%d}" if host.probe_at else ""
        return f"the host {host.host} refuses us ({host.refusal}) since {host.refused_at:%Y-%m-%d}{again}"
    return None


def poll_from(host: HostState | None, *, now: datetime) -> datetime:
    """Say when a listing that is due may be polled: of a host that refuses us, slowly."""
    if host is None or host.refusal is None or host.visited_at is None:
        return now
    return max(now, host.visited_at + SLOW)


def _counted(state: HostState, requests: int, budget: Budget, now: datetime) -> HostState:
    """Count requests, and close the host when its budget is used up."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    day = hour.replace(hour=0)
    in_hour = requests + (state.in_hour if state.hour == hour else 0)
    in_day = requests + (state.in_day if state.day == day else 0)
    state = replace(state, hour=hour, in_hour=in_hour, day=day, in_day=in_day)
    for used, most, end in (
        (in_hour, budget.hour, hour + timedelta(hours=1)),
        (in_day, budget.day, day + timedelta(days=1)),
    ):
        if most and used >= most:
            state = replace(state, closed_until=_later(state.closed_until, end))
        if most and used >= most * _PAGES_SHARE:
            state = replace(state, pages_until=_later(state.pages_until, end))
    return state


def _rested(state: HostState, record: Record, now: datetime) -> HostState:
    """Leave the host alone for as long as it says; without a time, ever longer (faults F14, F15)."""
    asked = None if isinstance(record, Article) else record.retry_after
    if asked is not None:
        rest = min(timedelta(seconds=max(asked, 0.0)), _LONGEST_REST)
        return replace(state, closed_until=_later(state.closed_until, now + rest), limited=0)
    if not _is_limited(record):
        return replace(state, limited=0)
    rest = min(_FIRST_REST * 2 ** min(state.limited, 16), _LONGEST_REST)
    return replace(state, closed_until=_later(state.closed_until, now + rest), limited=state.limited + 1)


def _is_limited(record: Record) -> bool:
    if isinstance(record, Listing):
        return record.http_status == 429
    return isinstance(record, Rejected) and record.reason is RejectReason.RATE_LIMITED


def _refused(state: HostState, record: Record, now: datetime) -> HostState:
    how = refusal(record)
    if how is None:
        return _welcomed(state) if _lets_in(state, record) else state
    probed = state.refusal is None or state.probe_at is None or now >= state.probe_at
    strikes = state.strikes + probed
    stop = min(FIRST_STOP * 2 ** min(strikes - 1, 16), LONGEST_STOP)
    return replace(
        state,
        refusal=how,
        refused_at=state.refused_at or now,
        refused_page=state.refused_page or isinstance(record, Rejected),
        detail=_said(record),
        strikes=strikes,
        probe_at=now + stop if probed else state.probe_at,
    )


def _said(record: Record) -> str:
    """The host's answer, for people."""
    if isinstance(record, Listing):
        return record.error or ""
    return record.detail if isinstance(record, Rejected) else ""


def _lets_in(state: HostState, record: Record) -> bool:
    """A page that is served ends any refusal; a listing only that of a listing."""
    if isinstance(record, Listing):
        return record.status in _ANSWERED and not state.refused_page
    return isinstance(record, Article) or record.reason in _SERVED


def _welcomed(state: HostState) -> HostState:
    return replace(state, refusal=None, refused_at=None, refused_page=False, detail="", strikes=0, probe_at=None)


def _later(known: datetime | None, other: datetime) -> datetime:
    return other if known is None else max(known, other)
