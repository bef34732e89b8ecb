"""What a server said, read without any library: statuses, Retry-After, validators, reservations. Pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit, urlunsplit

from crawler.types import Command, Listing, ListingStatus, Poll, Record, Rejected, RejectReason, Validators

#: No server gets to silence a source for longer, seconds.
LONGEST_RETRY_AFTER = 86_400.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEAD_BYTES = 128 * 1024  #: where a page's meta tags are
_META = re.compile(rb"<meta\s[^>]*?tdm-reservation[^>]*>", re.IGNORECASE)
_META_ONE = re.compile(rb"""content\s*=\s*["']?\s*1\b""", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)

#: What a listing is when its request failed for such a reason; any other is `FAILED`.
_STATUSES = {
    RejectReason.ROBOTS: ListingStatus.BLOCKED,
    RejectReason.FORBIDDEN: ListingStatus.BLOCKED,
    RejectReason.RATE_LIMITED: ListingStatus.BLOCKED,
    RejectReason.GONE: ListingStatus.GONE,
}


class FailedError(Exception):
    """A request that brought nothing to parse; the text is one line for people: what, where, what to do."""

    def __init__(
        self, reason: RejectReason, detail: str, *, retry: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.retry = retry
        self.retry_after = retry_after
        self.status: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One response, its body decompressed."""

    url: str
    status: int
    headers: dict[str, str]  #: names in lower case, a repeated one's first value; of `link` all
    body: bytes

    @property
    def content_type(self) -> str | None:
        """The media type in lower case, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower() or None

    @property
    def charset(self) -> str | None:
        """What the header says the charset is; servers lie."""
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found.group(1) if found else None

    def redirects_to(self) -> str | None:
        """Where the server sends us, absolute; None when this is no redirect."""
        location = self.headers.get("location", "").strip()
        if self.status not in _REDIRECTS or not location:
            return None
        try:
            return urljoin(self.url, location)
        except ValueError:
            return location


def plain_url(url: str) -> str:
    """A URL without user, password and fragment.

    Raises:
        FailedError: it is not an http(s) URL.
    """
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise FailedError(RejectReason.ADDRESS, f"{url!r:.200} is not a readable URL: {error}") from error
    if parts.scheme not in {"http", "https"}:
        raise FailedError(RejectReason.ADDRESS, f"{url!r:.200} is not an http(s) URL; such addresses are not visited")
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""))


def retry_after(value: str | None, *, now: datetime) -> float | None:
    """Seconds to wait, from a Retry-After of either form; None when malformed. From 0 to a day."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), LONGEST_RETRY_AFTER)
    moment = _http_date(text)
    return None if moment is None else min(max((moment - now).total_seconds(), 0.0), LONGEST_RETRY_AFTER)


def validators(answer: Answer, *, now: datetime) -> Validators:
    """What to ask "changed since?" with. A Last-Modified in the future would silence a source (fault F18)."""
    modified = answer.headers.get("last-modified")
    moment = _http_date(modified or "")
    if moment is None or moment > now + timedelta(minutes=5):
        modified = None
    return Validators(etag=answer.headers.get("etag") or None, last_modified=modified, body_hash=body_hash(answer.body))


def body_hash(body: bytes) -> str:
    """Tells two bodies apart, hex."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def conditional_headers(known: Validators) -> dict[str, str]:
    """Both conditions when both are known: some servers look at one only (faults F16, F19)."""
    pairs = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in pairs.items() if value and value.isprintable() and value.isascii()}


def reserves_mining(answer: Answer) -> bool:
    """Whether the publisher reserves text and data mining, by header or meta tag (the TDMRep protocol)."""
    if answer.headers.get("tdm-reservation", "").strip() == "1":
        return True
    return any(_META_ONE.search(tag) for tag in _META.findall(answer.body[:_HEAD_BYTES]))


def failure(answer: Answer, *, now: datetime) -> FailedError:
    """What a status other than 200 means for an order."""
    error = _failure(answer, retry_after(answer.headers.get("retry-after"), now=now))
    error.status = answer.status
    return error


def _failure(answer: Answer, wait: float | None) -> FailedError:
    status, where = answer.status, f"HTTP {answer.status} from {answer.url}"
    if status == 429 or (status == 503 and wait is not None):
        pause = f"asks for {wait:.0f} s of rest" if wait is not None else "says we ask too often"
        return FailedError(RejectReason.RATE_LIMITED, f"{where}: the server {pause}", retry=True, retry_after=wait)
    if status in {401, 402, 403, 451}:
        return FailedError(
            RejectReason.FORBIDDEN, f"{where}: the server refuses us; open the address in a browser, or drop the source"
        )
    if status == 404:
        return FailedError(RejectReason.NOT_FOUND, f"{where}: nothing is there; check the address")
    if status == 410:
        return FailedError(RejectReason.GONE, f"{where}: gone for good; remove the address")
    later = status >= 500 or status == 408
    advice = "the server has a problem, asked again later" if later else "check the address"
    return FailedError(RejectReason.HTTP_ERROR, f"{where}: {advice}", retry=later, retry_after=wait)


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _listing_status(error: FailedError) -> ListingStatus:
    broken = error.status is not None and error.status >= 500
    return ListingStatus.FAILED if broken else _STATUSES.get(error.reason, ListingStatus.FAILED)


def without_answer(command: Command, error: FailedError, *, now: datetime) -> Record:
    """The record of an order that brought nothing."""
    if isinstance(command, Poll):
        return Listing(
            order=command.order,
            source=command.source,
            status=_listing_status(error),
            fetched_at=now,
            validators=command.validators,
            http_status=error.status,
            retry_after=error.retry_after,
            error=error.detail,
        )
    return Rejected(
        order=command.order,
        source=command.entry.source,
        url=command.entry.url,
        listed_url=command.entry.listed_url,
        reason=error.reason,
        detail=error.detail,
        retry=error.retry,
        retry_after=error.retry_after,
        fetched_at=now,
    )
