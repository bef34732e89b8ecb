"""Speed of the stories: how long it takes to find which of a million stories an announcement belongs to.

    python -m bench.stories [--stories 1000000] [--announcements 500] [--folder FOLDER] [--json]

The store is SQLite with the production settings, filled in bulk (`bench/archive.py`): each story has a title, buyer,
season and article of its own, and the cues it is found by. One in twenty shares its title with another, one in fifty
has none; they span nineteen years. With `--folder` it is kept there, and found again by the next run. Asked are new
works, known facts told again, titles with a letter missing, and untitled projects. Timed is
what `monitor.placing` does before it stores: lookup, verification, the stories put together anew. The **baseline** is
one story read by its primary key. Times are CPU milliseconds. It exits with 1 when a sort takes longer than promised.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench.archive import NOW, announcement, fill, telling
from monitor import buyers, data, lores, placing
from monitor.classifier import Classifier
from monitor.decide import news
from monitor.decide.lore import Rules
from monitor.decide.naming import Names
from monitor.store import Store, Tx, stories, ties
from monitor.telling import Told
from monitor.vocabulary import Kind

BUDGET = 5.0  #: milliseconds at the 95th percentile, as promised


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """How long one sort of announcement takes, in CPU milliseconds."""

    sort: str
    stories: int
    asked: int
    found: int  #: announcements that belong to a stored story
    p50: float
    p95: float
    p99: float
    key_lookup: float  #: the baseline's median
    ratio: float  #: our median to the baseline's


def questions(count: int, asked: int) -> Iterator[tuple[str, Told]]:
    """Make announcements of each sort, told now by another outlet."""
    chance = random.Random(7)  # noqa: S311 - a bench
    for number in range(asked):
        known = announcement(chance.randint(1, count))
        while known.title is None:
            known = announcement(chance.randint(1, count))
        new = announcement(count + 100 + number)
        word = known.title[:3] + known.title[4:]  # a letter is missing
        for sort, said in (
            ("new", new),
            ("told again", known),
            ("with a slip", replace(known, title=word)),
            ("untitled", replace(new, kind=Kind.NEW_ORIGINAL, title=None, season=None)),
        ):
            yield sort, telling(said, count + number, at=NOW, outlet=f"Lune {sort}")


def measure(tx: Tx, told: Sequence[Told], rules: Rules) -> tuple[list[float], int]:
    """Place announcements, and store nothing: milliseconds of each, and how many joined a story."""
    times, found = [], 0
    for one in told:
        start = time.process_time()
        known = placing.around(tx, [one], rules, by_hand=ties.exist(tx))
        placed = news.place([one.announcement], known, telling=one.telling, rules=rules, shingles=[one.shingles])
        times.append(1000 * (time.process_time() - start))
        found += placed.placed[0] in {story.story.id for story in known}
    return times, found


def baseline(tx: Tx, count: int, asked: int) -> float:
    """Read stories by their primary key: milliseconds of each, the median."""
    chance = random.Random(3)  # noqa: S311 - a bench
    return statistics.median(
        _timed(lambda: stories.get(tx, f"s-{chance.randint(2, count):012x}")) for _ in range(asked)
    )


def _timed(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return 1000 * (time.process_time() - start)


def run(path: Path, count: int, asked: int) -> list[Row]:
    """Measure every sort on a filled store."""
    classifier = Classifier.load(data.folder("config"))
    rules = Rules(
        names=Names(classifier.names_of_works()),
        groups=buyers.load(data.folder("config")),
        lore=lores.load(data.folder("config")),
    )
    by_sort: dict[str, list[Told]] = defaultdict(list)
    for sort, one in questions(count, asked):
        by_sort[sort].append(one)
    rows = []
    with Store.open(f"sqlite:///{path}") as store, store.read() as tx:
        measure(tx, [one for some in by_sort.values() for one in some[:20]], rules)  # warm
        for sort, some in by_sort.items():
            key_lookup = baseline(tx, count, len(some))
            times, found = measure(tx, some, rules)
            cuts = statistics.quantiles(times, n=100)
            middle = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98]}
            ratio = cuts[49] / key_lookup
            rows.append(
                Row(
                    sort=sort, stories=count, asked=len(some), found=found, key_lookup=key_lookup, ratio=ratio, **middle
                )
            )
    return rows


def main() -> int:
    """Run from the command line; 1 when the promise is not kept."""
    parser = argparse.ArgumentParser(description="Finding the story of an announcement among a million.")
    parser.add_argument("--stories", type=int, default=1_000_000)
    parser.add_argument("--announcements", type=int, default=500, help="of each sort")
    parser.add_argument("--folder", type=Path, help="where the store is kept for the next run")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"stories-{options.stories}.db"
        if not path.exists():
            fill(path, options.stories, buyers.load(data.folder("config")))
        rows = run(path, options.stories, options.announcements)
    if options.json:
        print(json.dumps([asdict(row) for row in rows]))
    else:
        report(rows)
    return int(over(rows))


def over(rows: Sequence[Row]) -> bool:
    """Tell whether one sort of announcement takes longer than promised."""
    return any(row.p95 > BUDGET for row in rows)


def report(rows: Sequence[Row]) -> None:
    """Write a line for each sort."""
    for row in rows:
        kept = "within" if row.p95 <= BUDGET else "OVER"
        print(
            f"{row.sort:12} p50 {row.p50:6.2f}  p95 {row.p95:6.2f} ({kept} {BUDGET:g})  p99 {row.p99:6.2f} ms", end=""
        )
        print(f"  {row.ratio:5.1f} times a key lookup ({row.key_lookup:.2f} ms)  {row.found} of {row.asked} known")


if __name__ == "__main__":
    sys.exit(main())
