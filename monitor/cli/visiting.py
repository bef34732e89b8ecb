"""Visits that a command makes: beside whatever daemons are on the same store, and at one pace with them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta

from monitor.app import utc_now
from monitor.byhand import PATIENCE, Asked, ByHand
from monitor.cli.session import Session
from monitor.config import Config
from monitor.store import Store, StoreError

Visits = Callable[[Asked], Asked]


@contextmanager
def beside_daemons(
    settings: Config, *, tell: Session | None = None, patience: timedelta = PATIENCE
) -> Iterator[Visits]:
    """Give what makes a crawler ask for each host's lease in the store first.

    Where there is no store, or it can't be opened, there is no daemon to keep out of the way of either: then hosts are
    visited at once.

    Args:
        tell: where it is said that a host is waited for; None: nowhere.
        patience: how long a host is waited for.
    """
    with ExitStack() as held:
        store = None
        with suppress(StoreError):
            if Store.is_there(settings.store.url):
                store = held.enter_context(Store.open(settings.store.url, check=False))
        yield _visits(store, settings, tell, patience) if store else lambda crawler: crawler


def _visits(store: Store, settings: Config, tell: Session | None, patience: timedelta) -> Visits:
    def waits(host: str) -> None:
        if tell:
            tell.note(tell.word("visit.waits", host=host), style="dim")

    def visits(crawler: Asked) -> Asked:
        owner = f"by-hand-{uuid.uuid4().hex}"
        budget = settings.crawl.budget
        return ByHand(crawler, store, owner=owner, budget=budget, clock=utc_now, patience=patience, waits=waits)

    return visits
