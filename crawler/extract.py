"""A page's bytes -> an article's text and metadata, or the reason why there is none. The only home of Trafilatura.

The page is parsed once (`crawler.dom`). Metadata is read by our own readers (`crawler.spiders.article`), the body from
the column where its prose stands (`crawler.column`); where that is not sure by Trafilatura in its fast mode, and in its
full mode when that is doubtful, too. Then lines that are not the article's go (`crawler.boilerplate`), and what is left
is judged (`crawler.quality`).
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import trafilatura

from crawler import quality
from crawler.boilerplate import clean_text
from crawler.column import Column, read_column
from crawler.dom import Node, Page, parse_page
from crawler.plain import clip, tidy
from crawler.spiders.article import About, guess_language, read_about
from crawler.tree import Tree, grow
from crawler.types import Article, Fetch, Rejected, RejectReason, Tier
from crawler.urls import canonical_url, same_site

MAX_TEXT = 500_000  #: characters kept of an article (fault P12)
MAX_SUMMARY = 2_000
#: Below this share of the page's main column, or below `quality.MIN_TEXT`, the fast text is doubtful. On 181 real
#: pages the full mode was never better above it, and twice worse.
DOUBTFUL_SHARE = 0.4

_MAGIC = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"OggS",
    b"ID3",
    b"\x00\x00\x00",
)
_NO_PAGE = re.compile(
    r"^(?:image|audio|video|font)/|pdf|json|javascript|zip|octet-stream|rss|atom|msword|officedocument|css"
)
_FEED_START = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.DOTALL
)

_SCRIPTS = "script, style, svg, template, iframe, object, math"
#: What Trafilatura would take away as well, and slower.
_FURNITURE = (
    "noscript, button, select, option, input, textarea, label, nav, aside, dialog, figcaption, img, picture, source,"
    "canvas, video, audio, embed, area, map, wbr, link, meta, footer:not(article footer),"
    "header:not(article header):not(:has(h1))"
)

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports each odd page; we judge them ourselves


@dataclass(frozen=True, slots=True)
class _Body:
    text: str
    tier: Tier


def extract_page(
    body: bytes, *, fetch: Fetch, final_url: str, content_type: str | None, charset: str | None, fetched_at: datetime
) -> Article | Rejected:
    """Read an article's page.

    Args:
        body: As received, decompressed; its charset is found here (fault P10).
        fetch: What was asked for; its entry's title and summary stand in for a paywalled page.
        final_url: Where the page was, after redirects.
        content_type: Of the response, without parameters, if it had one.
        charset: The parameter of the Content-Type header, if it had one.
        fetched_at: When the page arrived; UTC.

    Returns:
        An `Article`, partial when only the listing's words may be read, or a `Rejected` with the reason.
    """
    if not _is_html(body, content_type):
        return _rejected(fetch, RejectReason.NOT_HTML, f"not a web page but {content_type or 'other data'}", fetched_at)
    page = parse_page(body, charset)
    if page is None:
        return _rejected(fetch, RejectReason.NOT_HTML, "no HTML element in the page", fetched_at)
    if quality.is_redirected_home(fetch.entry.listed_url, final_url):
        return _rejected(fetch, RejectReason.SOFT_404, f"redirected to the home page {final_url}", fetched_at)
    about = read_about(page, final_url=final_url, language=fetch.language)
    found, evidence = _read(page, about)
    reason = quality.judge(evidence)
    if reason is RejectReason.PAYWALL and len(fetch.entry.title.split()) >= 3:
        return _from_listing(fetch, about, final_url, fetched_at)
    if reason is not None:
        return _rejected(fetch, reason, _detail(reason, evidence), fetched_at)
    return _article(fetch, about, found, quality.quality(evidence), final_url, fetched_at)


def _is_html(body: bytes, content_type: str | None) -> bool:
    start = body[:1_024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(_MAGIC) or start[:1] in {b"{", b"["} or _FEED_START.match(start):
        return False
    looks = b"<" in start
    return looks and not (content_type and _NO_PAGE.search(content_type.lower()) and b"<html" not in start.lower())


def _read(page: Page, about: About) -> tuple[_Body, quality.Evidence]:
    """The page's own text and what the judgement goes by."""
    body = page.body
    page.drop(_SCRIPTS)
    visible = _visible(body)
    links = [len(link.text()) for link in body.css("a")]
    column = read_column(page)
    found = _body(page, column, about.title)
    evidence = quality.Evidence(
        title=about.title,
        text=found.text,
        page_text=visible[:20_000],
        link_share=sum(links) / max(1, len(visible)),
        links=len(links),
        prose=column.prose,
        column=column.directly,
        dated=about.published is not None,
        declared=about.is_article,
        paywalled=about.paywalled,
    )
    return found, evidence


def _visible(body: Node) -> str:
    """All words of the page; those of long pages, which are no walls, without care for the gaps between them."""
    text = body.text()
    return tidy(body.text(separator=" ")) if len(text) < 8_000 else text


def _body(page: Page, column: Column, title: str) -> _Body:
    """The main column's text when it is sure, else Trafilatura's; in full where its fast way missed much of it."""
    if column.sure:
        text = clean_text(column.text[:MAX_TEXT], title=title)
        if len(text) >= quality.MIN_TEXT:
            return _Body(text, Tier.COLUMN)
    page.drop(_FURNITURE)
    tree = grow(page.markup())
    if tree is None:
        return _Body("", Tier.FAST)
    fast = clean_text(_trafilatura(tree, fast=True), title=title)
    if len(fast) >= max(quality.MIN_TEXT, DOUBTFUL_SHARE * column.directly):
        return _Body(fast, Tier.FAST)
    full = clean_text(_trafilatura(tree, fast=False), title=title)
    return _Body(full, Tier.FULL) if len(full) > len(fast) else _Body(fast, Tier.FAST)


def _trafilatura(tree: Tree, *, fast: bool) -> str:
    text = trafilatura.extract(tree, fast=fast, include_comments=False, include_tables=True)
    return str(text or "")[:MAX_TEXT]


def _article(fetch: Fetch, about: About, found: _Body, trust: float, final_url: str, fetched_at: datetime) -> Article:
    return Article(
        order=fetch.order,
        source=fetch.entry.source,
        url=_own_url(fetch, about, final_url),
        listed_url=fetch.entry.listed_url,
        title=clip(about.title or fetch.entry.title, 500),
        summary=clip(about.summary or fetch.entry.summary, MAX_SUMMARY),
        text=found.text,
        language=_language(found.text, about, fetch),
        author=about.author,
        published=_published(fetch, about, fetched_at),
        fetched_at=fetched_at,
        tier=found.tier,
        quality=trust,
    )


def _from_listing(fetch: Fetch, about: About, final_url: str, fetched_at: datetime) -> Article:
    """What the outlet tells everybody about a paywalled article: the listing's title and summary."""
    entry = fetch.entry
    return Article(
        order=fetch.order,
        source=entry.source,
        url=_own_url(fetch, about, final_url),
        listed_url=entry.listed_url,
        title=entry.title,
        summary=entry.summary,
        text=entry.summary,
        language=_language(f"{entry.title} {entry.summary}", about, fetch),
        author=about.author,
        published=_published(fetch, about, fetched_at),
        fetched_at=fetched_at,
        tier=Tier.LISTING,
        quality=0.3 if entry.summary else 0.2,
        partial=True,
    )


def _own_url(fetch: Fetch, about: About, final_url: str) -> str:
    """The page's rel=canonical, else where redirects led within the site, else what was listed."""
    if about.canonical:
        return about.canonical
    return canonical_url(final_url) if same_site(final_url, fetch.entry.listed_url) else fetch.entry.url


def _language(text: str, about: About, fetch: Fetch) -> str | None:
    """What the text shows where it is clear, else what the page declares, else the source's."""
    return guess_language(text) or about.language or fetch.language


def _published(fetch: Fetch, about: About, fetched_at: datetime) -> datetime | None:
    """The page's date, else the listing's; a page from more than two days ahead is mistaken (fault P19)."""
    if about.published and about.published <= fetched_at + timedelta(days=2):
        return about.published
    return fetch.entry.published


def _rejected(fetch: Fetch, reason: RejectReason, detail: str, fetched_at: datetime) -> Rejected:
    return Rejected(
        order=fetch.order,
        source=fetch.entry.source,
        url=fetch.entry.url,
        listed_url=fetch.entry.listed_url,
        reason=reason,
        detail=detail,
        retry=reason in {RejectReason.CHALLENGE, RejectReason.CONSENT_WALL},
        fetched_at=fetched_at,
    )


def _detail(reason: RejectReason, page: quality.Evidence) -> str:
    said = {
        RejectReason.TOO_SHORT: f"{len(page.text)} characters of text, fewer than {quality.MIN_TEXT}",
        RejectReason.CONSENT_WALL: "the page only asks for consent",
        RejectReason.PAYWALL: "behind a paywall, and the listing has no title to go by",
        RejectReason.CHALLENGE: "the page asks for proof of being human, or for JavaScript",
        RejectReason.SOFT_404: "the page says that there is no such article",
        RejectReason.NOT_AN_ARTICLE: f"a list of {page.links} links without prose",
    }
    return f"{said[reason]} (page title: {clip(page.title, 80)!r})" if page.title else said[reason]
