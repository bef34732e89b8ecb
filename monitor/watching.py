"""What users watch besides their configuration: names added one by one or taken from other programs' lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crawler import check_utc
from monitor.vocabulary import Origin, WatchKind

#: Where an item comes from that was typed in.
BY_HAND = "hand"
#: Where an item comes from that stands under [watch].
CONFIGURED = "configuration"


@dataclass(frozen=True, kw_only=True, slots=True)
class WatchItem:
    """One thing on the watchlist."""

    kind: WatchKind
    name: str
    also: tuple[str, ...] = ()  #: other names of a work
    origin: Origin | None = None  #: None: not said
    source: str = BY_HAND  #: "hand", or what it was taken from: "csv", "trakt", "sonarr"; "configuration" when shown
    added_at: datetime | None = None  #: None: not stored yet

    def __post_init__(self) -> None:
        if not any(char.isalnum() for char in self.name):
            raise ValueError(f'"{self.name}" is no name: it needs a letter or a digit')
        check_utc(self.added_at)
