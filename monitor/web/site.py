"""What the pages are made of: handed to each route, and closed over by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.config import Config
from monitor.loops import Beat
from monitor.secret import Secret
from monitor.store import Store

Log = Callable[..., None]  #: log(event, key=value, ...)
#: Tells how the daemon's loops go round.
Pulse = Callable[[], Sequence[Beat]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """A store to show, with the clock and the key of this installation."""

    store: Store
    config: Config
    key: Secret  #: signs links
    clock: Callable[[], datetime]
    log: Log
    pulse: Pulse | None = None  #: None: no daemon, these pages alone
    polls: Callable[[], int] | None = None  #: tells how many listings the daemon polled since its start
