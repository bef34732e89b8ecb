"""When a source publishes, as far as it is known, and how often it may be asked: values, and their JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from crawler import Hints, check_utc

#: Hours of a weekday, then those of a day at the weekend, all UTC.
CELLS: Final = 48
_NONE: Final = (0.0,) * CELLS


@dataclass(frozen=True, kw_only=True, slots=True)
class Rhythm:
    """When a source publishes, as far as its listings showed it. What lies back counts less and less."""

    learned_at: datetime | None = None  #: up to when it was watched
    counts: tuple[float, ...] = _NONE  #: new entries in each hour of the day; see `CELLS`
    hours: tuple[float, ...] = _NONE  #: how many hours each was watched
    burst: float = 0.0  #: new entries an hour, lately, as of `learned_at`
    listed: int = 0  #: entries in the last listing read
    new: int = 0  #: of which were new
    span: float = 0.0  #: seconds between that listing and the answer before it; 0 for the first
    hints: Hints = Hints()  #: what the listing asks for

    def __post_init__(self) -> None:
        check_utc(self.learned_at)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """Between what a source's interval may move."""

    fastest: timedelta = timedelta(minutes=5)
    slowest: timedelta = timedelta(hours=1)
    heed: timedelta = timedelta(minutes=30)  #: the longest pause that a listing's own wish is granted


def plain(rhythm: Rhythm) -> dict[str, Any]:
    """Give what JSON can hold; `read` turns it back, but for digits nobody misses."""
    hints = rhythm.hints
    return {
        "learned_at": rhythm.learned_at.isoformat() if rhythm.learned_at else None,
        "counts": [round(count, 3) for count in rhythm.counts],
        "hours": [round(hour, 3) for hour in rhythm.hours],
        "burst": round(rhythm.burst, 4),
        "listed": rhythm.listed,
        "new": rhythm.new,
        "span": round(rhythm.span, 1),
        "hints": {
            "every": hints.every,
            "skip_hours": list(hints.skip_hours),
            "skip_days": list(hints.skip_days),
            "hub": hints.hub,
            "topic": hints.topic,
        },
    }


def read(stored: Mapping[str, Any] | None) -> Rhythm:
    """Read what was stored; nothing learned yet when there is nothing."""
    if not stored:
        return Rhythm()
    hints = stored["hints"]
    return Rhythm(
        learned_at=datetime.fromisoformat(stored["learned_at"]).replace(tzinfo=UTC) if stored["learned_at"] else None,
        counts=tuple(stored["counts"]),
        hours=tuple(stored["hours"]),
        burst=stored["burst"],
        listed=stored["listed"],
        new=stored["new"],
        span=stored["span"],
        hints=Hints(**{**hints, "skip_hours": tuple(hints["skip_hours"]), "skip_days": tuple(hints["skip_days"])}),
    )
