"""What the command line says of sources, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: key: (English, French)
SOURCES: Final[Mapping[str, tuple[str, str]]] = {
    # how a listing stands
    "listing.ok": ("ok", "à jour"),
    "listing.unchanged": ("unchanged", "inchangée"),
    "listing.empty": ("empty but valid", "vide mais valable"),
    "listing.moved": ("moved", "déménagée"),
    "listing.not_a_feed": ("not a feed", "pas un flux"),
    "listing.consent_wall": ("consent wall", "mur de consentement"),
    "listing.blocked": ("blocked", "bloquée"),
    "listing.gone": ("gone for good", "disparue"),
    "listing.failed": ("failing", "en panne"),
    # move
    "move.done": ("{id} is polled at {url} from now on.", "{id} est désormais relevée à {url}."),
    "move.stays": (
        "{id} has not moved: its address answers without a permanent redirect.",
        "{id} n'a pas déménagé : son adresse répond sans redirection permanente.",
    ),
    "move.config": (
        "{id} is of the configuration. Write this into cocorico.toml, and it is polled there from the next start on:",
        "{id} vient de la configuration. Écrivez ceci dans cocorico.toml : elle y est relevée au prochain démarrage.",
    ),
}
