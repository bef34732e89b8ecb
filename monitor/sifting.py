"""Which entries of a listing are new, and what is to be done with each: read from the store, judged in `decide`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from crawler import Entry, Listing
from monitor.classifier.prospects import Prospect
from monitor.decide import entries as rules
from monitor.decide import silence, storms
from monitor.decide.entries import EntryVerdict
from monitor.manners import Manners
from monitor.store import Tx, entries, holding
from monitor.types import Source, SourceState


@dataclass(frozen=True, kw_only=True, slots=True)
class Sieve:
    """What sifting needs besides the listing."""

    fresh: timedelta  #: how old news may be and still alert
    prospect: Callable[[str, str], Prospect]  #: the classifier's prefilter over title and summary
    manners: Manners
    log: Callable[..., None]

    def sift(
        self, tx: Tx, source: Source, state: SourceState, listing: Listing, *, now: datetime
    ) -> tuple[EntryVerdict, ...]:
        """Judge the entries that are not known yet; of those that are, note that they were listed again."""
        verdicts = rules.judge(
            listing.entries,
            known=_known(tx, source, listing.entries, now=now),
            source=source,
            first_crawl=state.baseline_at is None,
            fresh=self.fresh,
            prospect=self.prospect,
            now=now,
        )
        return self.manners.by_listing(tx, source, self._hold(tx, source, state, verdicts, now), now=now)

    def _hold(
        self, tx: Tx, source: Source, state: SourceState, verdicts: Sequence[EntryVerdict], now: datetime
    ) -> tuple[EntryVerdict, ...]:
        """Hold what is far more than the source ever has at once. Its habits are looked up where it may be."""
        if state.baseline_at is None or sum(verdict.outcome is None for verdict in verdicts) <= storms.LEAST:
            return tuple(verdicts)
        counts = holding.news_counts(tx, source.id, since=max(state.baseline_at, now - silence.HABITS))
        since = state.last_ok_at or now
        dates = [one.entry.published for one in verdicts if one.outcome is None and one.entry.published]
        if state.news_at and state.news_at < since and storms.thaws(dates, since=state.news_at, until=now):
            since = state.news_at
        expected = silence.expected(state.rhythm, since, now)
        limit = storms.most(counts, expected=expected)
        if limit is None:
            return tuple(verdicts)
        kept = storms.hold(verdicts, limit=limit, usual=median(counts))
        if held := sum(verdict.held for verdict in kept):
            self.log("held", level="warning", source=source.id, entries=held, new=len(verdicts), limit=limit)
        return kept


def _known(tx: Tx, source: Source, listed: Sequence[Entry], *, now: datetime) -> set[str]:
    found = entries.known(tx, listed)
    known = {
        entry.url: found[entry.url]
        for entry in listed
        if entry.url in found and rules.is_known(entry, title=found[entry.url].title, by=found[entry.url].by)
    }
    entries.sighted(tx, {stored.id: None for stored in known.values()}, source.id, now=now)
    return set(known)
