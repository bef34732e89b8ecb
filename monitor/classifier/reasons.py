"""What each feature means, in English and in French: a feature in, a short phrase for people who know television out.

A feature is a word of its own ("asked": those are in `wording`) or a family and a group of the lexicon ("act renew!",
"headline order").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

from monitor.classifier.wording import ALONE, Phrase

Language = Literal["fr", "en"]

#: French blanks at which no line breaks.
_FIRM: Final = re.compile(r" (?=[:;?!»])|(?<=«) ")

#: Groups of the lexicon and the gazetteer, as what they say.
GROUPS: Final[Mapping[str, Phrase]] = {
    "acquire": ("a purchase", "un achat"),
    "adapt": ("an adaptation", "une adaptation"),
    "announce": ("an announcement", "une annonce"),
    "cancel": ("an ending", "un arrêt"),
    "cast": ("a cast", "une distribution"),
    "cinema": ("cinemas", "le cinéma en salles"),
    "clause": ("another statement", "une autre affirmation"),
    "confirm": ("a confirmation", "une confirmation"),
    "credit": ("somebody's former work", "le travail passé de quelqu'un"),
    "deal": ("a deal", "un accord"),
    "describe": ("what sort of work it is", "le genre de l'œuvre"),
    "develop": ("a development", "un développement"),
    "final": ("the last one, or an end", "la dernière, ou une fin"),
    "format": ("number or length of episodes", "nombre ou durée des épisodes"),
    "host": ("somebody who presents it", "quelqu'un qui la présente"),
    "maker": ("who writes or directs", "qui écrit ou réalise"),
    "more": ("more of it", "une suite"),
    "negation": ("a “not”", "une négation"),
    "new": ("something new", "de la nouveauté"),
    "order": ("an order", "une commande"),
    "ordinal": ("a second, a third...", "une deuxième, une troisième..."),
    "outside": ("something that is no series", "autre chose qu'une série"),
    "past": ("the past", "le passé"),
    "people": ("news about a person", "l'actualité d'une personne"),
    "person": ("somebody who makes French works", "quelqu'un qui fait des œuvres françaises"),
    "piece": ("a review, list or recap", "une critique, une liste ou un récapitulatif"),
    "plan": ("a plan", "un projet"),
    "producer": ("a production company", "une société de production"),
    "release": ("a release date", "une date de diffusion"),
    "remake": ("a remake", "un remake"),
    "renew": ("a renewal", "un renouvellement"),
    "said": ("somebody's words", "des propos rapportés"),
    "season": ("a numbered season", "une saison numérotée"),
    "sequel": ("a sequel or special", "une suite ou un épisode spécial"),
    "shoot": ("a shoot", "un tournage"),
    "show": ("a known programme", "une émission connue"),
    "spinoff": ("a spin-off", "une série dérivée"),
    "sport": ("sport", "le sport"),
    "title": ("a title", "un titre d'œuvre"),
    "work": ("a word for a work", "un mot pour une œuvre"),
    "work.animation": ("an animated work", "une œuvre d'animation"),
    "work.any": ("a work of some sort", "une œuvre"),
    "work.documentary": ("a documentary", "un documentaire"),
    "work.film": ("a film", "un film"),
    "work.reality": ("a reality or competition show", "une téléréalité ou un concours"),
    "work.series": ("a series", "une série"),
    "works": ("one or more works, counted", "une ou plusieurs œuvres, comptées"),
}

#: Acts, as what is said to happen.
ACTS: Final[Mapping[str, Phrase]] = {
    "adapt": ("it is an adaptation", "c'est une adaptation"),
    "announce": ("it is announced", "c'est annoncé"),
    "cast": ("it is being cast", "on en fait la distribution"),
    "confirm": ("it is confirmed", "c'est confirmé"),
    "develop": ("it is being developed", "c'est en développement"),
    "order": ("it is ordered", "c'est commandé"),
    "renew": ("it is renewed", "c'est reconduit"),
    "shoot": ("it is being shot", "c'est en tournage"),
}
#: How firmly an act is said, by the sign at the end of its feature.
_FIRMNESS: Final[Mapping[str, Phrase]] = {
    "!": ("{}, in so many words", "{}, noir sur blanc"),
    "~": ("{}, perhaps", "{}, peut-être"),
    "": ("{}, it seems", "{}, semble-t-il"),
}
#: Families of features about a group: where it stands.
_PLACES: Final[Mapping[str, Phrase]] = {
    "with": ("beside it: {}", "à côté : {}"),
    "headline": ("in the headline: {}", "dans le titre : {}"),
    "neighbour": ("in the next sentence: {}", "dans la phrase suivante : {}"),
    "object": ("it names {}", "on y nomme {}"),
    "anchor": ("it names {}", "on y nomme {}"),
    "described by": ("right after the title: {}", "juste après le titre de l'œuvre : {}"),
    "sort": ("it is called {}", "on l'appelle {}"),
}

#: Why something is left out, the most telling first, whatever else speaks against it.
BLOCKING: Final = (
    *("asked", "wished", "denied", "recalled", "past date", "not serious", "rumoured", "undecided", "in passing"),
    *("of a programme", "known programme", "known foreign work", "already out", "running show", "bought", "released"),
    *("a film for cinemas", "somebody presents it", "untitled under a deal", "untitled with a new post"),
    *(
        "looks back",
        "years ago",
        "only a memory",
        "a film to a series",
        "somebody's own plans",
        "a review, and nothing is made",
    ),
    *("outside scope", "no television", "article wishes", "article undecided", "hearsay in front", "headline asks"),
)


def phrase(feature: str, language: Language) -> str:
    """Put a feature into words; one that has none comes in its own, made readable."""
    found = _found(feature)
    if found is None:
        return feature.rstrip("!~").replace(".", " ")
    return _FIRM.sub("\u00a0", found[1]) if language == "fr" else found[0]


def is_named(feature: str) -> bool:
    """Whether a feature has words of its own; those for single words of the sentence need none."""
    return feature.startswith("word ") or _found(feature) is not None


def group_of(feature: str) -> str | None:
    """Name the group of cues that a feature is about, if the words for it stand in the sentence."""
    family, _, group = feature.rstrip("!~").partition(" ")
    return group if family in ("act", "object", "anchor") and group != "title" else None


def _found(feature: str) -> Phrase | None:
    if feature in ALONE:
        return ALONE[feature]
    bare = feature.rstrip("!~")
    family, _, group = bare.rpartition(" ")
    family = family.removesuffix(" vague")  # of a sort that a word only hints at
    if family == "act" and group in ACTS:
        return _filled(_FIRMNESS[feature[len(bare) :]], ACTS[group])
    if family == "sort":
        group = f"work.{group}"
    return _filled(_PLACES[family], GROUPS[group]) if family in _PLACES and group in GROUPS else None


def _filled(place: Phrase, thing: Phrase) -> Phrase:
    return place[0].format(thing[0]), place[1].format(thing[1])
