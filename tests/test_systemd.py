"""The notification protocol of systemd, spoken to a real socket."""

from __future__ import annotations

import socket
from pathlib import Path

from monitor.systemd import Notifier


def test_what_systemd_hears(tmp_path: Path) -> None:
    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(address)
        systemd.settimeout(5)
        notifier = Notifier.from_environment({"NOTIFY_SOCKET": address})
        notifier.ready("watching 3 sources")
        notifier.alive("9 articles read")
        notifier.stopping()
        heard = [systemd.recv(1000).decode() for _ in range(3)]
    assert heard == ["READY=1\nSTATUS=watching 3 sources", "WATCHDOG=1\nSTATUS=9 articles read", "STOPPING=1"]


def test_without_systemd_nothing_is_said_and_nothing_breaks(tmp_path: Path) -> None:
    assert Notifier.from_environment({}).address is None
    Notifier.from_environment({}).ready("x")
    Notifier(str(tmp_path / "nobody")).alive("x")
    assert Notifier.from_environment({"NOTIFY_SOCKET": "@cocorico"}).address == "\0cocorico"
