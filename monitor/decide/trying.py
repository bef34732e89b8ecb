"""What rules would have sent: the stored past told over again to subscriptions, as if they had been there. Pure.

Nothing is read anew: the stories are those of the store, each as it stood after each of its tellings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import Final

from monitor.decide import life, rules, when
from monitor.decide.conditions import weigh
from monitor.decide.matching import Reading
from monitor.decide.rulebook import Rule, Rulebook
from monitor.subscribing import Subscription
from monitor.telling import Known, Told
from monitor.types import Delivery, Story, StoryChange
from monitor.vocabulary import DeliveryState, Event, Status, Timing

#: Every subscription is tried with one target, so that an alert counts once.
_TARGET: Final = "-"
#: The past is never too old to be tried.
_FRESH: Final = timedelta(days=36_500)
#: As far back as `max_per_day` and storms look.
_PACE: Final = timedelta(hours=26)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """One article of the past, with what it did to the stories it tells."""

    url: str
    at: datetime
    reading: Reading
    changes: tuple[StoryChange, ...]  #: stories opened, changed or repeated, as they stood after it


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """One message that a rule would have sent, or put into a digest."""

    subscription: str
    url: str
    headline: str
    outlet: str
    event: Event
    at: datetime  #: when the article came
    due_at: datetime  #: when the reader would have had it
    timing: Timing
    stories: tuple[Story, ...]  #: the headline's first, as they stood then
    matched: str  #: what of the rule the first story met

    @property
    def held(self) -> bool:
        """Whether it would have waited."""
        return self.due_at > self.at


def scenes(known: Sequence[Known], readings: Mapping[str, Reading], groups: Mapping[str, str]) -> list[Scene]:
    """Play back what articles told, in the order they told it.

    Args:
        readings: by the article's address; one that is missing was read by nobody we know.
        groups: platform -> owner.
    """
    by_url: dict[str, list[StoryChange]] = defaultdict(list)
    times: dict[str, datetime] = {}
    for one in known:
        for told, change in _lives(one, groups):
            by_url[told.telling.url].append(change)
            times[told.telling.url] = told.telling.at
    return [
        Scene(url=url, at=times[url], reading=readings.get(url, Reading()), changes=tuple(by_url[url]))
        for url in sorted(by_url, key=lambda url: (times[url], url))
    ]


def _lives(known: Known, groups: Mapping[str, str]) -> Iterator[tuple[Told, StoryChange]]:
    """Give a story as it stood after each of its tellings, with what each changed."""
    ordered = sorted(known.told, key=lambda one: one.order)
    for count, told in enumerate(ordered, start=1):
        story = life.fold(ordered[:count], story_id=known.story.id, groups=groups)
        made = {step.field for step in story.history if step.url == told.telling.url}
        changed = tuple(sorted(made - {"opened", "corroborated"}))
        event = Event.NEW if count == 1 else Event.UPDATE
        yield told, StoryChange(story=story, event=event, changed=changed, announcement=told.announcement)


def alerts(past: Sequence[Scene], subscriptions: Sequence[Subscription], book: Rulebook) -> list[Alert]:
    """Give what these subscriptions would have sent, in the order the articles came.

    Args:
        book: the same subscriptions, as `tried` gives them, made ready.
    """
    by_name = {one.name: one for one in subscriptions}
    told: set[tuple[str, str, str]] = set()
    heard: set[tuple[str, str, str]] = set()
    waiting: list[tuple[datetime, tuple[str, str, str]]] = []  #: a heap of what is heard later
    paces: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    found: list[Alert] = []
    for scene in past:
        while waiting and waiting[0][0] <= scene.at:
            heard.add(heappop(waiting)[1])
        for delivery in _timed(scene, book, by_name, told, heard, paces):
            reader = (delivery.subscription, delivery.target)
            keys = [(story, *reader) for story in delivery.stories]
            told.update(keys)
            for key in keys:
                heappush(waiting, (delivery.next_try_at, key))
            if delivery.state is not DeliveryState.HELD:
                paces[reader] = [*(one for one in paces[reader] if one > scene.at - _PACE), scene.at]
            found.append(_alert(delivery, scene))
    return found


def tried(subscriptions: Sequence[Subscription]) -> tuple[Subscription, ...]:
    """Give the subscriptions to stories, each with one target."""
    return tuple(replace(one, targets=(_TARGET,)) for one in subscriptions if not one.operations)


def _timed(
    scene: Scene,
    book: Rulebook,
    subscriptions: Mapping[str, Subscription],
    told: set[tuple[str, str, str]],
    heard: set[tuple[str, str, str]],
    paces: Mapping[tuple[str, str], Sequence[datetime]],
) -> tuple[Delivery, ...]:
    owed = rules.owed(
        scene.changes,
        (),
        book,
        told=told,
        article_url=scene.url,
        reading=scene.reading,
        told_at=scene.at,
        fresh=_FRESH,
        now=scene.at,
    )
    statuses: dict[str, Status] = {change.story.id: change.story.status for change in scene.changes}
    return when.timed(owed, subscriptions, statuses, heard=heard, paces=paces, now=scene.at)


def _alert(delivery: Delivery, scene: Scene) -> Alert:
    stories = {change.story.id: change.story for change in scene.changes}
    return Alert(
        subscription=delivery.subscription,
        url=scene.url,
        headline=scene.reading.headline,
        outlet=scene.reading.outlet,
        event=delivery.event,
        at=scene.at,
        due_at=delivery.next_try_at,
        timing=delivery.timing,
        stories=tuple(stories[story] for story in delivery.stories),
        matched=dict(delivery.matched).get(delivery.stories[0], ""),
    )


def misses(past: Sequence[Scene], rule: Rule, book: Rulebook) -> list[tuple[str, int]]:
    """Say which condition stories fail first, and how many do, the most frequent first."""
    failed: Counter[str] = Counter()
    for scene in past:
        for change in scene.changes:
            subject = book.subject(change.story, change.announcement, scene.reading)
            weighed = (one for one in weigh(rule.conditions, subject) if not one.holds)
            if (first := next(weighed, None)) is not None:
                failed[first.field] += 1
    return failed.most_common()


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """How one rule's alerts differ between two configurations."""

    subscription: str
    gained: tuple[Alert, ...]
    lost: tuple[Alert, ...]
    moved: tuple[tuple[Alert, Alert], ...]  #: the same, at another time: before and after
    same: int  #: alerts that are in both, at the same time


def compared(before: Sequence[Alert], after: Sequence[Alert], names: Sequence[str]) -> list[Difference]:
    """Compare what two configurations would have sent, rule by rule, in the order of `names`."""
    was, now = _by_rule(before), _by_rule(after)
    return [_difference(name, was.get(name, {}), now.get(name, {})) for name in names]


def _by_rule(found: Sequence[Alert]) -> dict[str, dict[tuple[str, str], Alert]]:
    """Sort alerts by rule, then by what is told: a story as one article has it."""
    by_rule: dict[str, dict[tuple[str, str], Alert]] = defaultdict(dict)
    for one in found:
        for story in one.stories:
            by_rule[one.subscription][one.url, story.id] = replace(one, stories=(story,))
    return by_rule


def _difference(name: str, was: Mapping[tuple[str, str], Alert], now: Mapping[tuple[str, str], Alert]) -> Difference:
    both = [(was[key], now[key]) for key in was if key in now]
    moved = tuple((old, new) for old, new in both if old.due_at != new.due_at)
    return Difference(
        subscription=name,
        gained=tuple(one for key, one in now.items() if key not in was),
        lost=tuple(one for key, one in was.items() if key not in now),
        moved=moved,
        same=len(both) - len(moved),
    )
