"""How much that is new a listing may have at once before the rest is held for a person to look at (fault D10). Pure.

A site that is rebuilt lists hundreds of old pages as of today, and one that was taken over whatever somebody likes.
Neither is news, and both come as far more new entries in one poll than the source ever has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from monitor.decide.entries import EntryVerdict

#: So many new entries at once are nobody's storm, and so many times what is usual are (fault D10 names both).
LEAST: Final = 5
TIMES: Final = 10
#: After a pause of ours or of the outlet's, so many times what was to be expected of it.
_AFTER_PAUSE: Final = 3
_HOUR: Final = timedelta(hours=1)
#: Listings with something new that tell what is usual; with fewer nothing is held.
HABIT: Final = 5


def most(counts: Sequence[int], *, expected: float) -> int | None:
    """Say how many new entries of one listing are read without asking; None while habits are unknown.

    What a source had at once before, and nobody held, it may have again: some publish a week's work on one evening.

    Args:
        counts: of each listing of the last weeks that had something new, how much, what was held left out.
        expected: new entries since its last answer, or since it stood still, by the habits of these hours; it tells a
            pause from a storm.
    """
    if len(counts) < HABIT:
        return None
    return max(LEAST, round(TIMES * median(counts)), round(_AFTER_PAUSE * expected), *counts)


def thaws(dates: Sequence[datetime], *, since: datetime, until: datetime) -> bool:
    """Whether new entries are what a listing has kept back that stood still: dated all over the time it did.

    Pages of a site that was rebuilt, or taken over, are dated as of one moment.

    Args:
        since: when the listing had something new before.
        until: now.
    """
    hours = {date.replace(minute=0, second=0, microsecond=0) for date in dates if since < date <= until}
    return bool(hours) and 2 * len(hours) >= min(len(dates), (until - since) / _HOUR)


def hold(verdicts: Sequence[EntryVerdict], *, limit: int, usual: float) -> tuple[EntryVerdict, ...]:
    """Hold what is beyond the limit, in the listing's order; what is passed over or read quietly does no harm.

    Args:
        usual: new entries in one listing, for the reason that is kept.
    """
    harmful = [verdict for verdict in verdicts if verdict.outcome is None and not verdict.quiet]
    surplus = {verdict.entry.url for verdict in harmful[limit:]}
    if not surplus:
        return tuple(verdicts)
    reason = f"held back: {len(harmful)} new entries at once where {usual:g} is usual"
    return tuple(
        replace(verdict, held=True, fetch=False, read_listing=False, reason=reason)
        if verdict.entry.url in surplus
        else verdict
        for verdict in verdicts
    )
