"""How often a source is asked and why, for tables, cards and JSON."""

from __future__ import annotations

from typing import Final

from monitor.cli import shapes
from monitor.cli.session import Session
from monitor.decide import rhythm
from monitor.decide.rhythm import Interval
from monitor.rhythm import CELLS, Bounds, Rhythm
from monitor.types import Source, SourceState
from monitor.websub import Subscribed

_BARS: Final = "▁▂▃▄▅▆▇█"


def interval_of(
    source: Source, state: SourceState | None, bounds: Bounds, hub: Subscribed | None = None
) -> Interval | None:
    """Say how often a source is asked as of its last poll; None when there was none."""
    if state is None or state.last_poll_at is None:
        return None
    covered = hub is not None and hub.covers(state.last_poll_at)
    return rhythm.interval(state.rhythm, source, bounds, now=state.last_poll_at, covered=covered)


def shape(interval: Interval | None) -> dict[str, object] | None:
    """Give it as JSON has it."""
    if interval is None:
        return None
    return {"seconds": round(interval.value.total_seconds()), "why": interval.why.value, "says": interval.says}


def hours(known: Rhythm) -> dict[str, list[float]]:
    """Give the new entries that are expected in each hour (UTC), as JSON has them."""
    rates = [round(rhythm.usual_rate(known, cell), 2) for cell in range(CELLS)]
    return {"weekdays": rates[:24], "weekends": rates[24:]}


def hub_shape(hub: Subscribed | None) -> dict[str, object] | None:
    """Give a subscription at a hub as JSON has it; its address and secret are nobody's business."""
    if hub is None:
        return None
    return {
        "url": hub.topic.hub,
        "state": hub.state.value,
        "lease_until": shapes.moment(hub.lease_until),
        "last_push": shapes.moment(hub.pushed_at),
        "error": hub.error,
    }


def why(session: Session, interval: Interval) -> str:
    """Say in the reader's language what an interval comes from."""
    rate = f"{interval.rate:.2g}"
    return session.word(f"why.{interval.why}", new=interval.new, listed=interval.listed, rate=rate)


def bars(session: Session, known: Rhythm) -> str:
    """Draw the hours of a weekday and of a day at the weekend: the higher, the more is published."""
    rates = hours(known)
    most = max(*rates["weekdays"], *rates["weekends"], 0.01)
    drawn = {name: "".join(_BARS[round(rate / most * 7)] for rate in day) for name, day in rates.items()}
    names = {"weekdays": session.word("card.weekdays"), "weekends": session.word("card.weekends")}
    return "  ".join(f"{names[day]} {line}" for day, line in drawn.items())
