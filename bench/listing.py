"""Speed of reading feeds next to feedparser, and which broken ones each of them reads.

    python -m bench.listing [--rounds 9] [--feeds 40] [--json]

A feed has 30 entries: RSS of about 22 kB in the manner of WordPress, Atom of about 18 kB, no two alike. Ours is all
that a child does with a body (`crawler.spiders.feed.read_feed`): decoded, parsed, texts plain, dates in UTC, addresses
resolved and canonical, repeated ids and links told apart, wishes read. The **baseline** is `feedparser.parse` as it
comes, which does none of the last three; `unsanitized` has `sanitize_html` and `resolve_relative_uris` off.
They take turns on one core; a ratio is taken within a round. Times are CPU microseconds a feed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from calendar import timegm
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import feedparser

from bench import cores, feeds
from crawler.spiders.feed import read_feed
from crawler.types import Poll, SourceKind

_POLL = Poll(order="bench", source="bench", url="https://www.outlet.example/feed", kind=SourceKind.FEED, language="fr")
_FLAVOURS: dict[str, Callable[[int], bytes]] = {"RSS": feeds.rss, "Atom": feeds.atom}


@dataclass(frozen=True, kw_only=True, slots=True)
class Speed:
    """How long a flavour takes, in CPU microseconds a feed; medians of the rounds."""

    flavour: str
    kilobytes: float
    ours: float
    unsanitized: float
    baseline: float
    ratio: float  #: the baseline's time to ours, median of the rounds' ratios
    least: float
    most: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Broken:
    """What each reads of a broken feed: "all", or what is missing or wrong."""

    kind: str
    ours: str
    baseline: str


def speed(flavour: str, rounds: int, count: int) -> Speed:
    """Read feeds of a flavour with each in turn.

    Raises:
        ValueError: one of them misses an entry, so that there is nothing to compare.
    """
    bodies = [_FLAVOURS[flavour](seed) for seed in range(count)]
    if any(len(_ours(body)) != 30 or len(_parsed(body).entries) != 30 for body in bodies):
        raise ValueError("a feed of 30 entries was not read in full")
    times = [
        (_timed(_ours, bodies), _timed(_unsanitized, bodies[: count // 4]), _timed(_parsed, bodies[: count // 4]))
        for _ in range(rounds)
    ]
    ratios = [baseline / ours for ours, _, baseline in times]
    return Speed(
        flavour=flavour,
        kilobytes=len(bodies[0]) / 1000,
        ours=statistics.median(each[0] for each in times),
        unsanitized=statistics.median(each[1] for each in times),
        baseline=statistics.median(each[2] for each in times),
        ratio=statistics.median(ratios),
        least=min(ratios),
        most=max(ratios),
    )


def broken() -> list[Broken]:
    """What both read of each broken kind."""
    return [
        Broken(kind=kind, ours=_judged(_ours_of(body)), baseline=_judged(_theirs_of(body)))
        for kind, body in feeds.BROKEN.items()
    ]


def _timed(read: Callable[[bytes], Any], bodies: Sequence[bytes]) -> float:
    started = time.process_time()
    for body in bodies:
        read(body)
    return (time.process_time() - started) * 1e6 / len(bodies)


def _ours(body: bytes) -> Sequence[Any]:
    feed = read_feed(body, poll=_POLL, base_url=_POLL.url)
    return feed.entries if feed else ()


def _parsed(body: bytes) -> Any:
    return feedparser.parse(body)


def _unsanitized(body: bytes) -> Any:
    return feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)


def _ours_of(body: bytes) -> tuple[str, str, datetime | None] | None:
    found = _ours(body)
    return (found[0].title, found[0].url, found[0].published) if found else None


def _theirs_of(body: bytes) -> tuple[str, str, datetime | None] | None:
    found = [dict(entry) for entry in _parsed(body).entries]
    if not found:
        return None
    moment = found[0].get("published_parsed") or found[0].get("updated_parsed")
    date = datetime.fromtimestamp(timegm(moment), UTC) if moment else None
    return found[0].get("title", ""), found[0].get("link", ""), date


def _judged(found: tuple[str, str, datetime | None] | None) -> str:
    if found is None:
        return "nothing"
    pairs = zip(("title", "link", "date"), found, (feeds.TITLE, feeds.LINK, feeds.MOMENT), strict=True)
    wrong = [f"{name} {'missing' if not value else 'wrong'}" for name, value, right in pairs if value != right]
    return ", ".join(wrong) or "all"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--feeds", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    cores.pin(next(iter(cores.ours()[-1:]), None))
    speeds = [speed(flavour, given.rounds, given.feeds) for flavour in _FLAVOURS]
    kinds = broken()
    if given.json:
        print(json.dumps({"speed": [asdict(row) for row in speeds], "broken": [asdict(row) for row in kinds]}))
        return
    print("| flavour | kB | ours, µs | feedparser, µs | unsanitized, µs | times faster |\n|---|---|---|---|---|---|")
    for row in speeds:
        spread = f"{row.ratio:.1f} ({row.least:.1f} to {row.most:.1f})"
        numbers = f"{row.kilobytes:.1f} | {row.ours:.0f} | {row.baseline:.0f} | {row.unsanitized:.0f}"
        print(f"| {row.flavour} | {numbers} | {spread} |")
    print("\n| broken feed | ours | feedparser |\n|---|---|---|")
    for kind in kinds:
        print(f"| {kind.kind} | {kind.ours} | {kind.baseline} |")


if __name__ == "__main__":
    main()
