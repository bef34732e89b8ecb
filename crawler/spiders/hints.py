"""What an outlet says about how often its listing wants to be asked, and which hub tells of its news. Pure.

A feed's wishes stand outside its items and are read as text: so a broken feed's are read as well as a good one's.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

from crawler.types import Hints

#: A longer interval is a mistake: `max-age` of a year is for pictures. Seconds.
LONGEST = 7 * 86_400.0
_HEAD = 64 * 1024  #: characters before the first item, and after the last one, that are looked at

_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)(?=[\s>])", re.IGNORECASE)
_LAST_ITEM = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_UNCACHED = re.compile(r"\bno-(?:cache|store)\b", re.IGNORECASE)
_HEADER_LINK = re.compile(r"<([^<>]{1,2000})>([^<]*)")
_REL = re.compile(r"""\brel\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>;,/]+))""", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_LINK = re.compile(r"<(?:\w+:)?link\s([^<>]{1,4000})>", re.IGNORECASE)
_PERIODS = {"hourly": 3_600.0, "daily": 86_400.0, "weekly": LONGEST, "monthly": 30 * 86_400.0, "yearly": 365 * 86_400.0}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _element(name: str, value: str) -> re.Pattern[str]:
    return re.compile(rf"<(?:\w+:)?{name}(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[)?\s*({value})", re.IGNORECASE)


_TTL, _HOUR, _DAY = _element("ttl", r"\d{1,9}"), _element("hour", r"\d{1,2}"), _element("day", r"[a-z]+")
_PERIOD, _FREQUENCY = _element("updatePeriod", r"[a-z]+"), _element("updateFrequency", r"\d{1,4}")
_SKIP_HOURS = re.compile(r"<skipHours\s*>(.*?)</skipHours\s*>", re.IGNORECASE | re.DOTALL)
_SKIP_DAYS = re.compile(r"<skipDays\s*>(.*?)</skipDays\s*>", re.IGNORECASE | re.DOTALL)


def header_hints(headers: Mapping[str, str], *, base_url: str) -> Hints:
    """What an answer's `Cache-Control` and `Link` ask for; names of headers in lower case."""
    control = headers.get("cache-control", "")
    age = None if _UNCACHED.search(control) else _MAX_AGE.search(control)
    links = ((_rels(rest), url) for url, rest in _HEADER_LINK.findall(headers.get("link", "")))
    return Hints(every=_longest([float(age.group(1)) if age else 0.0]), **_addresses(links, base_url))


def feed_hints(text: str, *, base_url: str) -> Hints:
    """What an RSS, RDF or Atom feed asks for outside its items."""
    around = _around(text)
    if "<!--" in around:
        around = _COMMENT.sub("", around)
    named = around.lower()
    links = ((_rels(rest), html.unescape(_first(_HREF.search(rest)))) for rest in _LINK.findall(around))
    return Hints(
        every=_longest([_ttl(around) if "ttl" in named else 0.0, _period(around) if "updateperiod" in named else 0.0]),
        skip_hours=_hours(around) if "skiphours" in named else (),
        skip_days=_days(around) if "skipdays" in named else (),
        **_addresses(links, base_url),
    )


def json_hints(document: Mapping[str, Any], *, base_url: str) -> Hints:
    """What a JSON Feed asks for: its hubs and its own address."""
    hubs = document.get("hubs")
    named = [hub.get("url") for hub in hubs if isinstance(hub, dict)] if isinstance(hubs, list) else []
    links = [*(({"hub"}, url) for url in named), ({"self"}, document.get("feed_url"))]
    return Hints(**_addresses([(rels, url) for rels, url in links if isinstance(url, str)], base_url))


def both(header: Hints, document: Hints) -> Hints:
    """Header and document together: the longer interval, and the header's hub first, as WebSub has it."""
    first = header if header.hub else document
    return Hints(
        every=_longest([header.every or 0.0, document.every or 0.0]),
        skip_hours=document.skip_hours,
        skip_days=document.skip_days,
        hub=first.hub,
        topic=first.topic or header.topic or document.topic,
    )


def _around(text: str) -> str:
    """A feed without its items."""
    first = _ITEM.search(text)
    if first is None:
        return text[:_HEAD]
    start = first.start()
    last = text.rfind(
        "</entry>" if text[start + 1 : start + 6] == "entry" else "</item>", start
    )  # finds it at once, where `_LAST_ITEM` has to go through them all
    tail = text[max(last, start, len(text) - _HEAD) :]
    ends = [match.end() for match in _LAST_ITEM.finditer(tail)]
    return text[: min(start, _HEAD)] + (tail[ends[-1] :] if ends else "")


def _ttl(text: str) -> float:
    match = _TTL.search(text)
    return float(match.group(1)) * 60 if match else 0.0


def _period(text: str) -> float:
    """Seconds between two updates; the module's default is once in a period."""
    period, frequency = _PERIOD.search(text), _FREQUENCY.search(text)
    times = max(int(frequency.group(1)), 1) if frequency else 1
    return _PERIODS.get(period.group(1).lower(), 0.0) / times if period else 0.0


def _hours(text: str) -> tuple[int, ...]:
    found = {int(hour) % 24 for hour in _inside(text, _SKIP_HOURS, _HOUR) if int(hour) <= 24}
    return tuple(sorted(found)) if len(found) < 24 else ()  # who skips all of them says nothing


def _days(text: str) -> tuple[int, ...]:
    found = {_DAYS.index(day.lower()) for day in _inside(text, _SKIP_DAYS, _DAY) if day.lower() in _DAYS}
    return tuple(sorted(found)) if len(found) < 7 else ()


def _longest(seconds: Iterable[float]) -> float | None:
    return max((each for each in seconds if 0 < each <= LONGEST), default=None)


def _inside(text: str, block: re.Pattern[str], part: re.Pattern[str]) -> list[str]:
    found = block.search(text)
    return part.findall(found.group(1)) if found else []


def _rels(attributes: str) -> set[str]:
    return set(_first(_REL.search(attributes)).lower().split())


def _first(match: re.Match[str] | None) -> str:
    return next((group for group in match.groups() if group), "") if match else ""


def _addresses(links: Iterable[tuple[set[str], str]], base_url: str) -> dict[str, Any]:
    """The first hub and the first own address, absolute."""
    found: dict[str, str] = {}
    for rels, url in links:
        address = _absolute(url, base_url)
        for rel, name in (("hub", "hub"), ("self", "topic")):
            if rel in rels and address:
                found.setdefault(name, address)
    return found


def _absolute(url: str, base_url: str) -> str | None:
    try:
        address = urljoin(base_url, url.strip()) if url.strip() else ""
    except ValueError:
        return None
    return address if address.startswith(("http://", "https://")) and len(address) <= 2_000 else None
