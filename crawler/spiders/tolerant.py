"""The tolerant path for feeds: whatever feedparser makes of them, however broken. The only home of feedparser."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

import feedparser

from crawler.dates import read_date
from crawler.plain import plain_text
from crawler.spiders.entries import Item
from crawler.spiders.wellformed import web_address

_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>")  # no blanks before it: a million of them took an hour (P21)


def read_broken(text: str, language: str | None) -> Iterator[Item] | None:
    """The items of an RSS, RDF or Atom document; None when it is none.

    Args:
        text: The document, decoded.
        language: Of its dates; what the feed says when None.
    """
    document = io.BytesIO(_DECLARATION.sub("", text.lstrip("\ufeff"), count=1).lstrip().encode("utf-8", "ignore"))
    parsed = feedparser.parse(
        document,  # a stream: it would open a text as an address or a file name
        response_headers={"content-type": "application/xml; charset=utf-8"},  # without address: it would resolve ids
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if not parsed.get("version"):
        return None
    language = language or str(parsed.feed.get("language") or "")[:2].lower() or None
    return _readable((dict(entry) for entry in parsed.entries), language)


def _readable(found: Iterable[dict[str, Any]], language: str | None) -> Iterator[Item]:
    for entry in found:
        try:
            yield _item(entry, language)
        except (ValueError, TypeError, AttributeError, KeyError, IndexError):
            continue  # one bad item never costs the others (fault P26)


def _item(entry: dict[str, Any], language: str | None) -> Item:
    content = entry.get("content") or [{}]
    return Item(
        link=entry.get("feedburner_origlink") or entry.get("link") or _alternate(entry) or web_address(entry.get("id")),
        title=plain_text(entry.get("title") or "", limit=1_000),
        summary=plain_text(entry.get("summary") or content[0].get("value") or ""),
        guid=entry.get("id"),
        published=read_date(entry.get("published"), language=language)
        or read_date(entry.get("updated") or entry.get("created"), language=language),
    )


def _alternate(entry: dict[str, Any]) -> str | None:
    links = [link for link in entry.get("links") or [] if link.get("href") and link.get("rel") != "enclosure"]
    return str(links[0]["href"]) if links else None
