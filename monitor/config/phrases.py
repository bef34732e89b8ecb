"""Reads how people write times: `daily 08:00`, `weekly mon 08:00`, `cron 0 8 * * 1-5`, `22:00-07:30`, a time zone.

Every function raises ValueError with what is wrong and what would be right, for the one line of a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from cronsim import CronSim, CronSimError

from monitor.config.check import nearest
from monitor.subscribing import INSTANT, WEEKDAYS, Deliver, Quiet, Rhythm

_FORMS: Final = '"instant", "daily 08:00", "weekly mon 08:00" or "cron 0 8 * * 1-5"'
_DAYS: Final[dict[str, int]] = {
    name[:size]: number
    for names in (
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    )
    for number, name in enumerate(names)
    for size in (3, len(name))
}
#: Any moment will do: it is only asked whether the fields make sense.
_SOME_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)


def deliver(text: str) -> Deliver:
    """Read when messages go out.

    Raises:
        ValueError: it is no such phrase.
    """
    word, *rest = text.split()[:1], *text.split()[1:]
    rhythm = (word[0] if word else "").lower()
    if rhythm == Rhythm.INSTANT and not rest:
        return INSTANT
    if rhythm == Rhythm.DAILY and len(rest) == 1:
        return Deliver(rhythm=Rhythm.DAILY, at=hour(rest[0]))
    if rhythm == Rhythm.WEEKLY and len(rest) == 2:
        return Deliver(rhythm=Rhythm.WEEKLY, weekday=_weekday(rest[0]), at=hour(rest[1]))
    if rhythm == Rhythm.CRON and rest:
        return Deliver(rhythm=Rhythm.CRON, cron=_cron(rest))
    raise ValueError(f'"{text}" must be {_FORMS}{_meant(rhythm)}')


def hour(text: str) -> time:
    """Read a time of day: 8:00, 08:00, 8h, 8h30.

    Raises:
        ValueError: there is no such time.
    """
    found = re.fullmatch(r"([0-9]{1,2})(?::([0-9]{2})|[hH]([0-9]{2})?)", text)
    if found is None or int(found[1]) > 23 or int(found[2] or found[3] or 0) > 59:
        raise ValueError(f'"{text}" is no time of day; write it like "08:00", up to "23:59"')
    return time(int(found[1]), int(found[2] or found[3] or 0))


def quiet(text: str) -> Quiet:
    """Read hours of silence: 22:00-07:30.

    Raises:
        ValueError: they are none.
    """
    parts = [part.strip() for part in re.split(r"[-–]", text)]
    if len(parts) != 2:
        raise ValueError(f'"{text}" must be two times of day with a hyphen, such as "22:00-07:30"')
    start, end = map(hour, parts)
    if start == end:
        raise ValueError(f'"{text}" is no span: it begins when it ends; for silence all day take a daily digest')
    return Quiet(start=start, end=end)


def zone(text: str) -> str:
    """Read a time zone by its IANA name.

    Raises:
        ValueError: this machine knows no such zone.
    """
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):  # the last for a name that is a folder, such as "Europe"
        says = f'"{text}" is no time zone; write it like "Europe/Paris"{_zone_meant(text)}'
        raise ValueError(says) from None
    return text


def _weekday(text: str) -> int:
    found = _DAYS.get(text.lower().rstrip("."))
    if found is None:
        raise ValueError(f'"{text}" is no day of the week: {", ".join(WEEKDAYS)}{nearest(text, _DAYS)}')
    return found


def _cron(fields: Sequence[str]) -> str:
    text = " ".join(fields)
    if len(fields) != 5:
        says = f'"cron {text}" needs five fields (minute, hour, day, month, weekday), not {len(fields)}'
        raise ValueError(says)
    try:
        CronSim(text, _SOME_DAY)
    except CronSimError as error:
        raise ValueError(f'"cron {text}": {str(error).lower()}') from None
    return text


def _meant(rhythm: str) -> str:
    return nearest(rhythm, Rhythm) if rhythm not in set(Rhythm) else ""


def _zone_meant(text: str) -> str:
    """Name the zone that was meant; one may know the town and not the continent."""
    zones = sorted(available_timezones())
    towns = [name for name in zones if name.rpartition("/")[2].lower() == text.lower().replace(" ", "_")]
    return f'; did you mean "{towns[0]}"?' if towns else nearest(text, zones)
