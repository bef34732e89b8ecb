"""How Cocorico is: what is stored about sources, targets and the disk, judged good, bad, or neither."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from crawler import ListingStatus, check_utc
from monitor.decide import silence
from monitor.decide.blindness import sight
from monitor.decide.notices import Observation
from monitor.notice import Facts
from monitor.pages import Pages
from monitor.types import Source, SourceState
from monitor.vocabulary import Alarm

#: Polls that fail in a row before a source is taken to be broken; with the growing pauses this is over an hour.
_FAILURES: Final = 3
#: Free space below which the disk is filling: a gibibyte, or a twentieth of a small disk. And with this factor, above
#: which it no longer is.
_ROOM: Final = 1 << 30
_SHARE: Final = 20
_ROOM_AGAIN: Final = 1.5
#: Before a certificate runs out, it is told; those of Let's Encrypt are renewed a month before.
EXPIRES: Final = timedelta(days=14)


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetState:
    """How sending to a target goes."""

    name: str
    failing: int = 0  #: messages that were tried, and are owed still
    error: str = ""  #: of the last try that failed
    since: datetime | None = None  #: when the first of them was due
    dead_at: datetime | None = None  #: when the last message was given up
    sent_at: datetime | None = None  #: when the last message was accepted
    late: int = 0  #: messages sent after more than one try, lately

    def __post_init__(self) -> None:
        for moment in (self.since, self.dead_at, self.sent_at):
            check_utc(moment)


@dataclass(frozen=True, kw_only=True, slots=True)
class Disk:
    """The disk that the data is on; sizes in bytes."""

    path: str
    free: int
    total: int


def broken(source: Source, state: SourceState) -> Observation:
    """Judge whether a source answers: several failures in a row are bad, one or two mean nothing yet.

    One that is gone for good is neither: `gone` asks what is to become of it.
    """
    many = state.failures >= _FAILURES and state.status is not ListingStatus.GONE
    bad = True if many else None if state.failures else False
    facts = Facts(name=source.name, reason=state.error or "", since=state.last_ok_at)
    return Observation(alarm=Alarm.SOURCE_BROKEN, subject=source.id, bad=bad, facts=facts)


def gone(source: Source, state: SourceState) -> Observation:
    """Judge whether somebody has to say what becomes of a source: HTTP 410, and it was not kept since (fault F21).

    Once it is kept, that is neither good nor bad: its return is told, however long that takes.
    """
    bad = True if asks(state) else None if state.failures else False
    facts = Facts(name=source.name, since=state.last_ok_at)
    return Observation(alarm=Alarm.SOURCE_GONE, subject=source.id, bad=bad, facts=facts)


def asks(state: SourceState) -> bool:
    """Whether a source is gone for good, and nobody has said since its last answer that it is to be kept."""
    return state.status is ListingStatus.GONE and not keeps(state)


def keeps(state: SourceState) -> bool:
    """Whether somebody has said to keep a source that is gone; its next answer ends that."""
    return state.kept_at is not None and (state.last_ok_at is None or state.kept_at > state.last_ok_at)


def standing(state: SourceState) -> ListingStatus | None:
    """Say how a source stands: how its last poll went, or that it is read at another address than ours."""
    well = state.status in {ListingStatus.OK, ListingStatus.UNCHANGED, ListingStatus.EMPTY}
    return ListingStatus.MOVED if well and state.moved_to else state.status


def moved(source: Source, state: SourceState) -> Observation:
    """Judge whether a source is asked at the address that is its own."""
    bad = None if state.failures else state.moved_to is not None
    facts = Facts(name=source.name, address=state.moved_to or "")
    return Observation(alarm=Alarm.SOURCE_MOVED, subject=source.id, bad=bad, facts=facts)


def expiring(source: Source, state: SourceState, *, now: datetime) -> Observation:
    """Judge whether the certificate of a source's host lasts (fault F13); one that ran out fails, and is told so."""
    until = state.trusted_until
    bad = None if state.failures else until is not None and until - now <= EXPIRES
    facts = Facts(name=source.name, since=until)
    return Observation(alarm=Alarm.SOURCE_EXPIRES, subject=source.id, bad=bad, facts=facts)


def silent(source: Source, state: SourceState, moments: Sequence[datetime]) -> Observation:
    """Judge whether a source that answers still has news, by what it is used to.

    Args:
        moments: when it listed something new within `silence.HABITS` of now, in order; empty where `is_doubtful`
            does not ask for them.
    """
    bad = None
    if state.failures == 0 and state.last_ok_at is not None and state.news_at is not None:
        doubtful = silence.is_doubtful(state.rhythm, state.news_at, state.last_ok_at)
        bad = silence.is_silent(state.rhythm, moments, state.last_ok_at) if doubtful else False
    facts = Facts(name=source.name, since=state.news_at, usually=round(silence.usually(state.rhythm), 2))
    return Observation(alarm=Alarm.SOURCE_SILENT, subject=source.id, bad=bad, facts=facts)


def is_doubtful(state: SourceState) -> bool:
    """Whether a source has been silent for so long that its earlier pauses have to be looked up."""
    if state.failures or state.last_ok_at is None or state.news_at is None:
        return False
    return silence.is_doubtful(state.rhythm, state.news_at, state.last_ok_at)


def blind(source: Source, pages: Pages) -> Observation:
    """Judge whether a source's pages still yield what they used to."""
    seen = sight(pages)
    facts = Facts(
        name=source.name,
        reason=seen.reason,
        measure=seen.measure,
        usually=round(seen.usually, 3),
        lately=round(seen.lately, 3),
    )
    return Observation(alarm=Alarm.SOURCE_BLIND, subject=source.id, bad=seen.bad, facts=facts)


def failing(target: TargetState) -> Observation:
    """Judge whether messages reach a target: bad while any waits that was refused, or the last one was given up."""
    given_up = target.dead_at is not None and (target.sent_at is None or target.dead_at > target.sent_at)
    bad = bool(target.failing) or given_up
    waiting = target.failing if bad else target.late
    facts = Facts(name=target.name, reason=target.error, since=target.since, waiting=waiting)
    return Observation(alarm=Alarm.TARGET_FAILING, subject=target.name, bad=bad, facts=facts)


def filling(disk: Disk) -> Observation:
    """Judge whether the disk has room."""
    least = min(_ROOM, disk.total // _SHARE)
    bad = True if disk.free < least else None if disk.free < least * _ROOM_AGAIN else False
    return Observation(alarm=Alarm.DISK_FILLING, subject="", bad=bad, facts=Facts(path=disk.path, free=disk.free))


def healthy(states: Iterable[tuple[Source, SourceState]], catalogue: Mapping[str, Source]) -> Facts:
    """Count the sources that answer, of those that are asked."""
    well = sum(source.enabled and state.failures == 0 for source, state in states)
    return Facts(healthy=well, sources=sum(source.enabled for source in catalogue.values()))
