"""From what a listing holds to its entries, the same for feeds, sitemaps and section pages."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from crawler.plain import clip, tidy
from crawler.types import Entry, Poll
from crawler.urls import canonical_url, fetchable_url

MAX_ENTRIES = 2_000  #: of one listing, newest first; the default of `Limits.entries` (fault P04)
#: A longer address is a mistake or an attack, and PostgreSQL indexes no more than 2,704 bytes of one. Characters.
LONGEST_URL = 2_000

_EARLIEST = datetime.min.replace(tzinfo=UTC)


class Item(NamedTuple):
    """One item as a listing has it, texts already plain. A tuple: a frozen dataclass takes thrice the time to make."""

    link: str
    title: str = ""
    summary: str = ""
    guid: str | None = None
    published: datetime | None = None


def entries(items: Iterable[Item], *, poll: Poll, base_url: str) -> tuple[Entry, ...]:
    """The listing's entries: resolved, wanted by `allow` and `deny`, no URL twice, at most `MAX_ENTRIES`.

    An item without a usable address is left out; it never costs the others (fault P26). An id that the document
    repeats identifies nothing and is dropped (D02). A link that most items share does not either (D03).
    """
    made = [entry for item in items if (entry := _entry(item, poll.source, base_url))]
    if len({entry.guid for entry in made}) < len(made):
        repeated = {guid for guid, count in Counter(entry.guid for entry in made).items() if count > 1}
        made = [replace(entry, guid=None) if entry.guid in repeated else entry for entry in made]
    made = _apart(made)
    unique: dict[str, Entry] = {}
    everything = not poll.allow and not poll.deny
    for entry in made:
        if everything or _is_wanted(entry, poll):
            unique.setdefault(entry.url, entry)
    return newest(tuple(unique.values()))


def newest(found: Sequence[Entry]) -> tuple[Entry, ...]:
    """At most `MAX_ENTRIES`, the newest, in the order they had. Undated ones count as old, first ones first."""
    if len(found) <= MAX_ENTRIES:
        return tuple(found)
    by_date = sorted(range(len(found)), key=lambda at: found[at].published or _EARLIEST, reverse=True)
    return tuple(found[at] for at in sorted(by_date[:MAX_ENTRIES]))


def _entry(item: Item, source: str, base_url: str) -> Entry | None:
    if not item.link.strip():
        return None  # would resolve to the listing itself
    try:
        listed = fetchable_url(item.link, base=base_url)
        if len(listed) > LONGEST_URL:
            return None
        return Entry(
            source=source,
            url=canonical_url(listed),
            listed_url=listed,
            guid=(clip(tidy(item.guid), 1_000) or None) if item.guid else None,
            title=clip(item.title, 1_000),
            summary=item.summary,
            published=item.published,
        )
    except ValueError:  # no address in it: a podcast's guid, a mail link, a typing error
        return None


def _apart(made: list[Entry]) -> list[Entry]:
    """When most items have one link, tell them apart by id or title: the link is that of a live page or the home."""
    if len(made) - len({entry.url for entry in made}) < 2:  # none has three
        return made
    url, count = Counter(entry.url for entry in made).most_common(1)[0]
    if count < 3 or count * 2 < len(made) or len({entry.title for entry in made if entry.url == url}) < count:
        return made
    return [_told_apart(entry) if entry.url == url else entry for entry in made]


def _told_apart(entry: Entry) -> Entry:
    try:
        listed = fetchable_url(entry.guid or "")
        return replace(entry, url=canonical_url(listed), listed_url=listed)
    except ValueError:
        mark = hashlib.sha256((entry.guid or entry.title).encode()).hexdigest()[:12]
        return replace(entry, url=canonical_url(f"{entry.url}{'&' if '?' in entry.url else '?'}item={mark}"))


def _is_wanted(entry: Entry, poll: Poll) -> bool:
    spellings = (entry.url, entry.listed_url)
    if any(re.search(pattern, spelling) for pattern in poll.deny for spelling in spellings):
        return False
    return not poll.allow or any(re.search(pattern, spelling) for pattern in poll.allow for spelling in spellings)
