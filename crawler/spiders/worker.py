"""The one spider of a child: takes orders, visits, hands each answer to its kind, says the record.

One spider and not one a kind, because a host must see one visitor (fault V-14).
"""

from __future__ import annotations

import asyncio
import base64
import signal
import sys
import threading
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import Spider

from crawler.answers import (
    Answer,
    FailedError,
    body_hash,
    conditional_headers,
    good,
    reserves,
    validators,
    without_answer,
)
from crawler.archive import PageArchive
from crawler.downloads import Downloads
from crawler.errands import Errand, errand_for
from crawler.fetching import Fetcher
from crawler.pages import PageReader
from crawler.probes import AnyCommand, AnyRecord, Probe, Probed
from crawler.reserved import of_answer
from crawler.sites import token
from crawler.spiders import indexes
from crawler.spiders.discover import probed
from crawler.spiders.feed import read_feed
from crawler.spiders.hints import both, header_hints
from crawler.spiders.section import read_section
from crawler.spiders.sitemap import SitemapPage, read_sitemap
from crawler.trail import Trail
from crawler.types import (
    Article,
    CrawlError,
    Entry,
    Fetch,
    Hints,
    Limits,
    Listing,
    ListingStatus,
    Poll,
    Rejected,
    RejectReason,
    SourceKind,
    Validators,
    Visit,
)
from crawler.walls import WALLS, instead_of_listing, served_instead
from crawler.wire import Index, Mark, Progress, Site, Visited, decode

Say = Callable[[AnyRecord | Progress | Site], None]

#: Seconds past the deadline after which a child that hangs kills itself, should nobody be there to do it.
_GRACE = 2.0


class Worker(Spider):
    """Idle until orders come; ends at the end of its input."""

    name = "worker"

    def __init__(self, *, limits: Limits, lines: Iterable[bytes], say: Say, parses: Callable[[str], None]) -> None:
        super().__init__()
        self._limits, self._lines, self._say, self._parses = limits, lines, say, parses

    async def start(self) -> AsyncIterator[Any]:
        """Serve until the input ends; yields nothing, for requests go straight to the downloader."""
        from twisted.internet import reactor  # noqa: PLC0415  # importing it installs one

        refused: set[str] = reactor.nameResolver.refused
        fetcher = Fetcher(Downloads(self.crawler), self._limits, refused, self._say)
        orders = Orders(fetcher, self._limits, self._say, self._parses)
        loop, ended = asyncio.get_running_loop(), asyncio.Event()

        def read() -> None:
            for line in self._lines:
                loop.call_soon_threadsafe(orders.take, line)
            loop.call_soon_threadsafe(ended.set)

        threading.Thread(target=read, name="orders", daemon=True).start()
        self._say(Progress(mark=Mark.READY))
        await ended.wait()
        await orders.finish()
        for _ in range(0):
            yield


class Orders:
    """The orders of a child, each a task from its arrival to its record."""

    def __init__(self, fetcher: Fetcher, limits: Limits, say: Say, parses: Callable[[str], None]) -> None:
        self._fetcher, self._limits, self._say, self._parses = fetcher, limits, say, parses
        folder = limits.archive
        self._archive = PageArchive(Path(folder), user_agent=limits.user_agent) if folder else None
        self._open: dict[str, tuple[asyncio.Task[None], Errand]] = {}
        self._pages = PageReader()

    def take(self, line: bytes) -> None:
        """Begin what a line of the parent asks for."""
        value = decode(line)
        if isinstance(value, Visited):
            self._fetcher.hosts.visited(value.host, value.ago)
        elif isinstance(value, Site):
            self._fetcher.inherit(value)
        elif isinstance(value, AnyCommand):
            errand = errand_for(value, self._limits, begin=self._begin(value.order))
            self._open[value.order] = asyncio.create_task(self._serve(value, errand)), errand
        else:
            raise CrawlError(f"a child takes orders, not {type(value).__name__}")

    async def finish(self) -> None:
        """Give back what has not begun, end what has."""
        waiting = {order: task for order, (task, errand) in self._open.items() if errand.until is None}
        begun = [task for order, (task, _) in self._open.items() if order not in waiting]
        for task in waiting.values():
            task.cancel()
        await asyncio.gather(*waiting.values(), return_exceptions=True)
        self._say(Progress(mark=Mark.DROPPED, orders=tuple(waiting)))
        await asyncio.gather(*begun)
        if self._archive is not None:
            self._archive.close()

    def _begin(self, order: str) -> Callable[[], None]:
        return lambda: self._say(Progress(mark=Mark.STARTED, orders=(order,)))

    async def _serve(self, command: AnyCommand, errand: Errand) -> None:
        try:
            record = await self._answer(command, errand)
        except FailedError as error:
            record = without_answer(command, error, now=self._fetcher.clock())
        except Exception as error:  # noqa: BLE001  # a page that trips a parser costs itself, not the child
            traceback.print_exc()
            failed = FailedError(RejectReason.CRASHED, f"reading it failed, please report this: {error!r:.200}")
            record = without_answer(command, failed, now=self._fetcher.clock())
        finally:
            del self._open[command.order]
        visit = Visit(requests=errand.cost.requests, pause=max(errand.delay, errand.cost.pause))
        self._say(replace(record, visit=visit))

    def _answer(self, command: AnyCommand, errand: Errand) -> Awaitable[AnyRecord]:
        if isinstance(command, Probe):
            return self._probe(command, errand)
        if isinstance(command, Fetch):
            return self._fetch(command, errand)
        if command.pushed is not None:
            return self._pushed(command, command.pushed)
        if errand.trail and errand.trail.index:
            return self._go_on(command, errand.trail, errand)
        return self._poll(command, errand)

    @contextmanager
    def _reading(self, order: str) -> Iterator[None]:
        """Parsers hold the interpreter: note who is at it, and have the system end a child that never comes back."""
        self._parses(order)
        signal.setitimer(signal.ITIMER_REAL, self._limits.deadline + _GRACE)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    async def _fetch(self, fetch: Fetch, errand: Errand) -> Article | Rejected:
        answer = await self._fetcher.visit(fetch.entry.listed_url, errand)
        good(answer, now=self._fetcher.clock())
        self._may_mine(answer, errand)
        self._keep(answer)
        with self._reading(fetch.order):
            return self._pages.read(answer, fetch, at=self._fetcher.clock())

    def _keep(self, answer: Answer) -> None:
        """Archive a page, if that is wanted. A full disk costs the copy, not the article."""
        if self._archive is None:
            return
        try:
            self._archive.keep(answer, at=self._fetcher.clock())
        except OSError as error:
            print(f"{answer.url} could not be archived: {error}; make room or switch [archive] off", file=sys.stderr)

    def _may_mine(self, answer: Answer, errand: Errand) -> None:
        """Stop at a page whose publisher reserves mining it; what the page says overrules the site's file."""
        said = of_answer(answer.headers, answer.body, token(self._limits)) if errand.mines else None
        if said and said.reserved:
            raise reserves(answer.url, said)

    async def _probe(self, probe: Probe, errand: Errand) -> Probed:
        answer = good(await self._fetcher.visit(probe.url, errand), now=self._fetcher.clock())
        with self._reading(probe.order):
            return probed(answer, probe=probe, limits=self._limits, now=self._fetcher.clock())

    async def _pushed(self, poll: Poll, body: str) -> Listing:
        """Read what the listing's hub pushed: entries only, for it says nothing of the listing's own answers."""
        headers = {"content-type": poll.content_type or ""}
        answer = Answer(url=poll.url, status=200, headers=headers, body=base64.b64decode(body))
        with self._reading(poll.order):
            feed = read_feed(answer.body, poll=poll, base_url=answer.url, charset=answer.charset)
        listing = self._with_entries(poll, answer, feed.readable if feed else None, poll.validators)
        return replace(listing, pushed=True, hints=Hints(), http_status=None)

    async def _poll(self, poll: Poll, errand: Errand) -> Listing:
        answer = await self._fetcher.visit(poll.url, errand)
        now, known = self._fetcher.clock(), poll.validators
        if answer.status == 304 and conditional_headers(known):
            given = validators(answer, now=now)
            kept = replace(
                known, etag=given.etag or known.etag, last_modified=given.last_modified or known.last_modified
            )
            return _listing(poll, answer, ListingStatus.UNCHANGED, kept)
        given = validators(good(answer, now=now), now=now)
        if poll.kind is SourceKind.SECTION:  # a page; a feed and a sitemap are published to be read by programs
            self._may_mine(answer, errand)
        if given.body_hash == known.body_hash:
            return _listing(poll, answer, ListingStatus.UNCHANGED, given)
        if poll.kind is SourceKind.SITEMAP:
            return await self._read_sitemaps(poll, answer, given, errand)
        with self._reading(poll.order):
            if poll.kind is SourceKind.SECTION:
                entries = read_section(answer.body, poll=poll, base_url=answer.url, charset=answer.charset, now=now)
                return self._with_entries(poll, answer, entries, given)
            feed = read_feed(answer.body, poll=poll, base_url=answer.url, charset=answer.charset)
        listing = self._with_entries(poll, answer, feed.readable if feed else None, given)
        return replace(listing, hints=both(listing.hints, feed.hints)) if feed else listing

    async def _read_sitemaps(self, poll: Poll, answer: Answer, given: Validators, errand: Errand) -> Listing:
        """A sitemap, or an index with its newest sitemaps."""
        page = self._sitemap(poll, answer)
        if page is None or not page.children:
            return self._with_entries(poll, answer, page.entries if page else None, given)
        index = indexes.begun(answer, page, given.body_hash or "", poll.url)
        return self._index(poll, answer, await indexes.finish(index, self._fetcher, errand, self._sitemaps(poll)))

    async def _go_on(self, poll: Poll, way: Trail, errand: Errand) -> Listing:
        """Go on with an index whose next sitemap is of another domain than those read so far."""
        index: Index = decode(way.index)
        index = await indexes.go_on(index, self._fetcher, errand, way, self._sitemaps(poll))
        answer = Answer(
            url=index.url, status=200, headers={}, body=b"", moved=index.moved, trusted_until=index.trusted_until
        )
        return self._index(poll, answer, index)

    def _index(self, poll: Poll, answer: Answer, index: Index) -> Listing:
        """An index may stay the same while its sitemaps change: all it is known by is a hash over all that was read."""
        given = Validators(body_hash=body_hash("\n".join(index.hashes).encode()))
        if given == poll.validators:
            return _listing(poll, answer, ListingStatus.UNCHANGED, given)
        unique = {entry.url: entry for entry in reversed(index.found)}
        listing = self._with_entries(poll, answer, tuple(reversed(unique.values())), given)
        return replace(listing, error=f"part of it could not be read: {index.problem}") if index.problem else listing

    def _sitemaps(self, poll: Poll) -> Callable[[Answer], SitemapPage | None]:
        return lambda answer: self._sitemap(poll, answer)

    def _sitemap(self, poll: Poll, answer: Answer) -> SitemapPage | None:
        with self._reading(poll.order):
            return read_sitemap(answer.body, poll=poll, base_url=answer.url, charset=answer.charset)

    def _with_entries(
        self, poll: Poll, answer: Answer, entries: tuple[Entry, ...] | None, given: Validators
    ) -> Listing:
        nothing = not entries and (entries is None or poll.kind is SourceKind.SECTION)
        served = instead_of_listing(answer.body, answer.charset, answer.url, answer.content_type) if nothing else None
        if entries is None or served in WALLS:  # its validators must not be sent for the listing behind it
            status = served or ListingStatus.NOT_A_FEED
            kind = answer.content_type or "something else"
            error = served_instead(status, answer.body, answer.charset, url=answer.url, kind=poll.kind, served=kind)
            return replace(_listing(poll, answer, status, poll.validators), error=error, moved_to=None)
        status = ListingStatus.OK if entries else ListingStatus.EMPTY
        return replace(_listing(poll, answer, status, given), entries=entries[: self._limits.entries])


def _listing(poll: Poll, answer: Answer, status: ListingStatus, given: Validators) -> Listing:
    return Listing(
        order=poll.order,
        source=poll.source,
        status=status,
        fetched_at=datetime.now(UTC),
        final_url=answer.url,
        moved_to=answer.url if answer.moved else None,
        validators=given,
        hints=header_hints(answer.headers, base_url=answer.url),
        http_status=answer.status,
        trusted_until=answer.trusted_until,
    )
