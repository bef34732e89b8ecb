"""Speed of polls that bring nothing new, from the due source to its stored state, next to a naive spider.

    python -m bench.polls [--sources 1000] [--rounds 3] [--laps 3] [--json]

A process of its own serves the feeds on loopback, each on an address of its own, connections kept: half answer 304 to
`If-None-Match`, the others have no validators and send the same 24 kB again. Ours is the real thing: `Monitor.once`
over sources that are due, on SQLite on disk with the production settings: jobs enqueued, leased and ended, a child
that asks, robots.txt obeyed, the state of each source stored. The **baseline** is a Scrapy spider with Scrapy's
defaults that asks the same with `If-None-Match`, hashes bodies, and commits a row each through SQLAlchemy's ORM. Each
side runs alone, all its processes on one core, the server on another, and asks all once before the clock starts.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import hashlib
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import cores, feeds
from bench.site import answer, answering
from crawler import Limits, encode

LISTS = ("304", "same body")


_BODY = feeds.rss(0)
_SAME = answer("application/rss+xml", _BODY)
_TAGGED = _SAME.replace(b"Content-Type", b'ETag: "one"\r\nContent-Type', 1)
_UNCHANGED = b'HTTP/1.1 304 Not Modified\r\nETag: "one"\r\n\r\n'
_ROBOTS = answer("text/plain", b"User-agent: *\nDisallow: /admin/\n")
_MISSING = answer("text/plain", b"", "404 Not Found")


def _answered(head: bytes) -> bytes:
    path = head.split(b" ", 2)[1]
    if path == b"/tagged":
        return _UNCHANGED if b"if-none-match" in head.lower() else _TAGGED
    return {b"/same": _SAME, b"/robots.txt": _ROBOTS}.get(path, _MISSING)


async def serve() -> None:
    """Serve on all of loopback until standard input ends."""
    server = await asyncio.get_running_loop().create_server(lambda: answering(_answered), "0.0.0.0", 0)  # noqa: S104 - 127.0.0.0/8
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


def addresses(port: int, count: int, sort: str) -> list[str]:
    """One host each."""
    path = "tagged" if sort == LISTS[0] else "same"
    return [f"http://127.1.{number // 250}.{number % 250 + 1}:{port}/{path}" for number in range(count)]


def ours(folder: Path, urls: list[str], laps: int) -> dict[str, float]:
    """Poll all, then all again `laps` times, and time these."""
    from bench import whole  # noqa: PLC0415 - the server needs none of it
    from monitor.app import Monitor  # noqa: PLC0415
    from monitor.store import sources  # noqa: PLC0415

    config = whole.configuration(folder, urls, 1)
    with Monitor.open(config, terminal=whole._tell, logger=whole._quiet) as monitor:  # noqa: SLF001
        _poll_all(monitor, len(urls))
        watch, polls = cores.Stopwatch(), 0
        spent = {"seconds": 0.0, "cpu_seconds": 0.0}
        for _ in range(laps):
            with monitor.store.write() as tx:
                for state in sources.states(tx):
                    past = replace(state, next_poll_at=datetime.now(UTC) - timedelta(seconds=1))
                    sources.polled(tx, state.id, state=past)
            watch = cores.Stopwatch()
            polls += _poll_all(monitor, len(urls))
            spent = {name: spent[name] + seconds for name, seconds in watch.read().items()}
        unchanged = {str(listed.status) for listed in monitor.crawling.tally.listings.values()}
    if unchanged != {"unchanged"}:
        raise ValueError(f"not all of them are unchanged: {unchanged}")
    return {"polls": polls} | spent


def _poll_all(monitor: Any, count: int) -> int:
    before = monitor.crawling.tally.polls
    while monitor.crawling.tally.polls < before + count:
        monitor.once()
    return int(monitor.crawling.tally.polls - before)


def naive(folder: Path, urls: list[str], laps: int) -> dict[str, float]:
    """What one would write first: a spider that asks all, then all again `laps` times."""
    from scrapy.crawler import CrawlerProcess  # noqa: PLC0415

    from bench.naive_polls import Polling, database  # noqa: PLC0415

    done: dict[str, float] = {}
    process = CrawlerProcess({"LOG_ENABLED": False})
    process.crawl(Polling, urls=urls, laps=laps, session=database(folder / "naive.db"), done=done)
    process.start()
    return done


def body_hash(body: bytes) -> str:
    """Tell two bodies apart."""
    return hashlib.sha256(body).hexdigest()


def measure(count: int, laps: int, rounds: int) -> list[dict[str, Any]]:
    """Both sides in turn; a row for each sort of listing."""
    own = cores.ours()
    side, other = (own[0], own[-1]) if own else (None, None)
    with _serving(other) as port:
        runs = [
            {sort: {who: _run(who, sort, port, count, laps, side) for who in ("naive", "ours")} for sort in LISTS}
            for _ in range(rounds)
        ]
    return [_row(sort, [run[sort] for run in runs]) for sort in LISTS]


def _row(sort: str, runs: list[dict[str, dict[str, float]]]) -> dict[str, Any]:
    rates = {who: [run[who]["polls"] / run[who]["seconds"] for run in runs] for who in ("naive", "ours")}
    ratios = [ours / naive for ours, naive in zip(rates["ours"], rates["naive"], strict=True)]
    cpu = {who: statistics.median(1000 * run[who]["cpu_seconds"] / run[who]["polls"] for run in runs) for who in rates}
    return {
        "sort": sort,
        "ours": statistics.median(rates["ours"]),
        "naive": statistics.median(rates["naive"]),
        "ours_ms": cpu["ours"],
        "naive_ms": cpu["naive"],
        "ratio": statistics.median(ratios),
        "least": min(ratios),
        "most": max(ratios),
    }


@contextlib.contextmanager
def _serving(core: int | None) -> Iterator[int]:
    command = [sys.executable, "-m", "bench.polls", "--side", "server", *(["--core", str(core)] if core else [])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout and server.stdin
        yield int(server.stdout.readline())
        server.stdin.close()


def _run(who: str, sort: str, port: int, count: int, laps: int, core: int | None) -> dict[str, float]:
    pinned = [] if core is None else ["--core", str(core)]
    options = ["--sort", sort, "--port", str(port), "--sources", str(count), "--laps", str(laps)]
    command = [sys.executable, "-m", "bench.polls", "--side", who, *options, *pinned]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{who} failed:\n{done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def fresh_child() -> float:
    """CPU seconds that a crawler child takes until it serves."""
    spent = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        limits = f"{encode(Limits())}\n".encode()
        subprocess.run([sys.executable, "-m", "crawler"], input=limits, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(spent)


def main() -> None:
    """Measure and print, or be one of the sides."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--laps", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    for hidden in ("--side", "--sort"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    for hidden in ("--core", "--port"):
        parser.add_argument(hidden, type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.side:
        cores.pin(given.core)
        _be(given)
        return
    rows = measure(given.sources, given.laps, given.rounds)
    if given.json:
        print(json.dumps(rows))
        return
    print("| unchanged by | ours, polls/s | baseline | times | CPU ms a poll | baseline |\n" + "|---" * 6 + "|")
    for row in rows:
        spread = f"{row['ratio']:.2f} ({row['least']:.2f} to {row['most']:.2f})"
        print(
            f"| {row['sort']} | {row['ours']:.0f} | {row['naive']:.0f} | {spread} | {row['ours_ms']:.2f} "
            f"| {row['naive_ms']:.2f} |"
        )

    fresh, orders = fresh_child(), Limits().replace_after
    share = fresh / (orders * min(row["ours_ms"] for row in rows) / 1000)
    print(
        f"\nA fresh child takes {fresh:.2f} s of CPU once in {orders:,} orders: {share:.1%} of the time of such polls."
    )


def _be(given: argparse.Namespace) -> None:
    if given.side == "server":
        asyncio.run(serve())
        return
    with tempfile.TemporaryDirectory() as folder:
        side = ours if given.side == "ours" else naive
        print(json.dumps(side(Path(folder), addresses(given.port, given.sources, given.sort), given.laps)))


if __name__ == "__main__":
    main()
