"""Requests straight to Scrapy's download handlers, one at a time to a host.

Scrapy's engine, its slots, middlewares and signals serve spiders that follow links; a child is told each address, and
keeps the pace of hosts itself (`crawler.hosts`). On their way through them a page costs half as much again.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast
from weakref import WeakValueDictionary

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response


class Downloads:
    """Sends requests; made when the spider runs."""

    def __init__(self, crawler: Crawler) -> None:
        engine = cast("Any", crawler.engine)
        self._handlers = engine.downloader.handlers
        self._compression = HttpCompressionMiddleware.from_crawler(crawler)
        self._hosts: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def download_async(self, request: Request) -> Response:
        """Send a request and give its answer, decompressed.

        A redirected robots.txt may lead to a host whose turn another errand has: it waits here.
        """
        alone = self._hosts.setdefault(request.meta["download_slot"], asyncio.Lock())
        async with alone:
            self._compression.process_request(request)
            response: Response = await self._handlers.download_request_async(request)
            return cast("Response", self._compression.process_response(request, response))
