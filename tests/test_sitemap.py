from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from crawler.spiders.sitemap import MAX_BYTES, MAX_CHILDREN, SitemapPage, read_sitemap
from crawler.types import Poll, SourceKind

BASE = "https://www.outlet.fr/sitemap.xml"
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
NEWS = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {SPACES}>
<url><loc>https://www.outlet.fr/series/la-forge</loc><image:image><image:loc>https://img.fr/1.jpg</image:loc>
<image:title>Une photo</image:title></image:image><news:news><news:publication><news:name>Outlet</news:name>
<news:language>fr</news:language></news:publication><news:publication_date>2026-11-20T13:00:00</news:publication_date>
<news:title>« La Forge » &amp; son équipe rempilent</news:title></news:news></url>
<url><loc>javascript:void(0)</loc></url>
<url><loc> https://www.outlet.fr/people/autre </loc><lastmod>2026-11-19</lastmod></url>
</urlset>"""


def read(document: str | bytes, *, charset: str | None = None, **fields: object) -> SitemapPage | None:
    values = {"order": "o", "source": "outlet", "url": BASE, "kind": SourceKind.SITEMAP, "language": "fr"} | fields
    body = document.encode() if isinstance(document, str) else document
    return read_sitemap(body, poll=Poll(**values), base_url=BASE, charset=charset)  # type: ignore[arg-type]


def test_a_news_sitemap_gives_titles_and_dates() -> None:
    page = read(NEWS)
    assert page is not None
    first, second = page.entries
    assert first.title == "« La Forge » & son équipe rempilent"
    assert first.url == "https://www.outlet.fr/series/la-forge"
    assert first.published == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert (second.url, second.title) == ("https://www.outlet.fr/people/autre", "")
    assert second.published == datetime(2026, 11, 18, 23, tzinfo=UTC)
    assert page.children == ()


def test_allow_and_deny_apply() -> None:
    page = read(NEWS, deny=(r"/people/",))
    assert page is not None
    assert [entry.url for entry in page.entries] == ["https://www.outlet.fr/series/la-forge"]


def test_gzip_bodies_are_opened() -> None:
    assert read(gzip.compress(NEWS.encode())) == read(NEWS)


def test_other_charsets_are_read() -> None:
    assert read(NEWS.replace("UTF-8", "ISO-8859-1").replace("«", "").replace("»", "").encode("latin-1")) == read(
        NEWS.replace("«", "").replace("»", "")
    )
    assert read(NEWS.replace("UTF-8", "UTF-16").encode("utf-16")) == read(NEWS)


def test_an_index_gives_its_children_newest_first() -> None:
    rows = [
        ("old", "2019-01-01"),
        ("newest", "2026-11-20"),
        ("undated", ""),
        ("middle", "2026-01-01"),
        ("old", "2026-12-01"),
    ]
    body = "".join(
        f"<sitemap><loc>https://www.outlet.fr/{name}.xml</loc><lastmod>{date}</lastmod></sitemap>"
        for name, date in rows
    )
    page = read(f"<sitemapindex {SPACES}>{body}<sitemap><loc>ftp://x/</loc></sitemap></sitemapindex>")
    assert page is not None
    assert [child.split("/")[-1] for child in page.children] == ["newest.xml", "middle.xml", "old.xml", "undated.xml"]
    assert page.entries == ()


def test_an_index_bomb_is_cut() -> None:
    """Fault P22."""
    body = "".join(f"<sitemap><loc>https://www.outlet.fr/{n}.xml</loc></sitemap>" for n in range(MAX_CHILDREN + 50))
    page = read(f"<sitemapindex {SPACES}>{body}</sitemapindex>")
    assert page is not None
    assert len(page.children) == MAX_CHILDREN


def test_a_plain_text_sitemap_is_a_list_of_addresses() -> None:
    page = read("\ufeffhttps://www.outlet.fr/a\r\n\r\nhttps://www.outlet.fr/b\r\nhttps://www.outlet.fr/a\r\n")
    assert page is not None
    assert [entry.url for entry in page.entries] == ["https://www.outlet.fr/a", "https://www.outlet.fr/b"]


def test_what_is_no_sitemap_is_none() -> None:
    assert read("") is None
    assert read("User-agent: *\nDisallow: /") is None
    assert read("<html><body><url><loc>https://www.outlet.fr/a</loc></url></body></html>") is None
    assert read("<rss version='2.0'><channel><item><link>https://www.outlet.fr/a</link></item></channel></rss>") is None
    assert read(b"\x1f\x8b broken") is None
    assert read('{"a": 1}') is None


def test_an_empty_sitemap_is_empty() -> None:
    assert read(f"<urlset {SPACES}></urlset>") == SitemapPage()


def test_a_damaged_sitemap_gives_what_came_before() -> None:
    page = read(NEWS[: NEWS.index("<url><loc>javascript")] + "<url><loc>https://www.outlet.fr/tru")
    assert page is not None
    assert page.entries[0].url == "https://www.outlet.fr/series/la-forge"
    truncated = read(gzip.compress(NEWS.encode())[:-40])
    assert truncated is not None
    assert truncated.entries


def test_no_entity_reads_files_or_explodes(tmp_path: Path) -> None:
    """Faults P01, P02."""
    secret = tmp_path / "secret.txt"
    secret.write_text("canary", encoding="utf-8")
    bombs = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 12))
    for declaration, entity in (
        (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', "&x;"),
        (f'<!ENTITY b0 "a">{bombs}', "&b11;"),
    ):
        page = read(
            f"<!DOCTYPE urlset [{declaration}]><urlset {SPACES}><url><loc>https://www.outlet.fr/{entity}</loc></url></urlset>"
        )
        assert "canary" not in repr(page)
        assert len(repr(page)) < 10_000


def test_a_gzip_bomb_is_refused() -> None:
    assert read(gzip.compress(b"<urlset>" + b" " * (MAX_BYTES + 10))) is None


@given(st.binary(max_size=200))
def test_any_bytes_never_crash(junk: bytes) -> None:
    for body in (junk, b"\x1f\x8b" + junk, NEWS.encode()[:300] + junk, b"<urlset>" + junk):
        found = read(body) or SitemapPage()
        assert all(urlsplit(url).scheme in {"http", "https"} for url in (*_urls(found), *found.children))
        assert len(set(_urls(found))) == len(found.entries)


def _urls(page: SitemapPage) -> list[str]:
    return [entry.url for entry in page.entries]
