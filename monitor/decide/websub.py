"""When a hub is asked for what, and which pushes are genuine: pure."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from monitor.websub import HubState, Subscribed, Topic

#: What we ask for; hubs grant what they like.
LEASE: Final = timedelta(days=10)
#: What a hub grants is taken within these bounds: one that grants seconds must not be asked every second.
_LEASES: Final = (timedelta(minutes=5), timedelta(days=90))
#: A lease is renewed when this share of it is left.
_LEFT: Final = 0.2
#: ... and no less than this: they are looked at once a minute, and of a lease of five minutes that share is one.
_LEAST_LEFT: Final = timedelta(minutes=2)
#: A hub that does not confirm is asked again after this, then four times that, and so on.
_PATIENCE: Final = timedelta(minutes=2)
_LONGEST: Final = timedelta(days=1)
#: A hub that said no is asked again then: outlets change their minds and their hubs.
_DENIED: Final = timedelta(days=7)
#: Requests to end a subscription; after that its pushes are merely turned away.
_GOODBYES: Final = 3
_METHODS: Final = {
    "sha1": hashlib.sha1,
    "sha256": hashlib.sha256,
    "sha384": hashlib.sha384,
    "sha512": hashlib.sha512,
}


class Step(StrEnum):
    """What to do about a subscription."""

    NOTHING = "nothing"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    FORGET = "forget"


def step(known: Subscribed | None, wanted: Topic | None, *, now: datetime) -> Step:
    """Say what is to be done; `wanted` is None when the source is gone, or names no hub any more."""
    if known is None:
        return Step.NOTHING if wanted is None else Step.SUBSCRIBE
    if wanted != known.topic:
        over = known.state is HubState.DENIED or (known.tries >= _GOODBYES and known.state is HubState.ENDING)
        return Step.FORGET if over else Step.UNSUBSCRIBE if _may_ask(known, now) else Step.NOTHING
    return Step.SUBSCRIBE if _is_due(known, now) else Step.NOTHING


def _is_due(known: Subscribed, now: datetime) -> bool:
    if known.state is HubState.DENIED:
        return known.asked_at is None or now - known.asked_at >= _DENIED
    if known.covers(now) and known.lease_until and known.confirmed_at:
        whole = known.lease_until - known.confirmed_at
        return known.lease_until - now < max(whole * _LEFT, _LEAST_LEFT) and _may_ask(known, now)
    return _may_ask(known, now)


def _may_ask(known: Subscribed, now: datetime) -> bool:
    """Whether the hub has had its time to answer the last request."""
    if known.asked_at is None or not known.tries:
        return True
    return now - known.asked_at >= min(_PATIENCE * (1 << 2 * min(known.tries - 1, 8)), _LONGEST)


def lease(seconds: str | None) -> timedelta:
    """Read what a hub grants; what it does not say is what we asked for."""
    text = (seconds or "").strip()
    asked = timedelta(seconds=int(text[:9])) if text.isascii() and text.isdigit() else LEASE
    return min(max(asked, _LEASES[0]), _LEASES[1])


def is_genuine(header: str | None, secret: str, body: bytes) -> bool:
    """Tell whether a push was signed by who knows the secret (`X-Hub-Signature: sha256=...`)."""
    method, _, given = (header or "").strip().partition("=")
    make = _METHODS.get(method.lower())
    if make is None:
        return False
    right = hmac.new(secret.encode(), body, make).hexdigest()
    return hmac.compare_digest(right.encode(), given.strip().lower().encode("utf-8", "replace"))
