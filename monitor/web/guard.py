"""What stands before every page: whom we answer, how much we read, and what a browser may do with the answer.

Plain ASGI, so that nothing of FastAPI runs for a request that is turned away.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from urllib.parse import urlsplit

from monitor.config.values import WebConfig

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

#: Bytes of a request's body: our forms have a title and a few ids.
LARGEST_BODY: Final = 16 * 1024
#: And of a listing that a hub pushes.
LARGEST_PUSH: Final = 2 * 1024 * 1024
#: Bytes beyond the largest body that are read and thrown away, so that its sender can hear why.
_OVERFLOW: Final = 1024 * 1024
#: Seconds for a body to arrive.
_PATIENCE: Final = 10.0
_HOST: Final = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?", re.IGNORECASE)

_POLICY: Final = (
    b"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: No script ever runs, nothing is loaded from elsewhere, nobody frames us, and no address of ours is passed on.
HEADERS: Final = (
    (b"content-security-policy", _POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),  # with "no-referrer" our own forms would have the origin "null"
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"x-robots-tag", b"noindex, nofollow, noarchive"),
)
#: Unless a page says how long it may be kept.
_KEPT: Final = (b"cache-control", b"no-store")


def answers_to(host: str, config: WebConfig) -> bool:
    """Whether a Host header names us.

    A page of somebody else's can make a name of its own point here (DNS rebinding), so names must be known to us;
    it can't do that with an address.
    """
    name = _name(host)
    if name in {"localhost", _public(config), *config.names} - {""}:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_public(host: str, config: WebConfig) -> bool:
    """Whether a Host header has the name that others use: what is for this machine alone is not told there."""
    return bool(_public(config)) and _name(host) == _public(config)


def _name(host: str) -> str:
    """Give the name or address in a Host header, without port and brackets; empty when it has none."""
    found = _HOST.fullmatch(host)
    return found["name"].strip("[]").lower().rstrip(".") if found else ""


def _public(config: WebConfig) -> str:
    return (urlsplit(config.public_url).hostname or "") if config.public_url else ""


def _is_others(scope: Scope, host: str, config: WebConfig) -> bool:
    """Whether a page of somebody else's makes a browser ask this; programs that are no browsers say neither.

    Browsers before 2020 (Safari's before 2023) don't say what site a request is from, but do say its page's origin.
    """
    headers = dict(scope["headers"])
    site, origin = headers.get(b"sec-fetch-site"), headers.get(b"origin")
    if scope["path"].startswith("/websub/"):
        return False  # hubs sign what they push
    if site is not None:
        return site in {b"cross-site", b"same-site"}
    if origin is None:
        return False
    theirs = urlsplit(origin.decode("latin-1")).netloc.lower()
    return theirs != host.lower() and (_name(theirs) or "?") not in {_public(config), *config.names}


class Guard:
    """Wraps an application."""

    def __init__(self, app: App, config: WebConfig, *, log: Callable[..., None]) -> None:
        self._app = app
        self._config = config
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or turn it away."""
        if scope["type"] != "http":
            return  # no sockets, no lifespan
        guarded = _guarded(send)
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or not answers_to(hosts[0], self._config):
            await _refuse(guarded, 421, "not a name of this server: add it to [web] names, or set [web] public_url")
            return
        if scope["method"] not in {"GET", "HEAD"} and _is_others(scope, hosts[0], self._config):
            await _refuse(guarded, 403, "a page of somebody else's may not do this")
            return
        most = LARGEST_PUSH if scope["path"].startswith("/websub/") else LARGEST_BODY
        body = await _body(receive, most)
        if body is None:
            await _refuse(guarded, 413, f"more than {most} bytes, or too slow")
            return
        try:
            await self._app(scope, _replay(body, receive), guarded)
        except Exception as error:  # noqa: BLE001 - the reader has been told; uvicorn would only cut the line
            self._log("page_failed", level="error", path=scope["path"], reason=repr(error), exc_info=error)


async def _body(receive: Receive, most: int) -> bytes | None:
    """Read the whole body; None when it is too large or doesn't come.

    What is too large is still taken in, up to `_OVERFLOW`: a line closed on bytes that nobody has read is reset, and
    the reset takes our answer with it (RFC 9112, 9.6).
    """
    body, size = b"", 0
    try:
        async with asyncio.timeout(_PATIENCE):
            while size <= most + _OVERFLOW:
                message = await receive()
                if message["type"] != "http.request":
                    return None
                piece = bytes(message.get("body", b""))
                size += len(piece)
                body = body + piece if size <= most else b""
                if not message.get("more_body"):
                    return body if size <= most else None
    except TimeoutError:
        pass
    return None


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give the application the body that was read, then whatever comes after it."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _guarded(send: Send) -> Send:
    """Add our headers to every answer."""

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            own = {name.lower() for name, _ in headers}
            more = [pair for pair in (*HEADERS, _KEPT) if pair[0] not in own]
            message = {**message, "headers": [*headers, *more]}
        await send(message)

    return with_headers


async def _refuse(send: Send, status: int, says: str) -> None:
    body = f"{says}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),  # what is left of the request is not read
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
