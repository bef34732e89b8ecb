"""What a story is looked up by among millions: numbers in an index, each of them a hint and none of them a proof."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta

from monitor.decide import near
from monitor.decide.naming import Names, title_key
from monitor.decide.slips import TYPO_LENGTH, halves, plain, reach, typo
from monitor.telling import Hint, Told
from monitor.types import Announcement
from monitor.vocabulary import Kind, WorkType

#: Untitled projects with no person in common are taken for one only when told this close together.
UNTITLED_WINDOW = timedelta(days=10)
#: With a person in common they are one project for much longer: development takes about a year.
PEOPLE_WINDOW = timedelta(days=400)
#: The same text is passed round for about this long.
TEXT_WINDOW = timedelta(days=30)
#: Share of the telling words that two sentences about one untitled project have in common: one place name apart, they
#: tell of two ("un polar dans les Landes", "un polar dans le Jura").
_ALIKE_WORDING = 0.75
#: Short texts are copies of each other but for the place: that is what tells their projects apart.
_ALIKE_BUT_FOR_THE_PLACE = 0.5
#: Words before a name that say that it is not in the project: "sans", "après le départ d'".
_WITHOUT = frozenset({"sans", "depart", "adieux", "absence", "without", "departure", "exit"})
_STAR = re.compile(r'star: "(.+)"')
#: Who tells of it in another language does so soon, and who says no more than a headline does.
_SAME_NEWS = timedelta(days=2)


def kept(told: Told, *, groups: Mapping[str, str]) -> frozenset[int]:
    """Give the cues under which a telling is found later, as signed numbers of 64 bits."""
    return _numbers(_kept(told, groups))


def asked(told: Told, *, names: Names, groups: Mapping[str, str]) -> frozenset[int]:
    """Give the cues under which whatever may be the same as a telling was kept."""
    return _numbers(_asked(told, names, groups))


def related(one: Told, other: Told, *, names: Names, groups: Mapping[str, str]) -> bool:
    """Tell whether two tellings have to be judged together: they speak of one work, or may be one untitled project.

    Symmetric, and wider than "the same fact": what is related decides together, whatever arrived first.
    """
    if one.titles and other.titles:
        return _one_work(one.titles, other.titles, names)
    return one.announcement.kind is other.announcement.kind and same_project(one, other, groups=groups)


def may_be_related(one: Told, other: Hint, *, names: Names) -> bool:
    """Tell whether a telling may be related to one of which little is known: never False where `related` says True."""
    if other.judged:
        return True
    if one.titles and other.titles:
        return _one_work(one.titles, other.titles, names)
    said = one.announcement
    if said.kind is not other.kind or ((one.titles or other.titles) and said.kind is not Kind.NEW_ORIGINAL):
        return False
    mine, theirs = persons(said.people), persons(other.people)
    starred = bool(one.titles or other.titles)  # one has its stars beside its people
    others = bool(mine and theirs and mine.isdisjoint(theirs)) and not starred
    return _one_type(said.work_type, other.work_type) and not others


def _one_work(mine: Sequence[str], theirs: Sequence[str], names: Names) -> bool:
    pairs = [(one, other) for one in mine for other in theirs]
    return any(names.same(*pair) or typo(*map(title_key, pair)) for pair in pairs)


def same_project(one: Told, other: Told, *, groups: Mapping[str, str]) -> bool:
    """Compare where at least one side has no title: buyer, type, and people, text, or nearness in time and wording.

    Only orders are followed up to their title; whatever else has no title is compared with what has none.
    """
    a, b = one.announcement, other.announcement
    if not _comparable(a, b, groups):
        return False
    apart = abs(one.telling.at - other.telling.at)
    if known_by(a) & known_by(b):
        return apart <= PEOPLE_WINDOW
    mine, theirs = persons(a.people), persons(b.people)
    if mine and theirs:
        return False
    known_again = not (a.title or b.title) and (_speaks_of(b, mine) or _speaks_of(a, theirs))
    if _other_sort(a, b) and not (known_again and near.kindred(near.genres(a), near.genres(b))):
        return False
    if known_again:
        return apart <= UNTITLED_WINDOW
    copied = apart <= TEXT_WINDOW and near.alike(one.shingles, other.shingles) and not _elsewhere(a, b)
    return copied or (not (a.title or b.title) and _same_subject(a, b, apart))


def _speaks_of(said: Announcement, people: Collection[str]) -> bool:
    """Tell whether a sentence names somebody who was not read as one of its people, and not as one who is not in it."""
    words = f" {title_key(said.evidence.sentence)} " if people else ""
    before = (words.partition(f" {name} ") for name in people if " " in name)
    return any(found and _WITHOUT.isdisjoint(ahead.split()[-3:]) for ahead, found, _ in before)


def _elsewhere(one: Announcement, other: Announcement) -> bool:
    """Tell whether two sentences say the same of two places: "un thriller en six épisodes tourné à Nice", "à Sète"."""
    mine, theirs = near.places(one), near.places(other)
    return bool(mine and theirs) and mine.isdisjoint(theirs) and near.wording(one, other) >= _ALIKE_BUT_FOR_THE_PLACE


def _comparable(one: Announcement, other: Announcement, groups: Mapping[str, str]) -> bool:
    if (one.title or other.title) and one.kind is not Kind.NEW_ORIGINAL:
        return False
    bought = buyers(one.platforms, groups) & buyers(other.platforms, groups)
    return _one_type(one.work_type, other.work_type) and bool(bought)


def _one_type(one: WorkType, other: WorkType) -> bool:
    return one is other or WorkType.UNKNOWN in {one, other}


def _same_subject(one: Announcement, other: Announcement, apart: timedelta) -> bool:
    """Tell whether two sentences are worded alike, or name, in two languages, the same sorts and places."""
    known_again = _SAME_NEWS if near.says_little(one) or near.says_little(other) else UNTITLED_WINDOW
    if apart <= known_again and near.wording(one, other) >= _ALIKE_WORDING:
        return True
    mine, theirs = near.places(one), near.places(other)
    sorts = near.genres(one)
    told = bool(sorts) and sorts == near.genres(other) and (mine == theirs or bool(mine & theirs))
    return told and apart <= _SAME_NEWS and not (one.people or other.people)


def is_project(announcement: Announcement) -> bool:
    """Tell whether an announcement is compared by people and text: it has no title, or may be what got one."""
    return not announcement.title or announcement.kind is Kind.NEW_ORIGINAL


def buyers(platforms: Iterable[str], groups: Mapping[str, str]) -> frozenset[str]:
    """Give who buys for some platforms: siblings are one buyer."""
    return frozenset(groups.get(name, name) for name in platforms)


def bought_by(said: Announcement, known: Collection[str]) -> tuple[str, ...]:
    """Give the platforms that an announcement is for, where some are known of its work.

    In a round-up a reader may take the neighbour's for it: where the announcing sentence names one that is known and
    none of those read, that one it is.
    """
    if not said.platforms or not known or not set(known).isdisjoint(said.platforms):
        return said.platforms
    words = f" {title_key(said.evidence.sentence)} "
    if any(f" {title_key(name)} " in words for name in said.platforms):
        return said.platforms
    return tuple(name for name in known if f" {title_key(name)} " in words) or said.platforms


def persons(people: Iterable[str]) -> frozenset[str]:
    """Give people's names as they are compared."""
    return frozenset(title_key(name) for name in people)


def known_by(said: Announcement) -> frozenset[str]:
    """Give the people by whom a project is known: those of its people, and of a titled one its stars, too.

    A title does not need its stars to be known; what was told before it had one does.
    """
    cues = said.evidence.cues if said.title else ()
    stars = (found[1] for cue in cues if (found := _STAR.fullmatch(cue)))
    return persons((*said.people, *stars))


def _other_sort(one: Announcement, other: Announcement) -> bool:
    """Tell whether both sentences name a sort of work, and not the same: a thriller is no comedy."""
    mine, theirs = near.genres(one), near.genres(other)
    return bool(mine and theirs and not mine & theirs)


def _kept(told: Told, groups: Mapping[str, str]) -> Iterable[str]:
    said = told.announcement
    for key in map(title_key, told.titles):
        yield f"title {key}"
        yield from (f"half {half}" for half in halves(key))
        yield from _plain(key)
    if not is_project(said):
        return
    form = "titled" if said.title else "untitled"
    yield from (f"person {form} {said.kind} {name}" for name in known_by(said))
    yield from (f"band {form} {said.kind} {band}" for band in near.bands(told.shingles))
    if not said.title:
        days = told.telling.at.toordinal() // UNTITLED_WINDOW.days
        yield from (f"days {said.kind} {buyer} {days}" for buyer in buyers(said.platforms, groups))


def _asked(told: Told, names: Names, groups: Mapping[str, str]) -> Iterable[str]:
    said = told.announcement
    for title in told.titles:
        yield from (f"title {key}" for key in names.names(title))
        yield from (f"half {half}" for half in reach(title_key(title)))
        yield from _plain(title_key(title))
    if not is_project(said):
        return
    for form in ("untitled",) if said.title else ("untitled", "titled"):
        yield from (f"person {form} {said.kind} {name}" for name in known_by(said))
        yield from (f"band {form} {said.kind} {band}" for band in near.bands(told.shingles))
    if not said.title:
        days = told.telling.at.toordinal() // UNTITLED_WINDOW.days
        for buyer in buyers(said.platforms, groups):
            yield from (f"days {said.kind} {buyer} {near_days}" for near_days in (days - 1, days, days + 1))


def _plain(key: str) -> Iterable[str]:
    """A title of several words is found without their plurals, too."""
    return (f"plain {plain(key)}",) if " " in key and len(key) >= TYPO_LENGTH else ()


def _numbers(texts: Iterable[str]) -> frozenset[int]:
    return frozenset(
        int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
        for text in texts
    )
