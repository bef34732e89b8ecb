"""Sixth stage, joining: which of two statements about one fact is quoted, and how certain both together make it."""

from __future__ import annotations

import re

from monitor.classifier.candidates import Candidate
from monitor.vocabulary import Kind, Status

#: How a feature names that somebody joins a work; another act with a "!" says more of it by itself.
_CAST = "act cast"
#: What a day has, and the words of a release that is only foretold have not: "le 12 janvier", "on May 4".
_DIGIT = re.compile(r"\d")


def says_it_better(other: Candidate, first: Candidate) -> bool:
    """Whether to quote another statement: one in front; of a release date, of those in front one that has the day."""
    if other.reading.sentence.prominent is not first.reading.sentence.prominent:
        return other.reading.sentence.prominent
    dated = other.kind is Kind.RELEASE_DATE and other.reading.sentence.prominent
    return dated and _has_the_day(other) and not _has_the_day(first)


def joint_status(one: Candidate, other: Candidate) -> Status:
    """Tell how certain a fact is that two statements tell: what is confirmed stays so, hearsay yields to a project.

    A star alone confirms nothing: who joins a work that is still being written makes it no order.
    """
    both = {one.status, other.status}
    if both == {Status.CONFIRMED, Status.IN_DEVELOPMENT}:
        sure = one if one.status is Status.CONFIRMED else other
        return Status.IN_DEVELOPMENT if _only_cast(sure) else Status.CONFIRMED
    order = list(Status)
    return max(both, key=order.index)


def _has_the_day(one: Candidate) -> bool:
    plain = one.reading.sentence.plain
    return any(_DIGIT.search(plain, m.start, m.end) for m in one.reading.of("release"))


def _only_cast(one: Candidate) -> bool:
    """Whether a statement firmly says no more than who plays: "to star in Netflix series"."""
    firm = {name for name in one.features if name.startswith("act ") and name.endswith("!")}
    return any(name.startswith(_CAST) for name in one.features) and firm <= {f"{_CAST}!"}
