"""Many items through several processes: in order, at once, and whatever one of them does."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence

import psutil
import pytest

from monitor.cli.batch import cores, in_order


def squares(items: Sequence[int]) -> list[int]:
    return [item * item for item in items]


def fatal_three(items: Sequence[int]) -> list[int]:
    if 3 in items:
        os._exit(9)
    return list(items)


def faulty(items: Sequence[int]) -> list[int]:
    raise ArithmeticError(f"wrong: {items[0]}")


def dead(item: int) -> int:
    return -item


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_are_in_order(jobs: int) -> None:
    assert list(in_order(range(500), squares, jobs=jobs, crashed=dead, chunk=7)) == [n * n for n in range(500)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_gives_nothing(jobs: int) -> None:
    assert list(in_order([], squares, jobs=jobs, crashed=dead)) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_result_comes_out_while_the_input_is_open(jobs: int) -> None:
    more = threading.Event()

    def items() -> Iterator[int]:
        yield 2
        assert more.wait(60), "the first result was held back until the end"
        yield 3

    results = in_order(items(), squares, jobs=jobs, crashed=dead)
    assert next(results) == 4
    more.set()
    assert list(results) == [9]


def test_an_item_that_kills_its_process_costs_the_others_nothing() -> None:
    results = list(in_order(range(40), fatal_three, jobs=2, crashed=dead, chunk=4))
    assert results == [-3 if n == 3 else n for n in range(40)]


def test_a_mistake_of_the_work_is_not_hidden() -> None:
    with pytest.raises(ArithmeticError, match="wrong: 0"):
        list(in_order(range(3), faulty, jobs=2, crashed=dead))


def test_a_mistake_of_the_input_is_not_hidden() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("the disk is gone")

    results = in_order(items(), squares, jobs=2, crashed=dead)
    with pytest.raises(OSError, match="the disk is gone"):
        list(results)


def test_breaking_off_ends_the_processes() -> None:
    results = in_order(iter(range(10_000)), squares, jobs=2, crashed=dead)
    assert next(results) == 0
    workers = psutil.Process().children(recursive=True)
    assert len(workers) >= 2
    results.close()  # type: ignore[attr-defined]
    _, alive = psutil.wait_procs(
        [one for one in workers if "spawn_main" in " ".join(one.cmdline() if one.is_running() else [])], timeout=20
    )
    assert alive == []


def test_zero_jobs_is_one_a_core() -> None:
    assert cores() >= 1
    assert list(in_order(range(5), squares, jobs=0, crashed=dead)) == [0, 1, 4, 9, 16]
