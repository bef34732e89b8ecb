"""Which entries of a listing are worth a page.

The first crawl of a source is quiet: what was there before is recorded, and only what was published within the last
days alerts. A redesign that lists hundreds of old items under new addresses must alert nobody (faults D01, D06, D10).
Where the listing has no dates, the topmost pages are read, and alert only if they say themselves that they are fresh.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler import Entry
from monitor.classifier.prospects import Prospect
from monitor.decide.naming import title_key
from monitor.types import Source
from monitor.vocabulary import FetchPolicy, Outcome

#: A date this far ahead is a mistake of the outlet, so the entry counts as undated (P19).
FUTURE_SLACK = timedelta(days=2)
#: This many unknown undated entries, in a listing that is mostly unknown, are a redesign and not news (D10); for those
#: with dates of now see `storms`.
STORM = 10
#: Of a backlog's undated entries so many, the topmost, are read all the same: their pages may tell that they are new.
BACKLOG = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryVerdict:
    """What is to be done with one entry nobody has seen before."""

    entry: Entry
    fetch: bool = False  #: a page is owed
    quiet: bool = False  #: it alerts only if its page says that it is fresh
    read_listing: bool = False  #: the pages are not ours to read: title and summary are the article
    held: bool = False  #: a person is to look first; see `storms`
    outcome: Outcome | None = None  #: set when this is the end of it
    reason: str | None = None


def is_known(entry: Entry, *, title: str, by: str) -> bool:
    """Tell whether an entry is the stored one that it matches `by` its "url" or its "guid".

    An id that an outlet uses again for another article does not make that article known (fault D04): their titles
    then have next to no word in common, where an edited headline keeps some (D05).
    """
    if by == "url":
        return True
    mine, theirs = set(title_key(entry.title).split()), set(title_key(title).split())
    return not mine or not theirs or len(mine & theirs) * 5 >= min(len(mine), len(theirs))


def judge(
    entries: Sequence[Entry],
    *,
    known: Iterable[str],
    source: Source,
    first_crawl: bool,
    fresh: timedelta,
    prospect: Callable[[str, str], Prospect],
    now: datetime,
) -> tuple[EntryVerdict, ...]:
    """Judge the entries of one listing that are not known yet, in the listing's order.

    `known` holds the canonical URLs already stored; `prospect` is the classifier's prefilter over title and summary.
    """
    seen = frozenset(known)
    new = [entry for entry in entries if entry.url not in seen]
    mostly = 2 * len(new) > len(entries)
    stamped = _stamped(new) if mostly else frozenset[datetime]()
    undated = [entry for entry in new if _date(entry, now) is None or entry.published in stamped]
    backlog = undated if first_crawl or (mostly and len(undated) > STORM) else []
    verdicts = (_judge(entry, source, fresh, prospect, now) for entry in new)
    return tuple(_of_backlog(verdict, backlog) if verdict.entry in backlog else verdict for verdict in verdicts)


def _judge(
    entry: Entry,
    source: Source,
    fresh: timedelta,
    prospect: Callable[[str, str], Prospect],
    now: datetime,
) -> EntryVerdict:
    date = _date(entry, now)
    if date is not None and now - date > fresh:
        return _skip(entry, f"published {(now - date).days} days before it was listed here")
    if source.fetch is FetchPolicy.PROMISING:
        found = prospect(entry.title, entry.summary)
        if not found.promising:
            return _skip(entry, f"not promising: {found.lacks}")
    if source.fetch is FetchPolicy.NEVER:
        return EntryVerdict(entry=entry, read_listing=True)
    return EntryVerdict(entry=entry, fetch=True)


def _of_backlog(verdict: EntryVerdict, backlog: Sequence[Entry]) -> EntryVerdict:
    """Read the topmost of what was listed all at once, quietly; skip the rest."""
    if verdict.outcome is not None:
        return verdict
    if verdict.entry not in backlog[:BACKLOG] or verdict.read_listing:
        return _skip(verdict.entry, "undated, and listed together with everything this source had before")
    return replace(verdict, quiet=True, entry=replace(verdict.entry, published=None))


def _stamped(new: Sequence[Entry]) -> frozenset[datetime]:
    """The times that tell when a listing was made and nothing of its entries: so many have them in common.

    A full hour is none of these: it is a day without a time, or an embargo that ended.
    """
    counts = Counter(entry.published for entry in new if entry.published and entry.published.timestamp() % 3600)
    return frozenset(time for time, count in counts.items() if count > STORM)


def _skip(entry: Entry, reason: str) -> EntryVerdict:
    return EntryVerdict(entry=entry, outcome=Outcome.SKIPPED, reason=reason)


def _date(entry: Entry, now: datetime) -> datetime | None:
    if entry.published is None or entry.published > now + FUTURE_SLACK:
        return None
    return entry.published
