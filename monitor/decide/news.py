"""Is it news? What an article's announcements do to the stories already known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.decide import stories
from monitor.types import Announcement, Change, Decision, Delivery, Story, StoryChange
from monitor.vocabulary import Event, Outcome, Prominence, Status

#: A denial is not a weaker form of certainty but another fact, so it is no rung of this ladder.
_CERTAINTY = {Status.RUMOURED: 1, Status.IN_DEVELOPMENT: 2, Status.CONFIRMED: 3}


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """One article's telling of facts: where and when they were told."""

    outlet: str
    url: str
    at: datetime  #: publication, or when we first saw it; never later than `now`


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """Where the announcements of one article belong."""

    changes: tuple[StoryChange, ...] = ()  #: stories opened or changed, the headline's first
    joined: tuple[StoryChange, ...] = ()  #: stories corroborated and otherwise as they were
    placed: tuple[str | None, ...] = ()  #: for each announcement, its story's id


@dataclass(slots=True)
class _Sorting:
    known: dict[str, Story]
    changes: list[StoryChange] = field(default_factory=list)
    joined: list[StoryChange] = field(default_factory=list)
    placed: list[str | None] = field(default_factory=list)


def place(
    announcements: Sequence[Announcement],
    known: Sequence[Story],
    *,
    telling: Telling,
    groups: Mapping[str, str],
) -> Placed:
    """Join each announcement to the story it belongs to, or open one."""
    sorting = _Sorting(known={story.id: story for story in known})
    for position, announcement in enumerate(announcements):
        found = stories.find(
            announcement,
            list(sorting.known.values()),
            at=telling.at,
            groups=groups,
            taken=[story for story in sorting.placed if story and announcement.title is None],
        )
        if found is None:
            change = _open(announcement, telling, position)
            sorting.changes.append(change)
        else:
            change = _join(found, announcement, telling)
            (sorting.changes if change.changed else sorting.joined).append(change)
        sorting.known[change.story.id] = change.story
        sorting.placed.append(change.story.id)
    return Placed(
        changes=tuple(sorted(sorting.changes, key=_headline_first)),
        joined=tuple(sorting.joined),
        placed=tuple(sorting.placed),
    )


def conclude(
    placed: Placed, owed: Sequence[Delivery], *, age: timedelta, fresh: timedelta, muted: bool = False
) -> Decision:
    """Name the one outcome of an article, with its reason, from what it changed and who is to hear of it.

    A `muted` article was listed with everything its source had before, and nothing says that it is fresh.
    """
    outcome, reason = _outcome(placed, owed, age, fresh)
    if muted and placed.changes:
        reason = "undated, and listed together with everything this source had before: kept, alerts nobody"
    return Decision(
        outcome=outcome,
        reason=reason,
        changes=placed.changes,
        joined=tuple(change.story for change in placed.joined),
        placed=placed.placed,
        deliveries=tuple(owed),
    )


def _outcome(placed: Placed, owed: Sequence[Delivery], age: timedelta, fresh: timedelta) -> tuple[Outcome, str]:
    told = f"owed to {', '.join(dict.fromkeys(f'{one.subscription} on {one.target}' for one in owed))}"
    if any(delivery.event is Event.NEW for delivery in owed):
        return Outcome.ANNOUNCED, told
    if owed:
        return Outcome.UPDATED, told
    if placed.joined and not placed.changes:
        known = placed.joined[0].story
        return Outcome.CORROBORATED, f"already known from {known.outlets[0]} since {known.first_seen:%Y-%m-%d}"
    if placed.changes and age > fresh:
        return Outcome.QUIET, f"published {age.days} days ago: kept, too old to alert"
    if placed.changes:
        what = ", ".join(dict.fromkeys(f"{one.story.kind} ({one.story.origin})" for one in placed.changes))
        return Outcome.QUIET, f"nobody subscribed to this: {what}"
    return Outcome.NOTHING, "announces nothing"


def _headline_first(change: StoryChange) -> bool:
    return change.announcement.prominence is not Prominence.HEADLINE


def _open(announcement: Announcement, telling: Telling, position: int) -> StoryChange:
    story = Story(
        id=stories.story_id(announcement, telling.url, position),
        kind=announcement.kind,
        title=announcement.title,
        title_key=stories.key(announcement),
        season=announcement.season,
        work_type=announcement.work_type,
        platforms=announcement.platforms,
        origin=announcement.origin,
        status=announcement.status,
        prominence=announcement.prominence,
        confidence=announcement.confidence,
        people=announcement.people,
        final=announcement.final,
        first_seen=telling.at,
        outlets=(telling.outlet,),
        first_url=telling.url,
        history=(_step("opened", None, announcement.status, announcement, telling),),
    )
    return StoryChange(story=story, event=Event.NEW, announcement=announcement)


def _join(story: Story, announcement: Announcement, telling: Telling) -> StoryChange:
    """Corroborate a story; change it where the article knows more, or knows otherwise."""
    status = _status_after(story.status, announcement.status)
    platforms = story.platforms + tuple(name for name in announcement.platforms if name not in story.platforms)
    title = story.title or announcement.title
    after: dict[str, tuple[str | None, str | None]] = {}
    if status is not story.status:
        after["status"] = (story.status, status)
    if story.platforms and platforms != story.platforms and announcement.prominence is Prominence.HEADLINE:
        after["platforms"] = (", ".join(story.platforms), ", ".join(platforms))
    if title != story.title:
        after["title"] = (story.title, title)
    steps = [_step(name, before, now, announcement, telling) for name, (before, now) in after.items()]
    if not steps and telling.outlet not in story.outlets:
        steps = [_step("corroborated", None, None, announcement, telling)]
    joined = replace(
        story,
        title=title,
        title_key=stories.title_key(title) if title else story.title_key,
        season=story.season if story.season is not None else announcement.season,
        platforms=platforms if not story.platforms or "platforms" in after else story.platforms,
        status=status,
        origin=story.origin if story.origin is not story.origin.UNKNOWN else announcement.origin,
        confidence=max(story.confidence, announcement.confidence),
        final=story.final or announcement.final,
        outlets=story.outlets if telling.outlet in story.outlets else (*story.outlets, telling.outlet),
        history=(*story.history, *steps),
    )
    return StoryChange(story=joined, event=Event.UPDATE, changed=tuple(after), announcement=announcement)


def _status_after(known: Status, told: Status) -> Status:
    """Let certainty only rise, save for a denial, which replaces anything and is replaced by anything said later."""
    if Status.DENIED in {known, told}:
        return told
    return max(known, told, key=_CERTAINTY.__getitem__)


def _step(name: str, before: str | None, after: str | None, announcement: Announcement, telling: Telling) -> Change:
    return Change(
        at=telling.at,
        field=name,
        before=before and str(before),
        after=after and str(after),
        outlet=telling.outlet,
        url=telling.url,
        quote=announcement.evidence.sentence,
    )
