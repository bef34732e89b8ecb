"""All subscriptions made ready at once, so that ten thousand of them are asked about one story in milliseconds.

Each rule stands under the rarest thing it asks for: a work, a person, a word. A story looks up what it has, and only
the rules that stand there are weighed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.decide.conditions import Condition, Conditions, Made, conditions_of, holds
from monitor.decide.matching import Reading, Subject, Watched, WorksOf, own_key, subject_of, watched
from monitor.subscribing import Match, Subscription
from monitor.types import Announcement, Story, Watch

#: What a rule is looked up by, the rarest first. A sign is a field and a key: ("works", "lupin").
_RAREST: Final = ("works", "people", "words", "watchlist", "producers", "outlets", "platforms", "kinds")
_NOTHING: Final = Watch()
_ALONE: Final[Mapping[str, str]] = {}
Sign = tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A subscription, made ready."""

    number: int  #: its place in the configuration
    subscription: Subscription
    conditions: Conditions

    @property
    def name(self) -> str:
        """The subscription's name."""
        return self.subscription.name

    def wants(self, subject: Subject) -> bool:
        """Tell whether it wants a story."""
        return holds(self.conditions, subject)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """Rules that ask the same: thousands of readers may have the same preset."""

    conditions: Conditions
    rules: tuple[int, ...]  #: their numbers


class Rulebook:
    """The subscriptions to stories, with the names of works and the watchlist they go by."""

    def __init__(
        self,
        subscriptions: Sequence[Subscription] = (),
        *,
        works_of: WorksOf = own_key,
        watch: Watch = _NOTHING,
        groups: Mapping[str, str] = _ALONE,
    ) -> None:
        """Make subscriptions ready; those to operations are left out, as they want no story.

        Args:
            works_of: gives the keys of the works that go by a title.
            groups: platform -> owner.
        """
        self.groups = groups
        self.works_of = works_of
        self.watchlist: Watched = watched(watch, works_of)
        made: Made = {}
        conditions: dict[Match, Conditions] = {}
        stories = [one for one in subscriptions if not one.operations]
        for one in stories:
            conditions.setdefault(one.match, conditions_of(one.match, works_of, made))
        self.rules = tuple(
            Rule(number=number, subscription=one, conditions=conditions[one.match])
            for number, one in enumerate(stories)
        )
        self._by_name = {rule.subscription.name: rule for rule in self.rules}
        self._listens = any(map(_asks_for_makers, conditions.values()))
        self._shelves = self._shelved(conditions)
        self._by_sign: dict[Sign, list[int]] = defaultdict(list)
        self._everywhere: list[int] = []
        for number, shelf in enumerate(self._shelves):
            self._place(number, _signs(shelf.conditions))

    def __len__(self) -> int:
        return len(self.rules)

    def named(self, name: str) -> Rule | None:
        """Give the rule of a subscription."""
        return self._by_name.get(name)

    def subject(self, story: Story, announcement: Announcement, seen: Reading) -> Subject:
        """Make what the rules are asked about."""
        return subject_of(
            story,
            announcement,
            seen,
            works_of=self.works_of,
            watchlist=self.watchlist,
            groups=self.groups,
            listening=self._listens,
        )

    def wanting(self, subject: Subject) -> list[Rule]:
        """Give the rules that want a story, in the order of the configuration."""
        wanting: list[int] = []
        for one in self._near(subject):
            if holds(one.conditions, subject):
                wanting += one.rules
        return [self.rules[number] for number in sorted(wanting)]

    def near(self, subject: Subject) -> list[Rule]:
        """Give the rules that stand under something the story has: only these are weighed."""
        return [self.rules[number] for number in sorted(number for one in self._near(subject) for number in one.rules)]

    def _near(self, subject: Subject) -> Iterator[Shelf]:
        asked = set(self._everywhere).union(*(self._by_sign.get(sign, ()) for sign in _signs_of(subject)))
        return (self._shelves[one] for one in asked)

    def _shelved(self, conditions: Iterable[Match]) -> tuple[Shelf, ...]:
        by_match: dict[Match, list[Rule]] = {match: [] for match in conditions}
        for rule in self.rules:
            by_match[rule.subscription.match].append(rule)
        return tuple(
            Shelf(conditions=rules[0].conditions, rules=tuple(rule.number for rule in rules))
            for rules in by_match.values()
        )

    def _place(self, shelf: int, signs: frozenset[Sign] | None) -> None:
        if signs is None:
            self._everywhere.append(shelf)
        for sign in signs or ():
            self._by_sign[sign].append(shelf)


def _asks_for_makers(conditions: Conditions) -> bool:
    """Tell whether anything depends on the names that stand in an article's words."""
    asks = ("people", "producers", "watchlist")
    return any(one.field in asks or any(map(_asks_for_makers, one.inner)) for one in conditions)


def _signs(conditions: Conditions) -> frozenset[Sign] | None:
    """Give the signs of which a story must have one; None when there are no such."""
    by_field = {one.field: one for one in conditions}
    for name in _RAREST[:-2]:
        if name in by_field:
            return _own(by_field[name])
    nested = (_signs_of_inner(by_field[name]) for name in ("all", "any") if name in by_field)
    found = next((signs for signs in nested if signs is not None), None)
    usual = (_own(by_field[name]) for name in _RAREST[-2:] if name in by_field)
    return found if found is not None else next(usual, None)


def _own(condition: Condition) -> frozenset[Sign]:
    if condition.field == "watchlist":
        return frozenset({("watchlist", "")})
    if condition.field == "words":
        return frozenset(("words", phrase.split()[0]) for phrase in condition.keys)
    return frozenset((condition.field, key) for key in condition.keys)


def _signs_of_inner(condition: Condition) -> frozenset[Sign] | None:
    """Of `all`, any one member's signs will do; of `any`, every member must have some."""
    each = [_signs(inner) for inner in condition.inner]
    known = [signs for signs in each if signs is not None]
    if condition.field == "all":
        return known[0] if known else None
    return frozenset[Sign]().union(*known) if len(known) == len(each) else None


def _signs_of(subject: Subject) -> Iterator[Sign]:
    """Give the signs that a story has."""
    yield ("kinds", subject.kind)
    if subject.watched:
        yield ("watchlist", "")
    yield from _each("works", subject.works)
    yield from _each("people", {**subject.people, **subject.spoken})
    yield from _each("producers", {**subject.producers, **subject.spoken})
    yield from _each("outlets", subject.outlets)
    yield from _each("platforms", subject.platforms)
    yield from _each("words", set(subject.text.split()))


def _each(name: str, keys: Iterable[str]) -> Iterator[Sign]:
    return ((name, key) for key in keys)
