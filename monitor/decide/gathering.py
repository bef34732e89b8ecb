"""What becomes of held messages when their hour has come: one digest, or the one message itself, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from monitor.decide.heard import Facts, LastTold, changed_since
from monitor.decide.when import Heard
from monitor.types import Delivery, Story
from monitor.vocabulary import DeliveryState, Event, Form, Status, Timing

#: A message that was to go out at once, and had to wait, needs no digest when it is alone.
_ALONE = (Timing.QUIET, Timing.CAP, Timing.STORM)
#: Steps of a story that are no change to tell of.
SILENT = frozenset({"opened", "corroborated", "corrected"})


def gather(
    waiting: Sequence[Delivery],
    stories: Mapping[str, Story],
    *,
    heard: Heard,
    last_told: LastTold,
    wanted: Collection[Status],
    now: datetime,
) -> Delivery | None:
    """Make the one message that tells what all of these would have told; None when nothing of it is worth telling.

    Each story is told once, as it is now. One that the reader never heard of, and that is no longer what they asked
    for (denied meanwhile), is not told at all; nor is one that its readers took back, nor one that came back to what
    the reader was told last.

    Args:
        waiting: of one subscription and target, in the order they were owed; at least one.
        stories: what they tell, as it is now.
        last_told: what readers were told last of these, as far as it is known.
        wanted: the statuses that the subscription asks for.
    """
    last = waiting[-1]
    reader = (last.subscription, last.target)
    told = tuple(
        one
        for one in _mentioned(waiting, stories)
        if (
            _changed(stories[one], last_told.get((one, *reader)), waiting)
            if (one, *reader) in heard
            else stories[one].status in wanted
        )
    )
    if not told:
        return None
    if len(waiting) == 1 and last.timing in _ALONE and told == last.stories:
        return replace(last, state=DeliveryState.OWED, due_at=now, next_try_at=now)
    event = Event.UPDATE if all((one, *reader) in heard for one in told) else Event.NEW
    return _digest(waiting, told, event, now)


def _mentioned(waiting: Sequence[Delivery], stories: Mapping[str, Story]) -> list[str]:
    """List the stories that messages tell, each once, without those that are gone or taken back."""
    ids = dict.fromkeys(story for delivery in waiting for story in delivery.stories)
    return [one for one in ids if one in stories and not stories[one].retracted]


def _digest(waiting: Sequence[Delivery], told: tuple[str, ...], event: Event, now: datetime) -> Delivery:
    last = waiting[-1]
    slot = max(delivery.next_try_at for delivery in waiting)
    return Delivery(
        id=digest_id(last.subscription, last.target, slot),
        form=Form.DIGEST,
        article_url="",
        subscription=last.subscription,
        target=last.target,
        event=event,
        language=last.language,
        stories=told,
        matched=tuple({story: met for delivery in waiting for story, met in delivery.matched if story in told}.items()),
        timing=last.timing,
        due_at=now,
        next_try_at=now,
        created_at=now,
    )


def _changed(story: Story, told: Facts | None, waiting: Sequence[Delivery]) -> bool:
    """Tell whether what waits has news of a story that its reader heard of.

    Where it isn't known what they were told, what is an update without a step of its own had one that a late article
    now tells first. What is no update was to tell another story, which has since turned out to be this one.
    """
    if told is not None:
        return bool(changed_since(told, story))
    mine = [delivery for delivery in waiting if story.id in delivery.stories]
    urls = {delivery.article_url for delivery in mine}
    if any(step.url in urls and step.field not in SILENT for step in story.history):
        return bool(net_changes(story, urls))
    return any(delivery.event is Event.UPDATE for delivery in mine)


def net_changes(story: Story, urls: Collection[str]) -> tuple[str, ...]:
    """Name the fields of a story that articles have changed, all in all: what they changed and changed back is none."""
    first: dict[str, str | None] = {}
    last: dict[str, str | None] = {}
    for step in story.history:
        if step.url in urls and step.field not in SILENT:
            first.setdefault(step.field, step.before)
            last[step.field] = step.after
    return tuple(field for field in first if first[field] != last[field] or first[field] is None)


def digest_id(subscription: str, target: str, slot: datetime) -> str:
    """Make the idempotency key of a digest: the same hour gives the same key, so that it is made once."""
    text = "\n".join(("digest", subscription, target, f"{slot:%Y-%m-%dT%H:%M:%S.%fZ}"))
    return "d-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]
