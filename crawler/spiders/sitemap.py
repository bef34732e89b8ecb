"""A sitemap's bytes -> entries and child sitemaps: urlset, Google News, index, plain text, gzip or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from lxml import etree

from crawler.charset import decode
from crawler.dates import read_date
from crawler.plain import plain_text
from crawler.spiders.entries import Item, entries
from crawler.types import Entry, Poll
from crawler.unpack import unpacked
from crawler.urls import canonical_url

MAX_BYTES = 50 * 1024 * 1024  #: of a sitemap once decompressed: the limit of sitemaps.org
MAX_LOCATIONS = 50_000  #: of one sitemap, by the same rules (fault P22)
MAX_CHILDREN = 500  #: of an index; nobody's news needs more, and each is a request

_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class SitemapPage:
    """What one sitemap lists."""

    entries: tuple[Entry, ...] = ()
    children: tuple[str, ...] = ()  #: addresses of an index's sitemaps, newest first, no address twice


def read_sitemap(body: bytes, *, poll: Poll, base_url: str, charset: str | None = None) -> SitemapPage | None:
    """What a sitemap lists; None when this is no sitemap. Pure: the caller fetches the children.

    Args:
        body: As received; a gzip body (`.xml.gz`) is decompressed here, up to `MAX_BYTES`.
        poll: Whose source, language, `allow` and `deny` apply to the entries.
        base_url: The final address, after redirects.
        charset: What the Content-Type header says.
    """
    content = unpacked(body, most=MAX_BYTES)
    if content is None:
        return None
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n\x00\xff\xfe").startswith((b"<", b"\x00<")):
        return _plain_page(decode(content, charset), poll, base_url)
    return _xml_page(content, poll, base_url)


def _plain_page(text: str, poll: Poll, base_url: str) -> SitemapPage | None:
    """A text sitemap has one absolute address a line and nothing else."""
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if not lines or not all(line.startswith(("http://", "https://")) for line in lines):
        return None
    items = (Item(link=line) for line in lines[:MAX_LOCATIONS])
    return SitemapPage(entries=entries(items, poll=poll, base_url=base_url))


def _xml_page(content: bytes, poll: Poll, base_url: str) -> SitemapPage | None:
    reader = _Reader(content)
    items: list[Item] = []
    children: dict[str, datetime] = {}
    for kind, fields in reader.records():
        if kind == "url":
            items.append(_item(fields, poll.language))
        else:
            children.setdefault(fields.get("loc", ""), read_date(fields.get("lastmod")) or _EARLIEST)
        if len(items) >= MAX_LOCATIONS:
            break
    if reader.root not in {"urlset", "sitemapindex"}:
        return None
    newest = sorted(children, key=lambda child: children[child], reverse=True)
    return SitemapPage(
        entries=entries(items, poll=poll, base_url=base_url),
        children=tuple(child for child in newest if _is_address(child))[:MAX_CHILDREN],
    )


class _Reader:
    """The records of a sitemap one by one, each freed once read: 50,000 addresses stay small."""

    def __init__(self, content: bytes) -> None:
        self.root: str | None = None
        # No entities, no network, no DTD: a sitemap needs none (fault P02). `recover` reads the broken ones.
        self._events = etree.iterparse(
            BytesIO(content.lstrip()), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
            huge_tree=False, recover=True, remove_comments=True, remove_pis=True,
        )  # fmt: skip

    def records(self) -> Iterator[tuple[str, dict[str, str]]]:
        """`("url" | "sitemap", {local name of each field: its text})`, in the document's order."""
        try:
            for event, element in self._events:
                name = _local(element)
                if self.root is None:
                    self.root = name
                if event == "end" and name in {"url", "sitemap"}:
                    yield name, _fields(element)
                    _free(element)
        except etree.XMLSyntaxError:  # what came before the damage has been read
            return


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _fields(record: etree._Element) -> dict[str, str]:
    """The texts below a record, the first of each name: images and videos have a `loc` and a `title` too."""
    fields: dict[str, str] = {}
    for element in record.iter(etree.Element):
        space = element.tag.partition("}")[0]
        if element is not record and "image" not in space and "video" not in space:
            fields.setdefault(_local(element), (element.text or "").strip())
    return fields


def _free(element: etree._Element) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _item(fields: dict[str, str], language: str | None) -> Item:
    language = fields.get("language", "")[:2].lower() or language
    written = read_date(fields.get("publication_date"), language=language)
    return Item(
        link=fields.get("loc", ""),
        title=plain_text(fields.get("title", ""), limit=1_000),
        published=written or read_date(fields.get("lastmod"), language=language),
    )


def _is_address(url: str) -> bool:
    try:
        canonical_url(url)
    except ValueError:
        return False
    return True
