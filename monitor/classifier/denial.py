"""Fourth stage: what is said not to be so, a further season, or an end."""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitor.classifier.entities import Reading, distance
from monitor.classifier.phrases import Mark
from monitor.classifier.rescue import left, rescues

#: Characters between an ending and the season or act it speaks of.
_END = 45
#: An act that follows an ending as closely is what ends: "annule le renouvellement", "renonce à reconduire".
_GOVERNED = 12
#: Characters that a denial reaches.
_DENIED = 110
#: Characters between "pas" and what is not done: "n'a pas été commandée".
_ACT = 6
#: Characters between a title and what it is: "« X », une série".
_APPOSED = 4
#: Where somebody goes on to what he does not deny: "dément les rumeurs, mais prépare une série".
_TURNS = re.compile(r"[,;:!?()]| (?:et|mais|puis|and|but|then|while) ")
#: What is told about somebody who denies it, and says nothing against his denial.
DENIAL = frozenset({"refuted", "negated", "with negation", "act denied", "undecided"})


def negated(reading: Reading, mark: Mark) -> bool:
    """Whether a negation stands right before: "pas de saison 2", "ne sera pas prolongée", "won't renew"."""
    return any(0 <= mark.start - m.end <= 1 for m in reading.of("negation"))


def denied(reading: Reading, anchor: Mark) -> bool:
    """Whether somebody denies what is said of a season: "dément avoir commandé une saison 2"."""
    for denial in reading.of("refuted"):
        if denial.strength == 3 and 0 <= anchor.start - denial.end <= _DENIED and not negated(reading, denial):
            between = [m for m in reading.all("cancel", "confirm", "renew") if denial.end <= m.start < anchor.start]
            return not any(m.group in ("cancel", "confirm") and m.value not in denial.value for m in between)
    return False


def denies_a_work(reading: Reading, anchor: Mark) -> bool:
    """Whether somebody denies what is said of a new work: "dément préparer une série"; in one breath, or not at all."""
    plain, said_of = reading.sentence.plain, _said_of(reading, anchor)
    return any(
        denial.strength == 3
        and 0 <= anchor.start - denial.end <= _DENIED
        and not negated(reading, denial)
        and (not _TURNS.search(plain, denial.end, said_of.start) or _spelt_out(reading, denial, anchor))
        for denial in reading.of("refuted")
    )


def _said_of(reading: Reading, anchor: Mark) -> Mark:
    """Give the title that words for a work explain, which is what is denied: "dément préparer « X », une série"."""
    return next((t for t in reading.of("title") if 0 <= anchor.start - t.end <= _APPOSED), anchor)


def _spelt_out(reading: Reading, denial: Mark, anchor: Mark) -> bool:
    """Whether a colon leads to what is denied, which is said not to be: "dément : « X » n'a pas été commandée"."""
    if not reading.sentence.plain[denial.end : anchor.start].lstrip().startswith(":"):
        return False
    acts = [m for m in reading.all("order", "announce", "shoot") if m.start > denial.end]
    nots = [m.end for m in reading.of("negation")]
    return bool(acts) and all(any(0 <= act.start - end <= _ACT for end in nots) for act in acts)


def end_denied(reading: Reading, end: Mark) -> bool:
    """Whether it is an end that does not come: "ne s'arrête pas", "dément l'arrêt de X", "échappe à l'annulation"."""
    if any(m.strength == 3 and m.start < end.start and end.end <= m.end for m in reading.of("renew")):
        return True
    after = any(0 <= m.start - end.end <= 1 for m in reading.of("negation"))
    refuted = any(0 <= end.start - m.end <= 40 for m in reading.of("refuted"))
    return after or refuted or negated(reading, end)


def ends(reading: Reading, anchor: Mark, close: Iterable[Mark]) -> bool:
    """Whether it is said to end: not where the end is denied, nor where a rescue follows ("annulée, X ressuscite")."""
    if _taken_up(reading):
        return False
    said = list(close)
    again = [m for m in said if m.group == "renew" and m.strength == 3 and not negated(reading, m)]
    for end in said:
        if end.group != "cancel" or end.strength < 3 or distance(end, anchor) > _END or end_denied(reading, end):
            continue
        if not any(m.start > end.end + _GOVERNED or 0 <= end.start - m.end <= 6 for m in again):
            return True
    return False


def ends_after_all(reading: Reading, act: Mark) -> bool:
    """Whether what was renewed ends all the same: "renouvelée au printemps, X est annulée". Of one work only."""
    if act.group != "renew" or len({t.value for t in reading.of("title")}) > 1 or _taken_up(reading):
        return False
    return any(m.start > act.end and m.strength == 3 and not end_denied(reading, m) for m in reading.of("cancel"))


def _taken_up(reading: Reading) -> bool:
    """Whether a sentence about one work tells that it goes on elsewhere: "arrêtée par TF1, X aura une suite sur C8"."""
    if len({t.value for t in reading.of("title")}) > 1:
        return False
    if any(not negated(reading, m) for m in rescues(reading.marks)):
        return True
    gone = left(reading.marks, reading.sentence)
    if not gone or all(m in gone or m.strength < 2 for m in reading.of("platform")):
        return False
    goes_on = [m for m in reading.all("renew", "order", "season", "more") if m.strength > 1]
    return bool(goes_on) and not reading.has("negation")
