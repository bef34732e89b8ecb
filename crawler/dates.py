"""The one owner of reading dates as outlets write them, in English and French.

Everything found becomes an aware UTC datetime; what can't be read with certainty is None, never a guess
(faults P17 and P18: libraries read "CET" as UTC, and year 26 as the year 26).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 1995, 2100  #: outside, it is a mistake: before the web, or a typing error

#: What a time without zone means, by the language of the source; UTC for the others.
_HOME_ZONES = {"fr": "Europe/Paris"}

#: Hours east of Greenwich. Ambiguous names have the meaning of our outlets' countries; IST is India's.
_OFFSET_TABLE = """
Z:0 UT:0 UTC:0 GMT:0 WET:0 WEST:1 BST:1 CET:1 MEZ:1 CEST:2 MESZ:2 EET:2 EEST:3 MSK:3 TRT:3 IST:5.5 SGT:8 HKT:8
AWST:8 JST:9 KST:9 ACST:9.5 ACDT:10.5 AEST:10 AEDT:11 NZST:12 NZDT:13 WAT:1 CAT:2 SAST:2 EAT:3 NST:-3.5 NDT:-2.5
BRT:-3 ART:-3 AST:-4 ADT:-3 EST:-5 EDT:-4 CST:-6 CDT:-5 MST:-7 MDT:-6 PST:-8 PDT:-7 AKST:-9 AKDT:-8 HST:-10
HNE:-5 HAE:-4
"""
_OFFSETS = {name: float(hours) for name, hours in (pair.split(":") for pair in _OFFSET_TABLE.split())}
_REGIONS = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}

#: The first three letters, without accents, that tell the month in either language.
_MONTH_STARTS = "jan fev|feb mar avr|apr mai|may jun|juin jul|juil aou|aug sep oct nov dec"
_MONTHS = {start: number for number, starts in enumerate(_MONTH_STARTS.split(), 1) for start in starts.split("|")}
_MONTH = (
    r"(?P<month>jan(?:v(?:ier)?|uary)?|fev(?:r(?:ier)?)?|feb(?:ruary)?|mars|mar(?:ch)?|avr(?:il)?|apr(?:il)?|mai|may"
    r"|juin|june?|juil(?:let)?|july?|aou(?:t)?|aug(?:ust)?|sept?(?:embre|ember)?|oct(?:obre|ober)?|nov(?:embre|ember)?"
    r"|dec(?:embre|ember)?)\b\.?"
)
_DAY, _YEAR = r"(?<!\d)(?P<day>\d{1,2})", r"(?P<year>\d{4})(?!\d)"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d){_YEAR}-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?!\d)",
        rf"(?<!\d){_YEAR}/(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?=t?\d{4}(?:\d\d)?(?!\d)|(?!\d))",
        rf"{_DAY}(?:er|st|nd|rd|th)?[ \-]*{_MONTH}[ \-,]*(?P<year>\d{{4}}|\d\d)(?![\d:h])",
        rf"{_MONTH}[ \-]*{_DAY}(?:st|nd|rd|th)?(?:, ?| ){_YEAR}",
        # of ctime, where the year is last: Fri Nov 20 14:30 CET 2026, seconds or not
        rf"{_MONTH} +{_DAY} +(?=\d\d:\d\d(?::\d\d)?(?: [a-z]+)? {_YEAR.replace('year', 'end')})",
        rf"{_DAY}(?P<mark>[/.\-])(?P<month>\d{{1,2}})(?P=mark){_YEAR}",
    )
)
_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})(?: ?(?P<sep>[:h]) ?(?P<minute>\d\d)?(?: ?[:m] ?(?P<second>\d\d))?(?:[.,]\d+)?"
    r"|(?= ?[ap]\.?m\b))s? ?(?P<half>[ap])?(?(half)\.?m\b\.?)"
)
_COMPACT_CLOCK = re.compile(r"(?<=\d{8})t?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?:[.,]\d+)?")
_ZONE = re.compile(
    r"[ (\[]*(?:(?P<region>[a-z]+/[a-z_]+)|(?:utc|gmt)?(?P<sign>[+\-−])(?P<hours>\d\d?):?(?P<minutes>\d\d)?(?!\d)"
    r"|(?P<name>[a-z]+)\b)?"
)
_EPOCH = re.compile(r"(\d{9,10}|\d{13})(?:\.\d+)?")
#: Words that may follow a time without being its zone.
_NO_ZONE = frozenset({"le", "par", "by", "on", "mis", "maj", "modifie", "updated", "heure", "heures", "local", "a"})


#: As nearly all feeds write it, by RFC 822 and RFC 3339; whatever else is read below, in twenty times the time.
_RFC_822 = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|UTC|Z|([+-])(\d\d)(\d\d))",
    re.ASCII,
)
_RFC_3339 = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)", re.ASCII)


def read_date(value: object, *, language: str | None = None) -> datetime | None:
    """The moment a feed, a sitemap or a page names, in UTC; None when missing, unreadable or absurd.

    Reads ISO 8601, RFC 822 with zone names, ctime, seconds and milliseconds since 1970, and English and French
    prose ("ven., 20 nov. 2026", "20 novembre 2026 à 14h30"). Without a zone, the one of the language holds
    (French: Europe/Paris; others: UTC). Never looks at the clock: for "two hours ago" see `crawler.ago`.
    """
    try:
        if found := _usual(value):
            return _sane(found)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return None
        text = folded(str(value))
        if not text or len(text) > 200:
            return None
        found = _epoch(text) or _written(text, language)
        return _sane(found)
    except (ValueError, OverflowError):
        return None


def _usual(value: object) -> datetime | None:
    """A date in one of the two usual forms; None for any other, and for one that is not quite right."""
    if not isinstance(value, str):
        return None
    try:
        if value[4:5] != "-" and (match := _RFC_822.fullmatch(value)):
            day, month, year, hour, minute, second, sign, hours, minutes = match.groups()
            zone = _offset(sign, int(hours), int(minutes)) if sign else UTC
            if zone is not None and (number := _MONTHS.get(month.lower())):
                return datetime(int(year), number, int(day), int(hour), int(minute), int(second), tzinfo=zone)
        elif match := _RFC_3339.fullmatch(value):
            return datetime.fromisoformat(match.group(1) + match.group(2))
    except ValueError:  # "24:00:00", ":60", the 31st of a short month
        return None
    return None


def read_clock(text: str) -> timedelta | None:
    """The first time of day in a folded text, since midnight; None when there is none."""
    match = _CLOCK.search(text)
    try:
        return _since_midnight(match) if match else None
    except ValueError:
        return None


def folded(text: str) -> str:
    """Lower case, without accents and double blanks: months read the same however they are typed."""
    decomposed = unicodedata.normalize("NFKD", text[:400])
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).lower().split())


def _sane(moment: datetime | None) -> datetime | None:
    if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    if moment.tzinfo is UTC:
        return moment
    # `astimezone` gives the very object `datetime.UTC`, which `check_utc` asks for.
    moment = moment.astimezone(UTC)
    return moment if moment.year >= FIRST_YEAR else None


def _epoch(text: str) -> datetime | None:
    match = _EPOCH.fullmatch(text)
    if not match:
        return None
    seconds = int(match.group(1)) / (1000 if len(match.group(1)) == 13 else 1)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


def _written(text: str, language: str | None) -> datetime | None:
    match = next(filter(None, (pattern.search(text) for pattern in _DATES)), None)
    if match is None:
        return _last_resort(text, language)
    day = _day(match, language)
    if day is None:
        return None
    clock = _COMPACT_CLOCK.match(text, match.end()) or _CLOCK.search(text, match.end()) or _CLOCK.search(text)
    if clock is None or match.start() <= clock.start() < match.end():
        return day.replace(tzinfo=home_zone(language))
    zone = _zone(text[clock.end() :], language)
    return None if zone is None else (day + _since_midnight(clock)).replace(tzinfo=zone)


def _day(match: re.Match[str], language: str | None) -> datetime | None:
    """The day as a naive midnight; None when day and month could be either way round."""
    groups = match.groupdict()
    year, day = int(groups.get("year") or groups["end"]), int(groups["day"])
    month = _month(groups["month"])
    if groups.get("mark") and language != "fr" and day != month:
        if day <= 12 and month <= 12 and groups["mark"] == "/":
            return None
        if month > 12:
            day, month = month, day
    if len(groups.get("year") or "") == 2:
        year += 2000 if year < 70 else 1900
    return datetime(year, month, day)  # noqa: DTZ001 - the zone comes with the time


def _month(name: str) -> int:
    if name.isdigit():
        return int(name)
    return next(number for start, number in _MONTHS.items() if name.startswith(start))


def _since_midnight(clock: re.Match[str]) -> timedelta:
    groups = clock.groupdict()
    hour, minute = int(groups["hour"]), int(groups["minute"] or 0)
    second = min(int(groups["second"] or 0), 59)  # ":60" is a leap second
    if groups.get("half"):
        hour = hour % 12 + (12 if groups["half"] == "p" else 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise ValueError("no such time")
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _zone(rest: str, language: str | None) -> tzinfo | None:
    """The zone written after a time; the language's when there is none; None when it is not known."""
    match = _ZONE.match(rest)
    if match is None or not match.group(0).strip(" (["):
        return home_zone(language)
    groups = match.groupdict()
    if groups["sign"]:
        return _offset(groups["sign"], int(groups["hours"]), int(groups["minutes"] or 0))
    name = (groups["name"] or "").upper()
    if name in _OFFSETS:
        return timezone(timedelta(hours=_OFFSETS[name]))
    if groups["region"] or name in _REGIONS:
        return _region(groups["region"] or _REGIONS[name])
    if "heure de paris" in rest:
        return _region("Europe/Paris")
    return home_zone(language) if name.lower() in _NO_ZONE or len(name) > 5 else None


@cache
def _offset(sign: str, hours: int, minutes: int) -> tzinfo | None:
    """An offset from Greenwich; the widest in use is +14:00."""
    if hours > 14 or minutes > 59:
        return None
    return timezone(timedelta(hours=hours, minutes=minutes) * (1 if sign == "+" else -1))


@cache
def _region(name: str) -> tzinfo | None:
    parts = [part.title() for part in re.split(r"([/_])", name)]
    try:
        return ZoneInfo("".join(parts))
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return None


def home_zone(language: str | None) -> tzinfo:
    """What a time without zone means, by the language of its source."""
    return _region(_HOME_ZONES.get(language or "", "")) or UTC if language in _HOME_ZONES else UTC


def _last_resort(text: str, language: str | None) -> datetime | None:
    """dateparser, for other languages: slow to import and to run, so only for what has a day and a year."""
    if language in {None, "en", "fr"} or not re.search(r"\b\d{1,2}\b.*\b(19|20)\d\d\b", text):
        return None
    import dateparser  # noqa: PLC0415 - 0.3 s, and hardly ever needed

    settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"], "DATE_ORDER": "DMY"}
    try:
        found: datetime | None = dateparser.parse(text, languages=[str(language)], settings=settings)
    except (ValueError, TypeError, RecursionError):  # what it raises for unknown languages and odd text
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=home_zone(language))
