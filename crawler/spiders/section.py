"""A section page's bytes -> entries: article links told from navigation by structure, not by one site's classes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from crawler.ago import read_ago
from crawler.dates import read_date
from crawler.plain import clip, tidy
from crawler.spiders.entries import Item, entries
from crawler.tree import parse
from crawler.types import Entry, Poll
from crawler.urls import canonical_url, same_site

MAX_LINKS = 5_000  #: looked at on one page
MIN_SCORE = 3  #: points of `_score`; a slug and a long text, or a heading, make a link an article's

_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_OUTSIDE_TAGS = frozenset({"nav", "footer", "form", "select", "noscript", "dialog"})
_PAGE_TAGS = frozenset({"html", "body", "main", "article", "h1", "h2", "h3", "h4"})
_OUTSIDE_WORDS = (
    r"nav|navbar|navigation|menu|megamenu|submenu|breadcrumbs?|ariane|footer|pied|pagination|pager|paginator|tags?|taglist"
    r"|mots-cles|keywords|authors?|auteurs?|share|sharing|partage|social|cookies?|consent|newsletter|login|toolbar|sitemap"
)
_OUTSIDE = re.compile(rf"(?:^|[\s_-])(?:{_OUTSIDE_WORDS})(?=$|[\s_-])", re.IGNORECASE)
_CARD = re.compile(r"card|teaser|article|post|item|story|news|actu|entry|vignette|push|block", re.IGNORECASE)
_NO_ARTICLE = re.compile(
    r"/(?:tags?|themes?|sujets?|topics?|auteurs?|authors?|profile?s?|redaction|staff|categor(?:y|ie)s?|rubriques?|page|p"
    r"|login|connexion|compte|account|abonnements?|abo|subscribe|newsletters?|recherche|search|contact|about|a-propos"
    r"|mentions-legales|cgu|cgv|legal|privacy|confidentialite|cookies|rss|feed|sitemap|plan-du-site|publicite|advertis\w*"
    r"|casting|programme-tv|user|membres?|forum|shop|boutique|jobs)(?:/|\.\w+$|$)",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|zip|xml|css|js)$", re.IGNORECASE)
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)(?:[/-](\d\d))?(?=[/-]|$)")
_ID = re.compile(r"\d{5,}|[_-][a-z]{0,3}-?\d{4,}")
_TEASER = re.compile(
    r"(?:^|[\s_-])(?:texte?|desc\w*|chapo|chapeau|summary|excerpt|intro|resume|standfirst)(?=$|[\s_-])", re.IGNORECASE
)
_SHORTEST_SUMMARY = 30  #: characters; less is a label
_DATED = re.compile(r"(?:^|[\s_-])(?:date|published|pubdate|time|datetime)(?=$|[\s_-])", re.IGNORECASE)
_LONGEST_DATE = 60  #: characters; more is a sentence that holds a date
_PAGE = re.compile(
    r"^(?:page )?\d+$|^(?:suivante?s?|pr[eé]c[eé]dente?s?|next|previous|older|newer|»|›|>|«|‹|<)$", re.IGNORECASE
)
_MORE = re.compile(
    r"^(?:lire|voir|read|see|en savoir|learn|d[eé]couvrir|load|charger|afficher|toute?s? (?:l|nos|les))\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Candidate:
    """Every link of the page to one address."""

    links: list[HtmlElement]
    href: str
    title: str = ""
    score: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reading:
    """What dates are read with."""

    language: str | None
    now: datetime | None

    def moment(self, text: str) -> datetime | None:
        """When something was published, by what a reader sees."""
        found = read_date(text, language=self.language)
        return found or (read_ago(text, now=self.now, language=self.language) if self.now else None)


def read_section(
    body: bytes, *, poll: Poll, base_url: str, charset: str | None = None, now: datetime | None = None
) -> tuple[Entry, ...] | None:
    """The articles a section page links to, in the page's order; None when this is no HTML page.

    A link counts by what it looks like: a heading, a long text, an address with a date, an id or a slug, a card
    around it. Navigation, footers, tags, authors, pagination and links to other sites are left out. With `allow`
    patterns, the address decides and structure only takes away.

    Args:
        body: As received, decompressed.
        poll: Whose source, language, `allow` and `deny` apply.
        base_url: The final address, after redirects; `<base href>` takes precedence.
        charset: What the Content-Type header says.
        now: When the page was fetched: what "il y a 3 heures" counts from; without, such dates are not read.
    """
    tree = parse(body, charset)
    if tree is None:
        return None
    etree.strip_elements(tree, "script", "noscript", with_tail=False)
    base = base_of(tree, base_url)
    found = _candidates(tree, base, base_url)
    wanted = {url: one for url, one in found.items() if _is_article(one, poll)}
    owner = {link: url for url, one in wanted.items() for link in one.links}
    items = (_item(url, one, owner, _Reading(language=poll.language, now=now)) for url, one in wanted.items())
    return entries(items, poll=poll, base_url=base)


def base_of(tree: HtmlElement, base_url: str) -> str:
    """What the page's links are relative to."""
    for href in tree.xpath("//base/@href")[:1]:
        try:
            canonical_url(href, base=base_url)
        except ValueError:
            break
        return urljoin(base_url, str(href))
    return base_url


def _candidates(tree: HtmlElement, base_url: str, page_url: str) -> dict[str, _Candidate]:
    page, outside = canonical_url(page_url), _outside(tree)
    found: dict[str, _Candidate] = {}
    for link in tree.xpath("//a[@href]")[:MAX_LINKS]:
        try:
            url = canonical_url(link.get("href"), base=base_url)
        except ValueError:
            continue
        if _may_be_article(url, page) and outside.isdisjoint((link, *link.iterancestors())):
            found.setdefault(url, _Candidate([], link.get("href"))).links.append(link)
    for url, one in found.items():
        one.title = max((_title(link) for link in one.links), key=len)
        one.score = _score(one, url)
    return found


def _may_be_article(url: str, page: str) -> bool:
    path = urlsplit(url).path
    if not same_site(url, page) or path == "/" or _NO_ARTICLE.search(path) or _FILE.search(path):
        return False
    return page != url and not page.startswith(f"{url}/")  # the page itself and the sections above it


def _outside(tree: HtmlElement) -> set[HtmlElement]:
    """Navigation, footers, lists of tags, share bars; not a wrapper called so that holds the page itself."""
    found = set()
    for element in tree.iter(etree.Element):
        named = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
        if element.tag in _OUTSIDE_TAGS or (_OUTSIDE.search(named) and element.tag not in _PAGE_TAGS):
            holds_page = next(element.iter("main", "article", "h1"), None) is not None
            if element.tag in _OUTSIDE_TAGS or not holds_page:
                found.add(element)
    return found


def _title(link: HtmlElement) -> str:
    """What the link calls the article: a heading in it, its text, or what is said for those who see no picture."""
    heading = next(link.iter(*_HEADINGS), link)
    text = tidy(heading.text_content()) or tidy(link.get("title") or link.get("aria-label") or "")
    return clip(_heading_beside(link) if _says_more(text) else text, 300)


def _says_more(text: str) -> bool:
    return len(text) < 40 and _MORE.match(text) is not None


def _heading_beside(link: HtmlElement) -> str:
    """For "read more" links: the one heading of the card."""
    for element, _ in zip(link.iterancestors(), range(3), strict=False):
        headings = list(element.iter(*_HEADINGS))
        if headings:
            return tidy(headings[0].text_content()) if len(headings) == 1 else ""
    return ""


def _in_heading(link: HtmlElement) -> bool:
    above = [element.tag for element, _ in zip(link.iterancestors(), range(4), strict=False)]
    if _HEADINGS.intersection(above) or next(link.iter(*_HEADINGS), None) is not None:
        return True
    return _says_more(tidy(link.text_content())) and bool(_heading_beside(link))


def _score(one: _Candidate, url: str) -> int:
    """How much looks like an article: heading 3, dated address 2, slug 2, id 1, long text 1, card 1."""
    path = urlsplit(url).path
    slug = path.rstrip("/").rsplit("/", 1)[-1]
    return (
        3 * any(_in_heading(link) for link in one.links)
        + 2 * bool(_URL_DATE.search(path))
        + 2 * (max(slug.count("-"), slug.count("_")) >= 3)
        + bool(_ID.search(slug))
        + (len(one.title.split()) >= 5)
        + any(_in_card(link) for link in one.links)
    )


def _in_card(link: HtmlElement) -> bool:
    near = (element for element, _ in zip((link, *link.iterancestors()), range(5), strict=False))
    return any(element.tag == "article" or _CARD.search(element.get("class") or "") for element in near)


def _is_article(one: _Candidate, poll: Poll) -> bool:
    if not one.title or _PAGE.match(one.title):
        return False
    if poll.allow:
        return True  # `entries` keeps what the patterns ask for
    wordy = len(one.title) >= 15 or len(one.title.split()) >= 3
    return one.score >= (MIN_SCORE if wordy else MIN_SCORE + 2)


def _item(url: str, one: _Candidate, owner: dict[HtmlElement, str], reading: _Reading) -> Item:
    card = _card(one.links[0], url, owner)
    return Item(
        link=one.href,
        title=one.title,
        summary=_summary(card, one.title),
        published=_published(card, url, reading),
    )


def _card(link: HtmlElement, url: str, owner: dict[HtmlElement, str]) -> HtmlElement:
    """The largest element around a link that holds no other article's link."""
    card = link
    for element, _ in zip(link.iterancestors(), range(6), strict=False):
        if element.tag in {"body", "main", "html"} or any(owner.get(other, url) != url for other in element.iter("a")):
            break
        card = element
    return card


def _summary(card: HtmlElement, title: str) -> str:
    paragraphs = [tidy(element.text_content()) for element in card.iter("p")]
    named = (element for element in card.iter("div", "span") if _TEASER.search(element.get("class") or ""))
    for texts in (paragraphs, [tidy(element.text_content()) for element in named]):
        best = max((text for text in texts if text != title), key=len, default="")
        if len(best) >= _SHORTEST_SUMMARY:
            return clip(best, 1_000)
    return ""


def _published(card: HtmlElement, url: str, reading: _Reading) -> datetime | None:
    language = reading.language
    for element in card.iter("time"):
        found = read_date(element.get("datetime"), language=language) or reading.moment(tidy(element.text_content()))
        if found:
            return found
    for element in card.iter("div", "span", "p"):
        text = tidy(element.text_content()) if _DATED.search(element.get("class") or "") else ""
        found = reading.moment(text) if 0 < len(text) <= _LONGEST_DATE else None
        if found:
            return found
    match = _URL_DATE.search(url)
    return read_date("-".join(match.groups()), language=language) if match and match.group(3) else None
