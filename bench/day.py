"""A day of Media Cloud on two cores: 60,000 sources, 1,000,000 articles a day, through the real daemon.

    python -m bench.day [--sources 60000] [--articles 1000000] [--minutes 20] [--warm 16] [--speed 4] [--json]

A part of the day, compressed in time: the daemon's clock runs `--speed` times as fast as the wall's, and so do its
pauses and ticks; CPU seconds are then told as a share of two cores at the day's own pace. The web (`bench.dayweb`) is a
process of its own and not measured: 20,000 hosts on 127.0.0.0/8 with lognormal latencies, 304s, 503s and dropped
connections. Each source is polled once, unmeasured, in the first `--warm` minutes: then it is known, and its robots.txt
and validators are what they are in the middle of a year.

It ends with 1 when the day does not hold: more than half of each core, more than 700 MB, or polls late by more than a
tenth of their interval at the 99th percentile.
"""

from __future__ import annotations

import argparse
import json
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil

from bench.cores import Stopwatch
from bench.dayweb import Newsroom, address, fast_clock
from crawler import SourceKind
from monitor import config as configs
from monitor.alerts.context import DeliveryContext
from monitor.app import Monitor
from monitor.config import Config
from monitor.config.values import DaemonConfig, WebConfig
from monitor.store import Store, sources
from monitor.subscribing import Match, Subscription
from monitor.types import Source
from monitor.vocabulary import Status

_INTERVAL = timedelta(minutes=15)
_DELAY = 10.0  #: seconds between two pages of a host, of the day's time
_TICK = 5.0  #: seconds
#: What holds: shares of a core, bytes, share of the interval.
HALF, MEMORY, LATE = 0.5, 700e6, 0.10


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What is simulated."""

    sources: int
    articles: int  #: a day, of all sources
    hosts: int
    minutes: float  #: measured, of the day's time
    warm: float  #: minutes before that
    speed: float
    children: int


@dataclass(slots=True)
class Seen:
    """What is looked at while it runs."""

    memory: int = 0  #: bytes, of all processes together, at most
    latencies: list[float] = field(default_factory=list)  #: seconds from publication to delivery
    spent: dict[str, float] = field(default_factory=dict)
    database: int = 0  #: bytes grown


def run(plan: Plan, folder: Path) -> dict[str, Any]:
    """Simulate, and tell what it took."""
    port = _free_port()
    config = configuration(plan, port, folder)
    _progress(0.0, "setting up")
    with Store.open(config.store.url) as store, store.write() as tx:
        sources.sync(tx, config.sources, now=datetime.now(UTC))
    start = time.time() - 86_400  # a day behind: what schedules by the wall's clock must not wait for it
    known(folder, plan, start)
    newsroom = Newsroom.open(sources=plan.sources, articles=plan.articles, start=start)
    clock, seen = fast_clock(start, plan.speed), Seen()

    def now() -> datetime:
        return datetime.fromtimestamp(clock(), UTC)

    def tell(context: DeliveryContext) -> None:
        moment = clock()
        seen.latencies += [moment - newsroom.moment(*origin) for origin in _origins(context, newsroom)]

    with (
        _web(plan, start, port) as answers,
        Monitor.open(config, terminal=tell, clock=now, logger=_quiet) as monitor,
    ):
        stop = threading.Event()
        watcher = threading.Thread(target=_watch, args=(plan, stop, seen, folder), daemon=True)
        watcher.start()
        monitor.run(stop)
        watcher.join()
        began = datetime.fromtimestamp(start + plan.warm * 60, UTC)
        late = lateness(folder, began=began)
        left = monitor.report().left
    return _report(plan, seen, late, served=answers, waiting=left.ready)


@contextmanager
def _web(plan: Plan, start: float, port: int) -> Iterator[dict[str, Any]]:
    given = ("sources", "articles", "speed")
    command = [sys.executable, "-m", "bench.dayweb", "--start", str(start), "--port", str(port)]
    command += [word for name in given for word in (f"--{name}", str(getattr(plan, name)))]
    answers: dict[str, Any] = {}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        yield answers
        process.stdin.close()
        answers |= json.loads(process.stdout.readline())


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def configuration(plan: Plan, port: int, folder: Path) -> Config:
    """The default configuration over the day's sources; what is a time in it runs as fast as the clock."""
    config = configs.load(None, env={}, data_dir=folder)
    limits = replace(config.crawl.limits, delay=_DELAY / plan.speed, allow_addresses=("127.0.0.0/8",))
    everything = Subscription(name="all", targets=("terminal",), match=Match(statuses=frozenset(Status)))
    return replace(
        config,
        crawl=replace(config.crawl, limits=limits, children=plan.children),
        daemon=DaemonConfig(tick=timedelta(seconds=_TICK / plan.speed), self_check=False),
        web=WebConfig(enabled=False),
        subscriptions=(everything,),
        sources=tuple(
            Source(
                id=f"s-{number}",
                name=f"Outlet {number}",
                url=f"http://{address(number, plan.hosts)}:{port}/feed/{number}",
                kind=SourceKind.FEED,
                language="fr",
                interval=_INTERVAL,
            )
            for number in range(plan.sources)
        ),
    )


def known(folder: Path, plan: Plan, start: float) -> None:
    """Have all sources known for a day, and due at times spread over the first interval."""
    before, spread = start - 86_400, _INTERVAL.total_seconds() / plan.sources
    rows = [
        (_stored(before), _stored(start + number * 7919 % plan.sources * spread), f"s-{number}")
        for number in range(plan.sources)
    ]
    with sqlite3.connect(folder / "cocorico.db") as database:
        database.executemany("UPDATE sources SET baseline_at = ?, next_poll_at = ? WHERE id = ?", rows)


def _stored(moment: float) -> str:
    """Write a moment as SQLAlchemy does in SQLite."""
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M:%S.%f}"


def _watch(plan: Plan, stop: threading.Event, seen: Seen, folder: Path) -> None:
    """Take the measured part's time and memory, then end the run."""
    warm, measured = plan.warm * 60 / plan.speed, plan.minutes * 60 / plan.speed
    _progress(warm, "warming up")
    seen.latencies.clear()
    watch, size, end = Stopwatch(), _size(folder), time.monotonic() + measured
    while time.monotonic() < end:
        seen.memory = max(seen.memory, _memory())
        _progress(min(2.0, max(0.0, end - time.monotonic())), f"{end - time.monotonic():.0f} s to go")
    seen.spent, seen.database = watch.read(), _size(folder) - size
    stop.set()


def _progress(seconds: float, word: str) -> None:
    print(f"\r{word:<20}", end="", file=sys.stderr, flush=True)
    time.sleep(seconds)


def _memory() -> int:
    """Bytes of this process and its children; of what several share each has its part, where the system tells that."""
    me = psutil.Process()
    total = 0
    for process in (me, *me.children(recursive=True)):
        if "bench.dayweb" not in process.cmdline():
            held = process.memory_full_info()
            total += getattr(held, "pss", held.rss)
    return total


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("cocorico.db*"))


def _origins(context: DeliveryContext, newsroom: Newsroom) -> list[tuple[int, int]]:
    """Give the source and number of the article behind each story of a message."""
    names = (str(told.story.title).rpartition(" ")[2] for told in context.stories)
    return [newsroom.of_name(int(name)) for name in names if name.isdigit()]


def lateness(folder: Path, *, began: datetime) -> list[float]:
    """Tell by how much each poll due since then was late, as a share of the interval; it ends when all is stored.

    A poll's job is named after its source and the moment it was due at.
    """
    with sqlite3.connect(folder / "cocorico.db") as database:
        rows = database.execute("SELECT key, ended_at FROM jobs WHERE kind = 'poll' AND state = 'done'").fetchall()
    moments = (
        (datetime.fromisoformat(key.partition("@")[2]), datetime.fromisoformat(ended).replace(tzinfo=UTC))
        for key, ended in rows
    )
    return sorted(max(0.0, (ended - due) / _INTERVAL) for due, ended in moments if due >= began)


def _at(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def _report(plan: Plan, seen: Seen, late: Sequence[float], *, served: dict[str, Any], waiting: int) -> dict[str, Any]:
    seconds = plan.minutes * 60
    requests = served.get("requests", {})
    cores = seen.spent["cpu_seconds"] / seconds
    latencies = sorted(seen.latencies)
    return {
        "cores_at_the_days_pace": round(cores, 3),
        "share_of_two_cores": round(cores / 2, 3),
        "memory_mb": round(seen.memory / 1e6),
        "late_share_of_interval": {f"p{int(100 * p)}": round(_at(late, p), 4) for p in (0.5, 0.95, 0.99)},
        "polls_per_second": round(len(late) / seconds, 1),
        "latency_s": {f"p{int(100 * p)}": round(_at(latencies, p), 1) for p in (0.5, 0.95, 0.99)},
        "deliveries": len(latencies),
        "disk_gb_a_day": round(seen.database * 86_400 / seconds / 1e9, 2),
        "waiting_jobs": waiting,
        "requests": requests,
        "crowded": served.get("crowded"),
        "web_cpu_seconds": served.get("cpu_seconds"),
        "holds": bool(cores / 2 <= HALF and seen.memory <= MEMORY and _at(late, 0.99) <= LATE),
    }


def _quiet(event: str, **keys: object) -> None:
    """Logs cost their reader's terminal."""


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="A day of 60,000 sources and 1,000,000 articles, in part.")
    parser.add_argument("--sources", type=int, default=60_000)
    parser.add_argument("--articles", type=int, default=1_000_000, help="a day")
    parser.add_argument("--hosts", type=int, default=20_000)
    parser.add_argument("--minutes", type=float, default=20.0, help="of the day, measured")
    parser.add_argument("--warm", type=float, default=16.0, help="minutes before, not measured")
    parser.add_argument("--speed", type=float, default=4.0)
    parser.add_argument("--children", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    options = vars(parser.parse_args())
    as_json = options.pop("json")
    with tempfile.TemporaryDirectory(prefix="cocorico-day-") as folder:
        found = run(Plan(**options), Path(folder))
    print(file=sys.stderr)
    if as_json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            print(f"{name.replace('_', ' '):<26} {value}")
    sys.exit(not found["holds"])


if __name__ == "__main__":
    main()
