"""iCalendar (RFC 5545): the days on which works come out, one all-day event a story. Pure; icalendar's only home."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import icalendar

from monitor.alerts.clean import clean, safe_link
from monitor.alerts.phrases import day as day_in_words
from monitor.alerts.phrases import headline, listed, names
from monitor.alerts.text import Language
from monitor.feeds.html import facts, season
from monitor.feeds.items import Place, title_of
from monitor.feeds.steps import Read, told
from monitor.feeds.words import WORDS
from monitor.premieres import dated_day, day_of, whole_day
from monitor.types import Change, Story
from monitor.vocabulary import Kind, Status

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
#: What may name the day of a work or season, what is sure to first.
KINDS: Final = (Kind.RELEASE_DATE, Kind.RENEWAL, Kind.NEW_ORIGINAL)
_PRODUCT: Final = "-//Cocorico//Release dates//EN"
_UNKNOWN: Final[Read] = {}
_REFRESH: Final = timedelta(hours=1)
#: How sure the day is, in the calendar's own words.
_STATUS: Final = {
    Status.CONFIRMED: "CONFIRMED",
    Status.IN_DEVELOPMENT: "TENTATIVE",
    Status.RUMOURED: "TENTATIVE",
    Status.DENIED: "CANCELLED",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Dated:
    """A story whose day is known."""

    story: Story
    day: date
    step: Change  #: the last one that names the day
    earlier: tuple[date, ...]  #: days named before, and taken back since
    sequence: int  #: how often what the event says has changed
    changed: datetime  #: when it last did


def render(stories: Iterable[Story], place: Place, read: Read = _UNKNOWN) -> bytes:
    """Write a calendar of the stories that name a day, in the order of their days; each season's once.

    Args:
        read: when their articles were read.
    """
    calendar = icalendar.Calendar()
    title = title_of(place)
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(_REFRESH))
    dated = [found for story in stories if (found := dated_of(story, read))]
    for one in sorted(_each_season_once(dated), key=lambda one: (one.day, one.story.id)):
        calendar.add_component(_event(one, place.language))
    return bytes(calendar.to_ical())


def dated_of(story: Story, read: Read = _UNKNOWN) -> Dated | None:
    """Find the day a work or season comes out: the one that was told last; None where none is named."""
    named: list[tuple[date, Change]] = []
    sequence, changed = 0, _read_at(told(story), read)
    moves = any(step.field == "date" for step in story.history)
    for step in story.history or (told(story),):
        if step.field == "date":
            day = whole_day(step.after)
        elif named and moves:
            day = None  # who repeats the old day moves nothing
        else:
            day = dated_day(story.kind, step.quote, told=step.at.date(), season=story.season)
        moved = day is not None and bool(named) and named[-1][0] != day
        if day is not None:
            named.append((day, step))
        if moved or step.field not in {"opened", "corroborated"}:
            sequence, changed = sequence + 1, max(changed, _read_at(step, read))
    if not named or (moves and day_of(story) is None):
        return None  # or it was put off, and has no day any more
    day, step = named[-1]
    changed = max(changed, read.get(story.id, changed))
    earlier = tuple(dict.fromkeys(each for each, _ in named if each != day))
    return Dated(story=story, day=day, step=step, earlier=earlier, sequence=sequence, changed=changed)


def _read_at(step: Change, read: Read) -> datetime:
    return max(step.at, read.get(step.url, step.at))


def _each_season_once(dated: Sequence[Dated]) -> list[Dated]:
    """Leave out the order or renewal that named the day of a season which has a release date by now."""
    released = {_season(one.story) for one in dated if one.story.kind is Kind.RELEASE_DATE}
    return [one for one in dated if one.story.kind is Kind.RELEASE_DATE or _season(one.story) not in released]


def _season(story: Story) -> tuple[str, int]:
    return story.title_key, story.season or 1


def _event(dated: Dated, language: Language) -> icalendar.Event:
    story = dated.story
    event = icalendar.Event()
    event.add("uid", f"{story.id}@cocorico.github.io")
    event.add("dtstamp", dated.changed)
    event.add("last-modified", dated.changed)
    event.add("sequence", dated.sequence)
    event.add("dtstart", dated.day)
    event.add("dtend", dated.day + timedelta(days=1))
    event.add("summary", _summary(story, language))
    event.add("description", _description(dated, language))
    event.add("status", _STATUS[story.status])
    event.add("transp", "TRANSPARENT")
    link = safe_link(dated.step.url)
    if link:
        event.add("url", link)
    if story.platforms:
        event.add("categories", [clean(name, limit=40) for name in story.platforms])
    return event


def _summary(story: Story, language: Language) -> str:
    what = ", ".join(part for part in (headline(story, language), season(story, language)) if part)
    where = ", ".join(names(story.platforms))
    return f"{what} ({where})" if where and story.title else what


def _description(dated: Dated, language: Language) -> str:
    words, step = WORDS[language], dated.step
    said = f"{words['dash']} {clean(step.outlet, limit=60)}, {day_in_words(step.at, language)}"
    lines = [facts(dated.story, language), "", clean(step.quote, limit=500), said]
    if dated.earlier:
        before = listed(tuple(day_in_words(_noon(day, step.at), language) for day in dated.earlier), language)
        lines += ["", f"{words['earlier']}{words['colon']} {before}"]
    return "\n".join(lines)


def _noon(day: date, like: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=like.tzinfo)
