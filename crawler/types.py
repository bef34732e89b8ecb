"""The values that cross the boundary between the monitor and its crawler children.

Commands go down (`Poll`, `Fetch`), records come back (`Listing`, `Article`, `Rejected`), one record an order.
Standard library only: both ends import this module, and neither may drag the other's libraries in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from crawler.taught import SiteReport, Template
from crawler.trail import Trail

#: Seconds: a Retry-After is kept to the second, within this; one in the year 9999 must not silence a source (F15).
LONGEST_RETRY_AFTER = 86_400.0
#: Goes up when listings are read differently: what an older parser made of a listing is read again (fault F17).
LISTING_PARSER = 1


class CrawlError(Exception):
    """The crawler could not do what it was asked."""


class SourceKind(StrEnum):
    """What sort of page an outlet lists its articles on."""

    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"


class ListingStatus(StrEnum):
    """How a poll went; shown to users as it is."""

    OK = "ok"  #: parsed, with entries
    UNCHANGED = "unchanged"  #: 304, or 200 with the body hash we already had
    EMPTY = "empty"  #: a valid listing without entries
    MOVED = "moved"  #: read, at another address than the one that was asked for: see `Listing.moved_to`
    NOT_A_FEED = "not_a_feed"  #: something else was served: an HTML page
    CONSENT_WALL = "consent_wall"  #: a page that asks for consent was served
    BLOCKED = "blocked"  #: robots.txt, 401, 402, 403, 429, 451 or a challenge page
    GONE = "gone"  #: 410
    FAILED = "failed"  #: network, TLS, 4xx or 5xx, timeout, too large, a crashed child


class RejectReason(StrEnum):
    """Why a page yields no article; shown to users as it is."""

    TOO_SHORT = "too_short"
    CONSENT_WALL = "consent_wall"
    PAYWALL = "paywall"  #: a stub, and the listing carried no title and summary to fall back to
    CHALLENGE = "challenge"  #: captcha, waiting room, "enable JavaScript"
    SOFT_404 = "soft_404"
    GATED = "gated"  #: for some readers only: of an age, in a country, logged in
    UNAVAILABLE = "unavailable"  #: the site is being repaired, and says so with a page
    NOT_AN_ARTICLE = "not_an_article"  #: a listing, a home page, a gallery of links
    NOT_HTML = "not_html"
    TOO_LARGE = "too_large"
    ROBOTS = "robots"  #: disallowed by robots.txt, or robots.txt unreachable
    RESERVED = "reserved"  #: text and data mining reserved (TDM header or meta)
    FORBIDDEN = "forbidden"  #: 401, 402, 403, 451
    RATE_LIMITED = "rate_limited"  #: 429, or 503 with Retry-After
    NOT_FOUND = "not_found"  #: 404
    GONE = "gone"  #: 410
    HTTP_ERROR = "http_error"  #: any other status that is not 200
    NETWORK = "network"  #: DNS, refused, reset, TLS, truncated
    TIMEOUT = "timeout"
    ADDRESS = "address"  #: the host is, or redirects to, an address that may not be visited
    CRASHED = "crashed"  #: the child died or hung on this page, twice


class Refusal(StrEnum):
    """How a host says that it does not want us; shown to users as it is."""

    PAYMENT = "payment"  #: 402
    FORBIDDEN = "forbidden"  #: 403
    LEGAL = "legal"  #: 451
    CHALLENGE = "challenge"  #: captcha, waiting room, proof of being a browser


class Tier(StrEnum):
    """Which way of extraction produced an article's text."""

    TEMPLATE = "template"  #: where Trafilatura found the text on the site's other pages
    COLUMN = "column"  #: the one column of the page where its prose stands, when that is sure
    FAST = "fast"  #: Trafilatura in fast mode on our own tree
    FULL = "full"  #: Trafilatura with all its fallbacks
    LISTING = "listing"  #: the feed's own title and summary: the page is behind a paywall
    GIVEN = "given"  #: plain text handed in (a seed, `cocorico classify FILE.txt`)


@dataclass(frozen=True, kw_only=True, slots=True)
class Validators:
    """What a server gave us to ask "changed since?" with."""

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None  #: of the body last parsed, hex


@dataclass(frozen=True, kw_only=True, slots=True)
class Hints:
    """What an outlet says about when, and how, its listing wants to be asked."""

    every: float | None = None  #: seconds between two polls: the longest of ttl, sy:updatePeriod and max-age
    skip_hours: tuple[int, ...] = ()  #: of the day, UTC, in which nothing is published
    skip_days: tuple[int, ...] = ()  #: Monday is 0, UTC
    hub: str | None = None  #: of WebSub
    topic: str | None = None  #: the listing's own address, as its hub knows it


@dataclass(frozen=True, kw_only=True, slots=True)
class Poll:
    """Ask for one source's listing."""

    order: str  #: chosen by the caller, comes back on the record
    source: str  #: the source's id
    url: str
    kind: SourceKind
    language: str | None = None
    allow: tuple[str, ...] = ()  #: regular expressions, searched in an entry's URL; any must match
    deny: tuple[str, ...] = ()  #: regular expressions; none may match
    validators: Validators = Validators()  #: empty: an unconditional request
    pushed: str | None = None  #: base64 of what the listing's hub pushed: read instead of asking the host
    content_type: str | None = None  #: of what was pushed
    delay: float | None = None  #: seconds between two requests to this host, when the config says so
    licence: bool = False  #: the user states a licence: a reservation of a section page does not apply
    trail: Trail | None = None  #: where to go instead; None: all redirects are followed, and none given back


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One item of a listing."""

    source: str
    url: str  #: canonical, see `crawler.urls`
    listed_url: str  #: as the listing had it
    guid: str | None = None  #: None as well when the document repeats it (fault D02)
    title: str = ""
    summary: str = ""  #: plain text
    published: datetime | None = None  #: UTC; None when missing or absurd

    def __post_init__(self) -> None:
        check_utc(self.published)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetch:
    """Ask for one entry's page."""

    order: str
    entry: Entry
    language: str | None = None  #: the source's, used when the page does not say
    licence: bool = False  #: the user states a licence: a TDM reservation does not apply
    delay: float | None = None
    template: Template | None = None  #: of its host's pages; None when nothing is known of them yet
    trail: Trail | None = None  #: as a poll's


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """What an order cost the host it led to."""

    requests: int = 1
    pause: float = 0.0  #: seconds that the host, or the config, wants between two requests


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """How one poll went, and what it listed."""

    order: str
    source: str
    status: ListingStatus
    fetched_at: datetime
    final_url: str | None = None  #: after redirects
    moved_to: str | None = None  #: where permanent redirects alone led (301, 308): its address from now on
    entries: tuple[Entry, ...] = ()  #: in the listing's order, at most `Limits.entries`, no URL twice
    validators: Validators = Validators()  #: to send next time
    pushed: bool = False  #: by the listing's hub: these entries are new, others may be listed as well
    hints: Hints = Hints()  #: of this answer; when unchanged those of its headers only, so keep the last others
    http_status: int | None = None
    retry_after: float | None = None  #: seconds from `fetched_at`
    error: str | None = None  #: one line for people: what, where, what to do
    lasting: bool = False  #: no answer, for a reason that somebody has to mend: the name is not known, TLS fails
    reached: bool = True  #: False: nobody answered, be it their fault or that of our network
    refusal: Refusal | None = None
    trail: Trail | None = None  #: nothing was read: the order was given back, to go on here
    trusted_until: datetime | None = None  #: when the certificate of its host runs out
    visit: Visit = Visit()

    def __post_init__(self) -> None:
        check_utc(self.fetched_at)
        check_utc(self.trusted_until)


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One page, boilerplate gone."""

    order: str
    source: str
    url: str  #: canonical; the page's own rel=canonical when it stays on the site
    listed_url: str
    title: str
    summary: str = ""
    text: str  #: paragraphs separated by one newline, boilerplate gone
    language: str | None = None  #: ISO 639-1
    author: str | None = None
    published: datetime | None = None  #: UTC
    fetched_at: datetime
    tier: Tier
    quality: float  #: 0 to 1, see `crawler.extract`
    partial: bool = False  #: paywalled: title and summary only
    site: SiteReport | None = None  #: None when the page changes nothing
    visit: Visit = Visit()

    def __post_init__(self) -> None:
        check_utc(self.published)
        check_utc(self.fetched_at)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejected:
    """An entry that yields no article, and why."""

    order: str
    source: str
    url: str
    listed_url: str
    reason: RejectReason
    detail: str = ""  #: one line for people
    retry: bool = False  #: asking again later may help
    retry_after: float | None = None  #: seconds
    fetched_at: datetime
    refusal: Refusal | None = None
    evidence: str = ""  #: of a reservation: where the publisher says so
    policy: str | None = None  #: of a reservation: URL of the publisher's conditions
    trail: Trail | None = None  #: as a listing's
    visit: Visit = Visit()

    def __post_init__(self) -> None:
        check_utc(self.fetched_at)


Command = Poll | Fetch
Record = Listing | Article | Rejected


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A key that one host, and no other, is sent as `Authorization: Token ...`."""

    host: str  #: `host:port`, as `crawler.urls.host_key` spells it
    value: str = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What a child may spend and how it behaves; the same for all its orders."""

    user_agent: str = "CocoricoBot/0.1 (+https://github.com/cocorico/cocorico; contact: see README)"
    timeout: float = 20.0  #: seconds, total for one request
    page_bytes: int = 10 * 1024 * 1024  #: after decompression
    feed_bytes: int = 10 * 1024 * 1024
    robots_bytes: int = 512 * 1024  #: RFC 9309, 2.5 asks for at least 500 KiB
    entries: int = 2_000  #: newest first in a listing (fault P04)
    redirects: int = 5
    delay: float = 10.0  #: seconds between two pages of a host, unless robots.txt asks for more
    concurrency: int = 64  #: hosts worked on at once by one child
    allow_addresses: tuple[str, ...] = ()  #: networks that may be visited although not public, e.g. "127.0.0.0/8"
    obey_robots: bool = True
    ca_file: str | None = None  #: additional trusted certificates (PEM)
    replace_after: int = 50_000  #: orders a child serves before a fresh one takes over, which costs 0.9 s of CPU
    replace_above: int = 300 * 1024 * 1024  #: resident bytes of a child above which a fresh one takes over (fault P08)
    deadline: float = 60.0  #: seconds from start to answer, then the child is killed
    memory_bytes: int | None = None  #: RLIMIT_AS of a child
    archive: str | None = None  #: folder where pages are kept as WARC; None: nowhere
    tokens: tuple[Token, ...] = ()  #: never follow a redirect to another host (fault F11)


def check_utc(value: datetime | None) -> None:
    """Refuse a datetime that is naive or not in UTC.

    Raises:
        ValueError: the value carries no zone, or another one.
    """
    if value is not None and value.tzinfo is not UTC:
        raise ValueError(f"not an aware UTC datetime: {value!r}")
