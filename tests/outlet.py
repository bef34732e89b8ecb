"""Outlets of ours on this machine, as `sources add` may find them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

from origin import Page

SERIES = (
    "Netflix commande une saison 2 de la série Le Phare",
    "La série Les Dunes est renouvelée par France 2 pour une troisième saison",
    "Canal+ lance le tournage de sa nouvelle série avec les acteurs du Phare",
)
CITY = ("Le budget de la ville est voté", "Une tempête sur les côtes du nord", "Les élections dans le sud")


def rss(
    titles: Sequence[str], *, now: datetime, name: str = "", language: str = "fr", age: timedelta = timedelta()
) -> Page:
    """A feed whose entries are an hour apart, the newest `age` old."""
    items = "".join(
        f"<item><title>{escape(title)}</title><link>/{name.lower() or 'a'}/{number}-{title[:6].strip()}</link>"
        f"<pubDate>{format_datetime(now - age - timedelta(hours=number))}</pubDate></item>"
        for number, title in enumerate(titles)
    )
    head = f"<title>{escape(name)}</title><language>{language}</language>"
    body = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{head}{items}</channel></rss>'
    return Page(headers={"Content-Type": "application/rss+xml"}, body=body.encode())


def html(head: str = "", body: str = "<p>Bonjour</p>", *, language: str = "fr", **headers: str) -> Page:
    """A home page."""
    text = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>La Gazette | L’actu</title>'
        f"{head}</head><body>{body}</body></html>"
    )
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Page(headers={"Content-Type": "text/html; charset=utf-8", **named}, body=text.encode())


def link(path: str, title: str = "") -> str:
    """A link element that declares a feed."""
    return f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{path}">'


def news_sitemap(titles: Sequence[str], *, now: datetime) -> Page:
    """A sitemap in the manner of Google News."""
    news = "http://www.google.com/schemas/sitemap-news/0.9"
    urls = "".join(
        f"<url><loc>/a/{number}</loc><n:news><n:title>{escape(title)}</n:title>"
        f"<n:publication_date>{now - timedelta(hours=number):%Y-%m-%dT%H:%M:%SZ}</n:publication_date></n:news></url>"
        for number, title in enumerate(titles)
    )
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="{news}">{urls}</urlset>'
    return Page(headers={"Content-Type": "application/xml"}, body=body.encode())


def cards(titles: Sequence[str]) -> str:
    """Teasers as section pages have them."""
    slug = "une-serie-de-plus-pour-la-rentree"
    articles = (
        f'<article><h2><a href="/series/{number}/{slug}-{number}4321">{title}</a></h2></article>'
        for number, title in enumerate(titles)
    )
    return f"<main>{''.join(articles)}</main>"
