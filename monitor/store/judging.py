"""What a verdict does at once: the story is told anew as its reader says, put together with another, or taken apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from monitor.decide import cues, life, turns
from monitor.decide.naming import mark
from monitor.decide.verdicts import VerdictError
from monitor.judgement import Judgement, Verdict, Via
from monitor.store import stories, tellings, ties, verdicts
from monitor.store.tables import Tx
from monitor.types import Story

#: What a verdict changes in how a story is told.
_RETOLD = (Verdict.TITLE, Verdict.SEASON)


def judge(
    tx: Tx,
    story_id: str,
    verdict: Verdict,
    value: str | None,
    *,
    groups: Mapping[str, str],
    now: datetime,
    via: Via,
    who: str = "",
) -> Judgement | None:
    """Keep a verdict and do what it says; None when that is what was said last.

    Args:
        groups: platform -> buyer, as `buyers.load` gives it.

    Raises:
        VerdictError: there is no such story, or the verdict's value is missing or makes no sense.
    """
    story = stories.get(tx, story_id)
    if story is None:
        raise VerdictError(f"there is no story {story_id}; `cocorico stories list` shows those that are")
    told = _tellings(tx, story) if verdict is Verdict.DUPLICATE else ()
    given = verdicts.add(tx, story, verdict, value, now=now, via=via, who=who, articles=told)
    if given is None:
        return None
    if verdict is Verdict.DUPLICATE:
        _merge(tx, story, given, groups)
    if verdict in _RETOLD:
        _retell(tx, story.id, groups, season=story.season if verdict is Verdict.TITLE else None)
    return given


def undo(tx: Tx, story_id: str, *, groups: Mapping[str, str], now: datetime) -> Judgement | None:
    """Take back the last verdict that stands about a story; None when there is none.

    What was put together by it is two stories again, each under its id.
    """
    taken = verdicts.undo(tx, story_id, now=now)
    if taken is not None and taken.articles:
        _part(tx, taken, groups, now)
    story = stories.get(tx, story_id)
    if taken is not None and story is not None and taken.verdict in _RETOLD:
        _retell(tx, story_id, groups, season=story.season if taken.verdict is Verdict.TITLE else None)
    return taken


def _merge(tx: Tx, story: Story, given: Judgement, groups: Mapping[str, str]) -> None:
    other = stories.get(tx, given.value or "")
    if other is None or other.id == story.id or other.kind is not story.kind:
        raise VerdictError(f"{given.value} is no other {story.kind} that {story.id} could repeat")
    if tellings.known(tx, [story.id]) and tellings.known(tx, [other.id]):
        ties.merge(tx, other.id, story.id, now=given.at, groups=groups)


def _part(tx: Tx, taken: Judgement, groups: Mapping[str, str], now: datetime) -> None:
    """Give what was one story before its own again, as far as others still tell the one that it became."""
    repeated = taken.verdict is Verdict.DUPLICATE
    whole = stories.get(tx, (taken.value or "") if repeated else taken.story)
    if whole is not None:
        ties.take_back(tx, whole.id, taken.articles, now=now, groups=groups, for_ever=repeated)


def _tellings(tx: Tx, story: Story) -> tuple[str, ...]:
    """Name what tells a story: one article may tell it and the one that it repeats, too."""
    return tuple(dict.fromkeys(mark(one) for known in tellings.known(tx, [story.id]) for one in known.told))


def _retell(tx: Tx, story_id: str, groups: Mapping[str, str], *, season: int | None = None) -> None:
    """Fold a story anew from what was told of it, and let it be found by the title that it has now.

    Args:
        season: that it keeps, where the tellings differ.
    """
    for known in tellings.known(tx, [story_id]):
        folded = life.fold(known.told, story_id=story_id, groups=groups, season=season)
        stories.save(tx, turns.carried(folded, known.story))
        found_by = {cue for one in known.told for cue in cues.kept(one, groups=groups)}
        tellings.keep_cues(tx, {story_id: found_by})
