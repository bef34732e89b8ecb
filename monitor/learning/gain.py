"""The few scores by which one model is compared with another."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.learning.evaluate import Evaluation


def scores(found: Evaluation) -> Mapping[str, float]:
    """Give F1 of each kind, over articles, and F1 of facts, over announcements: 0 to 1, of nothing 0."""
    by_kind = {kind.value: _f1(one.counts.precision, one.counts.recall) for kind, one in found.total.kinds.items()}
    facts = found.facts["both"]
    return {**by_kind, "facts": _f1(facts.precision, facts.recall)}


def _f1(precision: float | None, recall: float | None) -> float:
    if not precision or not recall:
        return 0.0
    return round(2 * precision * recall / (precision + recall), 6)
