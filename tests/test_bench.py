"""The speed bench runs from end to end; how fast it found us is not judged here."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench import archive, pages
from bench import listing as bench_listing
from bench import polls as bench_polls
from bench import rules as bench_rules
from bench import stories as bench_stories
from bench.dayweb import Newsroom, address
from bench.pipeline import Run, measured, ratios, table
from bench.rules import MIXES, measure
from monitor import buyers, data

TOP = Path(__file__).parent.parent
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def built(count: int) -> list[pages.Page]:
    return pages.build(data.folder("seeds"), count, base=lambda number: f"http://127.0.0.1:{9_000 + number}", now=NOW)


@pytest.mark.slow
def test_all_stages_are_measured_on_both_sides() -> None:
    # Nearly all of it is processes starting, so one round, and the wholes on two cores only: fetching is pinned to one.
    command = [sys.executable, "-m", "bench.pipeline", "--articles", "2", "--rounds", "1", "--cores", "2", "--json"]
    environment = os.environ | {"PYTHONPATH": str(TOP)}
    done = subprocess.run(command, cwd=TOP, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    assert not done.stderr  # progress is for terminals
    found = json.loads(done.stdout)
    names = {(run["name"], run["side"], run["cores"]) for run in found["runs"]}
    both = {("fetch", 1), ("extract", 1), ("store", 1), ("whole", 2)}
    assert names == {(name, side, cores) for name, cores in both for side in ("ours", "baseline")} | {
        (name, "ours", 1) for name in ("listing", "queue", "wire", "classify")
    }
    assert all(run["articles"] == 2 and run["rate"] > 0 for run in found["runs"] if run["name"] in {"whole", "fetch"})
    assert set(found["ratios"]) == set(found["cpu_ratios"]) == {"two cores"}


def test_pages_have_real_size_and_no_two_say_the_same() -> None:
    made = built(144)
    sizes = [len(page.body) for page in made]
    assert pages.LEAST * 0.9 < min(sizes) < max(sizes) < pages.MOST * 1.1
    assert 0.7 * pages.MIDDLE < statistics.median(sizes) < 1.4 * pages.MIDDLE
    assert 160_000 < sum(sizes) / len(sizes) < 260_000
    assert len({page.body for page in made}) == len({page.path for page in made}) == 144


def test_pages_are_the_same_for_the_same_arguments() -> None:
    assert built(5) == built(5)


def test_ratios_compare_within_a_round() -> None:
    def run(side: str, on: int, seconds: float) -> Run:
        return Run(name="whole", side=side, cores=on, articles=10, seconds=seconds, cpu_ms=1.0)

    runs = [run("baseline", 1, 10), run("ours", 1, 5), run("baseline", 2, 10), run("ours", 2, 2)]
    runs += [run("baseline", 1, 30), run("ours", 1, 10), run("baseline", 2, 30), run("ours", 2, 10)]
    found = ratios(runs)
    assert (found["one core"].least, found["one core"].most) == (2.0, 3.0)
    assert (found["two cores"].least, found["two cores"].median, found["two cores"].most) == (3.0, 4.0, 5.0)
    assert set(found) == {"one core", "two cores", "ours on two cores, over ours on one"}
    assert any("one core:" in line and "2.50 (2.00 to 3.00)" in line for line in table(runs))


def test_a_run_that_loses_articles_is_no_result() -> None:
    with pytest.raises(RuntimeError, match="11 articles instead of 12"):
        measured("whole", "ours", 1, {"articles": 11, "seconds": 1.0, "cpu_seconds": 1.0}, 12)


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"html\.gz"):
        pages.read(tmp_path, 3, now=NOW)


def test_make_bench_runs_every_bench_that_it_has_pages_for() -> None:
    stories = "bench.stories --stories 20000 --announcements 100"
    every = [
        "bench.pipeline",
        "bench.listing",
        "bench.polls --sources 300 --rounds 1",
        "bench.day --sources 2000 --articles 33000 --hosts 700 --minutes 15 --speed 15",
        "bench.classify",
        "bench.rules",
        stories,
    ]
    assert _made() == [*every, "bench.extract"]
    assert _made("PAGES=some folder") == [*every, 'bench.extract "some folder"']


def _made(*variables: str) -> list[str]:
    """The modules that `make bench` would run."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PAGES", "MAKEFLAGS", "MAKELEVEL"}}
    done = subprocess.run(
        ["make", "--dry-run", "bench", *variables],  # noqa: S607 - the make that runs the tests
        cwd=TOP,
        env=kept,
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.partition(" -m ")[2] for line in done.stdout.splitlines() if " -m bench." in line]


def test_ten_thousand_rules_and_the_plain_loop_give_the_same_answer() -> None:
    rows = [measure(mix, rules=300, announcements=25) for mix in MIXES]
    assert [row.mix for row in rows] == ["varied", "alike", "platform", "open"]
    assert all(row.p50 >= 0 and row.naive > 0 for row in rows)  # that the answers agree is checked in there
    assert rows[-1].wanting > 290


def test_stories_are_found_among_copies_of_one_that_the_pipeline_kept(tmp_path: Path) -> None:
    archive.fill(tmp_path / "stories.db", 300, buyers.load(data.folder("config")))
    rows = {row.sort: row for row in bench_stories.run(tmp_path / "stories.db", 300, 30)}
    assert rows["told again"].found == 30
    assert rows["new"].found == 0
    assert all(row.key_lookup > 0 and row.p50 <= row.p95 <= row.p99 for row in rows.values())


@pytest.mark.parametrize(("slowest", "kept"), [(4.9, True), (5.1, False)])
def test_a_promise_that_is_not_kept_is_an_error(slowest: float, kept: bool) -> None:
    figures = {"p50": 1.0, "p99": 9.0, "key_lookup": 0.1, "ratio": 10.0}
    found = [bench_stories.Row(sort="new", stories=9, asked=9, found=0, p95=p95, **figures) for p95 in (1.0, slowest)]
    assert bench_stories.over(found) is not kept
    asked = [
        bench_rules.Row(mix="open", rules=1000, wanting=1, p50=1, p95=p95, naive=9, ratio=9, made=1)
        for p95 in (1.0, slowest)
    ]
    assert bench_rules.over(asked) is not kept


def test_the_bench_of_listings_reads_all_fourteen_broken_kinds() -> None:
    kinds = bench_listing.broken()
    assert len(kinds) == 14
    assert {kind.ours for kind in kinds} == {"all"}
    for flavour in ("RSS", "Atom"):
        row = bench_listing.speed(flavour, 1, 4)
        assert row.least <= row.ratio <= row.most
        assert 15 < row.kilobytes < 26


def test_the_bench_of_polls_polls_all_sources_and_finds_them_unchanged() -> None:
    rows = bench_polls.measure(6, laps=1, rounds=1)
    assert [row["sort"] for row in rows] == ["304", "same body"]
    assert all(row["ours"] > 0 and row["naive"] > 0 and row["ours_ms"] > 0 for row in rows)


def test_a_part_of_a_simulated_day_is_measured_from_end_to_end() -> None:
    small = ("--sources", "40", "--articles", "60000", "--hosts", "15", "--warm", "6", "--minutes", "6")
    command = [sys.executable, "-m", "bench.day", *small, "--speed", "240", "--json"]
    environment = os.environ | {"PYTHONPATH": str(TOP)}
    done = subprocess.run(command, cwd=TOP, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode in {0, 1}, done.stderr  # whether the day holds is not judged here
    found = json.loads(done.stdout)
    assert found["memory_mb"] > 0
    assert found["web_cpu_seconds"] > 0  # how much was asked in so short a time depends on the machine
    assert set(found["late_share_of_interval"]) == {"p50", "p95", "p99"}


def test_whoever_measures_a_day_knows_when_each_article_was_published() -> None:
    newsroom = Newsroom.open(sources=50, articles=86_400, start=1_000_000.0)
    assert sum(newsroom.rates) == pytest.approx(1.0)
    for source in range(50):
        moment = newsroom.moment(source, 3)
        assert newsroom.published(source, moment - 1.0) == 2
        assert newsroom.published(source, moment + 1e-6) == 3
        assert newsroom.of_name(newsroom.name(source, 3)) == (source, 3)
    hosts = {address(source, 20_000) for source in range(60_000)}
    assert len(hosts) == 20_000
    assert all(host.startswith("127.") and host.count(".") == 3 for host in hosts)
