"""The benches' web: outlets on loopback, each its own address with a feed and pages, in a process of its own.

    python -m bench.site --articles 360 [--outlets 24] [--pages FOLDER]

It prints a line of JSON, {"feeds": [...]}, when it serves, and ends with its input. Each outlet has a feed of all its
articles at /feed and one without any at /empty. Pages are sent as they are, not compressed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from html import escape
from pathlib import Path

from bench import pages
from bench.pages import Page
from monitor import data

_ROBOTS = b"User-agent: *\nDisallow: /admin/\n"


class Connection(asyncio.Protocol):
    """One connection of HTTP/1.1, kept; each whole request goes to `take` by its head."""

    def __init__(self, take: Callable[[bytes, asyncio.WriteTransport], None]) -> None:
        self._take, self._unread = take, b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, if it comes from this machine."""
        assert isinstance(transport, asyncio.WriteTransport)
        if transport.get_extra_info("sockname")[0].startswith("127."):
            self._transport = transport
        else:
            transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take each whole request."""
        *heads, self._unread = (self._unread + data).split(b"\r\n\r\n")
        for head in heads:
            if self._transport:
                self._take(head, self._transport)


def answering(answered: Callable[[bytes], bytes]) -> Connection:
    """Give a connection on which each request is answered at once."""
    return Connection(lambda head, transport: transport.write(answered(head)))


def _from(shelf: Mapping[str, bytes], head: bytes) -> bytes:
    """Answer by path."""
    return shelf.get(head.split(b" ", 2)[1].decode(), NOT_FOUND)


def answer(content_type: str, body: bytes, status: str = "200 OK") -> bytes:
    """Write a whole HTTP answer."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


NOT_FOUND = answer("text/plain", b"", "404 Not Found")


def feed(base: str, carried: Sequence[Page]) -> bytes:
    """Write an outlet's RSS feed."""
    rows = "\n".join(
        f"<item><title>{escape(page.title)}</title><link>{base}{page.path}</link>"
        f"<description>{escape(page.summary)}</description>"
        f"<pubDate>{format_datetime(page.published, usegmt=True)}</pubDate></item>"
        for page in carried
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>Outlet</title>'
        f"<link>{base}/</link><description>News</description>\n{rows}\n</channel></rss>\n"
    ).encode()


async def serve(articles: int, outlets: int, folder: Path | None) -> None:
    """Serve until standard input ends."""
    loop = asyncio.get_running_loop()
    shelves: list[dict[str, bytes]] = [{} for _ in range(outlets)]
    servers = [await loop.create_server(partial(answering, partial(_from, shelf)), "127.0.0.1", 0) for shelf in shelves]
    bases = [f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}" for server in servers]
    made = load(articles, bases, folder, now=datetime.now(UTC))
    for number, (shelf, base) in enumerate(zip(shelves, bases, strict=True)):
        shelf.update(_shelf(base, made[number::outlets]))
    print(json.dumps({"feeds": [f"{base}/feed" for base in bases]}), flush=True)
    await asyncio.to_thread(sys.stdin.read)


def load(articles: int, bases: Sequence[str], folder: Path | None, *, now: datetime) -> list[Page]:
    """Give the pages: built from the seeds, or real ones of a folder."""
    if folder is not None:
        return pages.read(folder, articles, now=now)
    return pages.build(data.folder("seeds"), articles, base=lambda number: bases[number % len(bases)], now=now)


def _shelf(base: str, carried: Sequence[Page]) -> dict[str, bytes]:
    """All that an outlet has, by path."""
    rss = "application/rss+xml; charset=utf-8"
    listings = {
        "/robots.txt": answer("text/plain", _ROBOTS),
        "/feed": answer(rss, feed(base, carried)),
        "/empty": answer(rss, feed(base, ())),
    }
    return listings | {page.path: answer("text/html", page.body) for page in carried}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Outlets on loopback for the benches.")
    parser.add_argument("--articles", type=int, required=True)
    parser.add_argument("--outlets", type=int, default=24)
    parser.add_argument("--pages", type=Path, help="real pages: FOLDER/html/*.html.gz")
    options = parser.parse_args()
    asyncio.run(serve(options.articles, options.outlets, options.pages))


if __name__ == "__main__":
    main()
