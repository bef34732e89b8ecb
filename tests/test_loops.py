"""The daemon's threads: a bad round is survived, a broken crawler is not, and a loop that hangs shows."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from crawler import CrawlError
from monitor.loops import Loops
from monitor.store import StoreError

Round = Callable[[], None]


def script(stop: threading.Event, *rounds: Exception | None) -> Round:
    """Make a step that goes through a script, one item a round, and then stops everything."""
    left = list(rounds)

    def step() -> None:
        if not left:
            stop.set()
            return
        if error := left.pop(0):
            raise error

    return step


@pytest.mark.parametrize(
    ("error", "event"),
    [(StoreError("the disk is full"), "store_failed"), (ValueError("a bug"), "loop_failed")],
)
def test_a_failed_round_is_logged_and_the_next_one_comes(error: Exception, event: str) -> None:
    stop = threading.Event()
    said: list[str] = []
    loops = Loops(stop, lambda name, **_keys: said.append(name), pause=0.0)
    loops.start("work", script(stop, None, error, None))
    loops.join(5)
    assert stop.is_set()
    assert said == [event]
    assert loops.fatal is None


def test_a_crawler_that_broke_down_ends_the_daemon() -> None:
    stop = threading.Event()
    loops = Loops(stop, lambda *_args, **_keys: None, pause=0.0)
    loops.start("crawl", script(stop, CrawlError("no pipes left"), None))
    loops.join(5)
    assert stop.is_set()
    assert str(loops.fatal) == "no pipes left"


def test_a_loop_that_does_not_come_round_is_not_alive() -> None:
    loops = Loops(threading.Event(), lambda *_args, **_keys: None)
    assert loops.alive
    loops.beat("tick", within=1000)
    assert loops.alive
    loops.beat("crawl", within=0.0)
    assert [(beat.name, beat.good) for beat in loops.pulse()] == [("tick", True), ("crawl", False)]
    assert not loops.alive
