"""One request at a time to a host, whoever asks: a redirected robots.txt may lead to where another errand is."""

from __future__ import annotations

import asyncio
import gzip
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request, Spider
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from crawler.downloads import Downloads


class Handlers:
    """Answers when it is told to, and notes who is being served."""

    def __init__(self, body: bytes = b"<p>read</p>", **headers: str) -> None:
        self.body, self.headers = body, headers
        self.served: list[str] = []
        self.go = asyncio.Event()

    async def download_request_async(self, request: Request) -> Response:
        self.served.append(request.url)
        await self.go.wait()
        return HtmlResponse(request.url, body=self.body, headers=self.headers)


def downloads(handlers: Handlers) -> Downloads:
    crawler: Any = get_crawler(Spider)
    crawler.engine = SimpleNamespace(downloader=SimpleNamespace(handlers=handlers))
    return Downloads(crawler)


def asked(path: str, host: str, **meta: Any) -> Request:
    return Request(f"https://{host}/{path}", meta={"download_slot": host, **meta})


async def _three() -> tuple[list[str], list[str]]:
    handlers = Handlers()
    sent = downloads(handlers)
    requests = [asked("1", "a.example"), asked("2", "a.example"), asked("1", "b.example")]
    tasks = [asyncio.create_task(sent.download_async(one)) for one in requests]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    at_once = list(handlers.served)
    handlers.go.set()
    await asyncio.gather(*tasks)
    assert not sent._hosts, "hosts that nobody asks are forgotten"
    return at_once, handlers.served


def test_a_host_is_asked_one_thing_at_a_time_and_others_meanwhile() -> None:
    at_once, served = asyncio.run(_three())
    assert at_once == ["https://a.example/1", "https://b.example/1"]
    assert served == [*at_once, "https://a.example/2"]


async def _packed(**meta: Any) -> bytes:
    handlers = Handlers(gzip.compress(b"x" * 10_000), **{"Content-Encoding": "gzip"})
    handlers.go.set()
    request = asked("1", "a.example", **meta)
    answer = await downloads(handlers).download_async(request)
    assert b"gzip" in (request.headers.get("Accept-Encoding") or b"")
    return answer.body


def test_an_answer_is_unpacked_and_no_more_of_it_than_may_be_read() -> None:
    assert asyncio.run(_packed()) == b"x" * 10_000
    with pytest.raises(IgnoreRequest):
        asyncio.run(_packed(download_maxsize=1_000))
