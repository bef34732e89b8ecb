"""The words of a message, in French and in English: data, no logic.

Placeholders of `FACTS`: {thing} "Nouvelle série Netflix", {noun} "série Netflix", {title} the quoted title or "projet
sans titre de …", {season} "une saison 2", {where} " (OCS, AMC)" or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from monitor.vocabulary import Kind, Status, WorkType

Language = Literal["fr", "en"]

QUOTES: Mapping[Language, str] = {"fr": "«\u00a0{}\u00a0»", "en": "“{}”"}

#: What separates a label from its value: French puts a no-break space before colons and semicolons.
COLON: Mapping[Language, str] = {"fr": "\u00a0:", "en": ":"}

SEMICOLON: Mapping[Language, str] = {"fr": "\u00a0;", "en": ";"}

AND: Mapping[Language, str] = {"fr": " et ", "en": " and "}

MONTHS: Mapping[Language, tuple[str, ...]] = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}

#: Work type: the noun, and the noun as something new.
NOUNS: Mapping[Language, Mapping[WorkType, tuple[str, str]]] = {
    "fr": {
        WorkType.SERIES: ("série", "Nouvelle série"),
        WorkType.FILM: ("film", "Nouveau film"),
        WorkType.DOCUMENTARY: ("documentaire", "Nouveau documentaire"),
        WorkType.ANIMATION: ("création animée", "Nouvelle création animée"),
        WorkType.REALITY: ("émission", "Nouvelle émission"),
        WorkType.UNKNOWN: ("création", "Nouvelle création"),
    },
    "en": {
        WorkType.SERIES: ("series", "New {} series"),
        WorkType.FILM: ("film", "New {} film"),
        WorkType.DOCUMENTARY: ("documentary", "New {} documentary"),
        WorkType.ANIMATION: ("animated title", "New {} animated title"),
        WorkType.REALITY: ("reality show", "New {} reality show"),
        WorkType.UNKNOWN: ("original", "New {} original"),
    },
}

UNTITLED: Mapping[Language, Mapping[str, str]] = {
    "fr": {"short": "projet sans titre", "long": "Un projet sans titre", "for": " pour {}", "by": "de {}"},
    "en": {"short": "untitled project", "long": "An untitled project", "for": " for {}", "by": "by {}"},
}

SEASON: Mapping[Language, Mapping[str, str]] = {
    "fr": {
        "one": "une saison {}",
        "any": "une nouvelle saison",
        "last": "une saison {}, la dernière",
        "any_last": "une dernière saison",
        "bare": "saison\u00a0{}",
    },
    "en": {
        "one": "season {}",
        "any": "another season",
        "last": "season {}, its last",
        "any_last": "a final season",
        "bare": "season\u00a0{}",
    },
}

#: The fact in one line: it is the subject of the mail and the headline of the story.
FACTS: Mapping[Language, Mapping[Kind, Mapping[Status, str]]] = {
    "fr": {
        Kind.NEW_ORIGINAL: {
            Status.CONFIRMED: "{thing}\u00a0: {title}",
            Status.IN_DEVELOPMENT: "{thing} en développement\u00a0: {title}",
            Status.RUMOURED: "{thing}, selon une rumeur\u00a0: {title}",
            Status.DENIED: "Démenti\u00a0: {title}, {noun}",
        },
        Kind.RENEWAL: {
            Status.CONFIRMED: "{title} aura {season}{where}",
            Status.IN_DEVELOPMENT: "{title}\u00a0: {season}, en développement{where}",
            Status.RUMOURED: "{title} pourrait avoir {season}{where}",
            Status.DENIED: "{title}\u00a0: {season}, c’est démenti{where}",
        },
        Kind.CANCELLATION: {
            Status.CONFIRMED: "{title} s’arrête{where}",
            Status.IN_DEVELOPMENT: "{title} devrait s’arrêter{where}",
            Status.RUMOURED: "{title} pourrait s’arrêter{where}",
            Status.DENIED: "{title}\u00a0: l’arrêt est démenti{where}",
        },
        Kind.ACQUISITION: {
            Status.CONFIRMED: "{title}\u00a0: droits acquis{where}",
            Status.IN_DEVELOPMENT: "{title}\u00a0: droits en négociation{where}",
            Status.RUMOURED: "{title}\u00a0: droits acquis, selon une rumeur{where}",
            Status.DENIED: "{title}\u00a0: l’acquisition est démentie{where}",
        },
        Kind.RELEASE_DATE: {
            Status.CONFIRMED: "{title}\u00a0: la date de sortie est connue{where}",
            Status.IN_DEVELOPMENT: "{title}\u00a0: la sortie se prépare{where}",
            Status.RUMOURED: "{title}\u00a0: une date de sortie circule{where}",
            Status.DENIED: "{title}\u00a0: la date de sortie est démentie{where}",
        },
    },
    "en": {
        Kind.NEW_ORIGINAL: {
            Status.CONFIRMED: "{thing}: {title}",
            Status.IN_DEVELOPMENT: "{thing} in development: {title}",
            Status.RUMOURED: "{thing}, rumour has it: {title}",
            Status.DENIED: "Denied: {title}, {noun}",
        },
        Kind.RENEWAL: {
            Status.CONFIRMED: "{title} gets {season}{where}",
            Status.IN_DEVELOPMENT: "{title}: {season}, in development{where}",
            Status.RUMOURED: "{title} may get {season}{where}",
            Status.DENIED: "{title}: {season} denied{where}",
        },
        Kind.CANCELLATION: {
            Status.CONFIRMED: "{title} is cancelled{where}",
            Status.IN_DEVELOPMENT: "{title} is set to end{where}",
            Status.RUMOURED: "{title} may be cancelled{where}",
            Status.DENIED: "{title}: cancellation denied{where}",
        },
        Kind.ACQUISITION: {
            Status.CONFIRMED: "{title}: rights acquired{where}",
            Status.IN_DEVELOPMENT: "{title}: rights under negotiation{where}",
            Status.RUMOURED: "{title}: rights acquired, rumour has it{where}",
            Status.DENIED: "{title}: acquisition denied{where}",
        },
        Kind.RELEASE_DATE: {
            Status.CONFIRMED: "{title} has a release date{where}",
            Status.IN_DEVELOPMENT: "{title}: release in preparation{where}",
            Status.RUMOURED: "{title}: rumoured release date{where}",
            Status.DENIED: "{title}: release date denied{where}",
        },
    },
}

KINDS: Mapping[Language, Mapping[Kind, str]] = {
    "fr": {
        Kind.NEW_ORIGINAL: "Nouvelle création",
        Kind.RENEWAL: "Renouvellement",
        Kind.CANCELLATION: "Arrêt",
        Kind.ACQUISITION: "Acquisition",
        Kind.RELEASE_DATE: "Date de sortie",
    },
    "en": {
        Kind.NEW_ORIGINAL: "New original",
        Kind.RENEWAL: "Renewal",
        Kind.CANCELLATION: "Cancellation",
        Kind.ACQUISITION: "Acquisition",
        Kind.RELEASE_DATE: "Release date",
    },
}

STATUSES: Mapping[Language, Mapping[Status, str]] = {
    "fr": {
        Status.CONFIRMED: "confirmé",
        Status.IN_DEVELOPMENT: "en développement",
        Status.RUMOURED: "rumeur",
        Status.DENIED: "démenti",
    },
    "en": {
        Status.CONFIRMED: "confirmed",
        Status.IN_DEVELOPMENT: "in development",
        Status.RUMOURED: "rumoured",
        Status.DENIED: "denied",
    },
}

#: Names of the fields of a story that can change (`Change.field`).
FIELDS: Mapping[Language, Mapping[str, str]] = {
    "fr": {"status": "Certitude", "season": "Saison", "platforms": "Plateformes", "title": "Titre", "kind": "Nature"},
    "en": {"status": "Certainty", "season": "Season", "platforms": "Platforms", "title": "Title", "kind": "Kind"},
}

#: Everything else, looked up by name from the templates.
WORDS: Mapping[Language, Mapping[str, str]] = {
    "fr": {
        "update": "Mise à jour",
        "changed": "Ce qui change",
        "type": "Type",
        "season": "Saison",
        "last_season": "{}, la dernière",
        "platform": "Plateforme",
        "platforms": "Plateformes",
        "people": "De",
        "producers": "Production",
        "certainty": "Certitude",
        "read": "Lire l’article",
        "others": "Aussi annoncé par",
        "in_article": "Dans l’article",
        "also": "Également dans cet article",
        "more": "et {} autres dans l’article",
        "why": "Reçu pour l’abonnement",
        "cues": "indices",
        "no_link": "L’adresse de l’article n’est pas sûre\u00a0: elle n’est pas reproduite.",
        "motto": "chante quand une création française s’annonce",
    },
    "en": {
        "update": "Update",
        "changed": "What changed",
        "type": "Type",
        "season": "Season",
        "last_season": "{}, its last",
        "platform": "Platform",
        "platforms": "Platforms",
        "people": "By",
        "producers": "Producers",
        "certainty": "Certainty",
        "read": "Read the article",
        "others": "Also announced by",
        "in_article": "In the article",
        "also": "Also in this article",
        "more": "and {} more in the article",
        "why": "Sent for the subscription",
        "cues": "cues",
        "no_link": "The article’s address is not safe and was left out.",
        "motto": "crows when a French original is announced",
    },
}
