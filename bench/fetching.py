"""A crawler child's fetching alone: its settings, its politeness, robots.txt obeyed; the bodies are thrown away.

    python -m bench.fetching --core 0 FEED...

It prints {"articles": n, "seconds": s, "cpu_seconds": s}, from the first request to the last article.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess

from bench.cores import Stopwatch, pin
from bench.whole import limits
from crawler import Limits
from crawler.downloads import Downloads
from crawler.errands import Errand
from crawler.fetching import Fetcher
from crawler.hosts import PAGE
from crawler.settings import scrapy_settings


def fetch_only(feeds: list[str]) -> dict[str, Any]:
    """A child's downloader, politeness and robots.txt; what comes is thrown away."""
    here = limits(Limits())
    process = AsyncCrawlerProcess(scrapy_settings(here))  # installs the reactor, so it comes before the spider
    done: dict[str, Any] = {"articles": 0}
    process.crawl(_Fetching, feeds=feeds, here=here, done=done)
    process.start(install_signal_handlers=False)
    return done


class _Fetching(Spider):
    """Visits all outlets at once, the pages of each one after the other."""

    name = "fetching"

    def __init__(self, *, feeds: list[str], here: Limits, done: dict[str, Any]) -> None:
        super().__init__()
        self._feeds, self._here, self._done = feeds, here, done
        self._watch = Stopwatch(children=False)

    async def start(self) -> AsyncIterator[Any]:
        fetcher = Fetcher(Downloads(self.crawler), self._here, set())
        await asyncio.gather(*(self._visit_all(fetcher, feed) for feed in self._feeds))
        for _ in range(0):
            yield

    async def _visit_all(self, fetcher: Fetcher, feed: str) -> None:
        listing = await fetcher.visit(feed, self._errand())
        for link in re.findall(rb"<item>.*?<link>(.*?)</link>", listing.body, re.DOTALL):
            page = await fetcher.visit(link.decode(), self._errand())
            self._done["articles"] += page.status == 200
            self._done |= self._watch.read()

    def _errand(self) -> Errand:
        most = self._here.page_bytes
        return Errand(rank=PAGE, delay=0.0, max_bytes=most, headers={}, seconds=60.0, begin=lambda: None)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="A crawler child's fetching alone.")
    parser.add_argument("--core", type=int, help="run on this core only")
    parser.add_argument("feeds", nargs="+")
    options = parser.parse_args()
    pin(options.core)
    print(json.dumps(fetch_only(options.feeds)))


if __name__ == "__main__":
    main()
