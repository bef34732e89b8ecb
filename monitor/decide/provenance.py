"""Where a work is from, as the announcing sentence itself says right beside its title: "« X », une série britannique".

The reader weighs a whole page, and may take a broadcaster's country for a work's; such words leave no room for that.
What is adapted from another country's work is from here, so a sentence that speaks of one says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from monitor.types import Announcement
from monitor.vocabulary import Origin

_NOUN = (
    r"(?:mini-?s[ée]ries?|docus[ée]ries?|s[ée]ries?|films?|t[ée]l[ée]films?|fiction|com[ée]die|thriller|polar|drame"
    r"|documentaire|feuilleton|saga|cr[ée]ation|unitaire|anthologie|sitcom|dram[ée]die|long[- ]m[ée]trage"
    r"|drama|comedy|movie|show|documentary|original|dramedy|procedural|soap)"
)
_FRENCH = r"(?:fran[çc]aise?s?|french)"
_FOREIGN = (
    r"(?:britanniques?|british|anglaise?s?|english|am[ée]ricaine?s?|american|u\.?[ks]\.?|allemande?s?|german"
    r"|italien(?:ne)?s?|italian|espagnole?s?|spanish|belges?|belgian|suisses?|swiss|canadien(?:ne)?s?|canadian"
    r"|qu[ée]b[ée]coise?s?|cor[ée]en(?:ne)?s?|sud-cor[ée]en(?:ne)?s?|korean|japonaise?s?|japanese|turque?s?|turkish"
    r"|danoise?s?|danish|su[ée]doise?s?|swedish|norv[ée]gien(?:ne)?s?|norwegian|isra[ée]lien(?:ne)?s?|israeli"
    r"|australien(?:ne)?s?|australian|indien(?:ne)?s?|indian|irlandaise?s?|irish|[ée]cossaise?s?|scottish"
    r"|polonaise?s?|polish|br[ée]silien(?:ne)?s?|brazilian|mexicaine?s?|mexican|n[ée]erlandaise?s?|dutch"
    r"|islandaise?s?|icelandic|finlandaise?s?|finnish|portugaise?s?|portuguese|chinoise?s?|chinese)"
)
_BORROWED = re.compile(
    r"\b(?:adapt\w*|remakes?|reboots?|versions?|inspir\w+|d['’]apr[èe]s|based on|tir[ée]e?s?)\b", re.IGNORECASE
)
#: Words between the noun and its country, on one side of the title with nothing but quotes and an article between.
_BETWEEN = r"(?:\s+[\w'’-]+){0,2}\s+"
_REACH = 120  #: characters before a title in which such words stand
_OPENS, _CLOSES = r"[\s«“\"‘'’]*", r"[\s»”\"’',:]*(?:(?:une?|an?|the|la|le|sa|son|its|new|nouvelle)\s+)*"


def origin_said(announcement: Announcement) -> Origin | None:
    """Give where the sentence says that its work is from; None where it leaves that to the page, or speaks of two."""
    return _said(announcement.title, announcement.evidence.sentence) if announcement.title else None


def origin_told(announcement: Announcement) -> Origin:
    """Give where an announcement's work is from: as its sentence says, or else as it was read."""
    return origin_said(announcement) or announcement.origin


def origin_of(said: Collection[Announcement]) -> Origin:
    """Sum up where a work is from: as sentences say; or else French if anybody read it so.

    An outlet's error must cost nobody the news, and a foreign work must not be told as French.
    """
    outright = {one for one in map(origin_said, said) if one}
    found = outright or {one.origin for one in said}
    return next((one for one in (Origin.FRENCH, Origin.FOREIGN) if one in found), Origin.UNKNOWN)


@lru_cache(maxsize=4_096)
def _said(title: str, sentence: str) -> Origin | None:
    if _BORROWED.search(sentence):
        return None
    found = {origin for origin, country in _COUNTRIES.items() if country.stands_beside(title.lower(), sentence.lower())}
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class _Country:
    """How a country is named: at all, right before a title, and right after it; made once, as it takes a while."""

    anywhere: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]

    def stands_beside(self, title: str, sentence: str) -> bool:
        if self.anywhere.search(sentence) is None:
            return False
        at = sentence.find(title)
        while at >= 0:
            if self.before.search(sentence[max(0, at - _REACH) : at]) or self.after.match(sentence, at + len(title)):
                return True
            at = sentence.find(title, at + 1)
        return False


def _named(country: str) -> _Country:
    phrase = rf"(?:{_NOUN}{_BETWEEN}{country}|{country}(?:\s+[\w'’-]+){{0,2}}?\s+{_NOUN})\b"
    patterns = (country, rf"\b{phrase}{_OPENS}\Z", _CLOSES + phrase)
    return _Country(*(re.compile(pattern, re.IGNORECASE) for pattern in patterns))


_COUNTRIES = {Origin.FRENCH: _named(_FRENCH), Origin.FOREIGN: _named(_FOREIGN)}
