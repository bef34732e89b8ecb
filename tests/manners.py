"""The manners in which outlets write their listings: our entries in, a feed or page as theirs look out."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from urllib.parse import urljoin

#: Winter in Paris.
PARIS = timezone(timedelta(hours=1))
SUMMARY = "Ce que l’on en sait, en deux phrases d’ici. La suite se lit sur la page."


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """One entry of a fixture."""

    url: str
    title: str
    at: datetime | None = None  #: UTC


def wordpress(entries: Sequence[Written], base: str) -> bytes:
    """WordPress: typographic entities, a guid that is no link, the whole text beside the excerpt, dates in UTC."""
    items = "".join(
        f"<item><title>{_numeric(one.title)}</title><link>{html.escape(one.url)}</link>"
        f"<dc:creator><![CDATA[La rédaction]]></dc:creator><pubDate>{_rfc(one, UTC)}</pubDate>"
        f'<category><![CDATA[Séries]]></category><guid isPermaLink="false">{urljoin(base, f"/?p={number}")}</guid>'
        f'<description><![CDATA[<p>{SUMMARY} [&#8230;]</p>\n<p>L’article <a href="{one.url}">{one.title}</a></p>]]>'
        f'</description><content:encoded><![CDATA[<p>{SUMMARY}</p><img src="/a.jpg"/>]]></content:encoded>'
        f"<slash:comments>0</slash:comments></item>\n"
        for number, one in enumerate(entries, 91_000)
    )
    spaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
        'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    )
    head = f'<atom:link href="{base}" rel="self"/><link>{base}</link><sy:updatePeriod>hourly</sy:updatePeriod>'
    return _rss(items, head, spaces=spaces)


def plain(entries: Sequence[Written], base: str) -> bytes:
    """Escaped text without CDATA, the link as guid, a picture enclosed, dates in Paris time."""
    items = "".join(
        f"<item><title>{html.escape(one.title)}</title><description>{html.escape(f'<p>{SUMMARY}</p>')}</description>"
        f'<link>{html.escape(one.url)}</link><guid isPermaLink="true">{html.escape(one.url)}</guid>'
        f'<enclosure url="{urljoin(base, "/i/1.jpg")}" length="0" type="image/jpeg"/>'
        f"<pubDate>{_rfc(one, PARIS)}</pubDate></item>"
        for one in entries
    )
    return _rss(items, "<ttl>15</ttl>")


def cdata(entries: Sequence[Written], base: str) -> bytes:
    """CDATA around everything, with blanks, media beside, dates in GMT by name."""
    items = "".join(
        f"<item>\n  <title><![CDATA[ {one.title} ]]></title>\n  <link><![CDATA[{one.url}]]></link>\n"
        f'  <description><![CDATA[<img src="{urljoin(base, "/p.jpg")}"/> {SUMMARY}]]></description>\n'
        f'  <media:content url="{urljoin(base, "/p.jpg")}" medium="image">'
        f"<media:title>Une photo</media:title></media:content>\n"
        f"  <pubDate>{_rfc(one, UTC).replace('+0000', 'GMT')}</pubDate>\n  <guid>{number}</guid></item>\n"
        for number, one in enumerate(entries, 7_000)
    )
    return _rss(items, spaces='xmlns:media="http://search.yahoo.com/mrss/"')


def drupal(entries: Sequence[Written], base: str) -> bytes:
    """Drupal: titles and links wrapped in escaped markup, a guid that tells a node."""
    items = "".join(
        f"<item><title>{html.escape(one.title)}</title><link>{html.escape(one.url)}</link>"
        f"<description>{html.escape(f'<span class=field>{one.title}</span><div>{SUMMARY}</div>')}</description>"
        f"<pubDate>{_rfc(one, PARIS)}</pubDate><dc:creator>redaction</dc:creator>"
        f'<guid isPermaLink="false">{number} at {urljoin(base, "/")}</guid></item>'
        for number, one in enumerate(entries, 40_000)
    )
    return _rss(items, spaces=f'xml:base="{urljoin(base, "/")}" xmlns:dc="http://purl.org/dc/elements/1.1/"')


def blog(entries: Sequence[Written], base: str) -> bytes:
    """A blog platform: a long guid, paragraphs escaped, an empty author, dates with an offset."""
    items = "".join(
        f"<item><guid isPermaLink='false'>urn:md5:{number:032x}</guid><title>{html.escape(one.title)}</title>"
        f"<link>{html.escape(one.url)}</link><author></author><pubDate>{_rfc(one, PARIS)}</pubDate>"
        f"<description>{html.escape(f'<p>{SUMMARY}</p><p>&nbsp;</p>')}</description></item>"
        for number, one in enumerate(entries, 5)
    )
    return _rss(items, f"<link>{base}</link><image><url>{base}/logo.png</url><title>Le blog</title></image>")


def latin(entries: Sequence[Written], base: str) -> bytes:
    """An old system: Latin-1, and the title again in the description."""
    items = "".join(
        f"<item><title>{html.escape(one.title)}</title><link>{html.escape(one.url)}</link>"
        f"<description>{html.escape(one.title)}. Le résumé de la rédaction.</description>"
        f"<pubDate>{_rfc(one, PARIS)}</pubDate></item>"
        for one in entries
    )
    text = _rss(items).decode().replace("UTF-8", "ISO-8859-1")
    return text.replace("’", "'").encode("iso-8859-1")


def cards(entries: Sequence[Written], base: str) -> bytes:
    """Cards with a picture and a heading, a time where the date is known."""
    body = "".join(
        f'<article class="card"><a class="card__img" href="{_link(one)}"><img src="/i.jpg" alt=""></a>'
        f'<h2 class="card__title"><a href="{_link(one)}">{html.escape(one.title)}</a></h2>'
        f"{_time(one)}<p>{SUMMARY}</p></article>\n"
        for one in entries
    )
    return _page(f'<main><h1>Actualités</h1><section class="listing">{body}</section></main>')


def tiles(entries: Sequence[Written], base: str) -> bytes:
    """Tiles that are links as a whole, their date in words beside a heading."""
    body = "".join(
        f'<a class="card" href="{_link(one)}"><div class="card__date">20 novembre 2026</div>'
        f'<h4 class="card__title">{html.escape(one.title)}</h4><div class="card__text">{SUMMARY}</div></a>\n'
        for one in entries
    )
    return _page(f'<main><div class="grid">{body}</div></main>')


def list_(entries: Sequence[Written], base: str) -> bytes:
    """A bare list of links."""
    body = "".join(f'<li><a href="{_link(one)}">{html.escape(one.title)}</a></li>\n' for one in entries)
    return _page(f'<div id="content"><ul class="items-list">{body}</ul></div>')


#: Name in a fixture -> how it is written.
MANNERS: dict[str, Callable[[Sequence[Written], str], bytes]] = {
    "wordpress": wordpress,
    "plain": plain,
    "cdata": cdata,
    "drupal": drupal,
    "blog": blog,
    "latin": latin,
    "cards": cards,
    "tiles": tiles,
    "list": list_,
}


def _rss(items: str, head: str = "", *, spaces: str = "") -> bytes:
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {spaces}><channel><title>Une</title>{head}'
    return f"{start}{items}</channel></rss>\n".encode()


def _page(main: str) -> bytes:
    menu = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("series", "cinema", "musique", "jeux"))
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Actualités</title></head><body>'
        f'<header><nav class="menu"><ul>{menu}</ul></nav></header>{main}'
        '<footer><a href="/mentions-legales">Mentions légales</a><a href="/contact">Contact</a></footer></body></html>'
    ).encode()


def _rfc(one: Written, zone: timezone) -> str:
    return format_datetime(one.at.astimezone(zone)) if one.at else ""


def _time(one: Written) -> str:
    return f'<time datetime="{one.at.astimezone(PARIS).isoformat()}">20/11</time>' if one.at else ""


def _link(one: Written) -> str:
    return html.escape(one.url)


def _numeric(text: str) -> str:
    """Typographic marks as the numbers WordPress writes."""
    return "".join(f"&#{ord(char)};" if char in "’‘“”«»–…&" else char for char in text)
