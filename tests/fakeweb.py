"""The network and the clock, faked: a clock that is moved by hand, and a crawler that answers from a script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from crawler import (
    Article,
    Command,
    Entry,
    Fetch,
    Listing,
    ListingStatus,
    Poll,
    Record,
    Rejected,
    RejectReason,
    SiteReport,
    SourceKind,
    Template,
    Tier,
    Validators,
)
from monitor.app import Monitor
from monitor.types import Source

START = datetime(2026, 11, 20, 8, tzinfo=UTC)


class Clock:
    """Time that passes only when told to."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Page:
    """One article of the fake web."""

    title: str
    text: str = ""
    published: datetime | None = None
    language: str = "fr"
    undated: bool = False  #: in the listing
    refused: RejectReason | None = None
    site: SiteReport | None = None  #: what it tells of how its site's pages are made


@dataclass
class FakeWeb:
    """Outlets and their articles, and a crawler over them: every order is answered at the next look."""

    clock: Clock
    outlets: dict[str, list[str]] = field(default_factory=dict)  #: source id -> addresses, newest first
    pages: dict[str, Page] = field(default_factory=dict)
    answer: Callable[[Poll], Listing | None] = lambda _poll: None  #: overrides a poll's answer
    polls: list[tuple[str, datetime]] = field(default_factory=list)
    fetches: list[str] = field(default_factory=list)
    carried: dict[str, Template | None] = field(default_factory=dict)  #: address -> what the order knew of its site
    waiting: list[Command] = field(default_factory=list)

    def publish(self, source: str, url: str, page: Page) -> None:
        """Put an article on top of an outlet's listing."""
        self.pages[url] = page
        self.outlets.setdefault(source, []).insert(0, url)

    def submit(self, command: Command) -> None:
        self.waiting.append(command)

    def records(self, timeout: float) -> list[Record]:
        assert timeout >= 0
        answered = [self._answer(command) for command in self.waiting]
        self.waiting.clear()
        return answered

    def _answer(self, command: Command) -> Record:
        if isinstance(command, Poll):
            self.polls.append((command.source, self.clock.now))
            return self.answer(command) or self._listing(command)
        self.fetches.append(command.entry.url)
        self.carried[command.entry.url] = command.template
        return self._page(command)

    def _listing(self, poll: Poll) -> Listing:
        urls = self.outlets.get(poll.source, [])
        return Listing(
            order=poll.order,
            source=poll.source,
            status=ListingStatus.OK if urls else ListingStatus.EMPTY,
            fetched_at=self.clock.now,
            entries=tuple(self._entry(poll.source, url) for url in urls),
            validators=Validators(etag=str(len(urls))),
            http_status=200,
        )

    def _entry(self, source: str, url: str) -> Entry:
        page = self.pages[url]
        published = None if page.undated else page.published
        return Entry(source=source, url=url, listed_url=url, title=page.title, published=published)

    def _page(self, fetch: Fetch) -> Article | Rejected:
        page = self.pages[fetch.entry.url]
        if page.refused is not None:
            return Rejected(
                order=fetch.order,
                source=fetch.entry.source,
                url=fetch.entry.url,
                listed_url=fetch.entry.listed_url,
                reason=page.refused,
                detail="as the test wants it",
                retry=page.refused in {RejectReason.TIMEOUT, RejectReason.NETWORK},
                fetched_at=self.clock.now,
            )
        return Article(
            order=fetch.order,
            source=fetch.entry.source,
            url=fetch.entry.url,
            listed_url=fetch.entry.listed_url,
            title=page.title,
            text=page.text,
            language=page.language,
            published=page.published,
            fetched_at=self.clock.now,
            tier=Tier.FAST,
            quality=0.9,
            site=page.site,
        )


def outlet(source_id: str, **minutes: float) -> Source:
    """Make a source polled every quarter of an hour, or as told (`minutes=30`)."""
    return Source(
        id=source_id,
        name=source_id.replace("-", " ").title(),
        url=f"https://{source_id}.example/feed",
        kind=SourceKind.FEED,
        language="fr",
        interval=timedelta(**(minutes or {"minutes": 15})),
    )


def outlets(*names: str) -> Sequence[Source]:
    """Make several sources."""
    return tuple(outlet(name) for name in names)


def settle(monitor: Monitor) -> None:
    """Do everything that is due now."""
    monitor.tick(monitor.clock())
    while monitor.crawling.step(0) or monitor.delivering.step() or monitor.crawling.busy or monitor.delivering.busy:
        monitor.delivering.wait(5)
