"""A week of many sources, simulated: how often each is asked, what that costs, and how late news is seen.

    python -m bench.week [--sources 2000] [--days 7] [--folder FOLDER] [--json]

Everything is the real daemon (due sources, jobs, leases, the pipeline, SQLite) but the clock, which is moved by hand,
and the crawler, which answers from a script: outlets publish by a Poisson process with working hours, nights and
weekends, between one entry in twenty hours and eight an hour; listings hold the last twenty entries and answer 304;
one in thirty is gone for good, one in thirty answers 503 in a tenth of the cases, one in ten asks for an hour's pause.
The **baseline** is the same number of polls at one interval for all: there an entry waits half of it.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from crawler import (
    Command,
    Entry,
    Fetch,
    Hints,
    Limits,
    Listing,
    ListingStatus,
    Poll,
    Record,
    Rejected,
    RejectReason,
    SourceKind,
    Validators,
)
from monitor.app import Monitor
from monitor.config import Config, CrawlConfig, StoreConfig
from monitor.types import Source
from monitor.vocabulary import FetchPolicy

START = datetime(2026, 11, 16, tzinfo=UTC)  #: a Monday
_TICK = timedelta(minutes=1)
_BEFORE = 10 * 24.0  #: hours of the past that first listings tell of
_LISTED = 20
#: How busy an hour of the day is; a day at the weekend has two fifths of that.
_BUSY = (*[0.03] * 6, 0.3, 0.6, *[1.0] * 11, 0.6, 0.5, 0.4, 0.2, 0.1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlet:
    """What an outlet publishes, in hours since the start."""

    id: str
    times: array[float]
    status: int = 200  #: that it answers with, always
    flaky: bool = False
    hints: Hints = Hints()


def outlets(count: int, days: float) -> list[Outlet]:
    """Make outlets, the same for the same arguments."""
    chance = random.Random(11)  # noqa: S311 - a bench
    return [_outlet(number, chance, days) for number in range(count)]


def _outlet(number: int, chance: random.Random, days: float) -> Outlet:
    rate = 0.05 * 160 ** chance.random()
    return Outlet(
        id=f"outlet-{number}",
        times=array("d", _published(chance, rate, days * 24)),
        status=404 if number % 30 == 7 else 200,
        flaky=number % 30 == 11,
        hints=Hints(every=3600.0 if number % 10 == 3 else None),
    )


def _published(chance: random.Random, rate: float, end: float) -> Iterator[float]:
    """Thin out a process of constant rate."""
    at = -_BEFORE
    while (at := at + chance.expovariate(rate)) < end:
        moment = START + timedelta(hours=at)
        if chance.random() < _BUSY[moment.hour] * (0.4 if moment.weekday() >= 5 else 1.0):
            yield at


@dataclass
class Script:
    """The outlets' answers, as a crawler gives them; what was seen when."""

    outlets: dict[str, Outlet]
    now: datetime = START
    polls: dict[str, array[float]] = field(default_factory=lambda: defaultdict(lambda: array("d")))
    shown: dict[str, int] = field(default_factory=dict)  #: entries published when it was last polled
    delays: array[float] = field(default_factory=lambda: array("d"))  #: hours
    lost: int = 0
    unchanged: int = 0
    full: int = 0
    _waiting: list[Command] = field(default_factory=list)
    _chance: random.Random = field(default_factory=lambda: random.Random(5))  # noqa: S311 - a bench

    def clock(self) -> datetime:
        """Tell the time."""
        return self.now

    def submit(self, command: Command) -> None:
        """Take an order."""
        self._waiting.append(command)

    def records(self, timeout: float) -> list[Record]:
        """Answer every order."""
        answered: list[Record] = [
            self.answer(command) if isinstance(command, Poll) else self._no_page(command) for command in self._waiting
        ]
        self._waiting.clear()
        assert timeout >= 0  # nobody waits: the clock stands still
        return answered

    def answer(self, poll: Poll) -> Listing:
        """Answer a poll, and note what it showed."""
        outlet, hour = self.outlets[poll.source], (self.now - START) / timedelta(hours=1)
        self.polls[outlet.id].append(hour)
        if outlet.status != 200 or (outlet.flaky and self._chance.random() < 0.1):
            status = outlet.status if outlet.status != 200 else 503
            return self._listing(poll, ListingStatus.FAILED, status=status)
        published = bisect_right(outlet.times, hour)
        self._seen(outlet, published, hour)
        tag = f'"{published}"'
        if poll.validators.etag == tag:
            self.unchanged += 1
            return self._listing(poll, ListingStatus.UNCHANGED, status=304, validators=poll.validators)
        self.full += 1
        times = outlet.times[max(0, published - _LISTED) : published]
        entries = tuple(_entry(outlet.id, published - back, at) for back, at in enumerate(reversed(times)))
        state = ListingStatus.OK if entries else ListingStatus.EMPTY
        given = Validators(etag=tag)
        return self._listing(poll, state, status=200, entries=entries, validators=given, hints=outlet.hints)

    def _seen(self, outlet: Outlet, published: int, hour: float) -> None:
        before = self.shown.get(outlet.id)
        self.shown[outlet.id] = published
        if before is not None:
            self.lost += max(0, published - before - _LISTED)
            self.delays.extend(hour - at for at in outlet.times[max(before, published - _LISTED) : published])

    def _no_page(self, fetch: Fetch) -> Rejected:
        return Rejected(
            order=fetch.order,
            source=fetch.entry.source,
            url=fetch.entry.url,
            listed_url=fetch.entry.listed_url,
            reason=RejectReason.NOT_FOUND,
            fetched_at=self.now,
        )

    def _listing(
        self,
        poll: Poll,
        state: ListingStatus,
        *,
        status: int,
        entries: tuple[Entry, ...] = (),
        validators: Validators = Validators(),
        hints: Hints = Hints(),
    ) -> Listing:
        return Listing(
            order=poll.order,
            source=poll.source,
            status=state,
            fetched_at=self.now,
            entries=entries,
            validators=validators,
            hints=hints,
            http_status=status,
        )


def _entry(source: str, number: int, at: float) -> Entry:
    url = f"https://{source}.example/{number}"
    published = START + timedelta(hours=at)
    return Entry(source=source, url=url, listed_url=url, title=f"Le conseil numéro {number}", published=published)


def sources_of(made: Sequence[Outlet]) -> tuple[Source, ...]:
    """Make the sources; of what is promising in them, no page is to be had."""
    return tuple(
        Source(
            id=one.id,
            name=one.id,
            url=f"https://{one.id}.example/feed",
            kind=SourceKind.FEED,
            language="fr",
            fetch=FetchPolicy.PROMISING,
        )
        for one in made
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What a run showed."""

    sources: int
    days: float
    polls: int
    a_day: float  #: polls of a source that answers
    unchanged: float  #: share of 304 among the answers to sources with nothing new
    least: float  #: minutes between two polls of one source that answers
    most: float
    delay: float  #: minutes from publication to poll, mean
    p95: float
    same_interval: float  #: minutes an entry would wait with as many polls at one interval
    lost: int  #: entries that dropped off a listing unseen
    cpu: float  #: milliseconds a poll
    memory: tuple[float, ...]  #: MiB, at the start and after each day


def measure(count: int, days: float, folder: Path) -> Report:
    """Live through the days."""
    made = outlets(count, days)
    script = Script(outlets={one.id: one for one in made})
    config = Config(
        data_dir=folder,
        store=StoreConfig(url=f"sqlite:///{folder / 'cocorico.db'}"),
        crawl=CrawlConfig(limits=Limits(concurrency=512)),
        sources=sources_of(made),
    )
    process, memory = psutil.Process(), [0.0]
    monitor = Monitor(config, crawler=script, terminal=print, clock=script.clock, logger=lambda *_args, **_keys: None)
    began = time.process_time()
    try:
        for minute in range(int(days * 24 * 60)):
            script.now = START + minute * _TICK
            while monitor.tick(script.now):
                while monitor.crawling.step(0) or monitor.crawling.busy:
                    pass
            if minute % (24 * 60) == 60:
                memory.append(process.memory_info().rss / 2**20)
    finally:
        monitor.close()
    return _report(made, script, days, time.process_time() - began, memory[1:])


def _report(made: Sequence[Outlet], script: Script, days: float, cpu: float, memory: Sequence[float]) -> Report:
    well = [one for one in made if one.status == 200 and not one.flaky]
    gaps = [
        60 * (after - before)
        for one in well
        for before, after in zip(script.polls[one.id], script.polls[one.id][1:], strict=False)
    ]
    polls = sum(map(len, script.polls.values()))
    of_well = sum(len(script.polls[one.id]) for one in well)
    delays = sorted(60 * hours for hours in script.delays)
    return Report(
        sources=len(made),
        days=days,
        polls=polls,
        a_day=round(of_well / len(well) / days, 1),
        unchanged=round(script.unchanged / max(1, script.unchanged + script.full), 3),
        least=round(min(gaps), 1),
        most=round(max(gaps), 1),
        delay=round(statistics.mean(delays), 2),
        p95=round(delays[int(len(delays) * 0.95)], 1),
        same_interval=round(days * 24 * 60 / (of_well / len(well)) / 2, 2),
        lost=script.lost,
        cpu=round(1000 * cpu / polls, 2),
        memory=tuple(round(size, 1) for size in memory),
    )


def main() -> None:
    """Run it, and print what it showed."""
    parser = argparse.ArgumentParser(prog="python -m bench.week", description=__doc__.partition("\n")[0])
    parser.add_argument("--sources", type=int, default=2000)
    parser.add_argument("--days", type=float, default=7)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        found = measure(chosen.sources, chosen.days, Path(folder))
    if chosen.json:
        print(json.dumps(asdict(found)))
        return
    print(f"{found.sources} sources, {found.days:g} days: {found.polls} polls, {found.a_day} a source and day")
    print(f"between two polls of a source that answers: {found.least} to {found.most} minutes")
    print(f"an entry is seen after {found.delay} minutes (p95 {found.p95}); at one interval: {found.same_interval}")
    print(f"{found.lost} entries dropped off a listing unseen; {found.unchanged:.1%} of the answers were 304")
    print(f"{found.cpu} ms of CPU a poll; memory, MiB, day by day: {', '.join(map(str, found.memory))}")


if __name__ == "__main__":
    main()
