"""The month as a crawler finds it: each outlet's feed, and the pages, at each time what is there by then."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import datetime, timedelta

from fakeweb import Clock

from crawler import Article, Command, Entry, Fetch, Listing, ListingStatus, Poll, Record, Tier, Validators
from month.values import Month, Piece

#: So many articles a feed holds, the newest.
_FEED = 25
#: After this long an outlet changes some headlines.
_RETHOUGHT = timedelta(hours=4)


class MonthWeb:
    """A crawler over a month; every order is answered at the next look."""

    def __init__(self, month: Month, clock: Clock) -> None:
        self._clock = clock
        self._pages = {piece.url: piece for piece in month.pieces}
        self._feeds: dict[str, list[Piece]] = defaultdict(list)
        for piece in month.pieces:
            self._feeds[piece.outlet].append(piece)
        self._waiting: list[Command] = []
        self.found: dict[str, datetime] = {}  #: when a poll first listed an article

    def submit(self, command: Command) -> None:
        """Take an order."""
        self._waiting.append(command)

    def records(self, timeout: float) -> list[Record]:
        """Answer what was ordered."""
        assert timeout >= 0
        waiting, self._waiting = self._waiting, []
        return [self._listing(one) if isinstance(one, Poll) else self._page(one) for one in waiting]

    def _listing(self, poll: Poll) -> Listing:
        feed = self._feeds[poll.source]
        there = bisect_right(feed, self._clock.now, key=lambda piece: piece.listed)
        pieces = feed[max(0, there - _FEED) : there]
        entries = tuple(self._entry(piece) for piece in reversed(pieces))
        etag = str(hash((there, tuple(entry.title for entry in entries))))
        for piece in pieces:
            self.found.setdefault(piece.url, self._clock.now)
        unchanged = poll.validators.etag == etag
        return Listing(
            order=poll.order,
            source=poll.source,
            status=ListingStatus.UNCHANGED if unchanged else ListingStatus.OK if entries else ListingStatus.EMPTY,
            fetched_at=self._clock.now,
            entries=() if unchanged else entries,
            validators=Validators(etag=etag),
            http_status=304 if unchanged else 200,
        )

    def _entry(self, piece: Piece) -> Entry:
        return Entry(
            source=piece.outlet,
            url=piece.url,
            listed_url=f"{piece.url}?utm_source=rss",
            title=self._headline(piece),
            published=piece.published,
        )

    def _headline(self, piece: Piece) -> str:
        rethought = piece.headline_later and self._clock.now >= piece.listed + _RETHOUGHT
        return piece.headline_later if rethought else piece.title

    def _page(self, fetch: Fetch) -> Article:
        piece = self._pages[fetch.entry.url]
        return Article(
            order=fetch.order,
            source=piece.outlet,
            url=piece.url,
            listed_url=fetch.entry.listed_url,
            title=piece.title,
            text=piece.text,
            language=piece.language,
            published=piece.published,
            fetched_at=self._clock.now,
            tier=Tier.FAST,
            quality=0.9,
        )
