"""Is this page the one that was asked for, or the site's home page served in its place, without a redirect (F22)?

Told at once, from the page alone: its headlines are not the entry's, and it is a row of teasers, or names itself the
home page. An article whose headline was edited since has no teasers for its text; a roundup, a live page and a page of
a site that calls all its pages its home page have their own headline, or text under no headline that leads elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from crawler.blocks import Block, Layout, read_layout
from crawler.dom import Node, Page, attribute
from crawler.spiders.article import About
from crawler.types import Entry
from crawler.urls import same_site

TELLING = 3  #: words of a headline below which it tells nothing
_SHARED = 0.34  #: of the shorter headline's words; with fewer in common two headlines are of two articles
_SENTENCE = 60  #: characters from which a block is a teaser's summary or a paragraph, not a label
_HEADLINE = range(18, 220)  #: characters of a link that is a teaser's headline
_NEAR = 3  #: blocks between a teaser's headline and its summary: a rubric, a date, an author
_WORDS = re.compile(r"[^\W_]{4,}|\d+")
_ADDRESSES = "link[rel*='canonical'][href], meta[property='og:url'][content]"
_TITLES = "h1, title, meta[property='og:title'], meta[name='twitter:title']"


@dataclass(frozen=True, kw_only=True, slots=True)
class Teasers:
    """A page's teasers: headlines that lead to other pages of its site, with a sentence or two below."""

    count: int
    share: float  #: of the page's text outside of menus, what is teasers, 0 to 1


#: How many teasers, and which share of the text, make a page no article: for one that names itself the home page ...
_AT_HOME = Teasers(count=4, share=0.5)
#: ... for one that does not (a roundup may lead to the outlet's own reviews of what it lists), ...
_ANYWHERE = Teasers(count=8, share=0.85)


def is_other_page(page: Page, about: About, entry: Entry, final_url: str) -> bool:
    """Whether the site served its home page, or a listing, at an article's address.

    Args:
        page: With its head; not changed.
        entry: What was asked for. Where its listing has no headline that tells something, the last part of its address
            often does; where neither does, only a page that says so is the home page.
        final_url: Where the page was, after redirects.
    """
    wanted = _words(entry.title)
    titled = len(wanted) >= TELLING
    wanted = wanted if titled else _slug(entry.listed_url)
    told = len(wanted) >= TELLING
    if not urlsplit(final_url).path.strip("/"):
        return False  # asked for, or judged as a redirect
    if _alike(wanted, _words(about.title)) if told else about.is_article:
        return False  # nearly all pages: what follows walks through the page
    home = _says_home(page, final_url)
    if about.is_article and not home:
        return False
    if told and any(_alike(wanted, _words(said)) for said in _headlines(page)):
        return False
    if not told and not home:
        return False
    found, least = teasers(read_layout(page.body), final_url), _AT_HOME if home and titled else _ANYWHERE
    return found.count >= least.count and found.share >= least.share


def teasers(layout: Layout, final_url: str) -> Teasers:
    """Count what stands below headlines that lead to other pages of the site."""
    total = within = count = 0
    since, last = _NEAR + 1, ""  #: blocks since the last such headline, and where it leads
    for block in layout.blocks:
        length, since = len(block.text), since + 1
        target = _target(layout, block, final_url)
        if length in _HEADLINE and target and target != last:
            since, last = 0, target
        elif length >= _SENTENCE:
            total += length
            if since <= _NEAR:
                count, within = count + 1, within + length
                since = _NEAR + 1  # a second paragraph is no teaser's
    return Teasers(count=count, share=within / total if total else 0.0)


def _target(layout: Layout, block: Block, final_url: str) -> str:
    """Where a block that is a link leads: to another page of the site, not to a place of this one; else ""."""
    if block.linked * 10 < len(block.text) * 8:
        return ""
    link = _link(layout.boxes[block.box].node)
    try:
        target = urljoin(final_url, attribute(link, "href").strip()) if link is not None else final_url
        other = urlsplit(target).path.rstrip("/") != urlsplit(final_url).path.rstrip("/")
        return target if other and same_site(target, final_url) else ""
    except ValueError:
        return ""


def _link(node: Node) -> Node | None:
    """The link in a box, or around it."""
    inner = node.css_first("a[href]")
    around = node.parent
    for _ in range(3):
        if inner is not None or around is None or around.tag == "a":
            break
        around = around.parent
    return inner if inner is not None else around


def _says_home(page: Page, final_url: str) -> bool:
    """Whether the page names the site's home page as its own address."""
    for element in page.css(_ADDRESSES)[:4]:
        said = attribute(element, "href") or attribute(element, "content")
        try:
            named = urlsplit(urljoin(final_url, said.strip()))
            if said.strip() and not named.path.strip("/") and not named.query and same_site(named.geturl(), final_url):
                return True
        except ValueError:
            continue
    return False


def _headlines(page: Page) -> list[str]:
    return [attribute(one, "content") if one.tag == "meta" else one.text() for one in page.css(_TITLES)[:12]]


def _words(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", text[:500].lower())
    return frozenset(_WORDS.findall("".join(letter for letter in plain if not unicodedata.combining(letter))))


def _slug(url: str) -> frozenset[str]:
    """The words of an address's last part: `/series/les-marees-auront-une-suite-4321.html`."""
    last = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2].rpartition(".")
    return frozenset(word for word in _words(last[0] or last[2]) if word.isalpha())


def _alike(wanted: frozenset[str], said: frozenset[str]) -> bool:
    """Whether two headlines may be one article's; one word in common is the subject of half of the site."""
    shared = len(wanted & said)
    return shared >= 2 and shared >= _SHARED * min(len(wanted), len(said))
