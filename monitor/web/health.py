"""`/healthz` and `/readyz`: for supervisors. `/healthz` says whether to restart us, `/readyz` whether we work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from monitor.store import StoreError, sources
from monitor.web.site import Site

Findings = Mapping[str, Any]


def router(site: Site) -> APIRouter:
    """Make the routes."""
    routes = APIRouter()

    @routes.api_route("/healthz", methods=["GET", "HEAD"])
    def healthz() -> JSONResponse:
        return _answer(alive(site))

    @routes.api_route("/readyz", methods=["GET", "HEAD"])
    def readyz() -> JSONResponse:
        return _answer({**ready(site), **alive(site)})

    return routes


def alive(site: Site) -> Findings:
    """Tell whether each of the daemon's loops comes round; nothing when these pages run alone."""
    beats = site.pulse() if site.pulse else ()
    return {
        beat.name: {"good": beat.good, "seconds_ago": round(beat.age, 1), "within": beat.within}
        for beat in sorted(beats, key=lambda beat: beat.name)
    }


def ready(site: Site) -> Findings:
    """Tell whether the store can be read, and, inside the daemon, whether crawling and ticking have begun."""
    return dict(_ready(site))


def _ready(site: Site) -> Iterator[tuple[str, Findings]]:
    yield "store", _tried(lambda: _read(site))
    if site.pulse is not None:
        # They are not in the pulse before their first round.
        for name in ("crawl", "tick", "deliver"):
            yield name, {"good": False, "says": "has not begun"}


def _read(site: Site) -> None:
    with site.store.read() as tx:
        sources.user_sources(tx)


def _tried(look: Callable[[], None]) -> Findings:
    try:
        look()
    except StoreError:  # what it says names files and hosts, which are nobody's business
        return {"good": False, "says": "can't be read; `cocorico doctor` says why"}
    return {"good": True}


def _answer(findings: Findings) -> JSONResponse:
    good = all(finding["good"] for finding in findings.values())
    return JSONResponse({"good": good, "checks": findings}, status_code=200 if good else 503)
