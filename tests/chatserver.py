"""A real HTTP server on loopback that speaks OpenAI's chat completions, well or badly, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as it came in."""

    path: str
    headers: Mapping[str, str]  #: names in lower case
    body: Mapping[str, Any]

    @property
    def user(self) -> Any:
        """The user's message: claim and article."""
        return json.loads(self.body["messages"][1]["content"])


@dataclass(frozen=True, kw_only=True)
class Reply:
    """How a request is answered."""

    content: object = ""  #: what the model says: text, or a value that is written as JSON
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None  #: the whole body, instead of an envelope around `content`
    hangs: bool = False  #: never answers
    drips: bool = False  #: sends a byte of the body every 50 ms


def says(announced: object, kind: object, title: object, **more: object) -> Reply:
    """An answer as asked for."""
    return Reply(content={"announced": announced, "kind": kind, "title": title, **more})


class ChatServer:
    """Answers every question with `reply`, or as it decides; use it in a `with` statement."""

    def __init__(self, reply: Reply | Callable[[Asked], Reply] = Reply()) -> None:
        self.reply = reply
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.chat = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """The address of the chat completions."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1/chat/completions"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    chat: ChatServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are what is tested here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        chat = self.server.chat
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(path=self.path, headers=headers, body=body)
        chat.asked.append(asked)
        reply = chat.reply(asked) if callable(chat.reply) else chat.reply
        if reply.hangs:
            chat.closing.wait()
            return
        whole = reply.raw if reply.raw is not None else _envelope(reply.content)
        self.send_response_only(reply.status)
        for name, value in {"Content-Type": "application/json", **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(whole)))
        self.end_headers()
        for piece in (whole[at : at + 1] for at in range(len(whole))) if reply.drips else (whole,):
            if reply.drips and chat.closing.wait(0.05):
                return
            self.wfile.write(piece)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Tests look at `ChatServer.asked` instead."""


def _envelope(content: object) -> bytes:
    said = content if isinstance(content, str) else json.dumps(content)
    message = {"role": "assistant", "content": said}
    return json.dumps({"object": "chat.completion", "choices": [{"index": 0, "message": message}]}).encode()
