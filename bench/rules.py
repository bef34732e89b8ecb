"""Speed of the subscriptions: how long ten thousand of them take to be asked about one announcement.

    python -m bench.rules [--rules 10000] [--announcements 200] [--json]

Four mixes: `varied` is what many users would write (two in three name works, people or words; the others platforms,
kinds or nothing); `alike` are all the shipped default, which every story meets; `platform` all name one platform that
every story is on, and leave out a work that it is not; `open` have nothing to be looked up by. The **baseline** is the
plain loop: each match taken as it is written, names turned into keys as they are met. Both give the same answer, which
is checked. Times are CPU milliseconds an announcement. It exits with 1 when a mix takes longer than promised.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from monitor.decide import news
from monitor.decide.conditions import matches
from monitor.decide.lore import Rules
from monitor.decide.matching import Reading, Subject
from monitor.decide.news import Telling
from monitor.decide.rulebook import Rulebook
from monitor.subscribing import USUAL, Match, Subscription
from monitor.types import Announcement, Evidence
from monitor.vocabulary import Kind, Origin, Status

PLATFORMS = ("Netflix", "Arte", "Canal+", "TF1", "France 2", "Prime Video", "Disney+", "M6", "OCS", "Max")
NAMES = tuple(f"{first} {last}" for first in ("Inès", "Paul", "Zoé", "Karim") for last in map(str, range(500)))
TITLES = tuple(f"Les Heures {number}" for number in range(4000))
WORDS = ("série policière", "tournage", "huis clos", "thriller", "adaptation", "mini-série", "biopic", "comédie")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
BUDGET = 50.0  #: milliseconds for 10,000 subscriptions, as promised


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """How long one mix takes, in CPU milliseconds an announcement."""

    mix: str
    rules: int
    wanting: float  #: rules that want an announcement, in the mean
    p50: float
    p95: float
    naive: float  #: the plain loop's median
    ratio: float  #: the plain loop's median to ours
    made: float  #: seconds to make the subscriptions ready, once


def varied(chance: random.Random) -> Match:
    """Make what one user might write."""
    sort = chance.random()
    if sort < 0.4:
        return replace(USUAL, works=tuple(chance.sample(TITLES, 5)))
    if sort < 0.55:
        return replace(USUAL, people=tuple(chance.sample(NAMES, 3)))
    if sort < 0.65:
        return replace(USUAL, words=tuple(chance.sample(WORDS, 2)))
    if sort < 0.75:
        nested = (Match(works=(chance.choice(TITLES),)), Match(people=(chance.choice(NAMES),)))
        return Match(any=nested, none=(Match(statuses=frozenset({Status.DENIED})),))
    if sort < 0.95:
        return replace(USUAL, platforms=tuple(chance.sample(PLATFORMS, 2)))
    return replace(USUAL, kinds=frozenset({chance.choice(list(Kind))}))


MIXES: dict[str, Callable[[random.Random], Match]] = {
    "varied": varied,
    "alike": lambda _chance: USUAL,
    "platform": lambda chance: replace(USUAL, platforms=("Netflix",), none=(Match(works=(chance.choice(TITLES),)),)),
    "open": lambda chance: Match(min_confidence=0.5, none=(Match(works=(chance.choice(TITLES),)),)),
}


def announcement(chance: random.Random) -> Announcement:
    """Make what an article announces."""
    return Announcement(
        kind=chance.choice(list(Kind)),
        title=chance.choice(TITLES),
        platforms=("Netflix", chance.choice(PLATFORMS[1:])),
        people=tuple(chance.sample(NAMES, 2)),
        origin=Origin.FRENCH,
        confidence=0.9,
        evidence=Evidence(sentence=f"Une {chance.choice(WORDS)} est en tournage.", zone="lead", start=0, end=1),
    )


def subject(book: Rulebook, announced: Announcement) -> Subject:
    """Make what rules are asked about, as the pipeline does."""
    telling = Telling(outlet="La Lune", url="https://la-lune.example/1", at=NOW)
    (change,) = news.place([announced], [], telling=telling, rules=Rules()).changes
    seen = Reading(language="fr", outlet="La Lune", source="la-lune", headline="Une série de plus sur Netflix")
    return book.subject(change.story, change.announcement, seen)


def measure(mix: str, rules: int, announcements: int) -> Row:
    """Ask all rules of a mix about some announcements, and the plain loop about a few of them."""
    chance = random.Random(f"{mix}")  # noqa: S311 -- the same mix every time
    subscriptions = [
        Subscription(name=f"s{number}", targets=("a",), match=MIXES[mix](chance)) for number in range(rules)
    ]
    started = time.process_time()
    book = Rulebook(subscriptions)
    made = time.process_time() - started
    subjects = [subject(book, announcement(chance)) for _ in range(announcements)]
    ours, wanting = [], []
    for one in subjects:
        started = time.process_time()
        wanting.append(len(book.wanting(one)))
        ours.append((time.process_time() - started) * 1000)
    naive = [_naive(subscriptions, one, expected) for one, expected in zip(subjects[:5], wanting, strict=False)]
    return Row(
        mix=mix,
        rules=rules,
        wanting=statistics.mean(wanting),
        p50=statistics.median(ours),
        p95=statistics.quantiles(ours, n=20)[-1],
        naive=statistics.median(naive),
        ratio=statistics.median(naive) / statistics.median(ours),
        made=made,
    )


def _naive(subscriptions: Sequence[Subscription], one: Subject, expected: int) -> float:
    started = time.process_time()
    found = [subscription for subscription in subscriptions if matches(subscription.match, one)]
    spent = (time.process_time() - started) * 1000
    assert len(found) == expected, "the plain loop gives another answer"
    return spent


def main() -> int:
    """Measure every mix and print the table; 1 when the promise is not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rules", type=int, default=10_000)
    parser.add_argument("--announcements", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    rows = [measure(mix, asked.rules, asked.announcements) for mix in MIXES]
    if asked.json:
        print(json.dumps([asdict(row) for row in rows], indent=2))
        return int(over(rows))
    print(f"{'mix':<10}{'rules':>8}{'wanting':>9}{'p50 ms':>9}{'p95 ms':>9}{'loop ms':>9}{'times':>8}{'made s':>8}")
    for row in rows:
        figures = f"{row.p50:>9.2f}{row.p95:>9.2f}{row.naive:>9.1f}{row.ratio:>8.1f}{row.made:>8.2f}"
        print(f"{row.mix:<10}{row.rules:>8}{row.wanting:>9.1f}{figures}")
    print(f"promised: {BUDGET:.0f} ms for 10,000; reached: {not over(rows)}")
    return int(over(rows))


def over(rows: Sequence[Row]) -> bool:
    """Tell whether a mix takes longer than promised, in its share of 10,000 subscriptions."""
    return any(row.p95 > BUDGET * row.rules / 10_000 for row in rows)


if __name__ == "__main__":
    sys.exit(main())
