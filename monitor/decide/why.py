"""Why a subscription told of a story, or why it did not: the first condition that fails, with both values. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from crawler import check_utc
from monitor.decide.conditions import Weighed, met, weigh
from monitor.decide.rulebook import Rule, Rulebook
from monitor.decide.trying import Scene
from monitor.telling import Known
from monitor.types import Delivery, Story
from monitor.vocabulary import DeliveryState


class Answer(StrEnum):
    """What became of a story for a subscription."""

    SENT = "sent"
    OWED = "owed"  #: on its way, or to be tried again
    HELD = "held"  #: waits for its hour
    GATHERED = "gathered"  #: told by another message, or no longer worth telling
    DEAD = "dead"  #: refused for good, or out of tries
    OPERATIONS = "operations"  #: the subscription is to no stories
    UNMATCHED = "unmatched"  #: a condition failed
    RETRACTED = "retracted"  #: a reader said that it is wrong
    TOO_OLD = "too_old"  #: the article was read long after it was published
    MUTED = "muted"  #: undated, and listed with everything its source had before
    REPEATED = "repeated"  #: an old story, told again without anything new
    NOT_THEN = "not_then"  #: the rule would tell of it today; it was not like this when the article was read


#: Of several messages the one that says most.
_LOUDEST: Final = {
    DeliveryState.SENT: Answer.SENT,
    DeliveryState.OWED: Answer.OWED,
    DeliveryState.DEAD: Answer.DEAD,
    DeliveryState.HELD: Answer.HELD,
    DeliveryState.GATHERED: Answer.GATHERED,
}


#: What a reader's "wrong" still stops.
_UNSENT: Final = frozenset({Answer.OWED, Answer.HELD, Answer.GATHERED})


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadAt:
    """When an article was read, and whether its listing said that it is fresh."""

    at: datetime
    quiet: bool = False  #: undated, and listed with everything its source had before

    def __post_init__(self) -> None:
        check_utc(self.at)


@dataclass(frozen=True, kw_only=True, slots=True)
class Why:
    """The answer, and what it rests on."""

    answer: Answer
    story: Story
    delivery: Delivery | None = None  #: the message that the answer is about
    scene: Scene | None = None  #: the article that came nearest
    read: ReadAt | None = None  #: when that was
    conditions: tuple[Weighed, ...] = ()  #: of the rule, on that article, in the order they are tested
    matched: str = ""  #: what of the rule the story meets, when it does
    repeats: int = 0  #: articles that told the same after the message, and caused none

    @property
    def failed(self) -> Weighed | None:
        """The first condition that does not hold."""
        return next((one for one in self.conditions if not one.holds), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Look:
    """How a rule sees one article."""

    scene: Scene
    conditions: tuple[Weighed, ...]
    matched: str
    news: bool  #: it opened the story, changed it, or the story was fresh

    @property
    def wanted(self) -> bool:
        return all(one.holds for one in self.conditions)


def why(
    known: Known,
    rule: Rule | None,
    book: Rulebook,
    past: Sequence[Scene],
    *,
    read: Mapping[str, ReadAt],
    deliveries: Sequence[Delivery],
    fresh: timedelta,
) -> Why:
    """Say what became of a story for one subscription.

    Args:
        rule: None: the subscription is to operations.
        past: the story's articles, as `trying.scenes` gives them.
        read: by the article's address, when it was read.
        deliveries: what this subscription was told, or will be, of the story; in the order it was owed.
    """
    if rule is None:
        return Why(answer=Answer.OPERATIONS, story=known.story)
    looks = [_look(scene, rule, book, fresh) for scene in past]
    if deliveries:
        return _told(known, deliveries, looks)
    return _silent(known, looks, read, fresh)


def _look(scene: Scene, rule: Rule, book: Rulebook, fresh: timedelta) -> _Look:
    change = scene.changes[0]
    subject = book.subject(change.story, change.announcement, scene.reading)
    conditions = weigh(rule.conditions, subject)
    matched = met(rule.conditions, subject) if all(one.holds for one in conditions) else ""
    news = bool(change.changed) or change.story.first_seen >= scene.at - fresh
    return _Look(scene=scene, conditions=conditions, matched=matched, news=news)


def _told(known: Known, deliveries: Sequence[Delivery], looks: Sequence[_Look]) -> Why:
    order = list(_LOUDEST)
    loudest = min(deliveries, key=lambda one: order.index(one.state))
    look = next((one for one in looks if one.scene.url == loudest.article_url), looks[-1] if looks else None)
    caused = {one.article_url for one in deliveries}
    first = min(one.created_at for one in deliveries)
    answer = _LOUDEST[loudest.state]
    return Why(
        answer=Answer.RETRACTED if known.story.retracted and answer in _UNSENT else answer,
        story=known.story,
        delivery=loudest,
        scene=look.scene if look else None,
        conditions=look.conditions if look else (),
        matched=dict(loudest.matched).get(known.story.id, look.matched if look else ""),
        repeats=sum(one.scene.url not in caused and one.scene.at >= first for one in looks),
    )


def _silent(known: Known, looks: Sequence[_Look], read: Mapping[str, ReadAt], fresh: timedelta) -> Why:
    wanted = [one for one in looks if one.wanted]
    if not wanted:
        nearest = min(reversed(looks), key=lambda one: sum(not each.holds for each in one.conditions), default=None)
        return Why(
            answer=Answer.UNMATCHED,
            story=known.story,
            scene=nearest.scene if nearest else None,
            conditions=nearest.conditions if nearest else (),
        )
    answers = [(_silence(known.story, one, read.get(one.scene.url), fresh), one) for one in wanted]
    answer, look = min(answers, key=lambda one: _NEAREST.index(one[0]))
    return Why(
        answer=answer,
        story=known.story,
        scene=look.scene,
        read=read.get(look.scene.url),
        conditions=look.conditions,
        matched=look.matched,
    )


#: Of several articles that a rule wants, the silence about the first of these is what has to be said.
_NEAREST: Final = (Answer.RETRACTED, Answer.NOT_THEN, Answer.MUTED, Answer.TOO_OLD, Answer.REPEATED)


def _silence(story: Story, look: _Look, read: ReadAt | None, fresh: timedelta) -> Answer:
    if story.retracted:
        return Answer.RETRACTED
    if read is not None and read.quiet:
        return Answer.MUTED
    if read is not None and read.at - look.scene.at > fresh:
        return Answer.TOO_OLD
    return Answer.NOT_THEN if look.news else Answer.REPEATED
