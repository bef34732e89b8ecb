"""Atom (RFC 4287). Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element

from monitor.feeds import xml
from monitor.feeds.items import Entry, Feed

CONTENT_TYPE: Final = "application/atom+xml; charset=utf-8"


def render(feed: Feed) -> bytes:
    """Write a feed as Atom."""
    root = xml.root("feed", xmlns="http://www.w3.org/2005/Atom", xml__lang=feed.place.language)
    xml.add(root, "id", feed.id)
    xml.add(root, "title", feed.title)
    xml.add(root, "subtitle", feed.about)
    xml.add(root, "updated", _time(feed.updated))
    xml.add(root, "link", rel="self", type="application/atom+xml", href=feed.place.address)
    xml.add(root, "link", rel="alternate", type="text/html", href=feed.place.home)
    xml.add(xml.add(root, "author"), "name", "Cocorico")
    xml.add(root, "generator", "Cocorico")
    for entry in feed.entries:
        _entry(root, entry)
    return xml.document(root)


def _entry(root: Element, entry: Entry) -> None:
    element = xml.add(root, "entry")
    xml.add(element, "id", entry.id)
    xml.add(element, "title", entry.title)
    xml.add(element, "published", _time(entry.published))
    xml.add(element, "updated", _time(entry.updated))
    if entry.link:
        xml.add(element, "link", rel="alternate", href=entry.link)
    if entry.outlet:
        xml.add(xml.add(element, "author"), "name", entry.outlet)
    for tag in entry.tags:
        xml.add(element, "category", term=tag)
    if entry.summary:
        xml.add(element, "summary", entry.summary)
    xml.add(element, "content", entry.html, type="html")


def _time(moment: datetime) -> str:
    """Write a time as RFC 3339 has it, to the second."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
