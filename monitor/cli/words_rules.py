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

RULES: Final[Mapping[str, tuple[str, str]]] = {
    "rules.past": (
        "Tried on the last {days} days: {articles} articles, {stories} stories. Nothing was sent.",
        "Essai sur les {days} derniers jours : {articles} articles, {stories} annonces. Rien n'a été envoyé.",
    ),
    "rules.sent": (
        "Messages: {alerts}; a day: {a_day}, at most {most} ({day})",
        "Messages : {alerts} ; par jour : {a_day}, au plus {most} ({day})",
    ),
    "rules.held": (
        "Held for their hour: {held}; messages that they would have become: {digests}, at {hours}",
        "Retenus jusqu'à leur heure : {held} ; messages qu'ils seraient devenus : {digests}, à {hours}",
    ),
    "rules.nothing": ("would have sent nothing", "n'aurait rien envoyé"),
    "rules.missed": (
        "what stories fail first, with how many: {fields}",
        "ce que les annonces ne remplissent pas, et combien : {fields}",
    ),
    "rules.outlet": ("Outlet", "Média"),
    "rules.matched": ("Matched", "Critère"),
    "rules.update": ("update", "mise à jour"),
    "rules.near": ('; did you mean "{name}"?', " ; vouliez-vous dire « {name} » ?"),
    "rules.flaw.contradiction": (
        "can never match: {field} asks for what excludes itself ({values})",
        "ne peut rien donner : {field} demande des choses qui s'excluent ({values})",
    ),
    "rules.flaw.unknown": (
        "can never match: {field} names nothing that there is ({values})",
        "ne peut rien donner : {field} ne nomme rien qui existe ({values})",
    ),
    "rules.flaw.empty_watchlist": (
        "can never match: {field} is asked for, and nothing is watched; `cocorico watch add NAME`",
        "ne peut rien donner : {field} est demandé et rien n'est surveillé ; `cocorico watch add NOM`",
    ),
    "rules.flaw.excluded": (
        "can never match: {field} excludes all that it asks for",
        "ne peut rien donner : {field} exclut tout ce qui est demandé",
    ),
    "rules.flaw.everything": ("matches everything: it leaves nothing out", "prend tout : rien n'est écarté"),
    "rules.rule": ("Rule", "Règle"),
    "rules.gained": ("Gained", "Gagnés"),
    "rules.lost": ("Lost", "Perdus"),
    "rules.moved": ("At another time", "À une autre heure"),
    "rules.same": ("As before", "Comme avant"),
    "rules.more": ("  ... and {count} more", "  ... et {count} autres"),
    "rules.preset": ("Preset", "Modèle"),
    "rules.sends": ("Sends", "Envoie"),
    "rules.sets": ("Sets", "Réglages"),
    "rules.needs": ("needs one of: {keys}", "demande l'un de : {keys}"),
}

WHY: Final[Mapping[str, tuple[str, str]]] = {
    "why.sent": ("Yes: sent to {target} on {time}.", "Oui : envoyé à {target} le {time}."),
    "why.owed": ("Yes: on its way to {target}.", "Oui : en route vers {target}."),
    "why.retried": (
        "Not yet: {target} could not be reached ({error}); next try on {time}.",
        "Pas encore : {target} n'a pas pu être joint ({error}) ; prochain essai le {time}.",
    ),
    "why.held": (
        "Not yet: held for {target} until {time} ({timing}).",
        "Pas encore : retenu pour {target} jusqu'au {time} ({timing}).",
    ),
    "why.gathered": (
        "Yes, in another message: {message}, which gathered it for {target}.",
        "Oui, dans un autre message : {message}, qui l'a recueilli pour {target}.",
    ),
    "why.dead": (
        "No: {target} refused the message ({error}); `cocorico alerts retry` sends it again.",
        "Non : {target} a refusé le message ({error}) ; `cocorico alerts retry` le renvoie.",
    ),
    "why.operations": (
        "No: {subscription} hears of how Cocorico itself is, and of no story.",
        "Non : {subscription} suit la marche de Cocorico, et aucune annonce.",
    ),
    "why.unmatched": (
        "No: {subscription} wants {field} {wanted}; the story has {found}.",
        "Non : {subscription} veut {field} {wanted} ; l'annonce a {found}.",
    ),
    "why.none": (
        "No: {subscription} leaves out what its none no. {found} describes.",
        "Non : {subscription} écarte ce que décrit son none n° {found}.",
    ),
    "why.retracted": (
        "No: a reader said that this story is wrong.",
        "Non : un lecteur a dit que cette annonce est fausse.",
    ),
    "why.since_retracted": (
        "Since then a reader said that this story is wrong.",
        "Depuis, un lecteur a dit que cette annonce est fausse.",
    ),
    "why.too_old": (
        "No: published on {published} and read on {read}, more than {days} days later (news.fresh_days).",
        "Non : publié le {published} et lu le {read}, plus de {days} jours après (news.fresh_days).",
    ),
    "why.muted": (
        "No: undated, and listed together with everything its source had before.",
        "Non : sans date, et listé avec tout ce que sa source avait déjà.",
    ),
    "why.repeated": (
        "No: an old story, repeated on {published} without anything new.",
        "Non : une annonce ancienne, répétée le {published} sans rien de nouveau.",
    ),
    "why.not_then": (
        "No: {subscription} wants it as it is configured today, but not when it was read on {read}.",
        "Non : {subscription} en veut telle qu'elle est réglée aujourd'hui, mais pas lors de la lecture, le {read}.",
    ),
    "why.matched": ("It meets {matched}", "Critère rempli : {matched}"),
    "why.repeats": (
        "Articles that told the same later, in silence: {count}",
        "Articles qui l'ont redit ensuite, en silence : {count}",
    ),
    "why.seen": ("As {outlet} has it: {url}", "D'après {outlet} : {url}"),
    "why.condition": ("Condition", "Condition"),
    "why.wants": ("The rule wants", "La règle veut"),
    "why.has": ("The story has", "L'annonce a"),
}
