"""Pages kept as WARC by a real crawler, read back, and anybody's archives replayed."""

from __future__ import annotations

import gzip
import io
import json
import os
import resource
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command import call
from crawling import ARTICLE, LIMITS, ask, fetch
from origin import Origin, Page
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler import ArchivedPage, Article, Crawler, CrawlError, Rejected, read_archive
from crawler.answers import Answer
from crawler.archive import PageArchive
from monitor import archives
from monitor.config.values import ArchiveConfig
from monitor.data import folder
from monitor.decide.keeping import Kept, outdated
from monitor.saved import saved

NOW = datetime(2026, 11, 20, 12, 30, 15, 250_000, tzinfo=UTC)
HTML = {"Content-Type": "text/html; charset=utf-8"}
MISSIONS = folder("seeds") / "articles" / "missions" / "page.html"


def answer(body: bytes = ARTICLE, url: str = "https://outlet.example/missions", **headers: str) -> Answer:
    said = {"content-type": "text/html; charset=utf-8", "content-encoding": "gzip", **headers}
    return Answer(url=url, status=200, headers=said, body=body)


def pages(path: Path, *, page_bytes: int = 10_000_000) -> list[ArchivedPage]:
    return list(read_archive(path, page_bytes=page_bytes))


def only(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


# What the daemon keeps


def test_a_fetched_page_is_kept_as_it_came_and_yields_the_same_article(tmp_path: Path) -> None:
    kept = tmp_path / "archive"
    quiet = {**HTML, "X-Robots-Tag": "noarchive"}
    with (
        Crawler(replace(LIMITS, archive=str(kept))) as crawler,
        Origin(
            {
                "/missions": Page(body=ARTICLE, headers=HTML),
                "/quiet": Page(body=ARTICLE, headers=quiet),
                "/reserved": Page(body=ARTICLE, headers={**HTML, "TDM-Reservation": "1"}),
            }
        ) as site,
    ):
        first, second, third = ask(crawler, *(fetch(site.url(path)) for path in ("/missions", "/quiet", "/reserved")))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert isinstance(third, Rejected)
    (page,) = pages(only(kept))
    assert (page.url, page.body, page.content_type, page.charset) == (
        site.url("/missions"),
        ARTICLE,
        "text/html",
        "utf-8",
    )
    assert page.at is not None
    assert abs(page.at - first.fetched_at) < timedelta(seconds=5)
    (again,) = saved([kept], now=NOW)
    assert isinstance(again.record, Article)
    assert (again.record.title, again.at) == (first.title, page.at)
    # Some pages of a site are read in full as samples, and a paragraph said again is then one.
    assert set(again.record.text.splitlines()) == set(first.text.splitlines())


def test_a_folder_that_cannot_be_written_costs_the_copy_and_not_the_article(tmp_path: Path) -> None:
    said: list[str] = []
    (tmp_path / "archive").write_text("a file where the folder should be")
    with (
        Crawler(
            replace(LIMITS, archive=str(tmp_path / "archive")), log=lambda _event, keys: said.append(str(keys))
        ) as crawler,
        Origin({"/missions": Page(body=ARTICLE, headers=HTML)}) as site,
    ):
        (record,) = ask(crawler, fetch(site.url("/missions")))
    assert isinstance(record, Article)
    assert any("could not be archived" in line and "make room or switch [archive] off" in line for line in said)


@pytest.mark.parametrize(
    "tag",
    [
        "<meta name='robots' content='noarchive'>",
        '<META content="NONE" name="robots">',
        "<meta name=robots content=none>",
    ],
)
def test_a_page_that_asks_for_no_copies_is_not_kept(tag: str, tmp_path: Path) -> None:
    archive = PageArchive(tmp_path, user_agent="Bot")
    archive.keep(answer(tag.encode() + ARTICLE), at=NOW)
    archive.close()
    assert list(tmp_path.iterdir()) == []


def test_an_article_about_archives_is_kept(tmp_path: Path) -> None:
    archive = PageArchive(tmp_path, user_agent="Bot")
    archive.keep(answer(b"<meta name=robots content=index><p>noarchive, none</p>"), at=NOW)
    archive.close()
    (page,) = pages(only(tmp_path))
    assert page.at == NOW


def test_a_new_file_is_begun_when_one_is_large(tmp_path: Path) -> None:
    archive = PageArchive(tmp_path, user_agent="Bot", file_bytes=2_000)
    for number in range(12):
        archive.keep(answer(os.urandom(400), url=f"https://outlet.example/{number}"), at=NOW)
    archive.close()
    files = sorted(tmp_path.iterdir())
    assert len(files) > 2
    assert [page.url for file in files for page in pages(file)] == [f"https://outlet.example/{n}" for n in range(12)]
    for file in files:
        with gzip.open(file) as text:
            assert text.readline() == b"WARC/1.1\r\n"


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond this: the write in which it would fails, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_is_full_spoils_nothing_that_was_written(tmp_path: Path) -> None:
    archive = PageArchive(tmp_path, user_agent="Bot")
    archive.keep(answer(url="https://outlet.example/1"), at=NOW)
    size = only(tmp_path).stat().st_size
    with room_for(size + 100), pytest.raises(OSError, match="large"):
        archive.keep(answer(os.urandom(4_000), url="https://outlet.example/2"), at=NOW)
    assert only(tmp_path).stat().st_size == size
    archive.keep(answer(url="https://outlet.example/3"), at=NOW)
    archive.close()
    urls = [page.url for file in sorted(tmp_path.iterdir()) for page in pages(file)]
    assert urls == ["https://outlet.example/1", "https://outlet.example/3"]


# What others keep


def written(file: Path, *records: tuple[str, str, bytes, Mapping[str, str]], status: str = "200 OK") -> Path:
    """An archive of another maker: (record type, address, body as it travelled, headers) of each record."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=file.suffix == ".gz")
    writer.write_record(writer.create_warcinfo_record(file.name, {"software": "another"}))
    for kind, url, body, headers in records:
        http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1") if kind == "response" else None
        writer.write_record(
            writer.create_warc_record(
                url,
                kind,
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=http,
                warc_headers_dict={"WARC-Date": "2026-11-19T08:00:00Z"},
                warc_content_type="" if http else "text/dns",
            )
        )
    file.write_bytes(buffer.getvalue())
    return file


@pytest.mark.parametrize("name", ["news.warc.gz", "news.warc"])
def test_of_anybodys_archive_the_web_pages_are_read(name: str, tmp_path: Path) -> None:
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(ARTICLE), ARTICLE)
    file = written(
        tmp_path / name,
        ("resource", "dns:outlet.example", b"A 192.0.2.1", {}),
        ("response", "https://outlet.example/zip", gzip.compress(ARTICLE), {**HTML, "Content-Encoding": "gzip"}),
        ("response", "https://outlet.example/parts", chunked, {**HTML, "Transfer-Encoding": "chunked"}),
        ("response", "https://outlet.example/photo", b"\xff\xd8\xff", {"Content-Type": "image/jpeg"}),
        ("response", "https://outlet.example/large", b"<p>" + b"x" * 20_000, HTML),
        ("response", "ftp://outlet.example/file", ARTICLE, HTML),
    )
    found = pages(file, page_bytes=20_000)
    assert [page.url.rpartition("/")[2] for page in found] == ["zip", "parts"]
    assert all(page.body == ARTICLE for page in found)
    assert all(page.at == datetime(2026, 11, 19, 8, tzinfo=UTC) for page in found)


def test_what_is_no_page_in_it_is_passed_over(tmp_path: Path) -> None:
    missing = ("response", "https://outlet.example/gone", ARTICLE, HTML)
    assert pages(written(tmp_path / "a.warc.gz", missing, status="404 Not Found")) == []


def test_an_archive_that_breaks_off_gives_what_comes_before(tmp_path: Path) -> None:
    body = b"<p>" + os.urandom(5_000).hex().encode()
    records = [("response", f"https://outlet.example/{n}", body, HTML) for n in range(3)]
    whole = written(tmp_path / "whole.warc.gz", *records).read_bytes()
    broken = tmp_path / "broken.warc.gz"
    broken.write_bytes(whole[:-2_000])
    found: list[ArchivedPage] = []
    with pytest.raises(CrawlError, match=r"broken\.warc\.gz breaks off; the 2 pages before that were read"):
        found.extend(read_archive(broken, page_bytes=20_000))
    *good, end = saved([broken], now=NOW)
    assert [one.path for one in good] == ["https://outlet.example/0", "https://outlet.example/1"]
    assert isinstance(end.record, Rejected)
    assert "breaks off" in end.record.detail


@pytest.mark.parametrize("name", ["no.warc", "no.warc.gz"])
def test_what_is_no_archive_is_said(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"<html>not at all</html>" * 50)
    done = call("--data", tmp_path / "data", "replay", tmp_path / name)
    assert (done.code, done.out) == (1, "")
    assert f"{name} is no WARC file" in done.err
    assert len(done.err.splitlines()) == 1


def test_an_archive_is_replayed_as_of_when_its_pages_were_fetched(tmp_path: Path) -> None:
    page = MISSIONS.read_bytes()
    fresh = written(tmp_path / "old.warc.gz", ("response", "https://outlet.example/missions", page, HTML))
    done = call("--data", tmp_path / "data", "replay", "--json", fresh)
    assert done.code == 0, done.err
    found = json.loads(done.out)
    (article,) = found["articles"]
    assert article["path"] == "https://outlet.example/missions"
    assert {one["title"] for one in article["announcements"]} == {"Missions"}
    assert found["stories"], "the season is known"
    assert found["alerts"] == [], "the page is years older than its copy: no news, then or now"


def test_of_many_articles_only_those_that_announce_something_are_listed(tmp_path: Path) -> None:
    dull = b"<html><body><article><h1>Recette du jour</h1>" + b"<p>Un gateau aux pommes, simple et bon.</p>" * 20
    news = MISSIONS.read_bytes()
    records = [("response", f"https://outlet.example/{n}", dull, HTML) for n in range(201)]
    file = written(tmp_path / "big.warc.gz", *records, ("response", "https://outlet.example/missions", news, HTML))
    done = call("--data", tmp_path / "data", "replay", "--lang", "en", file)
    assert done.code == 0, done.err
    assert done.out.count("https://outlet.example/") == 1
    assert "duplicate 200, " in done.out


# How long


def test_old_files_go_and_the_oldest_of_too_many_but_none_that_may_be_open() -> None:
    def kept(name: str, days: float, size: int = 10) -> Kept:
        return Kept(name=name, size=size, written_at=NOW - timedelta(days=days))

    files = [kept("c", 3), kept("a", 401), kept("b", 20), kept("d", 0.5)]
    keep = timedelta(days=400)
    assert outdated(files, keep=keep, most=100, now=NOW) == ("a",)
    assert outdated(files, keep=keep, most=20, now=NOW) == ("a", "b")
    assert outdated(files, keep=keep, most=1, now=NOW) == ("a", "b", "c")
    assert outdated([], keep=keep, most=1, now=NOW) == ()


def test_only_files_of_the_archive_are_deleted(tmp_path: Path) -> None:
    for name in ("cocorico-20200101T000000Z-1-000.warc.gz", "cocorico-20261120T000000Z-1-000.warc.gz", "mine.warc.gz"):
        (tmp_path / name).write_bytes(b"x")
        moment = (NOW - timedelta(days=500 if "2026" not in name else 2)).timestamp()
        os.utime(tmp_path / name, (moment, moment))
    settings = ArchiveConfig(folder=tmp_path)
    assert archives.prune(settings, NOW) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "cocorico-20261120T000000Z-1-000.warc.gz",
        "mine.warc.gz",
    ]
    assert (
        archives.prune(replace(settings, folder=None), NOW)
        == archives.prune(replace(settings, folder=tmp_path / "no"), NOW)
        == 0
    )


def test_a_replayed_page_s_outlet_is_called_by_its_host_without_the_usual_port(tmp_path: Path) -> None:
    archive = PageArchive(tmp_path, user_agent="Bot")
    for address in ("https://outlet.example/1", "http://lune.example/2", "http://soleil.example:8080/3"):
        archive.keep(answer(url=address), at=NOW)
    archive.close()
    found = [one.record.source for one in saved([tmp_path], now=NOW)]
    assert found == ["outlet.example", "lune.example", "soleil.example:8080"]
