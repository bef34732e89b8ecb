"""Is this page an article? Walls, stubs, missing pages and listings told from real articles, in French and English.

A wall is short or dominated by what it asks. Length decides first: a real article that mentions cookies, robots or
subscribers has a text of its own, a wall has not.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler import walls
from crawler.types import RejectReason
from crawler.urls import same_site

MIN_TEXT = 140  #: characters; the shortest news item that still says something is a sentence or two
STUB_TEXT = 1_200  #: characters from which a page with a paywall gave enough to be read
_LISTED = 400  #: characters; less prose in one place than an article has, teasers in a row
LONG_TEXT = 1_500  #: characters of an article of full quality


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What a page shows, measured by `crawler.extract`."""

    title: str
    text: str  #: the article's text, cleaned
    page_text: str  #: everything visible, with `<noscript>`
    link_share: float  #: of the visible characters, those in links
    links: int
    prose: int  #: characters in paragraphs that are sentences, not links
    column: int  #: of those, the most under one parent: an article's own stand together, a listing's apart
    dated: bool  #: the page names a date of publication
    declared: bool  #: the page declares to be an article
    paywalled: bool  #: the page declares that it is not free


def judge(page: Evidence) -> RejectReason | None:
    """Why the page is no article; None for one.

    `PAYWALL` is for the caller to soften: the listing's own title and summary may do.
    """
    wall = _wall(page) if len(page.text) < walls.WALL_TEXT else None
    if wall is not None:
        return wall
    if _is_missing(page):
        return RejectReason.SOFT_404
    if _is_paywalled(page):
        return RejectReason.PAYWALL
    if _is_listing(page):
        return RejectReason.NOT_AN_ARTICLE
    return RejectReason.TOO_SHORT if len(page.text) < MIN_TEXT else None


def is_redirected_home(listed_url: str, final_url: str) -> bool:
    """Whether a page that had an address of its own led to the home page: how some sites say 404."""
    led = urlsplit(final_url)
    return (
        not led.path.strip("/")
        and not led.query
        and len(urlsplit(listed_url).path.strip("/")) > 0
        and same_site(listed_url, final_url)
    )


def _wall(page: Evidence) -> RejectReason | None:
    if walls.is_challenge(page.title, page.page_text):
        return RejectReason.CHALLENGE
    if kept := _keeps_out(page):
        return kept
    if _is_soft_404(page):
        return RejectReason.SOFT_404
    return RejectReason.CONSENT_WALL if _is_consent_wall(page) else None


def _keeps_out(page: Evidence) -> RejectReason | None:
    """An article about an age limit or a repair is dated, or declares to be one, and has more than a few lines."""
    if (page.dated or page.declared) and len(page.text) >= MIN_TEXT:
        return None
    return walls.keeps_out(page.title, page.text, page.page_text)


def _is_soft_404(page: Evidence) -> bool:
    if page.declared and len(page.text) > MIN_TEXT:
        return False
    titled, said = walls.says_missing(page.title, page.page_text)
    return (titled and (said or len(page.text) < 600)) or (said and not page.dated and len(page.text) < 600)


def _is_missing(page: Evidence) -> bool:
    """Its words say that nothing is there, and so does its title, or no box holds an article: the rest are teasers."""
    if page.declared:
        return False
    titled, said = walls.says_missing(page.title, page.page_text)
    return said and (titled or (not page.dated and page.column < _LISTED))


def _is_consent_wall(page: Evidence) -> bool:
    """Consent is what the visible words are about, and there is nothing readable besides."""
    return walls.is_consent(page.page_text) and (len(page.text) < 400 or walls.consents(page.text) > 0)


def _is_paywalled(page: Evidence) -> bool:
    """A page that says so and gives little; many that declare a paywall to search engines show the whole text."""
    if len(page.text) >= STUB_TEXT:
        return False
    cut = len(page.text) < STUB_TEXT / 2 or page.text.endswith(("…", "..."))
    return walls.asks_to_pay(page.page_text) or (page.paywalled and cut)


def _is_listing(page: Evidence) -> bool:
    """Mostly links, hardly any prose in one place, and nothing that declares an article."""
    return not page.declared and page.links >= 25 and page.column < _LISTED and page.link_share > 0.4


def quality(page: Evidence) -> float:
    """How much the extraction can be trusted, 0 to 1.

    Half is length (full from `LONG_TEXT` characters), a quarter is how much of the page's prose the text covers, and
    a quarter is what the page says about itself: a title, a date, being an article.
    """
    length = min(1.0, len(page.text) / LONG_TEXT)
    cover = min(1.0, len(page.text) / page.prose) if page.prose else 0.5
    said = (bool(page.title) + page.dated + page.declared) / 3
    return round(0.5 * length + 0.25 * cover + 0.25 * said, 3)
