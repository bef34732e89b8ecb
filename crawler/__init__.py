"""The whole interface of the crawler: two verbs (poll, fetch), the records they give, and pure helpers.

Importing this loads the standard library only; Scrapy, Trafilatura and lxml stay in the child processes
and in the functions that need them.
"""

from crawler.types import (
    Article,
    Command,
    CrawlError,
    Entry,
    Fetch,
    Limits,
    Listing,
    ListingStatus,
    Poll,
    Record,
    Rejected,
    RejectReason,
    SourceKind,
    Tier,
    Validators,
    check_utc,
)

__all__ = [
    "Article",
    "Command",
    "CrawlError",
    "Entry",
    "Fetch",
    "Limits",
    "Listing",
    "ListingStatus",
    "Poll",
    "Record",
    "RejectReason",
    "Rejected",
    "SourceKind",
    "Tier",
    "Validators",
    "check_utc",
]
