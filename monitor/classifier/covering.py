"""Sixth stage, covering: which announcement of an article gives way to a surer one about the same work."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.classifier.candidates import Candidate
from monitor.classifier.endings import ends_with, headlined_end, turned
from monitor.classifier.joining import names_it, platforms_meet
from monitor.classifier.score import Scored
from monitor.vocabulary import Kind, Status

#: A recorded kind yields to an alerted one about the same work and season.
_RANK = {Kind.RENEWAL: 0, Kind.NEW_ORIGINAL: 0, Kind.CANCELLATION: 1, Kind.ACQUISITION: 2, Kind.RELEASE_DATE: 3}
#: How much surer of two readings of a work outweighs what they say.
_FAR = 0.2
#: Characters between what renews and the works that go on.
_RENEWED = 6
#: What a statement has that names episodes and no new work.
_ONLY_COUNTED = frozenset({"noun bare", "nothing new said", "with format"})


def covered(head: Scored, others: Sequence[Scored], threshold: float) -> bool:
    """Whether one of those about the same work, or of all where it has no title, is surer and of a weightier kind."""
    mine = head.candidate
    for other in others:
        its = other.candidate
        if mine.title is None:
            more = _more_of_it(mine, its) and other.confidence >= max(threshold, head.confidence)
            told = _derived(mine, its) or _counted(mine, its) or _renewed(mine, its)
            if more or (told and other.confidence >= threshold):
                return True
        elif other is head or other.confidence < threshold:
            continue
        elif (verdict := _outweighed(head, other)) is not None:
            return verdict
    return False


def _derived(mine: Candidate, its: Candidate) -> bool:
    """Whether a spin-off without title, told as more of what it is made from, is told as a new work, too."""
    if mine.title is not None or "object spinoff" not in mine.features or its.kind is not Kind.NEW_ORIGINAL:
        return False
    source = {m.value for m in mine.reading.of("credited")}
    told = its.reading.has("spinoff") or any(m.value in source for m in its.reading.of("credited"))
    named = [t.start for t in mine.reading.of("title") if t.value == its.title]  # "le spin-off « X »"
    told = told or any(0 <= start - m.end <= 1 for start in named for m in mine.reading.of("spinoff"))
    return told and platforms_meet(mine, its)


def _counted(mine: Candidate, its: Candidate) -> bool:
    """Whether a headline only counts the episodes of a work that the lead says goes on: "OCS commande dix épisodes"."""
    bare = mine.reading.sentence.zone == "headline" and mine.features >= _ONLY_COUNTED
    more = its.kind is Kind.RENEWAL and its.title is not None and its.reading.sentence.prominent
    return bare and more and "with format" in its.features and platforms_meet(mine, its)


def _renewed(mine: Candidate, its: Candidate) -> bool:
    """Whether the works that a headline speaks of go on: "le renouvellement de deux séries", "renews two series"."""
    if its.kind is not Kind.RENEWAL or its.title is None or not mine.cues or not platforms_meet(mine, its):
        return False
    return any(0 <= mine.cues[0].start - m.end <= _RENEWED for m in mine.reading.of("renew"))


def _outweighed(head: Scored, other: Scored) -> bool | None:
    """Whether one of two announcements about the same work gives way to the other; None where both may stand."""
    mine, its = head.candidate, other.candidate
    if Status.DENIED in (mine.status, its.status):
        return _denies(its, mine) or None
    if {mine.kind, its.kind} == {Kind.NEW_ORIGINAL, Kind.RENEWAL}:
        return _yields(head, other)
    if mine.kind is Kind.RENEWAL and its.kind is Kind.CANCELLATION and headlined_end(its, mine):
        return not turned(its, mine, head.confidence)
    if mine.kind is Kind.CANCELLATION and its.kind is Kind.RENEWAL:
        return ends_with(mine, its) or turned(mine, its, other.confidence) or None
    if mine.kind is its.kind is Kind.RENEWAL and (its.season or 0) > (mine.season or 99):
        return not _in_one_breath(mine, its)  # the season before is what the news is told with
    same_season = mine.season == its.season or mine.season is None
    weightier = _RANK[its.kind] < _RANK[mine.kind] and same_season
    return True if mine.kind is Kind.RELEASE_DATE and (weightier or its.kind is Kind.NEW_ORIGINAL) else None


def _in_one_breath(one: Candidate, other: Candidate) -> bool:
    """Whether two seasons are told as one piece of news: "les saisons 2 et 3"."""
    return other.season in one.together or one.season in other.together


def _denies(its: Candidate, mine: Candidate) -> bool:
    """Whether headline or lead deny what is said of the same season elsewhere: the rumour is told with its denial."""
    same = mine.kind is its.kind and mine.season == its.season and mine.status is not its.status
    return same and its.status is Status.DENIED and its.reading.sentence.prominent


def _more_of_it(mine: Candidate, its: Candidate) -> bool:
    """Whether one speaks of an unnamed new work where a sentence, or the headline, says that a work goes on."""
    unnamed = mine.kind is Kind.NEW_ORIGINAL and mine.title is None
    if not unnamed or its.kind is not Kind.RENEWAL:
        return False
    fresh = bool(mine.features & {"new!", "noun indefinite"}) or bool(mine.people)
    headlined = its.reading.sentence.zone == "headline" and not fresh and platforms_meet(mine, its)
    return headlined or mine.reading.sentence.index == its.reading.sentence.index


def _yields(one: Scored, other: Scored) -> bool:
    """Whether one reading of a work, as new or as going on, gives way to the other: to a season, else to the surer."""
    further = [item for item in (one, other) if _further(item.candidate)]
    if len(further) == 1 and not _fainter(further[0], other if further[0] is one else one):
        return one is not further[0]
    if one.confidence == other.confidence:
        return one.candidate.kind is Kind.NEW_ORIGINAL
    return one.confidence < other.confidence


def _fainter(further: Scored, new: Scored) -> bool:
    """Whether "prépare la suite" names no work, and another sentence says far more surely that one is new."""
    unnamed = further.candidate.season is None and not names_it(further.candidate)
    return unnamed and new.confidence - further.confidence > _FAR


def _further(candidate: Candidate) -> bool:
    """Whether a statement speaks of more of a work in so many words."""
    return candidate.kind is Kind.RENEWAL and bool(
        candidate.season
        or candidate.rescued
        or any(m.group in ("season", "more", "sequel") for m in candidate.cues[:1])
    )
