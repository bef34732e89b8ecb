"""Reading a sitemap's index: the newest of its sitemaps, and what they list together.

A sitemap at another domain waits for that domain's lease: the order is given back to go on there, with what was read so
far. `wire.Index` is that, and begins with the index itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from crawler.answers import Answer, FailedError, body_hash, good
from crawler.errands import Errand
from crawler.fetching import Fetcher
from crawler.spiders.sitemap import SitemapPage
from crawler.trail import Trail
from crawler.types import RejectReason
from crawler.wire import Index, encode

_CHILDREN = 3  #: sitemaps of an index read in one order, newest first, however deep (fault P22)

Read = Callable[[Answer], SitemapPage | None]


def begun(answer: Answer, page: SitemapPage, given_hash: str, url: str) -> Index:
    """An index of which no sitemap was read yet; `url` is what was asked for."""
    return Index(
        url=answer.url,
        moved=answer.moved,
        trusted_until=answer.trusted_until,
        todo=page.children,
        seen=(url, answer.url),
        hashes=(given_hash,),
        found=page.entries,
    )


async def finish(index: Index, fetcher: Fetcher, errand: Errand, read: Read) -> Index:
    """Read its sitemaps.

    Args:
        errand: of the order; one with a trail gives back what is at another domain.
        read: parses a sitemap; None when it is none.

    Raises:
        FailedError: nothing could be read; or, with a trail, it goes on elsewhere.
    """
    while index.todo and len(index.hashes) <= _CHILDREN:
        url, index = index.todo[0], replace(index, todo=index.todo[1:])
        if url not in index.seen:
            index = await _sitemap(url, index, fetcher, errand, read)
    if index.problem and not index.found:
        raise FailedError(RejectReason(index.failed_as), index.problem, retry=True)
    return index


async def go_on(index: Index, fetcher: Fetcher, errand: Errand, way: Trail, read: Read) -> Index:
    """Read the sitemap that an order was given back for, and those that are left; as `finish`."""
    errand.trail = replace(way, index="")
    index = await _sitemap(way.url, index, fetcher, errand, read)
    return await finish(index, fetcher, errand, read)


async def _sitemap(url: str, index: Index, fetcher: Fetcher, errand: Errand, read: Read) -> Index:
    own = errand if errand.trail and errand.trail.url == url else errand.afresh(url)
    try:
        answer = good(await fetcher.visit(url, own), now=fetcher.clock())
    except FailedError as error:
        if error.trail:
            error.trail = replace(error.trail, index=encode(index))
            raise
        seen = (*index.seen, url)
        return replace(index, seen=seen, hashes=(*index.hashes, ""), problem=error.detail, failed_as=str(error.reason))
    page = read(answer) or SitemapPage()
    return replace(
        index,
        seen=(*index.seen, url),
        hashes=(*index.hashes, body_hash(answer.body)),
        found=(*index.found, *page.entries),
        todo=(*page.children, *index.todo),
    )
