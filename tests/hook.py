"""A web service on this machine that keeps what it is posted, for those who send to one."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme


class Hook(ThreadingHTTPServer):
    """Keeps what it gets, and answers as told: with a gate, only once it is opened."""

    def __init__(self, status: int, headers: Mapping[str, str], gate: threading.Event | None) -> None:
        super().__init__(("127.0.0.1", 0), Post)
        self.answer = (status, headers)
        self.gate = gate
        self.scheme = "http"
        self.requests: list[tuple[str, dict[str, str], bytes]] = []  #: path, headers and body of each

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/in?a=b"

    def certify(self, certificate: trustme.LeafCert) -> None:
        """Serve HTTPS with this certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.scheme = "https"
        self.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that leaves is the test


class Post(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.server.requests.append((self.path, dict(self.headers), body))
        if self.server.gate is not None:
            self.server.gate.wait(10)
        status, headers = self.server.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST  # noqa: N815  the server looks for this name

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def serving(
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    *,
    gate: threading.Event | None = None,
    certified: trustme.LeafCert | None = None,
) -> Iterator[Hook]:
    hook = Hook(status, headers or {}, gate)
    if certified is not None:
        hook.certify(certified)
    thread = threading.Thread(target=hook.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield hook
    finally:
        if gate is not None:
            gate.set()
        hook.shutdown()
        hook.server_close()
        thread.join(5)
        sends_end()


def sends_end() -> None:
    """Wait for what still sends: a message that was given up is sent to its end, in a thread of its own."""
    for thread in threading.enumerate():
        if thread.name.startswith("send to "):
            thread.join(5)
