"""Articles and what the classifier read in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select

from crawler import Article
from monitor.store import rows
from monitor.store.tables import AnnouncementRow, ArticleRow, EntryRow, Tx, insert_into, table
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
    "work_type",
    "season",
    "final",
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
) -> int:
    """Keep an entry's article and what it announces; give the article's id.

    Args:
        placed: for each announcement, the id of its story, which may be saved before or after in the same unit.
        text_hash: what `twins` finds it by.
        telling: by whom and when it was told, as its stories have it; None: as the article says itself.
        shingles: for each announcement, those of the text around it; what has none is not compared by its text.

    Raises:
        ValueError: not one place for each announcement.
    """
    values = {field: getattr(article, field) for field in _FIELDS}
    values |= {"entry_id": entry_id, "source_id": article.source, "text_hash": text_hash}
    values |= {"told_at": telling.at, "outlet": telling.outlet} if telling else {"told_at": None, "outlet": None}
    returned = tx.execute(insert_into(tx, ArticleRow).returning(table(ArticleRow).c.id), values)
    article_id = int(returned.scalar_one())
    grains = (*shingles, *[frozenset[int]()] * (len(placed) - len(shingles)))
    found = [
        _plain(announcement)
        | {"article_id": article_id, "position": position, "story_id": story, "shingles": rows.packed(grain)}
        for position, (announcement, story, grain) in enumerate(zip(announcements, placed, grains, strict=True))
    ]
    if found:
        tx.execute(insert(table(AnnouncementRow)), found)
    return article_id


class Twin(NamedTuple):
    """An article with the same text as another."""

    url: str
    listed_as: str  #: the headline that its listing gave


def twins(tx: Tx, text_hash: str) -> list[Twin]:
    """Find the first articles with this text, oldest first: an agency's may stand on forty sites."""
    return [Twin(url=url, listed_as=title) for url, title in tx.execute(_BY_HASH, {"hash": text_hash})]


#: Made once: to put a statement together costs twice what SQLite takes to run it, and each article asks this.
_ARTICLES, _ENTRIES = table(ArticleRow).c, table(EntryRow).c
_BY_HASH = (
    select(_ARTICLES.url, _ENTRIES.title)
    .join_from(table(ArticleRow), table(EntryRow), _ENTRIES.id == _ARTICLES.entry_id)
    .where(_ARTICLES.text_hash == bindparam("hash"))
    .order_by(_ARTICLES.id)
    .limit(100)
)


def by_url(tx: Tx, url: str) -> bool:
    """Tell whether an article with this canonical URL is stored."""
    return tx.execute(_BY_URL, {"url": url}).scalar() is not None


_BY_URL = select(table(ArticleRow).c.id).where(table(ArticleRow).c.url == bindparam("url")).limit(1)


def _plain(announcement: Announcement) -> dict[str, Any]:
    values = {field: getattr(announcement, field) for field in _ANNOUNCEMENT_FIELDS}
    second = asdict(announcement.second) if announcement.second else None
    return values | {"evidence": asdict(announcement.evidence), "second": second}
