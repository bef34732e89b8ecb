"""A real WebSub hub on loopback (W3C WebSub, sections 5 and 7): takes subscriptions, confirms them, pushes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

import httpx


@dataclass(frozen=True, kw_only=True)
class Subscriber:
    """Who hears of a topic."""

    callback: str
    secret: str


class Hub:
    """Use it in a `with` statement. What it was asked is in `asked`."""

    def __init__(self, *, lease: int = 3600, status: int = 202, denies: bool = False) -> None:
        self.lease, self.status, self.denies = lease, status, denies
        self.asked: list[dict[str, str]] = []
        self.subscribers: dict[str, Subscriber] = {}
        self.changed = threading.Condition()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.hub = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/hub"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def confirm(self, form: dict[str, str]) -> None:
        """Ask the subscriber whether it means it, and keep it, or strike it off, when it does."""
        topic, callback = form["hub.topic"], form["hub.callback"]
        asks = {"hub.mode": form["hub.mode"], "hub.topic": topic, "hub.lease_seconds": str(self.lease)}
        if self.denies:
            asks = {"hub.mode": "denied", "hub.topic": topic, "hub.reason": "not for you"}
        challenge = secrets.token_hex(8)
        answer = httpx.get(f"{callback}?{urlencode(asks | {'hub.challenge': challenge})}", timeout=20, trust_env=False)
        with self.changed:
            if answer.status_code == 200 and answer.text == challenge and not self.denies:
                if form["hub.mode"] == "subscribe":
                    self.subscribers[topic] = Subscriber(callback=callback, secret=form["hub.secret"])
                else:
                    self.subscribers.pop(topic, None)
            self.changed.notify_all()

    def push(self, topic: str, body: bytes, *, method: str = "sha256", secret: str | None = None) -> int:
        """Tell the subscriber of a topic; the status of its answer."""
        known = self.subscribers[topic]
        signed = hmac.new((secret or known.secret).encode(), body, getattr(hashlib, method)).hexdigest()
        headers = {
            "Content-Type": "application/rss+xml",
            "Link": f'<{self.url}>; rel="hub", <{topic}>; rel="self"',
            "X-Hub-Signature": f"{method}={signed}",
        }
        return httpx.post(known.callback, content=body, headers=headers, timeout=20, trust_env=False).status_code


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    hub: Hub


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        hub = self.server.hub
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = dict(parse_qsl(body))
        hub.asked.append(form)
        self.send_response(hub.status)
        self.end_headers()
        if 200 <= hub.status < 300:
            threading.Thread(target=hub.confirm, args=(form,), daemon=True).start()

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""
