"""Asking outlets, through a crawler child: does this listing answer, and do its pages have text?"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crawler import (
    Article,
    Crawler,
    Fetch,
    Limits,
    Listing,
    ListingStatus,
    Poll,
    Record,
    Rejected,
)
from monitor.app import utc_now
from monitor.byhand import Asked
from monitor.cli import shapes
from monitor.searches import dated
from monitor.store.checks import Check
from monitor.types import Source

_GOOD: Final = frozenset({ListingStatus.OK, ListingStatus.UNCHANGED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """How a source did."""

    source: Source
    status: ListingStatus
    entries: int
    newest: datetime | None
    length: int | None  #: median of the extracted texts' lengths, in characters; None when no page was read
    pages: int  #: pages that were asked for
    articles: int  #: pages that yielded text
    error: str | None
    asked: bool = True  #: False: its host was not free for us
    reached: bool = True  #: somebody answered, whatever they said

    @property
    def good(self) -> bool:
        """Whether it answers, with entries, and at least one of its pages has text."""
        return self.status in _GOOD and (self.pages == 0 or self.articles > 0)

    def stored(self, at: datetime) -> Check:
        """Give it as it is kept."""
        return Check(
            source_id=self.source.id,
            at=at,
            status=self.status,
            entries=self.entries,
            newest=self.newest,
            length=self.length,
            pages=self.pages,
            articles=self.articles,
            error=self.error,
        )

    def shape(self) -> shapes.Shape:
        """Give it as `--json` shows it."""
        return {
            "id": self.source.id,
            "status": self.status.value,
            "entries": self.entries,
            "newest": shapes.moment(self.newest),
            "median_length": self.length,
            "pages": self.pages,
            "articles": self.articles,
            "error": self.error,
        }


def check_sources(
    sources: Sequence[Source],
    limits: Limits,
    *,
    pages: int,
    advance: Callable[[], None] = lambda: None,
    visits: Callable[[Asked], Asked] = lambda crawler: crawler,
) -> list[Checked]:
    """Poll each source once, and fetch its newest pages; in the order given.

    Args:
        pages: to read of each, the newest.
        advance: called as each source is done.
        visits: how hosts are asked for; `byhand.ByHand` keeps out of the way of daemons.
    """
    with Crawler(limits) as running:
        crawler = visits(running)
        for source in sources:
            crawler.submit(_poll(source))
        listings: dict[str, Listing] = {}
        records: dict[str, list[Record]] = {source.id: [] for source in sources}
        owed: dict[str, int] = {}
        while len(listings) < len(sources) or any(owed.values()):
            for record in crawler.records(1.0):
                source = next(one for one in sources if one.id == record.order.partition("/")[0])
                if isinstance(record, Listing):
                    listings[source.id] = record
                    owed[source.id] = 0
                    for fetch in _newest(source, record, pages):
                        crawler.submit(fetch)
                        owed[source.id] += 1
                else:
                    records[source.id].append(record)
                    owed[source.id] -= 1
                if not owed[source.id]:
                    advance()
    return [_checked(source, listings[source.id], records[source.id]) for source in sources]


def _poll(source: Source) -> Poll:
    return Poll(
        order=source.id,
        source=source.id,
        url=dated(source.url, utc_now().date()),
        kind=source.kind,
        language=source.language,
        allow=source.allow,
        deny=source.deny,
        delay=source.delay,
        licence=source.licence,
    )


def _newest(source: Source, listing: Listing, pages: int) -> Iterator[Fetch]:
    """Ask for the newest pages; undated entries count by their place in the listing."""
    entries = sorted(listing.entries, key=lambda entry: entry.published.timestamp() if entry.published else 0.0)
    for number, entry in enumerate(entries[: -pages - 1 : -1] if pages else ()):
        yield Fetch(
            order=f"{source.id}/{number}",
            entry=entry,
            language=source.language,
            licence=source.licence,
            delay=source.delay,
        )


def _checked(source: Source, listing: Listing, records: Sequence[Record]) -> Checked:
    lengths = [len(record.text) for record in records if isinstance(record, Article)]
    refused = {record.reason: record.detail or str(record.reason) for record in records if isinstance(record, Rejected)}
    return Checked(
        source=source,
        status=listing.status,
        entries=len(listing.entries),
        newest=max((entry.published for entry in listing.entries if entry.published), default=None),
        length=round(statistics.median(lengths)) if lengths else None,
        pages=len(records),
        articles=len(lengths),
        error=listing.error or next((refused[reason] for reason in sorted(refused)), None),
        asked=listing.visit.requests > 0,
        reached=listing.reached,
    )
