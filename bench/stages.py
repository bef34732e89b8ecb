"""The pipeline's stages one by one in this process, ours and the baseline's over the same pages.

    python -m bench.stages --core 0 --articles 120 [--pages FOLDER]

It prints a JSON list, one object a stage: {"stage", "side", "articles", "seconds", "cpu_seconds"}.
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench import naive, site
from bench.cores import pin
from bench.pages import Page
from bench.whole import configuration
from crawler import Article, Entry, Fetch, Listing, ListingStatus, Rejected, decode, encode, host_key
from crawler.extract import extract_page
from monitor import data, queue
from monitor.articles import document_of
from monitor.classifier import Classifier
from monitor.pipeline import Pipeline
from monitor.queue import Job, JobKind
from monitor.store import Store, entries, sources
from monitor.types import Announcement, Source

_OUTLETS = 24
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Spent:
    """What a stage took."""

    stage: str
    side: str  #: "ours" or "baseline"
    articles: int
    seconds: float
    cpu_seconds: float


class Stages:
    """The stages in order; each takes what the one before made."""

    def __init__(self, pages: Sequence[Page], bases: Sequence[str]) -> None:
        self._pages = pages
        self._bases = bases
        self.spent: list[Spent] = []

    @contextmanager
    def _timed(self, stage: str, side: str) -> Iterator[None]:
        start, cpu = time.perf_counter(), time.process_time()
        yield
        self.spent.append(
            Spent(
                stage=stage,
                side=side,
                articles=len(self._pages),
                seconds=time.perf_counter() - start,
                cpu_seconds=time.process_time() - cpu,
            )
        )

    def extract(self) -> list[Article]:
        """Pages into articles, by us and by the baseline."""
        fetches = [self._fetch(number, page) for number, page in enumerate(self._pages)]
        texts = [page.body.decode("utf-8", "replace") for page in self._pages]
        _extracted(fetches[0], self._pages[0].body)  # what is set up at the first call is no cost of an article
        naive.extract(texts[0], fetches[0].entry.url)
        with self._timed("extract", "ours"):
            found = [_extracted(fetch, page.body) for fetch, page in zip(fetches, self._pages, strict=True)]
        with self._timed("extract", "baseline"):
            for fetch, text in zip(fetches, texts, strict=True):
                naive.extract(text, fetch.entry.url)
        self._across(fetches, found)
        return [record for record in found if isinstance(record, Article)]

    def _across(self, fetches: Sequence[Fetch], records: Sequence[Article | Rejected]) -> None:
        """Order and record over the process boundary: written and read."""
        with self._timed("wire", "ours"):
            for value in (*fetches, *records):
                decode(encode(value))

    def classify(self, articles: Sequence[Article]) -> list[tuple[Announcement, ...]]:
        """Articles into announcements."""
        classifier = Classifier.load(data.folder("config"))
        classifier.read(document_of(articles[0]))
        with self._timed("classify", "ours"):
            return [classifier.read(document_of(article)) for article in articles]

    def store(self, folder: Path, articles: Sequence[Article], read: Sequence[tuple[Announcement, ...]]) -> None:
        """Decisions kept, a transaction each, in stores with the production settings; the queue's part besides."""
        now = datetime.now(UTC)
        config = configuration(folder, [f"{base}/feed" for base in self._bases], 1)
        catalogue = {source.id: source for source in config.sources}
        with Store.open(config.store.url) as store:
            pipeline = Pipeline(
                store=store,
                classifier=Classifier.load(data.folder("config")),
                sources=catalogue,
                subscriptions=config.subscriptions,
                fresh=timedelta(days=config.news.fresh_days),
            )
            listings = self._listings(articles, now)
            jobs = _poll_jobs(store, list(catalogue.values()), now)
            with self._timed("listing", "ours"):
                for listing in listings:
                    pipeline.listed(jobs[listing.source], listing, now=now)
            with store.read() as tx:
                ids = [entries.known(tx, [_entry(article, now)])[article.url].id for article in articles]
            with self._timed("queue", "ours"):
                _queued(store, now)
            with self._timed("store", "ours"):
                for number, article, announcements in zip(ids, articles, read, strict=True):
                    with store.write() as tx:
                        pipeline.keep(tx, number, article, catalogue[article.source], announcements, now=now)
        session = naive.database(folder / "naive.db")
        with self._timed("store", "baseline"):
            for article in articles:
                naive.keep(session, article.url, _found(article))
        session.close()

    def _listings(self, articles: Sequence[Article], now: datetime) -> list[Listing]:
        """What the outlets' feeds gave."""
        by_source: dict[str, list[Entry]] = {}
        for article in articles:
            by_source.setdefault(article.source, []).append(_entry(article, now))
        return [
            Listing(order="", source=source, status=ListingStatus.OK, fetched_at=now, entries=tuple(listed))
            for source, listed in by_source.items()
        ]

    def _fetch(self, number: int, page: Page) -> Fetch:
        at = number % _OUTLETS
        url = self._bases[at] + page.path
        entry = Entry(
            source=f"outlet-{at}",
            url=url,
            listed_url=url,
            title=page.title,
            summary=page.summary,
            published=page.published,
        )
        return Fetch(order=str(number), entry=entry, language="fr")


def _extracted(fetch: Fetch, body: bytes) -> Article | Rejected:
    return extract_page(
        body,
        fetch=fetch,
        final_url=fetch.entry.listed_url,
        content_type="text/html",
        charset=None,
        fetched_at=datetime.now(UTC),
    )


def _found(article: Article) -> naive.Found:
    """What the baseline stores of an article."""
    published = f"{article.published:%Y-%m-%d}" if article.published else None
    return naive.Found(title=article.title, author=article.author, published=published, text=article.text)


def _entry(article: Article, now: datetime) -> Entry:
    url, listed = article.url, article.listed_url
    return Entry(source=article.source, url=url, listed_url=listed, title=article.title, published=now)


def _poll_jobs(store: Store, catalogue: Sequence[Source], now: datetime) -> dict[str, Job]:
    """A claimed poll job for each source."""
    with store.write() as tx:
        sources.sync(tx, catalogue, now=now)
        for source in catalogue:
            host = host_key(source.url)
            queue.enqueue(tx, kind=JobKind.POLL, key=source.id, host=host, due_at=now, payload=source.id)
        jobs = queue.claim(tx, kinds=(JobKind.POLL,), limit=_OUTLETS, now=now, lease=_HOUR, owner="bench")
    return {job.payload: job for job in jobs}


def _queued(store: Store, now: datetime) -> None:
    """Claim all jobs, one a host at a time, and end them."""
    while True:
        with store.write() as tx:
            jobs = queue.claim(tx, kinds=(JobKind.POLL, JobKind.FETCH), limit=64, now=now, lease=_HOUR, owner="bench")
        if not jobs:
            return
        for job in jobs:
            with store.write() as tx:
                queue.done(tx, job)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="The pipeline's stages one by one.")
    parser.add_argument("--core", type=int, help="run on this core only")
    parser.add_argument("--articles", type=int, default=120)
    parser.add_argument("--pages", type=Path, help="real pages: FOLDER/html/*.html.gz")
    options = parser.parse_args()
    pin(options.core)
    logging.disable(logging.CRITICAL)
    bases = [f"http://127.0.0.1:{9_000 + number}" for number in range(_OUTLETS)]
    stages = Stages(site.load(options.articles, bases, options.pages, now=datetime.now(UTC)), bases)
    articles = stages.extract()
    with tempfile.TemporaryDirectory() as folder:
        stages.store(Path(folder), articles, stages.classify(articles))
    print(json.dumps([asdict(spent) for spent in stages.spent]))


if __name__ == "__main__":
    main()
