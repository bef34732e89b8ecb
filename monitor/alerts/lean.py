"""A message of several stories said ever shorter, for where there is little room, so that none of them is lost. Pure.

Quotes go first, then the links to say right or wrong, then all but a line a story, then its platforms; in the end
only the titles and the first story's link are left. The lines of a digest, whose stories are of many articles, keep
their links as long as they can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.alerts.story import StoryView, brief
from monitor.alerts.templates import CUT
from monitor.alerts.view import View

_Line = Callable[[StoryView], str]
_Write = Callable[[View], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """How lines look that no template writes."""

    fact: str  #: such as "• **{}**"
    heading: str
    link: str  #: with {outlet} and {link}


MARKDOWN = Manner(fact="• **{}**", heading="**{}**", link=" · [{outlet}]({link})")
PLAIN = Manner(fact="• {}", heading="{}", link="\n   {link}")


def leaner(view: View, write: _Write, manner: Manner) -> Iterator[str]:
    """Give the texts, the fullest first; nothing for a single story, which is cut by lines.

    Args:
        view: made ready for what it is written on.
        write: writes one, with `CUT` between its stories.
    """
    if len(view.stories) > 1:
        unquoted = _each(view, brief)
        yield write(unquoted)
        yield write(_each(unquoted, _unlinked))
        yield from _digests(view, write, manner) if view.groups else _alerts(view, write, manner)


def _each(view: View, change: Callable[[StoryView], StoryView]) -> View:
    """Change all stories but an alert's first, which the message is about."""
    kept = 0 if view.groups else 1
    stories = (*view.stories[:kept], *map(change, view.stories[kept:]))
    groups = tuple(replace(one, stories=tuple(map(change, one.stories))) for one in view.groups)
    return replace(view, stories=stories, groups=groups)


def _unlinked(story: StoryView) -> StoryView:
    return replace(story, right=None, wrong=None)


def _lines(manner: Manner) -> Sequence[_Line]:
    """Give the ways to say a story in a line, the fullest first."""
    return (
        lambda story: manner.fact.format(story.fact),
        lambda story: manner.fact.format(story.bare),
        lambda story: f"• {story.headline}",
    )


def _alerts(view: View, write: _Write, manner: Manner) -> Iterator[str]:
    """The first story as ever, then without its quote and its links; the others as a line each."""
    bare = replace(view, stories=(_unlinked(brief(view.stories[0])), *view.stories[1:]))
    for whole, line in zip((view, bare, replace(bare, reason="")), _lines(manner), strict=True):
        head, _, foot = write(replace(whole, stories=whole.stories[:1])).partition(CUT)
        rest = [f"{CUT}{line(story)}\n" for story in whole.stories[1:]]
        yield "".join([head.rstrip("\n"), "\n\n", *rest, f"{CUT}\n", foot.lstrip("\n")])


def _digests(view: View, write: _Write, manner: Manner) -> Iterator[str]:
    """A line a story below the names of their groups: each with its link, then only the first."""
    fact, *shorter = _lines(manner)
    yield _gathered(view, write, manner, fact, linked=len(view.stories))
    for line in (fact, *shorter):
        yield _gathered(view if line is fact else replace(view, reason=""), write, manner, line, linked=1)


def _gathered(view: View, write: _Write, manner: Manner, line: _Line, *, linked: int) -> str:
    head, _, foot = write(replace(view, stories=(), groups=())).partition(CUT)
    told: list[str] = []
    for group in view.groups:
        for number, story in enumerate(group.stories):
            heading = f"\n{manner.heading.format(group.name)}\n" if number == 0 else ""
            link = manner.link.format(outlet=story.outlet, link=story.link) if story.link and len(told) < linked else ""
            told.append(f"{heading}{line(story)}{link}\n")
    return f"{head.rstrip()}\n\n{CUT.join(told)}{CUT}\n{foot.lstrip()}"
