"""A feed's bytes -> entries: RSS 0.9 to 2.0, RDF, Atom and JSON Feed, however broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from crawler.charset import decoded
from crawler.dates import read_date
from crawler.plain import plain_text
from crawler.spiders.entries import MAX_ENTRIES, Item, entries
from crawler.spiders.hints import feed_hints, json_hints
from crawler.spiders.tolerant import read_broken
from crawler.spiders.wellformed import DoubtError, read_wellformed, web_address
from crawler.types import Entry, Hints, Poll
from crawler.unpack import unpacked

_ITEM_START = re.compile(r"<(?:[a-z]+:)?(?:item|entry)(?=[\s>])", re.IGNORECASE)
_RAW_DATE = re.compile(r"<(?:pubDate|published|updated|dc:date|date)>([^<]{1,80})<", re.IGNORECASE)
#: How a document ends that is whole, even if it is empty: `<feed/>`.
_CLOSED, _END = re.compile(r"</(?:rss|feed|(?:rdf:)?RDF|channel)\s*>|/>\s*$", re.IGNORECASE), 2_000
_MAX_BYTES = 20 * 1024 * 1024  #: of a feed once decompressed (fault F01)
_SHORTEST_ITEM = 40  #: characters
_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """What a feed lists, and what it asks for."""

    entries: tuple[Entry, ...]  #: newest `MAX_ENTRIES` at most, in the feed's order
    hints: Hints
    broken: bool = False  #: it is cut short or damaged, and none of its items can be read

    @property
    def readable(self) -> tuple[Entry, ...] | None:
        """Its entries; None when it is broken, which is not the same as empty (fault F20)."""
        return None if self.broken else self.entries


def read_feed(body: bytes, *, poll: Poll, base_url: str, charset: str | None = None) -> Feed | None:
    """A feed's entries and wishes; None when this is no feed.

    Args:
        body: As received; unpacked and decoded here, since headers and declarations lie (faults F30, P10).
        poll: Whose source, language, `allow` and `deny` apply.
        base_url: The final address, after redirects; `xml:base` takes precedence.
        charset: What the Content-Type header says.
    """
    content = unpacked(body, most=_MAX_BYTES)
    if content is None:
        return None
    text, utf8 = decoded(content, charset)
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        document = _json_document(text)
        if document is None:
            return None
        found = entries(_json_items(document, poll.language), poll=poll, base_url=base_url)
        return Feed(entries=found, hints=json_hints(document, base_url=base_url))
    short = _shorten(text, poll.language)
    read = _xml_items(short, poll.language, utf8 if short is text else None)
    if read is None:
        return None
    items, broken = read
    found = entries(items, poll=poll, base_url=base_url)
    return Feed(entries=found, hints=feed_hints(text, base_url=base_url), broken=broken)


def _xml_items(text: str, language: str | None, utf8: bytes | None) -> tuple[Iterable[Item], bool] | None:
    """The items of an RSS, RDF or Atom document, and whether it is broken; None when it is none. First the fast path.

    Broken is one that has items and none with an address or a name, or that has none and never ends.
    """
    try:
        return read_wellformed(text, language, utf8=utf8), False
    except DoubtError:
        tolerated = read_broken(text, language)
    if tolerated is None:
        return None
    items = [item for item in tolerated if item.link or item.guid]
    return items, not items and bool(_ITEM_START.search(text) or not _CLOSED.search(text[-_END:]))


def _shorten(text: str, language: str | None) -> str:
    """Keep the newest `MAX_ENTRIES` items of a giant feed before it is parsed: 200,000 items cost 33 s (fault P04)."""
    if len(text) < MAX_ENTRIES * _SHORTEST_ITEM:
        return text
    starts = [match.start() for match in _ITEM_START.finditer(text)]
    if len(starts) <= MAX_ENTRIES:
        return text
    chunks = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    dates = [_raw_date(chunk, language) for chunk in chunks]
    kept = sorted(range(len(chunks)), key=lambda at: dates[at], reverse=True)[:MAX_ENTRIES]
    return text[: starts[0]] + "".join(chunks[at] for at in sorted({*kept, len(chunks) - 1}))


def _raw_date(chunk: str, language: str | None) -> datetime:
    match = _RAW_DATE.search(chunk)
    return (read_date(match.group(1), language=language) if match else None) or _EARLIEST


def _json_document(text: str) -> dict[str, Any] | None:
    """A JSON Feed, or Media Cloud's list of stories put as one; None for any other JSON."""
    try:
        document = json.loads(text.lstrip("\ufeff"), strict=False)
    except (ValueError, RecursionError):
        return None
    if isinstance(document, dict) and isinstance(document.get("stories"), list):
        return {"items": [_story(one) for one in document["stories"] if isinstance(one, dict)]}
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return None
    return document


def _story(story: dict[str, Any]) -> dict[str, Any]:
    """One of Media Cloud's stories with the names that JSON Feed has; its day is all that is known of its date."""
    return {
        "id": story.get("id"),
        "url": story.get("url"),
        "title": story.get("title"),
        "date_published": story.get("publish_date"),
    }


def _json_items(document: dict[str, Any], language: str | None) -> Iterator[Item]:
    language = language or str(document.get("language") or "")[:2].lower() or None
    return (_json_item(item, language) for item in document["items"] if isinstance(item, dict))


def _json_item(item: dict[str, Any], language: str | None) -> Item:
    def text(*keys: str) -> str:
        return next((str(item[key]) for key in keys if isinstance(item.get(key), str | int) and item[key]), "")

    return Item(
        link=text("url", "external_url") or web_address(text("id")),
        title=plain_text(text("title"), limit=1_000),
        summary=plain_text(text("summary", "content_text", "content_html")),
        guid=text("id") or None,
        published=read_date(item.get("date_published"), language=language)
        or read_date(item.get("date_modified"), language=language),
    )
