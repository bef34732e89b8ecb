"""How often a source is asked: learned from when it publishes, within bounds, with the reason in words.

Delay and requests are traded by the square-root rule: of all ways to spend so many polls a day, intervals in
proportion to 1/sqrt(rate) make entries wait the least (Sia, Cho and Cho, "Efficient monitoring algorithm for fast
news alerts", 2007). A source's own `interval` is its interval at one new entry an hour; at four it is half of that,
at a quarter of one twice.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from crawler import Hints, Listing
from monitor.rhythm import CELLS, Bounds, Rhythm
from monitor.types import Source
from monitor.vocabulary import Pace

#: After this long, what was seen counts half: a summer's habits are gone by autumn.
HALF_LIFE: Final = timedelta(days=14)
#: What was published lately counts this long, fading: breaking news, whatever the hour.
_BURST: Final = timedelta(hours=2)
#: No listing tells of more than this before it.
_LOOK_BACK: Final = timedelta(days=7)
#: An entry dated before we last looked may have been listed since; before this much more, it is an old one.
_LATE: Final = timedelta(hours=6)
#: Unchanged answers are learned from together, at most this often: a poll should cost nothing.
_LEARN_EVERY: Final = timedelta(minutes=30)
#: Entries an hour that are taken for granted before anything is known, and for how many hours' worth of watching;
#: and for how many hours an hour of the day is taken to be like the others.
_USUAL: Final = 1.0
_USUAL_HOURS: Final = 6.0
_ALIKE_HOURS: Final = 0.5
_SMOOTH: Final = ((-1, 0.25), (0, 0.5), (1, 0.25))
#: The listing may change by this share between two polls, so that a storm of news four times as dense loses none.
_SHARE: Final = 0.25
#: From this share of new entries on, and this many, that is looked at.
_CROWDED: Final = 0.3
_FEW: Final = 3
_KNOWN_HOURS: Final = 2.0  #: of watching, from which on one can speak of knowing
_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)


class Why(StrEnum):
    """What an interval comes from."""

    FIXED = "fixed"  #: the configuration fixes it
    UNKNOWN = "unknown"  #: nothing is known yet
    USUAL = "usual"  #: what is published at this hour
    CROWDED = "crowded"  #: much of the last listing was new
    ASKED = "asked"  #: the listing asks for a longer pause
    PUSHED = "pushed"  #: a hub tells of news, polls are a safety net
    SKIPPED = "skipped"  #: the listing asks to be left alone at these hours or days


_SAYS: Final = {
    Why.FIXED: "fixed in the configuration: every {every}",
    Why.UNKNOWN: "nothing learned yet: every {every}",
    Why.USUAL: "about {rate} new entries an hour at this time: every {every}",
    Why.CROWDED: "{new} of {listed} entries were new: every {every}",
    Why.ASKED: "it asks for a pause: every {every}",
    Why.PUSHED: "its hub tells of news at once; polled for safety every {every}",
    Why.SKIPPED: "it asks to be left alone at this time: next in {every}",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """How long to wait before the next poll, and why."""

    value: timedelta
    why: Why
    rate: float  #: new entries an hour that are expected
    new: int = 0  #: in the last listing read
    listed: int = 0  #: in the last listing read

    @property
    def says(self) -> str:
        """The reason, in one line."""
        rate, every = f"{self.rate:.2g}", in_words(self.value)
        return _SAYS[self.why].format(new=self.new, listed=self.listed, rate=rate, every=every)


def learn(rhythm: Rhythm, listing: Listing, new: Sequence[datetime | None], *, now: datetime) -> Rhythm:
    """Learn from a listing that was read, or that had not changed.

    Args:
        new: when each entry that was not known before was published; None for one without a date. The first
            listing's are all of them: they tell of the days before.
    """
    if listing.entries:
        return _learn(rhythm, listing, new, now)
    if rhythm.learned_at is not None and now - rhythm.learned_at < _LEARN_EVERY:
        return rhythm if listing.hints in {rhythm.hints, Hints()} else replace(rhythm, hints=_hints(rhythm, listing))
    return _learn(rhythm, listing, (), now)


def _learn(rhythm: Rhythm, listing: Listing, new: Sequence[datetime | None], now: datetime) -> Rhythm:
    before = rhythm.learned_at
    start = _watched_since(before, new, now)
    fresh = [min(date or now, now) for date in new if date is None or start - _LATE <= date]
    counts, hours = [*_aged(rhythm.counts, before, now)], [*_aged(rhythm.hours, before, now)]
    for moment, part in _by_hour(start, now):
        hours[_cell(moment)] += part
    for date in fresh:
        counts[_cell(max(date, start))] += 1.0
    learned = replace(
        rhythm,
        learned_at=now,
        counts=tuple(counts),
        hours=tuple(hours),
        burst=_burst(rhythm, now) + (len(fresh) / (_BURST / _HOUR) if before else 0.0),
        hints=_hints(rhythm, listing),
    )
    if not listing.entries:
        return replace(learned, new=0)
    span = (now - before).total_seconds() if before else 0.0
    return replace(learned, listed=len(listing.entries), new=len(fresh) if before else 0, span=span)


def _watched_since(before: datetime | None, new: Sequence[datetime | None], now: datetime) -> datetime:
    """Say from when on a listing shows all that was published.

    The first one shows it from its oldest entries on; a tenth of them, at its end, may be pinned or odd.
    """
    if before is not None:
        return min(now, max(before, now - _LOOK_BACK))
    dates = sorted((date for date in new if date is not None and date <= now), reverse=True)
    if len(dates) < 5:
        return now
    return max(dates[: math.ceil(len(dates) * 0.9)][-1], now - _LOOK_BACK)


def _hints(rhythm: Rhythm, listing: Listing) -> Hints:
    """Keep what the last listing said; an answer without one says what its headers do, if anything."""
    if listing.entries:
        return listing.hints
    said = listing.hints
    return replace(
        rhythm.hints,
        every=rhythm.hints.every if said.every is None else said.every,
        hub=said.hub or rhythm.hints.hub,
        topic=said.topic or rhythm.hints.topic,
    )


def interval(rhythm: Rhythm, source: Source, bounds: Bounds, *, now: datetime, covered: bool = False) -> Interval:
    """Say how long to wait for the next poll of a source that answers. A day's hours are those of UTC.

    Args:
        covered: a hub tells of news, so that polls are a safety net only.
    """
    rate = rate_at(rhythm, now)
    if source.rhythm is Pace.FIXED:
        return Interval(value=source.interval, why=Why.FIXED, rate=rate)
    least, most = min(bounds.fastest, source.interval), max(bounds.slowest, source.interval)
    wait, why = _usual(rhythm, source.interval, now, most=most), Why.USUAL
    if sum(rhythm.hours) < _KNOWN_HOURS:
        wait, why = source.interval, Why.UNKNOWN
    if (crowded := _crowded(rhythm, now)) is not None and crowded < wait:
        wait, why = crowded, Why.CROWDED
    wait = min(max(wait, least), most)
    asked = min(timedelta(seconds=rhythm.hints.every or 0.0), max(bounds.heed, source.interval), most)
    if asked > wait:
        wait, why = asked, Why.ASKED
    if covered:
        wait, why = most, Why.PUSHED
    due = spared(now + wait, rhythm.hints)
    if due > now + wait:
        wait, why = due - now, Why.SKIPPED
    return Interval(value=wait, why=why, rate=rate, new=rhythm.new, listed=rhythm.listed)


def spared(due: datetime, hints: Hints) -> datetime:
    """Move a poll out of the hours and days in which a listing asks for none, by a day at most."""
    latest = due + _DAY
    while due < latest and (due.hour in hints.skip_hours or due.weekday() in hints.skip_days):
        due = due.replace(minute=0, second=0, microsecond=0) + _HOUR
    return min(due, latest)


def rate_at(rhythm: Rhythm, moment: datetime) -> float:
    """Expect so many new entries an hour at a time."""
    return max(usual_rate(rhythm, _cell(moment)), _burst(rhythm, moment))


def usual_rate(rhythm: Rhythm, cell: int) -> float:
    """Expect so many new entries in an hour of the day, breaking news apart; for the number of an hour see `CELLS`."""
    overall = (_USUAL * _USUAL_HOURS + sum(rhythm.counts)) / (_USUAL_HOURS + sum(rhythm.hours))
    first, hour = cell - cell % 24, cell % 24
    counts = sum(share * rhythm.counts[first + (hour + step) % 24] for step, share in _SMOOTH)
    hours = sum(share * rhythm.hours[first + (hour + step) % 24] for step, share in _SMOOTH)
    return (overall * _ALIKE_HOURS + counts) / (_ALIKE_HOURS + hours)


def _usual(rhythm: Rhythm, centre: timedelta, now: datetime, *, most: timedelta) -> timedelta:
    """Wait as long as the rate of this hour says, or of a later one that this would reach into."""
    wait = min(most, _by_rate(centre, rate_at(rhythm, now)))
    hour = now.replace(minute=0, second=0, microsecond=0) + _HOUR
    while hour < now + wait:
        wait = min(wait, hour - now + _by_rate(centre, rate_at(rhythm, hour)))
        hour += _HOUR
    return wait


def _by_rate(centre: timedelta, rate: float) -> timedelta:
    return centre / math.sqrt(max(rate, 1e-4))


def _crowded(rhythm: Rhythm, now: datetime) -> timedelta | None:
    """Ask before more than `_SHARE` of a listing is new, if it goes on as it just did; None when there is no hurry."""
    just = rhythm.learned_at == now
    if not (just and rhythm.span) or rhythm.new < max(_FEW, _CROWDED * rhythm.listed):
        return None
    return timedelta(seconds=rhythm.span * _SHARE * rhythm.listed / rhythm.new)


def _burst(rhythm: Rhythm, now: datetime) -> float:
    if rhythm.learned_at is None:
        return 0.0
    return rhythm.burst * math.exp(-max(0.0, (now - rhythm.learned_at) / _BURST))


def _aged(values: Sequence[float], before: datetime | None, now: datetime) -> Iterator[float]:
    factor = 0.5 ** max(0.0, (now - before) / HALF_LIFE) if before else 1.0
    return (value * factor for value in values)


def _by_hour(start: datetime, end: datetime) -> Iterator[tuple[datetime, float]]:
    """Cut a span at full hours: (a moment in the hour, how much of that hour)."""
    while start < end:
        following = min(end, start.replace(minute=0, second=0, microsecond=0) + _HOUR)
        yield start, (following - start) / _HOUR
        start = following


def _cell(moment: datetime) -> int:
    return moment.hour + (CELLS // 2 if moment.weekday() >= 5 else 0)


def in_words(span: timedelta) -> str:
    """Write a span as people do: "45 seconds", "6 minutes", "2.5 hours"."""
    seconds = span.total_seconds()
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= 1.5 * size or size == 1:
            count = f"{seconds / size:.1f}".removesuffix(".0") if size >= 3_600 else f"{seconds / size:.0f}"
            return f"{count} {name}" if count == "1" else f"{count} {name}s"
    return ""
