"""Words for features of `tense`, of what had ended, and of how a work is introduced. English and French."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MOMENTS: Final[Mapping[str, tuple[str, str]]] = {
    "rescued": ("a work that had ended is taken up again", "une œuvre arrêtée est reprise"),
    "the last one": ("it is to be the last", "ce sera la dernière"),
    "several seasons": ("several seasons at once", "plusieurs saisons d'un coup"),
    "something else goes on": ("a festival or a stage goes on", "c'est un festival ou une scène qui continue"),
    "only spoken of": ("coming episodes are spoken of, and nothing is done", "on parle d'épisodes à venir, sans plus"),
    "shoot halted": (
        "a shoot is interrupted, and was known before",
        "un tournage est interrompu, on le connaissait déjà",
    ),
    "in passing": ("it is mentioned in passing", "c'est évoqué en passant"),
    "given its name": ("the text says how it is called", "le texte dit comment elle s'appelle"),
    "recalled": ("it is recalled, not news", "c'est un rappel, pas une nouvelle"),
    "only a memory": ("it is told as a memory", "c'est raconté comme un souvenir"),
    "years ago": ("it was done years ago", "c'était fait il y a des années"),
    "looks back": ("the article looks back", "l'article regarde en arrière"),
    "past date": ("it has a date in the past", "la date est passée"),
    "act in the past": ("it was done before, in the past", "c'était fait avant, au passé"),
    "act in the future": ("it will be done", "c'est à venir, au futur"),
    "act just now": ("it has just been done, or is being done", "cela vient d'être fait, ou est en cours"),
    "sentence in the past": ("the sentence tells the past", "la phrase parle du passé"),
    "sentence ahead": ("the sentence tells what will be", "la phrase parle de ce qui vient"),
    "time to come": ("a time to come is named", "un moment à venir est nommé"),
    "a day or month": ("a day or a month is named", "un jour ou un mois est nommé"),
    "said of then": ("it is said of back then", "c'est dit d'une autre époque"),
    "released": ("it comes out, or is out: only a date of broadcast", "ce n'est qu'une date de diffusion"),
    "seen already": ("it has been seen already", "on l'a déjà vue"),
    "we make it": ("those who make it say so", "ceux qui la font le disent"),
    "told besides": ("it is told besides other news", "c'est dit en plus d'autres nouvelles"),
    "told as news": ("it is told as news, not as a memory", "c'est donné comme une nouvelle, pas comme un souvenir"),
}
