"""Moving a page to another day: every spelling of its publication date, French or English, becomes the new one.

Pages move by whole days, so that times of day, and with them offsets and "à 18h30", stay true.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

_FR_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905 - one line
)
_FR_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_EN_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = timedelta(days=1)


def freshened(published: datetime, now: datetime) -> datetime:
    """Move a date by whole days into the 24 hours before `now`."""
    return published + ((now - published) // _DAY) * _DAY


def spellings(day: date) -> tuple[str, ...]:
    """All the ways in which our pages write a day; for two days, in the same order."""
    french = f"{'1er' if day.day == 1 else day.day} {_FR_MONTHS[day.month - 1]}"
    month, short = _EN_MONTHS[day.month - 1], _EN_MONTHS[day.month - 1][:3]
    weekday, jour = _EN_DAYS[day.weekday()], _FR_DAYS[day.weekday()]
    return (
        f"{jour} {french} {day.year}",
        f"{french} {day.year}",
        f"{jour} {french}",
        french,
        f"{weekday}, {month} {day.day}, {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{short} {day.day}, {day.year}",
        f"{day.day} {short} {day.year}",
        f"{month} {day.day}",
        f"{short} {day.day}",
        f"{day.day:02}/{day.month:02}/{day.year}",
        day.isoformat(),
        f"{day.year}-{day.month:02}",
    )


def moved(page: str, *, published: datetime, to: datetime) -> str:
    """Rewrite each spelling of the day of `published` (UTC) in a page as the same spelling of the day of `to`."""
    old, new = spellings(published.astimezone(UTC).date()), spellings(to.astimezone(UTC).date())
    table = dict(reversed(list(zip(old, new, strict=True))))  # "May 5" is short and long: the long one wins
    longest_first = sorted(table, key=len, reverse=True)
    # No digit on either side: "5 janvier" is not in "15 janvier", nor "2024-05" in "2024-05-18".
    pattern = rf"(?<!\d)(?:{'|'.join(map(re.escape, longest_first))})(?!-?\d)"
    return re.sub(pattern, lambda match: table[match[0]], page)
