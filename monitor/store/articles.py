"""Articles and what the classifier read in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select

from crawler import Article
from monitor.store import rows
from monitor.store.hot import Hot, HotWrite
from monitor.store.tables import AnnouncementRow, ArticleRow, EntryRow, Tx, table
from monitor.telling import Telling
from monitor.types import Announcement

_FIELDS = (
    "url",
    "listed_url",
    "title",
    "summary",
    "text",
    "language",
    "author",
    "published",
    "fetched_at",
    "tier",
    "quality",
    "partial",
)
_ANNOUNCEMENT_FIELDS = (
    "kind",
    "title",
    "also",
    "work_type",
    "season",
    "final",
    "rescued",
    "platforms",
    "producers",
    "people",
    "origin",
    "status",
    "prominence",
    "confidence",
)


def add(
    tx: Tx,
    entry_id: int,
    article: Article,
    announcements: Sequence[Announcement],
    placed: Sequence[str | None],
    *,
    text_hash: str,
    telling: Telling | None = None,
    shingles: Sequence[frozenset[int]] = (),
) -> None:
    """Keep an entry's article and what it announces, as `add_all` and `announce` do."""
    add_all(tx, [Kept(entry_id=entry_id, article=article, text_hash=text_hash, telling=telling)])
    announce(tx, entry_id, announcements, placed, shingles=shingles)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """An article to be kept."""

    entry_id: int
    article: Article
    text_hash: str  #: what `twins` finds it by
    telling: Telling | None = None  #: by whom and when it was told, as its stories have it; None: as it says itself


def add_all(tx: Tx, kept: Sequence[Kept]) -> None:
    """Keep the articles of some entries, in their order."""
    _ADD.run(tx, [_values(one) for one in kept])


def announce(
    tx: Tx,
    entry_id: int,
    announcements: Sequence[Announcement],
    placed: Sequence[str | None],
    *,
    shingles: Sequence[frozenset[int]] = (),
) -> None:
    """Keep what an entry's article announces.

    Args:
        placed: for each announcement, the id of its story, which may be saved before or after in the same unit.
        shingles: for each announcement, those of the text around it; what has none is not compared by its text.

    Raises:
        ValueError: not one place for each announcement.
    """
    if not announcements and not placed:
        return
    article_id = _OF_ENTRY.scalars(tx, entry=entry_id)[0]
    grains = (*shingles, *[frozenset[int]()] * (len(placed) - len(shingles)))
    found = [
        _plain(announcement)
        | {"article_id": article_id, "position": position, "story_id": story, "shingles": rows.packed(grain)}
        for position, (announcement, story, grain) in enumerate(zip(announcements, placed, grains, strict=True))
    ]
    _ANNOUNCE.run(tx, found)


class Twin(NamedTuple):
    """An article with the same text as another."""

    url: str
    listed_as: str  #: the headline that its listing gave


def twins(tx: Tx, hashes: Collection[str]) -> dict[str, list[Twin]]:
    """Find the first articles with these texts, oldest first: an agency's may stand on forty sites."""
    found: dict[str, list[Twin]] = defaultdict(list)
    for text_hash, url, title in _BY_HASH.rows(tx, hashes=list(hashes)):
        if len(found[text_hash]) < _TWINS:
            found[text_hash].append(Twin(url=url, listed_as=title))
    return found


def known_urls(tx: Tx, urls: Collection[str]) -> set[str]:
    """Tell which of some canonical URLs articles are stored with."""
    return set(_BY_URL.scalars(tx, urls=list(urls)))


#: Of all articles with a text, so many are looked at.
_TWINS = 100
# Made once: to put a statement together costs twice what SQLite takes to run it.
_ARTICLES, _ENTRIES = table(ArticleRow).c, table(EntryRow).c
_ADD, _ANNOUNCE = HotWrite(lambda _: insert(table(ArticleRow))), HotWrite(lambda _: insert(table(AnnouncementRow)))
_OF_ENTRY = Hot(select(_ARTICLES.id).where(_ARTICLES.entry_id == bindparam("entry")))
_BY_HASH = Hot(
    select(_ARTICLES.text_hash, _ARTICLES.url, _ENTRIES.title)
    .join_from(table(ArticleRow), table(EntryRow), _ENTRIES.id == _ARTICLES.entry_id)
    .where(_ARTICLES.text_hash.in_(bindparam("hashes", expanding=True)))
    .order_by(_ARTICLES.id)
)
_BY_URL = Hot(select(_ARTICLES.url).where(_ARTICLES.url.in_(bindparam("urls", expanding=True))))


def _values(kept: Kept) -> dict[str, Any]:
    values = {field: getattr(kept.article, field) for field in _FIELDS}
    values |= {"entry_id": kept.entry_id, "source_id": kept.article.source, "text_hash": kept.text_hash}
    told = kept.telling
    return values | {"told_at": told and told.at, "outlet": told and told.outlet}


def _plain(announcement: Announcement) -> dict[str, Any]:
    values = {field: getattr(announcement, field) for field in _ANNOUNCEMENT_FIELDS}
    second = asdict(announcement.second) if announcement.second else None
    return values | {"evidence": asdict(announcement.evidence), "second": second}
