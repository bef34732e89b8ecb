"""The words of an evaluation, in English and in French, on the terminal and in the report; and how numbers look."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from monitor.alerts.text import Language
from monitor.learning.measure import Interval

#: key: (English, French)
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "title": ("How well Cocorico reads", "Comment Cocorico lit"),
    "subtitle": (
        "{corpus} · {articles} labelled articles · announcements at least {threshold} sure",
        "{corpus} · {articles} articles étiquetés · annonces sûres à {threshold} au moins",
    ),
    "kinds": ("What articles announce", "Ce que les articles annoncent"),
    "kinds_help": (
        (
            "An article counts once a kind. Precision: share of what is read that is announced. Recall: share"
            " of what is announced that is read. F1: their harmonic mean. In brackets, 95% intervals "
            "(bootstrap over articles)."
        ),
        (
            "Un article compte une fois par type. Précision : part de ce qui est lu qui est annoncé. Rappel :"
            " part de ce qui est annoncé qui est lu. F1 : leur moyenne harmonique. Entre crochets, "
            "intervalles à 95 % (bootstrap sur les articles)."
        ),
    ),
    "kind": ("Kind", "Type"),
    "announced": ("Announced", "Annoncés"),
    "right": ("Right", "Justes"),
    "false": ("False", "Faux"),
    "missed": ("Missed", "Manqués"),
    "precision": ("Precision", "Précision"),
    "recall": ("Recall", "Rappel"),
    "f1": ("F1", "F1"),
    "front": ("Recall in front", "Rappel en tête"),
    "front_help": (
        "Recall in front: over articles whose headline, standfirst or lead announces it.",
        "Rappel en tête : sur les articles dont le titre, le chapô ou l'attaque l'annonce.",
    ),
    "ordinary": ("False alarms in 1,000 ordinary articles", "Fausses alertes sur 1\u00a0000 articles ordinaires"),
    "ordinary_count": ("{flagged} of {articles}", "{flagged} sur {articles}"),
    "groups": ("By sort of article", "Par sorte d'article"),
    "group": ("Articles", "Articles"),
    "how_many": ("Number", "Nombre"),
    "false_alarms": ("False alarms /1,000", "Fausses alertes /1\u00a0000"),
    "dimension.language": ("language", "langue"),
    "dimension.text_kind": ("text", "texte"),
    "dimension.difficulty": ("difficulty", "difficulté"),
    "dimension.manner": ("manner", "manière"),
    "dimension.shape": ("shape", "forme"),
    "facts": ("What is announced, fact by fact", "Ce qui est annoncé, fait par fait"),
    "facts_help": (
        (
            "Facts and announcements of an article are paired one to one. Exact: the same. Lenient: a title "
            "that holds the other or is 80% alike, a season or platforms left out, a platform in common, "
            "confirmed for in development."
        ),
        (
            "Faits et annonces d'un article sont appariés un à un. Exact : identique. Indulgent : un titre "
            "qui contient l'autre ou lui ressemble à 80 %, saison ou plateformes omises, une plateforme en "
            "commun, confirmé pour en développement."
        ),
    ),
    "facts_found": ("Facts found", "Faits trouvés"),
    "facts_right": ("Announcements that are facts", "Annonces qui sont des faits"),
    "both": ("Both", "Les deux"),
    "field": ("Field", "Champ"),
    "exact": ("Exact", "Exact"),
    "lenient": ("Lenient", "Indulgent"),
    "field.title": ("Title", "Titre"),
    "field.season": ("Season", "Saison"),
    "field.platforms": ("Platforms", "Plateformes"),
    "field.status": ("Status", "Certitude"),
    "of": ("{part} of {whole}", "{part} sur {whole}"),
    "calibration": ("Is it as sure as it is right?", "Est-il aussi sûr que juste ?"),
    "calibration_help": (
        (
            "Each dot: announcements about as sure as each other; on the diagonal, “80% sure” is right eight "
            "times in ten. Bars: how many. {pairs} considered, {left_out} left out because careful readers "
            "differ."
        ),
        (
            "Chaque point : des annonces à peu près aussi sûres ; sur la diagonale, « sûr à 80 % » est juste "
            "huit fois sur dix. Barres : combien. {pairs} considérées, {left_out} écartées car des lecteurs "
            "attentifs divergent."
        ),
    ),
    "calibration_error": ("Expected calibration error", "Erreur de calibration attendue"),
    "confidence": ("Confidence", "Confiance"),
    "share_right": ("Share that is right", "Part de justes"),
    "curves": ("What each threshold trades", "Ce que chaque seuil échange"),
    "curves_help": (
        "Along a curve the threshold falls: more is found, and more of it is wrong. The ringed dots are {threshold}.",
        "Le long d'une courbe le seuil descend : on trouve plus, et plus de faux. Les points cerclés sont {threshold}.",
    ),
    "average_precision": ("average precision {value}", "précision moyenne {value}"),
    "choices": ("Which min_confidence to choose", "Quel min_confidence choisir"),
    "choices_help": (
        (
            "Both kinds together, on this corpus, in which announcements are far more frequent than in the "
            "news. Below {floor} (grey) nothing is reported, whatever a subscription asks for."
        ),
        (
            "Les deux types ensemble, sur ce corpus, où les annonces sont bien plus fréquentes que dans "
            "l'actualité. Sous {floor} (en gris), rien n'est signalé, quoi que demande un abonnement."
        ),
    ),
    "threshold": ("Threshold", "Seuil"),
    "alerts": ("Alerts /1,000", "Alertes /1\u00a0000"),
    "mistakes": ("Every error", "Toutes les erreurs"),
    "mistakes_count": (
        "{labels} articles with a wrong kind, {details} with a wrong detail.",
        "{labels} articles avec un type faux, {details} avec un détail faux.",
    ),
    "no_mistakes": ("None.", "Aucune."),
    "article": ("Article", "Article"),
    "expected": ("Expected", "Attendu"),
    "read": ("Read", "Lu"),
    "why": ("Why", "Pourquoi"),
    "nothing": ("nothing", "rien"),
    "wrong_kind": ("wrong kind", "type faux"),
    "wrong_detail": ("wrong detail", "détail faux"),
    "mistake.aside": ("left out: {why}", "écarté : {why}"),
    "no_reasons": ("No sentence could be an announcement.", "Aucune phrase ne peut être une annonce."),
    "untitled": ("untitled", "sans titre"),
    "season": ("season {number}", "saison {number}"),
    "foreign": ("foreign", "étranger"),
    "denied": ("denied", "démenti"),
    "sure": ("{percent} % sure", "sûr à {percent} %"),
    "made_by": (
        "Made by cocorico eval. Definitions: docs/commands.md.",
        "Produit par cocorico eval. Définitions : docs/commands.md.",
    ),
}

#: French blanks at which no line breaks.
_FIRM: Final = re.compile(r" (?=[:;?!%»])|(?<=«) ")


def say(key: str, language: Language, **values: object) -> str:
    """Give a phrase in a language, its places filled in."""
    phrase = WORDS[key][language == "fr"]
    return (_FIRM.sub("\u00a0", phrase) if language == "fr" else phrase).format(**values)


def number(value: float | None, language: Language, *, places: int = 2) -> str:
    """Write a number as its readers do; a dash for what could not be measured."""
    if value is None:
        return "–"
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if language == "fr" else text


def interval(value: Interval | None, language: Language) -> str:
    """Write an interval in square brackets; nothing for none."""
    if value is None:
        return ""
    between = "\u00a0; " if language == "fr" else ", "
    return f"[{number(value.low, language)}{between}{number(value.high, language)}]"
