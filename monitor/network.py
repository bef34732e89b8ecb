"""Is it us or them? When nothing at all can be reached, it is our own network, and no outlet's fault."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

#: Different sources in a row that could not be reached, with none reached in between, before we say it is us; and how
#: long ago the last one must have been reached: of thousands of sources three in a row are dead every day.
_ENOUGH, _SINCE = 3, timedelta(seconds=30)


class NetworkWatch:
    """Follows which sources could be reached; `offline` when the last several different ones could not."""

    def __init__(self, *, sources: Callable[[], int]) -> None:
        self._sources = sources  # how many there are now
        self._unreached: set[str] = set()
        self._reached_at: datetime | None = None
        self._long = True  # nothing was reached for long

    @property
    def offline(self) -> bool:
        """Whether the network is taken to be down."""
        return self._long and bool(self._unreached) and len(self._unreached) >= max(1, min(_ENOUGH, self._sources()))

    def saw(self, source: str, *, reached: bool, now: datetime) -> bool:
        """Take in how a poll went; True when that changed whether we are offline."""
        before = self.offline
        self._long = not reached and (self._reached_at is None or now - self._reached_at >= _SINCE)
        if reached:
            self._unreached.clear()
            self._reached_at = now
        else:
            self._unreached.add(source)
        return self.offline is not before
