"""Articles that are kept together: what the store knows of them is read at once, and so it is written.

All of them are stored before the first is decided: what stands in a story is found by what was announced, and that is
kept with each decision, one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler import Article
from monitor import twins
from monitor.articles import text_hash
from monitor.placing import Page, page_of
from monitor.store import Tx, articles, entries
from monitor.store.articles import Kept, Twin
from monitor.store.entries import End
from monitor.store.values import StoredEntry
from monitor.types import Announcement, Decision, Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """An article that was read, and is to be kept."""

    entry_id: int
    article: Article
    source: Source
    found: Sequence[Announcement]
    note: str | None = None  #: why its page was not read


@dataclass(frozen=True, kw_only=True, slots=True)
class Entered:
    """An article, stored; or the outcome of one whose text its site had before."""

    reading: Reading
    stored: StoredEntry | None
    page: Page
    denied: Sequence[Announcement] = ()  #: too unsure to be announced: kept, and in no story
    twin: Decision | None = None

    @property
    def muted(self) -> bool:
        """Whether it is old news as far as one can tell: undated, and listed before its source's first crawl."""
        return self.reading.article.published is None and self.stored is not None and self.stored.quiet


def enter(tx: Tx, readings: Sequence[Reading], *, floor: float, now: datetime) -> list[Entered]:
    """Store articles, but for those that are their site's own again; in their order.

    Args:
        floor: confidence from which an announcement counts.
    """
    hashes = [text_hash(one.article) for one in readings]
    stored = entries.get_all(tx, [one.entry_id for one in readings])
    same, urls = articles.twins(tx, hashes), articles.known_urls(tx, [one.article.url for one in readings])
    entered, kept = [], []
    for one, mine in zip(readings, hashes, strict=True):
        entry, before = stored.get(one.entry_id), same.setdefault(mine, [])
        found = _entered(one, entry, twins.decided(one.article, entry, before), urls, floor, now)
        entered.append(found)
        if found.twin is None:
            article = found.reading.article
            urls.add(article.url)
            before.append(Twin(url=article.url, listed_as=entry.entry.title if entry else ""))
            kept.append(Kept(entry_id=one.entry_id, article=article, text_hash=mine, telling=found.page.telling))
    articles.add_all(tx, kept)
    return entered


def settle(tx: Tx, entered: Sequence[Entered], decisions: Sequence[Decision], *, now: datetime) -> None:
    """Give their entries the outcomes that were decided.

    Raises:
        AlreadySettledError: one has another outcome.
        StoreError: there is no such entry.
    """
    ends = [
        End(entry_id=one.reading.entry_id, stored=one.stored, outcome=decision.outcome, reason=decision.reason)
        for one, decision in zip(entered, decisions, strict=True)
    ]
    entries.settle_all(tx, ends, now=now)


def _entered(
    one: Reading, stored: StoredEntry | None, twin: Decision | None, urls: set[str], floor: float, now: datetime
) -> Entered:
    if twin is None and stored is not None and one.article.url in urls:
        article = replace(one.article, url=stored.entry.url)  # another entry's page has the same rel=canonical
        one = replace(one, article=article)
    sure = [] if twin else [item for item in one.found if item.confidence >= floor]
    denied = [] if twin else [item for item in one.found if item.confidence < floor]
    told_at = min(one.article.published or (stored.first_seen if stored else now), now)
    page = page_of(one.article, sure, outlet=one.source.outlet or one.source.name, told_at=told_at)
    return Entered(reading=one, stored=stored, page=page, denied=denied, twin=twin)
