"""RSS 2.0, with the address of the feed itself (atom:link) and the outlet's name (dc:creator). Pure."""

from __future__ import annotations

from email.utils import format_datetime
from typing import Final
from xml.etree.ElementTree import Element

from monitor.feeds import xml
from monitor.feeds.items import Entry, Feed

CONTENT_TYPE: Final = "application/rss+xml; charset=utf-8"
#: Minutes after which asking again is worth it: outlets are polled about that often.
_MINUTES: Final = 15


def render(feed: Feed) -> bytes:
    """Write a feed as RSS."""
    spaces = {"xmlns:atom": "http://www.w3.org/2005/Atom", "xmlns:dc": "http://purl.org/dc/elements/1.1/"}
    root = xml.root("rss", version="2.0", **spaces)
    channel = xml.add(root, "channel")
    xml.add(channel, "title", feed.title)
    xml.add(channel, "link", feed.place.home)
    xml.add(channel, "description", feed.about)
    xml.add(channel, "language", feed.place.language)
    xml.add(channel, "lastBuildDate", format_datetime(feed.updated, usegmt=True))
    xml.add(channel, "generator", "Cocorico")
    xml.add(channel, "ttl", str(_MINUTES))
    xml.add(channel, "atom:link", rel="self", type="application/rss+xml", href=feed.place.address)
    for entry in feed.entries:
        _item(channel, entry)
    return xml.document(root)


def _item(channel: Element, entry: Entry) -> None:
    item = xml.add(channel, "item")
    xml.add(item, "title", entry.title)
    if entry.link:
        xml.add(item, "link", entry.link)
    xml.add(item, "guid", entry.id, isPermaLink="false")
    xml.add(item, "pubDate", format_datetime(entry.published, usegmt=True))
    if entry.outlet:
        xml.add(item, "dc:creator", entry.outlet)
    for tag in entry.tags:
        xml.add(item, "category", tag)
    xml.add(item, "description", entry.html)
