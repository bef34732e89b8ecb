"""The scorecard as one HTML file that needs nothing else: no script, no font, no picture from anywhere.

The same stories give the same file, byte for byte. All that outlets wrote is cleaned, and escaped by Jinja.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from monitor.alerts.clean import clean, safe_link
from monitor.alerts.phrases import day, headline, status_word
from monitor.alerts.text import Language
from monitor.scorecard.count import COUNTED, Counts, Listed, Scorecard, YearScore
from monitor.scorecard.words import MONTHS, noun, say
from monitor.templating import environment
from monitor.vocabulary import Kind, Status

#: A chart of columns, in its own units: room for one group, height of the tallest column, a column's width.
GROUP: Final = 34.0
HEIGHT: Final = 90.0
_COLUMN: Final = 8.0
_GAP: Final = 1.5
_TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of a chart; the origin is at the top left, as SVG has it."""

    kind: Kind
    x: float
    y: float
    width: float
    height: float
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """The columns of one year or month."""

    label: str
    says: str  #: for who can't see it
    middle: float
    columns: tuple[Column, ...]


def render(scorecard: Scorecard, *, language: Language, now: datetime) -> str:
    """Lay out a scorecard as an HTML document.

    Args:
        now: the day that the page says it was made on.
    """
    return (
        environment(_TEMPLATES)
        .get_template("scorecard.html.j2")
        .render(
            years=scorecard.years,
            before={newer.year: older for newer, older in zip(scorecard.years, scorecard.years[1:], strict=False)},
            kinds=COUNTED,
            language=language,
            today=day(now, language),
            say=partial(say, language=language),
            noun=partial(noun, language=language),
            percent=partial(percent, language=language),
            trend=partial(trend, language=language),
            over_years=columns([(str(one.year), str(one.year), one.counts) for one in scorecard.years[::-1]], language),
            over_months=partial(over_months, language=language),
            most=most,
            clean=partial(clean, limit=40),
            line=partial(line, language=language),
            height=HEIGHT,
            group=GROUP,
        )
    )


def columns(groups: list[tuple[str, str, Counts]], language: Language) -> tuple[Group, ...]:
    """Draw groups of columns, a column a kind: (label, the same in full, figures)."""
    tallest = max((number for _, _, counts in groups for number in counts.values()), default=0) or 1
    drawn = []
    for place, (label, full, counts) in enumerate(groups):
        start = place * GROUP + (GROUP - len(COUNTED) * (_COLUMN + _GAP) + _GAP) / 2
        bars = [
            _column(kind, start + number * (_COLUMN + _GAP), counts[kind], tallest)
            for number, kind in enumerate(COUNTED)
        ]
        figures = ", ".join(f"{counts[kind]} {noun(kind, counts[kind], language)}" for kind in COUNTED)
        says = say("month", language, month=full, figures=figures)
        drawn.append(Group(label=label, says=says, middle=place * GROUP + GROUP / 2, columns=tuple(bars)))
    return tuple(drawn)


def _column(kind: Kind, x: float, number: int, tallest: int) -> Column:
    height = HEIGHT * number / tallest
    return Column(kind=kind, x=x, y=HEIGHT - height, width=_COLUMN, height=height, number=number)


def over_months(year: YearScore, language: Language) -> tuple[Group, ...]:
    """Draw the months of a year."""
    named = zip(MONTHS[language], year.months, strict=True)
    return columns([(full[0].upper(), full, counts) for full, counts in named], language)


def most(year: YearScore) -> int:
    """Give the largest figure of any platform: what the longest bar stands for."""
    return max((number for one in year.platforms for number in one.counts.values()), default=0) or 1


def percent(share: float | None, language: Language) -> str:
    """Write a share as its readers do; a dash for none."""
    if share is None:
        return "–"
    return f"{round(100 * share)}\u00a0%" if language == "fr" else f"{round(100 * share)}%"


def trend(number: int, before: int, year: int, language: Language) -> str:
    """Compare a figure with that of an earlier year."""
    key = "same" if number == before else "more" if number > before else "less"
    return say(key, language, count=abs(number - before), year=year)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A story in a list."""

    title: str
    facts: str
    platform: str
    day: str
    outlet: str
    link: str | None  #: of the article; None when its address is not safe to offer


def line(one: Listed, language: Language) -> Line:
    """Put a story into a line."""
    story = one.story
    season = say("season", language, season=story.season) if story.season is not None else ""
    unsure = status_word(story.status, language) if story.status is not Status.CONFIRMED else ""
    facts = (season, say("last", language) if story.final else "", unsure)
    return Line(
        title=headline(story, language),
        facts=" · ".join(fact for fact in facts if fact),
        platform=clean(one.platform, limit=40) if story.title else "",  # else the title says whom it is for
        day=day(one.at, language),
        outlet=clean(one.outlet, limit=60),
        link=safe_link(one.url),
    )
