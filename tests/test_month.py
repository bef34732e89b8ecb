"""A month of news with known truth: nothing told twice, nothing taken for something else, nothing lost, all in time.

Two windows, so that the clocks go back in one and forward in the other. docs/month.md tells how it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest
from month.drive import Run, run
from month.further import Further
from month.generate import AUTUMN, SPRING, generate
from month.oracle import Judgement, Oracle, cases
from month.readers import FEW_READERS, READERS, complaints
from month.values import Form, Month

SEED = 20261121
_WAIT = timedelta(days=9)

Live = Callable[..., Run]


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    """Live through months on a disk in memory, where there is one: how fast disks are is not what is measured."""
    shared = Path("/dev/shm")
    with TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:

        def _live(month: Month, *, stated: bool = True, readers: tuple[str, ...] = ()) -> Run:
            place = Path(mkdtemp(dir=folder))
            chosen = [reader for reader in READERS if not readers or reader.name in readers]
            return run(month, place, chosen, stated=stated, beyond=_WAIT)

        yield _live


@pytest.fixture(scope="module")
def autumn(live: Live) -> Run:
    return live(generate(SEED, AUTUMN), readers=FEW_READERS)


@pytest.fixture(scope="module")
def small_autumn(live: Live) -> Run:
    return live(generate(SEED, AUTUMN + timedelta(days=9), days=16, scale=0.1, outlets=14))


@pytest.fixture(scope="module")
def spring(live: Live) -> Run:
    return live(generate(SEED, SPRING, days=14, scale=0.1, outlets=14))


@pytest.fixture(scope="module")
def another_autumn(live: Live) -> Run:
    return live(generate(SEED + 1, AUTUMN, days=16, scale=0.1, outlets=14), readers=("at once",))


def judged(run: Run) -> list[tuple[str, Judgement]]:
    oracle = Oracle(run)
    assert oracle.reading.missed == oracle.reading.invented == 0
    assert oracle.facts == {said.fact for piece in run.month.pieces for said in piece.said}
    names = dict.fromkeys(one.context.delivery.subscription for one in run.sent)
    return [(name, oracle.judge(name)) for name in names]


def report(verdicts: list[tuple[str, Judgement]]) -> str:
    """Write the figures and the first reader's cases."""
    lines = [f"{name}: {judgement}" for name, judgement in verdicts]
    return "\n".join([*lines, *cases(verdicts[0][1])])


def test_a_month_is_what_it_says(autumn: Run) -> None:
    month = autumn.month
    assert len(month.sources) >= 40
    assert {source.language for source in month.sources} == {"fr", "en"}
    assert len(month.pieces) >= 3_000
    assert 400 <= len(month.facts) <= 500
    assert {fact.sort for fact in month.facts.values()} == set(Further.sorts)
    assert {piece.form for piece in month.pieces} == set(Form)
    assert generate(SEED, month.start) == month


def test_of_a_month_next_to_nothing_is_told_twice_or_mixed_up_and_nothing_is_lost(autumn: Run) -> None:
    verdicts = judged(autumn)
    assert len(verdicts) == len(FEW_READERS)
    said = report(verdicts)
    for _, judgement in verdicts:
        assert len(judgement.duplicates) <= 0.005 * judgement.told, said
        assert len(judgement.merged) <= 0.005 * judgement.facts, said
        assert not judgement.lost, said
        assert len(judgement.stale) <= 0.01 * judgement.facts, said


def test_every_message_of_a_month_comes_at_its_hour(autumn: Run) -> None:
    assert list(complaints(autumn)) == []


@pytest.mark.parametrize("name", ["small_autumn", "spring"])
def test_over_both_clock_changes_every_reader_hears_everything_once_at_their_hour(
    name: str, request: pytest.FixtureRequest
) -> None:
    lived: Run = request.getfixturevalue(name)
    verdicts = judged(lived)
    assert len(verdicts) == len(READERS)
    assert list(complaints(lived)) == []
    for _, judgement in verdicts:
        assert not (judgement.lost or judgement.merged), report(verdicts)
        assert len(judgement.duplicates) <= 1, report(verdicts)


def test_of_another_month_nothing_is_lost_or_mixed_up_and_at_most_one_told_twice(another_autumn: Run) -> None:
    verdicts = judged(another_autumn)
    assert len(verdicts) == 1
    [(_, judgement)] = verdicts
    assert not (judgement.lost or judgement.merged), report(verdicts)
    assert len(judgement.duplicates) <= 1, report(verdicts)


def test_as_the_classifier_reads_it_a_month_is_told_nearly_as_well(live: Live) -> None:
    month = generate(SEED, SPRING, days=14, scale=0.2, outlets=14)
    oracle = Oracle(live(month, stated=False, readers=("at once",)))
    reading, judgement = oracle.reading, oracle.judge("at once")
    said = f"{reading}\n{judgement}\n" + "\n".join(cases(judgement))
    print(said)
    told = {said.fact for piece in month.pieces for said in piece.said}
    assert judgement.facts == len(told) == 98, said
    assert reading.missed <= 0.1 * reading.said, said
    assert reading.invented <= 0.1 * reading.said, said
    assert len(judgement.duplicates) <= 0.005 * judgement.told, said
    assert len(judgement.merged) <= 0.005 * judgement.facts, said
    assert len(judgement.lost) <= 0.005 * judgement.facts, said
    assert len(judgement.stale) <= 0.02 * judgement.facts, said
