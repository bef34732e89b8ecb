"""Words of `cocorico watch`, `rules` and `why`, as `words.py` has those of the other commands: (English, French)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WATCH: Final[Mapping[str, tuple[str, str]]] = {
    "watch.kind": ("What", "Quoi"),
    "watch.name": ("Name", "Nom"),
    "origin": ("Origin", "Origine"),
    "watch.source": ("Taken from", "Provenance"),
    "watch.work": ("work", "œuvre"),
    "watch.person": ("person", "personne"),
    "watch.producer": ("producer", "producteur"),
    "watch.source.hand": ("added by hand", "ajouté à la main"),
    "watch.source.csv": ("a list", "une liste"),
    "watch.source.trakt": ("Trakt", "Trakt"),
    "watch.source.sonarr": ("Sonarr", "Sonarr"),
    "watch.source.configuration": ("configuration", "configuration"),
    "watch.added": (
        "Watching {name}; a running daemon knows it within seconds.",
        "{name} est surveillé ; un démon en marche le sait en quelques secondes.",
    ),
    "watch.known": ("{name} is on the watchlist already.", "{name} est déjà sur la liste."),
    "watch.removed": ("{name} is watched no longer.", "{name} n'est plus surveillé."),
    "watch.nothing": (
        "Nothing is watched yet: `cocorico watch add NAME`, or `cocorico watch import FILE`.",
        "Rien n'est encore surveillé : `cocorico watch add NOM`, ou `cocorico watch import FICHIER`.",
    ),
    "watch.imported": (
        "Read: {read}. Added: {added}; the others were there already.",
        "Lus : {read}. Ajoutés : {added} ; les autres y étaient déjà.",
    ),
    "watch.would_import": (
        "Read: {read}. Nothing was added (--dry-run).",
        "Lus : {read}. Rien n'a été ajouté (--dry-run).",
    ),
}
