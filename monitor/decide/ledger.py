"""The season ledger: of each work and season what is known, since when, and from whom.

Everything here is read off stories and what their articles said; nothing is guessed. A work is what stories share
whose titles are one, whose buyers meet and whose origins do not clash; a second new original of that name is a second
work. Where outlets say otherwise, what they say stands beside it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from monitor.decide.stories import title_key
from monitor.types import Announcement, Story
from monitor.vocabulary import Kind, Milestone, Origin, Status, WorkType
from monitor.works import Known, Season, Told, Work

#: Reads the day that a sentence names, as told at a time: "le 12 mars" -> 12 March of that year or the next.
DayIn = Callable[[str, datetime], date | None]
Naming = Callable[[str], str]  #: a title as outlets write it -> the key of its work

#: Kinds of work that come in seasons: what orders one orders its first.
_IN_SEASONS = frozenset({WorkType.SERIES, WorkType.ANIMATION, WorkType.REALITY})
#: A cue as the reader gives it: shoot: "tournage commencera".
_CUE = re.compile(r'(?P<group>[\w.]+): "(?P<words>.+)"', re.DOTALL)
#: Words of the group "shoot" that name who directs, or a search for extras, and no camera that rolls.
_NO_FILMING = re.compile(r"r[ée]alis|plateau|casting|figurants|inscriptions", re.IGNORECASE)


@dataclass(slots=True)
class _Shelf:
    """The stories of one work, being gathered."""

    stories: list[Story] = field(default_factory=list)


def no_day(_sentence: str, _at: datetime) -> None:
    """Read no day in any sentence."""
    return


def of(
    stories: Iterable[Story],
    told: Iterable[Told],
    *,
    now: datetime,
    groups: Mapping[str, str],
    naming: Naming = title_key,
    day_in: DayIn = no_day,
) -> tuple[Work, ...]:
    """Draw up the ledger of all works that these stories are about, the work of the youngest news first.

    Untitled projects are no works yet, and purchases say nothing about a season: both are left out.

    Args:
        told: what the articles of these stories said, in any order.
        now: a date that is past makes a season out.
        groups: platform name -> owner; siblings are one buyer.
    """
    by_story: dict[str, list[Told]] = defaultdict(list)
    for one in sorted(told, key=lambda one: (one.at, one.url)):
        by_story[one.story].append(one)
    titled = [story for story in stories if story.title and by_story[story.id]]
    shelves: dict[str, list[_Shelf]] = defaultdict(list)
    for story in sorted(titled, key=lambda story: (story.first_seen, story.id)):
        _shelve(story, shelves[naming(story.title or "")], by_story, groups)
    works = [
        _work(key, shelf.stories, by_story, now=now, day_in=day_in) for key, some in shelves.items() for shelf in some
    ]
    return tuple(sorted((work for work in works if work.latest), key=_youngest_first))


def _youngest_first(work: Work) -> tuple[float, str]:
    return (-work.latest[1][0].first.at.timestamp() if work.latest else 0.0, work.key)


def _shelve(
    story: Story, shelves: list[_Shelf], by_story: Mapping[str, Sequence[Told]], groups: Mapping[str, str]
) -> None:
    """Put a story to the work it belongs to: of several, the one that was opened last."""
    for shelf in reversed(shelves):
        second = story.kind is Kind.NEW_ORIGINAL and any(one.kind is Kind.NEW_ORIGINAL for one in shelf.stories)
        if not second and _one_work(story, shelf.stories, by_story, groups):
            shelf.stories.append(story)
            return
    shelves.append(_Shelf(stories=[story]))


def _one_work(
    story: Story, others: Sequence[Story], by_story: Mapping[str, Sequence[Told]], groups: Mapping[str, str]
) -> bool:
    if {story.origin, *(one.origin for one in others)} >= {Origin.FRENCH, Origin.FOREIGN}:
        return False  # a remake and its original
    mine, theirs = _buyers((story,), groups), _buyers(others, groups)
    return not mine or not theirs or bool(mine & theirs) or any(_linked(story, one, by_story) for one in others)


def _buyers(stories: Iterable[Story], groups: Mapping[str, str]) -> set[str]:
    return {groups.get(name, name) for story in stories for name in story.platforms}


def _linked(one: Story, other: Story, by_story: Mapping[str, Sequence[Told]]) -> bool:
    """Tell whether one story is a step in the other's life: a rescue by another platform is no other work."""
    return _step_in(one, other, by_story) or _step_in(other, one, by_story)


def _step_in(one: Story, other: Story, by_story: Mapping[str, Sequence[Told]]) -> bool:
    steps = {step.url for step in other.history if step.field in {"cancelled", "rescued"}}
    return any(telling.url in steps for telling in by_story[one.id])


def _work(
    key: str, stories: Sequence[Story], by_story: Mapping[str, Sequence[Told]], *, now: datetime, day_in: DayIn
) -> Work:
    said = [one for story in stories for one in by_story[story.id]]
    titles = [story.title or "" for story in stories] + [one.announcement.title or "" for one in said]
    known: dict[int | None, list[Known]] = defaultdict(list)
    rescues = _rescues(stories)
    for story in stories:
        for number, one in _known(story, by_story[story.id], rescued=story.id in rescues, now=now, day_in=day_in):
            known[number].append(one)
    origins = [story.origin for story in stories if story.origin is not Origin.UNKNOWN]
    return Work(
        title=titles[0],
        key=key,
        also=_also(titles),
        platforms=_each(name for story in stories for name in story.platforms),
        people=_each(name for story in stories for name in story.people),
        origin=origins[0] if origins else Origin.UNKNOWN,
        work_type=stories[0].work_type,
        stories=tuple(story.id for story in stories),
        seasons=tuple(
            Season(number=number, known=tuple(sorted(some, key=_oldest_first)))
            for number, some in sorted(known.items(), key=lambda item: (item[0] is None, item[0] or 0))
        ),
    )


def _oldest_first(known: Known) -> tuple[datetime, int]:
    return known.first.at, _ORDER.index(known.milestone)


_ORDER = tuple(Milestone)


def _also(titles: Sequence[str]) -> tuple[str, ...]:
    """List the other names of a work: spellings of one title are one name."""
    names = {title_key(title): title for title in reversed(titles) if title}
    return tuple(sorted(name for key, name in names.items() if key != title_key(titles[0])))


def _each(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _rescues(stories: Sequence[Story]) -> set[str]:
    """Find the renewals that came after an end: told later than a cancellation that nobody denied."""
    ends = [one.first_seen for one in stories if one.kind is Kind.CANCELLATION and one.status is not Status.DENIED]
    first = min(ends, default=None)
    if first is None:
        return set()
    return {one.id for one in stories if one.kind is Kind.RENEWAL and one.first_seen > first}


def _known(
    story: Story, said: Sequence[Told], *, rescued: bool, now: datetime, day_in: DayIn
) -> Iterator[tuple[int | None, Known]]:
    """Give what a story makes known, each with its season."""
    milestone, number = _MILESTONES.get(story.kind), _season(story)
    if milestone is Milestone.DATED:
        yield from ((number, one) for one in _dates(story, said, now, day_in))
    elif milestone is not None:
        yield number, _one(milestone, story, said)
    if story.kind is Kind.RENEWAL and rescued:
        yield number, _one(Milestone.RESCUED, story, said)
    if story.kind in {Kind.NEW_ORIGINAL, Kind.RENEWAL}:
        if last := [one for one in said if one.announcement.final]:
            yield number, _one(Milestone.LAST, story, last)
        if filming := [one for one in said if _films(one.announcement)]:
            yield number, _one(Milestone.FILMING, story, filming)


_MILESTONES = {
    Kind.NEW_ORIGINAL: Milestone.ORDERED,
    Kind.RENEWAL: Milestone.RENEWED,
    Kind.CANCELLATION: Milestone.CANCELLED,
    Kind.RELEASE_DATE: Milestone.DATED,
}


def _season(story: Story) -> int | None:
    if story.season is None and story.kind is Kind.NEW_ORIGINAL and story.work_type in _IN_SEASONS:
        return 1
    return story.season


def _one(milestone: Milestone, story: Story, said: Sequence[Told]) -> Known:
    saying = [one for one in said if _denies(one) is (story.status is Status.DENIED)]
    believed = [one for one in said if not _denies(one)] or list(said)
    return Known(
        milestone=milestone,
        status=story.status,
        first=believed[0],
        outlets=_each(one.outlet for one in believed),
        story=story.id,
        against=_otherwise(said, saying or said),
    )


def _denies(telling: Told) -> bool:
    return telling.announcement.status is Status.DENIED


def _otherwise(said: Sequence[Told], saying: Sequence[Told]) -> tuple[Told, ...]:
    """Give the last word of each outlet that does not say so in it."""
    last = {one.outlet: one for one in said}
    return tuple(one for one in last.values() if one not in saying)


def _dates(story: Story, said: Sequence[Told], now: datetime, day_in: DayIn) -> Iterator[Known]:
    """Give the date that was told last, and that the season is out once it is past."""
    days = {one.url: day_in(one.announcement.evidence.sentence, one.at) for one in said}
    named = [one for one in said if days[one.url] is not None]
    if not named:
        yield _one(Milestone.DATED, story, said)
        return
    day = days[named[-1].url]
    saying = [one for one in named if days[one.url] == day]
    known = Known(
        milestone=Milestone.DATED,
        status=story.status,
        first=saying[0],
        outlets=_each(one.outlet for one in saying),
        day=day,
        story=story.id,
        against=_otherwise(named, saying),
    )
    yield known
    if day is not None and day <= now.date() and story.status is not Status.DENIED:
        yield Known(
            milestone=Milestone.OUT,
            status=story.status,
            first=saying[0],
            outlets=known.outlets,
            day=day,
            story=story.id,
        )


def _films(announcement: Announcement) -> bool:
    """Tell whether the sentence says that cameras roll, or when they will."""
    found = (_CUE.fullmatch(cue) for cue in announcement.evidence.cues)
    return any(cue and cue["group"] == "shoot" and not _NO_FILMING.search(cue["words"]) for cue in found)
