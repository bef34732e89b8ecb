"""The day that an article gives its work to the public in another sentence than the one that announces it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from monitor.premieres import SHORT, announced_day, coming, dated_day
from monitor.types import Announcement, Document
from monitor.vocabulary import Kind, Status

#: Where `premieres.STOP`, a mark or a line ends a sentence. Begins with what the engine can look for: told to try three
#: ways at each letter it takes ten times as long, 1 ms an article.
_SENTENCE_END: Final = re.compile(
    r"[.\s](?:(?<=\.)(?:(?!\s+\d)|" + "".join(rf"(?<!\b{name}\.)" for name in SHORT) + r")\s+"
    r"|(?<=[!?…]\s)\s*|(?<=\n)\n*)",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"[«“\"]([^«»“”\"\n]{2,80})[»”\"]")
#: "le jeudi 13 mars à 21h10": what has an hour, right after a headline that a date is known, is that date.
_HOUR: Final = re.compile(r"\b\d{1,2} ?h(?:eures)?(?: ?\d\d)?\b|\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b", re.IGNORECASE)
_OF_THE_ARTICLE: Final = re.compile(
    r"\b(?:publi|mise? (?:à jour|en ligne)|modifi|updated|posted|tourn|film|conf[ée]rence|festival|annonc)",
    re.IGNORECASE,
)


def with_days(found: Sequence[Announcement], document: Document, *, told: date) -> tuple[Announcement, ...]:
    """Give announcements with the day that their article names beside the sentence that announces them.

    Args:
        told: the day of the article.
    """
    return tuple(_with_day(one, document, told) for one in found)


def _with_day(said: Announcement, document: Document, told: date) -> Announcement:
    sentence = said.evidence.sentence
    if said.status is Status.DENIED or coming(said.kind, sentence, told=told, season=said.season):
        return said
    found = said_beside(
        *(said.kind, said.title, said.season),
        sentence=sentence,
        headline=document.title,
        text=document.text or document.summary,
        told=told,
    )
    if found is None:
        return said
    return replace(said, evidence=replace(said.evidence, day=found[0].isoformat(), day_said=found[1]))


def day_beside(
    kind: Kind, title: str | None, season: int | None, *, sentence: str, headline: str = "", text: str, told: date
) -> date | None:
    """Give the day that `said_beside` finds."""
    found = said_beside(kind, title, season, sentence=sentence, headline=headline, text=text, told=told)
    return found[0] if found else None


def said_beside(
    kind: Kind, title: str | None, season: int | None, *, sentence: str, headline: str = "", text: str, told: date
) -> tuple[date, str] | None:
    """Find the day on which an article gives its work to the public, and the sentence other than the announcing one.

    That sentence names the work, or follows upon one that announces or names it, and names no other work; of a renewal
    it says the season, too, since the one before may still be to come.

    Args:
        sentence: the announcing one, as it stands in the headline or in the text.
        text: the article's.
    """
    parts = _SENTENCE_END.split(text)
    for before, part in zip([headline, *parts], parts, strict=False):
        follows = bool(before.strip()) and (before.strip() in sentence or _only_of(title, before))
        if not (follows or (title and title in part)) or _others(title, part):
            continue
        if kind is Kind.RENEWAL and not re.search(rf"\b(?:saison|season) {season}\b", part):
            continue
        day = _day(kind, part, told, season)
        if day is None and follows and kind is Kind.RELEASE_DATE:
            day = _aired(part, told)
        if day is not None:
            return day, " ".join(part.split())
    return None


def _only_of(title: str | None, sentence: str) -> bool:
    return bool(title) and str(title) in sentence and not _others(title, sentence)


def _others(title: str | None, sentence: str) -> set[str]:
    """Give what else is quoted: the names of other works, perhaps."""
    return {found.strip() for found in _QUOTED.findall(sentence)} - {title or ""}


def _day(kind: Kind, part: str, told: date, season: int | None) -> date | None:
    """Read a day whose sentence has to speak of a premiere: the article of a release date may name other days, too."""
    return dated_day(Kind.NEW_ORIGINAL if kind is Kind.RELEASE_DATE else kind, part, told=told, season=season)


def _aired(part: str, told: date) -> date | None:
    """Read the day and hour that a work is aired at; the hour of the article itself is another one."""
    if not _HOUR.search(part) or _OF_THE_ARTICLE.search(part):
        return None
    day = announced_day(part, told=told)
    return day if day and day > told else None
