"""The life of a story: a fold over its tellings in the order they were told, so that the order of arrival is nothing.

A telling repeated corroborates silently. One that knows more, or knows otherwise, changes the story, and the change is
kept with its date, outlet and sentence. Where outlets contradict each other, that is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from monitor.decide.clusters import season_of
from monitor.decide.cues import bought_by, buyers
from monitor.decide.dates import moves
from monitor.decide.naming import title_key
from monitor.decide.othertitles import renamed
from monitor.decide.stories import key
from monitor.telling import Told
from monitor.types import Announcement, Change, Story
from monitor.vocabulary import Origin, Prominence, Status, WorkType

#: A denial is not a weaker form of certainty but another fact, so it is no rung of this ladder.
_CERTAINTY = {Status.RUMOURED: 1, Status.IN_DEVELOPMENT: 2, Status.CONFIRMED: 3}


def fold(
    told: Sequence[Told],
    *,
    story_id: str,
    groups: Mapping[str, str],
    season: int | None = None,
    led: Told | None = None,
) -> Story:
    """Make a story of its tellings, whatever order they are given in.

    Args:
        told: at least one, of one kind.
        season: stated by hand, where the tellings differ.
        led: the telling whose season and title a person chose.
    """
    ordered = sorted(told, key=lambda one: one.order)
    story = _opened(ordered[0], story_id, season_of(led.announcement) if led else season)
    moved = moves(ordered)
    if first := moved.get(ordered[0].order):
        story = replace(story, history=(*story.history, step("date", *first, ordered[0])))
    for one in ordered[1:]:
        story = _joined(story, one, groups, moved.get(one.order))
    said = [one.announcement for one in ordered]
    new = any(one.field == "title" and one.before for one in story.history)
    title = (led.announcement.title if led else None) or (story.title if new else _title(said))
    return replace(
        story,
        title=title,
        title_key=title_key(title) if title else story.title_key,
        work_type=next((one.work_type for one in said if one.work_type is not WorkType.UNKNOWN), story.work_type),
        origin=next(
            (one for one in (Origin.FRENCH, Origin.FOREIGN) if one in {each.origin for each in said}), Origin.UNKNOWN
        ),
        prominence=min((one.prominence for one in said), key=list(Prominence).index),
        confidence=max(one.confidence for one in said),
        people=tuple(dict.fromkeys(name for one in said for name in one.people)),
        final=any(one.final for one in said),
        disputed=disputed_in(ordered, story.platforms, groups),
    )


def _opened(first: Told, story_id: str, season: int | None) -> Story:
    said, telling = first.announcement, first.telling
    return Story(
        id=story_id,
        kind=said.kind,
        title=said.title,
        title_key=key(said),
        season=season if season is not None else said.season,
        work_type=said.work_type,
        platforms=said.platforms,
        origin=said.origin,
        status=said.status,
        prominence=said.prominence,
        confidence=said.confidence,
        first_seen=telling.at,
        outlets=(telling.outlet,),
        first_url=telling.url,
        history=(step("opened", None, said.status, first),),
    )


def _joined(story: Story, told: Told, groups: Mapping[str, str], moved: tuple[str | None, str] | None) -> Story:
    """Corroborate a story; change it where the telling knows more, or knows otherwise.

    A buyer's other platform is filled in silently: that "TF1" is "TF1+", too, is no news.
    """
    said, outlet = told.announcement, told.telling.outlet
    status = status_after(story.status, said.status)
    bought = bought_by(said, story.platforms)
    platforms = story.platforms + tuple(name for name in bought if name not in story.platforms)
    named = story.season is None and season_of(said) is not None
    after: dict[str, tuple[str | None, str | None]] = {}
    if status is not story.status:
        after["status"] = (story.status, status)
    headline = said.prominence is Prominence.HEADLINE
    if story.platforms and headline and buyers(platforms, groups) > buyers(story.platforms, groups):
        after["platforms"] = (", ".join(story.platforms), ", ".join(platforms))
    if story.title is None and said.title is not None:
        after["title"] = (None, said.title)
    if story.title and (names := renamed(said)) and title_key(story.title) == title_key(names[0]):
        after["title"] = names
    if named:
        after["season"] = (None, str(said.season))
    if moved:
        after["date"] = moved
    steps = [step(name, before, now, told) for name, (before, now) in after.items()]
    if not steps and outlet not in story.outlets:
        steps = [step("corroborated", None, None, told)]
    return replace(
        story,
        title=after["title"][1] if "title" in after else story.title,
        season=story.season if story.season is not None else said.season,
        platforms=platforms if not story.platforms or headline else story.platforms,
        status=status,
        outlets=story.outlets if outlet in story.outlets else (*story.outlets, outlet),
        history=(*story.history, *steps),
    )


def status_after(known: Status, told: Status) -> Status:
    """Let certainty only rise, save for a denial.

    A denial replaces anything; a rumour told after it is an outlet that has not heard, and changes nothing.
    """
    if told is Status.DENIED:
        return told
    if known is Status.DENIED:
        return known if told is Status.RUMOURED else told
    return max(known, told, key=_CERTAINTY.__getitem__)


def step(name: str, before: str | None, after: str | None, told: Told) -> Change:
    """Note a step of a story's life, with where it was told."""
    return Change(
        at=told.telling.at,
        field=name,
        before=before and str(before),
        after=after and str(after),
        outlet=told.telling.outlet,
        url=told.telling.url,
        quote=_quote(name, after, told),
    )


def _quote(name: str, after: str | None, told: Told) -> str:
    """Give the sentence that says so: of a day that another one than the announcing one names, that one."""
    said = told.announcement.evidence
    return said.day_said if name == "date" and after == said.day and said.day_said else said.sentence


def _title(said: Sequence[Announcement]) -> str | None:
    """Choose the spelling most tellings have; of equals the one told first."""
    titles = [one.title for one in said if one.title]
    if not titles:
        return None
    spelt = Counter(title_key(title) for title in titles)
    best = max(spelt.values())
    return next(title for title in titles if spelt[title_key(title)] == best)


def disputed_in(ordered: Sequence[Told], known: Sequence[str], groups: Mapping[str, str]) -> tuple[str, ...]:
    """Name the fields on which outlets contradict each other as they last told it."""
    latest = {one.telling.outlet: one for one in ordered}.values()
    denials = [one for one in latest if one.announcement.status is Status.DENIED]
    status = any(_contradicts(one, denial) for denial in denials for one in latest)
    bought = [sides for one in latest if (sides := buyers(bought_by(one.announcement, known), groups))]
    platforms = any(not one & other for one in bought for other in bought) and not frozenset.intersection(*bought)
    named = any(frozenset().union(*bought) <= sides for sides in bought)  # somebody names them all: they share it
    return (*(("status",) if status else ()), *(("platforms",) if platforms and not named else ()))


def _contradicts(one: Told, denial: Told) -> bool:
    """A rumour told before its denial is none the less answered by it; anything firmer still stands against it."""
    status = one.announcement.status
    if status is Status.DENIED:
        return False
    return status is not Status.RUMOURED or one.telling.at > denial.telling.at
