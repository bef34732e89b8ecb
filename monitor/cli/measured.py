"""An evaluation as `--json` shows it: the keys here are promised to programs, see docs/commands.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from monitor.cli import explain, shapes
from monitor.cli.shapes import Shape
from monitor.learning.evaluate import Evaluation, Mistake, Slice
from monitor.learning.facts import FactScore, Fit, Pair
from monitor.learning.labelled import Fact
from monitor.learning.measure import (
    KINDS,
    Calibration,
    Choice,
    Counts,
    Interval,
    Ordinary,
    Score,
    Step,
    average_precision,
)
from monitor.vocabulary import Kind


def shape(corpus: str, found: Evaluation) -> Shape:
    """Give everything that was measured."""
    return {
        "corpus": corpus,
        "articles": found.total.articles,
        "threshold": found.threshold,
        "floor": found.floor,
        "kinds": _kinds(found.total.kinds),
        "ordinary": _ordinary(found.total.ordinary),
        "groups": [
            {"dimension": group.dimension, "value": group.value, **_slice(group.scores)} for group in found.groups
        ],
        "front": {
            kind.value: {"announced": front.announced, "read": front.read, "recall": _rounded(front.recall)}
            for kind, front in found.front.items()
        },
        "facts": {name: _facts(score) for name, score in found.facts.items()},
        "calibration": _calibration(found.calibration),
        "curves": {kind.value: _curve(found.curve, kind) for kind in KINDS},
        "thresholds": [_choice(choice) for choice in found.choices],
        "errors": [_mistake(mistake) for mistake in found.mistakes],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _slice(scores: Slice) -> Shape:
    return {"articles": scores.articles, "kinds": _kinds(scores.kinds), "ordinary": _ordinary(scores.ordinary)}


def _kinds(kinds: Mapping[Kind, Score]) -> Shape:
    return {
        kind.value: {
            **_counts(score.counts),
            "intervals": {
                "precision": _interval(score.precision),
                "recall": _interval(score.recall),
                "f1": _interval(score.f1),
            },
        }
        for kind, score in kinds.items()
    }


def _counts(counts: Counts) -> Shape:
    return {
        "right": counts.right,
        "false": counts.false,
        "missed": counts.missed,
        "precision": _rounded(counts.precision),
        "recall": _rounded(counts.recall),
        "f1": _rounded(counts.f1),
    }


def _interval(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [round(interval.low, 4), round(interval.high, 4)]


def _ordinary(found: Ordinary) -> Shape:
    return {"articles": found.articles, "flagged": found.flagged, "per_thousand": _rounded(found.per_thousand)}


def _facts(score: FactScore) -> Shape:
    return {
        "announced": score.announced,
        "found": score.found,
        "read": score.read,
        "right": score.right,
        "recall": _rounded(score.recall),
        "precision": _rounded(score.precision),
        "fields": {
            name: {
                "pairs": field.pairs,
                "exact": _rounded(field.exact_share),
                "lenient": _rounded(field.lenient_share),
            }
            for name, field in score.fields.items()
        },
    }


def _calibration(found: Calibration) -> Shape:
    bins = [
        {
            "low": one.low,
            "high": one.high,
            "size": one.size,
            "confidence": _rounded(one.confidence),
            "right": _rounded(one.right),
        }
        for one in found.bins
    ]
    return {"error": _rounded(found.error), "pairs": found.pairs, "left_out": found.left_out, "bins": bins}


def _curve(steps: Sequence[Step], kind: Kind) -> Shape:
    points = [
        {
            "threshold": step.threshold,
            "precision": _rounded(step.kinds[kind].precision),
            "recall": _rounded(step.kinds[kind].recall),
        }
        for step in steps
    ]
    return {"average_precision": _rounded(average_precision(steps, kind)), "points": points}


def _choice(choice: Choice) -> Shape:
    return {
        "threshold": choice.step.threshold,
        **_counts(choice.step.both),
        "kinds": {kind.value: _counts(counts) for kind, counts in choice.step.kinds.items()},
        "alerts_per_thousand": _rounded(choice.alerts),
        "false_alarms_per_thousand": _rounded(choice.ordinary.per_thousand),
    }


def _mistake(mistake: Mistake) -> Shape:
    article = mistake.article
    why = explain.shape(article.id, article.document.title, mistake.explanation)
    return {
        "id": article.id,
        "title": article.document.title,
        "wrong_label": mistake.wrong_label,
        "expected": _sorted(mistake.expected),
        "read": _sorted(mistake.read),
        "missed": [_fact(fact) for fact in mistake.missed],
        "extra": shapes.announcements(mistake.extra),
        "astray": [_pair(pair) for pair in mistake.astray],
        "aside": shapes.announcements(mistake.aside),
        "explanation": {key: why[key] for key in ("language", "topic", "candidates")},
    }


def _sorted(label: Iterable[Kind]) -> list[str]:
    return sorted(kind.value for kind in label)


def _fact(fact: Fact) -> Shape:
    return {
        "kind": fact.kind.value,
        "title": fact.title,
        "season": fact.season,
        "platforms": list(fact.platforms),
        "status": fact.status.value,
    }


def _pair(pair: Pair) -> Shape:
    return {
        "fields": [field for field, fit in pair.fits().items() if fit is Fit.WRONG],
        "expected": _fact(pair.fact),
        "read": shapes.announcement(pair.announcement),
    }
