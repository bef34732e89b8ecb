"""When a work comes out, as outlets tell it one after the other: who names another day has news, or has not heard yet.

The newest day that nobody had named before is news. Who repeats a day that was given up changes nothing, but for the
outlet that named the new one: it corrects itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.premieres import coming
from monitor.telling import Told
from monitor.types import Change
from monitor.vocabulary import Kind, Status

Order = tuple[object, ...]  #: see `Told.order`
Moves = dict[Order, tuple[str | None, str]]  #: telling -> when the work came out before it, and after


def moves(ordered: Sequence[Told]) -> Moves:
    """Find the tellings of a story that move its date, with what it was before: days, months or years, as ISO.

    A release date is also news where it is named for the first time, or more precisely. What an order or a renewal
    says of a date is news only where it says otherwise: the date will have an announcement of its own.

    A day that an article names beside its sentence fills a blank, and moves nothing: of a release date at any time, of
    the others where it stands in the article that opens the story.

    Args:
        ordered: tellings of one story, oldest first.
    """
    found: Moves = {}
    known: str | None = None
    by, named = "", set[str]()
    for one in ordered:
        when = _when(one)
        if when is None and known is None and (beside := _beside(one)):
            if one is ordered[0] or one.announcement.kind is Kind.RELEASE_DATE:
                found[one.order] = (None, beside)
                known, by = beside, one.telling.outlet
                named.add(beside)
            continue
        if when is None:
            continue
        if known is None or when.startswith(known):
            if one.announcement.kind is Kind.RELEASE_DATE and one is not ordered[0] and when != known:
                found[one.order] = (known, when)
            known, by = when, one.telling.outlet if when != known else by
        elif not known.startswith(when) and (by == one.telling.outlet or not _among(when, named)):
            found[one.order] = (known, when)
            known, by = when, one.telling.outlet
        named.add(when)
    return found


def _when(told: Told) -> str | None:
    said = told.announcement
    if said.status is Status.DENIED:
        return None
    return coming(said.kind, said.evidence.sentence, told=told.telling.at.date(), season=said.season)


def _beside(told: Told) -> str | None:
    """Give the day that an article names beside its announcing sentence."""
    said = told.announcement
    return None if said.status is Status.DENIED else said.evidence.day


def is_news(kind: Kind, step: Change) -> bool:
    """Tell whether a step of a date is to be told: of an order or a renewal only where the date was another one."""
    return kind is Kind.RELEASE_DATE or step.before is not None


def _among(when: str, named: set[str]) -> bool:
    """Tell whether somebody said so before: the day, or the year that it is in."""
    return any(one.startswith(when) for one in named)
