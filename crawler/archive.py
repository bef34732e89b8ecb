"""Pages as they came, kept in WARC files (ISO 28500) and read from anybody's. The only home of warcio.

A file holds a warcinfo record, then a response record a page, each a gzip member of its own: what was written before
a crash or a full disk stays readable, and many tools read it.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.answers import Answer
from crawler.archived import ArchivedPage
from crawler.types import CrawlError

#: Bytes after which a new file is begun: small enough to copy and to delete, large enough to be few. Common Crawl's
#: news archive uses the same.
FILE_BYTES = 1_000_000_000
#: Where a page says that copies are not to be kept.
_META = re.compile(rb"<meta\s[^>]*?name\s*=\s*[\"']?robots[^>]*>", re.IGNORECASE)
_HEAD_BYTES = 128 * 1024
_CHUNK = 64 * 1024
#: Describe the bytes as they travelled, not as they are kept: decompressed, and whole.
_OF_THE_WAY = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection", "keep-alive"})
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)


def may_be_kept(answer: Answer) -> bool:
    """Whether a page allows copies: neither its headers nor its meta tags say `noarchive`, or `none`."""
    said = answer.headers.get("x-robots-tag", "").lower()
    tags = b" ".join(_META.findall(answer.body[:_HEAD_BYTES])).decode("latin-1").lower()
    return re.search(r"\b(?:noarchive|none)\b", f"{said} {tags}") is None


class PageArchive:
    """The files one process writes; begins the first when the first page comes.

    Args:
        folder: Made if need be.
        file_bytes: A file that has grown so large is followed by another.
    """

    def __init__(self, folder: Path, *, user_agent: str, file_bytes: int = FILE_BYTES) -> None:
        self._folder, self._user_agent, self._file_bytes = folder, user_agent, file_bytes
        self._file: BinaryIO | None = None
        self._begun = 0

    def keep(self, answer: Answer, *, at: datetime) -> None:
        """Append a page, unless it asks that no copy be kept.

        Raises:
            OSError: it can't be written; the file is left as it was before.
        """
        if not may_be_kept(answer):
            return
        if self._file is None or self._file.tell() >= self._file_bytes:
            self._begin(at)
        self._append(_written(lambda writer: _response(writer, answer, at)))

    def close(self) -> None:
        """End the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begin(self, at: datetime) -> None:
        self.close()
        self._folder.mkdir(parents=True, exist_ok=True)
        name = f"cocorico-{at:%Y%m%dT%H%M%SZ}-{os.getpid()}-{self._begun:03}.warc.gz"
        self._begun += 1
        self._file = (self._folder / name).open("xb", buffering=0)
        about = {"software": self._user_agent, "format": "WARC File Format 1.1"}
        self._append(_written(lambda writer: writer.create_warcinfo_record(name, about)))

    def _append(self, record: bytes) -> None:
        """Write a record whole or not at all."""
        if self._file is None:
            raise AssertionError("a file is begun first")
        before = self._file.tell()
        try:
            rest = memoryview(record)
            while rest:
                rest = rest[self._file.write(rest) or 0 :]
        except OSError:
            self._file.truncate(before)
            self.close()  # the next page tries a file of its own
            raise


def _written(make: Callable[[WARCWriter], ArcWarcRecord]) -> bytes:
    """A record as a gzip member."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    writer.write_record(make(writer))
    return buffer.getvalue()


def _response(writer: WARCWriter, answer: Answer, at: datetime) -> ArcWarcRecord:
    headers = [(name, value) for name, value in answer.headers.items() if name not in _OF_THE_WAY]
    headers.append(("content-length", str(len(answer.body))))
    return writer.create_warc_record(
        answer.url,
        "response",
        payload=io.BytesIO(answer.body),
        length=len(answer.body),
        http_headers=StatusAndHeaders(f"{answer.status} OK", headers, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")},
    )


@dataclass(slots=True)
class _Reading:
    pages: int = 0


def read_archive(
    path: Path, *, page_bytes: int, progress: Callable[[int], None] = lambda _bytes: None
) -> Iterator[ArchivedPage]:
    """The web pages of a WARC or ARC file, compressed or not, in its order; all else in it is passed over.

    Args:
        path: The file; it may still be written to.
        page_bytes: Larger pages are passed over.
        progress: Told after each record how many bytes of the file have been read.

    Raises:
        CrawlError: the file is no archive, or is broken; what comes before the break has been given.
        OSError: it can't be read.
    """
    seen = _Reading()
    with path.open("rb") as file:
        if not _is_archive(file.read(1024)):
            raise CrawlError(f"{path} is no WARC file: it doesn't begin like one")
        file.seek(0)
        try:
            yield from _pages(file, page_bytes, progress, seen)
        except (ArchiveLoadFailed, EOFError, zlib.error, ValueError) as error:
            raise CrawlError(f"{path} breaks off; the {seen.pages} pages before that were read") from error


def _is_archive(start: bytes) -> bool:
    """Whether a file begins like a WARC or ARC file, compressed or not: warcio takes any line for a record."""
    if start.startswith(b"\x1f\x8b"):
        with contextlib.suppress(zlib.error):
            start = zlib.decompressobj(wbits=31).decompress(start)
    return start.startswith((b"WARC/", b"filedesc://"))


def _pages(file: BinaryIO, page_bytes: int, progress: Callable[[int], None], seen: _Reading) -> Iterator[ArchivedPage]:
    for record in ArchiveIterator(file, arc2warc=True):
        page = _page(record, page_bytes) if record.rec_type == "response" else None
        if page is not None:
            seen.pages += 1
            yield page
        progress(file.tell())


def _page(record: ArcWarcRecord, page_bytes: int) -> ArchivedPage | None:
    """What a response record holds, when that is a web page."""
    http = record.http_headers
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    if http is None or http.get_statuscode() != "200" or not url.startswith(("http://", "https://")):
        return None
    kind = http.get_header("Content-Type") or ""
    if kind and "html" not in kind.lower():
        return None
    body: bytes = record.content_stream().read(page_bytes + 1)
    if len(body) > page_bytes:
        return None
    _finish(record)
    charset = _CHARSET.search(kind)
    return ArchivedPage(
        url=url,
        at=_moment(record.rec_headers.get_header("WARC-Date")),
        content_type=kind.partition(";")[0].strip().lower() or None,
        charset=charset.group(1) if charset else None,
        body=body,
    )


def _finish(record: ArcWarcRecord) -> None:
    """Read to the end of a record: warcio gives the beginning of one that breaks off as if it were all.

    Raises:
        EOFError: it ends before its length.
    """
    while record.raw_stream.read(_CHUNK):
        pass
    if record.raw_stream.limit > 0:
        raise EOFError("a record is shorter than it says")


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
