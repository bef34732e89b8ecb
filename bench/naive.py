"""The baseline: what one would write first. One Scrapy spider with Scrapy's defaults, in its callback Trafilatura with
the metadata that a monitor needs, and one commit of the ORM a row. It reads nothing in the text and tells nobody.

    python -m bench.naive --core 0 --database FILE FEED...     the whole
    python -m bench.naive --core 0 --fetch-only FEED...        its fetching alone: bodies are thrown away

It prints {"articles": n, "seconds": s, "cpu_seconds": s}, from the first request to the last article.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import trafilatura
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from trafilatura.settings import Document

from bench.cores import Stopwatch, pin


class Base(DeclarativeBase):
    """Of the tables."""


class Row(Base):
    """An article."""

    __tablename__ = "articles"

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    author: Mapped[str | None]
    published: Mapped[str | None]
    text: Mapped[str]
    fetched_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What Trafilatura finds on a page."""

    title: str
    author: str | None
    published: str | None
    text: str


def extract(html: str, url: str, *, title: str = "") -> Found:
    """Read a page as Trafilatura's documentation says; the listing's title is used when the page has none."""
    page = trafilatura.bare_extraction(html, url=url, with_metadata=True)
    if not isinstance(page, Document):
        return Found(title=title, author=None, published=None, text="")
    return Found(title=page.title or title, author=page.author, published=page.date, text=page.text or "")


def keep(session: Session, url: str, found: Found) -> None:
    """Store one article, at once."""
    values = {"title": found.title, "author": found.author, "published": found.published, "text": found.text}
    session.add(Row(url=url, fetched_at=datetime.now(UTC), **values))
    session.commit()


def database(file: Path) -> Session:
    """Open a SQLite file as SQLAlchemy does by default."""
    engine = create_engine(f"sqlite:///{file}")
    Base.metadata.create_all(engine)
    return Session(engine)


class Naive(Spider):
    """Feeds, then each page they link."""

    name = "naive"

    def __init__(self, *, feeds: list[str], session: Session | None, done: dict[str, Any]) -> None:
        super().__init__()
        self.start_urls = feeds
        self.session = session
        self.done = done
        self.watch = Stopwatch(children=False)

    def parse(self, response: Response, **_: Any) -> Iterator[Request]:
        """Read a feed."""
        for item in response.xpath("//item"):
            link, title = item.xpath("link/text()").get(), item.xpath("title/text()").get("")
            if link:
                yield Request(link, callback=self.read, cb_kwargs={"title": title})

    def read(self, response: Response, title: str) -> None:
        """Read a page."""
        if self.session is not None:
            keep(self.session, response.url, extract(response.text, response.url, title=title))
        self.done["articles"] += 1
        self.done |= self.watch.read()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="One spider, extraction inline, a commit a row.")
    parser.add_argument("--core", type=int, help="run on this core only")
    parser.add_argument("--database", type=Path)
    parser.add_argument("--fetch-only", action="store_true")
    parser.add_argument("feeds", nargs="+")
    options = parser.parse_args()
    pin(options.core)
    session = None if options.fetch_only else database(options.database)
    extract("<html><body><p>What is set up by the first call is no cost of an article.</p></body></html>", "")
    done: dict[str, Any] = {"articles": 0}
    process = CrawlerProcess({"LOG_ENABLED": False})
    process.crawl(Naive, feeds=options.feeds, session=session, done=done)
    process.start()
    print(json.dumps(done))


if __name__ == "__main__":
    main()
