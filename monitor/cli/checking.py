"""Asking outlets, through a crawler child: does this listing answer, and do its pages have text?"""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, count
from typing import Final
from urllib.parse import unquote, urlsplit

from crawler import (
    Article,
    Crawler,
    Fetch,
    Limits,
    Listing,
    ListingStatus,
    Poll,
    Record,
    SourceKind,
    canonical_url,
    host_key,
)
from monitor.cli import shapes
from monitor.types import MonitorError, Source

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

    @property
    def good(self) -> bool:
        """Whether it answers, with entries, and at least one of its pages has text."""
        return self.status in _GOOD and (self.pages == 0 or self.articles > 0)

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
    sources: Sequence[Source], limits: Limits, *, pages: int, advance: Callable[[], None] = lambda: None
) -> list[Checked]:
    """Poll each source once, and fetch its newest pages; in the order given. `advance` is called as each is done."""
    with Crawler(limits) as crawler:
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


def _poll(source: Source, kind: SourceKind | None = None) -> Poll:
    return Poll(
        order=source.id,
        source=source.id,
        url=source.url,
        kind=kind or source.kind,
        language=source.language,
        allow=source.allow,
        deny=source.deny,
        delay=source.delay,
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
    refused = sorted({str(record.reason) for record in records if not isinstance(record, Article | Listing)})
    return Checked(
        source=source,
        status=listing.status,
        entries=len(listing.entries),
        newest=max((entry.published for entry in listing.entries if entry.published), default=None),
        length=round(statistics.median(lengths)) if lengths else None,
        pages=len(records),
        articles=len(lengths),
        error=listing.error or (", ".join(refused) or None),
    )


def new_source(
    url: str, *, name: str, identifier: str, kind: str | None, language: str, limits: Limits, taken: Collection[str]
) -> Source:
    """Make a source of an address: its kind is found by polling it, unless it is given.

    Args:
        identifier: when empty, one that is not `taken` is made of the address.

    Raises:
        ValueError: the address, id or language is none.
        MonitorError: the address lists nothing that can be read.
    """
    canonical_url(url)
    host = host_key(url).partition(":")[0]
    source = Source(
        id=identifier or _free_id(host, urlsplit(url).path, taken),
        name=name or host,
        url=url,
        kind=SourceKind(kind or "feed"),
        language=language,
    )
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", source.id):
        raise ValueError(f"an id has lower-case letters, digits and hyphens, unlike {source.id}")
    if not re.fullmatch(r"[a-z]{2}", language):
        raise ValueError(f"a language has two letters, like fr, unlike {language}")
    return source if kind else _with_kind(source, limits)


def _free_id(host: str, path: str, taken: Collection[str]) -> str:
    """The host; with the last part of the path when that is taken; with a number when that is, too."""
    short = _slug(host)
    part = _slug(unquote(path).rstrip("/").rpartition("/")[2].partition(".")[0])[:40].rstrip("-")
    long = f"{short}-{part}" if part else short
    numbered = (f"{long}-{number}" for number in count(2))
    return next(each for each in chain((short, long), numbered) if each not in taken)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _with_kind(source: Source, limits: Limits) -> Source:
    """Poll an address as each kind of listing, the surest first; the first that has entries it is."""
    error = ""
    with Crawler(limits) as crawler:
        for kind in (SourceKind.FEED, SourceKind.SITEMAP, SourceKind.SECTION):
            crawler.submit(_poll(source, kind))
            listing = _answer(crawler)
            if listing.status in _GOOD:
                return replace(source, kind=kind)
            error = f"{listing.status}: {listing.error}" if listing.error else str(listing.status)
            if listing.status not in {ListingStatus.NOT_A_FEED, ListingStatus.EMPTY}:
                break
    raise MonitorError(f"{source.url} lists nothing that can be read ({error}); give --kind to add it all the same")


def _answer(crawler: Crawler) -> Listing:
    while True:
        for record in crawler.records(1.0):
            if isinstance(record, Listing):
                return record
