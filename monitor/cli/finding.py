"""Finding an outlet's listings, through a crawler child: as polite as the daemon, one question after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import urljoin

from crawler import (
    Article,
    Candidate,
    Clue,
    Fetch,
    Listing,
    ListingStatus,
    Poll,
    Probe,
    Probed,
    Record,
    Rejected,
    RejectReason,
    SourceKind,
    canonical_url,
)
from monitor.byhand import Asked
from monitor.decide import discovery
from monitor.decide.discovery import Found
from monitor.types import MonitorError

#: Seconds between two questions to a host while somebody waits for the answer; robots.txt may ask for more.
PAUSE: Final = 1.0
#: Sitemaps asked for: the likely ones come first, and each can be megabytes.
_SITEMAPS: Final = 2
#: Pages that list feeds, read for their links.
_HUBS: Final = 2
_SOURCE: Final = "discovery"
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Discovery:
    """What an address led to."""

    title: str  #: what the outlet calls itself
    reservation: str  #: of text and data mining: where it says so; empty: nowhere
    page: Article | Rejected | None  #: the newest page of the best listing, or why it has no text
    found: tuple[Found, ...]  #: the best first
    unasked: tuple[Candidate, ...]  #: that the page names as well, and nobody looked at
    refused: tuple[str, ...]  #: why listings that the outlet names can't be had, a line each
    itself: bool  #: the address is a listing itself


@dataclass(slots=True)
class _Search:
    """One search under way."""

    crawler: Asked
    language: str | None
    most: int
    pause: float
    advance: Callable[[], None]
    spoken: str | None = None  #: the language that the outlet's page declares
    found: list[Found] = field(default_factory=list)
    unasked: list[Candidate] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def probe(self, url: str) -> Probed:
        """Ask what an address is."""
        self.asked.add(url)
        self.crawler.submit(Probe(order=url, source=_SOURCE, url=url, language=self.language, delay=self.pause))
        while (answer := self.crawler.probed(1.0)) is None:
            pass
        self.advance()
        return answer

    def poll(self, one: Candidate) -> Listing:
        """Poll a candidate as what it looks like."""
        self.asked.add(one.url)
        command = Poll(
            order=one.url, source=_SOURCE, url=one.url, kind=one.kind, language=self.language, delay=self.pause
        )
        answer = self._record(command)
        if not isinstance(answer, Listing):
            raise TypeError("a poll is answered by a listing")
        return answer

    def fetch(self, found: Found) -> Article | Rejected | None:
        """Fetch the newest page of a listing."""
        dated = [entry for entry in found.listing.entries if entry.published]
        newest = max(dated, key=lambda entry: entry.published or _LONG_AGO, default=found.listing.entries[0])
        answer = self._record(Fetch(order=newest.url, entry=newest, language=found.language, delay=self.pause))
        return answer if isinstance(answer, Article | Rejected) else None

    def _record(self, command: Poll | Fetch) -> Record:
        self.crawler.submit(command)
        while not (answers := self.crawler.records(1.0)):
            pass
        self.advance()
        return answers[0]

    def new(self, candidates: Iterable[Candidate], kind: SourceKind) -> list[Candidate]:
        """Give those not asked yet, the most promising first."""
        return [one for one in discovery.to_ask(candidates, kind) if one.url not in self.asked]

    def keep(self, one: Candidate, listing: Listing, *, kind: SourceKind, probed: Probed | None = None) -> None:
        """Keep a listing that has entries."""
        if listing.status is not ListingStatus.OK:
            self._refuse(one, listing)
            return
        declared = (probed and probed.language) or self.spoken
        found = Found(
            url=listing.moved_to or one.url,
            kind=kind,
            clue=one.clue,
            listing=listing,
            title=one.title or (probed.title if probed else ""),
            language=discovery.language_of(listing, declared=declared) or self.language,
        )
        self.found.append(found)

    def refuse(self, one: Candidate, probed: Probed) -> None:
        """Note why a feed that the outlet names is none."""
        self._refuse(one, probed.listing)

    def _refuse(self, one: Candidate, listing: Listing) -> None:
        if one.clue is not Clue.USUAL and listing.error:
            self.refused.append(listing.error)


def discover(
    url: str,
    crawler: Asked,
    *,
    pause: float,
    language: str | None,
    most: int,
    promising: Callable[[str, str], bool],
    now: datetime,
    advance: Callable[[], None] = lambda: None,
) -> Discovery:
    """Find the listings of the outlet at an address: itself, feeds, news sitemaps, its page's own articles.

    Args:
        crawler: how hosts are asked; `byhand.ByHand` keeps out of the way of daemons.
        pause: seconds between two questions, at most `PAUSE`; robots.txt may ask for more.
        language: of its articles, when the user says it.
        most: feeds that are asked for at most.
        promising: the classifier's prefilter over title and summary.
        advance: called after each answer.

    Raises:
        MonitorError: the address doesn't answer, or refuses us; or nothing there lists articles.
    """
    search = _Search(crawler, language, most, min(pause, PAUSE), advance)
    home = search.probe(url)
    _check_answered(home, url)
    search.spoken = home.language
    itself = _look_around(search, home, url)
    judged = (replace(one, merits=discovery.merits(one, promising=promising, now=now)) for one in search.found)
    return _found(search, home, discovery.ranked(judged), url=url, itself=itself)


def _found(search: _Search, home: Probed, found: list[Found], *, url: str, itself: bool) -> Discovery:
    """Look at a page of the best listing, and say what there is: of a reserved outlet no page of links."""
    page = search.fetch(found[0]) if found else None
    reservation = home.reservation or _reservation(page)
    if reservation:
        found = [one for one in found if one.kind is not SourceKind.SECTION]
    if not found:
        raise MonitorError(_nothing(url, home, reservation, search.refused))
    return Discovery(
        title=home.title,
        reservation=reservation,
        page=page,
        found=tuple(found),
        unasked=tuple(search.unasked),
        refused=tuple(search.refused),
        itself=itself,
    )


def _reservation(page: Article | Rejected | None) -> str:
    return page.evidence if isinstance(page, Rejected) and page.reason is RejectReason.RESERVED else ""


def _look_around(search: _Search, home: Probed, url: str) -> bool:
    """Ask what the address leads to; whether it is a feed or sitemap itself, and there is nothing to look for."""
    given = Candidate(url=url, kind=home.kind or SourceKind.SECTION, clue=Clue.GIVEN)
    if home.kind is SourceKind.SITEMAP:
        listing = home.listing if home.listing.entries else search.poll(given)
        search.keep(given, listing, kind=SourceKind.SITEMAP, probed=home)
        return True
    if home.kind is not None:
        search.keep(given, home.listing, kind=home.kind, probed=home)
    if home.kind is SourceKind.FEED:
        return True
    _feeds(search, home)
    if not search.found:
        _at_home(search, home)
    if not any(found.kind is SourceKind.FEED for found in search.found):
        _usual_feeds(search, home)
    _sitemaps(search, home)
    return False


def _feeds(search: _Search, home: Probed) -> None:
    """Probe the feeds that the page names; what is a page that lists feeds is read for more of them."""
    waiting, hubs, asked = search.new(home.candidates, SourceKind.FEED), 0, 0
    while waiting and asked < search.most:
        one = waiting.pop(0)
        if one.url in search.asked:
            continue
        probed = search.probe(one.url)
        asked += 1
        if probed.kind is SourceKind.FEED:
            search.keep(one, probed.listing, kind=SourceKind.FEED, probed=probed)
        elif hubs < _HUBS and probed.candidates:
            hubs, asked = hubs + 1, asked - 1
            waiting = search.new((*waiting, *probed.candidates), SourceKind.FEED)
        else:
            search.refuse(one, probed)
    search.unasked += waiting


def _at_home(search: _Search, page: Probed) -> None:
    """Look at the outlet's home page, where the address was that of an article or of a page without links."""
    url = urljoin(_place(page), "/")
    if canonical_url(url) == canonical_url(_place(page)):
        return
    home = search.probe(url)
    if home.listing.http_status != HTTPStatus.OK:
        return
    search.spoken = search.spoken or home.language
    if home.kind is SourceKind.SECTION:
        search.keep(Candidate(url=url, kind=home.kind, clue=Clue.USUAL), home.listing, kind=home.kind, probed=home)
    _feeds(search, home)


def _usual_feeds(search: _Search, home: Probed) -> None:
    """Try where feeds often are, until one is there."""
    for one in search.new(discovery.usual(_place(home), SourceKind.FEED), SourceKind.FEED):
        probed = search.probe(one.url)
        if probed.kind is SourceKind.FEED and probed.listing.entries:
            search.keep(one, probed.listing, kind=SourceKind.FEED, probed=probed)
            return


def _sitemaps(search: _Search, home: Probed) -> None:
    """Poll the likeliest sitemaps that robots.txt names; where nothing else was found, also the usual places."""
    robots = search.probe(urljoin(_place(home), "/robots.txt"))
    named = search.new(robots.candidates, SourceKind.SITEMAP)[:_SITEMAPS]
    for one in named:
        search.keep(one, search.poll(one), kind=SourceKind.SITEMAP)
    if search.found:
        return
    for one in search.new(discovery.usual(_place(home), SourceKind.SITEMAP), SourceKind.SITEMAP):
        search.keep(one, search.poll(one), kind=SourceKind.SITEMAP)
        if search.found:
            return


def _place(home: Probed) -> str:
    if home.listing.final_url is None:
        raise AssertionError("a page that answered has an address")
    return home.listing.final_url


def _check_answered(home: Probed, url: str) -> None:
    listing = home.listing
    if listing.http_status == HTTPStatus.OK:
        return
    why = f"{listing.status}: {listing.error}" if listing.error else str(listing.status)
    raise MonitorError(f"{url} lists nothing that can be read ({why}); give --kind to add it all the same")


def _nothing(url: str, home: Probed, reservation: str, refused: Sequence[str]) -> str:
    if reservation:
        return (
            f"{url} reserves text and data mining, says {reservation}, and has neither feed nor sitemap;"
            " state a licence in a [[source]] if you have one"
        )
    named = f"; what it names can't be had: {refused[0]}" if refused else ""
    return (
        f"{url} lists nothing that can be read ({home.listing.status}), and neither its page, its robots.txt nor the"
        f" usual places lead to a listing{named}; give the address of a section page, or --kind to add it all the same"
    )
