"""The season ledger: of each work and season what is known, since when, and from whom.

Everything here is read off stories and what their articles said; nothing is guessed. A work is what stories share
whose titles are one, whose buyers meet and whose origins do not clash; a second new original of that name is a second
work. Where outlets say otherwise, what they say stands beside it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from monitor.decide.naming import title_key
from monitor.premieres import whole_day
from monitor.telling import Known, Told
from monitor.types import Announcement, Story
from monitor.vocabulary import Kind, Milestone, Origin, Status, WorkType
from monitor.works import Fact, Season, Work

#: Reads the day that the sentence of an announcement gives its work to the public, as told at a time: "le 12 mars" ->
#: 12 March of that year or the next.
DayIn = Callable[[Kind, str, datetime], date | None]
Naming = Callable[[str], str]  #: a title as outlets write it -> the key of its work

#: Kinds of work that come in seasons: what orders one orders its first.
_IN_SEASONS = frozenset({WorkType.SERIES, WorkType.ANIMATION, WorkType.REALITY})
_NEXT_DAY = timedelta(days=1)
#: A cue as the reader gives it: shoot: "tournage commencera".
_CUE = re.compile(r'(?P<group>[\w.]+): "(?P<words>.+)"', re.DOTALL)
#: Words of the group "shoot" that name who directs, or a search for extras, and no camera that rolls.
_NO_FILMING = re.compile(r"r[ée]alis|plateau|casting|figurants|inscriptions", re.IGNORECASE)


def no_day(_kind: Kind, _sentence: str, _at: datetime) -> None:
    """Read no day in any sentence."""
    return


def of(
    known: Iterable[Known],
    *,
    now: datetime,
    groups: Mapping[str, str],
    naming: Naming = title_key,
    day_in: DayIn = no_day,
) -> tuple[Work, ...]:
    """Draw up the ledger of all works that these stories are about, the work of the youngest news first.

    Untitled projects are no works yet, and purchases say nothing about a season: both are left out.

    Args:
        now: a date that is past makes a season out.
        groups: platform name -> owner; siblings are one buyer.
    """
    titled = [replace(one, told=tuple(sorted(one.told, key=_order))) for one in known if one.story.title and one.told]
    shelves: dict[str, list[list[Known]]] = defaultdict(list)
    for one in sorted(titled, key=lambda one: (one.story.first_seen, one.story.id)):
        _shelve(one, shelves[naming(one.story.title or "")], groups)
    works = [_work(key, shelf, now=now, day_in=day_in) for key, some in shelves.items() for shelf in some]
    return tuple(sorted((work for work in works if work.latest), key=_youngest_first))


def _order(told: Told) -> tuple[datetime, str, int]:
    return told.order


def _youngest_first(work: Work) -> tuple[float, str]:
    return (-work.latest[1][0].first.telling.at.timestamp() if work.latest else 0.0, work.key)


def _shelve(one: Known, shelves: list[list[Known]], groups: Mapping[str, str]) -> None:
    """Put a story to the work it belongs to: of several, the one that was opened last."""
    for shelf in reversed(shelves):
        kinds = {other.story.kind for other in shelf}
        second = one.story.kind is Kind.NEW_ORIGINAL and Kind.NEW_ORIGINAL in kinds
        if not second and _one_work(one, shelf, groups):
            shelf.append(one)
            return
    shelves.append([one])


def _one_work(one: Known, others: Sequence[Known], groups: Mapping[str, str]) -> bool:
    if {one.story.origin, *(other.story.origin for other in others)} >= {Origin.FRENCH, Origin.FOREIGN}:
        return False  # a remake and its original
    mine, theirs = _buyers([one], groups), _buyers(others, groups)
    linked = any(_step_in(one, other) or _step_in(other, one) for other in others)
    return not mine or not theirs or bool(mine & theirs) or linked


def _buyers(known: Iterable[Known], groups: Mapping[str, str]) -> set[str]:
    return {groups.get(name, name) for one in known for name in one.story.platforms}


def _step_in(one: Known, other: Known) -> bool:
    """Tell whether one story is a step in the other's life: a rescue by another platform is no other work."""
    steps = {step.url for step in other.story.history if step.field in {"cancelled", "rescued"}}
    return any(told.telling.url in steps for told in one.told)


def _work(key: str, known: Sequence[Known], *, now: datetime, day_in: DayIn) -> Work:
    stories = [one.story for one in known]
    titles = [story.title or "" for story in stories]
    titles += [told.announcement.title or "" for one in known for told in one.told]
    facts: dict[int | None, list[Fact]] = defaultdict(list)
    rescues = _rescues(known)
    for one in known:
        for number, fact in _facts(one, rescued=one.story.id in rescues, now=now, day_in=day_in):
            facts[number].append(fact)
    released = {story.id for story in stories if story.kind is Kind.RELEASE_DATE}
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
            Season(number=number, facts=tuple(sorted(_dated_once(_stood_by(some, known), released), key=_oldest_first)))
            for number, some in sorted(facts.items(), key=lambda item: (item[0] is None, item[0] or 0))
        ),
    )


def _stood_by(facts: Sequence[Fact], known: Sequence[Known]) -> list[Fact]:
    """Put beside the end of a season who says after it that the season comes, and never told the end; a rescue is none.

    They are tellings of another story than the end's, the season's order or renewal.
    """
    if any(one.milestone is Milestone.RESCUED for one in facts):
        return list(facts)
    promised = {one.story for one in facts if one.milestone in {Milestone.ORDERED, Milestone.RENEWED}}
    last = {told.telling.outlet: told for one in known if one.story.id in promised for told in one.told}
    return [replace(fact, against=fact.against + _standing(fact, last)) for fact in facts]


def _standing(fact: Fact, last: Mapping[str, Told]) -> tuple[Told, ...]:
    if fact.milestone is not Milestone.CANCELLED or fact.status is Status.DENIED:
        return ()
    return tuple(
        one
        for outlet, one in last.items()
        if one.announcement.status is Status.CONFIRMED
        and one.order > fact.first.order
        and outlet not in fact.outlets
        and outlet not in {other.telling.outlet for other in fact.against}
    )


def _dated_once(facts: Sequence[Fact], released: Collection[str]) -> list[Fact]:
    """Leave out the day that an order or renewal named where a release date is told: that is about it."""
    if not any(fact.story in released for fact in facts):
        return list(facts)
    return [fact for fact in facts if fact.story in released or fact.milestone not in {Milestone.DATED, Milestone.OUT}]


def _oldest_first(fact: Fact) -> tuple[datetime, int]:
    return fact.first.telling.at, _MILESTONES_IN_ORDER.index(fact.milestone)


_MILESTONES_IN_ORDER = tuple(Milestone)


def _also(titles: Sequence[str]) -> tuple[str, ...]:
    """List the other names of a work: spellings of one title are one name."""
    names = {title_key(title): title for title in reversed(titles) if title}
    return tuple(sorted(name for key, name in names.items() if key != title_key(titles[0])))


def _each(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _rescues(known: Sequence[Known]) -> set[str]:
    """Find the renewals that came after an end that nobody denied: a day or more, or else they are the same news.

    A last season told after it was said to be the last is none; one that an end was rescued by is one at once.
    """
    ends = [one for one in known if one.story.kind is Kind.CANCELLATION and one.story.status is not Status.DENIED]
    return {
        one.story.id
        for one in known
        for end in ends
        if one.story.kind is Kind.RENEWAL
        if _step_in(one, end) or one.story.first_seen >= end.story.first_seen + _NEXT_DAY
        if not (one.story.final and end.story.season in {None, one.story.season})
    }


def _facts(one: Known, *, rescued: bool, now: datetime, day_in: DayIn) -> Iterator[tuple[int | None, Fact]]:
    """Give what a story makes known, each with its season."""
    story = one.story
    milestone, number = _MILESTONES.get(story.kind), _season(story)
    if milestone is Milestone.DATED:
        yield from ((number, fact) for fact in _dates(one, now, day_in))
    elif milestone is not None:
        yield number, _fact(milestone, story, one.told)
    if story.kind is Kind.RENEWAL and rescued:
        yield number, _fact(Milestone.RESCUED, story, one.told)
    elif back := _back(one):
        yield number, _fact(Milestone.RESCUED, story, back)
    if story.kind in {Kind.NEW_ORIGINAL, Kind.RENEWAL}:
        yield from ((number, fact) for fact in _dates(one, now, day_in) if fact.day is not None)
        if last := [told for told in one.told if told.announcement.final]:
            yield number, _fact(Milestone.LAST, story, last)
        if filming := [told for told in one.told if _films(told.announcement)]:
            yield number, _fact(Milestone.FILMING, story, filming)


def _back(one: Known) -> list[Told]:
    """Give who tells, since its end was undone, that what was ordered comes after all."""
    steps = [step for step in one.story.history if step.field in {"cancelled", "rescued"}]
    if not steps or steps[-1].field != "rescued" or one.story.kind is Kind.CANCELLATION:
        return []
    return [told for told in one.told if told.telling.at >= steps[-1].at]


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


def _fact(milestone: Milestone, story: Story, said: Sequence[Told]) -> Fact:
    saying = [one for one in said if _denies(one) is (story.status is Status.DENIED)]
    believed = [one for one in said if not _denies(one)] or list(said)
    return Fact(
        milestone=milestone,
        status=story.status,
        first=believed[0],
        outlets=_outlets(believed),
        story=story.id,
        against=_otherwise(said, saying or said),
    )


def _denies(told: Told) -> bool:
    return told.announcement.status is Status.DENIED


def _outlets(said: Iterable[Told]) -> tuple[str, ...]:
    return _each(one.telling.outlet for one in said)


def _otherwise(said: Sequence[Told], saying: Sequence[Told]) -> tuple[Told, ...]:
    """Give the last word of each outlet that does not say so in it."""
    last = {one.telling.outlet: one for one in said}
    return tuple(one for one in last.values() if one not in saying)


def _dates(known: Known, now: datetime, day_in: DayIn) -> Iterator[Fact]:
    """Give the date that was told last, and that the season is out once it is past."""
    story = known.story
    moved = next((step.after for step in reversed(story.history) if step.field == "date"), None)
    days = {one.order: _day_said(story.kind, one, day_in, moved) for one in known.told}
    named = [one for one in known.told if days[one.order] is not None]
    day = (whole_day(moved) if moved else days[named[-1].order]) if named else None
    if day is None:
        yield _fact(Milestone.DATED, story, known.told)
        return
    saying = [one for one in named if days[one.order] == day]
    dated = Fact(
        milestone=Milestone.DATED,
        status=story.status,
        first=saying[0],
        outlets=_outlets(saying),
        day=day,
        story=story.id,
        against=_otherwise(named, saying),
    )
    yield dated
    if day <= now.date() and story.status is not Status.DENIED:
        yield replace(dated, milestone=Milestone.OUT, against=())


def _day_said(kind: Kind, told: Told, day_in: DayIn, day: str | None) -> date | None:
    """Give the day that an article names: beside its sentence only the one that the story has."""
    evidence = told.announcement.evidence
    named = day_in(kind, evidence.sentence, told.telling.at)
    return named or (whole_day(day) if day and evidence.day == day else None)


def _films(announcement: Announcement) -> bool:
    """Tell whether the sentence says that cameras roll, or when they will."""
    found = (_CUE.fullmatch(cue) for cue in announcement.evidence.cues)
    return any(cue and cue["group"] == "shoot" and not _NO_FILMING.search(cue["words"]) for cue in found)
