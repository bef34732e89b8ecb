"""What an outlet lists, in the five forms that outlets use: RSS, Atom, JSON Feed, Google News sitemap, section page."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlet:
    """One outlet of the demo site, as `outlets.toml` has it."""

    id: str
    name: str
    language: str
    kind: str  #: rss, atom, json, sitemap or section
    path: str  #: of the listing
    articles: tuple[str, ...]  #: slugs, in the order of publication
    allow: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One article as an outlet lists it."""

    path: str
    title: str
    summary: str
    author: str
    published: datetime
    html: str  #: the page, as stored or moved to another day
    origin: str  #: "https://host" of the stored page


def read_outlets(folder: Path) -> tuple[Outlet, ...]:
    """Read `outlets.toml`."""
    rows = tomllib.loads((folder / "outlets.toml").read_text("utf-8"))["outlet"]
    return tuple(Outlet(**row | {key: tuple(row.get(key, ())) for key in ("articles", "allow")}) for row in rows)


def read_item(folder: Path, slug: str) -> Item:
    """Read an article of the seeds folder.

    Raises:
        FileNotFoundError: there is no such article.
    """
    home = folder / "articles" / slug
    meta = tomllib.loads((home / "meta.toml").read_text("utf-8"))
    url = urlsplit(meta["url"])
    return Item(
        path=url.path,
        title=meta["title"],
        summary=meta["summary"],
        author=meta["author"],
        published=meta["published"],
        html=(home / "page.html").read_text("utf-8"),
        origin=f"{url.scheme}://{url.netloc}",
    )


def render(outlet: Outlet, base: str, items: Sequence[Item]) -> tuple[str, str]:
    """Write an outlet's listing, newest first: the content type and the document."""
    content_type, write = _FORMS[outlet.kind]
    return content_type, write(outlet, base, sorted(items, key=lambda item: item.published, reverse=True))


def _rss(outlet: Outlet, base: str, items: Sequence[Item]) -> str:
    rows = "\n".join(
        f'<item><title>{escape(item.title)}</title><link>{base}{item.path}</link><guid isPermaLink="false">'
        f"{outlet.id}-{escape(item.path)}</guid><description>{escape(f'<p>{escape(item.summary)}</p>')}</description>"
        f"<pubDate>{format_datetime(item.published, usegmt=True)}</pubDate></item>"
        for item in items
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>{escape(outlet.name)}</title>'
        f"<link>{base}/</link><description>{escape(outlet.name)}</description><language>{outlet.language}</language>"
        f"<ttl>5</ttl>\n{rows}\n</channel></rss>\n"
    )


def _atom(outlet: Outlet, base: str, items: Sequence[Item]) -> str:
    rows = "\n".join(
        f'<entry><id>tag:{outlet.id},2000:{escape(item.path)}</id><title type="text">{escape(item.title)}</title>'
        f'<link rel="alternate" type="text/html" href="{base}{item.path}"/>'
        f"<published>{_iso(item.published)}</published><updated>{_iso(item.published)}</updated><author><name>{escape(item.author)}</name></author>"
        f'<summary type="text">{escape(item.summary)}</summary></entry>'
        for item in items
    )
    updated = _iso(items[0].published) if items else "2000-01-01T00:00:00Z"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        f'xml:lang="{outlet.language}"><id>tag:{outlet.id},2000:feed</id><title>{escape(outlet.name)}</title>'
        f'<link href="{base}/"/><link rel="self" href="{base}{outlet.path}"/>'
        f"<updated>{updated}</updated>\n{rows}\n</feed>\n"
    )


def _json(outlet: Outlet, base: str, items: Sequence[Item]) -> str:
    rows = [
        {
            "id": base + item.path,
            "url": base + item.path,
            "title": item.title,
            "summary": item.summary,
            "content_text": item.summary,
            "date_published": _iso(item.published),
            "authors": [{"name": item.author}],
        }
        for item in items
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": outlet.name, "language": outlet.language}
    return json.dumps(head | {"home_page_url": f"{base}/", "items": rows}, ensure_ascii=False, indent=1)


def _sitemap(outlet: Outlet, base: str, items: Sequence[Item]) -> str:
    rows = "\n".join(
        f"<url><loc>{base}{item.path}</loc><news:news><news:publication><news:name>{escape(outlet.name)}</news:name>"
        f"<news:language>{outlet.language}</news:language></news:publication><news:publication_date>"
        f"{_iso(item.published)}</news:publication_date><news:title>{escape(item.title)}</news:title></news:news></url>"
        for item in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{rows}\n</urlset>\n'
    )


def _section(outlet: Outlet, base: str, items: Sequence[Item]) -> str:
    rows = "\n".join(
        f'<article class="card"><a href="{item.path}"><img src="/img/card.jpg" alt=""></a>'
        f'<h2><a href="{item.path}">{escape(item.title)}</a></h2><p>{escape(item.summary)}</p>'
        f'<time datetime="{_iso(item.published)}">{item.published:%d/%m/%Y}</time></article>'
        for item in items
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{outlet.language}"><head><meta charset="utf-8">'
        f'<title>{escape(outlet.name)}</title><link rel="canonical" href="{base}{outlet.path}"></head>'
        f'<body>\n<header><a href="/">{escape(outlet.name)}</a>'
        '<nav><a href="/news">News</a> <a href="/sports">Sports</a> <a href="/contact">Contact</a></nav></header>\n'
        f'<main>\n{rows}\n<p class="pager"><a href="?page=2">2</a> <a href="?page=3">3</a></p></main>\n'
        '<footer><a href="/terms">Terms</a> <a href="/cookies">Cookies</a></footer></body></html>\n'
    )


def _iso(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


_FORMS: Final[dict[str, tuple[str, Callable[[Outlet, str, Sequence[Item]], str]]]] = {
    "rss": ("application/rss+xml; charset=utf-8", _rss),
    "atom": ("application/atom+xml; charset=utf-8", _atom),
    "json": ("application/feed+json; charset=utf-8", _json),
    "sitemap": ("application/xml; charset=utf-8", _sitemap),
    "section": ("text/html; charset=utf-8", _section),
}
