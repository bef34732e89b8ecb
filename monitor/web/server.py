"""Serving: a thread of its own with uvicorn in it, whose trouble is never the daemon's. Uvicorn's only home."""

from __future__ import annotations

import errno
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import uvicorn

from monitor.config_values import WebConfig
from monitor.types import MonitorError
from monitor.web.app import make_app
from monitor.web.site import Site

#: Requests worked on at once; more are turned away with 503.
_AT_ONCE: Final = 64
#: Seconds to start, and to end.
_PATIENCE: Final = 10.0
_ENDING: Final = 2.0


class WebError(MonitorError):
    """The pages can't be served."""


@contextmanager
def serving(site: Site) -> Iterator[str | None]:
    """Serve while the block runs; gives the address, or None when that can't be, which is logged once.

    The port's being taken, or a bug in a page, is no reason for the daemon not to watch the news.
    """
    try:
        server = Server(site)
    except Exception as error:  # noqa: BLE001 - the daemon goes on without pages
        site.log("web_off", level="warning", reason=str(error))
        yield None
        return
    server.start()
    site.log("web_on", url=server.url)
    try:
        yield server.url
    finally:
        server.stop()


class Server:
    """A bound port, and a thread that answers it."""

    def __init__(self, site: Site) -> None:
        """Take the port.

        Raises:
            WebError: it is not to be had.
        """
        config = site.config.web
        self._log = site.log
        self._socket = _bound(config)
        host, port = self._socket.getsockname()[:2]
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        self._uvicorn = uvicorn.Server(
            uvicorn.Config(
                make_app(site),
                loop="asyncio",
                http="h11",
                ws="none",
                lifespan="off",
                interface="asgi3",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                limit_concurrency=_AT_ONCE,
                timeout_keep_alive=5,
                timeout_graceful_shutdown=1,
            )
        )
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Answer in a thread of its own."""

        def work() -> None:
            try:
                self._uvicorn.run(sockets=[self._socket])
            except Exception as error:  # noqa: BLE001 - see `serving`
                self._log("web_failed", level="error", reason=repr(error), exc_info=error)
            finally:
                self._socket.close()

        self._thread = threading.Thread(target=work, name="web", daemon=True)
        self._thread.start()
        end = time.monotonic() + _PATIENCE
        while not self._uvicorn.started and self._thread.is_alive() and time.monotonic() < end:
            self._thread.join(0.01)

    @property
    def alive(self) -> bool:
        """Whether it answers."""
        return self._thread is not None and self._thread.is_alive()

    def stop(self) -> None:
        """End it, within seconds."""
        self._uvicorn.should_exit = True
        if self._thread is not None:
            self._thread.join(_ENDING)
        if self._thread is None or self._thread.is_alive():
            self._socket.close()


def _bound(config: WebConfig) -> socket.socket:
    host = "127.0.0.1" if config.host == "localhost" else config.host
    opened = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        # Else a daemon that is restarted has to wait for the former one's connections to be forgotten.
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, config.port))
    except OSError as error:
        opened.close()
        raise WebError(_why(error, config)) from error
    return opened


def _why(error: OSError, config: WebConfig) -> str:
    place = f"{config.host}, port {config.port}"
    if error.errno == errno.EADDRINUSE:
        return f"{place} is taken, perhaps by another Cocorico: choose another [web] port, or set enabled = false"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{place}: this machine has no such address: correct [web] host"
    return f"{place}: {error.strerror}: choose another [web] port"
