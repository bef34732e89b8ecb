"""Fourth stage, what is said outright: an act, by a channel, on a work or a season, and nothing around it in doubt.

Weights of single features add up, and an order that somebody recalls, asks about or wishes for is still an order: the
act alone cannot speak as loudly as it should where nothing of the sort is near. Of our training articles a strong act
alone is right in 63 of 100 cases (renewal: 67); with its channel, in front, and no doubt, in 89 (98 with a season).
"""

from __future__ import annotations

from dataclasses import replace

from monitor.classifier.candidates import Candidate
from monitor.vocabulary import Kind

_NEW_ACTS = frozenset({"act order!", "act order", "act announce!", "act develop!", "act shoot!", "new!"})
#: What else is done to a new work, firm enough in the text: of a headline's words too many are of casts.
_ALSO_FIRM = frozenset({"act adapt!", "act cast!"})
#: What is firm where the text tells it as news of a work with its title: "il tourne en ce moment « X » pour TF1".
_AS_NEWS = frozenset({"told as news", "titled"})
_ANY_ACT = frozenset({"act shoot", "act develop", "act cast", "act adapt"})
_RENEWING = frozenset(
    {"act renew!", "act renew", "act order!", "act order", "act shoot!", "act develop!", "act confirm"}
)
_BOUGHT_BY = frozenset({"platform beside it", "platform acts"})
_MORE = frozenset({"object season", "object more", "object sequel"})
#: "Netflix renouvelle X": of what is strong enough, no season need be named.
_RENEWED = frozenset({"act renew!", "platform acts", "title beside it"})
#: "TF1 prolonge X": a weaker word is enough where the channel does it to that very work.
_DONE_TO_IT = frozenset({"act renew", "the channel does it", "title beside it", "object none"})
_FRONT = frozenset({"zone headline", "zone standfirst", "zone lead"})
#: "TF1 renouvelle trois séries", and the text names them: "X, Y et Z reviendront à l'antenne".
_NAMED_AFTER = frozenset({"the headline renews works", "title beside it"})
_NO_SEASON = (_RENEWED, _DONE_TO_IT, _NAMED_AFTER)
#: What speaks of a broadcast: no doubt of what a channel orders in that breath ("TF1 commande X, diffusée en mars").
_BROADCAST = frozenset({"launch piece", "released", "seen already"})
_SURELY = frozenset({"the channel does it", "the headline renews works"})
#: What raises a doubt, of either kind.
_DOUBTS = frozenset(
    {
        "asked", "negated", "wished", "undecided", "refuted", "act denied", "recalled", "past date", "in passing",
        "aside", "launch piece", "released", "with negation", "with past", "with piece", "review or list",
        "about a person", "outside scope", "headline asks", "article wishes", "article undecided", "not serious",
        "about something else", "origin unknown", "headline people", "headline piece", "rumoured", "hearsay in front",
        "somebody presents it", "a film for cinemas",
        "act in the past", "said of then", "seen already", "looks back", "years ago",
    }
)  # fmt: skip
#: Of these, what tells nothing of a sentence of the text: whom it also credits, and of whom the headline speaks.
_ONLY_IN_FRONT = frozenset({"with credit", "headline people"})
#: What keeps a new work, or one that goes on, from being told without a doubt.
NOT_NEW = _DOUBTS | {
    "already out", "ends", "bought", "with cancel", "nothing new said",
    "no platform", "film without a platform", "untitled with a new post", "called a sequel",
    "story told", "named further on", "with credit",
}  # fmt: skip
NOT_ON = _DOUBTS | {"no television", "no title", "season definite", "nothing beside it"}


def without_broadcast(features: frozenset[str]) -> frozenset[str]:
    """Leave out, where a channel does something with a work, that a broadcast is spoken of, too."""
    return features - _BROADCAST if features & _SURELY else features


def _made(features: frozenset[str]) -> bool:
    """Whether a new work is made, firmly; in the text more words say so."""
    if features & _NEW_ACTS or features & _FRONT:
        return bool(features & _NEW_ACTS)
    return bool(features & _ALSO_FIRM) or (features >= _AS_NEWS and bool(features & _ANY_ACT))


def _in_the_text(doubts: frozenset[str]) -> frozenset[str]:
    """Leave out what raises a doubt in front only, where the text says it: "prépare X avec les scénaristes de Y"."""
    return doubts if doubts & _FRONT else doubts - _ONLY_IN_FRONT


def said_outright(candidate: Candidate) -> Candidate:
    """Add to a statement's features that it is said outright, where it is."""
    features = candidate.features
    doubts = without_broadcast(features)
    if candidate.kind is Kind.NEW_ORIGINAL:
        whole = _made(features) and bool(features & _BOUGHT_BY) and not _in_the_text(doubts) & NOT_NEW
    elif candidate.kind is Kind.RENEWAL:
        said = bool(features & _RENEWING and features & _MORE) or any(features >= one for one in _NO_SEASON)
        whole = said and not doubts & NOT_ON
    else:
        return candidate
    if not whole:
        return candidate
    where = "said outright" if features & _FRONT else "said outright further on"
    return replace(candidate, features=features | {where})
