"""What a person said of stories by hand: these are one, this article tells another. Kept, and obeyed for ever."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from monitor.decide import life, turns
from monitor.decide.naming import mark, title_key
from monitor.decide.stories import story_id
from monitor.store import stories, tellings
from monitor.store.errors import StoreError
from monitor.store.hot import Hot
from monitor.store.story_tables import StoryCueRow, StoryTieRow
from monitor.store.tables import Tx, insert_into, table
from monitor.telling import Known, Tie, Ties, Told
from monitor.types import Story

_MANY = 500


def tie(tx: Tx, one: Told, other: Told, *, together: bool, now: datetime, leads: bool = False) -> None:
    """Say of two tellings that they are one fact, or two; what was said of them before is forgotten."""
    written = insert_into(tx, StoryTieRow)
    new = {name: written.excluded[name] for name in ("together", "leads", "tied_at", "other_url")}
    common = {"together": together, "tied_at": now}
    values = [
        {"one": mark(one), "other": mark(other), "other_url": other.telling.url, "leads": leads, **common},
        {"one": mark(other), "other": mark(one), "other_url": one.telling.url, "leads": False, **common},
    ]
    tx.execute(written.on_conflict_do_update(index_elements=["one", "other"], set_=new), values)


def exist(tx: Tx) -> bool:
    """Tell whether anything was ever said by hand."""
    return bool(_ANY.rows(tx))


def ties(tx: Tx, marks: Collection[str]) -> Ties:
    """Give what was said by hand of some tellings."""
    together: dict[str, set[str]] = defaultdict(set)
    apart: dict[str, set[str]] = defaultdict(set)
    leaders = set()
    for one in _ties(tx, marks):
        (together if one.together else apart)[one.one].add(one.other)
        if one.leads:
            leaders.add(one.other)
    return Ties(together=_frozen(together), apart=_frozen(apart), leaders=frozenset(leaders))


def partners(tx: Tx, marks: Collection[str]) -> set[str]:
    """Find the articles whose tellings somebody said to be one fact with some of these."""
    return {url for row, url in _rows(tx, marks) if row.together}


def tied(tx: Tx, story_ids: Sequence[str]) -> Mapping[str, datetime]:
    """Tell when somebody last put what tells some stories together or apart, stories without left out."""
    found: dict[str, datetime] = {}
    if not exist(tx):
        return found
    home = {mark(one): story for story, told in tellings.told(tx, story_ids).items() for one in told}
    marks = sorted(home)
    for start in range(0, len(marks), _MANY):
        for one, at in tx.execute(_TIED_AT, {"marks": marks[start : start + _MANY]}):
            found[home[one]] = max(at, found.get(home[one], at))
    return found


def every(tx: Tx) -> list[dict[str, Any]]:
    """Give all that was said by hand, for `restore` into another store."""
    rows = tx.execute(select(table(StoryTieRow)).order_by(table(StoryTieRow).c.one, table(StoryTieRow).c.other))
    return [dict(row) for row in rows.mappings()]


def restore(tx: Tx, said: Sequence[Mapping[str, Any]]) -> None:
    """Take over what was said by hand in another store; what was said here stays."""
    if said:
        tx.execute(insert_into(tx, StoryTieRow).on_conflict_do_nothing(), [dict(one) for one in said])


def merge(tx: Tx, keep: str, gone: str, *, now: datetime, groups: Mapping[str, str] | None = None) -> Story:
    """Make two stories one by hand, for ever; give it. It keeps the id, the season and the name of the first.

    Nobody hears of it: whoever was told of either was told of the one they are.

    Raises:
        StoreError: one of them is not in the store, they are one already, or they announce different kinds of things.
    """
    kept, other = _known(tx, keep), _known(tx, gone)
    if kept.story.id == other.story.id:
        raise StoreError(f"{keep} and {gone} are one story already")
    if kept.story.kind is not other.story.kind:
        raise StoreError(
            f"{keep} is a {kept.story.kind}, {gone} a {other.story.kind}: only stories of one kind are one"
        )
    led = _leader(kept)
    for one in (*kept.told, *other.told):
        if one is not led:
            tie(tx, one, led, together=True, leads=True, now=now)
    for one in other.told:
        tellings.move(tx, one, to=kept.story.id, gone=other.story.id)
    tellings.keep_cues(tx, {kept.story.id: _cues(tx, other.story.id)})
    tellings.forward(tx, other.story.id, to=kept.story.id)
    return _fold(tx, kept.story, (*kept.told, *other.told), groups, led=led)


def split(tx: Tx, story: str, article_url: str, *, now: datetime, groups: Mapping[str, str] | None = None) -> Story:
    """Take what one article tells out of a story by hand, for ever; give the story of its own that it becomes.

    Where that article had opened a story that was merged away, it is that story again, under its id.

    Raises:
        StoreError: no such story, or the article tells nothing of it, or nothing else does.
    """
    whole = _known(tx, story)
    out = [one for one in whole.told if one.telling.url == article_url]
    rest = [one for one in whole.told if one.telling.url != article_url]
    if not out:
        raise StoreError(f"{article_url} tells nothing of {whole.story.id}; `cocorico stories show` lists who does")
    if not rest:
        raise StoreError(f"{whole.story.id} is told by {article_url} alone: there is nothing to split off")
    out, rest = _with_their_like(tx, out, rest)
    _part(tx, out, rest, now=now)
    return _parted(tx, whole, out, rest, groups=groups)


def take_back(
    tx: Tx,
    story: str,
    gone: Collection[str],
    *,
    now: datetime,
    groups: Mapping[str, str] | None = None,
    for_ever: bool = True,
) -> Story | None:
    """Part what a merge put together; give the story that it was, None when nothing else would be left.

    Args:
        gone: the marks of what told it, or the addresses of its articles.
        for_ever: they never fall together again; otherwise, what was said of both is as if nobody had said it.
    """
    known = tellings.known(tx, [story])
    out = [one for each in known for one in each.told if mark(one) in gone or one.telling.url in gone]
    rest = [one for each in known for one in each.told if one not in out]
    if not out or not rest:
        return None
    out, rest = _with_their_like(tx, out, rest)
    for one in out[1:]:
        tie(tx, one, out[0], together=True, now=now)
    _part(tx, out, rest, now=now, for_ever=for_ever)
    parted = _parted(tx, known[0], out, rest, groups=groups)
    shared = {one.telling.url for one in out} & {one.telling.url for one in rest}
    tellings.tell_too(tx, parted.id, beside=known[0].story.id, urls=shared)
    return parted


def _with_their_like(tx: Tx, out: list[Told], rest: list[Told]) -> tuple[list[Told], list[Told]]:
    """Take out of a merged story also what joined it later by the title and season of the side that is taken out.

    What somebody tied by hand stays where it is, and so does what is like any of that.
    """
    tied = {row.one for row in _ties(tx, {mark(one) for one in (*out, *rest)}) if row.together}
    stay = [one for one in rest if mark(one) in tied]
    if not stay or not all(mark(one) in tied for one in out):
        return out, rest
    like = [
        one
        for one in rest
        if mark(one) not in tied
        and any(_alike(one, other) for other in out)
        and not any(_alike(one, other) for other in stay)
    ]
    return [*out, *like], [one for one in rest if one not in like]


def _alike(one: Told, other: Told) -> bool:
    names, others = ({title_key(title) for title in told.called} for told in (one, other))
    return bool(names & others) and one.announcement.season == other.announcement.season


def _part(tx: Tx, out: Sequence[Told], rest: Sequence[Told], *, now: datetime, for_ever: bool = True) -> None:
    """Say that some tellings are not the fact of others; or say nothing of that any more."""
    if for_ever:
        for one in out:
            for other in rest:
                tie(tx, one, other, together=False, now=now)
        return
    ties_ = table(StoryTieRow)
    one_side, other_side = ([mark(told) for told in side] for side in (out, rest))
    for mine, theirs in ((one_side, other_side), (other_side, one_side)):
        tx.execute(delete(ties_).where(ties_.c.one.in_(mine), ties_.c.other.in_(theirs)))


def _parted(
    tx: Tx, whole: Known, out: Sequence[Told], rest: Sequence[Told], *, groups: Mapping[str, str] | None
) -> Story:
    new_id = _former_id(tx, out, whole.story.id) or _free_id(tx, out[0])
    opened = _fold(tx, replace(whole.story, id=new_id, history=()), out, groups)
    for one in out:
        tellings.move(tx, one, to=new_id, gone=whole.story.id)
    tellings.keep_cues(tx, {new_id: _cues(tx, whole.story.id)})
    _fold(tx, whole.story, rest, groups)
    return opened


def _leader(known: Known) -> Told:
    """Choose the telling that a story goes by: the first with its title and season."""
    story = known.story
    fits = (
        one for one in known.told if one.announcement.title == story.title and one.announcement.season == story.season
    )
    return next(fits, known.told[0])


def _known(tx: Tx, story: str) -> Known:
    found = stories.get(tx, story)
    known = tellings.known(tx, [found.id]) if found else []
    if not known:
        raise StoreError(f"no story {story!r} is in the store; `cocorico stories list` shows those that are")
    return known[0]


def _fold(
    tx: Tx, before: Story, told: Sequence[Told], groups: Mapping[str, str] | None, *, led: Told | None = None
) -> Story:
    """Save a story as its tellings make it now; what other stories did to it stays."""
    folded = life.fold(told, story_id=before.id, groups=groups or {}, led=led)
    story = turns.carried(folded, before)
    stories.save(tx, story)
    return story


def _former_id(tx: Tx, out: Sequence[Told], whole: str) -> str | None:
    """Find the story that these tellings opened, and that became the whole: an id is made of what opened its story."""
    opened = [story_id(one.as_read, one.telling.url, one.position) for one in out]
    return next((each for each in opened if stories.merged_into(tx, each) == whole), None)


def _free_id(tx: Tx, told: Told) -> str:
    tries = (story_id(told.announcement, told.telling.url + "#" * n, told.position) for n in range(1_000))
    return next(made for made in tries if stories.get(tx, made) is None)


def _cues(tx: Tx, story: str) -> list[int]:
    cues = table(StoryCueRow).c
    return list(tx.scalars(select(cues.cue).where(cues.story_id == story)))


def _ties(tx: Tx, marks: Collection[str]) -> list[Tie]:
    return [row for row, _ in _rows(tx, marks)]


def _rows(tx: Tx, marks: Collection[str]) -> list[tuple[Tie, str]]:
    ordered = sorted(marks)
    found = [
        row for start in range(0, len(ordered), _MANY) for row in _TIED.rows(tx, marks=ordered[start : start + _MANY])
    ]
    return [(Tie(one=row.one, other=row.other, together=row.together, leads=row.leads), row.other_url) for row in found]


def _frozen(found: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    return {one: frozenset(others) for one, others in found.items()}


_ANY = Hot(select(table(StoryTieRow).c.one).limit(1))
_TIED = Hot(select(table(StoryTieRow)).where(table(StoryTieRow).c.one.in_(bindparam("marks", expanding=True))))
_TIED_AT = select(table(StoryTieRow).c.one, table(StoryTieRow).c.tied_at).where(
    table(StoryTieRow).c.one.in_(bindparam("marks", expanding=True))
)
