"""Verdicts of readers: kept for ever, also those that were undone; what they do to a story is decided elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from monitor.decide import verdicts as rules
from monitor.judgement import Judgement, Standing, Verdict, Via
from monitor.store.hot import Hot
from monitor.store.tables import Tx, table
from monitor.store.verdict_tables import VerdictRow
from monitor.types import Story

_FIELDS = tuple(field.name for field in fields(Judgement))
#: A statement has room for some thousand parameters; stories are asked about in batches.
_BATCH = 500


def add(
    tx: Tx,
    story: Story,
    verdict: Verdict,
    value: str | None,
    *,
    now: datetime,
    via: Via,
    who: str = "",
    articles: tuple[str, ...] = (),
) -> Judgement | None:
    """Keep a verdict about a story; None when that is what was said last. `judging` does what follows from it.

    Raises:
        VerdictError: its value is missing, or makes no sense.
    """
    value = rules.checked(story, verdict, value)
    earlier = of(tx, story.id)
    if rules.repeats(earlier, verdict, value):
        return None
    given = Judgement(
        story=story.id,
        verdict=verdict,
        value=value,
        before=rules.before(story, verdict),
        at=now,
        via=via,
        who=who,
        kind=story.kind,
        first_seen=story.first_seen,
        confidence=story.confidence,
        articles=articles,
    )
    keep(tx, given, position=len(earlier))
    return given


def keep(tx: Tx, given: Judgement, *, position: int) -> None:
    """Store a verdict as the n-th about its story, from 0."""
    values = {field: getattr(given, field) for field in _FIELDS}
    tx.execute(insert(table(VerdictRow)), {**values, "position": position})


def note_articles(tx: Tx, given: Judgement, articles: tuple[str, ...]) -> None:
    """Keep with a verdict what told the story that became another one by it."""
    columns = table(VerdictRow).c
    position = len(of(tx, given.story)) - 1
    this = (columns.story == given.story) & (columns.position == position)
    tx.execute(update(table(VerdictRow)).where(this).values(articles=articles))


def undo(tx: Tx, story_id: str, *, now: datetime) -> Judgement | None:
    """Take back the last verdict that stands about a story; None when there is none."""
    last = next((one for one in reversed(list(enumerate(of(tx, story_id)))) if one[1].undone_at is None), None)
    if last is None:
        return None
    columns = table(VerdictRow).c
    this = (columns.story == story_id) & (columns.position == last[0])
    tx.execute(update(table(VerdictRow)).where(this).values(undone_at=now))
    return last[1]


def of(tx: Tx, story_id: str) -> tuple[Judgement, ...]:
    """Give all that was said of a story, oldest first."""
    return about(tx, [story_id]).get(story_id, ())


def about(tx: Tx, story_ids: Collection[str]) -> Mapping[str, tuple[Judgement, ...]]:
    """Give what was said of some stories, oldest first, those without left out."""
    found: dict[str, list[Judgement]] = defaultdict(list)
    ids = list(story_ids)
    for start in range(0, len(ids), _BATCH):
        for row in _ABOUT.rows(tx, stories=ids[start : start + _BATCH]):
            found[row.story].append(_judgement(row))
    return {story: tuple(said) for story, said in found.items()}


def all(tx: Tx, *, limit: int | None = None) -> list[Judgement]:  # noqa: A001 -- read as `verdicts.all`
    """List verdicts, the latest first."""
    statement = select(VerdictRow).order_by(VerdictRow.at.desc(), VerdictRow.story, VerdictRow.position.desc())
    return [_judgement(row) for row in tx.scalars(statement.limit(limit))]


def undone(tx: Tx, story_ids: Collection[str]) -> Mapping[str, datetime]:
    """Tell when a word about some stories was last taken back, those without left out."""
    said = about(tx, story_ids)
    times = {story: [one.undone_at for one in each if one.undone_at] for story, each in said.items()}
    return {story: max(some) for story, some in times.items() if some}


def standings(tx: Tx) -> list[tuple[Judgement, Standing]]:
    """Sum up what holds of each story that something was said of: the last thing said, and how it stands."""
    by_story: dict[str, list[Judgement]] = defaultdict(list)
    for row in tx.scalars(select(VerdictRow).order_by(VerdictRow.story, VerdictRow.position)):
        by_story[row.story].append(_judgement(row))
    return [(said[-1], rules.standing(said)) for said in by_story.values()]


def _judgement(row: VerdictRow | Row[Any]) -> Judgement:
    return Judgement(**{field: getattr(row, field) for field in _FIELDS})


#: Made once: every story that is read asks this.
_ABOUT = Hot(
    select(table(VerdictRow))
    .where(table(VerdictRow).c.story.in_(bindparam("stories", expanding=True)))
    .order_by(table(VerdictRow).c.story, table(VerdictRow).c.position)
)
