"""What is worth telling of Cocorico itself: passing trouble is not, lasting trouble is, once, and its end once.

Each thing that is watched has a condition: since when it has been bad, or good again, without a break. A notice goes
out when it has been bad for long enough, and another when it has been good for long enough after that, so that what
comes and goes makes no noise.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from crawler import check_utc
from monitor.notice import Facts, Notice
from monitor.vocabulary import Alarm, NoticeKind

#: (how long bad before it is told, how long good before that is told).
PATIENCE: Final[Mapping[Alarm, tuple[timedelta, timedelta]]] = {
    Alarm.SOURCE_BROKEN: (timedelta(hours=3), timedelta(hours=1)),
    Alarm.SOURCE_GONE: (timedelta(hours=3), timedelta(hours=1)),
    Alarm.SOURCE_SILENT: (timedelta(0), timedelta(0)),  # silence is days long already
    Alarm.SOURCE_BLIND: (timedelta(0), timedelta(0)),  # judged over many pages
    Alarm.SOURCE_REBUILT: (timedelta(0), timedelta(0)),  # a sample, or ten pages, said so
    Alarm.SOURCE_MOVED: (timedelta(hours=12), timedelta(hours=12)),  # a maintenance may redirect for a night
    Alarm.SOURCE_STORMS: (timedelta(0), timedelta(0)),  # somebody's news may be among what is held
    Alarm.SOURCE_EXPIRES: (timedelta(hours=12), timedelta(0)),  # most are renewed by themselves, and late
    Alarm.SOURCE_REFUSES: (timedelta(0), timedelta(0)),  # a no is a no
    Alarm.TARGET_FAILING: (timedelta(hours=1), timedelta(minutes=15)),
    Alarm.DISK_FILLING: (timedelta(0), timedelta(hours=1)),
}
RAISED: Final = {
    Alarm.SOURCE_BROKEN: NoticeKind.SOURCE_BROKEN,
    Alarm.SOURCE_GONE: NoticeKind.SOURCE_GONE,
    Alarm.SOURCE_SILENT: NoticeKind.SOURCE_SILENT,
    Alarm.SOURCE_BLIND: NoticeKind.SOURCE_BLIND,
    Alarm.SOURCE_REBUILT: NoticeKind.SOURCE_REBUILT,
    Alarm.SOURCE_MOVED: NoticeKind.SOURCE_MOVED,
    Alarm.SOURCE_STORMS: NoticeKind.SOURCE_STORMS,
    Alarm.SOURCE_EXPIRES: NoticeKind.SOURCE_EXPIRES,
    Alarm.SOURCE_REFUSES: NoticeKind.SOURCE_REFUSES,
    Alarm.TARGET_FAILING: NoticeKind.DELIVERIES_FAILING,
    Alarm.DISK_FILLING: NoticeKind.DISK_FILLING,
}
#: A disk with room again is no news to anybody, nor is an address that was taken over, nor entries that were released:
#: whoever did it knows.
_ENDED: Final = {
    Alarm.SOURCE_BROKEN: NoticeKind.SOURCE_RECOVERED,
    Alarm.SOURCE_GONE: NoticeKind.SOURCE_RECOVERED,
    Alarm.SOURCE_SILENT: NoticeKind.SOURCE_SPEAKS,
    Alarm.SOURCE_BLIND: NoticeKind.SOURCE_SEES,
    Alarm.SOURCE_REBUILT: NoticeKind.SOURCE_RELEARNED,
    Alarm.SOURCE_REFUSES: NoticeKind.SOURCE_ADMITS,
    Alarm.TARGET_FAILING: NoticeKind.DELIVERIES_RECOVERED,
}
#: More notices of one kind at once become one: a cable that is pulled breaks forty sources.
_MOST_ALONE: Final = 3
_NAMED: Final = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """How something that is watched has been."""

    alarm: Alarm
    subject: str  #: a source's id, a target's or a subscription's name; empty for the whole
    bad_since: datetime | None = None
    good_since: datetime | None = None
    raised_at: datetime | None = None  #: when it was told; None: nothing is wrong, as far as anybody was told

    def __post_init__(self) -> None:
        for moment in (self.bad_since, self.good_since, self.raised_at):
            check_utc(moment)


#: Says since when what was told of has lasted, as it was told then.
Began = Callable[[Condition], datetime | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """How something that is watched is now."""

    alarm: Alarm
    subject: str
    bad: bool | None  #: None: neither good nor bad enough to tell
    facts: Facts = field(default_factory=Facts)  #: what a notice of it would say


@dataclass(frozen=True, kw_only=True, slots=True)
class Noticed:
    """What observations lead to."""

    conditions: tuple[Condition, ...]  #: as they are now
    notices: tuple[Notice, ...]


def notice(
    observations: Sequence[Observation],
    conditions: Sequence[Condition],
    *,
    now: datetime,
    began: Began = lambda condition: condition.raised_at,
) -> Noticed:
    """Follow every condition, and tell what has become worth telling.

    Args:
        began: what ends is told with; when something is well again, how it was before can no longer be seen on it.
    """
    known = {(one.alarm, one.subject): one for one in conditions}
    followed: list[Condition] = []
    told: dict[tuple[NoticeKind, str], Notice] = {}  # what was broken and then gone is well again once
    for seen in observations:
        before = known.get((seen.alarm, seen.subject)) or Condition(alarm=seen.alarm, subject=seen.subject)
        after, kind = _follow(before, seen, now)
        followed.append(after)
        if kind is None:
            continue
        facts = seen.facts if before.raised_at is None else replace(seen.facts, since=began(before))
        told.setdefault((kind, seen.subject), _notice(kind, seen, facts, after.raised_at or before.raised_at, now))
    return Noticed(conditions=tuple(followed), notices=_grouped(tuple(told.values())))


def _follow(before: Condition, seen: Observation, now: datetime) -> tuple[Condition, NoticeKind | None]:
    if seen.bad is None:
        return before, None
    to_tell, to_end = PATIENCE[seen.alarm]
    if seen.bad:
        since = before.bad_since or now
        after = replace(before, bad_since=since, good_since=None)
        if before.raised_at is None and now - since >= to_tell:
            return replace(after, raised_at=now), RAISED[seen.alarm]
        return after, None
    if before.bad_since is None and before.raised_at is None:
        return before, None  # good as ever: of tens of thousands of sources that are well nothing need be kept
    since = before.good_since or now
    after = replace(before, bad_since=None, good_since=since)
    if before.raised_at is not None and now - since >= to_end:
        return replace(after, raised_at=None), _ENDED.get(seen.alarm)
    return after, None


def _notice(kind: NoticeKind, seen: Observation, facts: Facts, since: datetime | None, now: datetime) -> Notice:
    return Notice(id=notice_id(kind, seen.subject, since or now), kind=kind, subject=seen.subject, at=now, facts=facts)


def notice_id(kind: NoticeKind, subject: str, at: datetime) -> str:
    """Make the key of a notice: the same trouble gives the same, so that it is told once."""
    text = "\n".join((kind, subject, f"{at:%Y-%m-%dT%H:%M:%S.%fZ}"))
    return "n-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def delivery_id(notice: str, subscription: str, target: str) -> str:
    """Make the idempotency key of the message that tells somebody a notice."""
    text = "\n".join(("notice", notice, subscription, target))
    return "d-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _grouped(told: Sequence[Notice]) -> tuple[Notice, ...]:
    """Make one of many of a kind."""
    kinds: dict[NoticeKind, list[Notice]] = defaultdict(list)
    for one in told:
        kinds[one.kind].append(one)
    return tuple(one for same in kinds.values() for one in (same if len(same) <= _MOST_ALONE else [_together(same)]))


def _together(same: Sequence[Notice]) -> Notice:
    """Say the names of the first few, how many there are, since when at the earliest, and why if it is one reason."""
    first = same[0]
    names = ", ".join(one.facts.name for one in same[:_NAMED])
    facts = replace(
        first.facts,
        name=f"{names} +{len(same) - _NAMED}",
        reason=first.facts.reason if len({one.facts.reason for one in same}) == 1 else "",
        since=min((one.facts.since for one in same if one.facts.since), default=None),
        address="",
        together=len(same),
    )
    return replace(first, id=notice_id(first.kind, ",".join(one.subject for one in same), first.at), facts=facts)


def reachable(targets: Sequence[str], failing: Collection[str]) -> tuple[str, ...]:
    """Give the targets that a notice goes to: those that work; all of them when none does."""
    return tuple(one for one in targets if one not in failing) or tuple(targets)
