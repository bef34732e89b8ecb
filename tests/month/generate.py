"""A whole month from a seed."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from crawler import SourceKind
from monitor.decide.naming import title_key
from monitor.types import Source, WatchedWork
from monitor.vocabulary import Kind, Pace
from month import words
from month.coverage import Coverage
from month.further import Further
from month.values import Fact, Month, Piece

#: The clocks go back on October 25 in Paris and on November 1 in New York, and forward on March 28 in Paris.
AUTUMN, SPRING = datetime(2026, 10, 10, tzinfo=UTC), datetime(2027, 3, 19, tzinfo=UTC)
#: How often each outlet is polled. Rarer than in life, so that a month takes seconds.
INTERVAL = timedelta(hours=8)
#: Of all articles so many announce nothing, in life far more.
_ORDINARY = 0.25
#: What round-ups tell again.
_TOLD_AGAIN = (Kind.NEW_ORIGINAL, Kind.RENEWAL)


def generate(seed: int, start: datetime, *, days: int = 31, scale: float = 1.0, outlets: int | None = None) -> Month:
    """Make a month that begins at a time (UTC midnight); at scale 1 it has 3,000 articles and more.

    Args:
        outlets: so many write of it, of both languages; all if not given.
    """
    chance = random.Random(seed)  # noqa: S311 - a simulation
    sources = tuple(chance.sample(list(_sources()), outlets or sum(map(len, words.OUTLETS.values()))))
    end = start + timedelta(days=days)
    facts = {fact.id: fact for fact in Further(chance, start, days).all(scale)}
    coverage = Coverage(chance, sources, end - timedelta(hours=6))
    pieces = [*_news(coverage, list(facts.values())), *_round_ups(coverage, chance, list(facts.values()), start, days)]
    people = [name for fact in facts.values() for name in fact.people]
    pieces += [
        coverage.ordinary(start + timedelta(days=chance.uniform(0.1, days - 1)), people)
        for _ in range(round(len(pieces) * _ORDINARY))
    ]
    pieces = [piece for piece in pieces if piece.listed < end - timedelta(hours=5)]
    return Month(
        start=start,
        end=end,
        sources=sources,
        facts=facts,
        pieces=tuple(sorted(pieces, key=lambda piece: (piece.listed, piece.url))),
        watched=tuple(WatchedWork(title=fact.title, also=fact.also) for fact in facts.values() if fact.also),
    )


def _sources() -> Iterator[Source]:
    for language, names in words.OUTLETS.items():
        for name in names:
            source_id = title_key(name).replace(" ", "-")
            url = f"https://{source_id}.example/feed"
            yield Source(
                id=source_id,
                name=name,
                url=url,
                kind=SourceKind.FEED,
                language=language,
                interval=INTERVAL,
                rhythm=Pace.FIXED,
            )


def _news(coverage: Coverage, facts: Sequence[Fact]) -> Iterator[Piece]:
    slates: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.slate:
            slates[fact.slate].append(fact)
        else:
            yield from coverage.of(fact)
    for slate in slates.values():
        yield from coverage.of_slate(slate)


def _round_ups(
    coverage: Coverage, chance: random.Random, facts: Sequence[Fact], start: datetime, days: int
) -> Iterator[Piece]:
    """Every Friday evening four outlets tell the week again, orders and renewals, as they stand by then."""
    for day in range(6, days - 1, 7):
        at = start + timedelta(days=day, hours=18)
        week = [(fact, position) for fact in facts if (position := _lately(fact, at)) is not None]
        for number in range(4 if len(week) > 5 else 0):
            told = chance.sample(week, min(len(week), chance.randint(4, 8)))
            yield coverage.round_up(at + timedelta(minutes=17 * number), told, day + 11 * number)


def _lately(fact: Fact, at: datetime) -> int | None:
    """Give the beat a round-up tells of: the last one, if it is of this week and has a title."""
    past = [position for position, beat in enumerate(fact.beats) if beat.at < at - timedelta(hours=12)]
    if not past or fact.kind not in _TOLD_AGAIN or not fact.beats[past[-1]].named:
        return None
    return past[-1] if at - fact.beats[past[-1]].at < timedelta(days=7) else None
