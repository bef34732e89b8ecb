"""One article, one refusal: that a season is denied is no end of the work as well."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.types import Announcement
from monitor.vocabulary import Kind, Status


def told_once(found: Sequence[Announcement]) -> tuple[Announcement, ...]:
    """Leave out ends that are only told by the season that the same article denies.

    "Non, « X » n'aura pas de saison 2. TF1 dément": nothing ends, a rumour does. Where it says that the work is
    cancelled, too, both are told.
    """
    denied = {(one.title, one.season) for one in found if one.kind is Kind.RENEWAL and one.status is Status.DENIED}
    return tuple(one for one in found if not (_only_unsaid(one) and (one.title, one.season) in denied))


def _only_unsaid(said: Announcement) -> bool:
    """Tell whether a work ends only since it is to have no further season: no word says that anybody ends it."""
    ended = said.final or any(cue.startswith("cancel:") for cue in said.evidence.cues)
    return said.kind is Kind.CANCELLATION and said.season is not None and not ended
