"""What a person decides of entries that are held: have them read, or passed over."""

from __future__ import annotations

from datetime import datetime

import crawler
from monitor import queue
from monitor.queue import JobKind
from monitor.store import Tx, holding


def release(tx: Tx, source_id: str, *, now: datetime) -> int:
    """Owe the page of everything that is held of a source; how much that is.

    Where pages are not ours to read, the job of a page reads title and summary instead.
    """
    held = holding.of(tx, source_id)
    holding.let_go(tx, source_id)
    for one in held:
        host = crawler.gate_key(one.entry.listed_url)
        queue.enqueue(tx, kind=JobKind.FETCH, key=str(one.id), host=host, due_at=now, payload=str(one.id))
    return len(held)


def skip(tx: Tx, source_id: str, *, now: datetime) -> int:
    """Pass over everything that is held of a source; how much that was."""
    count = len(holding.of(tx, source_id))
    holding.pass_over(tx, source_id, reason="held back, and passed over by hand", now=now)
    return count
