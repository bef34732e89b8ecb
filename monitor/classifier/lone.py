"""Fourth stage, a headline without an article, as many feeds have it: what it says plainly is all there is.

The weights are learnt from whole articles, where the text says again what the headline does, names the channel and
counts the episodes. Of a headline alone nobody can expect that: where it says who does what with which work, and raises
no doubt, what the text would add is not missing.
"""

from __future__ import annotations

from dataclasses import replace

from monitor.classifier.candidates import Candidate
from monitor.classifier.context import Page
from monitor.classifier.outright import NOT_NEW, NOT_ON, without_broadcast
from monitor.vocabulary import Kind

#: What is done to a new work; of these the ones that are said firmly.
_MADE = frozenset({"act order", "act order!", "act develop!", "act shoot", "act shoot!", "act adapt!", "act cast!"})
#: What shows a work, which says that it is made where it is called new, or what sort of work it is.
_SHOWN = frozenset({"act announce", "act announce!"})
_NEW = frozenset({"new", "new!", "described by work"})
#: What is said of a work that goes on.
_GOES_ON = frozenset(
    {"act renew!", "act renew", "act order!", "act order", "act shoot!", "act develop!", "act confirm"}
)
_MORE = frozenset({"object season", "object more"})
#: What tells, where nothing else does, that a work may be French.
_LIKELY = frozenset({"a French title", "a French name"})
#: Zones of a feed's entry.
_ENTRY = frozenset({"headline", "standfirst"})


def is_lone(page: Page) -> bool:
    """Whether there is nothing to read but a headline and its summary."""
    return all(reading.sentence.zone in _ENTRY for reading in page.readings)


def said_by_headline(candidate: Candidate) -> Candidate:
    """Add to a statement of a lone headline that it says everything, where it does."""
    features = without_broadcast(candidate.features)
    doubts = features - {"origin unknown"} if features & _LIKELY else features
    if candidate.kind is Kind.NEW_ORIGINAL:
        made = features & _MADE or (features & _SHOWN and features & _NEW)
        told = bool(made) and "platform beside it" in features and not doubts & NOT_NEW
    elif candidate.kind is Kind.RENEWAL:
        beside = "title beside it" in features
        bare = "platform beside it" in features and "act renew" in features and "act order" not in features
        goes_on = features & _MORE or bare
        shot = "act shoot!" in features  # "clap de départ pour la saison 2"
        doubts = doubts - {"season definite"} if shot else doubts
        told = bool(features & _GOES_ON) and beside and bool(goes_on) and not doubts & NOT_ON
    else:
        return candidate
    outright = {"said outright"} if told and "act shoot" in features else set[str]()  # "Arte tourne « X » à Sète"
    return replace(candidate, features=features | {"the headline says it all"} | outright) if told else candidate
