"""The application: which address is what. Everything else is 404."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException

from monitor import links, rulebooks
from monitor.decide.verdicts import Precision, precision
from monitor.feeds.addresses import ALL
from monitor.judgement import Verdict
from monitor.store import StoreError, figures, stories, verdicts, watched
from monitor.types import Story
from monitor.web import feeds, health, judging, metrics, pages, websub
from monitor.web.guard import App, Guard, is_public
from monitor.web.site import Site

#: Stories that the first page lists, and how far back it counts.
_LATEST = 20
_WEEK = timedelta(days=7)
_SILENT: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
#: What may be kept by a browser for a day: it changes with the version only.
_KEPT = {"cache-control": "public, max-age=86400"}


def make_app(site: Site) -> App:
    """Put the application together, behind its guard."""
    app = FastAPI(
        title="Cocorico",
        # No page describes the routes: whoever may use one has been given its address.
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        # FastAPI can report to an OpenTelemetry collector that the environment names. We report to nobody.
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
            "auto_configure": False,
        },
    )
    app.include_router(health.router(site))
    app.include_router(metrics.router(site))
    app.include_router(judging.router(site))
    app.include_router(websub.router(site))
    app.include_router(
        feeds.router(
            store=site.store,
            subscriptions=site.config.subscriptions,
            base=site.config.web.base_url or f"http://localhost:{site.config.web.port}",
            clock=site.clock,
            key=None if site.config.web.local else site.key,
            ready=lambda tx, one: rulebooks.ready(site.config, [one], watched.items(tx)),
        )
    )
    _own(app, site)
    _problems(app)
    return Guard(cast("App", app), site.config.web, log=site.log)


def _own(app: FastAPI, site: Site) -> None:
    @app.api_route("/", methods=["GET", "HEAD"])
    def index(request: Request) -> HTMLResponse:
        return _index(request, site)

    @app.api_route("/style.css", methods=["GET", "HEAD"])
    def style() -> Response:
        return Response(pages.static("style.css"), media_type="text/css", headers=_KEPT)

    @app.api_route("/icon.svg", methods=["GET", "HEAD"])
    def icon() -> Response:
        return Response(pages.static("icon.svg"), media_type="image/svg+xml", headers=_KEPT)

    @app.api_route("/robots.txt", methods=["GET", "HEAD"])
    def robots() -> PlainTextResponse:
        return PlainTextResponse("User-agent: *\nDisallow: /\n", headers=_KEPT)


def _index(request: Request, site: Site) -> HTMLResponse:
    """Say what is there; what was announced, and may be judged, only where nobody else can look."""
    now = site.clock()
    with site.store.read() as tx:
        latest = stories.all(tx, limit=_LATEST) if site.config.web.local else []
        week = figures.stories_since(tx, now - _WEEK)
        judged = verdicts.standings(tx)
    counted = precision((one.kind, one.first_seen, stands) for one, stands in judged)
    return pages.page(
        request,
        "index",
        local=site.config.web.local,
        latest=[(story, _judge(site, story)) for story in latest],
        week=week,
        figures_here=not is_public(request.headers["host"], site.config.web),
        sources=sum(source.enabled for source in site.config.sources),
        precision=counted.get(("", ""), Precision(judged=0, wrong=0, corrected=0, duplicates=0)),
        feeds=_feeds(site) if site.config.web.local else [],  # elsewhere an address has its key, see `cocorico feeds`
    )


def _feeds(site: Site) -> list[tuple[str, str]]:
    """Name the feeds, each with what it is called."""
    return [(ALL, ""), *((one.name, one.name) for one in site.config.subscriptions if not one.operations)]


def _judge(site: Site, story: Story) -> str:
    return links.sign(site.key, story.id, "", Verdict.RIGHT, site.clock())


def _problems(app: FastAPI) -> None:
    """Say what went wrong as pages, too."""

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> HTMLResponse:
        answer = pages.problem(request, error.status_code, "405" if error.status_code == 405 else "404")
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(StoreError)
    async def unreadable(request: Request, _error: StoreError) -> HTMLResponse:
        return pages.problem(request, 503, "503")

    @app.exception_handler(Exception)
    async def broken(request: Request, _error: Exception) -> HTMLResponse:
        return pages.problem(request, 500, "500")  # the guard logs it
