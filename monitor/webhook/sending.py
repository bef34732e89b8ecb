"""Posting: one request a message, judged like those of chat services.

TLS certificates are verified and redirects not followed: they would carry the message to somebody else. The address
is the user's own, so it may be a private one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import requests

from monitor.alerts import replies
from monitor.alerts.context import DeliveryContext
from monitor.alerts.flight import fly
from monitor.alerts.outcome import Exchange, Progress, Sent
from monitor.secret import Secret
from monitor.webhook.payload import body, event_of
from monitor.webhook.signing import signature, timestamp

_SERVICE: Final = "the webhook"
#: Of the deadline, for connecting and for each read: a send that merely hangs then ends by itself, with a reason.
_SOCKET_SHARE: Final = 0.8


def post(context: DeliveryContext, *, target: str, url: Secret, secret: Secret, timeout: float, now: datetime) -> Sent:
    """Post a message to a webhook; answers within `timeout` seconds and a bit, however the peer behaves.

    Args:
        target: the target's name, for what is said of it.
        secret: what the message is signed with; without one it goes unsigned.
        timeout: in seconds, for all of it.
        now: when it is sent.
    """
    document = body(context)
    headers = _headers(context, document, secret, now)

    def send(progress: Progress) -> None:
        progress.settle(_answer(url.reveal(), document, headers, timeout * _SOCKET_SHARE, progress, now))

    return fly(send, target=target, timeout=timeout, late=lambda progress: _unfinished(progress, timeout, now))


def _headers(context: DeliveryContext, document: bytes, secret: Secret, now: datetime) -> dict[str, str]:
    sent_at = timestamp(now)
    signed = {"X-Cocorico-Signature": signature(secret.reveal(), sent_at, document)} if secret else {}
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Cocorico",
        "X-Cocorico-Event": event_of(context),
        "X-Cocorico-Delivery": context.delivery.id,
        "X-Cocorico-Timestamp": sent_at,
        **signed,
    }


def _answer(
    url: str, document: bytes, headers: dict[str, str], patience: float, progress: Progress, now: datetime
) -> Sent:
    """Ask, and judge. The answer's body is of no use, and is not read."""
    with replies.observing(progress.exchanges):
        try:
            with requests.post(
                url, data=document, headers=headers, timeout=patience, allow_redirects=False, stream=True
            ) as response:
                taken = 200 <= response.status_code < 300
        except requests.RequestException:
            taken = False
    if taken:
        return Sent(result="sent", detail=f"accepted by {_SERVICE}")
    seen = progress.exchanges[-1] if progress.exchanges else Exchange(error=requests.exceptions.InvalidURL())
    return replies.judge(seen, _SERVICE, now=now)


def _unfinished(progress: Progress, timeout: float, now: datetime) -> Sent:
    """Judge a send that is still under way at its deadline."""
    if progress.exchanges:
        return replies.judge(progress.exchanges[-1], _SERVICE, now=now)
    return Sent(result="retry", detail=f"not done within {timeout:g} s")
