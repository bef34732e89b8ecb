"""Stories in the order in which they last changed, and the articles they are seen through: what feeds show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from monitor.decide.spoken import LEAD, lead_of
from monitor.judgement import Verdict
from monitor.store import rows, stories, ties, verdicts
from monitor.store.tables import AnnouncementRow, ArticleRow, ChangeRow, SourceRow, StoryRow, Tx
from monitor.store.verdict_tables import VerdictRow
from monitor.types import Announcement, Story
from monitor.vocabulary import Kind

#: Stories read at once.
PAGE: Final = 200
#: Changes looked back at: a subscription that almost nothing matches is searched for no further.
MOST: Final = 4000
#: Stories that turned out to be another one are told with that one.
_WHOLE: Final = StoryRow.merged_into.is_(None)
#: What a story of a kind may have ended or rescued.
_TURNED: Final[Mapping[Kind, frozenset[Kind]]] = {
    Kind.CANCELLATION: frozenset({Kind.NEW_ORIGINAL, Kind.RENEWAL}),
    Kind.RENEWAL: frozenset({Kind.CANCELLATION}),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What one article says of a story."""

    announcement: Announcement
    headline: str
    language: str | None
    source: str  #: id
    outlet: str  #: as readers know it; the source's id when the source is not known any more
    lead: str = ""  #: its standfirst and first sentences; empty when they are not kept any more
    titles: tuple[str | None, ...] = ()  #: of what it announces


def latest(tx: Tx, *, most: int = MOST) -> Iterator[list[Story]]:
    """Give stories in pages, those that changed last first; another outlet that repeats one does not change it.

    Args:
        most: how many changes to look back; a story may have several.
    """
    whole = select(ChangeRow.story_id).join(StoryRow, StoryRow.id == ChangeRow.story_id).where(_WHOLE)
    changes = whole.where(ChangeRow.field != "corroborated").order_by(ChangeRow.at.desc(), ChangeRow.story_id)
    return _pages(tx, list(dict.fromkeys(tx.scalars(changes.limit(most)))))


def youngest(tx: Tx, kind: Kind, *, most: int = MOST) -> Iterator[list[Story]]:
    """Give the stories of a kind in pages, the youngest first."""
    statement = select(StoryRow.id).where(_WHOLE, StoryRow.kind == kind)
    ids = tx.scalars(statement.order_by(StoryRow.first_seen.desc(), StoryRow.id).limit(most))
    return _pages(tx, list(ids))


def of_kind(tx: Tx, kind: Kind) -> Iterator[Story]:
    """Give every story of a kind, in the order of their ids."""
    ids = tx.scalars(select(StoryRow.id).where(_WHOLE, StoryRow.kind == kind).order_by(StoryRow.id))
    for page in _pages(tx, list(ids)):
        yield from page


def _pages(tx: Tx, ids: Sequence[str]) -> Iterator[list[Story]]:
    for start in range(0, len(ids), PAGE):
        page = stories.by_ids(tx, ids[start : start + PAGE])
        yield [story for story in page if not story.retracted]  # what readers took back is told to nobody


def read_at(tx: Tx, found: Sequence[Story]) -> Mapping[str, datetime]:
    """Give when the articles were read that the steps of these stories were told in, by their addresses.

    And by a story's id, when a reader last took a word back about it, put stories together or apart, or said of an end
    or a renewal of its work that it is wrong, which may have ended or rescued it until then.
    """
    urls = sorted({step.url for story in found for step in story.history})
    statement = select(ArticleRow.url, func.max(ArticleRow.fetched_at)).group_by(ArticleRow.url)
    read: dict[str, datetime] = {}
    for start in range(0, len(urls), PAGE):
        some = tx.execute(statement.where(ArticleRow.url.in_(urls[start : start + PAGE])))
        read |= {url: at for url, at in some}  # noqa: C416 - rows are no pairs to a type checker
    ids = [story.id for story in found]
    said = [*verdicts.undone(tx, ids).items(), *ties.tied(tx, ids).items(), *_unturned(tx, found)]
    return read | {story: max(at for each, at in said if each == story) for story, _ in said}


def _unturned(tx: Tx, found: Sequence[Story]) -> Iterator[tuple[str, datetime]]:
    """Tell when readers last called wrong, or no longer, what may have ended or rescued some stories."""
    last = func.max(func.coalesce(VerdictRow.undone_at, VerdictRow.at))
    said = select(StoryRow.id, StoryRow.title_key, StoryRow.kind, last).join(
        VerdictRow, VerdictRow.story == StoryRow.id
    )
    wrong = (VerdictRow.verdict == Verdict.WRONG) & StoryRow.kind.in_(list(_TURNED))
    keys = sorted({story.title_key for story in found})
    for start in range(0, len(keys), PAGE):
        some = said.where(wrong, StoryRow.title_key.in_(keys[start : start + PAGE]))
        for _, key, kind, at in tx.execute(some.group_by(StoryRow.id, StoryRow.title_key, StoryRow.kind)):
            yield from ((one.id, at) for one in found if one.title_key == key and one.kind in _TURNED[kind])


def seen(tx: Tx, story_ids: Sequence[str]) -> Mapping[str, Sequence[Seen]]:
    """Give what each article says of these stories, in the order they were read."""
    about = (ArticleRow.title, ArticleRow.language, ArticleRow.source_id)
    front = (ArticleRow.summary, func.substr(ArticleRow.text, 1, LEAD))
    statement = (
        select(AnnouncementRow, *about, *front, SourceRow.definition)
        .join(ArticleRow, ArticleRow.id == AnnouncementRow.article_id)
        .outerjoin(SourceRow, SourceRow.id == ArticleRow.source_id)
        .where(AnnouncementRow.story_id.in_(story_ids))
        .order_by(AnnouncementRow.article_id, AnnouncementRow.position)
    )
    found: dict[str, list[Seen]] = defaultdict(list)
    titles = _titles(tx, story_ids)
    for row, title, language, source, summary, text, definition in tx.execute(statement):
        outlet = (definition["outlet"] or definition["name"]) if definition else source
        told = Seen(
            announcement=rows.announcement(row),
            headline=title,
            language=language,
            source=source,
            outlet=outlet,
            lead=lead_of(summary, text),
            titles=tuple(titles[row.article_id]),
        )
        found[row.story_id].append(told)
    return found


def _titles(tx: Tx, story_ids: Sequence[str]) -> Mapping[int, Sequence[str | None]]:
    """Give the titles of all that the articles of these stories announce."""
    own = select(AnnouncementRow.article_id).where(AnnouncementRow.story_id.in_(story_ids))
    statement = select(AnnouncementRow.article_id, AnnouncementRow.title).where(
        AnnouncementRow.article_id.in_(own), AnnouncementRow.story_id.is_not(None)
    )
    found: dict[int, list[str | None]] = defaultdict(list)
    for article, title in tx.execute(statement):
        found[article].append(title)
    return found
