"""A site's layouts: one template for each of the few ways its pages are made, and when the site was rebuilt.

The first template is the site's own; the others are of pages that it does not fit: features, interviews, galleries. A
page is read by the first of them whose box it has, which costs a look-up each. What fits none may teach another.

A rebuilt site looks at first like one with another layout, which is then learned as well. So a new layout counts as one
of the site's only when an older one was seen after it; until then its pages are such as the site did not have before,
and `templates.MISSES` of these in a row are a redesign: the old ones are dropped, and the new one is the site's own.
"""

from __future__ import annotations

from dataclasses import replace

from crawler import templates
from crawler.blocks import Layout
from crawler.dom import Page
from crawler.taught import Lesson, SiteReport, Template
from crawler.templates import MISSES

MOST = 3  #: layouts beside the first; what a site has more of is read otherwise


def fitting(known: Template, page: Page) -> tuple[Template, Layout, str] | None:
    """The first template that fits a page, the box it names there, and the text; None when none does."""
    for one in (known, *known.others):
        box = templates.find(one, page) if templates.is_used(one) else None
        said = templates.read(one, box) if box else None
        if box is not None and said is not None:
            return one, box, said
    return None


def fits(known: Template, one: Template) -> SiteReport | None:
    """What a page tells that one of a site's templates has read."""
    if one is not known and not one.settled:
        return missed(known)
    young = any(templates.is_used(other) and not other.settled for other in known.others)
    if not (known.missed or young):
        return None
    others = tuple(replace(other, settled=templates.is_used(other)) for other in known.others)
    return SiteReport(lesson=Lesson.FITS, template=replace(known, missed=0, others=others))


def missed(known: Template) -> SiteReport:
    """What a page tells that is made as none of a site's pages was before."""
    if known.missed + 1 < MISSES:
        return SiteReport(lesson=Lesson.MISSED, template=replace(known, missed=known.missed + 1))
    reason = f"{MISSES} pages in a row are made otherwise"
    heirs = [other for other in known.others if not other.settled]
    return SiteReport(lesson=Lesson.DROPPED, template=_heir(heirs[:1]), reason=reason)


def pupil(known: Template) -> Template | None:
    """The template that is taught by a page which none fits; None: the site has layouts enough."""
    begun = next((other for other in known.others if not templates.is_used(other)), None)
    return begun or (Template() if len(known.others) < MOST else None)


def taught(known: Template, one: Template, report: SiteReport) -> SiteReport:
    """What a page tells of a site that has taught one of its other templates."""
    others = (*(other for other in known.others if other is not one), report.template)
    said = missed(replace(known, others=others))
    learned = report.lesson is Lesson.LEARNED and said.lesson is Lesson.MISSED
    return replace(said, lesson=Lesson.LEARNED) if learned else said


def sampled(known: Template, one: Template, report: SiteReport) -> SiteReport:
    """What a sample tells of a site, from what it tells of one of its templates."""
    over = report.lesson is Lesson.DROPPED
    if one is known:
        heirs = [other for other in known.others if templates.is_used(other)]
        return replace(report, template=_heir(heirs)) if over else report
    others = tuple(report.template if other is one else other for other in known.others)
    if over:
        others = tuple(other for other in known.others if other is not one)
    return replace(report, template=replace(known, missed=max(known.missed, int(over)), others=others))


def _heir(left: list[Template]) -> Template:
    """The site's own template from now on; the next page that it fits says that the alarm is over."""
    if not left:
        return Template()
    first, *others = left
    return replace(first, missed=int(templates.is_used(first)), settled=False, others=tuple(others))
