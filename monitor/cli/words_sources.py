"""What the command line says of sources, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: key: (English, French)
SOURCES: Final[Mapping[str, tuple[str, str]]] = {
    "source": ("Source", "Source"),
    "name": ("Name", "Nom"),
    "kind": ("Kind", "Type"),
    "language": ("Language", "Langue"),
    "status": ("Status", "État"),
    "entries": ("Entries", "Entrées"),
    "newest": ("Newest", "Plus récente"),
    "length": ("Median length", "Longueur médiane"),
    "pages": ("Pages", "Pages"),
    "every": ("Every", "Toutes les"),
    "checked": ("Checked: entries, text", "Vérifiée : entrées, texte"),
    "lang": ("Lang", "Lang"),
    "last": ("Last", "Dernier"),
    "next": ("Next", "Prochain"),
    "fetch.all": ("all", "toutes"),
    "fetch.promising": ("promising", "prometteuses"),
    "fetch.never": ("never", "jamais"),
    "fetch.reserved": ("reserved", "réservées"),
    "fetch.refused": ("refused", "refusées"),
    "sources.unread": ("{id}: {why}", "{id} : {why}"),
    "sources.hidden": (
        "{count} more are off: `cocorico sources list --off` lists them.",
        "{count} autres sont éteintes : `cocorico sources list --off` les montre.",
    ),
    "unit.day": ("d", "j"),
    "unit.hour": ("h", "h"),
    "unit.minute": ("min", "min"),
    "unit.now": ("now", "maintenant"),
    "checking": ("Checking sources", "Vérification des sources"),
    "added": (
        "Added {id} ({kind}): the daemon polls it as soon as it runs.",
        "{id} ajoutée ({kind}) : le démon la relève dès qu'il tourne.",
    ),
    "would_add": ("Would add {id} ({kind}).", "Ajouterait {id} ({kind})."),
    "removed": ("Removed {id}.", "{id} retirée."),
    "off": ("off", "éteinte"),
    "on": ("on", "active"),
    "never": ("never", "jamais"),
    # what was found at an outlet
    "found.looking": ("Looking at {url}", "Recherche sur {url}"),
    "found.number": ("#", "#"),
    "found.where": ("Where, and what is new there", "Où, et ce qui y est nouveau"),
    "found.why": ("Why", "Pourquoi"),
    "found.watched": ("known already, as {id}", "déjà connue, sous {id}"),
    "found.open": (
        "robots.txt lets us read these addresses; text and data mining is not reserved.",
        "robots.txt nous laisse lire ces adresses ; la fouille de textes n'est pas réservée.",
    ),
    "found.reserved": (
        "Text and data mining is reserved, says {evidence}: only titles and summaries are read, never the pages.",
        "La fouille de textes est réservée, dit {evidence} : seuls titres et résumés sont lus, jamais les pages.",
    ),
    "found.text": (
        "The newest page of the best gives a text of {length} characters.",
        "La page la plus récente de la meilleure donne un texte de {length} caractères.",
    ),
    "found.no_text": (
        "The newest page of the best gives no text: {why}",
        "La page la plus récente de la meilleure ne donne pas de texte : {why}",
    ),
    "found.unasked": (
        "{count} more were not looked at (--most): {some}",
        "{count} autres n'ont pas été regardées (--most) : {some}",
    ),
    "found.which": (
        "Which to watch? Numbers, all or none",
        "Lesquelles surveiller ? Des numéros, toutes ou aucune",
    ),
    "found.unclear": ("{answer}? Numbers like 1 or 1,3, please.", "{answer} ? Des numéros comme 1 ou 1,3, merci."),
    "found.best": (
        "Nobody to ask: number 1 is taken, the best; --pick N takes another.",
        "Personne à qui demander : le numéro 1 est pris, le meilleur ; --pick N en prend un autre.",
    ),
    "found.none_taken": ("Nothing was added.", "Rien n'a été ajouté."),
    # lists
    "list.more": ("... and {count} more.", "... et {count} de plus."),
    "list.refused": ("{url}: {reason}", "{url} : {reason}"),
    "list.broken": ("The list is damaged: {why}", "La liste est abîmée : {why}"),
    "list.imported": (
        "Added: {added}. Known already: {known}; repeated in the list: {repeated}; refused: {refused}.",
        "Ajoutées : {added}. Déjà connues : {known} ; répétées dans la liste : {repeated} ; refusées : {refused}.",
    ),
    "list.would_import": (
        "Would add: {added}. Known already: {known}; repeated in the list: {repeated}; refused: {refused}.",
        "Ajouterait : {added}. Déjà connues : {known} ; répétées dans la liste : {repeated} ; refusées : {refused}.",
    ),
    "list.exported": ("Sources written to {file}: {count}.", "Sources écrites dans {file} : {count}."),
    # searches
    "search.gdelt": (
        "GDELT: open to all, three months back, 5 s between requests; all it finds counts as one outlet.",
        "GDELT : ouvert à tous, trois mois en arrière, 5 s entre deux demandes ; tout compte pour un seul média.",
    ),
    "search.google-news": (
        "Google News: its robots.txt did not admit crawlers here in 2024-05; while that holds, it is shown as blocked.",
        "Google Actualités : son robots.txt de 2024-05 n'admet pas les robots ici ; tant qu'il le dit, c'est bloqué.",
    ),
    "merit.series": ("about series", "parle de séries"),
    "merit.screen": ("about film, culture", "cinéma, culture"),
    "merit.other": ("about something else", "parle d'autre chose"),
    "merit.hints": ("hints at news", "évoque des annonces"),
    "merit.feed": ("feed", "flux"),
    "merit.news_sitemap": ("news sitemap", "plan d'actualités"),
    "merit.dated": ("dated", "daté"),
    "merit.few": ("few articles", "peu d'articles"),
    "merit.asleep": ("asleep", "en sommeil"),
    "merit.foreign": ("not read: its language", "langue non lue"),
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
