"""Mail servers for the tests: a real one, and a scripted peer on raw sockets that misbehaves on order."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from email.message import EmailMessage
from typing import Any, Self

from aiosmtpd.controller import Controller


class Inbox:
    """A real SMTP server that keeps what it gets."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self._controller = _Controller(self, hostname="127.0.0.1", port=0)

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802  its name
        self.raw.append(envelope.content)
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        return "250 kept"

    @property
    def messages(self) -> list[EmailMessage]:
        parsed = [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.raw]
        return [each for each in parsed if isinstance(each, EmailMessage)]

    @property
    def port(self) -> int:
        return int(self._controller.port)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()


class _Controller(Controller):
    """Learns the port the system chose before it calls itself, which port 0 asks for."""

    def _trigger_server(self) -> None:
        asyncio.run_coroutine_threadsafe(self._note_port(), self.loop).result(5)
        super()._trigger_server()  # type: ignore[no-untyped-call]

    async def _note_port(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]


class ScriptedPeer:
    """Answers any reply at any stage: "greeting", "mail", "rcpt", "data", "sent" (after the message).

    A reply is a line such as "550 no", "drop" (closes the connection), or "hang" (says nothing more).
    `replies` may name a stage's successive answers as a tuple; its last one repeats.
    """

    def __init__(self, replies: Mapping[str, str | tuple[str, ...]] | None = None, *, auth: bool = False) -> None:
        self._replies = {
            stage: (lines,) if isinstance(lines, str) else lines for stage, lines in (replies or {}).items()
        }
        self._auth = auth
        self._asked: dict[str, int] = {}
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[tuple[socket.socket, threading.Thread]] = []
        self.accepted: list[bytes] = []  #: messages whose final dot arrived
        self.port: int = self._listener.getsockname()[1]
        self.connections = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)  # first: a connection accepted this instant is in the list after it
        self._listener.close()
        for connection, talk in self._open:
            with suppress(OSError):  # it is closed already
                connection.shutdown(socket.SHUT_RDWR)
            talk.join(5)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:  # closed: the test is over
                return
            self.connections += 1
            talk = threading.Thread(target=self._converse, args=(connection,), daemon=True)
            self._open.append((connection, talk))
            talk.start()

    def _converse(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines, suppress(OSError):  # the client left
            if not self._answer(connection, "greeting", "220 scripted"):
                return
            for line in lines:
                if not self._react(connection, lines, line.decode().strip().upper()):
                    return

    def _react(self, connection: socket.socket, lines: Any, command: str) -> bool:
        verb = command.split(" ", maxsplit=1)[0].split(":", maxsplit=1)[0]
        if verb == "EHLO":
            connection.sendall(
                b"250-scripted\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n" if self._auth else b"250 scripted\r\n"
            )
            return True
        if verb == "DATA":
            return self._answer(connection, "data", "354 go on") and self._read(connection, lines)
        stage = {"MAIL": "mail", "RCPT": "rcpt", "AUTH": "auth", "QUIT": "quit"}.get(verb, "other")
        usual = {"auth": "235 welcome", "quit": "221 bye"}.get(stage, "250 ok")
        return self._answer(connection, stage, usual)

    def _read(self, connection: socket.socket, lines: Any) -> bool:
        if self._replies.get("data", ("354",))[0][:3] != "354":
            return True
        body = b""
        for line in lines:
            if line == b".\r\n":
                self.accepted.append(body)
                return self._answer(connection, "sent", "250 kept")
            body += line
        return False

    def _answer(self, connection: socket.socket, stage: str, usual: str) -> bool:
        answers = self._replies.get(stage, (usual,))
        count = self._asked.get(stage, 0)
        self._asked[stage] = count + 1
        reply = answers[min(count, len(answers) - 1)]
        if reply == "drop":
            connection.shutdown(socket.SHUT_RDWR)
            return False
        if reply == "drip":
            while True:  # until the client or the test closes: a byte now and then keeps its timeout from firing
                connection.sendall(b"2")
                threading.Event().wait(0.05)
        if reply != "hang":
            connection.sendall(reply.encode() + b"\r\n")
        return True
