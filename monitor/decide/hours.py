"""Hours as people name them, in a zone with its clock changes: when a digest is due, and when quiet hours end.

An hour that a clock change leaves out is moved behind the gap (02:30 becomes 03:30), one that comes twice counts the
first time. So what is asked for every day happens exactly once on each local day. Quiet hours that begin or end in such
a gap begin or end with it: a clock that shows 03:05 shows one of "02:30-07:00", and none of "22:00-02:30".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from cronsim import CronSim

from monitor.subscribing import Deliver, Quiet, Rhythm

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def local_day(moment: datetime, zone: str) -> date:
    """Give the day it is in a zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def instant(day: date, at: time, zone: str) -> datetime:
    """Give the moment, in UTC, at which a clock in a zone shows an hour of a day."""
    wall = datetime.combine(day, at, ZoneInfo(zone))
    found = wall.astimezone(UTC)
    if local_day(found, zone) != day:  # moved into the next day: a gap before midnight, such as Nuuk's
        found = wall.replace(fold=1).astimezone(UTC)
    return found


def next_slot(deliver: Deliver, zone: str, *, after: datetime) -> datetime:
    """Give the first moment after another, in UTC, at which a digest is due.

    Raises:
        ValueError: messages of this rhythm are not gathered.
    """
    found = next((slot for slot in _slots(deliver, zone, after) if slot > after), None)
    if found is None:
        raise ValueError(f"{deliver}: there is no next time")
    return found


def last_slot(deliver: Deliver, zone: str, *, until: datetime, since: datetime) -> datetime | None:
    """Give the last moment a digest was due, after one moment and not after another; None when there was none."""
    last, slot = None, next_slot(deliver, zone, after=since)
    while slot <= until:
        last, slot = slot, next_slot(deliver, zone, after=slot)
    return last


def quiet_until(quiet: Quiet | None, zone: str, *, now: datetime) -> datetime | None:
    """Give the moment, in UTC, at which the quiet hours that it is in end; None when it is in none."""
    if quiet is None:
        return None
    nights = 1 if quiet.end <= quiet.start else 0
    today = local_day(now, zone)
    for day in (today - _DAY, today):
        end = _begins(day + nights * _DAY, quiet.end, zone)
        if _begins(day, quiet.start, zone) <= now < end:
            return end
    return None


def _begins(day: date, at: time, zone: str) -> datetime:
    """Give the first moment at which a clock shows an hour or a later one: in a gap, the gap itself."""
    found = instant(day, at, zone)
    while (before := (found - _MINUTE).astimezone(ZoneInfo(zone))).date() == day and before.time() >= at:
        found -= _MINUTE
    return found


def _slots(deliver: Deliver, zone: str, after: datetime) -> Iterator[datetime]:
    """Give the moments a digest is due, from before `after` on."""
    if deliver.rhythm is Rhythm.CRON:
        return _cron_slots(deliver.cron, zone, after)
    if deliver.at is None:
        return iter(())
    return _daily_slots(deliver.at, deliver.weekday, zone, after)


def _daily_slots(at: time, weekday: int | None, zone: str, after: datetime) -> Iterator[datetime]:
    first = local_day(after, zone) - _DAY
    days = (first + number * _DAY for number in count())
    return (instant(day, at, zone) for day in days if weekday is None or day.weekday() == weekday)


def _cron_slots(cron: str, zone: str, after: datetime) -> Iterator[datetime]:
    """Hours that are named are a wall clock's; what is asked for every so often goes by the time that passes."""
    local = after.astimezone(ZoneInfo(zone))
    if any(field.startswith("*") for field in cron.split()[:2]):
        return (found.astimezone(UTC) for found in CronSim(cron, local))
    walls = CronSim(cron, local.replace(tzinfo=None) - _DAY)
    return (instant(wall.date(), wall.time(), zone) for wall in walls)
