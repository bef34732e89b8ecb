"""What was told of stories: found by cues among millions, read with its story, and moved when a story is another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import bindparam, delete, exists, func, select, update

from monitor.decide.verdicts import retold, standing
from monitor.store import rows, stories, verdicts
from monitor.store.hot import Hot, HotWrite
from monitor.store.story_tables import StoryCueRow
from monitor.store.tables import (
    AnnouncementRow,
    ArticleRow,
    DeliveryRow,
    DeliveryStoryRow,
    StoryArticleRow,
    StoryRow,
    Tx,
    insert_into,
    new_in,
    table,
)
from monitor.store.verdict_tables import VerdictRow
from monitor.telling import Hint, Known, Told

#: Databases take only so many values in one statement.
_MANY = 500


def by_cues(tx: Tx, cues: Collection[int]) -> list[str]:
    """Find the ids of the stories that are kept under any of some cues."""
    ordered = sorted(cues)
    found: set[str] = set()
    for start in range(0, len(ordered), _MANY):
        found.update(_BY_CUES.scalars(tx, cues=ordered[start : start + _MANY]))
    return sorted(found)


def by_urls(tx: Tx, urls: Collection[str]) -> list[str]:
    """Find the ids of the stories that some articles tell."""
    ordered = sorted(urls)
    found: set[str] = set()
    for start in range(0, len(ordered), _MANY):
        found.update(_BY_URLS.scalars(tx, urls=ordered[start : start + _MANY]))
    return sorted(found)


def hints(tx: Tx, ids: Sequence[str]) -> dict[str, list[Hint]]:
    """Give a little of all that was told of stories, in no order; one of which nothing is told any more is left out."""
    found: dict[str, list[Hint]] = defaultdict(list)
    for start in range(0, len(ids), _MANY):
        for story_id, *values in _HINTS.rows(tx, ids=list(ids[start : start + _MANY])):
            kind, title, also, work_type, people, judged = values
            titles = (title, *(also or ())) if title else ()
            found[story_id].append(Hint(kind=kind, titles=titles, work_type=work_type, people=people, judged=judged))
    return found


def told(tx: Tx, ids: Sequence[str]) -> dict[str, list[Told]]:
    """Give all that was told of stories, oldest first; one of which nothing is told any more is left out.

    What readers corrected is told as they say it should have been.
    """
    found: dict[str, list[Told]] = defaultdict(list)
    for start in range(0, len(ids), _MANY):
        for row in _TOLD.rows(tx, ids=list(ids[start : start + _MANY])):
            found[row.story_id].append(rows.told(row))
    for story_id, said in verdicts.about(tx, found).items():
        stands = standing(said)
        found[story_id] = [retold(one, stands, story=story_id) for one in found[story_id]]
    for grains in found.values():
        grains.sort(key=lambda grain: grain.order)
    return found


def known(tx: Tx, ids: Sequence[str], *, told_of: Mapping[str, Sequence[Told]] | None = None) -> list[Known]:
    """Give stories with all that was told of them, oldest first; one of which nothing is told any more is left out.

    Args:
        told_of: what was told of them, where that was asked for before.
    """
    grains = told(tx, ids) if told_of is None else told_of
    found = stories.by_ids(tx, [story_id for story_id in ids if story_id in grains])
    return [Known(story=one, told=tuple(grains[one.id])) for one in found]


def keep_cues(tx: Tx, cues: Mapping[str, Iterable[int]]) -> None:
    """Remember what some stories are found by, beside what they are found by already."""
    _KEEP_CUES.run(tx, [{"cue": cue, "story_id": one} for one, some in cues.items() for cue in sorted(some)])


_KEEP_CUES = HotWrite(new_in(StoryCueRow))


def move(tx: Tx, told: Told, *, to: str, gone: str) -> None:
    """Put a telling into another story; who was told of it by its article was told of that one."""
    url = told.telling.url
    here = select(table(ArticleRow).c.id).where(table(ArticleRow).c.url == url)
    announced = table(AnnouncementRow).c
    chosen = (announced.position == told.position) & announced.article_id.in_(here) & (announced.story_id == gone)
    tx.execute(update(table(AnnouncementRow)).where(chosen).values(story_id=to))
    tx.execute(insert_into(tx, StoryArticleRow).on_conflict_do_nothing(), {"story_id": to, "article_url": url})
    if not tx.execute(select(exists().where((announced.story_id == gone) & announced.article_id.in_(here)))).scalar():
        links = table(StoryArticleRow).c
        tx.execute(delete(table(StoryArticleRow)).where((links.story_id == gone) & (links.article_url == url)))
        _tell(tx, gone, to, table(DeliveryRow).c.article_url == url)


def forward(tx: Tx, gone: str, *, to: str) -> None:
    """Let a story that has become another one point there: links and messages that name it lead to that one."""
    stored = table(StoryRow)
    tx.execute(update(stored).where(stored.c.merged_into == gone).values(merged_into=to))
    tx.execute(update(stored).where(stored.c.id == gone).values(merged_into=to))
    tx.execute(delete(table(StoryCueRow)).where(table(StoryCueRow).c.story_id == gone))
    _tell(tx, gone, to)


def _tell(tx: Tx, gone: str, to: str, *conditions: object) -> None:
    """Let deliveries speak of one story instead of another, each of them once."""
    told, owed = table(DeliveryStoryRow), table(DeliveryRow)
    mine = [told.c.story_id == gone]
    if conditions:
        mine.append(told.c.delivery_id.in_(select(owed.c.id).where(*conditions)))  # type: ignore[arg-type]
    both = told.alias()
    also = exists().where((both.c.delivery_id == told.c.delivery_id) & (both.c.story_id == to))
    tx.execute(delete(told).where(*mine, also))
    tx.execute(update(told).where(*mine).values(story_id=to))


def tell_too(tx: Tx, story: str, *, beside: str, urls: Collection[str]) -> None:
    """Let the messages that tell of one story by these articles speak of another, too: they did before a merge."""
    told, owed = table(DeliveryStoryRow), table(DeliveryRow)
    mine = select(owed.c.id).where(owed.c.article_url.in_(urls))
    has = select(told.c.delivery_id).where(told.c.story_id == story)
    with_both = select(told.c.delivery_id).where(told.c.story_id == beside, told.c.delivery_id.in_(mine))
    last = (
        select(told.c.delivery_id, func.max(told.c.position))
        .where(told.c.delivery_id.in_(with_both), told.c.delivery_id.not_in(has))
        .group_by(told.c.delivery_id)
    )
    values = [{"delivery_id": one, "position": at + 1, "story_id": story} for one, at in tx.execute(last)]
    if values:
        tx.execute(insert_into(tx, DeliveryStoryRow), values)


_CUE, _LINK, _SAID = table(StoryCueRow).c, table(StoryArticleRow).c, table(AnnouncementRow).c
_BY_CUES = Hot(select(_CUE.story_id).where(_CUE.cue.in_(bindparam("cues", expanding=True))).distinct())
_BY_URLS = Hot(select(_LINK.story_id).where(_LINK.article_url.in_(bindparam("urls", expanding=True))).distinct())
_HINTS = Hot(
    select(
        *(_SAID.story_id, _SAID.kind, _SAID.title, _SAID.also, _SAID.work_type, _SAID.people),
        exists().where(table(VerdictRow).c.story == _SAID.story_id),
    ).where(_SAID.story_id.in_(bindparam("ids", expanding=True)))
)
_PAGE = table(ArticleRow).c
_TOLD = Hot(
    select(
        table(AnnouncementRow),
        *(_PAGE.url, _PAGE.source_id, _PAGE.outlet, _PAGE.told_at, _PAGE.published, _PAGE.fetched_at),
    )
    .join(table(ArticleRow), _PAGE.id == table(AnnouncementRow).c.article_id)
    .where(table(AnnouncementRow).c.story_id.in_(bindparam("ids", expanding=True)))
)
