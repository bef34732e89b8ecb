"""A real HTTP server on loopback that answers as told, well or badly, and remembers who asked what and when."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One request as it came in."""

    path: str  #: with the query
    headers: Mapping[str, str]  #: names in lower case
    at: float  #: `time.monotonic()`


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One answer as it went out."""

    path: str
    at: float  #: when it was asked for, `time.monotonic()`
    end: float  #: when the answer was sent
    status: int
    headers: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Page:
    """How one path is answered."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    redirect: str | None = None  #: a Location; makes the status 302 unless another one is given
    delay: float = 0.0  #: seconds before the answer begins
    drip: float = 0.0  #: seconds between two bytes of the body
    missing: int = 0  #: bytes announced and never sent
    raw: bytes | None = None  #: sent as it is instead of everything else
    conditional: bool = False  #: 304 when the request has the ETag or Last-Modified of `headers`


#: What a site is asked before its pages are.
ASIDE = ("/robots.txt", "/.well-known/tdmrep.json")
Answering = Page | Callable[[Seen], Page]
#: What is served when nothing else is said: no robots.txt, no page.
MISSING = Page(status=404, body=b"nothing here")


class Origin:
    """Serves `pages` by path; close it, or use it in a `with` statement."""

    def __init__(
        self,
        pages: Mapping[str, Answering] | None = None,
        *,
        tls: ssl.SSLContext | None = None,
        address: str = "127.0.0.1",
    ) -> None:
        self.pages: dict[str, Answering] = dict(pages or {})
        self.seen: list[Seen] = []
        self.answered: list[Answered] = []
        self.address = address
        self.most_at_once = 0  #: requests that were being answered at the same time
        self.closing = threading.Event()
        self._at_once = 0
        self._lock = threading.Lock()
        self._server = _Server((address, 0), _Handler)
        self._server.origin = self
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self._scheme = "https" if tls else "http"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    def url(self, path: str, host: str | None = None) -> str:
        """The address of a path; `host` may be any name that leads here."""
        return f"{self._scheme}://{host or self.address}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, in order, without robots.txt and tdmrep.json."""
        return [seen.path for seen in self.seen if seen.path not in ASIDE]

    def close(self) -> None:
        """Stop serving; what hangs is let go."""
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answering(self, change: int) -> None:
        """Count requests that are being answered."""
        with self._lock:
            self._at_once += change
            self.most_at_once = max(self.most_at_once, self._at_once)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    origin: Origin

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are what is tested here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server
    _sent: tuple[int, Mapping[str, str]] = (0, {})

    def do_GET(self) -> None:
        origin = self.server.origin
        headers = {name.lower(): value for name, value in self.headers.items()}
        seen = Seen(path=self.path, headers=headers, at=time.monotonic())
        origin.answering(+1)
        try:
            origin.seen.append(seen)
            page = origin.pages.get(self.path) or origin.pages.get(urlsplit(self.path).path, MISSING)
            self._answer(page if isinstance(page, Page) else page(seen), seen)
            self.wfile.flush()
        finally:
            status, sent = self._sent
            end = time.monotonic()
            origin.answered.append(Answered(path=self.path, at=seen.at, end=end, status=status, headers=sent))
            origin.answering(-1)

    def _answer(self, page: Page, seen: Seen) -> None:
        if self.server.origin.closing.wait(page.delay) and page.delay:
            self.close_connection = True
            return
        if page.raw is not None:
            self.wfile.write(page.raw)
            self.close_connection = True
            return
        unchanged = page.conditional and _is_unchanged(page, seen)
        self._send_head(page, unchanged=unchanged)
        if not unchanged:
            self._send_body(page)

    def _send_head(self, page: Page, *, unchanged: bool) -> None:
        status = 302 if page.redirect and page.status == 200 else page.status
        self._sent = 304 if unchanged else status, page.headers
        self.send_response_only(304 if unchanged else status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        if page.redirect:
            self.send_header("Location", page.redirect)
        if not unchanged:
            self.send_header("Content-Length", str(len(page.body) + page.missing))
        self.end_headers()

    def _send_body(self, page: Page) -> None:
        self.close_connection = page.missing > 0
        if not page.drip:
            self.wfile.write(page.body)
            return
        for value in page.body:
            if self.server.origin.closing.wait(page.drip):
                return
            self.wfile.write(bytes([value]))
            self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Tests look at `Origin.seen` instead."""


def _is_unchanged(page: Page, seen: Seen) -> bool:
    pairs = {"if-none-match": "ETag", "if-modified-since": "Last-Modified"}
    return any(seen.headers.get(name) == page.headers.get(own, "") for name, own in pairs.items())
