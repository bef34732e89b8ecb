"""What an article's page says about itself: JSON-LD, OpenGraph and meta tags, `<time>`, `<h1>`, rel=canonical."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from crawler.dates import read_date
from crawler.dom import Node, Page, attribute
from crawler.plain import plain_text, tidy
from crawler.spiders.byline import clean_author, clean_title
from crawler.urls import canonical_url, same_site

MAX_OBJECTS = 500  #: JSON-LD objects looked at on one page

_ARTICLE_TYPES = re.compile(r"(?:\w*Article|\w*Posting|Report|Review|CriticReview)$")
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_FIELD = re.compile(r'"(headline|datePublished|description)"\s*:\s*"((?:[^"\\\n]|\\.){1,1000})"')
_PUBLISHED_NAMES = (
    "article:published_time og:published_time article:published publish-date publish_date pubdate datepublished"
    " parsely-pub-date sailthru.date cxenseparse:recs:publishtime dc.date.issued dcterms.created dc.date date"
)
_LANGUAGE_CODE = re.compile(r"([a-z]{2,3})(?:$|[-_])", re.IGNORECASE)
#: Small words that tell French from English; none is frequent in the other language.
_FRENCH = frozenset("le la les des une est dans pour qui que sur avec sera ses au du et aux cette selon".split())  # noqa: SIM905
_ENGLISH = frozenset("the and of to is for with that will has was its from by this been their said at".split())  # noqa: SIM905
_BYLINES = (
    "a[rel='author'], [itemprop='author'], :is(a, span, div, p, address)"
    ":is([class*='author'], [class*='byline'], [class*='signature'], [class*='__sig'])"
)
_MOMENTS = "[itemprop='datePublished'], time, abbr[class*='published']"
#: Elements that may be the standfirst, and how their classes must say so.
_STANDFIRSTS = ":is(p, div, h2):is([class*='chap'], [class*='standfirst'], [class*='excerpt'], [class*='article'])"
#: Elements that speak of the page, found in one walk: each walk through a page costs as much as parsing half of it.
_TELLING = f"meta, title, h1, link[rel*='canonical'][href], script[type*='ld+json' i], {_STANDFIRSTS}"
_STANDFIRST = re.compile(r"chapo|chapeau|standfirst|article[_-]+(?:intro|lead|excerpt)|entry-excerpt")


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


def read_about(page: Page, *, final_url: str, language: str | None = None) -> About:
    """Read a page's metadata in one pass over its head, its JSON-LD and its headings.

    Args:
        page: From `crawler.dom.parse_page`, with its scripts; not changed.
        final_url: Where the page was, after redirects.
        language: The source's, for dates without zone when the page does not tell its own.
    """
    told = _told(page)
    metas = _metas(told["meta"])
    linked = _linked(told["script"], final_url)
    spoken = _language(page, metas, linked)
    sites = _site_names(metas, linked, final_url)
    return About(
        title=_title(told, metas, linked, sites),
        summary=_summary(told["standfirst"], metas, linked),
        author=_author(page, metas, linked, sites),
        published=_published(page, metas, linked, spoken or language),
        language=spoken,
        canonical=_canonical(told["link"], final_url),
        is_article=bool(linked) or metas.get("og:type", "").lower() == "article",
        paywalled=str(linked.get("isAccessibleForFree", "")).lower().rpartition("/")[2] in {"false", "0", "no"},
    )


def _told(page: Page) -> dict[str, list[Node]]:
    """Elements that speak of the page, by their tags; those that may be the standfirst together."""
    found: dict[str, list[Node]] = {"meta": [], "title": [], "h1": [], "link": [], "script": [], "standfirst": []}
    for element in page.css(_TELLING):
        found.get(element.tag or "", found["standfirst"]).append(element)
    return found


def canonical_link(page: Page, final_url: str) -> str | None:
    """The page's rel=canonical in canonical form; None unless it stays on the site and names a page of its own.

    A canonical address that is the home page or a section above the page is a template's mistake.
    """
    return _canonical(_told(page)["link"], final_url)


def _canonical(links: list[Node], final_url: str) -> str | None:
    for link in links[:1]:
        href = attribute(link, "href").strip()
        try:
            own = canonical_url(final_url)
            if href == final_url:
                return own
            found = canonical_url(href, base=final_url)
        except ValueError:
            return None
        above = urlsplit(found).path == "/" or own.startswith(f"{found.rstrip('/')}/")
        return found if same_site(found, own) and (found == own or not above) else None
    return None


def guess_language(text: str) -> str | None:
    """ "fr" or "en" when the small words of a text are clearly one or the other, else None."""
    words = text[:2_000].lower().split()
    french, english = sum(map(_FRENCH.__contains__, words)), sum(map(_ENGLISH.__contains__, words))
    if max(french, english) < 4 or max(french, english) < 3 * min(french, english):
        return None
    return "fr" if french > english else "en"


def _metas(elements: list[Node]) -> dict[str, str]:
    """The first content of each meta tag, by its name in lower case."""
    found: dict[str, str] = {}
    for element in elements:
        meta = element.attributes
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = meta.get("content")
        if name and content and len(found) < 300:
            found.setdefault(name.strip().lower(), content.strip()[:5_000])
    return found


def _linked(elements: list[Node], final_url: str) -> dict[str, Any]:
    """The JSON-LD object of the article: the one that names this address, else the first; {} when there is none."""
    found = [one for script in elements for one in _objects(script.text()) if _is_article(one)]
    if not found:
        return {}
    path = urlsplit(final_url).path.rstrip("/") or "/"
    return next((one for one in found if path != "/" and path in _own_address(one)), found[0])


def _own_address(linked: dict[str, Any]) -> str:
    page = linked.get("mainEntityOfPage")
    return f"{linked.get('url')} {page.get('@id') if isinstance(page, dict) else page}"


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """All objects of a JSON-LD script; of a broken one, an article with the fields that can be made out."""
    text = text.strip()
    # Few scripts are wrapped, and to look for what may wrap one costs more than to read it.
    if text.startswith(("<", "/")) or text.endswith(">"):
        text = _WRAPPING.sub("", text).strip()
    text = text.rstrip(";")
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


def _title(told: dict[str, list[Node]], metas: dict[str, str], linked: dict[str, Any], sites: tuple[str, ...]) -> str:
    """The headline as readers see it: the `<h1>` when it is the article's, else what the page says elsewhere."""
    head = told["title"][0].text() if told["title"] else ""
    said = [_text(linked.get("headline")), metas.get("og:title"), metas.get("twitter:title"), head]
    titles = [cleaned for text in said if (cleaned := clean_title(plain_text(text or "", limit=500), sites))]
    headings = [tidy(element.text()) for element in told["h1"][:5]]
    for heading in headings:
        if 10 <= len(heading) <= 300 and any(_alike(heading, title) for title in titles):
            return heading
    return next(iter(titles), next((heading for heading in headings if 10 <= len(heading) <= 300), ""))


def _alike(heading: str, title: str) -> bool:
    words, others = set(heading.lower().split()), set(title.lower().split())
    return 2 * len(words & others) >= min(len(words), len(others)) > 1


def _summary(marked: list[Node], metas: dict[str, str], linked: dict[str, Any]) -> str:
    """The standfirst: what the page calls so, else its description."""
    for element in marked:
        if _STANDFIRST.search(attribute(element, "class")):
            text = tidy(element.text())
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


def _author(page: Page, metas: dict[str, str], linked: dict[str, Any], sites: tuple[str, ...]) -> str | None:
    """The people who sign, from JSON-LD, meta tags or the byline; an organisation only when nobody does."""
    said = linked.get("author") or linked.get("creator")
    authors = (said if isinstance(said, list) else [said])[:10]
    people = [_text(author) for author in authors if not _is_organisation(author)]
    for names in (people, [metas.get("author", "")], [metas.get("article:author", "")]):
        cleaned = clean_author(names, sites)
        if cleaned:
            return cleaned
    return clean_author(_bylines(page), sites) or clean_author([_text(author) for author in authors], sites)


def _is_organisation(author: object) -> bool:
    return isinstance(author, dict) and "Organization" in str(author.get("@type"))


def _bylines(page: Page) -> list[str]:
    texts = (tidy(element.text()) for element in page.css(_BYLINES)[:5])
    return [text for text in texts if text and len(text) < 80][:1]


def _published(page: Page, metas: dict[str, str], linked: dict[str, Any], language: str | None) -> datetime | None:
    said = [
        linked.get("datePublished"),
        *(metas.get(name) for name in _PUBLISHED_NAMES.split()),
        linked.get("dateCreated"),
    ]
    for value in said:
        if value and (found := read_date(value, language=language)):
            return found
    shown = (_moment(mark) for mark in page.css(_MOMENTS)[:20])
    return next((found for value in shown if (found := read_date(value, language=language))), None)


def _moment(mark: Node) -> str:
    """What an element that shows a time says, in a form for programs if it has one."""
    said = mark.attributes
    return said.get("content") or said.get("datetime") or said.get("title") or mark.text()


def _language(page: Page, metas: dict[str, str], linked: dict[str, Any]) -> str | None:
    root = page.root.attributes
    declared = (root.get("lang"), root.get("xml:lang"), _text(linked.get("inLanguage")), metas.get("og:locale"))
    for value in (*declared, metas.get("content-language"), metas.get("language")):
        match = _LANGUAGE_CODE.match(value.strip()) if value else None
        if match and len(match.group(1)) == 2:
            return match.group(1).lower()
    return None
