"""Is it us or them? When nothing at all can be reached, it is our own network, and no outlet's fault."""

from __future__ import annotations

from collections.abc import Callable

#: Different sources in a row that could not be reached, with none reached in between, before we say it is us.
_ENOUGH = 3


class NetworkWatch:
    """Follows which sources could be reached; `offline` when the last several different ones could not."""

    def __init__(self, *, sources: Callable[[], int]) -> None:
        self._sources = sources  # how many there are now
        self._unreached: set[str] = set()

    @property
    def offline(self) -> bool:
        """Whether the network is taken to be down."""
        return bool(self._unreached) and len(self._unreached) >= max(1, min(_ENOUGH, self._sources()))

    def saw(self, source: str, *, reached: bool) -> bool:
        """Take in how a poll went; True when that changed whether we are offline."""
        before = self.offline
        if reached:
            self._unreached.clear()
        else:
            self._unreached.add(source)
        return self.offline is not before
