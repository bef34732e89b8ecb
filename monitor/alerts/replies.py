"""What HTTP services really answered. The only user of requests.

Apprise's HTTP plugins call requests and turn every failure into False: status, Retry-After and whether the request
ever left are lost (the log text carries the code, and nothing else). All of them end in `requests.Session.send`, so
that one method is wrapped, once, by an observer that does nothing unless its own thread called `observing`. That is
independent of how a plugin words its log, of its version, and of what other threads do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import wraps
from typing import Any

import requests

from monitor.alerts.outcome import Exchange, Sent

_watched: ContextVar[list[Exchange] | None] = ContextVar("watched", default=None)

#: Asking again later may help: request timeout, too early, too many requests (RFC 9110, 6585, 8470).
_TEMPORARY = frozenset({408, 425, 429})
#: A Retry-After beyond a day is taken for a mistake.
_LONGEST_PAUSE = 86_400.0

_ADVICE = {
    400: "it rejects the message or the address; check the target's address",
    401: "it does not accept the token or password; correct the target's address",
    403: "the token has no right to post there; correct the target's address or its rights",
    404: "it does not exist; correct the target's address",
    410: "it was removed; make a new one and correct the target's address",
}


@contextmanager
def observing(exchanges: list[Exchange]) -> Iterator[None]:
    """Write down every HTTP exchange this thread makes."""
    token = _watched.set(exchanges)
    try:
        yield
    finally:
        _watched.reset(token)


def _observed(send: Any) -> Any:
    @wraps(send)
    def observe(session: requests.Session, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        exchanges = _watched.get()
        exchange = Exchange()
        if exchanges is not None:
            exchanges.append(exchange)
        try:
            response: requests.Response = send(session, request, **options)
        except Exception as error:
            exchange.error = error
            raise
        exchange.retry_after = response.headers.get("Retry-After")
        exchange.status = response.status_code
        return response

    return observe


requests.Session.send = _observed(requests.Session.send)  # type: ignore[method-assign]


def judge(exchange: Exchange, service: str, *, now: datetime) -> Sent:
    """Say what an exchange that did not end well means."""
    if exchange.pending:
        return Sent(result="unknown", detail=f"{service} took the request and did not answer in time")
    if exchange.status is None:
        return _failed(exchange.error, service)
    return judge_status(exchange.status, service, pause=_seconds(exchange.retry_after, now))


def judge_status(status: int, service: str, *, pause: float | None = None) -> Sent:
    """Say what an HTTP status other than success means."""
    if status >= 500 or status in _TEMPORARY:
        return Sent(result="retry", detail=f"{service} answered {status}", retry_after=pause)
    if status >= 400:
        return Sent(result="refused", detail=f"{service} answered {status}: {_ADVICE.get(status, _ADVICE[400])}")
    if status >= 300:
        moved = "it has moved, and redirects are not followed since they would carry the secret elsewhere"
        return Sent(result="refused", detail=f"{service} answered {status}: {moved}; correct the target's address")
    return Sent(result="retry", detail=f"{service} answered {status} and did not take the message")


def _failed(error: Exception | None, service: str) -> Sent:
    """An exception's text carries the URL and so the secret: only its kind is told."""
    if isinstance(error, requests.exceptions.SSLError):
        return Sent(result="retry", detail=f"{service}: the TLS connection failed; check its certificate")
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return Sent(result="retry", detail=f"{service} could not be reached in time")
    if isinstance(error, requests.exceptions.ReadTimeout):
        return Sent(result="unknown", detail=f"{service} took the request and did not answer in time")
    if isinstance(error, requests.exceptions.ConnectionError):
        return _disconnected(error, service)
    return Sent(result="refused", detail=f"{service}: the address cannot be requested; correct the target's address")


def _disconnected(error: requests.exceptions.ConnectionError, service: str) -> Sent:
    """A broken connection may have carried the request; one that was never made did not."""
    cause = error.args[0] if error.args else None
    if hasattr(cause, "reason"):  # urllib3's MaxRetryError: no connection, by name or by address
        return Sent(result="retry", detail=f"{service} could not be reached")
    return Sent(result="unknown", detail=f"{service} broke the connection before it answered")


def _seconds(value: str | None, now: datetime) -> float | None:
    """Retry-After in seconds: a number, or an HTTP date."""
    if value is None:
        return None
    try:
        seconds = float(value) if value.strip().isdigit() else _until(value, now)
    except ValueError:
        return None
    return min(max(seconds, 0.0), _LONGEST_PAUSE)


def _until(date: str, now: datetime) -> float:
    moment = parsedate_to_datetime(date)
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
