"""`/websub/TOKEN`: where hubs confirm subscriptions and push news (W3C WebSub, sections 5.3 and 7).

A push is taken only when it is signed with the secret that its hub was given, and then is no more than a listing:
whose pages it names, they are fetched from their hosts as any others.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers

from monitor import queue
from monitor.decide import websub
from monitor.queue import JobKind
from monitor.store import Tx, hubs
from monitor.web.site import Site
from monitor.websub import HubState, Subscribed

#: A challenge that is longer is no hub's.
_CHALLENGE: Final = 2_000

_Key = Annotated[str, Query(max_length=_CHALLENGE)]


def router(site: Site) -> APIRouter:
    """Make the routes."""
    routes = APIRouter()

    @routes.get("/websub/{token}")
    def confirm(
        token: str,
        mode: Annotated[str, Query(alias="hub.mode")] = "",
        topic: Annotated[str, Query(alias="hub.topic")] = "",
        challenge: Annotated[str, Query(alias="hub.challenge", max_length=_CHALLENGE)] = "",
        lease: Annotated[str, Query(alias="hub.lease_seconds")] = "",
        reason: Annotated[str, Query(alias="hub.reason")] = "",
    ) -> Response:
        now = site.clock()
        with site.store.write() as tx:
            known = hubs.by_token(tx, token)
            after = _confirmed(known, mode, topic, lease, reason, now) if known else None
            if known is None or after is None:
                raise HTTPException(404)
            if mode == "unsubscribe":
                hubs.forget(tx, known.topic.source)
            else:
                hubs.keep(tx, after)
        site.log("hub", source=known.topic.source, hub=known.topic.hub, mode=mode, reason=reason or None)
        return PlainTextResponse(challenge)

    @routes.post("/websub/{token}")
    async def push(token: str, request: Request) -> Response:
        return await run_in_threadpool(_pushed, site, token, await request.body(), request.headers)

    return routes


def _pushed(site: Site, token: str, body: bytes, headers: Headers) -> Response:
    with site.store.write() as tx:
        known = hubs.by_token(tx, token)
        if known is None or known.state is HubState.ENDING:
            raise HTTPException(410)  # the hub may forget us
        genuine = websub.is_genuine(headers.get("x-hub-signature"), known.secret, body)
        if genuine:
            _take(tx, known, body, headers.get("content-type", ""), site.clock())
    if not genuine:  # and answered alike, so that nobody learns anything by trying
        site.log("push_refused", level="warning", source=known.topic.source, reason="not signed with its secret")
    return Response(status_code=202)


def _confirmed(known: Subscribed, mode: str, topic: str, lease: str, reason: str, now: datetime) -> Subscribed | None:
    """Say how a subscription stands after what its hub says; None when we never asked for that."""
    if topic != known.topic.url:
        return None
    if mode == "denied":
        return replace(known, state=HubState.DENIED, error=f"denied by its hub: {reason or 'without a reason'}"[:500])
    if mode == "unsubscribe" and known.state is HubState.ENDING:
        return known
    if mode != "subscribe" or known.state is HubState.ENDING:
        return None
    until = now + websub.lease(lease)
    return replace(known, state=HubState.ACTIVE, confirmed_at=now, lease_until=until, tries=0, error=None)


def _take(tx: Tx, known: Subscribed, body: bytes, content_type: str, now: datetime) -> None:
    text = base64.b64encode(body).decode("ascii")
    number = hubs.pushed(tx, hubs.Push(source=known.topic.source, body=text, content_type=content_type[:200]), now=now)
    hubs.keep(tx, replace(known, pushed_at=now))
    key = secrets.token_hex(16)  # not the number: SQLite gives it again once all were read, and done keys are kept
    queue.enqueue(tx, kind=JobKind.PUSH, key=key, host="", due_at=now, payload=str(number))
