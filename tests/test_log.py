"""One event, one line, whatever is in it; no secrets; and libraries that keep quiet."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from monitor import log
from monitor.config import LogConfig, Secret

SECRET = "hunter2-hunter2"
URL = f"mailtos://me:{SECRET}@smtp.example.org"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    capped = {name: logging.getLogger(name).level for name in log.CAPS}
    yield
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, former in capped.items():
        logging.getLogger(name).setLevel(former)


def started(stream: io.StringIO | None = None, *, level: str = "info", form: str = "json") -> io.StringIO:
    stream = stream or io.StringIO()
    log.setup(LogConfig(level=level, format=form), stream=stream, run_id="r1", secrets=[Secret(URL)])
    return stream


def fail(why: str) -> None:
    raise ValueError(why)


def events(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_of_json_with_what_was_bound() -> None:
    stream = started()
    with log.bound(source="bfmtv-series"):
        log.get("monitor.pipeline").info("article.announced", url="https://example.org/a", stories=2)
    log.get("monitor.pipeline").info("tick")
    first, second = events(stream)
    assert str(first.pop("timestamp")).endswith("Z")
    assert first == {
        "event": "article.announced",
        "url": "https://example.org/a",
        "stories": 2,
        "run": "r1",
        "source": "bfmtv-series",
        "logger": "monitor.pipeline",
        "level": "info",
    }
    assert "source" not in second


def test_auto_is_human_on_a_terminal_and_json_elsewhere() -> None:
    plain, terminal = started(form="auto"), Terminal()
    log.get("x").info("tick", n=1)
    started(terminal, form="auto")
    log.get("x").info("tick", n=1)
    assert json.loads(plain.getvalue())["n"] == 1
    assert "\x1b[" in terminal.getvalue()
    assert "tick" in terminal.getvalue()


def test_human_without_a_terminal_has_no_colours() -> None:
    stream = started(form="human")
    log.get("x").info("tick", n=1)
    assert "\x1b" not in stream.getvalue()
    assert "n=1" in stream.getvalue()


def test_twisted_stays_out() -> None:
    code = "import sys, monitor.log; sys.exit('twisted' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[1], check=False).returncode == 0


def test_the_level_holds_for_ours_and_for_libraries() -> None:
    stream = started(level="warning")
    log.get("x").info("tick")
    logging.getLogger("somelib").info("chatter")
    logging.getLogger("somelib").warning("careful")
    assert [event["event"] for event in events(stream)] == ["careful"]


def test_libraries_are_capped_even_at_debug() -> None:
    stream = started(level="debug")
    for name in ("apprise", "scrapy", "sqlalchemy", "apscheduler", "twisted", "asyncio", "alembic"):
        logging.getLogger(f"{name}.part").debug("leak")
    logging.getLogger("apprise").log(5, "trace")  # Apprise's TRACE
    logging.getLogger("sqlalchemy.engine").info("SELECT")
    logging.getLogger("scrapy.core").info("chatter")
    logging.getLogger("scrapy.core").warning("worth knowing")
    log.get("x").debug("ours")
    assert [event["event"] for event in events(stream)] == ["worth knowing", "ours"]


@pytest.mark.parametrize("form", ["json", "human"])
def test_secrets_are_struck_out_of_every_value(form: str) -> None:
    stream = started(form=form)
    log.get("x").info(f"event {SECRET}", a=URL, b=[{"c": SECRET}], d=ValueError(SECRET), **{SECRET: 1})
    logging.getLogger("apprise").warning("login as %s failed", SECRET)
    try:
        fail(f"can't use {URL}")
    except ValueError:
        log.get("x").exception("job.failed")
        logging.getLogger("lib").exception("lib failed")
    assert SECRET not in stream.getvalue()
    assert stream.getvalue().count("***") >= 7


def test_the_user_part_of_a_url_is_struck_out() -> None:
    stream = started()
    log.get("x").info("fetch", url="https://user:pass@example.org/a")
    assert events(stream)[0]["url"] == "https://***@example.org/a"


@pytest.mark.parametrize("form", ["json", "human"])
def test_a_value_can_not_forge_a_line_or_move_the_cursor(form: str) -> None:
    stream = started(form=form)
    evil = "x\r\n2026-01-01 [info] all is well\x1b[2J\u2028\u202e\x85"
    log.get("x").info(evil, title=evil, deep=[{evil: evil}])
    logging.getLogger("lib").info("%s", evil)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 2
    assert not set("\x1b\r\u2028\u202e\x85") & set(stream.getvalue())


def test_an_exception_can_not_forge_a_line_for_people() -> None:
    stream = started(form="human")
    try:
        fail("broken\n2026-01-01T00:00:00Z [info     ] all is well")
    except ValueError:
        log.get("x").exception("job.failed")
    lines = stream.getvalue().splitlines()
    assert "job.failed" in lines[0]
    assert len(lines) > 3
    assert all(line.startswith("  | ") for line in lines[1:])


def test_setting_up_again_replaces_the_former_stream() -> None:
    first, second = started(), started()
    log.get("x").info("tick")
    logging.getLogger("lib").warning("once")
    assert first.getvalue() == ""
    assert len(events(second)) == 2


def test_a_logger_made_before_setup_obeys_it() -> None:
    early = log.get("early")
    stream = started()
    early.info("tick")
    assert events(stream)[0]["logger"] == "early"


@given(
    st.dictionaries(st.text(), st.recursive(st.none() | st.floats() | st.text() | st.binary(), st.lists, max_leaves=5))
)
def test_any_value_makes_one_line(values: dict[str, object]) -> None:
    stream = started()
    log.get("x").info("event", **{f"k{key}": value for key, value in values.items()})
    assert len(stream.getvalue().splitlines()) == 1
    assert events(stream)[0]["event"] == "event"


def test_every_thread_names_the_run() -> None:
    stream = started()
    thread = threading.Thread(target=lambda: log.get("x").info("from afar"))
    thread.start()
    thread.join()
    (event,) = events(stream)
    assert event["run"]
