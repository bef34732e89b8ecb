"""What a reader was told of a story, and what is different by now: that, and nothing else, is news to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from monitor.decide.dates import is_news
from monitor.decide.naming import title_key
from monitor.decide.turns import LINKED
from monitor.premieres import when_told
from monitor.types import Story
from monitor.vocabulary import Kind

Facts = Mapping[str, str]  #: field of a story -> what a message said of it; empty when it was not known
#: What is remembered of each reader of a story.
LastTold = Mapping[tuple[str, str, str], Facts]  #: (story id, subscription, target) -> what they were told last

_SEPARATOR: Final = "\n"


def facts_of(story: Story) -> dict[str, str]:
    """Give what a message tells of a story, as far as a change of it is news."""
    facts = {
        "status": str(story.status),
        "season": "" if story.season is None else str(story.season),
        "title": story.title or "",
        "platforms": _SEPARATOR.join(story.platforms),
    }
    facts["date"] = when_told(story) or ""
    return facts | {step.field: str(step.after or "") for step in story.history if step.field in LINKED}


def changed_since(told: Facts, story: Story) -> tuple[str, ...]:
    """Name the fields in which a story is not what a reader was told.

    A title spelt otherwise is the same title, platforms that nobody had named are no change of platform, and a day has
    not moved where it isn't known which one they were told.
    """
    now = facts_of(story)
    places = set(told.get("platforms", "").split(_SEPARATOR)) - {""}
    changed = {
        "status": now["status"] != told.get("status"),
        "season": now["season"] != told.get("season", ""),
        "platforms": bool(places) and not places >= set(story.platforms),
        "title": bool(now["title"]) and (not told.get("title") or _renamed(told["title"], story)),
        "date": "date" in told and _moved(told["date"], now["date"], story),
        **{field: field not in told for field in sorted(LINKED) if field in now},
    }
    return tuple(field for field, differs in changed.items() if differs)


def _moved(told: str, now: str, story: Story) -> bool:
    """Tell whether a date is another one than a reader was told; of an order only where it moved is it news."""
    if story.kind is Kind.RELEASE_DATE:
        return bool(now) and now != told
    if not told:
        return any(step.field == "date" and is_news(story.kind, step) for step in story.history)
    return bool(now) and not (now.startswith(told) or told.startswith(now))


def _renamed(title: str, story: Story) -> bool:
    old = {title_key(step.before) for step in story.history if step.field == "title" and step.before}
    return title_key(title) in old and title_key(title) != story.title_key


def repeated(last: LastTold, stories: Mapping[str, Story]) -> frozenset[tuple[str, str, str]]:
    """Give who was told of which of these stories just what they are now: (story id, subscription, target)."""
    return frozenset(reader for reader, told in last.items() if not changed_since(told, stories[reader[0]]))
