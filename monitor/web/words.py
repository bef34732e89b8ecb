"""Every word of the pages, in English and in French; sentences about a story are those of the messages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from monitor.alerts.text import Language

LANGUAGES: Final[tuple[Language, Language]] = ("en", "fr")

#: key: (English, French)
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "motto": ("watches the news, and crows", "veille sur les annonces, et chante"),
    "home": ("Home", "Accueil"),
    # the index
    "lead": (
        "New French originals and renewals, read in the entertainment press as they are announced.",
        "Les créations françaises et les renouvellements, lus dans la presse au moment où ils sont annoncés.",
    ),
    "latest": ("Latest", "Dernières annonces"),
    "none_yet": ("Nothing was announced yet.", "Rien n’a encore été annoncé."),
    "sources": ("sources", "sources"),
    "stories": ("stories", "annonces"),
    "week": ("in seven days", "en sept jours"),
    "judged": ("judged", "jugées"),
    "precision": ("right, you say", "justes, selon vous"),
    "feeds": ("Follow", "Suivre"),
    "feeds_say": (
        "In a feed reader or a calendar: everything, or one subscription.",
        "Dans un lecteur de flux ou un agenda : tout, ou un abonnement.",
    ),
    "everything": ("Everything", "Tout"),
    "calendar": ("Calendar", "Agenda"),
    "machines": ("For machines", "Pour les machines"),
    "healthz": ("is it alive?", "est-il en vie ?"),
    "readyz": ("does it work?", "travaille-t-il ?"),
    "metrics": ("figures for Prometheus", "chiffres pour Prometheus"),
    "retracted": ("called wrong", "dit faux"),
    "judge": ("Right or wrong?", "Juste ou faux ?"),
    # a verdict
    "ask.right": ("Was this right?", "Était-ce juste ?"),
    "ask.wrong": ("What is wrong?", "Qu’est-ce qui est faux ?"),
    "recorded_if": (
        "Nothing is recorded until you press a button.",
        "Rien n’est enregistré tant que vous n’appuyez pas sur un bouton.",
    ),
    "says_so": ("The sentence that says so", "La phrase qui le dit"),
    "read_at": ("Read it at {outlet}", "Lire chez {outlet}"),
    "carried": ("Carried by {outlets}", "Annoncé par {outlets}"),
    "do.right": ("It’s right", "C’est juste"),
    "do.wrong": ("It’s wrong: nothing of the sort was announced", "C’est faux : rien de tel n’a été annoncé"),
    "title.ask": ("The title is wrong", "Le titre est faux"),
    "title.label": ("The right title", "Le bon titre"),
    "season.ask": ("The season is wrong", "La saison est fausse"),
    "season.label": ("The right season", "La bonne saison"),
    "duplicate.ask": ("It was announced already", "C’était déjà annoncé"),
    "duplicate.label": ("It is the same as", "C’est la même annonce que"),
    "duplicate.id": ("Or the id of the story it repeats", "Ou l’identifiant de l’annonce qu’elle répète"),
    "duplicate.id_alone": ("The id of the story it repeats", "L’identifiant de l’annonce qu’elle répète"),
    "correct": ("Correct it", "Corriger"),
    "merge": ("Put them together", "Réunir"),
    "what.right": (
        "This is right: it stays, and counts for us.",
        "C’est juste : l’annonce reste, et compte pour nous.",
    ),
    "what.wrong": (
        "This is wrong: it is taken back, and nobody hears of it again.",
        "C’est faux : l’annonce est retirée, et personne n’en entendra plus parler.",
    ),
    "said.right": ("You say that it is right.", "Vous dites que c’est juste."),
    "said.wrong": (
        "You say that it is wrong. It is taken back, and nobody hears of it again.",
        "Vous dites que c’est faux. L’annonce est retirée, et personne n’en entendra plus parler.",
    ),
    "said.title": ("You say that it is called “{value}”.", "Vous dites que le titre est « {value} »."),
    "said.season": ("You say that it is season {value}.", "Vous dites que c’est la saison {value}."),
    "said.duplicate": ("You say that it was announced already.", "Vous dites que c’était déjà annoncé."),
    "thanks": ("Thank you.", "Merci."),
    "undo": ("Take it back", "Annuler ce jugement"),
    "other": ("Or say something else", "Ou dites autre chose"),
    "more": ("Or is something wrong?", "Ou quelque chose est-il faux ?"),
    # what went wrong
    "error.404": ("There is nothing here", "Il n’y a rien ici"),
    "error.404.do": (
        "The address is mistyped, or what was here is gone.",
        "L’adresse est mal écrite, ou la page n’existe plus.",
    ),
    "error.405": ("Not like this", "Pas ainsi"),
    "error.405.do": ("This page takes no such request.", "Cette page n’accepte pas cette demande."),
    "error.500": ("Something broke", "Quelque chose a cassé"),
    "error.500.do": ("It is our fault, and in the log.", "C’est notre faute ; le journal en garde la trace."),
    "error.503": ("Not now", "Pas maintenant"),
    "error.503.do": (
        "What we remember can’t be read or written. Try again in a minute; `cocorico doctor` says why.",
        "La mémoire ne peut être ni lue ni écrite. Réessayez dans une minute ; `cocorico doctor` dit pourquoi.",
    ),
    "error.forged": ("This link is not one of ours", "Ce lien n’est pas des nôtres"),
    "error.forged.do": (
        "It lost a part on its way, or was made by somebody else. Open it from the message again.",
        "Il a perdu un morceau en route, ou quelqu’un d’autre l’a fait. Ouvrez-le à nouveau depuis le message.",
    ),
    "error.expired": ("This link is too old", "Ce lien est trop ancien"),
    "error.expired.do": (
        "Links work for sixty days. `cocorico verdicts add` works for ever.",
        "Les liens servent soixante jours. `cocorico verdicts add` sert toujours.",
    ),
    "error.unknown": ("This story is gone", "Cette annonce n’existe plus"),
    "error.unknown.do": (
        "It was put together with another one, or the database is a new one.",
        "Elle a été réunie à une autre, ou la base de données est nouvelle.",
    ),
    "error.value": ("That can’t be recorded", "Cela ne peut pas être enregistré"),
    "error.title": (
        "Write the right title, on one line of at most 200 characters.",
        "Écrivez le bon titre, sur une ligne d’au plus 200 caractères.",
    ),
    "error.season": (
        "Write the right season, a number from 1 to 999.",
        "Écrivez la bonne saison, un nombre de 1 à 999.",
    ),
    "error.duplicate": (
        "Choose the story that this one repeats, or write the id of another one of its kind.",
        "Choisissez l’annonce que celle-ci répète, ou écrivez l’identifiant d’une autre du même genre.",
    ),
    "back": ("Back", "Retour"),
}

_RANGE: Final = re.compile(r"\s*([a-z*]{1,8})(?:-[a-z0-9-]*)?\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?))?\s*", re.IGNORECASE)


def word(key: str, language: Language, **values: object) -> str:
    """Give a phrase in a language, its places filled in."""
    return WORDS[key][LANGUAGES.index(language)].format(**values)


def preferred(accept: str) -> Language:
    """Choose a language from an Accept-Language header; English when it asks for neither (RFC 9110, 12.5.4)."""
    best: dict[str, float] = {}
    for given in accept[:500].split(","):
        if found := _RANGE.fullmatch(given):
            name, weight = found[1].lower(), float(found[2] or 1)
            best[name] = max(weight, best.get(name, 0.0))
    return "fr" if best.get("fr", 0.0) > best.get("en", best.get("*", 0.0)) else "en"
