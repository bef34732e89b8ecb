"""How well readings agree with labels: counts, scores and their intervals, calibration, what a threshold costs. Pure.

An article is read as announcing a kind when the surest announcement of that kind reaches the threshold. A reading that
equals one of the labels in `also_ok` is no error: that label is what the article is then measured against.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.vocabulary import Kind

Label = frozenset[Kind]
#: For each of `KINDS`: "right", "false", "missed" or "" (neither announced nor read).
Outcome = tuple[str, ...]
#: Draws as many outcomes again, each by chance: what a bootstrap resamples with.
Draw = Callable[[Sequence[Outcome]], Sequence[Outcome]]

KINDS: Final = (Kind.NEW_ORIGINAL, Kind.RENEWAL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """One article: what is right, and how sure the classifier is of each kind."""

    label: Label
    also_ok: tuple[Label, ...] = ()
    confidences: Mapping[Kind, float]  #: of the surest announcement, 0 to 1; a kind that was not considered is absent

    def read(self, threshold: float) -> Label:
        """Tell what is read at a threshold."""
        return frozenset(kind for kind, confidence in self.confidences.items() if confidence >= threshold)

    def right(self, threshold: float) -> Label:
        """Tell the label that the reading is measured against: another one than its own only where that is as good."""
        read = self.read(threshold)
        return read if read in self.also_ok else self.label

    def outcome(self, threshold: float) -> Outcome:
        """Compare reading and label, kind by kind."""
        read, right = self.read(threshold), self.right(threshold)
        return tuple(_outcome(read=kind in read, right=kind in right) for kind in KINDS)


def _outcome(*, read: bool, right: bool) -> str:
    if read:
        return "right" if right else "false"
    return "missed" if right else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """Articles of one kind. A share of nothing is None."""

    right: int = 0  #: announced, and read
    false: int = 0  #: read, and not announced
    missed: int = 0  #: announced, and not read

    @property
    def precision(self) -> float | None:
        """Share of what is read that is announced."""
        return share(self.right, self.right + self.false)

    @property
    def recall(self) -> float | None:
        """Share of what is announced that is read."""
        return share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None when nothing is announced and nothing read."""
        return share(2 * self.right, 2 * self.right + self.false + self.missed)


def share(part: float, whole: float) -> float | None:
    """Divide; None for a share of nothing."""
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a measure lies with 95% confidence."""

    low: float
    high: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """How well one kind is read; an interval is None where its measure is."""

    counts: Counts
    precision: Interval | None = None
    recall: Interval | None = None
    f1: Interval | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Ordinary:
    """Articles that announce nothing, and those of them that are read as announcing something."""

    articles: int
    flagged: int

    @property
    def per_thousand(self) -> float | None:
        """False alarms per 1,000 articles that announce nothing."""
        return share(1000 * self.flagged, self.articles)


def count(outcomes: Iterable[Outcome]) -> dict[Kind, Counts]:
    """Count the outcomes of each kind."""
    return _tally(Counter(outcomes))


def _tally(seen: Mapping[Outcome, int]) -> dict[Kind, Counts]:
    totals: Counter[tuple[Kind, str]] = Counter()
    for outcome, times in seen.items():
        for kind, how in zip(KINDS, outcome, strict=True):
            totals[kind, how] += times
    return {
        kind: Counts(right=totals[kind, "right"], false=totals[kind, "false"], missed=totals[kind, "missed"])
        for kind in KINDS
    }


def scores(outcomes: Sequence[Outcome], draw: Draw, *, resamples: int = 1000) -> dict[Kind, Score]:
    """Count the outcomes of each kind, with 95% bootstrap intervals over articles.

    The intervals are percentiles over resamples; one in which a measure is a share of nothing doesn't count for it.
    """
    drawn = [_tally(Counter(draw(outcomes))) for _ in range(resamples)] if outcomes else []
    return {
        kind: Score(
            counts=counts,
            precision=_interval(one[kind].precision for one in drawn),
            recall=_interval(one[kind].recall for one in drawn),
            f1=_interval(one[kind].f1 for one in drawn),
        )
        for kind, counts in count(outcomes).items()
    }


def _interval(values: Iterable[float | None]) -> Interval | None:
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    return Interval(known[math.floor(0.025 * len(known))], known[math.ceil(0.975 * len(known)) - 1])


def ordinary(articles: Iterable[Weighed], threshold: float) -> Ordinary:
    """Count false alarms among the articles whose own label is empty."""
    empty = [article for article in articles if not article.label]
    flagged = sum(bool(article.read(threshold) - article.right(threshold)) for article in empty)
    return Ordinary(articles=len(empty), flagged=flagged)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bin:
    """Readings about as sure as each other, and how often such a reading is right."""

    low: float
    high: float
    size: int
    confidence: float | None  #: mean; None for an empty bin
    right: float | None  #: share


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibration:
    """Whether "80% sure" is right eight times in ten.

    Measured over pairs of an article and a kind that the classifier considered at all. A pair whose kind stands in one
    of the article's acceptable labels and not in another is left out: no answer to it is wrong.
    """

    bins: tuple[Bin, ...]
    error: float | None  #: expected calibration error: mean distance of confidence and share right, weighted by size
    pairs: int
    left_out: int


def calibration(articles: Sequence[Weighed], *, bins: int = 10) -> Calibration:
    """Sort what the classifier considered by how sure it is, in bins of equal width."""
    considered = [(confidence, _truth(article, kind)) for article in articles for kind, confidence in _sorted(article)]
    pairs = [(confidence, right) for confidence, right in considered if right is not None]
    filled = tuple(_bin(pairs, number, bins) for number in range(bins))
    gap = sum(b.size * abs(b.confidence - b.right) for b in filled if b.confidence is not None and b.right is not None)
    return Calibration(
        bins=filled, error=share(gap, len(pairs)), pairs=len(pairs), left_out=len(considered) - len(pairs)
    )


def _sorted(article: Weighed) -> list[tuple[Kind, float]]:
    return [(kind, article.confidences[kind]) for kind in KINDS if kind in article.confidences]


def _truth(article: Weighed, kind: Kind) -> bool | None:
    """Tell whether an article announces a kind; None where one may well say either."""
    answers = {kind in label for label in (article.label, *article.also_ok)}
    return answers.pop() if len(answers) == 1 else None


def _bin(pairs: Sequence[tuple[float, bool]], number: int, bins: int) -> Bin:
    inside = [(confidence, right) for confidence, right in pairs if min(int(confidence * bins), bins - 1) == number]
    return Bin(
        low=number / bins,
        high=(number + 1) / bins,
        size=len(inside),
        confidence=share(math.fsum(confidence for confidence, _ in inside), len(inside)),
        right=share(sum(right for _, right in inside), len(inside)),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What is read at a threshold."""

    threshold: float
    kinds: Mapping[Kind, Counts]

    @property
    def both(self) -> Counts:
        """Both kinds counted together."""
        them = self.kinds.values()
        return Counts(
            right=sum(one.right for one in them),
            false=sum(one.false for one in them),
            missed=sum(one.missed for one in them),
        )


def curve(articles: Sequence[Weighed]) -> tuple[Step, ...]:
    """Measure at every threshold that changes a reading, the highest first."""
    return tuple(_steps(articles))


def _steps(articles: Sequence[Weighed]) -> Iterator[Step]:
    by_confidence: dict[float, list[Weighed]] = {}
    for article in articles:
        for confidence in set(article.confidences.values()):
            by_confidence.setdefault(confidence, []).append(article)
    above = math.inf
    seen = Counter(article.outcome(above) for article in articles)
    for threshold in sorted(by_confidence, reverse=True):
        for article in by_confidence[threshold]:
            seen[article.outcome(above)] -= 1
            seen[article.outcome(threshold)] += 1
        above = threshold
        yield Step(threshold=threshold, kinds=_tally(seen))


def average_precision(steps: Iterable[Step], kind: Kind) -> float | None:
    """Area under the precision-recall curve, step by step: 1 when every announcement is surer than all else."""
    area, reached = 0.0, 0.0
    known = False
    for step in steps:
        precision, recall = step.kinds[kind].precision, step.kinds[kind].recall
        if precision is not None and recall is not None:
            known = True
            area += max(0.0, recall - reached) * precision
            reached = max(reached, recall)
    return area if known else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What a subscription gets that asks for a confidence (`min_confidence`)."""

    step: Step
    alerts: float | None  #: articles read as announcing something, per 1,000 articles of this corpus
    ordinary: Ordinary


def choices(articles: Sequence[Weighed], thresholds: Iterable[float]) -> tuple[Choice, ...]:
    """Measure at thresholds to choose from."""
    return tuple(
        Choice(
            step=Step(threshold=threshold, kinds=count(article.outcome(threshold) for article in articles)),
            alerts=share(1000 * sum(bool(article.read(threshold)) for article in articles), len(articles)),
            ordinary=ordinary(articles, threshold),
        )
        for threshold in thresholds
    )
