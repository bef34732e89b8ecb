"""Who hears of it, and where: subscriptions against what an article opened, changed or repeated."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.decide.conditions import matches, met
from monitor.decide.matching import Reading, Subject
from monitor.decide.rulebook import Rule, Rulebook
from monitor.types import Delivery, StoryChange
from monitor.vocabulary import Event, Prominence, Status

__all__ = ["Told", "Wanted", "delivery_id", "matches", "owed"]

Told = Collection[tuple[str, str, str]]  #: (story id, subscription, target) of every delivery owed or made


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A change as one subscriber is to hear it."""

    change: StoryChange
    matched: str  #: what of the subscription it met


def owed(
    changes: Sequence[StoryChange],
    joined: Sequence[StoryChange],
    book: Rulebook,
    *,
    told: Told,
    article_url: str,
    reading: Reading,
    told_at: datetime,
    fresh: timedelta,
    now: datetime,
) -> tuple[Delivery, ...]:
    """Give the messages an article causes: at most one a subscription and target, the headline's story first.

    Nothing is owed for an article older than `fresh`. A story that a subscriber never heard of is new to them even
    when other outlets had it first, as long as the story itself is fresh or has just changed: it may have been too
    uncertain for their rule until this article.
    """
    if now - told_at > fresh:
        return ()
    readers: dict[tuple[int, int], list[Wanted]] = defaultdict(list)
    for change in (*changes, *joined):
        if change.story.retracted:
            continue
        subject = book.subject(change.story, change.announcement, reading)
        for rule, target, wanted in _wanting(book, change, subject, told, now - fresh):
            readers[rule.number, target].append(wanted)
    return tuple(
        _delivery(wanted, book.rules[number], target, article_url, now)
        for (number, target), wanted in sorted(readers.items(), key=lambda reader: reader[0])
    )


def _wanting(
    book: Rulebook, change: StoryChange, subject: Subject, told: Told, fresh_since: datetime
) -> Iterator[tuple[Rule, int, Wanted]]:
    """Give who is to hear of a change: the rule, the number of its target, and the change as they hear it.

    A status that is not wanted is let through as an update: who was told of a renewal must hear that it is denied.
    """
    wanting = [(rule, subject) for rule in book.wanting(subject)]
    heard = {(name, target) for story, name, target in told if story == change.story.id}
    if "status" in change.changed:
        wanting += _wanted_once(book, subject, {name for name, _ in heard} - {one.name for one, _ in wanting})
    news = bool(change.changed) or change.story.first_seen >= fresh_since
    new = replace(change, event=Event.NEW)
    cues: dict[int, str] = {}  #: by the rule's conditions, which thousands of rules may share
    for rule, wanted in wanting:
        if (shared := id(rule.conditions)) not in cues or wanted is not subject:
            cues[shared] = met(rule.conditions, wanted)
        for number, target in enumerate(rule.subscription.targets):
            if (rule.name, target) in heard:
                if change.changed:
                    yield rule, number, Wanted(change=change, matched=cues[shared])
            elif news and wanted is subject:
                yield rule, number, Wanted(change=new, matched=cues[shared])


def _wanted_once(book: Rulebook, subject: Subject, names: Collection[str]) -> Iterator[tuple[Rule, Subject]]:
    """Give the rules of these names that want the story under another status, with the story as it was then."""
    for rule in (rule for name in sorted(names) if (rule := book.named(name))):
        others = (replace(subject, status=status) for status in Status)
        if once := next((other for other in others if rule.wants(other)), None):
            yield rule, once


def _delivery(wanted: Sequence[Wanted], rule: Rule, target: int, article_url: str, now: datetime) -> Delivery:
    subscription = rule.subscription
    event = Event.NEW if any(one.change.event is Event.NEW for one in wanted) else Event.UPDATE
    ordered = wanted if len(wanted) == 1 else sorted(wanted, key=_headline_first)
    return Delivery(
        id=delivery_id(article_url, subscription.name, subscription.targets[target], event),
        article_url=article_url,
        subscription=subscription.name,
        target=subscription.targets[target],
        event=event,
        language=subscription.language,
        stories=tuple(dict.fromkeys(one.change.story.id for one in ordered)),
        matched=tuple({one.change.story.id: one.matched for one in ordered if one.matched}.items()),
        next_try_at=now,
        created_at=now,
    )


def _headline_first(wanted: Wanted) -> bool:
    return wanted.change.announcement.prominence is not Prominence.HEADLINE


def delivery_id(article_url: str, subscription: str, target: str, event: Event) -> str:
    """Make the idempotency key of a message: the same cause gives the same key, on any machine, at any time."""
    text = "\n".join((article_url, subscription, target, event))
    return "d-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]
