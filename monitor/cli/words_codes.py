"""Codes of closed vocabularies that stand in tables and on cards: in English as programs know them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: key: (English, French). What a source is, and how its pages end: read in which way, or refused for which reason.
CODES: Final[Mapping[str, tuple[str, str]]] = {
    "sort.feed": ("feed", "flux"),
    "sort.sitemap": ("sitemap", "plan du site"),
    "sort.section": ("section", "rubrique"),
    "how.template": ("template", "gabarit du site"),
    "how.column": ("column", "colonne de texte"),
    "how.fast": ("fast", "lecture rapide"),
    "how.full": ("full", "lecture complète"),
    "how.listing": ("listing", "titre et résumé du flux"),
    "how.given": ("given", "texte fourni"),
    "how.too_short": ("too_short", "trop court"),
    "how.consent_wall": ("consent_wall", "demande de consentement"),
    "how.paywall": ("paywall", "pour abonnés"),
    "how.challenge": ("challenge", "demande de preuve d'être humain"),
    "how.soft_404": ("soft_404", "dit qu'il n'y a rien"),
    "how.gated": ("gated", "pour certains lecteurs"),
    "how.unavailable": ("unavailable", "site en travaux"),
    "how.not_an_article": ("not_an_article", "pas un article"),
    "how.not_html": ("not_html", "pas une page web"),
    "how.too_large": ("too_large", "trop grand"),
    "how.robots": ("robots", "interdit par robots.txt"),
    "how.reserved": ("reserved", "fouille réservée"),
    "how.forbidden": ("forbidden", "refusé"),
    "how.rate_limited": ("rate_limited", "trop de demandes"),
    "how.not_found": ("not_found", "introuvable"),
    "how.gone": ("gone", "disparu"),
    "how.http_error": ("http_error", "erreur du serveur"),
    "how.network": ("network", "réseau"),
    "how.timeout": ("timeout", "pas de réponse à temps"),
    "how.address": ("address", "adresse interdite"),
    "how.crashed": ("crashed", "lecture interrompue"),
}
