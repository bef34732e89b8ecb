"""How the stories of a title turn each other: an order is cancelled, an end undone or doubted, a buyer doubted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from monitor.decide.clusters import Cluster, says_rescue
from monitor.decide.life import step
from monitor.decide.lore import Lore
from monitor.decide.naming import title_key
from monitor.decide.rivals import BOUGHT, Placed, rivals
from monitor.telling import Told
from monitor.types import Change, Story
from monitor.vocabulary import Kind, Origin, Prominence, Status

#: A cancelled work that is ordered again within this time is rescued; later it is a revival of its own.
RESCUE_WINDOW = timedelta(days=730)
#: Late copies still tell of the renewal this long after the cancellation; who tells it later says that it is back.
_AFTERMATH = timedelta(days=7)
_NEXT_DAY = timedelta(days=1)
#: Steps that come from another story of the work.
LINKED = frozenset({"cancelled", "rescued"})
#: What outlets contradict each other on where some end a season and others stand by it.
_END = "cancelled"


def linked(stories: Sequence[Placed], lore: Lore) -> dict[str, Story]:
    """Tell the stories of one work of each other's end: a renewal that is cancelled later, a cancellation undone.

    They stay stories of their own, as the kinds are, and as those of two buyers are; whoever heard of the earlier one
    hears the turn once.
    One that a reader called wrong ends and rescues none. Gives the stories that this changes, by id.
    """
    steps: dict[str, list[Change]] = {}
    disputed: defaultdict[str, list[str]] = defaultdict(list)
    stories = [one for one in stories if not any(told.wrong for told in one[1].told)]
    for cancelled in stories:
        end = _first_certain(cancelled)
        if cancelled[0].kind is not Kind.CANCELLATION or end is None:
            continue
        if ordered := _last_ordered(cancelled, end, stories, lore):
            steps.setdefault(ordered[0].id, []).append(step("cancelled", None, None, end))
            if undone := _undone(cancelled, ordered, end):
                steps.setdefault(ordered[0].id, []).append(step("rescued", None, None, undone))
            elif _stood_by(cancelled, ordered, end):
                disputed[cancelled[0].id].append(_END)
                disputed[ordered[0].id].append(_END)
        if rescue := _rescue(cancelled, end, stories, lore):
            steps.setdefault(cancelled[0].id, []).append(step("rescued", None, None, rescue))
    for story_id in rivals(stories, lore):
        disputed[story_id].append(BOUGHT)
    return {
        story.id: _turned(story, steps.get(story.id, ()), disputed.get(story.id, ()))
        for story, _ in stories
        if story.id in steps.keys() | disputed.keys()
    }


def _stood_by(cancelled: Placed, ordered: Placed, end: Told) -> bool:
    """Tell whether an outlet that never told the end of a season says for certain after it that the season comes."""
    if cancelled[0].status is Status.DENIED or ordered[0].season is None or cancelled[0].season != ordered[0].season:
        return False
    last = {one.telling.outlet: one for one in ordered[1].told if one.telling.outlet not in cancelled[0].outlets}
    return any(one.order > end.order and one.announcement.status is Status.CONFIRMED for one in last.values())


def _first_certain(placed: Placed) -> Told | None:
    return next((one for one in placed[1].told if one.announcement.status is Status.CONFIRMED), None)


def _last_ordered(cancelled: Placed, end: Told, stories: Sequence[Placed], lore: Lore) -> Placed | None:
    """Find what a cancellation ends: of the work's orders and renewals told before it, its season's or the last."""
    earlier = [
        one
        for one in stories
        if one[0].kind in {Kind.RENEWAL, Kind.NEW_ORIGINAL}
        and one[0].first_seen < end.telling.at
        and not (
            _saves(one[1], lore) and end.telling.at - one[0].first_seen <= _AFTERMATH
        )  # it tells of that end itself
        and _one_work(one[1], cancelled[1], moved=False)
    ]
    season = cancelled[0].season
    numbered = [one for one in earlier if season is not None and one[0].season == season]
    found = max(numbered or earlier, key=lambda one: (one[0].first_seen, one[0].first_url), default=None)
    return None if found is not None and found[0].final else found  # that it ends after its last season is no turn


def _undone(cancelled: Placed, ordered: Placed, end: Told) -> Told | None:
    """Find what takes a cancellation back: a denial that nobody contradicts, or the same season promised well after.

    Sooner where nobody had spoken of that season for as long, so that it can be no late copy: from the day after, by an
    outlet that never told the end, in words of its own.
    """
    before = [one for one in ordered[1].told if one.order < end.order]
    again = [
        one
        for one in ordered[1].told
        if one.announcement.status is Status.CONFIRMED
        and one.announcement.prominence is Prominence.HEADLINE
        and (one.telling.at >= end.telling.at + _AFTERMATH or _comes_back(one, cancelled, before, end))
    ]
    if cancelled[0].status is Status.DENIED and not cancelled[0].disputed:
        denials = [one for one in cancelled[1].told if one.announcement.status is Status.DENIED]
        again += [one for one in denials if one.order > end.order]
    return min(again, key=lambda one: one.order, default=None)


def _comes_back(one: Told, cancelled: Placed, before: Sequence[Told], end: Told) -> bool:
    quiet = bool(before) and end.telling.at - before[-1].telling.at > _AFTERMATH
    if not quiet or one.telling.at < end.telling.at + _NEXT_DAY or one.telling.outlet in cancelled[0].outlets:
        return False
    sentence = title_key(one.announcement.evidence.sentence)
    return all(title_key(each.announcement.evidence.sentence) != sentence for each in before)


def _rescue(cancelled: Placed, end: Told, stories: Sequence[Placed], lore: Lore) -> Told | None:
    """Find the first renewal that is told for certain after a cancellation, by whomever.

    On the same day only one that speaks of a rescue is one; and one for a last season is how outlets tell of the same
    end, unless it comes well after it.
    """
    later = [
        first
        for one in stories
        if one[0].kind is Kind.RENEWAL and _one_work(one[1], cancelled[1], moved=_rescues(one, cancelled, lore))
        if (first := _first_back(one, end, lore)) and first.telling.at - end.telling.at <= RESCUE_WINDOW
    ]
    return min(later, key=lambda one: one.order, default=None)


def _first_back(renewed: Placed, end: Told, lore: Lore) -> Told | None:
    if _saves(renewed[1], lore):
        certain = (one for one in renewed[1].told if one.announcement.status is Status.CONFIRMED)
        return next((one for one in certain if one.telling.at >= end.telling.at), None)
    since = end.telling.at + (_AFTERMATH if renewed[0].final else _NEXT_DAY)
    return _first_certain(renewed) if renewed[0].first_seen >= since else None


def _saves(renewed: Cluster, lore: Lore) -> bool:
    return any(says_rescue(one.announcement, lore) for one in renewed.told)


def _rescues(renewed: Placed, cancelled: Placed, lore: Lore) -> bool:
    """Tell whether a renewal by another buyer is of the same work: by a long title, or since an article says so.

    It speaks of a rescue, or names who had it before.
    """
    if any(" " in title for title in renewed[1].works & cancelled[1].works) or _saves(renewed[1], lore):
        return True
    before = [f" {title_key(name)} " for name in cancelled[1].platforms - renewed[1].platforms]
    said = (f" {title_key(one.announcement.evidence.sentence)} " for one in renewed[1].told)
    return any(name in sentence for sentence in said for name in before)


def _one_work(one: Cluster, other: Cluster, *, moved: bool) -> bool:
    """Tell whether two stories are of one work, which may have moved to another buyer."""
    if not one.works & other.works or {one.origin, other.origin} == {Origin.FRENCH, Origin.FOREIGN}:
        return False
    shared = one.buyers & other.buyers or one.people & other.people or not one.buyers or not other.buyers
    return bool(shared) or moved


def _turned(story: Story, steps: Sequence[Change], disputed: Sequence[str]) -> Story:
    """Add steps to a story's life, each at its time, and what else is disputed of it."""
    history = sorted((*story.history, *steps), key=lambda one: one.at)  # stable: its own steps stay before these
    return replace(story, history=tuple(history), disputed=tuple(dict.fromkeys((*story.disputed, *disputed))))


def carried(story: Story, before: Story) -> Story:
    """Give a story told anew what other stories of its work had made of it before."""
    steps = [one for one in before.history if one.field in LINKED]
    return _turned(story, steps, [field for field in (_END,) if field in before.disputed])


def unlinked(story: Story, *, disputed: Sequence[str]) -> Story:
    """Leave out of a story's life what came from other stories of its work.

    Args:
        disputed: what its own outlets contradict each other on.
    """
    return replace(
        story,
        history=tuple(one for one in story.history if one.field not in LINKED),
        disputed=tuple(disputed),
    )
