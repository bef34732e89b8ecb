"""Conditional requests (RFC 9110, section 13): has the reader this very document already? Pure but for its memory.

An ETag is made of the bytes, so it is strong and the same in every process. When a document changed is remembered
here: the time of its youngest story would not do, since a late article can change it and be older.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final

_TAG: Final = re.compile(r'"[^"]*"')


def etag_of(body: bytes) -> str:
    """Make a strong validator of a document."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


class Ages:
    """Since when each document is as it is."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, datetime]] = {}
        self._lock = threading.Lock()

    def since(self, document: str, etag: str, *, now: datetime) -> datetime | None:
        """Give the second in which the document became this one; None while that second lasts.

        In the same second it may change once more, and who was given that second as its age would not see the change.
        """
        second = now.replace(microsecond=0)
        with self._lock:
            known, since = self._known.get(document, ("", second))
            if known != etag:
                since = second
                self._known[document] = (etag, second)
        return since if since < second else None


def validators(etag: str, since: datetime | None) -> dict[str, str]:
    """Give the headers by which a document is asked for again."""
    return {"ETag": etag} | ({"Last-Modified": format_datetime(since, usegmt=True)} if since else {})


def is_known(asked: Mapping[str, str], etag: str, since: datetime | None) -> bool:
    """Tell whether a GET or HEAD is to be answered by 304. If-None-Match counts more than If-Modified-Since.

    Args:
        asked: the request's headers, found by any case.
    """
    tags = asked.get("if-none-match")
    if tags is not None:  # compared weakly: a proxy that compresses makes our tag a weak one
        return tags.strip() == "*" or etag in _TAG.findall(tags)
    known = _date(asked.get("if-modified-since"))
    return known is not None and since is not None and since <= known


def _date(text: str | None) -> datetime | None:
    """Read an HTTP date; None for what is none, which is then as if it had not been sent."""
    try:
        found = parsedate_to_datetime(text or "")
    except (ValueError, OverflowError):
        return None
    return found.replace(tzinfo=found.tzinfo or UTC)
