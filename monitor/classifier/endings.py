"""Sixth stage: an end and a renewal of one work, told in one article: which of them is meant."""

from __future__ import annotations

from monitor.classifier.candidates import Candidate

#: How sure a text must be that a work goes on whose headline ends it.
_SURE = 0.7


def headlined_end(end: Candidate, renewal: Candidate) -> bool:
    """Whether the headline says that a work ends, and a renewal of it is only inferred, in a sentence without its name.

    "Les Falaises s'arrête, Sœurs de sel aura une saison 2": what goes on, further down, is the other one.
    """
    if renewal.rescued:
        return False
    front, named = end.reading.sentence.zone == "headline", "title beside it" in renewal.features
    return front and renewal.reading.sentence.zone != "headline" and not named


def turned(end: Candidate, renewal: Candidate, confidence: float) -> bool:
    """Whether the text turns a headline about one work: "On la disait finie : « X » ..." has a sure renewal below."""
    if end.reading.sentence.zone != "headline" or renewal.rescued or confidence < _SURE:
        return False
    if end.season is not None and renewal.season == end.season:
        return False
    return len({t.value for t in end.reading.of("title")}) == 1


def ends_with(end: Candidate, renewal: Candidate) -> bool:
    """Whether an end is told with the last season that is still to come: of that the renewal tells, once."""
    return renewal.final and end.season in (None, renewal.season)
