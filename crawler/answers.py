"""What a server said, read without any library: statuses, Retry-After, validators, reservations. Pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit, urlunsplit

from crawler.probes import AnyCommand, AnyRecord, Probed
from crawler.reserved import Reservation
from crawler.trail import Trail
from crawler.types import (
    LONGEST_RETRY_AFTER,
    Fetch,
    Listing,
    ListingStatus,
    Poll,
    Refusal,
    Rejected,
    RejectReason,
    Validators,
)
from crawler.urls import gate_key, host_key

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
#: Statuses that walls come with, and what is written in them: Cloudflare, DataDome, Imperva, HUMAN, AWS, SiteGround.
_WALLED = frozenset({202, 401, 403, 405, 429, 503})
_WALLS = (
    *(b"/cdn-cgi/challenge-platform/", b"challenges.cloudflare.com", b"captcha-delivery.com", b"_Incapsula_Resource"),
    *(b"px-captcha", b"_pxAppId", b"awswaf.com", b"/.well-known/sgcaptcha/", b"DDoS-Guard"),
)
_WALL_BYTES = 64 * 1024
_REFUSALS = {402: Refusal.PAYMENT, 403: Refusal.FORBIDDEN, 451: Refusal.LEGAL}
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)

#: What a listing is when its request failed for such a reason; any other is `FAILED`.
_STATUSES = {
    RejectReason.ROBOTS: ListingStatus.BLOCKED,
    RejectReason.FORBIDDEN: ListingStatus.BLOCKED,
    RejectReason.RATE_LIMITED: ListingStatus.BLOCKED,
    RejectReason.CHALLENGE: ListingStatus.BLOCKED,
    RejectReason.RESERVED: ListingStatus.BLOCKED,
    RejectReason.GONE: ListingStatus.GONE,
}


#: Reasons for which nobody may have answered.
_NOBODY = frozenset({RejectReason.NETWORK, RejectReason.TIMEOUT, RejectReason.CRASHED})


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
        self.lasting = False  #: somebody has to mend it: a name that is not known, a certificate
        self.refusal: Refusal | None = None  #: the host does not want us
        self.reservation: Reservation | None = None  #: the publisher reserves this page
        self.trail: Trail | None = None  #: it is no failure: the order is given back, to go on there


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One response, its body decompressed."""

    url: str
    status: int
    headers: dict[str, str]  #: names in lower case, a repeated one's first value; of `link` all
    body: bytes
    moved: bool = False  #: permanent redirects, and no others, led here
    trusted_until: datetime | None = None  #: when its certificate runs out; None: it has none, or nobody knows

    @property
    def content_type(self) -> str | None:
        """The media type in lower case, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower() or None

    @property
    def charset(self) -> str | None:
        """What the header says the charset is; servers lie."""
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found.group(1) if found else None

    @property
    def moves(self) -> bool:
        """Whether a redirect is for good."""
        return self.status in _PERMANENT

    def redirects_to(self) -> str | None:
        """Where the server sends us, absolute; None when this is no redirect."""
        location = self.headers.get("location", "").strip()
        if self.status not in _REDIRECTS or not location:
            return None
        try:
            return urljoin(self.url, location)
        except ValueError:
            return location


def gate_of(command: AnyCommand) -> str:
    """Whom an order visits first; an unreadable address goes anywhere, and is refused there."""
    try:
        return gate_key(address_of(command))
    except ValueError:
        return ""


def address_of(command: AnyCommand) -> str:
    """Where an order goes first."""
    if command.trail:
        return command.trail.url
    return command.entry.listed_url if isinstance(command, Fetch) else command.url


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


def next_url(answer: Answer, target: str) -> str:
    """Where a redirect leads, when it may be followed."""
    try:
        url = plain_url(target)
        host_key(url)
    except (FailedError, ValueError) as error:
        detail = f"{answer.url} redirects to {target!r:.200}, which is not a web address; not followed"
        raise FailedError(RejectReason.ADDRESS, detail) from error
    return url


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


def challenges(answer: Answer) -> bool:
    """Whether the answer asks for proof of being a browser, as the marks of those who sell such walls tell."""
    if answer.headers.get("cf-mitigated", "").lower() == "challenge" or "x-amzn-waf-action" in answer.headers:
        return True
    return answer.status in _WALLED and any(mark in answer.body[:_WALL_BYTES] for mark in _WALLS)


def reserves(url: str, said: Reservation) -> FailedError:
    """What a reservation means for an order."""
    policy = f" (conditions: {said.policy})" if said.policy else ""
    error = FailedError(
        RejectReason.RESERVED,
        f"{url}: text and data mining is reserved, says {said.evidence}{policy}; set licence if you have one",
    )
    error.reservation = said
    return error


def failure(answer: Answer, *, now: datetime) -> FailedError:
    """What a status other than 200 means for an order."""
    error = _failure(answer, retry_after(answer.headers.get("retry-after"), now=now))
    error.status = answer.status
    if error.reason is not RejectReason.RATE_LIMITED:
        error.refusal = Refusal.CHALLENGE if error.reason is RejectReason.CHALLENGE else _REFUSALS.get(answer.status)
    return error


def _failure(answer: Answer, wait: float | None) -> FailedError:
    status, where = answer.status, f"HTTP {answer.status} from {answer.url}"
    if challenges(answer):
        return FailedError(
            RejectReason.CHALLENGE,
            f"{where}: it asks for proof of being a browser, which we don't pretend to be; drop it, or ask them",
        )
    if status == 429 or (status == 503 and wait is not None):
        pause = f"asks for {span(wait)} of rest" if wait is not None else "says we ask too often; asked again later"
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


def span(seconds: float) -> str:
    """A time in its largest unit that tells it whole: "24 h", "90 min", "45 s"."""
    for unit, size in (("h", 3_600), ("min", 60)):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _listing_status(error: FailedError) -> ListingStatus:
    broken = error.status is not None and error.status >= 500 and error.refusal is None
    return ListingStatus.FAILED if broken else _STATUSES.get(error.reason, ListingStatus.FAILED)


def without_answer(command: AnyCommand, error: FailedError, *, now: datetime) -> AnyRecord:
    """The record of an order that brought nothing."""
    if isinstance(command, Fetch):
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
            refusal=error.refusal,
            evidence=error.reservation.evidence if error.reservation else "",
            policy=error.reservation.policy if error.reservation else None,
            trail=error.trail,
        )
    listing = Listing(
        order=command.order,
        source=command.source,
        status=_listing_status(error),
        fetched_at=now,
        validators=command.validators if isinstance(command, Poll) else Validators(),
        http_status=error.status,
        retry_after=error.retry_after,
        error=error.detail,
        lasting=error.lasting,
        reached=error.status is not None or error.reason not in _NOBODY,
        refusal=error.refusal,
        pushed=isinstance(command, Poll) and command.pushed is not None,
        trail=error.trail,
    )
    return listing if isinstance(command, Poll) else Probed(listing=listing)


def good(answer: Answer, *, now: datetime) -> Answer:
    """The answer when it is one that can be parsed. An empty page is not one without news (fault F20)."""
    if answer.status != 200:
        raise failure(answer, now=now)
    if not answer.body.strip():
        raise FailedError(RejectReason.HTTP_ERROR, f"{answer.url} answers with nothing; asked again later", retry=True)
    return answer
