"""The curves of a report as shapes to draw: where each dot, bar and line goes in a square of 100 by 100. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.learning.measure import KINDS, Calibration, Score, Step, average_precision
from monitor.vocabulary import Kind

SIDE: Final = 100.0  #: of the square; the origin is at the top left, as SVG has it
#: Radius of a dot, from the fewest to the most.
_SMALLEST, _LARGEST = 1.1, 3.4


@dataclass(frozen=True, kw_only=True, slots=True)
class Dot:
    """A dot, and what it stands for."""

    x: float
    y: float
    radius: float
    across: float  #: value on the horizontal axis, 0 to 1
    up: float
    size: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """A bar that stands on the square's bottom, a fifth of the square high at most."""

    x: float
    width: float
    height: float
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Reliability:
    """Confidence across, share right upwards."""

    path: str  #: through the dots
    dots: tuple[Dot, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """The precision-recall curve of a kind: recall across, precision upwards."""

    kind: Kind
    path: str
    ring: Dot | None  #: at the threshold; None where nothing is read there
    average: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Whisker:
    """An F1 with its interval, on a scale of 100."""

    at: float
    low: float
    high: float


def reliability(found: Calibration) -> Reliability:
    """Draw a calibration: a dot a bin, as large as the bin is full."""
    most = max((one.size for one in found.bins), default=0) or 1
    dots = [
        _dot(
            one.confidence,
            one.right,
            radius=_SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(one.size / most),
            size=one.size,
        )
        for one in found.bins
        if one.confidence is not None and one.right is not None
    ]
    bars = [
        Bar(
            x=SIDE * one.low + 0.6,
            width=SIDE * (one.high - one.low) - 1.2,
            height=SIDE / 5 * one.size / most,
            size=one.size,
        )
        for one in found.bins
    ]
    return Reliability(path=_path((dot.x, dot.y) for dot in dots), dots=tuple(dots), bars=tuple(bars))


def lines(steps: Sequence[Step], threshold: float) -> Iterator[Line]:
    """Draw the precision-recall curve of each kind that is announced at all."""
    at = min((step for step in steps if step.threshold >= threshold), key=lambda step: step.threshold, default=None)
    for kind in KINDS:
        points = list(_points(steps, kind))
        if points:
            here = list(_points([at] if at else [], kind))
            ring = _dot(*here[0], radius=2.2) if here else None
            path = _path(_placed(recall, precision) for recall, precision in points)
            yield Line(kind=kind, path=path, ring=ring, average=average_precision(steps, kind))


def _points(steps: Iterable[Step], kind: Kind) -> Iterator[tuple[float, float]]:
    for step in steps:
        recall, precision = step.kinds[kind].recall, step.kinds[kind].precision
        if recall is not None and precision is not None:
            yield recall, precision


def whisker(score: Score) -> Whisker | None:
    """Draw an F1 with its interval; None where there is none."""
    value, between = score.counts.f1, score.f1
    if value is None or between is None:
        return None
    return Whisker(at=SIDE * value, low=SIDE * between.low, high=SIDE * between.high)


def _dot(across: float, up: float, *, radius: float, size: int = 0) -> Dot:
    x, y = _placed(across, up)
    return Dot(x=x, y=y, radius=radius, across=across, up=up, size=size)


def _placed(across: float, up: float) -> tuple[float, float]:
    return SIDE * across, SIDE * (1 - up)


def _path(points: Iterable[tuple[float, float]]) -> str:
    """Join points by straight lines; the empty path for none."""
    places = [f"{x:.2f} {y:.2f}" for x, y in points]
    return "M" + "L".join(places) if places else ""
