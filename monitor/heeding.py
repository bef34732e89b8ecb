"""What follows from a verdict beyond its story: it joins the one that it is equal to, and what comes back is owed.

Whoever takes a reader's word goes through here; `store.judging` does what concerns the story alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from monitor import data, lores, owing, placing
from monitor.decide import life, turns, when
from monitor.decide import rules as rules_of
from monitor.decide.lore import Rules
from monitor.decide.naming import mark
from monitor.decide.rulebook import Rulebook
from monitor.decide.stories import gather
from monitor.judgement import Judgement, Verdict, Via
from monitor.placing import around, by_hand_of
from monitor.store import Tx, archive, deliveries, held, judging, stories, tellings, ties, verdicts
from monitor.subscribing import Subscription
from monitor.telling import Known
from monitor.types import Story, StoryChange
from monitor.vocabulary import Event

#: Verdicts that may make a story equal to another one.
_CORRECTS = (Verdict.TITLE, Verdict.SEASON)
#: Verdicts by which other tellings joined a story, or stayed away from it.
_PARTS = (*_CORRECTS, Verdict.WRONG)


def judge(
    tx: Tx,
    story_id: str,
    verdict: Verdict,
    value: str | None,
    *,
    groups: Mapping[str, str],
    subscriptions: Sequence[Subscription] = (),
    book: Rulebook | None = None,
    now: datetime,
    via: Via,
    who: str = "",
) -> Judgement | None:
    """Keep a verdict and do all that it says; None when that is what was said last.

    Args:
        groups: platform -> buyer, as `buyers.load` gives it.
        subscriptions: of this installation: when they want what is owed again.
        book: these made ready, with the names and the watchlist of this installation.

    Raises:
        VerdictError: there is no such story, or the verdict's value is missing or makes no sense.
    """
    before = stories.get(tx, story_id)
    given = judging.judge(tx, story_id, verdict, value, groups=groups, now=now, via=via, who=who)
    if given is None:
        return None
    rules = Rules(groups=groups, lore=lores.load(data.folder("config")))
    if verdict in _CORRECTS:
        _join(tx, given, rules)
    _turn(tx, story_id, rules)
    if before is not None and before.retracted and verdict is not Verdict.WRONG:
        _part_again(tx, story_id, rules, subscriptions, book, now)
    _owe_again(tx, before, subscriptions, now=now)
    return given


def undo(
    tx: Tx,
    story_id: str,
    *,
    groups: Mapping[str, str],
    subscriptions: Sequence[Subscription] = (),
    book: Rulebook | None = None,
    now: datetime,
) -> Judgement | None:
    """Take back the last verdict that stands about a story, and what followed from it; None when there is none.

    What joined it by a correction that is taken back is a story of its own, and owed to who wants it.
    """
    before = stories.get(tx, story_id)
    taken = judging.undo(tx, story_id, groups=groups, now=now)
    if taken is not None:
        rules = Rules(groups=groups, lore=lores.load(data.folder("config")))
        _turn(tx, story_id, rules)
        if taken.verdict in _PARTS:
            _part_again(tx, story_id, rules, subscriptions, book, now)
    _owe_again(tx, before, subscriptions, now=now)
    return taken


def _join(tx: Tx, given: Judgement, rules: Rules) -> None:
    """Put a story that a reader corrected together with the one that it is now; the one first seen keeps its id.

    What told the other one is noted with the verdict, so that its undo parts them.
    """
    found = tellings.known(tx, [given.story])
    if not found or found[0].story.retracted:
        return
    (mine,) = found
    equal = [one for one in _equal(tx, mine, rules) if not one.story.retracted]
    if equal:
        keep, gone = sorted((mine, equal[0]), key=_age)
        verdicts.note_articles(tx, given, tuple(dict.fromkeys(map(mark, gone.told))))
        ties.merge(tx, keep.story.id, gone.story.id, now=given.at, groups=rules.groups)


def _equal(tx: Tx, mine: Known, rules: Rules) -> list[Known]:
    """Find the other stories that would be one with this one if all their articles came today, oldest first."""
    near = [one for one in around(tx, mine.told, rules) if one.story.id != mine.story.id]
    told = [one for known in (mine, *near) for one in known.told]
    whole = next(cluster for cluster in gather(told, rules, by_hand_of(tx, told)) if mine.told[0] in cluster.told)
    return sorted((one for one in near if any(each in whole.told for each in one.told)), key=_age)


def _turn(tx: Tx, story_id: str, rules: Rules) -> None:
    """Tell a work's stories anew of each other's end: one that is called wrong ends and rescues nothing."""
    story = stories.get(tx, story_id)
    mine = tellings.told(tx, [story.id]).get(story.id, []) if story else []
    known = around(tx, mine, rules)
    told = [one for each in known for one in each.told]
    clusters = gather(told, rules, by_hand_of(tx, told))
    home = {one.order: cluster for cluster in clusters for one in cluster.told}
    lives = [(_alone(one, rules), replace(home[one.told[0].order], told=list(one.told))) for one in known]
    turned = turns.linked(lives, rules.lore)
    for one, (alone, _) in zip(known, lives, strict=True):
        now = turned.get(alone.id, alone)
        if now != one.story:
            stories.save(tx, now)


def _alone(known: Known, rules: Rules) -> Story:
    """Give a story as its own tellings make it."""
    own = life.disputed_in(known.told, known.story.platforms, rules.groups)
    return turns.unlinked(known.story, disputed=own)


def _age(known: Known) -> tuple[datetime, str]:
    return known.story.first_seen, known.story.id


def _owe_again(tx: Tx, before: Story | None, subscriptions: Sequence[Subscription], *, now: datetime) -> None:
    """Owe a story that is no longer called wrong to who was going to hear of it, at the next hour they asked for."""
    story = stories.get(tx, before.id) if before is not None and before.retracted else None
    if story is None or story.retracted:
        return
    named = {subscription.name: subscription for subscription in subscriptions}
    for (name, target), delivery in held.untold(tx, story.id).items():
        sent = owing.lately(tx, [name], now=now).get((name, target), ())
        at = when.due(named[name], {story.status}, sent, now=now).at if name in named else now
        held.revive(tx, delivery, until=at)


def _part_again(
    tx: Tx,
    story_id: str,
    rules: Rules,
    subscriptions: Sequence[Subscription],
    book: Rulebook | None,
    now: datetime,
) -> None:
    """Put a story together anew when a word on it no longer holds, and owe what that word had swallowed."""
    ready = book or Rulebook(subscriptions, groups=rules.groups)
    for new in placing.place_again(tx, story_id, rules):
        _owe_new(tx, new, ready, now)


def _owe_new(tx: Tx, new: Known, book: Rulebook, now: datetime) -> None:
    """Owe a story to who wants it and never heard of it: once, from the first article that has not told them more."""
    seen = archive.readings(tx, {one.telling.url for one in new.told})
    for one in new.told:
        owed = rules_of.owed(
            [StoryChange(story=new.story, event=Event.NEW, announcement=one.announcement)],
            (),
            book,
            told=deliveries.told(tx, [new.story.id]),
            article_url=one.telling.url,
            reading=seen[one.telling.url],
            told_at=now,
            fresh=now - new.story.first_seen,  # the word on another story kept it back, however long
            now=now,
        )
        timed = owing.timed(tx, owed, [rule.subscription for rule in book.rules], {new.story.id: new.story}, now=now)
        owing.owe(tx, timed)
