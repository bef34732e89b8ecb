"""What outlets say against each other: for a message that shows a contradiction instead of choosing silently."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from monitor.alerts.context import Claim
from monitor.decide.rivals import BOUGHT
from monitor.telling import Known
from monitor.types import Announcement, Story

_SAID: Final[Mapping[str, Callable[[Announcement | Story], str]]] = {
    "status": lambda one: one.status.value,
    "platforms": lambda one: ", ".join(one.platforms),
    "season": lambda one: str(one.season) if one.season is not None else "",
}


def claims(known: Known, rivals: Sequence[Known] = ()) -> tuple[Claim, ...]:
    """Give, for each disputed field, each value with the first outlet that still says so; the story's own first.

    What an outlet says is what it told last.

    Args:
        rivals: stories that tell the same of other platforms (`rivals.rivals`).
    """
    found: list[Claim] = []
    for field in known.story.disputed:
        said = _SAID.get(field)
        if said is None:
            continue
        by_value: dict[str, str] = {}
        for outlet, announcement in _latest(known, *(rivals if field == BOUGHT else ())):
            by_value.setdefault(said(announcement), outlet)
        values = sorted(filter(None, by_value), key=lambda value: value != said(known.story))
        found += [Claim(field=field, value=value, outlet=by_value[value]) for value in values]
    return tuple(found)


def _latest(*known: Known) -> Iterator[tuple[str, Announcement]]:
    for each in known:
        yield from {one.telling.outlet: one.announcement for one in each.told}.items()
