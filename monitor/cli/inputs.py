"""Articles as people hand them in: files, folders, addresses, standard input."""

from __future__ import annotations

import gzip
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crawler import (
    Article,
    Crawler,
    Entry,
    Fetch,
    Limits,
    Rejected,
    RejectReason,
    canonical_url,
    extract_page,
)
from monitor.articles import document_of
from monitor.reading import document_from_meta
from monitor.types import Document, MonitorError

if TYPE_CHECKING:
    from monitor.cli.visiting import Visits

_PAGES: Final = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz", ".xhtml.gz")
_PAGE_BYTES: Final = Limits().page_bytes
#: The address a saved page gives for itself.
_CANONICAL: Final = re.compile(
    rb"""<link\b(?=[^>]*\brel\s*=\s*["']?canonical\b)[^>]*\bhref\s*=\s*["']?(?P<url>https?://[^"'\s>]+)"""
    rb"""|<meta\b(?=[^>]*\bproperty\s*=\s*["']?og:url\b)[^>]*\bcontent\s*=\s*["']?(?P<og>https?://[^"'\s>]+)""",
    re.IGNORECASE,
)
#: Where in a page its head may be, in bytes.
_HEAD: Final = 256 * 1024
#: Stands in for the address of a page that has none; never resolves (RFC 2606).
_NOWHERE: Final = "https://page.invalid/"


class InputError(MonitorError):
    """What was handed in can't be read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What extraction made of one page."""

    path: str  #: as it was given
    record: Article | Rejected
    url: str | None  #: None when a saved page doesn't tell its address
    missing: bool = False  #: there was nothing to read


def is_url(name: str) -> bool:
    """Tell an address from a path."""
    return name.lower().startswith(("http://", "https://"))


def walk(names: Sequence[str]) -> Iterator[str]:
    """Give each name, and for a folder the pages in it and below, sorted."""
    for name in names:
        if not is_url(name) and Path(name).is_dir():
            yield from (str(path) for path in sorted(Path(name).rglob("*")) if path.name.lower().endswith(_PAGES))
        else:
            yield name


def read_pages(paths: Sequence[str]) -> list[Page]:
    """Extract saved pages, gzipped ones too; one that can't be read is rejected as not found."""
    return [_read_page(path) for path in paths]


def _read_page(path: str) -> Page:
    try:
        body = read_bytes(Path(path))
    except InputError as error:
        return Page(path=path, record=_refused(RejectReason.NOT_FOUND, str(error)), url=None, missing=True)
    if len(body) > _PAGE_BYTES:
        return Page(path=path, record=_refused(RejectReason.TOO_LARGE, ""), url=None)
    return page_of(body, path, _meta_beside(Path(path)))


def crashed(path: str) -> Page:
    """Say that a page took its process down with it."""
    return Page(path=path, record=_refused(RejectReason.CRASHED, ""), url=None)


def read_bytes(path: Path) -> bytes:
    """Read a file, or what is in it when it is gzipped, up to just over the limit of a page.

    Raises:
        InputError: it isn't there, or is damaged.
    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            return file.read(_PAGE_BYTES + 1)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    except (EOFError, ValueError) as error:
        raise InputError(f"cannot read {path}: {error}") from error


def page_of(body: bytes, path: str, meta: Mapping[str, object]) -> Page:
    """Extract a page; what was noted beside it stands in for what its listing said."""
    found = str(meta.get("url") or "") or own_address(body)
    url = found or _NOWHERE
    published = meta.get("published")
    entry = Entry(
        source="file",
        url=canonical_url(url),
        listed_url=url,
        title=str(meta.get("title") or ""),
        summary=str(meta.get("summary") or ""),
        published=published.astimezone(UTC) if isinstance(published, datetime) else None,
    )
    language = str(meta["language"]) if "language" in meta else None
    record = extract_page(
        body,
        fetch=Fetch(order="", entry=entry, language=language),
        final_url=url,
        content_type="text/html",
        charset=None,
        fetched_at=datetime.now(UTC),
    )
    return Page(path=path, record=record, url=record.url if found else None)


def own_address(body: bytes) -> str | None:
    """Find the address a page gives for itself, when it is one."""
    for match in _CANONICAL.finditer(body[:_HEAD]):
        url = (match["url"] or match["og"]).decode("utf-8", "replace").replace("&amp;", "&")
        with suppress(ValueError):
            return canonical_url(url) and url
    return None


def _meta_beside(path: Path) -> Mapping[str, object]:
    """Read the `meta.toml` beside a saved article.

    Raises:
        InputError: it is no TOML.
    """
    meta = path.parent / "meta.toml"
    if not meta.is_file():
        return {}
    try:
        return tomllib.loads(meta.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read {meta}: {error}") from error


def _refused(reason: RejectReason, detail: str) -> Rejected:
    return Rejected(
        order="", source="file", url="", listed_url="", reason=reason, detail=detail, fetched_at=datetime.now(UTC)
    )


def fetch_pages(urls: Sequence[str], limits: Limits, visits: Visits | None = None) -> Iterator[Page]:
    """Fetch pages with a crawler child, politely; in the order given, each as soon as those before it are there."""
    if not urls:
        return
    arrived: dict[str, Article | Rejected] = {}
    with Crawler(limits) as running:
        crawler = visits(running) if visits else running
        for number, url in enumerate(urls):
            entry = Entry(source="cli", url=canonical_url(url), listed_url=url)
            crawler.submit(Fetch(order=str(number), entry=entry))
        for number, url in enumerate(urls):
            while str(number) not in arrived:
                records = crawler.records(1.0)
                arrived |= {one.order: one for one in records if isinstance(one, Article | Rejected)}
            record = arrived.pop(str(number))
            yield Page(path=url, record=record, url=record.url)


def document(name: str, limits: Limits | None = None, visits: Visits | None = None) -> Document:
    """Read one article: a text file, a page, an address (fetched within `limits`), or "-" for standard input.

    Raises:
        InputError: it can't be read, or yields no article.
    """
    if is_url(name):
        return _document_of_page(next(fetch_pages([name], limits or Limits(), visits)))
    path = Path(name)
    body = sys.stdin.buffer.read(_PAGE_BYTES + 1) if name == "-" else read_bytes(path)
    meta = {} if name == "-" else _meta_beside(path)
    if path.name.lower().endswith(_PAGES) or body.lstrip()[:1] == b"<":
        return _document_of_page(page_of(body, name, meta))
    try:
        found = document_from_meta(body.decode("utf-8-sig", "replace"), meta)
    except ValueError as error:
        raise InputError(f"{path.parent / 'meta.toml'}: {error}") from error
    if not found.title:
        raise InputError(f"{name} holds no text")
    return found


def _document_of_page(page: Page) -> Document:
    if isinstance(page.record, Rejected):
        detail = f": {page.record.detail}" if page.record.detail else ""
        raise InputError(f"{page.path} yields no article: {page.record.reason}{detail}")
    return document_of(page.record)
