"""A story's life as a feed tells it: who told it first, and which steps changed it. Pure."""

from __future__ import annotations

from typing import Final

from monitor.types import Change, Story

#: Steps that repeat what is known already.
_SILENT: Final = frozenset({"corroborated"})


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
