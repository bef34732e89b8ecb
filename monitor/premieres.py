"""The day that a sentence announces, in French and in English. Pure.

An announcement has no date of its own, so messages and the calendar read it from the sentence that says so. Only a
whole day counts: "en mars 2027" or "next autumn" are no entry of a calendar (see docs/decisions.md). A date without a
year is the next such day after the article; one that has just passed looks back, and is no premiere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from monitor.types import Story
from monitor.vocabulary import Kind

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier january janv jan",
            "fevrier february fevr feb",
            "mars march mar",
            "avril april avr apr",
            "mai may",
            "juin june jun",
            "juillet july juil jul",
            "aout august aug",
            "septembre september sept sep",
            "octobre october oct",
            "novembre november nov",
            "decembre december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_DAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            *("lundi monday", "mardi tuesday", "mercredi wednesday", "jeudi thursday"),
            *("vendredi friday", "samedi saturday", "dimanche sunday"),
        )
    )
    for name in names.split()
}
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY: Final = "|".join(_DAYS)
#: "returns for season 2 March 5" is no 2 March.
_NUMBER: Final = r"(?<!season )(?<!saison )(?P<day>[0-3]?\d)(?:er|st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>20\d\d)"

#: What follows a number that is no day: "May 8:30pm", "May 12 episodes".
_NO_DAY: Final = r"(?!\d|:| ?(?:h|a\.?m|p\.?m|episodes?|seasons?|million)\b)"

#: In the text folded to plain lower case: "12 mars 2027", "12th of March"; "March 12, 2027"; "2027-03-12".
_WRITTEN: Final = (
    re.compile(rf"\b{_NUMBER}(?: of)? (?P<month>{_MONTH})\b\.?(?:,? {_YEAR}\b)?"),
    re.compile(rf"\b(?P<month>{_MONTH})\b\.? {_NUMBER}\b{_NO_DAY}(?:,? {_YEAR}\b)?"),
    re.compile(rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)\b"),
)
#: Day first, as the French write it; English outlets write the month as a word.
_SLASHED: Final = re.compile(rf"\b(?P<day>[0-3]?\d)/(?P<month>[01]?\d)/{_YEAR}\b")
_NAMED: Final = re.compile(rf"\b(?:ce|this|on|des ce) (?P<named>{_DAY})\b|\b(?P<next>{_DAY}) prochain\b")
_NEAR: Final = {"ce soir": 0, "aujourd'hui": 0, "tonight": 0, "today": 0, "demain": 1, "tomorrow": 1}
_NEAR_WORDS: Final = re.compile(r"\b(?:" + "|".join(_NEAR) + r")\b")
#: "du 3 au 7 mars", "3 et 4 mars", "March 3 and 4": the first day is the premiere.
_FROM: Final = re.compile(rf"\b(?P<first>[0-3]?\d)(?:er)? (?:au|et|-|–|to|and) (?=[0-3]?\d(?:er)? (?:{_MONTH})\b)")

_FIRST: Final = re.compile(rf"\bpremier (?=(?:{_MONTH})\b)")

_MAY_NAME_A_DAY: Final = frozenset({Kind.NEW_ORIGINAL, Kind.RENEWAL})
#: A dot that ends a sentence: none is inside "Jan. 14", and one is before "14 episodes were ordered".
SHORT: Final = (
    *("jan", "janv", "feb", "fevr", "févr", "apr", "avr", "juil"),
    *("aug", "sep", "sept", "oct", "nov", "dec", "déc"),
)
STOP: Final = r"\.(?!\s+\d)|" + "".join(rf"(?<!\b{name})" for name in SHORT) + r"\."
#: Where a sentence turns to something else; a comma before a number is part of an English date.
_CLAUSE: Final = re.compile(rf"[;:()]|(?:[!?]|{STOP}) |, (?!\d)|\b(?:mais|but|while|alors que|tandis que)\b")
#: "qui arrivera le 12 mars", "will premiere March 12"; in folded text.
_PREMIERE: Final = re.compile(
    r"\b(?:diffus\w+|antenne|a decouvrir|a voir|arriv\w+|debarqu\w+|sortira|sortie|sort|revien\w+|retour|lancee?"
    r"|disponibles?|en ligne|premiere|attendue?s?|rendez-vous|premier\w*|debut\w*|launch\w*|returns?|air(?:s|ing)?"
    r"|drops?|releas\w+|streams?|streaming|available|bows?)\b"
)
#: What else a day may be of.
_ELSE: Final = re.compile(
    r"\b(?:tourn\w+|film(?:ing|ed|s|er|ee?)|shoot\w*|cameras?|production|ecrit\w*|casting|festival|conference|salon"
    r"|mipcom|series mania|canneseries|annonc\w+(?! qu)|announc\w+(?! that)|communique\w*)\b"
)

_SEASON: Final = re.compile(r"\b(?:saison|season) (\d{1,2})\b")
#: Words of what is to come; "diffusée en 2026" may be over.
_EXPECTED: Final = re.compile(
    r"\b(?:prevue?s?|attendue?s?|programmee?s?|annoncee?s? pour|repouss\w+|report\w+|decal\w+|avanc\w+|differee?s?"
    r"|sera|seront|diffusion|arrive(?:ra)?|debarque(?:ra)?|sortira|sortie|reviendra|revient|retour|antenne"
    r"|due|expected|slated|scheduled|set|push\w*|delay\w*|postpon\w*|mov(?:es|ed|ing)|shift\w*|brought forward|will"
    r"|airs|airing|premieres|debuts|launches|returns|arrives|coming|bows)\b"
)
#: What else a year may be of.
_MAKING: Final = re.compile(
    r"\b(?:tourn\w+|film(?:ing|ed|s|er|ee?)|shoot\w*|will film|cameras?|production|ecrit\w*|casting|festival)\b"
)
#: The clause that says where a date has moved to, beside one that says where it was.
_SHIFTED: Final = re.compile(
    r"\b(?:repouss|report|decal|avanc|differ|postpon|delay|push|moves|moved|moving|shift|finalement|instead)\w*"
)
_TIME: Final = r"automne|printemps|ete|hiver|rentree|spring|summer|autumn|fall|winter"
#: "en 2027", "à l'automne 2027", "in March 2027", "back to 2027"; and not "de 2026" nor "since 2026".
_IN_YEAR: Final = re.compile(
    rf"\b(?:en|a|au|pour|in|to|for|until|by|courant|debut|fin|mi|d'ici|early|late|mid|{_TIME})[ -](?:l'|the |la )?"
    rf"(?:(?:{_TIME}) (?:de |of )?)?(?:(?P<month>{_MONTH})\b\.? )?{_YEAR}\b"
)
#: "repoussée du 12 mai au 2 juin": the day it was to be is named as well.
_MOVED_TO: Final = re.compile(
    r"\b(?:repouss|report|decal|avanc|postpon|delay|push|moves|moved|moving|shift)\w*[^.]*?\b(?:au|to|until)\s(?P<to>.{3,26})"
)
#: What stands before a day that was given up, where another one is named: "prévue le 12 mars", "et non le 12 mars".
_GIVEN_UP: Final = re.compile(
    r"\b(?:(?:prevu|attendu|programm|annonc|fix|calee?)\w*|initialement|d'abord|a l'origine"
    r"|(?:et|mais|plutot) (?:non|pas)(?: pas)?|non pas|au lieu|plutot que"
    r"|(?:due|scheduled|slated|planned|set|dated|announced|expected)(?: to \w+)?"
    r"|originally|initially|previously|instead of|rather than|not)"
    rf"(?: (?:pour|for|du|de|le|on|au|in|the|{_DAY}))*\s*\Z"
)
#: A yearless day that lies at most so far back is this year's, told of afterwards.
_LOOKS_BACK: Final = timedelta(days=120)
#: What is announced further ahead than this was misread.
_AHEAD: Final = timedelta(days=3 * 366)


def announced_day(sentence: str, *, told: date) -> date | None:
    """Find the first day from `told` on that a sentence names; None when it names none.

    Args:
        told: the day of the article, which "demain" and dates without a year are measured from.
    """
    text = _folded(sentence)
    to = _MOVED_TO.search(text)
    named = list(_days(to["to"], told) if to else ()) or list(_days(text, told))
    ahead = [day for day in named if told <= day <= told + _AHEAD]
    kept = [day for day in ahead if day not in _given_up(text, told)] if len(set(ahead)) > 1 else ahead
    return min(kept or ahead, default=None)


def _given_up(text: str, told: date) -> set[date]:
    """Find the days that a work was to come out on before they were moved."""
    return {
        day
        for pattern in _WRITTEN
        for found in pattern.finditer(text)
        if _GIVEN_UP.search(text[: found.start()])
        for day in _written(found, text, told)
    }


def dated_day(kind: Kind, sentence: str, *, told: date, season: int | None = None) -> date | None:
    """Find the day that an announcement gives its work to the public; None when it names none.

    A release date is about its day, whatever the words. The sentence of an order or a renewal may name days of other
    things, so there the words around must speak of a premiere, and of neither filming nor an event.

    Args:
        season: the one that is announced: what is said of another one is not about it.
    """
    if kind is Kind.RELEASE_DATE:
        return announced_day(sentence, told=told)
    if kind not in _MAY_NAME_A_DAY:
        return None
    clauses = [clause for clause in _clauses(sentence, season) if _PREMIERE.search(clause)]
    named = (day for clause in clauses if not _ELSE.search(clause) for day in _days(clause, told))
    return min((day for day in named if told <= day <= told + _AHEAD), default=None)


@lru_cache(maxsize=8_192)  # a story is folded anew with each article, over all that was told of it
def coming(kind: Kind, sentence: str, *, told: date, season: int | None = None) -> str | None:
    """Find when an announced work comes out, as precisely as its sentence says: "2027-03-12", "2027-03", "2027".

    None where it does not say, or where the sentence says it of another season, or of filming.
    """
    day = dated_day(kind, sentence, told=told, season=season)
    if day is not None or kind not in {Kind.RELEASE_DATE, *_MAY_NAME_A_DAY}:
        return day.isoformat() if day else None
    clauses = [one for one in _clauses(sentence, season) if _EXPECTED.search(one) and not _MAKING.search(one)]
    shifted = [one for one in clauses if _SHIFTED.search(one)]
    found = [_month(one) for clause in shifted or clauses for one in _IN_YEAR.finditer(clause)]
    ahead = dict.fromkeys(one for one in found if told.isoformat()[: len(one)] <= one)
    return next(iter(ahead)) if len(ahead) == 1 else None


def _month(found: re.Match[str]) -> str:
    return f"{found['year']}-{_MONTHS[found['month']]:02}" if found["month"] else found["year"]


def _clauses(sentence: str, season: int | None) -> list[str]:
    """Split a sentence where it turns to something else, and leave out what is said of another season."""
    clauses = _CLAUSE.split(_folded(sentence))
    if season is None:
        return clauses
    return [one for one in clauses if {int(number) for number in _SEASON.findall(one)} <= {season}]


def when_told(story: Story) -> str | None:
    """Give when a story's work comes out, as it was told last: a day, a month or a year, as ISO; None when not told."""
    moved = next((step.after for step in reversed(story.history) if step.field == "date"), None)
    return moved or (day.isoformat() if (day := day_of(story)) else None)


def whole_day(when: str | None) -> date | None:
    """Give the day that an ISO date names; None for a month or a year."""
    return date.fromisoformat(when) if when and len(when) == len("2027-03-12") else None


def day_of(story: Story) -> date | None:
    """Find the day that a story gives its work to the public: the one that was told last; None when none is named.

    Once it has moved, who repeats the old day moves it back no more; and what is put off to another year has no day.
    """
    moved = next((step.after for step in reversed(story.history) if step.field == "date"), None)
    if moved is not None:
        return whole_day(moved)
    history = reversed(story.history)
    named = (dated_day(story.kind, step.quote, told=step.at.date(), season=story.season) for step in history)
    return next((day for day in named if day is not None), None)


def _days(text: str, told: date) -> Iterator[date]:
    for pattern in (*_WRITTEN, _SLASHED):
        for found in pattern.finditer(text):
            yield from _written(found, text, told)
    for found in _NAMED.finditer(text):
        yield _weekday(found, told)
    for found in _NEAR_WORDS.finditer(text):
        yield told + timedelta(days=_NEAR[found[0]])


def _written(found: re.Match[str], text: str, told: date) -> Iterator[date]:
    month = _MONTHS.get(found["month"]) or int(found["month"])
    year = int(found["year"]) if found["year"] else None
    before = _FROM.search(text, max(0, found.start() - 12), found.end())
    for number in {int(found["day"]), *([int(before["first"])] if before else [])}:
        day = _day(year, month, number, told)
        if day is not None:
            yield day


def _day(year: int | None, month: int, number: int, told: date) -> date | None:
    """Make a day; without a year the one of `told`, unless that is long past, or the next."""
    try:
        day = date(year or told.year, month, number)
        if year is None and day < told - _LOOKS_BACK:
            day = day.replace(year=told.year + 1)
    except ValueError:  # 31 June; 29 February of another year
        return None
    return day


def _weekday(found: re.Match[str], told: date) -> date:
    """ "ce jeudi" may be today, "jeudi prochain" is not."""
    ahead = (_DAYS[found["named"] or found["next"]] - told.weekday()) % 7
    return told + timedelta(days=7 if found["next"] and ahead == 0 else ahead)


def _folded(text: str) -> str:
    """Lower case without accents, one kind of space and apostrophe."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return _FIRST.sub("1 ", " ".join(plain.replace("’", "'").split()))
