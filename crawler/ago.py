"""Dates that count from now: "il y a 3 heures", "hier à 14h30", "2 hours ago". Pure: now is an argument."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from crawler.dates import folded, home_zone, read_clock

_LONGEST = 60  #: characters; a longer text is a sentence, and speaks of something else
_AGO = re.compile(
    r"\bil y a (?:environ |pres de )?(?P<count>\d{1,3}|une?) ?(?P<unit>sec(?:ondes?)?|mi?n(?:utes?)?|h(?:eures?)?"
    r"|j(?:ours?)?|semaines?)\b"
    r"|\b(?:about )?(?P<number>\d{1,3}|an?|one) ?(?P<measure>sec(?:ond)?s?|min(?:ute)?s?|m|hours?|hrs?|h|days?|d"
    r"|weeks?|w) ago\b"
)
_NOW = re.compile(r"\ba l'instant\b|\bjust now\b")
_DAY = re.compile(r"\b(?P<two>avant-hier)\b|\b(?P<one>hier|yesterday)\b|\b(?P<none>aujourd'hui|today)\b")
#: Seconds of a unit by its first letter, in both languages.
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "j": 86_400, "d": 86_400, "w": 7 * 86_400}


def read_ago(value: str, *, now: datetime, language: str | None = None) -> datetime | None:
    """The moment a text names by its distance from now, in UTC; None when it names none, or one that is to come.

    As precise as the text is: "3 hours ago" may be off by one hour. Months and years are too vague. "Yesterday"
    without a time is the day's beginning, where the source is (French: Europe/Paris; others: UTC).
    """
    text = folded(value).replace("’", "'")
    if len(text) > _LONGEST:
        return None
    moment = _counted(text, now) or _named(text, now, language)
    return moment if moment and moment <= now else None


def _counted(text: str, now: datetime) -> datetime | None:
    if _NOW.search(text):
        return now
    match = _AGO.search(text)
    if match is None:
        return None
    count = match["count"] or match["number"]
    unit = match["unit"] or match["measure"]
    seconds = _SECONDS["w" if unit.startswith("sem") else unit[0]]
    return now - timedelta(seconds=seconds * (int(count) if count.isdigit() else 1))


def _named(text: str, now: datetime, language: str | None) -> datetime | None:
    match = _DAY.search(text)
    if match is None:
        return None
    zone = home_zone(language)
    back = 2 if match["two"] else 1 if match["one"] else 0
    day = (now.astimezone(zone) - timedelta(days=back)).replace(hour=0, minute=0, second=0, microsecond=0)
    clock = read_clock(text[match.end() :])
    if clock is None and not back:
        return None  # the day's beginning would be a guess about what is a few hours old
    return (day + (clock or timedelta())).astimezone(UTC)  # Python adds on the wall clock: a day may have 25 hours
