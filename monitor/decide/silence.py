"""Whether a source that answers has fallen silent, by what it is used to publish at these hours (D15).

How many entries were to be expected since the last new one is the sum of the learned hourly rates (`monitor.rhythm`:
hours of weekdays and weekends). Entries come in bursts, so that their number varies more than chance alone makes it
(Poisson): counted by the hour, news has a variance of two to four times its mean. With a negative binomial
distribution whose variance is F times its mean, nothing at all comes with the probability F^(-expected / (F - 1)).
A source is silent when that is below one in a thousand, and more was to be expected in this pause than in any of the
last five weeks. A holiday is a weekend to the press, so what a weekday brings is taken half from the weekend's hours.
docs/health.md has the figures of a simulation: how soon a silence is noticed, and how often wrongly.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from monitor.decide.rhythm import rate_at
from monitor.rhythm import Rhythm

#: How far back habits are looked for.
HABITS: Final = timedelta(days=35)
_FANO: Final = 3.0  #: variance of entries an hour, divided by their mean
_CHANCE: Final = 1e-3
#: So many entries are to be expected in a pause for it to be that improbable: 12.6.
EXPECTED: Final = -math.log(_CHANCE) * (_FANO - 1) / math.log(_FANO)
_WATCHED: Final = 7 * 24.0  #: hours, before habits are known
_LONGEST: Final = timedelta(days=14)  #: of a pause, that is summed up
_PAUSES: Final = 100  #: the longest, that are looked at: nights and weekends, and what is longer than those by day
_HOUR: Final = timedelta(hours=1)
#: Where too little is published for that: silent after twice its longest pause, and never before this, a weekend with
#: a day before and after.
SILENCE: Final = timedelta(days=4)
#: A source that had something new on fewer days has no habits to break.
_HABIT: Final = 5


def expected(rhythm: Rhythm, start: datetime, end: datetime) -> float:
    """How many new entries were to be expected in a span, by the habits of its hours; a holiday counts half."""
    calm, moment, total = replace(rhythm, burst=0.0), max(start, end - _LONGEST), 0.0
    while moment < end:
        following = min(end, moment.replace(minute=0, second=0, microsecond=0) + _HOUR)
        total += _rate(calm, moment) * ((following - moment) / _HOUR)
        moment = following
    return total


def _rate(rhythm: Rhythm, moment: datetime) -> float:
    usual = rate_at(rhythm, moment)
    if moment.weekday() >= 5:
        return usual
    return (usual + min(usual, rate_at(rhythm, moment + (5 - moment.weekday()) * timedelta(days=1)))) / 2


def usually(rhythm: Rhythm) -> float:
    """New entries a day, on average over a week; 0 while too little is known."""
    if sum(rhythm.hours) < _WATCHED:
        return 0.0
    weekday, weekend = (_a_day(rhythm, first) for first in (0, 24))
    return (5 * weekday + 2 * weekend) / 7


def _a_day(rhythm: Rhythm, first: int) -> float:
    cells = range(first, first + 24)
    hours = sum(rhythm.hours[cell] for cell in cells)
    return 24 * sum(rhythm.counts[cell] for cell in cells) / hours if hours else 0.0


def is_doubtful(rhythm: Rhythm, last_new: datetime, last_ok: datetime) -> bool:
    """Whether a pause is long enough for the pauses before it to be looked up."""
    if last_ok - last_new > SILENCE:
        return True
    return sum(rhythm.hours) >= _WATCHED and expected(rhythm, last_new, last_ok) >= EXPECTED


def is_silent(rhythm: Rhythm, moments: Sequence[datetime], last_ok: datetime) -> bool | None:
    """Judge a doubtful pause; None where the source has no habits to break.

    Args:
        moments: when it listed something new within `HABITS` of now, in order; the last is where the pause began.
    """
    if not moments:
        return None
    missing = expected(rhythm, moments[-1], last_ok)
    if sum(rhythm.hours) >= _WATCHED and missing >= EXPECTED and missing > _most_missing(rhythm, moments):
        return True
    days = sorted({moment.date() for moment in moments})
    return _is_silent_by_days(days, last_ok.date()) if len(days) >= _HABIT else None


def _most_missing(rhythm: Rhythm, moments: Sequence[datetime]) -> float:
    """How many entries were to be expected in the emptiest pause so far: an hour of the morning weighs a night."""
    pauses = sorted(pairwise(moments), key=lambda pause: pause[0] - pause[1])[:_PAUSES]
    return max((expected(rhythm, before, after) for before, after in pauses), default=0.0)


def _is_silent_by_days(days: Sequence[date], today: date) -> bool:
    longest = max(after - before for before, after in pairwise(days))
    return today - days[-1] > max(SILENCE, 2 * longest)
