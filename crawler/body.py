"""A page's tree -> its article's text, by the first way that is sure of itself. The only home of Trafilatura.

The site's template, learned from Trafilatura (`crawler.templates`); else the column where the page's prose stands, when
that is sure (`crawler.column`); else Trafilatura in its fast mode; else in its full one. And the template learns.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

import trafilatura

from crawler import layouts, templates
from crawler.blocks import Layout, read_layout
from crawler.boilerplate import clean_text
from crawler.column import Column, measure, read_column
from crawler.dom import Page
from crawler.quality import MIN_TEXT
from crawler.taught import Lesson, SiteReport, Template
from crawler.tree import Tree, grow
from crawler.types import Tier

MAX_TEXT = 500_000  #: characters kept of an article (fault P12)
#: Below this share of the page's main column, or below `quality.MIN_TEXT`, the fast text is doubtful. On 181 real
#: pages the full mode was never better above it, and twice worse.
DOUBTFUL_SHARE = 0.4
SCRIPTS = "script, style, svg, template, iframe, object, math"  #: elements whose text is for nobody
#: What Trafilatura would take away as well, and slower.
_FURNITURE = (
    "noscript, button, select, option, input, textarea, label, nav, aside, dialog, figcaption, img, picture, source,"
    "canvas, video, audio, embed, area, map, wbr, link, meta, footer:not(article footer),"
    "header:not(article header):not(:has(h1))"
)

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports each odd page; we judge them ourselves


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """An article's text, and the prose around it."""

    text: str  #: cleaned; "" when there is none
    tier: Tier
    prose: int  #: characters of prose on the page, or in the box that the template names
    directly: int  #: of those, the most directly in one box


def read_body(
    page: Page, template: Template | None, *, url: str, title: str, learns: bool
) -> tuple[Body, SiteReport | None]:
    """Find a page's text, and what it tells about its site's template.

    Args:
        page: As it came; not changed.
        template: What is known of its site.
        url: Decides whether the page is a sample.
        title: The headline; a first line that repeats it is left out.
        learns: Ask Trafilatura about pages of a site whose template is not known well enough.
    """
    known = template or Template()
    if templates.is_used(known):
        return _by_template(page, known, url=url, title=title, learns=learns)
    layout = read_layout(page.body)
    column = read_column(layout)
    if not (learns and templates.teaches(known, url, sure=column.sure)):
        return _otherwise(page, column, title), None
    taught = _full(page, layout, title)
    return taught, templates.learn(known, page, layout, taught.text, title=title)


def _by_template(page: Page, known: Template, *, url: str, title: str, learns: bool) -> tuple[Body, SiteReport | None]:
    """Read a page by that of its site's templates which fits it; a sample by Trafilatura as well."""
    fitting = layouts.fitting(known, page)
    if fitting is None:
        return _by_none(page, known, url=url, title=title, learns=learns)
    one, box, said = fitting
    found = _body(clean_text(said[:MAX_TEXT], title=title), Tier.TEMPLATE, box)
    if not templates.samples(one, url):
        return found, layouts.fits(known, one)
    full = _full(page, read_layout(page.body), title)
    report = layouts.sampled(known, one, templates.agreed(one, found.text, full.text))
    return (full if report.lesson is Lesson.DROPPED else found), report


def _by_none(page: Page, known: Template, *, url: str, title: str, learns: bool) -> tuple[Body, SiteReport]:
    """Read a page that none of its site's templates fits in the other ways; it may teach another one."""
    layout = read_layout(page.body)
    column, pupil = read_column(layout), layouts.pupil(known) if learns else None
    if pupil is None or not templates.teaches(pupil, url, sure=column.sure):
        return _otherwise(page, column, title), layouts.missed(known)
    taught = _full(page, layout, title)
    return taught, layouts.taught(known, pupil, templates.learn(pupil, page, layout, taught.text, title=title))


def _otherwise(page: Page, column: Column, title: str) -> Body:
    """The main column's text when it is sure, else Trafilatura's; in full where its fast way missed much of it."""
    if column.sure:
        text = clean_text(column.text[:MAX_TEXT], title=title)
        if len(text) >= MIN_TEXT:
            return Body(text=text, tier=Tier.COLUMN, prose=column.prose, directly=column.directly)
    tree = _tree(page)
    fast = _trafilatura(tree, title, fast=True)
    if len(fast) >= max(MIN_TEXT, DOUBTFUL_SHARE * column.directly):
        return Body(text=fast, tier=Tier.FAST, prose=column.prose, directly=column.directly)
    full = _trafilatura(tree, title, fast=False)
    text, tier = (full, Tier.FULL) if len(full) > len(fast) else (fast, Tier.FAST)
    return Body(text=text, tier=tier, prose=column.prose, directly=column.directly)


def _full(page: Page, layout: Layout, title: str) -> Body:
    """Trafilatura's text with all its fallbacks: what templates learn from and are held against."""
    return _body(_trafilatura(_tree(page), title, fast=False), Tier.FULL, layout)


def _body(text: str, tier: Tier, layout: Layout) -> Body:
    prose, directly = measure(layout)
    return Body(text=text, tier=tier, prose=prose, directly=directly)


def _tree(page: Page) -> Tree | None:
    """A page without furniture, for Trafilatura."""
    left = page.copy()
    if left is None:
        return None
    left.drop(f"{SCRIPTS}, {_FURNITURE}")
    return grow(left.markup())


def _trafilatura(tree: Tree | None, title: str, *, fast: bool) -> str:
    if tree is None:
        return ""
    text = trafilatura.extract(tree, fast=fast, include_comments=False, include_tables=True)
    return clean_text(str(text or "")[:MAX_TEXT], title=title)
