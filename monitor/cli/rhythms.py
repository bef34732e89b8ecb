"""How often a source is asked, for tables and JSON."""

from __future__ import annotations

from monitor.decide import rhythm
from monitor.decide.rhythm import Interval
from monitor.rhythm import Bounds
from monitor.types import Source, SourceState


def interval_of(source: Source, state: SourceState | None, bounds: Bounds) -> Interval | None:
    """Say how often a source is asked as of its last poll; None when there was none."""
    if state is None or state.last_poll_at is None:
        return None
    return rhythm.interval(state.rhythm, source, bounds, now=state.last_poll_at)


def shape(interval: Interval | None) -> dict[str, object] | None:
    """Give it as JSON has it."""
    if interval is None:
        return None
    return {"seconds": round(interval.value.total_seconds()), "why": interval.why.value, "says": interval.says}
