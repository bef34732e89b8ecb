"""What an article's page says about itself: JSON-LD, OpenGraph and meta tags, `<time>`, `<h1>`, rel=canonical."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from crawler.dates import read_date
from crawler.plain import plain_text, tidy
from crawler.spiders.byline import clean_author, clean_title
from crawler.urls import canonical_url, same_site

MAX_OBJECTS = 500  #: JSON-LD objects looked at on one page

_ARTICLE_TYPES = re.compile(r"(?:\w*Article|\w*Posting|Report|Review|CriticReview)$")
_FIELD = re.compile(r'"(headline|datePublished|description)"\s*:\s*"((?:[^"\\\n]|\\.){1,1000})"')
_PUBLISHED_NAMES = (
    "article:published_time og:published_time article:published publish-date publish_date pubdate datepublished"
    " parsely-pub-date sailthru.date cxenseparse:recs:publishtime dc.date.issued dcterms.created dc.date date"
)
_LANGUAGE_CODE = re.compile(r"([a-z]{2,3})(?:$|[-_])", re.IGNORECASE)
#: Small words that tell French from English; none is frequent in the other language.
_FRENCH = frozenset("le la les des une est dans pour qui que sur avec sera ses au du et aux cette selon".split())  # noqa: SIM905
_ENGLISH = frozenset("the and of to is for with that will has was its from by this been their said at".split())  # noqa: SIM905
_BYLINES = etree.XPath(
    "//a[@rel='author']|//*[@itemprop='author']|//*[self::a or self::span or self::div or self::p or self::address]"
    "[contains(@class, 'author') or contains(@class, 'byline') or contains(@class, 'signature')"
    " or contains(@class, '__sig')]"
)
_MOMENTS = etree.XPath("//*[@itemprop='datePublished']|//time|//abbr[contains(@class, 'published')]")
_STANDFIRSTS = etree.XPath(
    "//*[self::p or self::div or self::h2][contains(@class, 'chapo') or contains(@class, 'chapeau')"
    " or contains(@class, 'standfirst') or contains(@class, 'entry-excerpt') or contains(@class, 'article-intro')"
    " or contains(@class, 'article__intro') or contains(@class, 'article-lead') or contains(@class, 'article__lead')]"
)
_WORD = re.compile(r"[a-zà-ÿ]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """A page's metadata; empty or None where it says nothing."""

    title: str = ""
    summary: str = ""  #: the standfirst
    author: str | None = None
    published: datetime | None = None
    language: str | None = None  #: as declared
    canonical: str | None = None  #: as `canonical_link` trusts it
    is_article: bool = False  #: the page declares to be one
    paywalled: bool = False  #: the page declares that it is not free to read


def read_about(tree: HtmlElement, *, final_url: str, language: str | None = None) -> About:
    """Read a page's metadata in one pass over its head, its JSON-LD and its headings.

    Args:
        tree: From `crawler.tree.parse`; not changed.
        final_url: Where the page was, after redirects.
        language: The source's, for dates without zone when the page does not tell its own.
    """
    metas = _metas(tree)
    linked = _linked(tree, final_url)
    spoken = _language(tree, metas, linked)
    sites = _site_names(metas, linked, final_url)
    return About(
        title=_title(tree, metas, linked, sites),
        summary=_summary(tree, metas, linked),
        author=_author(tree, metas, linked, sites),
        published=_published(tree, metas, linked, spoken or language),
        language=spoken,
        canonical=canonical_link(tree, final_url),
        is_article=bool(linked) or metas.get("og:type", "").lower() == "article",
        paywalled=str(linked.get("isAccessibleForFree", "")).lower().rpartition("/")[2] in {"false", "0", "no"},
    )


def canonical_link(tree: HtmlElement, final_url: str) -> str | None:
    """The page's rel=canonical in canonical form; None unless it stays on the site and names a page of its own.

    A canonical address that is the home page or a section above the page is a template's mistake.
    """
    for href in tree.xpath("//link[contains(@rel, 'canonical')]/@href")[:1]:
        try:
            found, own = canonical_url(str(href), base=final_url), canonical_url(final_url)
        except ValueError:
            return None
        above = urlsplit(found).path == "/" or own.startswith(f"{found.rstrip('/')}/")
        return found if same_site(found, own) and (found == own or not above) else None
    return None


def guess_language(text: str) -> str | None:
    """ "fr" or "en" when the small words of a text are clearly one or the other, else None."""
    words = _WORD.findall(text[:6_000].lower())
    french, english = sum(word in _FRENCH for word in words), sum(word in _ENGLISH for word in words)
    if max(french, english) < 4 or max(french, english) < 3 * min(french, english):
        return None
    return "fr" if french > english else "en"


def _metas(tree: HtmlElement) -> dict[str, str]:
    """The first content of each meta tag, by its name in lower case."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = meta.get("content")
        if name and content and len(found) < 300:
            found.setdefault(name.strip().lower(), content.strip()[:5_000])
    return found


def _linked(tree: HtmlElement, final_url: str) -> dict[str, Any]:
    """The JSON-LD object of the article: the one that names this address, else the first; {} when there is none."""
    scripts = [script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower()]
    found = [one for text in scripts for one in _objects(text) if _is_article(one)]
    if not found:
        return {}
    path = urlsplit(final_url).path.rstrip("/") or "/"
    return next((one for one in found if path != "/" and path in _own_address(one)), found[0])


def _own_address(linked: dict[str, Any]) -> str:
    page = linked.get("mainEntityOfPage")
    return f"{linked.get('url')} {page.get('@id') if isinstance(page, dict) else page}"


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """All objects of a JSON-LD script; of a broken one, an article with the fields that can be made out."""
    text = (
        re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$", "", text).strip().rstrip(";")
    )
    waiting: list[Any] = []
    try:
        waiting.append(json.loads(text, strict=False))
    except (ValueError, RecursionError):
        fields = {name: value.replace('\\"', '"') for name, value in reversed(_FIELD.findall(text))}
        yield {"@type": "Article", **fields} if "headline" in fields else {}
    seen = 0
    while waiting and seen < MAX_OBJECTS:
        seen += 1
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            yield value
            waiting.extend(value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value)


def _is_article(linked: dict[str, Any]) -> bool:
    kinds = linked.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    named = any(isinstance(kind, str) and _ARTICLE_TYPES.match(kind) for kind in kinds)
    return named and bool(linked.get("headline") or linked.get("datePublished"))


def _text(value: object) -> str:
    """A JSON-LD text, whatever it is wrapped in."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    return plain_text(value) if isinstance(value, str) else ""


def _site_names(metas: dict[str, str], linked: dict[str, Any], final_url: str) -> tuple[str, ...]:
    names = (metas.get("og:site_name"), metas.get("application-name"), _text(linked.get("publisher")))
    host = (urlsplit(final_url).hostname or "").removeprefix("www.")
    return tuple(name for name in (*names, host, host.rpartition(".")[0]) if name)


def _title(tree: HtmlElement, metas: dict[str, str], linked: dict[str, Any], sites: tuple[str, ...]) -> str:
    """The headline as readers see it: the `<h1>` when it is the article's, else what the page says elsewhere."""
    heads = (element.text_content() for element in tree.iter("title"))
    said = [_text(linked.get("headline")), metas.get("og:title"), metas.get("twitter:title"), next(heads, "")]
    titles = [cleaned for text in said if (cleaned := clean_title(plain_text(text or "", limit=500), sites))]
    headings = [tidy(element.text_content()) for element in tree.iter("h1")]
    for heading in headings[:5]:
        if 10 <= len(heading) <= 300 and any(_alike(heading, title) for title in titles):
            return heading
    return next(iter(titles), next((heading for heading in headings if 10 <= len(heading) <= 300), ""))


def _alike(heading: str, title: str) -> bool:
    words, others = set(heading.lower().split()), set(title.lower().split())
    return 2 * len(words & others) >= min(len(words), len(others)) > 1


def _summary(tree: HtmlElement, metas: dict[str, str], linked: dict[str, Any]) -> str:
    """The standfirst: what the page calls so, else its description."""
    for element in tree.iter("p", "div", "h2"):
        if re.search(
            r"chapo|chapeau|standfirst|article[_-]+(?:intro|lead|excerpt)|entry-excerpt", element.get("class") or ""
        ):
            text = tidy(element.text_content())
            if 40 <= len(text) <= 1_000:
                return text
    said = (
        metas.get("og:description"),
        metas.get("description"),
        linked.get("description"),
        metas.get("twitter:description"),
    )
    texts = [_text(text) for text in said]
    return max(texts[:2], key=len) or next(filter(None, texts), "")


def _author(tree: HtmlElement, metas: dict[str, str], linked: dict[str, Any], sites: tuple[str, ...]) -> str | None:
    """The people who sign, from JSON-LD, meta tags or the byline; an organisation only when nobody does."""
    said = linked.get("author") or linked.get("creator")
    authors = (said if isinstance(said, list) else [said])[:10]
    people = [_text(author) for author in authors if not _is_organisation(author)]
    for names in (people, [metas.get("author", "")], [metas.get("article:author", "")]):
        cleaned = clean_author(names, sites)
        if cleaned:
            return cleaned
    return clean_author(_bylines(tree), sites) or clean_author([_text(author) for author in authors], sites)


def _is_organisation(author: object) -> bool:
    return isinstance(author, dict) and "Organization" in str(author.get("@type"))


def _bylines(tree: HtmlElement) -> list[str]:
    texts = (tidy(element.text_content()) for element in _BYLINES(tree)[:5])
    return [text for text in texts if text and len(text) < 80][:1]


def _published(
    tree: HtmlElement, metas: dict[str, str], linked: dict[str, Any], language: str | None
) -> datetime | None:
    said = [
        linked.get("datePublished"),
        *(metas.get(name) for name in _PUBLISHED_NAMES.split()),
        linked.get("dateCreated"),
    ]
    for value in said:
        if value and (found := read_date(value, language=language)):
            return found
    marks = _MOMENTS(tree)[:20]
    shown = (mark.get("content") or mark.get("datetime") or mark.get("title") or mark.text_content() for mark in marks)
    return next((found for value in shown if (found := read_date(value, language=language))), None)


def _language(tree: HtmlElement, metas: dict[str, str], linked: dict[str, Any]) -> str | None:
    root = tree if tree.tag == "html" else next(tree.iter("html"), tree)
    declared = (root.get("lang"), root.get("xml:lang"), _text(linked.get("inLanguage")), metas.get("og:locale"))
    for value in (*declared, metas.get("content-language"), metas.get("language")):
        match = _LANGUAGE_CODE.match(value.strip()) if value else None
        if match and len(match.group(1)) == 2:
            return match.group(1).lower()
    return None


def measure_prose(tree: HtmlElement) -> tuple[int, int]:
    """Characters of prose on the page, and the most of it under one parent.

    Prose is a paragraph, or the own text of a block without paragraphs, of 80 characters or more that are not links,
    outside navigation, asides and forms.
    """
    columns: dict[etree._Element, int] = {}
    for element in tree.iter("p", "div", "td", "section", "article", "blockquote"):
        own = _own_length(element)
        if own >= 80 and not any(above.tag in {"nav", "footer", "aside", "form"} for above in element.iterancestors()):
            column = element.getparent() if element.tag == "p" else element
            columns[column] = columns.get(column, 0) + own
    return sum(columns.values()), max(columns.values(), default=0)


def _own_length(element: etree._Element) -> int:
    """Characters of a paragraph without its links; of another block only what is no element's."""
    if element.tag == "p":
        return len(element.text_content()) - sum(len(link.text_content()) for link in element.iter("a"))
    own = (element.text or "", *(child.tail or "" for child in element))
    return sum(len(text.strip()) for text in own)
