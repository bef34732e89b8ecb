"""A story's life as a feed tells it: who told it first, who says it now, and which steps changed it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from monitor.types import Change, Story

#: When each article was read, by its address; by a story's id, when a reader last changed it without a step.
Read = Mapping[str, datetime]
#: Steps that repeat what is known already.
_SILENT: Final = frozenset({"corroborated"})
#: What readers said, whose words are no outlet's.
OF_READERS: Final = frozenset({"corrected"})


def told(story: Story) -> Change:
    """Give the step that first told the story; one made of the story itself when it has no history."""
    if story.history:
        return story.history[0]
    return Change(
        at=story.first_seen,
        field="opened",
        before=None,
        after=story.status,
        outlet=story.outlets[0] if story.outlets else "",
        url=story.first_url,
        quote=story.title or "",
    )


def turns(story: Story) -> tuple[Change, ...]:
    """Give the steps that changed what the story says, its opening included."""
    return tuple(step for step in story.history if step.field not in _SILENT)


def says(story: Story) -> Change:
    """Give the step whose sentence says what the story says now: the last one that changed it."""
    steps = [step for step in turns(story) if step.quote and step.field not in OF_READERS]
    return steps[-1] if steps else told(story)


def changed_at(story: Story, read: Read) -> datetime:
    """When the story last changed here: an article may be dated long before it is read."""
    steps = turns(story) or (told(story),)
    told_at = max(max(step.at, read.get(step.url, step.at)) for step in steps)
    return max(told_at, read.get(story.id, told_at))
