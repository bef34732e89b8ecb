"""A news site on loopback, made of the seeds: several outlets, each its own server with robots.txt, listing and pages.

The articles keep their words and move to the day before `now`, so that a daemon that never saw them finds them fresh.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from crawler import SourceKind
from monitor.demo import dates, listings
from monitor.demo.listings import Item, Outlet
from monitor.types import MonitorError, Source
from monitor.vocabulary import Pace

AT_ONCE = 2  #: articles of an outlet that are there from the start when the others drip
POLL_INTERVAL = timedelta(seconds=2)  #: a demo is watched: its sources are polled far more often than real ones

_ROBOTS = "User-agent: *\nDisallow: /admin/\nAllow: /\n"
_KINDS = {"sitemap": SourceKind.SITEMAP, "section": SourceKind.SECTION}


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One request that the site answered."""

    outlet: str
    path: str
    status: int
    conditional: bool  #: it carried If-None-Match or If-Modified-Since
    user_agent: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Answer:
    status: int
    content_type: str
    body: bytes
    modified: datetime


class _Server:
    """One outlet: what it has published, and its HTTP server."""

    def __init__(self, outlet: Outlet, *, now: datetime, clock: Callable[[], float], log: Callable[[Request], None]):
        self.outlet = outlet
        self._now = now
        self._clock = clock
        self._log = log
        self._started = clock()
        self._lock = threading.Lock()
        self._shelf: dict[str, tuple[float, Item]] = {}  # _key(path) -> (seconds after the start when it appears, item)
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True  # a client that keeps its connection must not hold up close()
        self.base = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(
            target=self._http.serve_forever, args=(0.05,), name=f"demo-{outlet.id}", daemon=True
        )

    def open(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def shelve(self, item: Item, *, after: float | None) -> str:
        """Publish an article `after` so many seconds from the start (None: at this moment); its URL."""
        published = dates.freshened(item.published, self._now)
        html = dates.moved(item.html, published=item.published, to=published).replace(item.origin, self.base)
        when = self._clock() - self._started if after is None else after
        with self._lock:
            self._shelf[_key(item.path)] = (when, replace(item, published=published, html=html))
        return self.base + item.path

    def answer(self, path: str) -> _Answer:
        """What a GET of `path` gets."""
        visible = self._visible()
        if path == "/robots.txt":
            return _Answer(status=200, content_type="text/plain", body=_ROBOTS.encode(), modified=self._now)
        if path in {self.outlet.path, "/"}:
            return self._listing(path, visible)
        if _key(path) in visible:
            item = visible[_key(path)][1]
            return _html(200, item.html, item.published)
        return _html(404, "<!DOCTYPE html><title>404</title><h1>404</h1><p>This page does not exist.</p>", self._now)

    def _listing(self, path: str, visible: dict[str, tuple[float, Item]]) -> _Answer:
        outlet = self.outlet if path == self.outlet.path else replace(self.outlet, kind="section")
        content_type, text = listings.render(outlet, self.base, [item for _, item in visible.values()])
        latest = max((when for when, _ in visible.values()), default=0.0)
        modified = self._now + timedelta(seconds=int(latest))
        return _Answer(status=200, content_type=content_type, body=text.encode(), modified=modified)

    def _visible(self) -> dict[str, tuple[float, Item]]:
        elapsed = self._clock() - self._started
        with self._lock:
            return {path: row for path, row in self._shelf.items() if row[0] <= elapsed}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30  # seconds that an idle connection is kept

            def do_GET(self) -> None:
                path = urlsplit(self.path).path
                answer = server.answer(path)
                etag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
                conditions = (self.headers["If-None-Match"], self.headers["If-Modified-Since"])
                fresh = answer.status == 200 and _unchanged(*conditions, etag=etag, modified=answer.modified)
                status, body = (304, b"") if fresh else (answer.status, answer.body)
                agent = self.headers["User-Agent"] or ""
                server._log(
                    Request(
                        outlet=server.outlet.id, path=path, status=status, conditional=any(conditions), user_agent=agent
                    )
                )
                self._send(status, answer, etag, body)

            def _send(self, status: int, answer: _Answer, etag: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("ETag", etag)
                self.send_header("Last-Modified", format_datetime(answer.modified, usegmt=True))
                if status != 304:
                    self.send_header("Content-Type", answer.content_type)
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
                """Stay silent: `Site.requests` is the log."""

        return Handler


class Site:
    """The running demo site; a context manager."""

    def __init__(self, folder: Path, servers: tuple[_Server, ...], log: list[Request]) -> None:
        self._folder = folder
        self._servers = {server.outlet.id: server for server in servers}
        self._log = log

    @classmethod
    def start(
        cls, folder: Path, *, now: datetime, drip: float = 0.0, clock: Callable[[], float] = time.monotonic
    ) -> Site:
        """Serve the outlets of a seeds folder on loopback.

        Args:
            folder: the seeds folder, with `outlets.toml` and `articles/`.
            now: what "fresh" is measured from; each article is dated within the 24 hours before it.
            drip: seconds over which all but the first articles of each outlet appear; 0: all are there at once.
            clock: seconds, monotonic.
        """
        log: list[Request] = []
        now = now.astimezone(UTC).replace(microsecond=0)
        outlets = listings.read_outlets(folder)
        servers = tuple(_Server(outlet, now=now, clock=clock, log=log.append) for outlet in outlets)
        for server in servers:
            _fill(server, folder, drip)
            server.open()
        return cls(folder, servers, log)

    def sources(self) -> tuple[Source, ...]:
        """The outlets as sources to poll."""
        return tuple(_source(server) for server in self._servers.values())

    def requests(self) -> list[Request]:
        """What was asked of the site so far, oldest first."""
        return list(self._log)

    def publish(self, slug: str, outlet: str) -> str:
        """Let an outlet publish one more article of the seeds folder now; its URL.

        Raises:
            MonitorError: there is no such outlet or article.
        """
        if outlet not in self._servers:
            raise MonitorError(f"the demo site has no outlet {outlet!r}; there are {', '.join(self._servers)}")
        try:
            item = listings.read_item(self._folder, slug)
        except FileNotFoundError as error:
            raise MonitorError(f"there is no article {slug!r} in {self._folder / 'articles'}") from error
        return self._servers[outlet].shelve(item, after=None)

    def close(self) -> None:
        """Stop serving."""
        for server in self._servers.values():
            server.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _fill(server: _Server, folder: Path, drip: float) -> None:
    """Shelve an outlet's articles: the first at once, the rest evenly over `drip` seconds."""
    slugs = server.outlet.articles
    waiting = max(1, len(slugs) - AT_ONCE)
    for index, slug in enumerate(slugs):
        server.shelve(listings.read_item(folder, slug), after=drip * max(0, index + 1 - AT_ONCE) / waiting)


def _source(server: _Server) -> Source:
    outlet = server.outlet
    return Source(
        id=outlet.id,
        name=outlet.name,
        url=server.base + outlet.path,
        kind=_KINDS.get(outlet.kind, SourceKind.FEED),
        language=outlet.language,
        outlet=outlet.name,
        allow=outlet.allow,
        interval=POLL_INTERVAL,
        rhythm=Pace.FIXED,
        delay=0.0,
    )


def _key(path: str) -> str:
    """The path without its last slash: alerts link to canonical addresses, which have none."""
    return path.rstrip("/")


def _html(status: int, text: str, modified: datetime) -> _Answer:
    return _Answer(status=status, content_type="text/html; charset=utf-8", body=text.encode(), modified=modified)


def _unchanged(none_match: str | None, modified_since: str | None, *, etag: str, modified: datetime) -> bool:
    """RFC 9110, 13.2.2: If-None-Match decides when it is there, else If-Modified-Since."""
    if none_match is not None:
        return etag in {tag.strip().removeprefix("W/") for tag in none_match.split(",")}
    if modified_since is None:
        return False
    try:
        return parsedate_to_datetime(modified_since) >= modified
    except (TypeError, ValueError):
        return False
