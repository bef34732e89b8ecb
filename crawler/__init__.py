"""The whole interface of the crawler: two verbs (poll, fetch), the records they give, and pure helpers.

Importing this loads the standard library only; Scrapy, Trafilatura and lxml stay in the child processes
and in the functions that need them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from crawler.addresses import may_visit, networks
from crawler.archived import ArchivedPage
from crawler.probes import AnyCommand, AnyRecord, Candidate, Clue, Probe, Probed
from crawler.process import Crawler
from crawler.taught import Lesson, SiteReport, Template, Trait
from crawler.trail import Trail
from crawler.types import (
    LISTING_PARSER,
    LONGEST_RETRY_AFTER,
    Article,
    Command,
    CrawlError,
    Entry,
    Fetch,
    Hints,
    Limits,
    Listing,
    ListingStatus,
    Poll,
    Record,
    Refusal,
    Rejected,
    RejectReason,
    SourceKind,
    Tier,
    Token,
    Validators,
    Visit,
    check_utc,
)
from crawler.urls import canonical_url, gate_key, host_key, same_site
from crawler.wire import decode, encode


def extract_page(
    body: bytes,
    *,
    fetch: Fetch,
    final_url: str,
    content_type: str | None,
    charset: str | None,
    fetched_at: datetime,
) -> Article | Rejected:
    """A page's article, or why it has none; see `crawler.extract`, which is loaded by the first call."""
    from crawler.extract import extract_page as extract  # noqa: PLC0415  # loads Trafilatura

    return extract(
        body, fetch=fetch, final_url=final_url, content_type=content_type, charset=charset, fetched_at=fetched_at
    )


def read_archive(
    path: Path, *, page_bytes: int, progress: Callable[[int], None] = lambda _bytes: None
) -> Iterator[ArchivedPage]:
    """The pages of a WARC file; see `crawler.archive`, which is loaded by the first call."""
    from crawler.archive import read_archive as read  # noqa: PLC0415  # loads warcio

    return read(path, page_bytes=page_bytes, progress=progress)


__all__ = [
    "LISTING_PARSER",
    "LONGEST_RETRY_AFTER",
    "AnyCommand",
    "AnyRecord",
    "ArchivedPage",
    "Article",
    "Candidate",
    "Clue",
    "Command",
    "CrawlError",
    "Crawler",
    "Entry",
    "Fetch",
    "Hints",
    "Lesson",
    "Limits",
    "Listing",
    "ListingStatus",
    "Poll",
    "Probe",
    "Probed",
    "Record",
    "Refusal",
    "RejectReason",
    "Rejected",
    "SiteReport",
    "SourceKind",
    "Template",
    "Tier",
    "Token",
    "Trail",
    "Trait",
    "Validators",
    "Visit",
    "canonical_url",
    "check_utc",
    "decode",
    "encode",
    "extract_page",
    "gate_key",
    "host_key",
    "may_visit",
    "networks",
    "read_archive",
    "same_site",
]
