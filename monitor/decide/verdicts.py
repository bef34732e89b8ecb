"""What readers' verdicts do to a story, and how good they say we are."""

from __future__ import annotations

import difflib
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from monitor.decide.naming import title_key
from monitor.judgement import Judgement, Standing, Verdict
from monitor.telling import Told
from monitor.types import Change, MonitorError, Story
from monitor.vocabulary import Kind

#: Field of the step that a correction adds to a story's history.
CORRECTED: Final = "corrected"
#: The outlet of such a step: no outlet, but whoever reads our messages.
READER: Final = "reader"
_LONGEST_TITLE: Final = 200
_LAST_SEASON: Final = 999
#: Stories offered as the one that this one repeats: so many, and first seen at most so far apart.
_NEAR, NEAR_DAYS = 6, timedelta(days=120)
#: Two stories of one kind are near when their titles are at least so alike (0 to 1), or a platform or person is shared.
_ALIKE: Final = 0.6
#: Standard normal quantile of a two-sided 95% interval.
_Z: Final = 1.959963984540054


class VerdictError(MonitorError):
    """This verdict can't be given."""


def standing(judgements: Iterable[Judgement]) -> Standing:
    """Sum up what was said of one story, oldest first: a later verdict wins over an earlier one.

    A corrected title stays when the season is corrected, too, and when the story so corrected is called right.
    """
    found = Standing()
    for one in judgements:
        if one.undone_at is not None:
            continue
        found = replace(found, verdict=one.verdict, at=one.at)
        if one.verdict is Verdict.TITLE:
            found = replace(found, title=one)
        elif one.verdict is Verdict.SEASON:
            found = replace(found, season=one)
        elif one.verdict is Verdict.DUPLICATE:
            found = replace(found, duplicate_of=one.value)
    return found


def corrected(story: Story, judgements: Iterable[Judgement]) -> Story:
    """Give a story as its readers say it is; each correction is a step of its history, in its place by time."""
    stands = standing(judgements)
    steps = []
    changed = replace(story, retracted=stands.wrong)
    if stands.title is not None and stands.title.value:
        title = stands.title.value
        steps.append(_step(story, stands.title, "title"))
        changed = replace(changed, title=title, title_key=title_key(title))
    if stands.season is not None and stands.season.value:
        steps.append(_step(story, stands.season, "season"))
        changed = replace(changed, season=int(stands.season.value))
    return replace(changed, history=_inserted(story.history, steps)) if steps else changed


def retold(told: Told, stands: Standing, *, story: str) -> Told:
    """Give what an article told of a story as its readers say it should have been read."""
    title, season = (one.value if one else None for one in (stands.title, stands.season))
    said = told.as_read
    right = replace(said, title=title or said.title, season=int(season) if season else said.season)
    if stands.wrong:
        told = replace(told, wrong=story, wrong_at=stands.at)
    return told if right == told.announcement else replace(told, announcement=right, read=said)


def _inserted(history: Sequence[Change], steps: Iterable[Change]) -> tuple[Change, ...]:
    """Put steps where they belong by time, after the first; the others keep their order, whatever their times."""
    found = list(history)
    for step in steps:
        place = next((n for n in range(len(found), 1, -1) if found[n - 1].at <= step.at), min(1, len(found)))
        found.insert(place, step)
    return tuple(found)


def before(story: Story, verdict: Verdict) -> str | None:
    """Give what a verdict would correct; None when it corrects nothing, or there is nothing yet."""
    if verdict is Verdict.TITLE:
        return story.title
    return str(story.season) if verdict is Verdict.SEASON and story.season is not None else None


def _step(story: Story, given: Judgement, field: str) -> Change:
    return Change(
        at=given.at,
        field=CORRECTED,
        before=None if given.before is None else f"{field}: {given.before}",
        after=f"{field}: {given.value}",
        outlet=READER,
        url=story.first_url,
        quote="",
    )


def checked(story: Story, verdict: Verdict, value: str | None) -> str | None:
    """Give a verdict's value as it is kept.

    Raises:
        VerdictError: a value is missing, or makes no sense.
    """
    text = " ".join((value or "").split())
    if verdict is Verdict.TITLE:
        if not text or len(text) > _LONGEST_TITLE or not text.isprintable():
            raise VerdictError(f"say the right title, on one line of at most {_LONGEST_TITLE} characters")
        return text
    if verdict is Verdict.SEASON:
        if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= _LAST_SEASON):
            raise VerdictError(f"say the right season, a number from 1 to {_LAST_SEASON}")
        return str(int(text))
    if verdict is Verdict.DUPLICATE:
        if not text or text == story.id:
            raise VerdictError("say which other story this one repeats, by its id")
        return text
    if text:
        raise VerdictError(f'"{verdict}" needs nothing more')
    return None


def repeats(judgements: Sequence[Judgement], verdict: Verdict, value: str | None) -> bool:
    """Whether this very thing was said last: saying it again changes nothing."""
    last = next((one for one in reversed(judgements) if one.undone_at is None), None)
    return last is not None and (last.verdict, last.value) == (verdict, value)


def near(story: Story, others: Iterable[Story]) -> tuple[Story, ...]:
    """Choose the stories that this one may repeat, the likeliest first."""
    scored = [
        (_likeness(story, other), other)
        for other in others
        if other.id != story.id and other.kind is story.kind and not other.retracted
        if abs(other.first_seen - story.first_seen) <= NEAR_DAYS
    ]
    found = sorted((pair for pair in scored if pair[0] >= _ALIKE), key=lambda pair: (-pair[0], pair[1].id))
    return tuple(other for _, other in found[:_NEAR])


def _likeness(one: Story, other: Story) -> float:
    """Tell how alike two stories are, 0 to 2: titles count most, then people, buyer and season."""
    shared = 0.6 * bool({*one.people} & {*other.people}) + 0.3 * bool({*one.platforms} & {*other.platforms})
    shared += 0.1 * (one.season == other.season)
    if one.title and other.title:
        return difflib.SequenceMatcher(None, one.title_key, other.title_key).ratio() + shared
    return shared + 0.3  # one of them is untitled: it may be any work


@dataclass(frozen=True, kw_only=True, slots=True)
class Precision:
    """How many of the judged stories were what we said they were."""

    judged: int
    wrong: int
    corrected: int  #: announced, yet with the wrong title or season
    duplicates: int

    @property
    def right(self) -> int:
        """Stories that something of the sort was announced of."""
        return self.judged - self.wrong

    @property
    def share(self) -> float | None:
        """Share of them that was announced, 0 to 1; None of none."""
        return self.right / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Its 95% interval, as Wilson (1927) computes it."""
        return wilson(self.right, self.judged)


def wilson(right: int, judged: int) -> tuple[float, float] | None:
    """Give the 95% interval of a share: unlike the usual one it holds for few cases, and for all or none."""
    if not judged:
        return None
    share, z2 = right / judged, _Z * _Z
    middle = (share + z2 / (2 * judged)) / (1 + z2 / judged)
    half = _Z * math.sqrt(share * (1 - share) / judged + z2 / (4 * judged**2)) / (1 + z2 / judged)
    # Of none or all right, rounding would leave the share just outside.
    return min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half))


def precision(stands: Iterable[tuple[Kind, datetime, Standing]]) -> Mapping[tuple[str, str], Precision]:
    """Count verdicts by month of the story (2026-11, or "" for all) and kind (or "" for all).

    Args:
        stands: kind, first seen and standing of each story that something was said of.
    """
    groups: dict[tuple[str, str], list[Standing]] = defaultdict(list)
    for kind, first_seen, one in stands:
        if one.verdict is None:
            continue
        for month in ("", f"{first_seen:%Y-%m}"):
            for name in ("", kind.value):
                groups[month, name].append(one)
    return {where: _counted(groups[where]) for where in sorted(groups)}


def _counted(stands: Sequence[Standing]) -> Precision:
    kept = [one for one in stands if not one.wrong]
    return Precision(
        judged=len(stands),
        wrong=len(stands) - len(kept),
        corrected=sum(bool(one.title or one.season) for one in kept),
        duplicates=sum(one.duplicate_of is not None for one in kept),
    )
