"""Articles that readers' verdicts are about, with all that was read in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select

from monitor.judgement import Example, Standing
from monitor.store import rows, verdicts
from monitor.store.tables import AnnouncementRow, ArticleRow, SourceRow, Tx
from monitor.types import Announcement

_BATCH = 500
_LANGUAGE = re.compile(r"[a-z]{2}")
#: Most outlets are French; it only decides which lexicon reads the article.
_USUAL = "fr"


def all(tx: Tx) -> list[Example]:  # noqa: A001 -- read as `examples.all`
    """Give every article of a story that was judged, once."""
    stands = {last.story: standing for last, standing in verdicts.standings(tx) if standing.verdict is not None}
    articles = _articles(tx, stands)
    said: dict[int, list[tuple[Announcement, Standing | None]]] = defaultdict(list)
    found: dict[int, Example] = {}
    for start in range(0, len(articles), _BATCH):
        ids = articles[start : start + _BATCH]
        statement = (
            select(AnnouncementRow, ArticleRow, SourceRow)
            .join(ArticleRow, ArticleRow.id == AnnouncementRow.article_id)
            .outerjoin(SourceRow, SourceRow.id == ArticleRow.source_id)
            .where(AnnouncementRow.article_id.in_(ids), AnnouncementRow.story_id.is_not(None))
            .order_by(AnnouncementRow.article_id, AnnouncementRow.position)
        )
        for row, article, source in tx.execute(statement):
            said[article.id].append((rows.announcement(row), stands.get(row.story_id or "")))
            found[article.id] = _example(article, source, said[article.id])
    return list(found.values())


def _articles(tx: Tx, stands: Mapping[str, Standing]) -> list[int]:
    stories, found = sorted(stands), set[int]()
    for start in range(0, len(stories), _BATCH):
        some = AnnouncementRow.story_id.in_(stories[start : start + _BATCH])
        found.update(tx.scalars(select(AnnouncementRow.article_id).where(some)))
    return sorted(found)


def _example(
    article: ArticleRow, source: SourceRow | None, said: list[tuple[Announcement, Standing | None]]
) -> Example:
    own = source.definition if source else {}
    language = (article.language or own.get("language") or _USUAL)[:2].lower()
    return Example(
        url=article.url,
        title=article.title,
        summary=article.summary,
        text=article.text,
        language=language if _LANGUAGE.fullmatch(language) else _USUAL,
        outlet=str(own.get("outlet") or own.get("name") or article.source_id),
        day=(article.published or article.fetched_at).date(),
        said=tuple(said),
    )
