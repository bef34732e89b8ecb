"""Are two tellings one project, where at least one of them has no title? By people, by text, and by what it is about.

What they say of it is compared in words that every language shares: the sort of work, what it is about, where it plays,
how many episodes it has, who makes it. Where any of these is another one, they are two.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from itertools import pairwise

from monitor.decide import near
from monitor.decide.cues import PEOPLE_WINDOW, UNTITLED_WINDOW, buyers, known_by, one_type, one_work, persons
from monitor.decide.lore import Lore, Rules
from monitor.decide.naming import title_key
from monitor.telling import Told
from monitor.types import Announcement
from monitor.vocabulary import Kind

#: The same text is passed round for about this long.
TEXT_WINDOW = timedelta(days=30)
#: A star has one project of a sort at one buyer for about this long; then another one may begin.
_STAR_WINDOW = timedelta(days=60)
#: Share of the telling words that two sentences about one untitled project have in common: one place name apart, they
#: tell of two ("un polar dans les Landes", "un polar dans le Jura").
_ALIKE_WORDING = 0.75
#: Short texts are copies of each other but for the place: that is what tells their projects apart.
_ALIKE_BUT_FOR_THE_PLACE = 0.5
#: Who tells of it in another language does so soon, and who says no more than a headline does.
_SAME_NEWS = timedelta(days=2)
#: A headline That Is Written Like This: more of its longer words are than a sentence has names.
_TITLED, _LONG = 0.6, 4
_NAME = re.compile(r"(?<=[\w,;:] )[A-ZÀ-Þ]\w+")  # not where a sentence begins
_WORD = re.compile(r"[\w+]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What an announcing sentence says of its project."""

    sorts: frozenset[str]
    subjects: frozenset[str]
    places: frozenset[str]
    parts: int | None  #: episodes
    producers: frozenset[str]
    named: frozenset[frozenset[str]]  #: whom or which affair it is about, in the words of each name


def same_project(one: Told, other: Told, rules: Rules) -> bool:
    """Compare where at least one side has no title: buyer, type, and people, text, or nearness in time and subject.

    What a person gave its title is compared as it was read. Only orders are followed up to their title; whatever else
    has no title is compared with what has none.
    """
    a, b = _as_told(one), _as_told(other)
    if not _comparable(a, b, rules) or _about_others(about(a, rules.lore), about(b, rules.lore)):
        return False
    apart = abs(one.telling.at - other.telling.at)
    if known_by(a) & known_by(b):
        return _one_star(one, other, apart, rules.lore)
    mine, theirs = persons(a.people), persons(b.people)
    if mine and theirs:
        return False
    untitled = not (a.title or b.title)
    named = untitled and (_speaks_of(b, mine, rules.lore) or _speaks_of(a, theirs, rules.lore))
    if named and apart <= UNTITLED_WINDOW:
        return _one_sort(a, b, rules.lore) and (apart <= _SAME_NEWS or not at_odds(a, b, rules.lore, anywhere=True))
    if apart <= UNTITLED_WINDOW and _one_name(a, b, rules.lore):
        return True
    alike = _same_subject(a, b, apart, rules.lore) if untitled else _told_again(a, b, rules.lore)
    return (apart <= UNTITLED_WINDOW and alike) or _copied(one, other, apart, rules.lore)


def related(one: Told, other: Told, rules: Rules) -> bool:
    """Tell whether two tellings have to be judged together: they speak of one work, or may be one untitled project.

    Symmetric, and wider than "the same fact": what is related decides together, whatever arrived first.
    """
    if one.titles and other.titles:
        return one_work(one.titles, other.titles, rules.names, rules.lore)
    return one.announcement.kind is other.announcement.kind and same_project(one, other, rules)


def at_odds(one: Announcement, other: Announcement, lore: Lore, *, anywhere: bool = False) -> bool:
    """Tell whether two sentences can't be about one project: another subject, place, number of episodes or producer.

    Args:
        anywhere: another place is no other project: by one star, one outlet names where it plays, one where it is shot.
    """
    a, b = about(one, lore), about(other, lore)
    if _about_others(a, b):
        return True
    pairs = ((a.subjects, b.subjects), (a.producers, b.producers), *([] if anywhere else [(a.places, b.places)]))
    if any(mine and theirs and mine.isdisjoint(theirs) for mine, theirs in pairs):
        return True
    return a.parts is not None and b.parts is not None and a.parts != b.parts


def about(said: Announcement, lore: Lore) -> About:
    """Read what an announcing sentence says of its project, in words that every language shares."""
    names = (*said.platforms, *said.people, *said.producers)
    return _about(said.evidence.sentence, names, said.title or "", persons(said.producers), lore)


@lru_cache(maxsize=4_096)  # of one buyer's projects each is compared with each
def _about(sentence: str, names: tuple[str, ...], title: str, producers: frozenset[str], lore: Lore) -> About:
    words = title_key(sentence).split()
    known = {lore.places[word] for word in words if word in lore.places}
    mine = {word for name in names for word in title_key(name).split()}
    others = _names(sentence, lore) - mine - {*title_key(title).split()} - lore.plain
    others -= lore.genres.keys() | lore.subjects.keys()
    return About(
        sorts=frozenset(lore.genres[word] for word in words if word in lore.genres),
        subjects=frozenset(lore.subjects[word] for word in words if word in lore.subjects),
        places=frozenset(known | {lore.places.get(word, word) for word in others}),
        parts=_parts(words, lore),
        producers=producers,
        named=_named(sentence, mine, lore),
    )


def _names(sentence: str, lore: Lore) -> set[str]:
    """Give the proper names in a sentence; in a Headline That Is Written Like This those after a word such as "in"."""
    long = [word for word in _WORD.findall(sentence) if len(word) > _LONG]
    capitals = sum(word[0].isupper() for word in long)
    everywhere = capitals > 2 and capitals >= _TITLED * len(long)
    return {
        title_key(name[0])
        for name in _NAME.finditer(sentence)
        if not everywhere or title_key((sentence[: name.start()].split() or [""])[-1]) in lore.within
    }


def _named(sentence: str, others: Collection[str], lore: Lore) -> frozenset[frozenset[str]]:
    """Give the names that a sentence says its project is about, and of nobody who buys it, makes it or plays in it."""
    names = (frozenset(title_key(found[found.lastindex or 0]).split()) for found in lore.named.finditer(sentence))
    return frozenset(name for name in names if name.isdisjoint(others))


def _about_others(one: About, other: About) -> bool:
    """Tell whether two projects are each about somebody, or an affair, that has no part of a name in common."""
    mine, theirs = ({word for name in side.named for word in name} for side in (one, other))
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _one_name(one: Announcement, other: Announcement, lore: Lore) -> bool:
    """Tell whether two sentences name one person or affair that they are about, and nothing speaks against it."""
    pairs = [(mine, theirs) for mine in about(one, lore).named for theirs in about(other, lore).named]
    if not any(mine <= theirs or theirs <= mine for mine, theirs in pairs):
        return False
    return _one_sort(one, other, lore) and not at_odds(one, other, lore, anywhere=True)


def _told_again(one: Announcement, other: Announcement, lore: Lore) -> bool:
    """Tell whether what has a title is what was told without: the same is said of it, and of its sort or place.

    The title itself is heard, too ("La Juge"); where nothing else says what it is about, it has to say all of it.
    """
    a, b = about(one, lore), about(other, lore)
    if not a.subjects & b.subjects or at_odds(one, other, lore) or not _one_sort(one, other, lore):
        return False
    return a.subjects == b.subjects and bool((a.sorts and b.sorts) or a.places & b.places)


def _as_told(told: Told) -> Announcement:
    """Give what was told; where a person alone gave a project its title, without it."""
    said = told.announcement
    return said if told.as_read.title or said.kind is not Kind.NEW_ORIGINAL else replace(said, title=None)


def _parts(words: list[str], lore: Lore) -> int | None:
    """Give the number of episodes, where one is named: "six épisodes", "8-part"."""
    counted = {_number(word, lore) for word, unit in pairwise(words) if unit in lore.parts} - {None}
    return counted.pop() if len(counted) == 1 else None


def _number(word: str, lore: Lore) -> int | None:
    return int(word) if word.isdecimal() and len(word) < len("100") else lore.numbers.get(word)


def _one_star(one: Told, other: Told, apart: timedelta, lore: Lore) -> bool:
    """Tell whether what is known by one person is one project: much later only if it is about the same, too."""
    a, b = one.announcement, other.announcement
    if a.title or b.title or apart <= _SAME_NEWS:
        return apart <= PEOPLE_WINDOW
    alike = (
        apart <= _STAR_WINDOW
        or bool(persons(a.producers) & persons(b.producers))
        or near.alike(one.shingles, other.shingles)
        or bool(about(a, lore).subjects & about(b, lore).subjects)
    )
    return apart <= PEOPLE_WINDOW and alike and not at_odds(a, b, lore, anywhere=True)


def _one_sort(one: Announcement, other: Announcement, lore: Lore) -> bool:
    """Tell whether what two sentences name may be one work's sort: a thriller may be a crime story, and no comedy."""
    mine, theirs = about(one, lore).sorts, about(other, lore).sorts
    return not (mine and theirs) or bool(mine & theirs) or near.kindred(mine, theirs)


def _same_subject(one: Announcement, other: Announcement, apart: timedelta, lore: Lore) -> bool:
    """Tell whether two sentences are worded alike, or name, in whatever words, the same sort, subject or place."""
    a, b = about(one, lore), about(other, lore)
    if at_odds(one, other, lore) or not _one_sort(one, other, lore):
        return False
    soon = apart <= _SAME_NEWS
    little = near.says_little(one, lore) or near.says_little(other, lore)
    if (soon or not little) and near.wording(one, other, lore) >= _ALIKE_WORDING:
        return True
    sorts = bool(a.sorts and b.sorts)
    if a.subjects & b.subjects:
        return soon or sorts
    alike = bool(a.sorts) and a.sorts == b.sorts and a.places == b.places
    told = bool(a.sorts & b.sorts) if a.places & b.places else alike
    return told and soon and not (one.people or other.people)


def _copied(one: Told, other: Told, apart: timedelta, lore: Lore) -> bool:
    a, b = one.announcement, other.announcement
    if apart > TEXT_WINDOW or not _one_sort(a, b, lore):
        return False
    return near.alike(one.shingles, other.shingles) and not _elsewhere(a, b, lore)


def _speaks_of(said: Announcement, people: Collection[str], lore: Lore) -> bool:
    """Tell whether a sentence names somebody who was not read as one of its people, and not as one who is not in it."""
    words = f" {title_key(said.evidence.sentence)} " if people else ""
    before = (words.partition(f" {name} ") for name in people if " " in name)
    return any(found and lore.without.isdisjoint(ahead.split()[-3:]) for ahead, found, _ in before)


def _elsewhere(one: Announcement, other: Announcement, lore: Lore) -> bool:
    """Tell whether two sentences say the same of two places: "un thriller en six épisodes tourné à Nice", "à Sète"."""
    mine, theirs = about(one, lore).places, about(other, lore).places
    alike = near.wording(one, other, lore) >= _ALIKE_BUT_FOR_THE_PLACE
    return bool(mine and theirs) and mine.isdisjoint(theirs) and alike


def _comparable(one: Announcement, other: Announcement, rules: Rules) -> bool:
    if (one.title or other.title) and one.kind is not Kind.NEW_ORIGINAL:
        return False
    bought = buyers(one.platforms, rules.groups) & buyers(other.platforms, rules.groups)
    return one_type(one.work_type, other.work_type) and bool(bought)
