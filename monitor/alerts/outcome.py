"""How a send went, and how that is learnt while it goes on: standard library only.

Apprise answers True or False and hides codes and exceptions, so the transports write down what they see in a
`Progress`, and the verdict is read from there, also when the deadline passes in mid-send.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote

from monitor.alerts.clean import clean

Result = Literal["sent", "retry", "refused", "unknown"]

_HIDDEN = "***"
#: Shorter pieces of an address are common words; hiding them would only make details unreadable.
_SECRET_LENGTH = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """How one send went."""

    result: Result  #: "unknown": it may have arrived, the peer did not say
    detail: str  #: one line for people, without secrets
    retry_after: float | None = None  #: seconds the peer asks us to wait


@dataclass(kw_only=True, slots=True)
class Exchange:
    """One HTTP request and what came back so far."""

    status: int | None = None
    retry_after: str | None = None
    error: Exception | None = None

    @property
    def pending(self) -> bool:
        """Still waiting for an answer."""
        return self.status is None and self.error is None


@dataclass(slots=True)
class Progress:
    """What is known of a send while it goes on; written by its thread, read by the caller."""

    exchanges: list[Exchange] = field(default_factory=list)
    said: list[str] = field(default_factory=list)  #: warnings the plugin logged
    handed_over: bool = False  #: a mail's last byte was written: from here on it may have been accepted
    verdict: Sent | None = None
    known: threading.Event = field(default_factory=threading.Event)

    def settle(self, verdict: Sent) -> None:
        """Note the verdict; the first one counts."""
        if self.verdict is None:
            self.verdict = verdict
            self.known.set()


def scrub(text: str, url: str) -> str:
    """One short line of what a peer or library said, with every part of the target's address hidden."""
    pieces = {url, *re.split(r"[/:@?&=,+#]+", url.partition("://")[2])}
    secrets = {form for piece in pieces for form in (piece, unquote(piece)) if len(form) >= _SECRET_LENGTH}
    secrets |= _passwords(url)
    for secret in sorted(secrets, key=len, reverse=True):
        text = re.sub(re.escape(secret), _HIDDEN, text, flags=re.IGNORECASE)
    return clean(text, limit=200)


def _passwords(url: str) -> set[str]:
    """The password of user:password@, whatever its length."""
    userinfo, at, _ = url.partition("://")[2].partition("/")[0].rpartition("@")
    password = userinfo.partition(":")[2] if at else ""
    return {password, unquote(password)} - {""}
