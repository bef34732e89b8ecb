"""Articles a second and CPU per article, for each stage and the whole, next to a naive baseline in the same run.

    python -m bench.pipeline [--articles 720] [--rounds 3] [--cores 1 2] [--pages FOLDER] [--json]

What is measured, and how to read it: bench/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, Self

from bench import cores

_TIMEOUT = 300.0  #: seconds a single run may take
_STAGES = ("listing", "queue", "fetch", "extract", "wire", "classify", "store")


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One measured run, or a stage of it."""

    name: str  #: a stage, or "whole"
    side: str  #: "ours" or "baseline"
    cores: int
    articles: int
    seconds: float  #: from the first request to the end of the last article, all processes being up
    cpu_ms: float  #: per article, user and system, of the process and its children

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.seconds


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A number over all rounds."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        """Sum up."""
        return cls(median=round(median(values), 3), least=round(min(values), 3), most=round(max(values), 3))

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.least:.2f} to {self.most:.2f})"


class Bench:
    """Outlets that are being served, and processes run over them."""

    def __init__(self, server: subprocess.Popen[str], articles: int, folder: Path) -> None:
        self._server = server
        self._articles = articles
        self._folder = folder
        self._runs = 0
        assert server.stdout
        self._feeds: list[str] = json.loads(server.stdout.readline())["feeds"]

    def run(self, name: str, side: str, on: int) -> Run:
        """Run one side over all outlets, on one core or on all there are."""
        self._runs += 1
        place = self._folder / str(self._runs)
        place.mkdir()
        command = ["-m", *(part.replace("{place}", str(place)) for part in _COMMANDS[name, side])]
        mine, others = cores.ours()[:1], cores.ours()[1:]
        if on == 1 and mine:
            command += ["--core", str(mine[0])]
        if (name, side) == ("whole", "ours"):
            command += ["--children", str(on), "--articles", str(self._articles)]
        self._serve_on(others if on == 1 else [*mine, *others])
        return measured(name, side, on, _said([*command, *self._feeds]), self._articles)

    def _serve_on(self, allowed: Sequence[int]) -> None:
        if allowed and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(self._server.pid, set(allowed))


def _said(command: Sequence[str]) -> Any:
    """What a module of ours prints last, from JSON."""
    done = subprocess.run([sys.executable, *command], stdout=subprocess.PIPE, text=True, check=True, timeout=_TIMEOUT)
    return json.loads(done.stdout.splitlines()[-1])


def measured(name: str, side: str, on: int, said: dict[str, Any], articles: int) -> Run:
    """Read what a run said.

    Raises:
        RuntimeError: articles are missing; a faster way of losing them is no success.
    """
    if said["articles"] != articles:
        raise RuntimeError(f"{side}, {name}: {said['articles']} articles instead of {articles}: {said}")
    cpu_ms = 1_000 * said["cpu_seconds"] / articles
    return Run(name=name, side=side, cores=on, articles=articles, seconds=said["seconds"], cpu_ms=cpu_ms)


_COMMANDS = {
    ("whole", "ours"): ("bench.whole", "--data", "{place}"),
    ("whole", "baseline"): ("bench.naive", "--database", "{place}/naive.db"),
    ("fetch", "ours"): ("bench.fetching",),
    ("fetch", "baseline"): ("bench.naive", "--fetch-only"),
}


@contextmanager
def serving(articles: int, pages: Path | None) -> Iterator[Bench]:
    """Serve the outlets while the block runs."""
    command = [sys.executable, "-m", "bench.site", "--articles", str(articles)]
    command += ["--pages", str(pages)] if pages else []
    with (
        tempfile.TemporaryDirectory(prefix="cocorico-bench-") as folder,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server,
    ):
        try:
            yield Bench(server, articles, Path(folder))
        finally:
            assert server.stdin
            server.stdin.close()


def measure(articles: int, rounds: int, pages: Path | None, *, whole_on: Sequence[int]) -> list[Run]:
    """All runs: the stages once, the wholes round by round, baseline and ours in turn, on so many cores each."""
    steps = 2 + 2 * len(whole_on) * rounds
    runs: list[Run] = []
    with serving(articles, pages) as bench:
        for number in range(rounds):
            for on in whole_on:
                for side in ("baseline", "ours"):
                    _progress(len(runs), steps, f"round {number + 1}: {side}, {on} core{'s' * (on > 1)}")
                    runs.append(bench.run("whole", side, on))
        for side in ("baseline", "ours"):
            _progress(len(runs), steps, f"fetch: {side}")
            runs.append(bench.run("fetch", side, 1))
    _progress(steps, steps, "stages alone")
    runs += stages(min(articles, 240), pages)
    _progress(steps, steps, "")
    return runs


def stages(articles: int, pages: Path | None) -> list[Run]:
    """The other stages, in a process of their own on one core."""
    command = ["-m", "bench.stages", "--articles", str(articles)]
    command += ["--core", str(cores.ours()[0])] if cores.ours() else []
    command += ["--pages", str(pages)] if pages else []
    return [measured(row["stage"], row["side"], 1, row, row["articles"]) for row in _said(command)]


def ratios(runs: Sequence[Run]) -> dict[str, Figure]:
    """How many times as fast as the baseline we are, round by round, where both were measured."""

    def rates(side: str, on: int) -> list[float]:
        return [run.rate for run in runs if (run.name, run.side, run.cores) == ("whole", side, on)]

    pairs = {
        "one core": (rates("ours", 1), rates("baseline", 1)),
        "two cores": (rates("ours", 2), rates("baseline", 2)),
        "ours on two cores, over ours on one": (rates("ours", 2), rates("ours", 1)),
    }
    return {
        name: Figure.of([one / other for one, other in zip(*pair, strict=True)])
        for name, pair in pairs.items()
        if all(pair)
    }


def savings(runs: Sequence[Run]) -> dict[str, Figure]:
    """How much less CPU an article costs us, round by round: what other work on the machine hardly touches."""

    def costs(side: str, on: int) -> list[float]:
        return [run.cpu_ms for run in runs if (run.name, run.side, run.cores) == ("whole", side, on)]

    pairs = {title: (costs("baseline", on), costs("ours", on)) for title, on in (("one core", 1), ("two cores", 2))}
    return {
        name: Figure.of([theirs / ours for theirs, ours in zip(*pair, strict=True)])
        for name, pair in pairs.items()
        if all(pair)
    }


def table(runs: Sequence[Run]) -> Iterator[str]:
    """What was found, in lines for people."""
    yield f"{'':<16}{'Cocorico':>11}{'':>9}{'':>5}{'baseline':>11}{'':>9}"
    yield f"{'':<16}{'articles/s':>11}{'CPU ms':>9}{'':>5}{'articles/s':>11}{'CPU ms':>9}"
    for title, name, on in (*((stage, stage, 1) for stage in _STAGES), *_WHOLES):
        cells = [
            _cells([run for run in runs if (run.name, run.cores, run.side) == (name, on, side)]) for side in _SIDES
        ]
        yield f"{title:<16}{cells[0]}{'':>5}{cells[1]}".rstrip()
    yield ""
    for name, figure in ratios(runs).items():
        yield f"{name + ':':<38}{figure} times as fast"
    for name, figure in savings(runs).items():
        yield f"{name + ', CPU an article:':<38}{figure} times less"


_SIDES = ("ours", "baseline")
_WHOLES = (("whole, 1 core", "whole", 1), ("whole, 2 cores", "whole", 2))


def _cells(runs: Sequence[Run]) -> str:
    if not runs:
        return f"{'-':>11}{'-':>9}"
    return f"{median(run.rate for run in runs):>11.1f}{median(run.cpu_ms for run in runs):>9.2f}"


def _progress(done: int, steps: int, what: str) -> None:
    """One line that is written over, for people only."""
    if sys.stderr.isatty():
        bar = f"[{'#' * (20 * done // steps):<20}] {done}/{steps} {what}" if what else ""
        print(f"\r{bar:<70}", end="" if what else "\r", file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Speed of the pipeline next to a naive baseline, in one run.")
    parser.add_argument("--articles", type=int, default=720)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cores", type=int, nargs="+", choices=(1, 2), default=(1, 2), help="for the whole (1 and 2)")
    parser.add_argument("--pages", type=Path, help="real pages: FOLDER/html/*.html.gz")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    runs = measure(options.articles, options.rounds, options.pages, whole_on=sorted(set(options.cores)))
    if options.json:
        found: dict[str, Any] = {"runs": [asdict(run) | {"rate": run.rate} for run in runs]}
        found |= {"ratios": {name: asdict(each) for name, each in ratios(runs).items()}}
        print(json.dumps(found | {"cpu_ratios": {name: asdict(each) for name, each in savings(runs).items()}}))
        return 0
    print("\n".join(table(runs)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
