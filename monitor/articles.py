"""What the pipeline makes of an article: the document that is read, and the hash it is known again by."""

from __future__ import annotations

import hashlib
from datetime import datetime

from crawler import Article, Entry, Tier
from monitor.types import Document, Source


def document_of(article: Article) -> Document:
    """Give the classifier what it reads of an article."""
    return Document(
        title=article.title,
        summary=article.summary,
        text=article.text,
        language=article.language,
        published=article.published,
    )


def text_hash(article: Article) -> str:
    """Hash what an article says, so that the same text under another address is known again.

    Over title and text, so that two short texts under different headlines stay two. SHA-256, hex.
    """
    return hashlib.sha256(f"{article.title}\n{article.text}".encode("utf-8", "surrogatepass")).hexdigest()


def from_listing(entry: Entry, source: Source, now: datetime) -> Article:
    """Make an article of what the listing itself publishes, where the pages are not ours to read."""
    return Article(
        order="",
        source=source.id,
        url=entry.url,
        listed_url=entry.listed_url,
        title=entry.title,
        summary=entry.summary,
        text=entry.summary,
        language=source.language,
        published=entry.published,
        fetched_at=now,
        tier=Tier.LISTING,
        quality=0.5,
        partial=True,
    )
