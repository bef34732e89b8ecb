"""An address's bytes -> what it is, and where else its outlet may list its articles. Pure.

A feed and a sitemap are what they are. A page is read for its link elements, for links that look like feeds
(or like a page that lists feeds), and for the articles it lists itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from crawler.answers import Answer
from crawler.charset import decode
from crawler.plain import clip, plain_text, tidy
from crawler.probes import Candidate, Clue, Probe, Probed
from crawler.reserved import of_answer
from crawler.sites import token
from crawler.spiders.feed import read_feed
from crawler.spiders.section import base_of, read_section
from crawler.spiders.sitemap import read_sitemap
from crawler.tree import parse_any
from crawler.types import Entry, Limits, Listing, ListingStatus, Poll, SourceKind
from crawler.urls import canonical_url, fetchable_url, same_site
from crawler.walls import instead_of_listing

MAX_CANDIDATES = 200  #: of one page; an outlet with more feeds than that lists its categories' categories
MAX_LINKS = 5_000  #: looked at on one page, as in `crawler.spiders.section`

_FEED_TYPE = re.compile(r"^\s*(?:application/(?:rss|atom|rdf|feed)\+(?:xml|json)|text/rss)\b", re.IGNORECASE)
#: A plain type is a feed's only when the address says so as well: oEmbed and WordPress's API have it too.
_PLAIN_TYPE = re.compile(r"^\s*(?:application|text)/(?:xml|json)\b", re.IGNORECASE)
_FEED_PATH = re.compile(
    r"(?:^|[/._-])(?:rss2?|feeds?|atom|flux|rdf|syndication)(?:[/._-]|\d*$)|\.(?:rss|atom|rdf)$", re.IGNORECASE
)
_FEED_QUERY = re.compile(r"(?:^|&)(?:feed|format|type|output|alt)=(?:rss2?|atom|feed|rdf)\b", re.IGNORECASE)
_FEED_TEXT = re.compile(r"\b(?:flux\s+rss|rss|atom|news\s?feeds?)\b", re.IGNORECASE)
_FEED_HOST = re.compile(r"^(?:feeds?|rss|flux)\.|^feeds?2?\.feedburner\.com$", re.IGNORECASE)
#: Comments are nobody's news; oEmbed and the API describe a page; the others are where readers subscribe.
_NO_FEED = re.compile(
    r"/comments?/|comments?-(?:rss2?|atom)|withcomments|commentaires?|oembed|wp-json|xmlrpc|/rsd|opensearch|manifest|\.(?:jpe?g|png|gif|svg|webp|css|js|pdf)$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title[^>]{0,100}>\s*(?:<!\[CDATA\[)?([^<\]]{1,300})", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"<(?:dc:)?language>\s*([a-zA-Z]{2})\b|\bxml:lang\s*=\s*[\"']([a-zA-Z]{2})\b|\"language\"\s*:\s*\"([a-zA-Z]{2})\b"
)
_SITEMAP = re.compile(r"^\s*site-?maps?\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_HEAD = 20_000  #: characters of a feed in which its own title and language are looked for
_ITEM = re.compile(r"<(?:item|entry)[\s>]", re.IGNORECASE)
_LINK = re.compile(r"<([^<>]{1,2000})>((?:\s*;[^,<]{0,500})*)")
_LINK_ALTERNATE = re.compile(r";\s*rel\s*=\s*(?:alternate\b|\"[^\"]*\balternate\b)", re.IGNORECASE)
_LINK_TYPE = re.compile(r";\s*type\s*=\s*\"?([^\s\";]+)", re.IGNORECASE)
_LINK_TITLE = re.compile(r";\s*title\s*=\s*\"([^\"]*)\"", re.IGNORECASE)
_ALTERNATES = etree.XPath("//link[@href and @rel and @type]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What one address is and holds."""

    kind: SourceKind | None = None
    status: ListingStatus = ListingStatus.NOT_A_FEED
    entries: tuple[Entry, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    title: str = ""
    language: str | None = None


def read_page(body: bytes, *, probe: Probe, base_url: str, charset: str | None = None, links: str = "") -> Page:
    """What an address is: a feed, a sitemap, a page that lists articles, or none; and the candidates a page names.

    Args:
        body: As received, decompressed.
        probe: Whose source and language apply.
        base_url: The final address, after redirects.
        charset: What the Content-Type header says.
        links: Of the Link headers.
    """
    if urlsplit(base_url).path == "/robots.txt":
        return Page(candidates=_sitemaps(body.decode("utf-8-sig", "replace"), base_url))
    head = body[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head.startswith((b"<!doctype html", b"<html")):
        poll = _poll(probe, SourceKind.FEED)
        feed = read_feed(body, poll=poll, base_url=base_url, charset=charset)
        if feed is not None:
            return _feed(feed.entries, decode(body[: 4 * _HEAD], charset)[:_HEAD])
        sitemap = read_sitemap(body, poll=poll, base_url=base_url, charset=charset)
        if sitemap is not None:
            status = _status(sitemap.entries or sitemap.children)
            return Page(kind=SourceKind.SITEMAP, status=status, entries=sitemap.entries)
    return _html(body, probe, base_url, charset, links)


def probed(answer: Answer, *, probe: Probe, limits: Limits, now: datetime) -> Probed:
    """The record of a probe that was answered."""
    links = answer.headers.get("link", "")
    page = read_page(answer.body, probe=probe, base_url=answer.url, charset=answer.charset, links=links)
    served = page.status if page.kind else instead_of_listing(answer.body, answer.charset, answer.url)
    said = of_answer(answer.headers, answer.body, token(limits))
    listing = Listing(
        order=probe.order,
        source=probe.source,
        status=served,
        fetched_at=now,
        final_url=answer.url,
        moved_to=answer.url if answer.moved else None,
        entries=page.entries[: limits.entries],
        http_status=answer.status,
    )
    return Probed(
        listing=listing,
        kind=page.kind,
        candidates=page.candidates,
        title=page.title,
        language=page.language,
        reservation=said.evidence if said and said.reserved else "",
    )


def _sitemaps(text: str, base_url: str) -> tuple[Candidate, ...]:
    """The addresses of a robots.txt's Sitemap lines."""
    named = (_candidate(url, base_url, base_url, SourceKind.SITEMAP, Clue.ROBOTS) for url in _SITEMAP.findall(text))
    return _unique(one for one in named if one)


def _feed(listed: tuple[Entry, ...], text: str) -> Page:
    first = _ITEM.search(text)
    head = text[: first.start()] if first else text
    title, language = _TITLE.search(head), _LANGUAGE.search(head)
    return Page(
        kind=SourceKind.FEED,
        status=_status(listed),
        entries=listed,
        title=plain_text(title.group(1), limit=200) if title else "",
        language=next(code for code in language.groups() if code).lower() if language else None,
    )


def _html(body: bytes, probe: Probe, base_url: str, charset: str | None, links: str) -> Page:
    named = _of_headers(links, base_url)
    tree = parse_any(body, charset)
    if tree is None:
        return Page(candidates=_unique(named))
    base = base_of(tree, base_url)
    articles = read_section(body, poll=_poll(probe, SourceKind.SECTION), base_url=base_url, charset=charset) or ()
    return Page(
        kind=SourceKind.SECTION if articles else None,
        status=ListingStatus.OK if articles else ListingStatus.NOT_A_FEED,
        entries=articles,
        candidates=_unique((*named, *_declared(tree, base, base_url), *_linked(tree, base, base_url))),
        title=_page_title(tree),
        language=_page_language(tree),
    )


def _of_headers(links: str, page_url: str) -> tuple[Candidate, ...]:
    """Feeds of the page's Link headers (RFC 8288)."""
    found = []
    for href, about in _LINK.findall(links[:_HEAD]):
        kind = _LINK_TYPE.search(about)
        if _LINK_ALTERNATE.search(about) and kind and _declares(kind.group(1), href):
            title = _LINK_TITLE.search(about)
            named = tidy(title.group(1)) if title else ""
            found.append(_candidate(href, page_url, page_url, SourceKind.FEED, Clue.DECLARED, named))
    return tuple(one for one in found if one)


def _declared(tree: HtmlElement, base: str, page_url: str) -> Iterator[Candidate]:
    """Feeds of the page's link elements."""
    for link in _ALTERNATES(tree):
        kind, href = link.get("type"), link.get("href")
        if "alternate" in link.get("rel").lower().split() and _declares(kind, href):
            one = _candidate(href, base, page_url, SourceKind.FEED, Clue.DECLARED, tidy(link.get("title") or ""))
            if one:
                yield one


def _declares(kind: str, href: str) -> bool:
    return bool(_FEED_TYPE.match(kind) or (_PLAIN_TYPE.match(kind) and _looks_like_feed(href)))


def _linked(tree: HtmlElement, base: str, page_url: str) -> list[Candidate]:
    """Links that look like a feed, or like the page that lists an outlet's feeds.

    Where the outlet has none, those of other domains that look like a feed and are called one.
    """
    own, others = [], []
    for link in tree.xpath("//a[@href]")[:MAX_LINKS]:
        pictures = " ".join(link.xpath(".//img/@alt"))
        named = tidy(f"{link.text_content()} {link.get('title') or ''} {link.get('aria-label') or ''} {pictures}")
        looks, says = _looks_like_feed(link.get("href")), len(named) < 60 and bool(_FEED_TEXT.search(named))
        if not looks and not says:
            continue
        one = _candidate(link.get("href"), base, page_url, SourceKind.FEED, Clue.LINKED, _name(link))
        if one and (same_site(one.url, page_url) or _FEED_HOST.match(urlsplit(one.url).hostname or "")):
            own.append(one)
        elif one and looks and says:
            others.append(one)
    return own or others


def _looks_like_feed(href: str) -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return bool(
        _FEED_PATH.search(parts.path) or _FEED_QUERY.search(parts.query) or _FEED_HOST.match(parts.hostname or "")
    )


def _name(link: HtmlElement) -> str:
    """What a link calls a feed; the row it stands in when the link itself says no more than "RSS" or its address."""
    text = tidy(link.text_content()) or tidy(link.get("title") or link.get("aria-label") or "")
    if len(_FEED_TEXT.sub("", text).strip(" :-–()")) < 3 or "://" in text:
        row = link.getparent()
        around = tidy(row.text_content()) if row is not None else ""
        if row is not None and around == text and row.tag == "td" and row.getparent() is not None:
            around = tidy(row.getparent().text_content())
        if len(around) <= 120 and around != text:
            return clip(around, 120)
    return clip(text, 120)


def _candidate(href: str, base: str, page_url: str, kind: SourceKind, clue: Clue, title: str = "") -> Candidate | None:
    """An address that a page names; None when it is none, the page itself, or surely no feed."""
    try:
        url = fetchable_url(href, base=base).partition("#")[0]
    except ValueError:
        return None
    parts = urlsplit(url)
    if _NO_FEED.search(parts.path) or _NO_FEED.search(parts.query) or canonical_url(url) == canonical_url(page_url):
        return None
    return Candidate(url=url, kind=kind, clue=clue, title=clip(title, 200))


def _unique(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Each address once, with the first name it has and the surest clue."""
    kept: dict[str, Candidate] = {}
    for one in found:
        kept.setdefault(canonical_url(one.url), one)
    return tuple(kept.values())[:MAX_CANDIDATES]


def _page_title(tree: HtmlElement) -> str:
    for path in ("//meta[@property='og:site_name']/@content", "//head/title/text()", "//title/text()"):
        for text in tree.xpath(path)[:1]:
            if tidy(str(text)):
                return clip(tidy(str(text)), 200)
    return ""


def _page_language(tree: HtmlElement) -> str | None:
    for text in tree.xpath("//html/@lang|//html/@xml:lang|//meta[@property='og:locale']/@content"):
        code = str(text).strip()[:2].lower()
        if re.fullmatch(r"[a-z]{2}", code):
            return code
    return None


def _status(found: object) -> ListingStatus:
    return ListingStatus.OK if found else ListingStatus.EMPTY


def _poll(probe: Probe, kind: SourceKind) -> Poll:
    return Poll(order=probe.order, source=probe.source, url=probe.url, kind=kind, language=probe.language)
