"""The baseline of `bench.polls`: a Scrapy spider with Scrapy's defaults, a commit of the ORM a poll."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from bench.cores import Stopwatch


class Base(DeclarativeBase):
    """Of the tables."""


class Row(Base):
    """How a source stands."""

    __tablename__ = "sources"

    url: Mapped[str] = mapped_column(primary_key=True)
    etag: Mapped[str | None]
    body_hash: Mapped[str | None]
    status: Mapped[int]
    polled_at: Mapped[datetime]


def database(file: Path) -> Session:
    """Open a SQLite file as SQLAlchemy does by default."""
    engine = create_engine(f"sqlite:///{file}")
    Base.metadata.create_all(engine)
    return Session(engine)


class Polling(Spider):
    """All addresses, then all again; the clock runs from the second time on."""

    name = "polling"
    handle_httpstatus_list = (304,)

    def __init__(self, *, urls: list[str], laps: int, session: Session, done: dict[str, float]) -> None:
        super().__init__()
        self.urls, self.laps, self.session, self.done = urls, laps, session, done
        self.watch: Stopwatch | None = None
        self.asked = 0

    async def start(self) -> AsyncIterator[Any]:
        """Ask all for the first time."""
        for url in self.urls:
            yield Request(url, dont_filter=True)

    def parse(self, response: Response, **_: Any) -> Iterator[Request]:
        """Store a row; begin again when it was the last one."""
        row = self.session.get(Row, response.request.url) if response.request else None
        row = row or Row(url=response.url)
        tag = response.headers.get("ETag")
        row.etag = tag.decode() if tag else None
        row.status, row.polled_at = response.status, datetime.now(UTC)
        if response.status == 200:
            row.body_hash = hashlib.sha256(response.body).hexdigest()
        self.session.add(row)
        self.session.commit()
        self.asked += 1
        if self.asked % len(self.urls) == 0:
            if self.watch:
                self.done |= {"polls": self.asked - len(self.urls)} | self.watch.read()
            self.watch = self.watch or Stopwatch(children=False)
            if self.asked <= self.laps * len(self.urls):
                yield from map(self._again, self.urls)

    def _again(self, url: str) -> Request:
        row = self.session.get(Row, url)
        headers = {"If-None-Match": row.etag} if row and row.etag else {}
        return Request(url, headers=headers, dont_filter=True)
