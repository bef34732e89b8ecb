"""What happens in the month: facts of many sorts, each with the beats in which it becomes known.

Among them are those that are easily taken for one another: one title on two platforms, two seasons at once, a remake
beside its original, numbered titles, untitled projects of one buyer.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import ClassVar

from monitor.vocabulary import Kind, Origin, Status, WorkType
from month import words
from month.values import Beat, Fact

#: How many of each sort happen in a whole month.
SORTS = {
    "order": 64,
    "renewal": 50,
    "rumour that comes true": 20,
    "rumour that is denied": 12,
    "rumour that stays one": 10,
    "project that is ordered": 14,
    "untitled, then named": 14,
    "untitled": 10,
    "untitled, nobody named": 4,
    "cancellation": 24,
    "cancelled, then renewed elsewhere": 5,
    "second buyer": 8,
    "one name, two buyers": 9,
    "two seasons": 9,
    "remake and original": 6,
    "numbered": 5,
    "slate": 8,
    "watched": 10,
}
_TYPES = (*[WorkType.SERIES] * 6, WorkType.FILM, WorkType.DOCUMENTARY, WorkType.ANIMATION)


class Happenings:
    """Makes facts; everything follows from the chance it is given."""

    sorts: ClassVar[Mapping[str, int]] = SORTS

    def __init__(self, chance: random.Random, start: datetime, days: int) -> None:
        self._chance = chance
        self._start, self._days = start, days
        self._titles = words.titles(chance)
        self._foreign = words.titles(chance, foreign=True)
        self._people = words.people(chance)
        self._numbers = count(1)
        self._makers: dict[str, Callable[[], Sequence[Fact]]] = {
            "order": lambda: [self._order()],
            "renewal": lambda: [self._renewal()],
            "rumour that comes true": lambda: [self._turns(Status.RUMOURED, Status.CONFIRMED)],
            "rumour that is denied": lambda: [self._turns(Status.RUMOURED, Status.DENIED)],
            "rumour that stays one": lambda: [self._turns(Status.RUMOURED)],
            "project that is ordered": lambda: [self._turns(Status.IN_DEVELOPMENT, Status.CONFIRMED)],
            "untitled, then named": self._untitled_then_named,
            "untitled": self._untitled,
            "untitled, nobody named": lambda: [replace(fact, people=()) for fact in self._untitled()],
            "cancellation": lambda: [self._cancellation()],
            "cancelled, then renewed elsewhere": self._rescued,
            "second buyer": lambda: [self._second_buyer()],
            "one name, two buyers": self._namesakes,
            "two seasons": self._two_seasons,
            "remake and original": self._remake,
            "numbered": self._numbered,
            "slate": self._slate,
            "watched": lambda: [self._watched()],
        }

    def all(self, scale: float) -> Iterator[Fact]:
        """Give the facts of every sort, as many as the scale says, at least one of each."""
        for sort, number in self.sorts.items():
            for _ in range(max(1, round(number * scale))):
                for fact in self._makers[sort]():
                    yield replace(fact, sort=sort)

    # -- moments -----------------------------------------------------------------------------------------------

    def _moment(self, first: float = 1.0, last: float | None = None) -> datetime:
        """Give a time on a day of the month, at which newsrooms are awake, and sometimes at night."""
        until = self._days - 4.0 if last is None else last
        day = int(self._chance.uniform(first, max(first, until)))
        minutes = self._chance.gauss(12 * 60, 210)
        return self._start + timedelta(days=day, minutes=round(min(max(minutes, 0), 24 * 60 - 1)))

    def _heat(self) -> int:
        """Give how many outlets write of something: few as a rule, sometimes all."""
        return min(30, 1 + int(self._chance.paretovariate(0.95)))

    def _beat(self, at: datetime, status: Status = Status.CONFIRMED, **more: object) -> Beat:
        return replace(Beat(at=at, status=status, heat=self._heat()), **more)  # type: ignore[arg-type]

    def _after(self, at: datetime, least: float = 1.5, most: float = 9.0) -> datetime:
        latest = self._start + timedelta(days=self._days - 2)
        later = at + timedelta(days=self._chance.uniform(least, most))
        return min(later, latest).replace(second=0, microsecond=0)

    # -- single facts ------------------------------------------------------------------------------------------

    def _fact(self, kind: Kind, *beats: Beat, **more: object) -> Fact:
        foreign = more.get("origin") is Origin.FOREIGN
        fact = Fact(
            id=f"f-{next(self._numbers):03}",
            sort="",
            kind=kind,
            title=next(self._foreign if foreign else self._titles),
            platforms=(self._chance.choice(words.BUYERS),),
            people=(next(self._people),) if kind is Kind.NEW_ORIGINAL else (),
            beats=beats or (self._beat(self._moment()),),
        )
        return replace(fact, **more)  # type: ignore[arg-type]

    def _order(self, **more: object) -> Fact:
        origin = Origin.FOREIGN if self._chance.random() < 0.2 else Origin.FRENCH
        told = {"work_type": self._chance.choice(_TYPES), "origin": origin}
        return self._fact(Kind.NEW_ORIGINAL, **{**told, **more})

    def _renewal(self, **more: object) -> Fact:
        origin = Origin.FOREIGN if self._chance.random() < 0.3 else Origin.FRENCH
        return self._fact(Kind.RENEWAL, **{"season": self._chance.randint(2, 9), "origin": origin, **more})

    def _cancellation(self, **more: object) -> Fact:
        return self._fact(Kind.CANCELLATION, **more)

    def _turns(self, *statuses: Status) -> Fact:
        beats = [self._beat(self._moment(last=self._days / 2), statuses[0])]
        for status in statuses[1:]:
            beats.append(self._beat(self._after(beats[-1].at), status))
        make = self._chance.choice((self._order, self._renewal))
        return make(beats=tuple(beats))

    def _second_buyer(self) -> Fact:
        buyer = self._chance.choice(tuple(words.SIBLING))
        other = self._chance.choice([name for name in words.BUYERS if name not in {buyer, words.SIBLING[buyer]}])
        first = self._beat(self._moment(last=self._days / 2))
        later = self._beat(self._after(first.at), platforms=(other,))
        return self._order(platforms=(buyer,), beats=(first, later))

    def _watched(self) -> Fact:
        fact = self._chance.choice((self._order, self._renewal))(origin=Origin.FRENCH)
        initials = "".join(word[0] for word in fact.title.replace("’", " ").split()).upper()
        return replace(fact, also=(f"{initials}{int(fact.id[2:])}", next(self._foreign)))

    # -- facts that look alike ---------------------------------------------------------------------------------

    def _untitled_then_named(self) -> Sequence[Fact]:
        first = self._beat(self._moment(last=self._days / 2), Status.IN_DEVELOPMENT, named=False)
        named = self._beat(self._after(first.at, 3, 12), Status.CONFIRMED)
        return [self._order(work_type=WorkType.SERIES, origin=Origin.FRENCH, beats=(first, named))]

    def _untitled(self) -> Sequence[Fact]:
        """Two projects of one buyer and type, days apart, by different people."""
        buyer = self._chance.choice(words.BUYERS)
        first = self._moment(last=self._days / 2)
        moments = (first, self._after(first, 0.2, 12))
        return [
            self._order(
                work_type=WorkType.SERIES,
                origin=Origin.FRENCH,
                platforms=(buyer,),
                twin=True,
                beats=(self._beat(at, Status.IN_DEVELOPMENT, named=False),),
            )
            for at in moments
        ]

    def _rescued(self) -> Sequence[Fact]:
        gone = self._cancellation(beats=(self._beat(self._moment(last=self._days / 2)),))
        at = self._after(gone.beats[0].at)
        buyer = self._chance.choice([name for name in words.BUYERS if name not in gone.platforms])
        back = self._renewal(title=gone.title, platforms=(buyer,), origin=gone.origin, beats=(self._beat(at),))
        return [gone, replace(back, twin=True)]

    def _namesakes(self) -> Sequence[Fact]:
        """Two works of one name, each of its own buyer, some days apart; siblings' are told apart by their people."""
        buyers = self._chance.sample(words.BUYERS, 2)
        first = self._moment(last=self._days / 2)
        make = self._chance.choice((self._order, self._renewal))
        one = make(platforms=(buyers[0],), twin=True, beats=(self._beat(first),))
        if not one.people and set(buyers) == {"France 2", "France 3"}:
            one = replace(one, people=(next(self._people),))
        return [one, self._alike(one, platforms=(buyers[1],), people=(next(self._people),))]

    def _two_seasons(self) -> Sequence[Fact]:
        one = self._renewal(twin=True, beats=(self._beat(self._moment(last=self._days / 2)),))
        assert one.season
        return [one, self._alike(one, season=one.season + 1)]

    def _remake(self) -> Sequence[Fact]:
        one = self._order(origin=Origin.FOREIGN, work_type=WorkType.SERIES, twin=True)
        return [one, self._alike(one, origin=Origin.FRENCH, people=(next(self._people),))]

    def _numbered(self) -> Sequence[Fact]:
        one = self._order(twin=True, beats=(self._beat(self._moment(last=self._days / 2)),))
        stem, number = one.title, self._chance.randint(2, 8)
        one = replace(one, title=f"{stem} {number}")
        return [one, self._alike(one, title=f"{stem} {number + 1}")]

    def _alike(self, one: Fact, **more: object) -> Fact:
        """Give another fact that is the same but for what is given, some hours to days later."""
        at = self._after(one.beats[0].at, 0.1, 8)
        other = replace(one, id=f"f-{next(self._numbers):03}", beats=(self._beat(at),))
        return replace(other, **more)  # type: ignore[arg-type]

    def _slate(self) -> Sequence[Fact]:
        """Three to nine titles of one buyer, presented at once."""
        beat = replace(self._beat(self._moment()), heat=6)
        buyer = self._chance.choice(words.BUYERS)
        number = self._chance.randint(3, 9)
        slate = f"slate-{next(self._numbers):03}"
        fact = {"platforms": (buyer,), "beats": (beat,), "slate": slate, "origin": Origin.FRENCH}
        return [self._order(**{**fact, "work_type": WorkType.SERIES}) for _ in range(number)]
