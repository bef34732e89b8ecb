"""A page as an archive holds it: what reading one gives, without what reading it takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crawler.types import check_utc


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchivedPage:
    """A page as it came, out of an archive."""

    url: str
    at: datetime | None  #: when it was fetched; None when the archive doesn't say
    content_type: str | None
    charset: str | None  #: as the server said
    body: bytes  #: decompressed

    def __post_init__(self) -> None:
        check_utc(self.at)
