"""The daemon as a process: it stops when told to, leaves nothing behind, and takes up where it was."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import killable
import psutil
import pytest

from monitor.data import folder
from monitor.demo.mailbox import Mailbox
from monitor.demo.site import Site


@pytest.fixture
def site() -> Iterator[Site]:
    with Site.start(folder("seeds"), now=datetime.now(UTC)) as running:
        yield running


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    with Mailbox.start(tmp_path / "mail") as running:
        yield running


Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path, site: Site) -> Iterator[Start]:
    """Start daemons on the demo site; what a test leaves running is killed."""
    started: list[subprocess.Popen[str]] = []

    def run(mailbox_url: str, **env: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, killable.__file__, str(tmp_path), mailbox_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **env},
        )
        started.append(process)
        assert process.stdin
        process.stdin.write(killable.sources_to_json(site.sources()) + "\n")
        process.stdin.flush()
        return process

    yield run
    for process in started:
        if process.returncode is None:
            process.kill()
        process.communicate()


def wait_for(what: str, tmp_path: Path, *, seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if (tmp_path / "cocorico.db").exists() and query(tmp_path, what):
            return
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {what}")


def query(tmp_path: Path, statement: str) -> int:
    connection = sqlite3.connect(tmp_path / "cocorico.db", timeout=10)
    try:
        return int(connection.execute(statement).fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_within_five_seconds_in_the_middle_of_a_crawl_and_leaves_no_process(
    tmp_path: Path, start: Start, mailbox: Mailbox, number: signal.Signals
) -> None:
    process = start(mailbox.url)
    wait_for("SELECT count(*) FROM jobs WHERE state = 'leased'", tmp_path)
    children = psutil.Process(process.pid).children(recursive=True)
    assert children
    process.send_signal(number)
    _, errors = process.communicate(timeout=5)
    assert process.returncode == 0, errors
    assert not [child for child in children if child.is_running()]


def test_what_was_in_flight_is_done_by_the_next_start(tmp_path: Path, start: Start, mailbox: Mailbox) -> None:
    process = start(mailbox.url)
    wait_for("SELECT count(*) FROM jobs WHERE state = 'leased'", tmp_path)
    process.terminate()
    process.communicate(timeout=5)
    process = start(mailbox.url)
    try:
        wait_for("SELECT count(*) > 30 AND sum(outcome IS NULL) = 0 FROM entries", tmp_path, seconds=60)
        wait_for("SELECT count(*) > 3 AND sum(state <> 'sent') = 0 FROM deliveries", tmp_path, seconds=60)
    finally:
        process.terminate()
        process.communicate(timeout=5)
    assert query(tmp_path, "SELECT max(n) FROM (SELECT count(*) n FROM jobs GROUP BY kind, key)") == 1


def test_a_second_daemon_on_the_same_data_is_refused_with_the_pid_of_the_first(
    tmp_path: Path, start: Start, mailbox: Mailbox
) -> None:
    first = start(mailbox.url)
    try:
        assert first.stdout
        assert first.stdout.readline() == "started\n"
        second = start(mailbox.url)
        _, errors = second.communicate(timeout=30)
        assert second.returncode != 0
        assert str(first.pid) in errors
    finally:
        first.terminate()
        first.communicate(timeout=5)


def test_systemd_is_told_when_it_is_ready_and_that_it_makes_progress(
    tmp_path: Path, start: Start, mailbox: Mailbox
) -> None:
    address = str(tmp_path / "notify")
    heard: list[str] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(address)
        systemd.settimeout(20)
        process = start(mailbox.url, NOTIFY_SOCKET=address)
        while not any(message.startswith("WATCHDOG=1") for message in heard):
            heard.append(systemd.recv(1000).decode())
        process.terminate()
        while "STOPPING=1" not in heard:
            heard.append(systemd.recv(1000).decode())
        process.communicate(timeout=5)
    assert heard[0].startswith("READY=1\nSTATUS=watching")


def test_it_stops_in_time_although_a_mail_server_never_answers(tmp_path: Path, start: Start) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()  # takes connections, and says nothing
        process = start(f"mailto://127.0.0.1:{listener.getsockname()[1]}?from=cocorico@example.org&to=you@example.org")
        wait_for("SELECT count(*) FROM jobs WHERE kind = 'deliver' AND host = 'mailbox' AND state = 'leased'", tmp_path)
        process.terminate()
        process.communicate(timeout=5)
    assert process.returncode == 0
    assert query(tmp_path, "SELECT count(*) FROM deliveries WHERE target = 'mailbox' AND state = 'owed'") > 0


def test_a_dead_target_is_listed_and_delays_nobody(tmp_path: Path, start: Start) -> None:
    """A mail server that refuses every message for good: those die at once, the terminal's are sent."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        threading.Thread(target=refuse_for_ever, args=(listener,), daemon=True).start()
        start(f"mailto://127.0.0.1:{listener.getsockname()[1]}?from=cocorico@example.org&to=you@example.org")
        sent = "SELECT count(*) > 3 AND sum(state <> 'sent') = 0 FROM deliveries WHERE target = 'terminal'"
        wait_for(sent, tmp_path, seconds=60)
        dead = "SELECT count(*) > 3 FROM deliveries WHERE target = 'mailbox' AND state = 'dead'"
        wait_for(dead, tmp_path, seconds=60)
    assert query(tmp_path, "SELECT count(*) FROM deliveries WHERE last_error LIKE '%554%'") > 0


def refuse_for_ever(listener: socket.socket) -> None:
    while True:
        try:
            peer, _ = listener.accept()
        except OSError:
            return
        with peer:
            peer.sendall(b"554 no mail from you\r\n")
