"""Sixth stage, joining: which of two statements about one fact is quoted, and how certain both together make it."""

from __future__ import annotations

import re

from monitor.classifier.candidates import Candidate
from monitor.vocabulary import Kind, Status

#: How features name that somebody joins a work or that it is prepared; another act with a "!" says more by itself.
_UNDECIDED = ("act cast", "act develop")
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

    A star alone confirms nothing: who joins a work that is still being written makes it no order. Nor does who
    "prepares" it.
    """
    both = {one.status, other.status}
    if both == {Status.CONFIRMED, Status.IN_DEVELOPMENT}:
        sure = one if one.status is Status.CONFIRMED else other
        return Status.IN_DEVELOPMENT if _orders_nothing(sure) else Status.CONFIRMED
    order = list(Status)
    return max(both, key=order.index)


def _has_the_day(one: Candidate) -> bool:
    plain = one.reading.sentence.plain
    return any(_DIGIT.search(plain, m.start, m.end) for m in one.reading.of("release"))


def _orders_nothing(one: Candidate) -> bool:
    """Whether a statement firmly says no more than who plays, or that it is prepared: "Canal+ prépare une série"."""
    firm = {name for name in one.features if name.startswith("act ") and name.endswith("!")}
    told = any(name.startswith(_UNDECIDED) for name in one.features)
    return told and firm <= {f"{act}!" for act in _UNDECIDED}


def platforms_meet(one: Candidate, other: Candidate) -> bool:
    """Whether two statements may be of one platform: none of them names another."""
    if one.channels & set(other.platforms) or other.channels & set(one.platforms):
        return True
    return not one.platforms or not other.platforms or bool(set(one.platforms) & set(other.platforms))


def names_it(one: Candidate) -> bool:
    """Whether a statement names its work itself, and does not only go on about it."""
    return "title from the topic" not in one.features
