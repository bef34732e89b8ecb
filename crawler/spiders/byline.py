"""Headlines without the outlet's name, bylines without their decoration."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from crawler.plain import tidy

_NOT_IN_KEY = re.compile(r"[^a-z0-9]+")
_SEPARATOR = re.compile(r"\s+[-–—|•·:»/]{1,2}\s+|\s*\|\s*")
_PREFIX = re.compile(
    r"^(?:(?:un )?article (?:de|par)|publi[eé]e? par|[eé]crit par|propos recueillis par|r[eé]dig[eé] par|par"
    r"|written by|posted by|by|author|auteur|from)\b[\s:]*",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\s*(?:[,|•·–-]\s*)?\b(?:le \d|publi[eé]|posted on|updated|mis [aà] jour|\d{1,2} \w+ \d{4}).*$", re.IGNORECASE
)
_WITH = re.compile(r"\s+(?:avec|with)\s.*$", re.IGNORECASE)
_NO_NAME = re.compile(
    r"https?:|www\.|@|^\d+$|^(?:admin|administrator|none|null|unknown|author|auteur|editor)$", re.IGNORECASE
)


def clean_title(title: str, sites: tuple[str, ...]) -> str:
    """A headline without the outlet's name at its end or beginning (" - BFMTV", " | AlloCiné", "Séries Mag : ").

    Args:
        title: One line.
        sites: What the outlet calls itself, and its host.
    """
    own = {key for site in sites if (key := _key(site))}
    while True:
        marks = list(_SEPARATOR.finditer(title))
        if not marks:
            return title
        last, first = marks[-1], marks[0]
        if _names(title[last.end() :], own, "|" in last.group(0) and len(title[: last.start()].split()) >= 4):
            title = title[: last.start()].rstrip()
        elif _key(title[: first.start()]) in own and len(title[first.end() :].split()) >= 3:
            title = title[first.end() :].lstrip()
        else:
            return title


def _names(tail: str, own: set[str], piped: bool) -> bool:
    """Whether the end of a title is the outlet's name, or behind a "|" a rubric of at most three words."""
    key = _key(tail)
    alike = any(key == name or (len(key) >= 4 and (key in name or name in key) and len(key) < 30) for name in own)
    return alike or (piped and len(tail.split()) <= 3)


@lru_cache(1_024)  # the outlet's own names are asked about for each title and each author
def _key(name: str) -> str:
    """A name for comparing: no case, accents or punctuation."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return _NOT_IN_KEY.sub("", plain)


def clean_author(names: list[str], sites: tuple[str, ...]) -> str | None:
    """The people of a byline, at most five, without "Par", dates, addresses and the outlet's own name."""
    own = {_key(site) for site in sites}
    found: dict[str, str] = {}
    for name in names:
        for part in re.split(r"\s*(?:,|;| et | and | & )\s*", _PREFIX.sub("", tidy(name))):
            person = _WITH.sub("", _TIME.sub("", _PREFIX.sub("", part))).strip(" .-–|:")
            if (
                2 < len(person) <= 60
                and len(person.split()) <= 6
                and not _NO_NAME.search(person)
                and _key(person) not in own
            ):
                found.setdefault(_key(person), person)
    return ", ".join(list(found.values())[:5]) or None
