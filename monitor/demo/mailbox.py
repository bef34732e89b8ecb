"""A real mail server on loopback that writes each message it accepts to a file: people open it, tests read it."""

from __future__ import annotations

import asyncio
import re
import threading
import unicodedata
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from monitor.types import MonitorError

#: Where the demo's mail goes; RFC 2606 reserves the domain.
ADDRESS = "reader@cocorico.example"

_STORED = re.compile(r"^(\d{3,})-.*\.eml$")
#: Letters of French that no normal form takes apart.
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_SIZE_LIMIT = 32 * 1024 * 1024  #: bytes, as aiosmtpd's own default


class Mailbox:
    """The running mail server; a context manager."""

    def __init__(self, folder: Path, on_message: Callable[[Path], None] | None) -> None:
        self._folder = folder
        self._on_message = on_message
        self._lock = threading.Lock()
        self._paths: list[Path] = []
        self._last = max((int(m[1]) for p in folder.iterdir() if (m := _STORED.match(p.name))), default=0)
        self._controller = _controller(self)

    @classmethod
    def start(cls, folder: Path, *, on_message: Callable[[Path], None] | None = None) -> Mailbox:
        """Accept mail for anybody on 127.0.0.1, at a free port.

        Args:
            folder: gets `NNN-subject.eml` for each message, and `NNN.html` with its HTML part; made when missing.
            on_message: called with the path of each message once it is written; in the server's thread.

        Raises:
            MonitorError: aiosmtpd is not installed.
        """
        folder.mkdir(parents=True, exist_ok=True)
        mailbox = cls(folder, on_message)
        mailbox._controller.start()
        return mailbox

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._controller.port)

    @property
    def url(self) -> str:
        """The Apprise URL of a target that delivers here: plain SMTP, no login."""
        return (
            f"mailto://127.0.0.1:{self.port}/?smtp=127.0.0.1&mode=insecure&from=cocorico@cocorico.example&to={ADDRESS}"
        )

    @property
    def paths(self) -> tuple[Path, ...]:
        """The messages written since the start, oldest first."""
        with self._lock:
            return tuple(self._paths)

    def store(self, content: bytes) -> Path:
        """Write one message, and its HTML part beside it; the message's path."""
        message = message_from_bytes(content, policy=policy.default)
        with self._lock:
            self._last += 1
            number = f"{self._last:03}"
            html = message.get_body(("html",)) if isinstance(message, EmailMessage) else None
            if html is not None:
                _write(
                    self._folder / f"{number}.html", html.get_content().encode("utf-8-sig")
                )  # a browser needs no <meta>
            path = self._folder / f"{number}-{_slug(str(message['Subject'] or ''))}.eml"
            _write(path, content)
            self._paths.append(path)
        if self._on_message is not None:
            self._on_message(path)
        return path

    def close(self) -> None:
        """Stop the server."""
        self._controller.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Handler:
    """What aiosmtpd calls with each message."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: ARG002, N802
        """Write the message before saying that it is accepted."""
        path = self._mailbox.store(envelope.original_content or envelope.content)
        return f"250 OK: stored as {path.name}"


def _controller(mailbox: Mailbox) -> Any:
    """The server, not started; imported here because only the demo and the tests need aiosmtpd."""
    try:
        from aiosmtpd.controller import Controller  # noqa: PLC0415
    except ImportError as error:
        raise MonitorError("the demo's mailbox needs aiosmtpd: install cocorico[dev], or use `make demo`") from error

    class OnFreePort(Controller):
        """Learns the port that the system chose before it tries itself there."""

        def _trigger_server(self) -> None:
            self.port = asyncio.run_coroutine_threadsafe(self._chosen(), self.loop).result(5)
            super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd is typed in parts

        async def _chosen(self) -> int:  # asked in the server's own loop: uvloop answers nowhere else
            server: Any = self.server
            return int(server.sockets[0].getsockname()[1])

    return OnFreePort(_Handler(mailbox), hostname="127.0.0.1", port=0, data_size_limit=_SIZE_LIMIT)


def _write(path: Path, content: bytes) -> None:
    """Write a file that is either complete or not there."""
    partial = path.with_name(f".{path.name}.part")
    partial.write_bytes(content)
    partial.replace(path)


def _slug(subject: str) -> str:
    """A file name of a subject: plain letters, digits and hyphens, at most 60."""
    spelt = subject.translate(_LIGATURES)
    plain = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-") or "no-subject"
