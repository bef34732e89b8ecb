"""A page's bytes -> an article's text and metadata, or the reason why there is none.

The page is parsed once (`crawler.dom`). Metadata is read by our own readers (`crawler.spiders.article`), the text by
the first way that is sure of itself (`crawler.body`). Lines that are not the article's go (`crawler.boilerplate`), and
what is left is judged (`crawler.quality`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from crawler import quality
from crawler.body import SCRIPTS, Body, read_body
from crawler.dom import Page, parse_page
from crawler.instead import is_other_page
from crawler.plain import clip, tidy
from crawler.spiders.article import About, guess_language, read_about
from crawler.types import Article, Fetch, Rejected, RejectReason, Tier
from crawler.urls import canonical_url, same_site

MAX_SUMMARY = 2_000
LONG = 1_500  #: characters from which a text is no wall, no stub and no listing, see `crawler.quality`

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


def extract_page(
    body: bytes,
    *,
    fetch: Fetch,
    final_url: str,
    content_type: str | None,
    charset: str | None,
    fetched_at: datetime,
    learns: bool = False,
) -> Article | Rejected:
    """Read an article's page.

    Args:
        body: As received, decompressed; its charset is found here (fault P10).
        fetch: What was asked for; its entry's title and summary stand in for a paywalled page.
        final_url: Where the page was, after redirects.
        content_type: Of the response, without parameters, if it had one; `charset` is one of these, if it had that.
        learns: Learn the template of the page's site: Trafilatura reads its first pages, and the article says what
            they taught. Without, the template of `fetch` is used, and held against samples, but none is begun.

    Returns:
        An `Article`, partial when only the listing's words may be read, or a `Rejected` with the reason.
    """
    if not _is_html(body, content_type):
        return _rejected(fetch, RejectReason.NOT_HTML, f"not a web page but {content_type or 'other data'}", fetched_at)
    page = parse_page(body, charset)
    if page is None:
        return _rejected(fetch, RejectReason.NOT_HTML, "no HTML element in the page", fetched_at)
    about = read_about(page, final_url=final_url, language=fetch.language)
    if other := _other_page(page, about, fetch, final_url):
        return _rejected(fetch, RejectReason.SOFT_404, other, fetched_at)
    found, site = read_body(page, fetch.template, url=fetch.entry.url, title=about.title, learns=learns)
    evidence = _evidence(page, about, found)
    reason = quality.judge(evidence)
    if reason is RejectReason.PAYWALL and len(fetch.entry.title.split()) >= 3:
        return _from_listing(fetch, about, final_url, fetched_at)
    if reason is not None:
        return _rejected(fetch, reason, _detail(reason, evidence), fetched_at)
    article = _article(fetch, about, found, quality.quality(evidence), final_url, fetched_at)
    return replace(article, site=site) if site else article


def _other_page(page: Page, about: About, fetch: Fetch, final_url: str) -> str | None:
    """How a page shows that it is not the one that was asked for, if it does."""
    if quality.is_redirected_home(fetch.entry.listed_url, final_url):
        return f"redirected to the home page {final_url}"
    if not is_other_page(page, about, fetch.entry, final_url):
        return None
    said = "the site served its home page, or a list of articles, in place of this one"
    return f"{said} (page title: {clip(about.title, 80)!r})" if about.title else said


def _is_html(body: bytes, content_type: str | None) -> bool:
    start = body[:1_024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(_MAGIC) or start[:1] in {b"{", b"["} or _FEED_START.match(start):
        return False
    looks = b"<" in start
    return looks and not (content_type and _NO_PAGE.search(content_type.lower()) and b"<html" not in start.lower())


def _evidence(page: Page, about: About, found: Body) -> quality.Evidence:
    """What the judgement goes by. Next to a long text that is no list the rest of the page need not be looked at."""
    plain = len(found.text) >= LONG and (found.directly >= LONG or found.tier is Tier.TEMPLATE)
    visible, links = ("", []) if plain else _words(page)
    return quality.Evidence(
        title=about.title,
        text=found.text,
        page_text=visible[:20_000],
        link_share=sum(links) / max(1, len(visible)),
        links=len(links),
        prose=found.prose,
        column=found.directly,
        dated=about.published is not None,
        declared=about.is_article,
        paywalled=about.paywalled,
    )


def _words(page: Page) -> tuple[str, list[int]]:
    """All words of the page, and the length of each link's; of long pages without care for the gaps between words."""
    page.drop(SCRIPTS)
    text = page.body.text()
    visible = tidy(page.body.text(separator=" ")) if len(text) < 8_000 else text
    return visible, [len(link.text()) for link in page.body.css("a")]


def _article(fetch: Fetch, about: About, found: Body, trust: float, final_url: str, fetched_at: datetime) -> Article:
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
        retry=reason in {RejectReason.CHALLENGE, RejectReason.CONSENT_WALL, RejectReason.UNAVAILABLE},
        fetched_at=fetched_at,
    )


def _detail(reason: RejectReason, page: quality.Evidence) -> str:
    said = {
        RejectReason.TOO_SHORT: f"{len(page.text)} characters of text, fewer than {quality.MIN_TEXT}",
        RejectReason.CONSENT_WALL: "the page only asks for consent",
        RejectReason.PAYWALL: "behind a paywall, and the listing has no title to go by",
        RejectReason.CHALLENGE: "the page asks for proof of being human, or for JavaScript",
        RejectReason.SOFT_404: "the page says that there is no such article",
        RejectReason.GATED: "the page is for readers of an age or a country, or for those who log in",
        RejectReason.UNAVAILABLE: "the site is being repaired",
        RejectReason.NOT_AN_ARTICLE: f"a list of {page.links} links without prose",
    }
    return f"{said[reason]} (page title: {clip(page.title, 80)!r})" if page.title else said[reason]
