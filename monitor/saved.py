"""Articles from files: texts, pages, recorded streams, web archives, and folders of them."""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import crawler
from crawler import ArchivedPage, Article, Entry, Fetch, Rejected, RejectReason, Tier
from monitor.reading import document_from_meta
from monitor.types import MonitorError

_PAGES = (".html", ".htm", ".html.gz")
_STREAMS = (".jsonl", ".jsonl.gz")
_ARCHIVES = (".warc", ".warc.gz", ".arc.gz")
_SUFFIXES = (".txt", *_PAGES, *_STREAMS, *_ARCHIVES)
#: Larger pages of an archive are passed over.
_PAGE_BYTES = 10 * 1024 * 1024


class ReplayError(MonitorError):
    """A saved article can't be read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Saved:
    """One saved article, or why its page yields none."""

    path: str
    record: Article | Rejected
    at: datetime | None = None  #: when it was fetched, if that is known: then is when it is judged


def saved(
    paths: Iterable[Path], *, now: datetime, progress: Callable[[int], None] = lambda _bytes: None
) -> Iterator[Saved]:
    """Read saved articles: texts, pages, record streams, web archives, and folders of these, in the order given.

    A folder with a `page.html` is one article; its `meta.toml`, if there, says what the listing said. An archive that
    breaks off is read up to there, and ends with a rejection that says so.

    Args:
        now: when those were fetched that don't say it.
        progress: told how many bytes have been read since it was last told.

    Raises:
        ReplayError: a path isn't there, or can't be read.
    """
    for path in paths:
        for file in files(path):
            try:
                yield from _archive(file, now, progress) if file.name.endswith(_ARCHIVES) else _read(file, now)
            except (OSError, ValueError, tomllib.TOMLDecodeError, crawler.CrawlError) as error:
                raise ReplayError(f"{file}: {error}") from error
            if not file.name.endswith(_ARCHIVES):
                progress(file.stat().st_size)


def files(path: Path) -> list[Path]:
    """List the files that a path stands for.

    Raises:
        ReplayError: it isn't there.
    """
    if not path.exists():
        raise ReplayError(f"{path}: no such file or folder")
    return list(_files(path))


def _archive(file: Path, now: datetime, progress: Callable[[int], None]) -> Iterator[Saved]:
    """Read the pages of a web archive, each as of when it was fetched."""
    told = 0

    def tell(position: int) -> None:
        nonlocal told
        progress(position - told)
        told = position

    pages = 0
    try:
        for page in crawler.read_archive(file, page_bytes=_PAGE_BYTES, progress=tell):
            pages += 1
            yield Saved(path=page.url, record=_archived(page, page.at or now), at=page.at)
    except crawler.CrawlError as error:
        if not pages:
            raise
        tell(file.stat().st_size)
        yield Saved(path=str(file), record=_broken(file, str(error), now))


def _archived(page: ArchivedPage, at: datetime) -> Article | Rejected:
    try:
        host, url = crawler.host_key(page.url), crawler.canonical_url(page.url)
    except ValueError as error:
        return _broken(Path(page.url), str(error), at)
    outlet = host.removesuffix(":443").removesuffix(":80")  # as people call it
    fetch = Fetch(order="", entry=Entry(source=outlet, url=url, listed_url=page.url))
    return crawler.extract_page(
        page.body,
        fetch=fetch,
        final_url=page.url,
        content_type=page.content_type,
        charset=page.charset,
        fetched_at=at,
    )


def _broken(file: Path, detail: str, at: datetime) -> Rejected:
    return Rejected(
        order="",
        source="replay",
        url=str(file),
        listed_url=str(file),
        reason=RejectReason.NETWORK,
        detail=detail,
        fetched_at=at,
    )


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif (page := path / "page.html").is_file():
        yield page
    else:
        for child in sorted(path.iterdir()):
            if child.is_dir() or child.name.endswith(_SUFFIXES):
                yield from _files(child)


def _read(file: Path, now: datetime) -> Iterator[Saved]:
    body = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    if file.name.endswith(_STREAMS):
        for number, line in enumerate(body.decode("utf-8").splitlines(), 1):
            record = crawler.decode(line)
            if isinstance(record, Article | Rejected):
                yield Saved(path=f"{file}:{number}", record=record)
        return
    meta = _meta(file)
    record = _page(file, body, meta, now) if file.name.endswith(_PAGES) else _text(file, body, meta, now)
    yield Saved(path=str(file), record=record)


def _meta(file: Path) -> Mapping[str, object]:
    beside = file.parent / "meta.toml"
    return tomllib.loads(beside.read_text(encoding="utf-8")) if beside.is_file() else {}


def _entry(file: Path, meta: Mapping[str, object]) -> Entry:
    url = str(meta.get("url") or f"https://replay.invalid/{file.resolve().as_uri().removeprefix('file:///')}")
    published = meta.get("published")
    return Entry(
        source=str(meta.get("outlet") or "replay"),
        url=crawler.canonical_url(url),
        listed_url=url,
        title=str(meta.get("title") or ""),
        summary=str(meta.get("summary") or ""),
        published=published.astimezone(UTC) if isinstance(published, datetime) else None,
    )


def _page(file: Path, body: bytes, meta: Mapping[str, object], now: datetime) -> Article | Rejected:
    entry = _entry(file, meta)
    fetch = Fetch(order="", entry=entry, language=str(meta["language"]) if "language" in meta else None)
    return crawler.extract_page(
        body, fetch=fetch, final_url=entry.listed_url, content_type="text/html", charset=None, fetched_at=now
    )


def _text(file: Path, body: bytes, meta: Mapping[str, object], now: datetime) -> Article | Rejected:
    entry = _entry(file, meta)
    document = document_from_meta(body.decode("utf-8", "replace"), meta)
    if not document.title:
        return Rejected(
            order="",
            source=entry.source,
            url=entry.url,
            listed_url=entry.listed_url,
            reason=RejectReason.TOO_SHORT,
            detail="the file holds no text",
            fetched_at=now,
        )
    return Article(
        order="",
        source=entry.source,
        url=entry.url,
        listed_url=entry.listed_url,
        title=document.title,
        summary=document.summary,
        text=document.text,
        language=document.language,
        published=document.published,
        fetched_at=now,
        tier=Tier.GIVEN,
        quality=1.0,
    )
