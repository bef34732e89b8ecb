"""Telling systemd how we are, by its notification protocol (sd_notify(3)): a datagram to a socket it names."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notifier:
    """Where notifications go; does nothing when the daemon isn't run by systemd."""

    address: str | None

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> Notifier:
        """Read NOTIFY_SOCKET; an abstract socket's leading @ stands for a NUL byte."""
        address = env.get("NOTIFY_SOCKET")
        return cls("\0" + address[1:] if address and address.startswith("@") else address)

    def ready(self, status: str) -> None:
        """Say that the start is over."""
        self._send(f"READY=1\nSTATUS={status}")

    def alive(self, status: str) -> None:
        """Feed the watchdog. Call it only where progress was just seen (fault O02)."""
        self._send(f"WATCHDOG=1\nSTATUS={status}")

    def stopping(self) -> None:
        """Say that the end was asked for."""
        self._send("STOPPING=1")

    def _send(self, message: str) -> None:
        if self.address is None:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as peer:
            try:
                peer.sendto(message.encode(), self.address)
            except OSError:
                return  # systemd went away; there is nobody to tell
