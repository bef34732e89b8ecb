"""Serving: a thread of its own with uvicorn in it, whose trouble is never the daemon's. Uvicorn's only home."""

from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from monitor.config.values import WebConfig
from monitor.types import MonitorError
from monitor.web.site import Site

if TYPE_CHECKING:
    import uvicorn

#: Requests worked on at once; more are turned away with 503.
_AT_ONCE: Final = 64
#: Connections that wait to be taken.
_WAITING: Final = 64
#: Seconds to wait for the end: the daemon has five for everything.
_ENDING: Final = 0.5


class WebError(MonitorError):
    """The pages can't be served."""


@contextmanager
def serving(site: Site) -> Iterator[str | None]:
    """Serve while the block runs; gives the address, or None when that can't be, which is logged once.

    The port's being taken, or a bug in a page, is no reason for the daemon not to watch the news; nor does it wait for
    the pages to begin or end.
    """
    try:
        server = Server(site)
    except WebError as error:
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
        """Take the port: who asks from now on waits until the pages are there.

        Raises:
            WebError: it is not to be had.
        """
        self._site = site
        self._socket = _bound(site.config.web)
        host, port = self._socket.getsockname()[:2]
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        self._ending = threading.Event()
        self._uvicorn: uvicorn.Server | None = None
        self._thread = threading.Thread(target=self._work, name="web", daemon=True)

    def start(self) -> None:
        """Answer in a thread of its own, as soon as that has loaded what it needs."""
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether it answers, or is about to."""
        return self._thread.is_alive()

    def stop(self, *, patience: float = _ENDING) -> None:
        """End it, and wait so many seconds for that; what is then still under way is cut off with the process."""
        self._ending.set()
        if self._uvicorn is not None:
            self._uvicorn.should_exit = True
        self._thread.join(patience)

    def _work(self) -> None:
        try:
            self._uvicorn = _server(self._site)
            if not self._ending.is_set():
                self._uvicorn.run(sockets=[self._socket])
        except Exception as error:  # noqa: BLE001 - see `serving`
            self._site.log("web_failed", level="error", reason=repr(error), exc_info=error)
        finally:
            self._socket.close()


def _server(site: Site) -> uvicorn.Server:
    # FastAPI takes a second to load: whoever starts the pages goes on meanwhile.
    import uvicorn  # noqa: PLC0415

    from monitor.web.app import make_app  # noqa: PLC0415

    return uvicorn.Server(
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


def _bound(config: WebConfig) -> socket.socket:
    host = "127.0.0.1" if config.host == "localhost" else config.host
    opened = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        # Else a daemon that is restarted has to wait for the former one's connections to be forgotten.
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, config.port))
        opened.listen(_WAITING)
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
