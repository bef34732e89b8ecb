"""The pages of a verdict link: GET shows what would be recorded, and only a POST records it.

Mail scanners and chat previews open every link of a message; what they open votes for nothing.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from monitor import buyers, data, heeding, links, rulebooks
from monitor.decide import verdicts as rules
from monitor.decide.verdicts import VerdictError
from monitor.feeds.steps import says
from monitor.judgement import Verdict, Via
from monitor.links import Claim, ExpiredLinkError, LinkError
from monitor.store import Tx, deliveries, stories, verdicts, watched
from monitor.types import Story
from monitor.web import pages
from monitor.web.site import Site

#: What the button to take a verdict back sends in place of a verdict.
_UNDO = "undo"
#: Stories that are looked through for the one that a story repeats.
_OTHERS = 1000


def router(site: Site) -> APIRouter:
    """Make the routes."""
    routes = APIRouter()

    @routes.api_route("/verdict/{token}", methods=["GET", "HEAD"])
    def ask(request: Request, token: str) -> Response:
        claim = _claim(request, site, token)
        return claim if isinstance(claim, Response) else _asked(request, site, claim)

    @routes.post("/verdict/{token}")
    def record(
        request: Request,
        token: str,
        verdict: Annotated[str, Form()] = "",
        value: Annotated[str, Form()] = "",
    ) -> Response:
        claim = _claim(request, site, token)
        return claim if isinstance(claim, Response) else _recorded(request, site, claim, verdict, value)

    return routes


def _claim(request: Request, site: Site, token: str) -> Claim | HTMLResponse:
    """Read a link, or say what is wrong with it."""
    try:
        return links.read(site.key, token, site.clock())
    except ExpiredLinkError:
        return pages.problem(request, 410, "expired")
    except LinkError:
        return pages.problem(request, 403, "forged")


def _asked(request: Request, site: Site, claim: Claim) -> Response:
    with site.store.read() as tx:
        story = stories.get(tx, claim.story)
        if story is None:
            return pages.problem(request, 404, "unknown")
        # A story that was put together with another one is that one now; what was said is kept under its own id.
        said = (*verdicts.of(tx, claim.story), *(verdicts.of(tx, story.id) if story.id != claim.story else ()))
        others = rules.near(story, stories.all(tx, limit=_OTHERS, since=story.first_seen - rules.NEAR_DAYS))
    return pages.page(
        request,
        "verdict",
        story=story,
        evidence=_evidence(story),
        asked=claim.verdict,
        said=next((one for one in reversed(said) if one.undone_at is None), None),
        near=others,
    )


def _evidence(story: Story) -> tuple[str, str, str]:
    """Give the sentence that says so, its outlet and its address."""
    step = says(story)
    return (step.quote if story.history else ""), step.outlet, step.url


def _recorded(request: Request, site: Site, claim: Claim, verdict: str, value: str) -> Response:
    try:
        with site.store.write() as tx:
            if stories.get(tx, claim.story) is None:
                return pages.problem(request, 404, "unknown")
            _record(tx, site, claim, verdict, value)
    except VerdictError:
        known = verdict in {Verdict.TITLE, Verdict.SEASON, Verdict.DUPLICATE}
        return pages.page(request, "problem", status=422, what="value", detail=verdict if known else "")
    # Shown by a GET: reloading the page records nothing again.
    return RedirectResponse(request.url.path.rpartition("/")[2], status_code=303)


def _record(tx: Tx, site: Site, claim: Claim, verdict: str, value: str) -> None:
    """Do what a button says.

    Raises:
        VerdictError: no button of ours says that.
    """
    now, groups, wanted = site.clock(), buyers.load(data.folder("config")), site.config.subscriptions
    book = rulebooks.ready(site.config, wanted, watched.items(tx))
    if verdict == _UNDO:
        story = stories.get(tx, claim.story)
        taken = heeding.undo(tx, claim.story, groups=groups, subscriptions=wanted, book=book, now=now)
        if taken is None and story is not None:
            heeding.undo(tx, story.id, groups=groups, subscriptions=wanted, book=book, now=now)
        return
    if verdict not in set(Verdict):
        raise VerdictError(f"{verdict!r} is no verdict")
    via, who = Via.PAGE, ""
    if claim.delivery:
        message = deliveries.get(tx, claim.delivery)
        via, who = Via.LINK, f"{message.subscription} → {message.target}" if message else claim.delivery
    said = (tx, claim.story, Verdict(verdict), value.strip() or None)
    heeding.judge(*said, groups=groups, subscriptions=wanted, book=book, now=now, via=via, who=who)
