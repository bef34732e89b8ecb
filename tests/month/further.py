"""More that happens in the month, and that is easily told as something else.

Spin-offs, projects known by their star, works that get another title, days that move, works that two buyers make
together, foreign works of the same name, last seasons.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.vocabulary import Kind, Origin, Status, WorkType
from month import words
from month.facts import SORTS, Happenings
from month.values import Beat, Fact

#: How many of each further sort happen in a whole month.
FURTHER = {
    "spin-off": 8,
    "star, then named": 8,
    "two stars": 5,
    "another title": 12,
    "premiere": 12,
    "premiere that moves": 8,
    "return that moves": 6,
    "coproduction": 8,
    "foreign namesake": 6,
    "last season": 10,
}


class Further(Happenings):
    """Makes these facts, too."""

    sorts = SORTS | FURTHER

    def __init__(self, chance: random.Random, start: datetime, days: int) -> None:
        super().__init__(chance, start, days)
        self._makers |= {
            "spin-off": self._spin_off,
            "star, then named": self._star_then_named,
            "two stars": self._two_stars,
            "another title": self._another_title,
            "premiere": lambda: [self._dated(moves=False)],
            "premiere that moves": lambda: [self._dated(moves=True)],
            "return that moves": lambda: [self._dated(moves=True, season=self._chance.randint(2, 9))],
            "coproduction": self._coproduction,
            "foreign namesake": self._foreign_namesake,
            "last season": lambda: [self._renewal(final=True)],
        }

    def _spin_off(self) -> Sequence[Fact]:
        """A work is renewed, and some days before or after its buyer orders another one made from it."""
        source = self._renewal(origin=Origin.FRENCH)
        made = self._order(
            origin=Origin.FRENCH, platforms=source.platforms, source=source.title, work_type=WorkType.SERIES
        )
        return [source, made]

    def _star_then_named(self) -> Sequence[Fact]:
        """A project is known by who plays in it, and gets its title with the order."""
        first = self._beat(self._moment(last=self._days / 2), Status.IN_DEVELOPMENT, named=False)
        named = self._beat(self._after(first.at, 3, 12))
        return [self._starred(beats=(first, named))]

    def _two_stars(self) -> Sequence[Fact]:
        """Two projects of one buyer, days apart, each known by its star."""
        first = self._moment(last=self._days / 2)
        buyer = self._chance.choice(words.BUYERS)
        return [
            self._starred(platforms=(buyer,), twin=True, beats=(self._beat(at, Status.IN_DEVELOPMENT, named=False),))
            for at in (first, self._after(first, 0.2, 12))
        ]

    def _starred(self, **more: object) -> Fact:
        return self._order(work_type=WorkType.SERIES, origin=Origin.FRENCH, star=True, **more)

    def _another_title(self) -> Sequence[Fact]:
        """A work gets another title: who writes of it first says so, later articles have the new one only."""
        status = self._chance.choice((Status.IN_DEVELOPMENT, Status.CONFIRMED))
        first = self._beat(self._moment(last=self._days / 2), status)
        renamed = self._beat(self._after(first.at, 2, 10), title=next(self._titles))
        return [self._order(origin=Origin.FRENCH, work_type=WorkType.SERIES, twin=True, beats=(first, renamed))]

    def _dated(self, *, moves: bool, **more: object) -> Fact:
        """A day is given to the public, and perhaps another one later on."""
        first = self._beat(self._moment(last=self._days / 2 if moves else None))
        day = first.at.date() + timedelta(days=self._chance.randint(20, 75))
        beats: tuple[Beat, ...] = (replace(first, day=day),)
        if moves:
            later = self._beat(self._after(first.at, 2, 12))
            beats += (replace(later, day=day + timedelta(days=self._chance.randint(7, 40))),)
        return self._fact(Kind.RELEASE_DATE, beats=beats, **more)

    def _coproduction(self) -> Sequence[Fact]:
        """Two buyers make a work together, and each article names one of them, and who writes it."""
        buyers = tuple(self._chance.sample(words.BUYERS, 2))
        return [self._order(origin=Origin.FRENCH, work_type=WorkType.SERIES, platforms=buyers, shared=True)]

    def _foreign_namesake(self) -> Sequence[Fact]:
        """A foreign work of another buyer has the name of a French one."""
        buyers = self._chance.sample(words.BUYERS, 2)
        beat = self._beat(self._moment(last=self._days / 2))
        one = self._order(
            origin=Origin.FRENCH, work_type=WorkType.SERIES, platforms=(buyers[0],), twin=True, beats=(beat,)
        )
        other = self._alike(one, origin=Origin.FOREIGN, platforms=(buyers[1],), people=(next(self._people),))
        return [one, other]
