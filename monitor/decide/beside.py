"""The day that an article gives its work to the public in another sentence than the one that announces it."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from monitor.premieres import STOP, dated_day
from monitor.vocabulary import Kind

_SENTENCE_END: Final = re.compile(rf"(?:(?<=[!?…])|(?:{STOP}))\s+|\n+", re.IGNORECASE)
_QUOTED: Final = re.compile(r"[«“\"]([^«»“”\"\n]{2,80})[»”\"]")


def day_beside(
    kind: Kind, title: str | None, season: int | None, *, sentence: str, text: str, told: date
) -> date | None:
    """Find the day that an article gives its work to the public in another sentence than the one that announces it.

    That sentence names the work, or follows upon the announcing one, and names no other work; of a renewal it says the
    season, too, since the one before may still be to come.

    Args:
        sentence: the announcing one, as it stands in the text.
        text: the article's.
    """
    if kind is Kind.RELEASE_DATE:
        kind = Kind.NEW_ORIGINAL  # the sentence has to speak of a premiere: the article may name other days
    parts = _SENTENCE_END.split(text)
    for before, part in zip(["", *parts], parts, strict=False):
        others = {found.strip() for found in _QUOTED.findall(part)} - {title}
        near = (title and title in part) or (before and before.strip() in sentence)
        right = kind is not Kind.RENEWAL or (season is not None and re.search(rf"\b(?:saison|season) {season}\b", part))
        day = dated_day(kind, part, told=told, season=season) if near and right and not others else None
        if day is not None:
            return day
    return None
