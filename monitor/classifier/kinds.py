"""Fourth stage: which kind of news a statement about an existing work is."""

from __future__ import annotations

from monitor.classifier.denial import denied, ends, ends_after_all, negated
from monitor.classifier.entities import Reading
from monitor.classifier.phrases import Mark
from monitor.vocabulary import Kind

_OWN_KIND = {"cancel": Kind.CANCELLATION, "acquire": Kind.ACQUISITION, "release": Kind.RELEASE_DATE}


def kind_of(reading: Reading, anchor: Mark, close: list[Mark], acts: list[Mark]) -> Kind:
    """Tell what a statement about a work that exists is: that it goes on, ends, is bought, or on which day it comes.

    Args:
        anchor: what the statement is about: a season, more of a work, or an act that needs neither.
        close: what is said around it.
        acts: what is done, strongest first.
    """
    if anchor.group in _OWN_KIND:
        return _OWN_KIND[anchor.group]
    if denied(reading, anchor):
        return Kind.RENEWAL
    clause = reading.clause(anchor)
    here = [m for m in close if reading.clause(m) == clause]
    refused = negated(reading, anchor) or any(negated(reading, m) for m in here if m.group in ("order", "renew"))
    if refused or ends(reading, anchor, here) or ends_after_all(reading, anchor):
        return Kind.CANCELLATION
    firm = [m for m in acts if m.group in ("order", "renew", "shoot", "develop")]
    if any(m.group == "acquire" for m in here) and not [m for m in firm if m.strength == 3]:
        return Kind.ACQUISITION
    strong = [m for m in firm if m.strength == 3 or m.group in ("develop", "shoot")]
    if anchor.group == "more":  # "fera son retour à l'antenne avec vingt nouveaux épisodes"
        strong += [m for m in firm if m.group == "renew" and m.strength > 1]
    # "« X » saison 3 : la date de retour": the colon of a headline parts nothing.
    told = close if reading.sentence.zone == "headline" and anchor.group == "season" else here
    if (
        any(m.group == "release" and m.strength > 1 for m in told)
        and not strong
        and not any(m.group == "confirm" and not _of_a_date(reading, m) for m in told)
    ):
        return Kind.RELEASE_DATE
    return Kind.RENEWAL


def _of_a_date(reading: Reading, act: Mark) -> bool:
    """Whether what is told is a date: "TF1 annonce la date de diffusion" confirms no season."""
    return any(0 <= date.start - act.end <= 2 for date in reading.of("release") if date.strength > 1)
