"""Where a work is from, as the announcing sentence itself says right beside its title: "« X », une série britannique".

The reader weighs a whole page, and may take a broadcaster's country for a work's; such words leave no room for that.
What is adapted from another country's work is from here, so a sentence that speaks of one says nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from monitor.decide.lore import Country, Lore
from monitor.types import Announcement
from monitor.vocabulary import Origin

_REACH = 120  #: characters before a title in which such words stand


def origin_said(announcement: Announcement, lore: Lore) -> Origin | None:
    """Give where the sentence says that its work is from; None where it leaves that to the page, or speaks of two."""
    return _said(announcement.title, announcement.evidence.sentence, lore) if announcement.title else None


def origin_told(announcement: Announcement, lore: Lore) -> Origin:
    """Give where an announcement's work is from: as its sentence says, or else as it was read."""
    return origin_said(announcement, lore) or announcement.origin


def origin_of(outright: Collection[Origin], read: Collection[Origin]) -> Origin:
    """Sum up where a work is from: as sentences say outright; or else French if anybody read it so.

    An outlet's error must cost nobody the news, and a foreign work must not be told as French.
    """
    found = outright or read
    return next((one for one in (Origin.FRENCH, Origin.FOREIGN) if one in found), Origin.UNKNOWN)


@lru_cache(maxsize=4_096)
def _said(title: str, sentence: str, lore: Lore) -> Origin | None:
    if lore.borrowed.search(sentence):
        return None
    said = {
        origin
        for origin, countries in lore.countries.items()
        if any(_stands_beside(one, title.lower(), sentence.lower()) for one in countries)
    }
    return said.pop() if len(said) == 1 else None


def _stands_beside(country: Country, title: str, sentence: str) -> bool:
    if country.anywhere.search(sentence) is None:
        return False
    at = sentence.find(title)
    while at >= 0:
        before = sentence[max(0, at - _REACH) : at]
        if country.before.search(before) or country.after.match(sentence, at + len(title)):
            return True
        at = sentence.find(title, at + 1)
    return False
