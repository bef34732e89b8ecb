"""What a story is looked up by among millions: numbers in an index, each of them a hint and none of them a proof."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta

from monitor.decide import near
from monitor.decide.lore import Lore
from monitor.decide.naming import Names, head_and_rest, title_key
from monitor.decide.slips import TYPO_LENGTH, halves, plain, reach, typo
from monitor.decide.translations import fit, meanings
from monitor.telling import Hint, Told
from monitor.types import Announcement
from monitor.vocabulary import Kind, WorkType

#: Untitled projects with no person in common are taken for one only when told this close together.
UNTITLED_WINDOW = timedelta(days=10)
#: With a person in common they are one project for much longer: development takes about a year.
PEOPLE_WINDOW = timedelta(days=400)
#: What is kept by the days on which it was told.
_DAYS = {"untitled": "days", "titled": "titled days"}
_NO_LORE = Lore()


def kept(told: Told, *, groups: Mapping[str, str], lore: Lore = _NO_LORE) -> frozenset[int]:
    """Give the cues under which a telling is found later, as signed numbers of 64 bits."""
    return _numbers((*_kept(told, groups), *_meant(told, groups, lore)))


def asked(told: Told, *, names: Names, groups: Mapping[str, str], lore: Lore = _NO_LORE) -> frozenset[int]:
    """Give the cues under which whatever may be the same as a telling was kept."""
    return _numbers((*_asked(told, names, groups), *_meant(told, groups, lore)))


def of_title(title: str) -> frozenset[int]:
    """Give the cue under which whatever has a title was kept."""
    return _numbers([f"title {title_key(title)}"])


def may_be_related(one: Told, other: Hint, *, names: Names, lore: Lore = _NO_LORE) -> bool:
    """Tell whether a telling may be related to one of which little is known: never False where `related` says True."""
    if other.judged:
        return True
    if one.titles and other.titles:
        return one_work(one.titles, other.titles, names, lore)
    said = one.announcement
    if said.kind is not other.kind or ((one.titles or other.titles) and said.kind is not Kind.NEW_ORIGINAL):
        return False
    mine, theirs = persons(said.people), persons(other.people)
    starred = bool(one.titles or other.titles)  # one has its stars beside its people
    others = bool(mine and theirs and mine.isdisjoint(theirs)) and not starred
    return one_type(said.work_type, other.work_type) and not others


def one_work(mine: Sequence[str], theirs: Sequence[str], names: Names, lore: Lore = _NO_LORE) -> bool:
    """Tell whether some title of one telling may be some title of another's work, slipped, shortened or translated."""
    pairs = [(one, other) for one in mine for other in theirs]
    keys = [(title_key(one), title_key(other)) for one, other in pairs]
    if any(names.same(*pair) or subtitled(*pair) for pair in pairs) or any(typo(*pair, lore.spelling) for pair in keys):
        return True
    return bool(lore.senses) and any(fit(*pair, lore) for pair in pairs)


def subtitled(one: str, other: str) -> bool:
    """Tell whether one title is the other one with a subtitle: "Carthage", "Carthage : la chute"."""
    (head, rest), (other_head, other_rest) = head_and_rest(one), head_and_rest(other)
    return head == other_head and bool(rest) is not bool(other_rest)


def one_type(one: WorkType, other: WorkType) -> bool:
    """Tell whether two types may be one work's."""
    return one is other or WorkType.UNKNOWN in {one, other}


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
    return persons((*said.people, *said.stars))


def _kept(told: Told, groups: Mapping[str, str]) -> Iterable[str]:
    said = told.announcement
    for key in map(title_key, told.titles):
        yield f"title {key}"
        yield from (f"half {half}" for half in halves(key))
        yield from _plain(key)
    yield from (f"title {head}" for head, rest in map(head_and_rest, told.titles) if rest)
    if not is_project(said):
        return
    days = told.telling.at.toordinal() // UNTITLED_WINDOW.days
    for form in _forms(told):
        yield from (f"person {form} {said.kind} {name}" for name in known_by(said))
        yield from (f"band {form} {said.kind} {band}" for band in near.bands(told.shingles))
        yield from (f"{_DAYS[form]} {said.kind} {buyer} {days}" for buyer in buyers(said.platforms, groups))


def _asked(told: Told, names: Names, groups: Mapping[str, str]) -> Iterable[str]:
    said = told.announcement
    for title in told.titles:
        yield from (f"title {key}" for key in names.names(title))
        yield from (f"half {half}" for half in reach(title_key(title)))
        yield from _plain(title_key(title))
        yield f"title {head_and_rest(title)[0]}"
    if not is_project(said):
        return
    days = told.telling.at.toordinal() // UNTITLED_WINDOW.days
    for form in ("untitled", "titled") if "untitled" in _forms(told) else ("untitled",):
        yield from (f"person {form} {said.kind} {name}" for name in known_by(said))
        yield from (f"band {form} {said.kind} {band}" for band in near.bands(told.shingles))
        for buyer in buyers(said.platforms, groups):
            yield from (f"{_DAYS[form]} {said.kind} {buyer} {near_days}" for near_days in (days - 1, days, days + 1))


def _meant(told: Told, groups: Mapping[str, str], lore: Lore) -> Iterable[str]:
    """A title is found in another language by what its words mean, and by its buyer."""
    said = told.announcement
    senses = frozenset[str]().union(*(meanings(title, lore) for title in told.titles)) if lore.senses else ()
    return (f"sense {said.kind} {buyer} {sense}" for buyer in buyers(said.platforms, groups) for sense in senses)


def _forms(told: Told) -> tuple[str, ...]:
    """Tell how a telling is looked for: what a person alone gave its title is still told without it."""
    titled = ("titled",) if told.announcement.title else ()
    return (*titled, *(() if told.as_read.title else ("untitled",))) or ("untitled",)


def _plain(key: str) -> Iterable[str]:
    """A title of several words is found without their plurals, too."""
    return (f"plain {plain(key)}",) if " " in key and len(key) >= TYPO_LENGTH else ()


def _numbers(texts: Iterable[str]) -> frozenset[int]:
    return frozenset(
        int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
        for text in texts
    )
