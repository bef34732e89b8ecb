"""The words of a feed that messages don't have, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from monitor.alerts.text import Language

WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "fr": {
        "all": "Cocorico\u00a0: tout ce qui s’annonce",
        "named": "Cocorico\u00a0: {}",
        "about": "Créations françaises et renouvellements, avec la phrase qui l’annonce.",
        "season": "saison\u00a0{}",
        "last": "saison\u00a0{}, la dernière",
        "last_bare": "la dernière saison",
        "others": "Aussi annoncé par",
        "disputed": "Les sources se contredisent",
        "changes": "Ce qui a changé",
        "first": "D’abord annoncé",
        "read": "Lire l’article",
        "colon": "\u00a0:",
        "dash": "—",
        "earlier": "Date annoncée avant",
        "reader": "un lecteur",
    },
    "en": {
        "all": "Cocorico: everything announced",
        "named": "Cocorico: {}",
        "about": "French originals and renewals, with the sentence that says so.",
        "season": "season\u00a0{}",
        "last": "season\u00a0{}, its last",
        "last_bare": "the final season",
        "others": "Also announced by",
        "disputed": "Sources contradict each other",
        "changes": "What changed",
        "first": "First told",
        "read": "Read the article",
        "colon": ":",
        "dash": "—",
        "earlier": "Date announced before",
        "reader": "a reader",
    },
}
