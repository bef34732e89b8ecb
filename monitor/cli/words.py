"""Every word the command line says to people, in English and in French, in one table.

What it shares with messages (kinds, statuses, sentences about a story) it takes from `monitor.alerts.text`.
What programs read (`--json`, the closed vocabularies) is never translated.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from monitor.alerts.text import Language
from monitor.cli.words_codes import CODES
from monitor.cli.words_doctor import DOCTOR
from monitor.cli.words_rules import RULES, WATCH, WHY
from monitor.cli.words_sources import SOURCES

LANGUAGES: Final[tuple[Language, Language]] = ("en", "fr")

#: key: (English, French)
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    # what is announced
    "origin.french": ("French", "française"),
    "origin.foreign": ("foreign", "étrangère"),
    "origin.unknown": ("origin unknown", "origine inconnue"),
    "zone.headline": ("headline", "titre"),
    "zone.standfirst": ("standfirst", "chapô"),
    "zone.lead": ("opening", "début"),
    "zone.body": ("body", "corps de l'article"),
    "sure": ("{percent} % sure", "sûr à {percent} %"),
    "untitled": ("untitled", "sans titre"),
    "nothing_announced": ("This article announces nothing.", "Cet article n'annonce rien."),
    # what became of it
    "story": ("Story", "Annonce"),
    "article": ("Article", "Article"),
    "outcome": ("Outcome", "Suite"),
    "reason": ("Reason", "Raison"),
    "kept": ("kept", "retenu"),
    "left_out": ("What else could have been announced", "Ce qui aurait pu être annoncé"),
    "fainter": ("... and {count} fainter.", "... et {count} de moins probables."),
    "speaks_for": ("For    ", "Pour  "),
    "speaks_against": ("Against", "Contre"),
    "would_alert": ("Would have been alerted", "Alertes qui seraient parties"),
    "no_alert": ("Nothing would have been alerted.", "Aucune alerte ne serait partie."),
    "replayed": (
        "Articles: {articles}. Stories: {stories}. Messages: {alerts}, and none was sent.",
        "Articles : {articles}. Annonces : {stories}. Messages : {alerts}, et aucun n'a été envoyé.",
    ),
    # run
    "self_check": (
        "Self-check: new originals {new}, renewals {renewed}, recognised in the four seed articles in {ms} ms",
        "Autotest : nouvelles créations {new}, renouvellements {renewed}, reconnus dans les quatre articles en {ms} ms",
    ),
    "self_check_failed": (
        "Self-check: the seed articles can't be read ({error}); install Cocorico again. Going on regardless",
        "Autotest : les articles d'essai sont illisibles ({error}) ; réinstallez Cocorico. On continue malgré tout",
    ),
    "some_untitled": ("{count} untitled", "{count} sans titre"),
    "banner": (
        "Cocorico watches {sources} sources and tells {targets}. It remembers in {store}",
        "Cocorico surveille {sources} sources et prévient {targets}. Il se souvient dans {store}",
    ),
    "stop_hint": (
        "Ctrl-C stops it; nothing under way is lost.",
        "Ctrl-C l'arrête ; rien de ce qui est en cours n'est perdu.",
    ),
    "mailed": ("✉ e-mail: {file}", "✉ e-mail : {file}"),
    "stopped": ("Stopped.", "Arrêté."),
    "nothing_due": ("Nothing was due.", "Rien n'était dû."),
    "listings_read": ("Listings read: {what}", "Listes lues : {what}"),
    "articles_read": ("Articles: {what}", "Articles : {what}"),
    "outcome.skipped": ("page not read", "page non lue"),
    "outcome.rejected": ("no text to be had", "sans texte lisible"),
    "outcome.duplicate": ("the same text again", "le même texte encore"),
    "outcome.nothing": ("nothing announced", "rien d'annoncé"),
    "outcome.quiet": ("news that is not told", "une nouvelle qu'on ne dit pas"),
    "outcome.corroborated": ("a story we knew", "une histoire déjà connue"),
    "outcome.updated": ("news of a story", "du nouveau sur une histoire"),
    "outcome.announced": ("a new story", "une nouvelle histoire"),
    "messages": ("Messages", "Messages"),
    "messages_sent": ("Messages: {what}", "Messages : {what}"),
    "result.sent": ("sent", "envoyés"),
    "result.retry": ("to be tried again", "à réessayer"),
    "result.refused": ("refused", "refusés"),
    "result.unknown": ("perhaps sent", "peut-être envoyés"),
    "left_for_later": ("Left for later", "Reste à faire"),
    "what": ("What", "Quoi"),
    "how_many": ("How many", "Combien"),
    # web
    "serving": ("Cocorico's pages: {url}", "Les pages de Cocorico : {url}"),
    "replaying": ("Replaying", "Relecture"),
    # alerts
    "id": ("Id", "Id"),
    "state": ("State", "État"),
    "when": ("When", "Quand"),
    "error": ("Error", "Erreur"),
    "form.alert": ("alert", "alerte"),
    "form.digest": ("digest", "récapitulatif"),
    "form.notice": ("notice about Cocorico itself", "avis sur Cocorico lui-même"),
    "held_until": ("held until {time}: {why}", "retenu jusqu'à {time} : {why}"),
    "told_by": ("told by {message}", "dit par {message}"),
    "timing.instant": ("at once", "tout de suite"),
    "timing.escalation": ("the hour its certainty asks for", "l'heure que veut sa certitude"),
    "timing.digest": ("the hour of the digest", "l'heure du récapitulatif"),
    "timing.quiet": ("quiet hours", "heures calmes"),
    "timing.cap": ("the day had as many messages as it may", "le jour a eu autant de messages qu'il peut"),
    "timing.storm": ("too many messages within an hour", "trop de messages en une heure"),
    "no_alerts": ("No message was owed yet.", "Aucun message n'est encore dû."),
    "none.held": ("No message is held.", "Aucun message n'est retenu."),
    "none.owed": ("No message is owed now.", "Aucun message n'est dû pour l'instant."),
    "none.sent": ("No message was sent.", "Aucun message n'a été envoyé."),
    "none.gathered": ("No message is told by another one.", "Aucun message n'est dit par un autre."),
    "none.dead": ("No message is dead.", "Aucun message n'est mort."),
    "retried": (
        "Owed again: {count}. The daemon sends them as soon as it runs.",
        "Dus à nouveau : {count}. Le démon les envoie dès qu'il tourne.",
    ),
    "html_written": ("Written to {file}", "Écrit dans {file}"),
    "test_sent": ("A test message reached {target}: {detail}", "Un message d'essai est parvenu à {target} : {detail}"),
    # trace
    "trace.listed": ("listed", "listé"),
    "trace.first_seen": ("first seen", "vu d'abord"),
    "trace.queued": ("job", "tâche"),
    "trace.fetched": ("fetched", "lu"),
    "trace.length": ("{count} characters", "{count} caractères"),
    "trace.read": ("read", "compris"),
    "trace.second": ("second reader", "second avis"),
    "trace.story": ("story", "annonce"),
    "trace.delivery": ("message", "message"),
    "trace.held": ("held", "retenu"),
    "trace.outcome": ("outcome", "suite"),
    "trace.unknown": ("This address was never seen.", "Cette adresse n'a jamais été vue."),
    "trace.would": ("Where it would have been dropped", "Où elle aurait été écartée"),
    # stories
    "no_stories": ("Nothing was announced yet.", "Rien n'a encore été annoncé."),
    "disputed": ("Outlets contradict each other: {fields}", "Les médias se contredisent : {fields}"),
    "sentence": ("Sentence", "Phrase"),
    "certainty": ("Certainty", "Certitude"),
    "event.new": ("new", "nouveau"),
    "event.update": ("update", "mise à jour"),
    "state.held": ("held", "retenu"),
    "state.owed": ("owed", "dû"),
    "state.sent": ("sent", "envoyé"),
    "state.gathered": ("told by another one", "dit par un autre"),
    "state.dead": ("dead", "mort"),
    "job.ready": ("ready", "en attente"),
    "job.leased": ("leased", "en cours"),
    "job.done": ("done", "faite"),
    "job.fetch": ("fetch", "page"),
    "job.poll": ("poll", "relevé"),
    "job.push": ("push", "annonce du concentrateur"),
    "nobody_heard": ("Nobody was told of it.", "Personne n'en a été prévenu."),
    "step.opened": ("announced", "annoncé"),
    "step.corroborated": ("repeated", "répété"),
    "step.cancelled": ("cancelled", "annulé"),
    "step.corrected": ("corrected", "corrigé"),
    "retracted": ("A reader called this wrong.", "Un lecteur l'a dit faux."),
    "reader": ("a reader", "un lecteur"),
    "step.rescued": ("rescued", "sauvé"),
    "merged": ("{other} is {id} now, for ever.", "{other} est désormais {id}, pour toujours."),
    "split_off": ("Split off {other} as {id}, for ever.", "Détaché de {other} sous {id}, pour toujours."),
    # works
    "work": ("Work", "Œuvre"),
    "season": ("Season", "Saison"),
    "since": ("Since", "Depuis"),
    "from_whom": ("From", "D'après"),
    "latest": ("Latest news", "Dernière nouvelle"),
    "season.some": ("not said", "non précisée"),
    "season.none": ("—", "—"),
    "also_known": ("also {names}", "aussi {names}"),
    "out_on": ("on {day}", "le {day}"),
    "on_day": ("for {day}", "pour le {day}"),
    "contradicted": ("{outlet} said otherwise on {day}", "{outlet} disait autre chose le {day}"),
    "no_works": ("Nothing is known of any work yet.", "Rien n'est encore connu d'aucune œuvre."),
    "milestone.ordered": ("ordered", "commandée"),
    "milestone.renewed": ("renewed", "renouvelée"),
    "milestone.rescued": ("rescued", "sauvée"),
    "milestone.filming": ("filming", "en tournage"),
    "milestone.last": ("the last", "la dernière"),
    "milestone.dated": ("dated", "datée"),
    "milestone.out": ("out", "sortie"),
    "milestone.cancelled": ("cancelled", "annulée"),
    # verdicts
    "verdict": ("Verdict", "Jugement"),
    "verdict.right": ("right", "juste"),
    "verdict.wrong": ("wrong", "faux"),
    "verdict.title": ("wrong title", "mauvais titre"),
    "verdict.season": ("wrong season", "mauvaise saison"),
    "verdict.duplicate": ("told already", "déjà annoncé"),
    "verdict.via.link": ("in a message", "dans un message"),
    "verdict.via.page": ("on the page", "sur la page"),
    "verdict.via.cli": ("here", "ici"),
    "verdict.gone": ("Taken back: nobody hears of it again.", "Retirée : personne n'en entendra plus parler."),
    "verdict.kept": ("So it stands now.", "C'est ainsi qu'elle figure désormais."),
    "verdict.undone": ("taken back on {time} UTC", "repris le {time} UTC"),
    "verdict.none": ("Nothing was judged yet.", "Rien n'a encore été jugé."),
    "verdict.exported": ("Labelled articles: {count}", "Articles étiquetés : {count}"),
    "month": ("Month", "Mois"),
    "judged": ("Judged", "Jugées"),
    "wrong": ("Wrong", "Fausses"),
    "corrected": ("Corrected", "Corrigées"),
    "duplicates": ("Repeated", "Répétées"),
    "precision": ("Right", "Justes"),
    "interval": ("95 %", "95 %"),
    "all": ("all", "tout"),
    # train
    "train.learning": (
        "Learning from the corpus and {articles} articles of yours",
        "Apprentissage du corpus et de {articles} articles à vous",
    ),
    "train.in_use": ("In use: {model}.", "Utilisé : {model}."),
    "train.restart": ("The daemon takes it up when it starts.", "Le démon le prend à son démarrage."),
    "train.new_original": ("New originals, F1", "Nouvelles créations, F1"),
    "train.renewal": ("Renewals, F1", "Renouvellements, F1"),
    "train.facts": ("Facts, F1", "Faits, F1"),
    "score": ("Score", "Mesure"),
    "shipped_model": ("Shipped", "D'origine"),
    "own_model": ("Your own", "Le vôtre"),
    "model_in_use": ("It reads with {model}", "Il lit avec {model}"),
    "check.model": ("model", "modèle"),
    # config, db, doctor
    "setting": ("Setting", "Réglage"),
    "value": ("Value", "Valeur"),
    "from.default": ("default", "origine"),
    "from.file": ("file", "fichier"),
    "from.env": ("env", "environnement"),
    "from": ("From", "Origine"),
    "config_good": ("The configuration is good: {file}", "La configuration est bonne : {file}"),
    "shipped": ("shipped defaults", "réglages d'origine"),
    "upgraded": ("The database is up to date: {store}", "La base est à jour : {store}"),
    "backed_up": ("Saved to {file}.", "Enregistré dans {file}."),
    "kept_before": ("What was there is kept as {file}.", "Ce qui s'y trouvait est gardé sous {file}."),
    "restored": ("Restored from {file}.", "Restauré depuis {file}."),
    "check.config": ("configuration", "configuration"),
    "check.database": ("database", "base de données"),
    "check.clock": ("clock", "horloge"),
    "check.network": ("network", "réseau"),
    "check.targets": ("targets", "cibles"),
    "check.disk": ("disk", "disque"),
    "check.crawler": ("crawler", "collecteur"),
    # feeds, scorecard
    "address": ("Address", "Adresse"),
    "scorecard_written": ("The scorecard is in {file}.", "Le tableau est dans {file}."),
    "nothing_to_score": (
        "Nothing is known yet that could be counted.",
        "Rien n'est encore connu qui puisse être compté.",
    ),
    # export, import
    "exporting": ("Exporting", "Export"),
    "exported": ("Saved to {file}, lines: {count}.", "Enregistré dans {file}, lignes : {count}."),
    "importing": ("Importing", "Import"),
    "added_now": ("Added", "Ajouté"),
    "known_before": ("Here already", "Déjà là"),
    # eval
    "reading": ("Reading articles", "Lecture des articles"),
    "report_written": ("The report is in {file}.", "Le rapport est dans {file}."),
    # second reader
    "second": ("Second reader", "Second avis"),
    "second.yes": (
        "{model} says yes: {before} % sure before, {after} % now",
        "{model} dit oui : sûr à {before} % avant, à {after} % maintenant",
    ),
    "second.no": (
        "{model} says no: {before} % sure before, {after} % now, so not announced",
        "{model} dit non : sûr à {before} % avant, à {after} % maintenant, donc pas d'annonce",
    ),
    "second.silent": ("Second reader: {reason}", "Second avis : {reason}"),
    **WATCH,
    **RULES,
    **WHY,
    **CODES,
    **SOURCES,
    **DOCTOR,
    # errors
    "cocorico_error": ("cocorico: {error}", "cocorico : {error}"),
    "not_an_article": ("{path} yields no article: {reason}", "{path} ne donne pas d'article : {reason}"),
}


def word(key: str, language: Language, **values: object) -> str:
    """Give a phrase in a language, its places filled in."""
    return WORDS[key][LANGUAGES.index(language)].format(**values)


def language_of(environment: Mapping[str, str]) -> Language:
    """Tell the user's language from the locale variables, in POSIX's order; English unless it is French."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "fr" if environment[name].lower().startswith("fr") else "en"
    return "en"
