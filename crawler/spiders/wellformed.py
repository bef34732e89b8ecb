"""The fast path for feeds that are as they should be: RSS 0.9 to 2.0, RDF, Atom 1.0. Pure.

Whatever is in doubt is left to `crawler.spiders.tolerant`, some fifteen times slower; where both read a feed they give
the same items, which tests/test_feed_paths.py proves on generated ones. So the rules here, odd as some are (a second
description counts as content), are those of feedparser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml import etree

from crawler.dates import read_date
from crawler.plain import plain_text
from crawler.spiders.entries import Item

#: Text that was encoded twice, and Windows-1252 passed off as ISO 8859-1: feedparser puts both right. In UTF-8.
_MOJIBAKE = re.compile(rb"\xc2(?:[\x80-\x9f]|(?<=\xc3[\x82-\x9f]\xc2)|.(?<=\xc3[\xa0-\xb4]\xc2.)\xc2)", re.DOTALL)

_RDF, _MEDIA = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://search.yahoo.com/mrss"
_ABOUT = f"{{{_RDF}}}about"
_ATOM = "http://www.w3.org/2005/atom"
_RSS = frozenset({"http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/"})
_SPACES = dict.fromkeys({"", _ATOM, *_RSS}, "") | {
    "http://backend.userland.com/rss2": "",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    _MEDIA: "media:",
    f"{_MEDIA}/": "media:",
}
#: Our field for each element of an item, lower case.
_FIELDS = {
    **dict.fromkeys(("title", "dc:title"), "title"),
    **dict.fromkeys(("guid", "id"), "guid"),
    **dict.fromkeys(("description", "summary", "abstract", "dc:description", "itunes:summary"), "summary"),
    **dict.fromkeys(("content", "content:encoded", "fullitem"), "content"),
    **dict.fromkeys(("pubdate", "published", "issued", "dcterms:issued"), "published"),
    **dict.fromkeys(("updated", "modified", "lastbuilddate", "dc:date", "dcterms:modified"), "updated"),
    **dict.fromkeys(("created", "dcterms:created"), "created"),
    **dict.fromkeys(("media:group", "media:content"), "group"),
    "link": "link",
    "media:title": "media_title",
    "media:description": "summary",
    "feedburner:origlink": "origin",
    "body": "doubt",
    "item": "item",
    "entry": "item",
    "channel": "channel",
    "language": "language",
}
_HTML_TYPES = frozenset({"text/html", "html", "application/xhtml+xml", "xhtml"})
_TEXT_TYPES = frozenset({None, "text", "html", "text/html", "text/plain"})


class DoubtError(Exception):
    """A feed that the tolerant path had better read."""


def read_wellformed(text: str, language: str | None, *, utf8: bytes | None = None) -> Iterator[Item]:
    """The items of a feed without any mistake, in its order.

    Args:
        text: The document, decoded.
        language: Of its dates; what the feed says when None.
        utf8: The same in UTF-8, beginning with its first tag, where it is at hand.

    Raises:
        DoubtError: it has a mistake, or something that only the tolerant path knows.
    """
    body = utf8 or text.lstrip("\ufeff \t\r\n").encode("utf-8", "ignore")
    if _MOJIBAKE.search(body) or b"xml:base" in body:
        raise DoubtError
    root = _parse(body)
    elements, own = _elements(root)
    ends = body.count(b"</entry>" if str(root.tag).endswith("feed") else b"</item>")
    if len(elements) != ends and _closed(body) != len(elements):
        raise DoubtError  # some stand where none should
    language = language or own
    return iter([_Found(element).item(language) for element in elements])


def _parse(body: bytes) -> etree._Element:
    # No entities, no network, no DTD (fault P02), and what was decoded already is UTF-8, whatever it declares.
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, collect_ids=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise DoubtError from error
    if root.getroottree().docinfo.doctype:
        raise DoubtError
    return root


def _elements(root: etree._Element) -> tuple[list[etree._Element], str | None]:
    """The items of a feed, and its language."""
    space, _, name = str(root.tag).lower().rpartition("}")
    space = space.removeprefix("{")
    if (name, space) == ("rss", ""):
        holders = [child for child in root if _field(child.tag) == "channel"]
    elif (name, space) == ("rdf", _RDF):
        holders = [root, *(child for child in root if _field(child.tag) == "channel")]
    else:
        holders = [root] if name == "feed" and space == _ATOM else []
    if not holders or (name == "rdf" and len(holders) < 2):
        raise DoubtError
    items = [child for holder in holders for child in holder if _field(child.tag) == "item"]
    return items, _language(root, holders[-1])


def _language(root: etree._Element, holder: etree._Element) -> str | None:
    named = (child.text for child in holder if _field(child.tag) == "language")
    written = next(named, None) or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return written.strip()[:2].lower() or None


def _closed(body: bytes) -> int:
    return len(
        re.findall(rb"</(?:\w+:)?(?:item|entry)\s*>|<(?:\w+:)?(?:item|entry)(?:\s[^<>]*)?/>", body, re.IGNORECASE)
    )


@lru_cache(maxsize=4096)
def _field(tag: str) -> str | None:
    """Our name for what an element holds; None for what we don't read."""
    space, _, name = tag.lower().rpartition("}")
    prefix = _SPACES.get(space.removeprefix("{"))
    return None if prefix is None else _FIELDS.get(prefix + name)


class _Found:
    """What an item's elements say, taken in one by one."""

    __slots__ = ("contents", "link", "links", "summary", "texts")

    def __init__(self, element: etree._Element) -> None:
        self.texts: dict[str, str] = {}
        self.contents: list[str] = []
        self.links: list[str] = []
        self.link: str | None = None
        self.summary: str | None = None
        about = element.get(_ABOUT)
        if about:
            self.texts["guid"] = about
        self._take_all(element)

    def _take_all(self, elements: Iterable[etree._Element]) -> None:
        known, texts = _field, self.texts
        for element in elements:
            field = known(element.tag)
            if field is None:
                continue
            if len(element):
                self._take_group(field, element)
                continue
            if field == "link":
                self._take_link(element)
                continue
            text = (element.text or "").strip()
            if field == "summary" or field == "content":  # noqa: PLR1714 - the fastest of three spellings
                self._take_content(field, text, element)
            elif field == "title":
                if element.get("type") not in _TEXT_TYPES or texts.get("title", text) != text:
                    raise DoubtError
                texts["title"] = text
            else:
                texts[field] = text
                if field == "guid" and self.link is None and element.get("isPermaLink", "true") == "true":
                    self.link = text

    def _take_group(self, field: str, group: etree._Element) -> None:
        """Media's title and description may stand in a group or a medium of their own."""
        inside = [child for child in group if _field(child.tag) in {"group", "media_title", "summary"}]
        if field != "group" or (inside and self.summary is not None):
            raise DoubtError
        self._take_all(inside)

    def _take_content(self, field: str, text: str, element: etree._Element) -> None:
        if element.get("type") not in _TEXT_TYPES:
            raise DoubtError
        if field == "content" or (self.summary is not None and not self.contents):
            self.contents.append(text)
            self.summary = text if self.summary is None else self.summary
        else:
            self.summary = text

    def _take_link(self, element: etree._Element) -> None:
        href = element.get("href")
        if href is None:
            href = element.get("url", element.get("uri"))
        if href is None:
            text = (element.text or "").strip()
            if "&" in text and ";" in text:
                raise DoubtError
            self.link = text
            self.links += [text] if text else []
            return
        rel = element.get("rel", "alternate").lower()
        if rel != "enclosure" and href:
            self.links.append(href)
        if rel == "alternate" and element.get("type", "text/html").lower() in _HTML_TYPES:
            self.link = href

    def item(self, language: str | None) -> Item:
        """What was found, as the entries are made of it."""
        texts = self.texts
        guid = texts.get("guid")
        if texts.get("title") == "" and "media_title" in texts:
            raise DoubtError
        return Item(
            link=texts.get("origin") or self.link or (self.links[0] if self.links else "") or web_address(guid),
            title=plain_text(texts.get("title") or texts.get("media_title") or "", limit=1_000),
            summary=plain_text(self.summary or (self.contents[0] if self.contents else "")),
            guid=guid,
            published=read_date(texts.get("published"), language=language)
            or read_date(texts.get("updated") or texts.get("created"), language=language),
        )


def web_address(guid: object) -> str:
    """An id that is an address is a link as well."""
    return guid if isinstance(guid, str) and guid.startswith(("http://", "https://")) else ""
