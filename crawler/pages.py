"""A fetched page -> its record; what the pages of a site taught is kept from one to the next, within a bound."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from crawler.answers import Answer
from crawler.extract import extract_page
from crawler.taught import Template
from crawler.types import Article, Fetch, Rejected
from crawler.urls import host_key

MOST_SITES = 2_000  #: whose templates a child keeps; orders carry what was stored, so the rest loses a step at most


class PageReader:
    """Reads pages by the templates of their sites, and learns these as it goes.

    Args:
        most: Sites kept; the one that changed longest ago is forgotten first.
    """

    def __init__(self, most: int = MOST_SITES) -> None:
        self._most = most
        self._known: dict[str, Template] = {}

    def __len__(self) -> int:
        return len(self._known)

    def read(self, answer: Answer, fetch: Fetch, *, at: datetime) -> Article | Rejected:
        """Read a page that arrived at this time."""
        host = host_key(fetch.entry.listed_url)
        record = extract_page(
            answer.body,
            fetch=replace(fetch, template=self._known.get(host, fetch.template)),
            final_url=answer.url,
            content_type=answer.content_type,
            charset=answer.charset,
            fetched_at=at,
            learns=True,
        )
        if isinstance(record, Article) and record.site:
            self._known.pop(host, None)
            self._known[host] = record.site.template  # newer than what orders under way carry
            if len(self._known) > self._most:
                del self._known[next(iter(self._known))]
        return record
