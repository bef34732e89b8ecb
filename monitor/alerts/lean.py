"""A message of several stories said ever shorter, for where there is little room, so that none of them is lost. Pure.

Quotes go first, then the links to say right or wrong, then all but a line a story, then its platforms; in the end
only the titles and the first story's link are left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from monitor.alerts.story import StoryView, brief
from monitor.alerts.templates import CUT
from monitor.alerts.view import View


def leaner(view: View, write: Callable[[View], str], bullet: str) -> Iterator[str]:
    """Give the texts, the fullest first; nothing for a single story, which is cut by lines.

    Args:
        view: made ready for what it is written on.
        write: writes one, with `CUT` between its stories.
        bullet: what a story's line looks like, such as "• {}".
    """
    if len(view.stories) > 1:
        unquoted = _each(view, brief)
        bare = replace(view, stories=(_unlinked(brief(view.stories[0])), *view.stories[1:]))
        yield write(unquoted)
        yield write(_each(unquoted, _unlinked))
        yield _listed(view, write, lambda story: bullet.format(story.fact))
        yield _listed(bare, write, lambda story: bullet.format(story.bare))
        yield _listed(replace(bare, reason=""), write, lambda story: f"• {story.headline}")


def _each(view: View, change: Callable[[StoryView], StoryView]) -> View:
    """Change all stories but an alert's first, which the message is about."""
    kept = 0 if view.groups else 1
    stories = (*view.stories[:kept], *map(change, view.stories[kept:]))
    groups = tuple(replace(one, stories=tuple(map(change, one.stories))) for one in view.groups)
    return replace(view, stories=stories, groups=groups)


def _unlinked(story: StoryView) -> StoryView:
    return replace(story, right=None, wrong=None)


def _listed(view: View, write: Callable[[View], str], line: Callable[[StoryView], str]) -> str:
    """Write the first story as ever, the others as a line each."""
    first = tuple(replace(one, stories=one.stories[:1]) for one in view.groups[:1])
    head, _, foot = write(replace(view, stories=view.stories[:1], groups=first)).partition(CUT)
    rest = [f"{CUT}{line(story)}\n" for story in view.stories[1:]]
    return "".join([head.rstrip("\n"), "\n\n", *rest, f"{CUT}\n", foot.lstrip("\n")])
