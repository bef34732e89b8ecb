"""What looks at one address keeps out of the way of daemons: it asks for the host in the store first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from command import call
from origin import Origin
from outlet import SERIES, html, link, rss

from crawler import gate_key
from monitor.app import utc_now
from monitor.decide.hosts import HostState
from monitor.store import Store, hosts

NOW = utc_now()


@pytest.fixture
def gazette() -> Iterator[Origin]:
    pages = {"/": html(link("/feed/", "Séries")), "/feed/": rss(SERIES, now=NOW, name="p")}
    with Origin(pages) as origin:
        yield origin


@pytest.fixture
def data(tmp_path: Path, gazette: Origin) -> Path:
    """A data folder whose configuration has one source."""
    source = f'[[source]]\nid = "gazette"\nurl = "{gazette.url("/feed/")}"\nkind = "feed"\nlanguage = "fr"\n'
    text = f'[crawl]\nallow_addresses = ["127.0.0.0/8"]\ndelay = "0s"\n[sources]\ncatalogue = false\n{source}'
    (tmp_path / "cocorico.toml").write_text(text, encoding="utf-8")
    return tmp_path


def close(data: Path, origin: Origin) -> None:
    """Let the host want a day of rest."""
    host = gate_key(origin.url("/"))
    with Store.open(f"sqlite:///{data}/cocorico.db") as store, store.write() as tx:
        hosts.put(tx, HostState(host=host, closed_until=NOW + timedelta(days=1)))


@pytest.mark.parametrize("command", ["extract", "classify", "sources add", "sources check", "doctor"])
def test_a_host_that_wants_rest_is_asked_nothing_and_the_time_is_told(
    command: str, data: Path, gazette: Origin
) -> None:
    close(data, gazette)
    where = [gazette.url("/p/1")] if command in {"extract", "classify", "sources add"} else []
    done = call("--data", data, *command.split(), *where)
    assert gazette.seen == []
    if command == "doctor":
        assert "none of the sources tried was free" in done.out
    else:
        assert "is to be left alone until" in " ".join((done.out + done.err).split())


@pytest.mark.parametrize("command", ["extract", "sources add"])
def test_a_visit_is_noted_for_the_daemon(command: str, data: Path, gazette: Origin) -> None:
    with Store.open(f"sqlite:///{data}/cocorico.db") as store:
        call("--data", data, *command.split(), gazette.url("/"))
        with store.read() as tx:
            state = hosts.get(tx, gate_key(gazette.url("/")))
    assert state is not None
    assert state.in_day == len(gazette.seen)
    assert state.visited_by.startswith("by-hand-")


def test_where_there_is_no_store_none_is_made(data: Path, gazette: Origin) -> None:
    call("--data", data, "extract", gazette.url("/p/1"))
    assert gazette.paths() == ["/p/1"]
    assert not (data / "cocorico.db").exists()


def test_the_doctor_goes_on_where_no_host_can_be_asked_for(data: Path) -> None:
    """As on a full disk, which is among what it is asked about."""
    with Store.open(f"sqlite:///{data}/cocorico.db"), sqlite3.connect(data / "cocorico.db") as connection:
        connection.execute("DROP TABLE jobs")
    connection.close()
    done = call("--data", data, "doctor")
    assert done.code == 1
    assert "✗ network: " in done.out
    assert "✓ disk: " in done.out
