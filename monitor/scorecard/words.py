"""The words of the scorecard, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from monitor.alerts.text import Language
from monitor.vocabulary import Kind

#: What a figure counts: one, and more or none.
KINDS: Final[Mapping[Language, Mapping[Kind, tuple[str, str]]]] = {
    "fr": {
        Kind.NEW_ORIGINAL: ("nouvelle création", "nouvelles créations"),
        Kind.RENEWAL: ("renouvellement", "renouvellements"),
        Kind.CANCELLATION: ("arrêt", "arrêts"),
    },
    "en": {
        Kind.NEW_ORIGINAL: ("new original", "new originals"),
        Kind.RENEWAL: ("renewal", "renewals"),
        Kind.CANCELLATION: ("cancellation", "cancellations"),
    },
}

MONTHS: Final[Mapping[Language, tuple[str, ...]]] = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}

#: key: (French, English)
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "title": ("Créations françaises", "French originals"),
    "lead": (
        "Commandées, renouvelées, arrêtées\u00a0: ce que les diffuseurs ont annoncé, avec la source de chaque annonce.",
        "Ordered, renewed, cancelled: what platforms announced, with the source of each announcement.",
    ),
    "as_of": ("État au {day}", "As of {day}"),
    "years": ("Années", "Years"),
    "by_year": ("D’année en année", "Year by year"),
    "by_month": ("Mois par mois", "Month by month"),
    "by_platform": ("Par diffuseur", "By platform"),
    "platform": ("Diffuseur", "Platform"),
    "bars": ("En un coup d’œil", "At a glance"),
    "kept": ("Reconduites", "Kept"),
    "kept_help": (
        "part des œuvres renouvelées parmi celles dont la suite a été décidée",
        "share of works renewed among those whose future was decided",
    ),
    "no_platform": ("Diffuseur non précisé", "Platform not named"),
    "list": ("Liste", "List"),
    "nothing": ("Rien d’annoncé cette année-là.", "Nothing announced in that year."),
    "empty": (
        "Rien n’est encore connu\u00a0: laissez tourner Cocorico, puis refaites cette page.",
        "Nothing is known yet: let Cocorico run, then make this page again.",
    ),
    "more": ("{count} de plus qu’en {year}", "{count} more than in {year}"),
    "less": ("{count} de moins qu’en {year}", "{count} fewer than in {year}"),
    "same": ("autant qu’en {year}", "as many as in {year}"),
    "season": ("saison\u00a0{season}", "season\u00a0{season}"),
    "last": ("la dernière", "its last"),
    "month": ("{month}\u00a0: {figures}", "{month}: {figures}"),
    "counted": (
        "Compté dans l’année de la première annonce, pour le premier diffuseur cité ; ni rumeurs, ni démentis.",
        "Counted in the year of the first announcement, for the platform named first; no rumours, no denials.",
    ),
    "bounds": (
        "Cocorico ne voit que ce que publient les médias qu’il surveille ; les œuvres étrangères n’en sont pas.",
        "Cocorico only sees what the outlets that it watches publish; foreign works are left out.",
    ),
    "made": ("Page faite par Cocorico", "Page made by Cocorico"),
}


def say(key: str, language: Language, **values: object) -> str:
    """Give a phrase, its places filled in."""
    return WORDS[key][0 if language == "fr" else 1].format(**values)


def noun(kind: Kind, number: int, language: Language) -> str:
    """Give what a figure counts, as its number asks: French has no plural below two."""
    one, more = KINDS[language][kind]
    return one if number == 1 or (number == 0 and language == "fr") else more
