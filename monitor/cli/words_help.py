"""What `--help` says of the command and of each of its commands, in French: the English stands where each is declared.

`monitor.cli.helping` looks sentences up by their English, line breaks aside.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: English: French. Of groups, and of what is no group but stands at the top.
TOP: Final[Mapping[str, str]] = {
    "Watch entertainment news, and crow when a new French original or a renewal is announced.": (
        "Surveille l'actualité du divertissement, et chante quand une création originale française ou un renouvellement"
        " est annoncé."
    ),
    "--data, --config and --lang may stand before or after the command's name.": (
        "--data, --config et --lang se placent avant ou après le nom de la commande."
    ),
    "Example:": "Exemple :",
    "Examples:": "Exemples :",
    "List, check, add and remove sources.": "Lister, vérifier, ajouter et retirer des sources.",
    "List stories, show their lives, merge two that are one, split what is no part of one.": (
        "Lister les annonces, raconter leur vie, en réunir deux qui n'en font qu'une, détacher ce qui n'en est pas."
    ),
    "List, retry, try out and preview messages.": "Lister, renvoyer, essayer et voir d'avance des messages.",
    "Say what was right and what was wrong, and use it.": (
        "Dire ce qui était juste et ce qui était faux, et s'en servir."
    ),
    "Watch works, people and producers: known when read, and matched by `watchlist = true`.": (
        "Suivre des œuvres, des personnes et des producteurs : reconnus à la lecture, et demandés par"
        " `watchlist = true`."
    ),
    "Try subscriptions on what is stored, before you save them.": (
        "Essayer des abonnements sur ce qui est en base, avant de les enregistrer."
    ),
    "Show and check the configuration.": "Montrer et vérifier la configuration.",
    "Upgrade, back up and restore the database.": "Mettre à niveau, sauvegarder et restaurer la base.",
}

#: Of the commands that stand alone.
ALONE: Final[Mapping[str, str]] = {
    "Watch the sources and alert, until Ctrl-C.": "Surveiller les sources et alerter, jusqu'à Ctrl-C.",
    "Alerts for the terminal go to standard output, logs to standard error. --once ends with a table of what"
    " happened; with --json that is a report for programs, and without --once each alert is a line of JSON.": (
        "Les alertes pour le terminal vont sur la sortie standard, le journal sur la sortie d'erreur. --once se termine"
        " par un tableau de ce qui s'est passé ; avec --json, c'est un rapport pour les programmes, et sans --once"
        " chaque alerte est une ligne de JSON."
    ),
    "Watch a news site made of the seed articles: real crawling, real reading, alerts here and by e-mail.": (
        "Surveiller un site fait des articles d'essai : vraie collecte, vraie lecture, alertes ici et par courriel."
    ),
    "Nothing leaves this machine. Each e-mail is written to a file, which is named.": (
        "Rien ne quitte cette machine. Chaque courriel est écrit dans un fichier, dont le nom est donné."
    ),
    "Put saved articles through reading and deciding, and show what would have been alerted.": (
        "Faire lire et juger des articles enregistrés, et montrer ce qui aurait fait une alerte."
    ),
    "Texts, pages, recorded streams (.jsonl), web archives (.warc.gz: the daemon's own or anybody's) and folders of"
    " them, each judged as of its publication, a page of an archive as of when it was fetched. Nothing is sent, and"
    " nothing is remembered.": (
        "Des textes, des pages, des flux enregistrés (.jsonl), des archives du web (.warc.gz : celles du démon ou de"
        " n'importe qui) et des dossiers de tout cela, chacun jugé au jour de sa publication, la page d'une archive au"
        " jour où elle a été lue. Rien n'est envoyé, rien n'est retenu."
    ),
    "Say what an article announces, with the sentence that says so.": (
        "Dire ce qu'un article annonce, avec la phrase qui le dit."
    ),
    "FILE is a text, the headline first, or a saved page. With --jsonl, each line of standard input (or FILE) is"
    ' {"id", "title", "text", "lang"?}, and is answered while the input is still open.': (
        "FICHIER est un texte, le titre d'abord, ou une page enregistrée. Avec --jsonl, chaque ligne de l'entrée"
        ' standard (ou de FICHIER) est {"id", "title", "text", "lang"?}, et reçoit sa réponse sans attendre la fin de'
        " l'entrée."
    ),
    "Show what is left of pages when their boilerplate is gone, or why they yield no article.": (
        "Montrer ce qui reste des pages sans leur habillage, ou pourquoi elles ne donnent pas d'article."
    ),
    "Files may be gzipped, folders are searched for pages. Anywhere but on a terminal: one line of JSON a page, in"
    " order.": (
        "Les fichiers peuvent être compressés par gzip, les pages sont cherchées dans les dossiers. Ailleurs que sur un"
        " terminal : une ligne de JSON par page, dans l'ordre."
    ),
    "Tell what happened to an address, step by step.": "Raconter ce qu'est devenue une adresse, pas à pas.",
    "Which listing had it, when it was fetched or why not, what was read in it, which story, which messages. For an"
    " address that was never seen: where it would have been dropped.": (
        "Quelle liste l'avait, quand elle a été lue ou pourquoi non, ce qui y a été lu, quelle annonce, quels messages."
        " Pour une adresse jamais vue : où elle aurait été écartée."
    ),
    "Tell why a subscription sent a story, or why it did not.": (
        "Dire pourquoi un abonnement a envoyé une annonce, ou pourquoi il s'est tu."
    ),
    "STORY is an id, the address of an article, or a title. For a silence: the first condition that fails, with what"
    " the rule wants and what the story has; or that it came too late, waits for its hour, was told already.": (
        "ANNONCE est un identifiant, l'adresse d'un article ou un titre. Pour un silence : la première condition qui"
        " n'est pas remplie, avec ce que la règle demande et ce que l'annonce contient ; ou qu'elle est"
        " venue trop tard,"
        " attend son heure, a déjà été dite."
    ),
    "Tell what is known of each work, season by season: since when, and from whom.": (
        "Dire ce qu'on sait de chaque œuvre, saison par saison : depuis quand, et par qui."
    ),
    "Without a NAME: the works of the latest news. With one: everything known of it, with the sentences that say so.": (
        "Sans NOM : les œuvres des dernières nouvelles. Avec un nom : tout ce qu'on en sait, avec les phrases qui le"
        " disent."
    ),
    "Check configuration, database, model, clock, network, targets, disk, crawler; exit 1 when anything is wrong.": (
        "Vérifier configuration, base, modèle, horloge, réseau, cibles, disque, robot de collecte ; code de sortie 1 si"
        " quelque chose ne va pas."
    ),
    "Serve the pages alone, until Ctrl-C: verdicts, feeds, health, metrics. The daemon serves them by itself.": (
        "Servir les pages seules, jusqu'à Ctrl-C : jugements, flux, santé, mesures. Le démon les sert de lui-même."
    ),
    "List the addresses of all feeds and calendars, to give to a feed reader.": (
        "Lister les adresses de tous les flux et calendriers, à donner à un lecteur de flux."
    ),
    "Count new originals, renewals and cancellations by platform and year, with their sources.": (
        "Compter les créations, les renouvellements et les annulations par plateforme et par année, avec leurs sources."
    ),
    "Write everything that is stored to FILE (or standard output), one JSON object a line.": (
        "Écrire tout ce qui est en base dans FICHIER (ou sur la sortie standard), un objet JSON par ligne."
    ),
    "Take in what an export holds and the database doesn't. Doing it twice changes nothing.": (
        "Reprendre ce qu'un export contient et que la base n'a pas. Le refaire ne change rien."
    ),
    "Measure how well articles are read whose announcements are known.": (
        "Mesurer comment sont lus des articles dont on connaît les annonces."
    ),
    "CORPUS is a .jsonl or .toml file of labelled articles, or a folder of them.": (
        "CORPUS est un fichier .jsonl ou .toml d'articles annotés, ou un dossier de tels fichiers."
    ),
    "Make a model of your own from your verdicts, next to the shipped one; without options, say which is in use.": (
        "Faire de vos jugements un modèle à vous, à côté de celui fourni ; sans option, dire lequel sert."
    ),
    "It is used only if it reads the shipped test articles no worse than the shipped model. The daemon takes it up"
    " when it starts.": (
        "Il ne sert que s'il lit les articles de test fournis au moins aussi bien que le modèle fourni. Le"
        " démon le prend"
        " à son démarrage."
    ),
}

#: Of the commands for sources and stories.
SOURCES_AND_STORIES: Final[Mapping[str, str]] = {
    "List the sources that are watched: the catalogue's, those of your file, and those you added.": (
        "Lister les sources surveillées : celles du catalogue, celles de votre fichier, et celles que vous avez"
        " ajoutées."
    ),
    "Watch an outlet: its feeds, news sitemaps or section page are found, shown, and asked about.": (
        "Surveiller un média : ses flux, plans du site d'actualités ou page de rubrique sont cherchés, montrés, et"
        " proposés."
    ),
    "Watch what a search service finds: gdelt, mediacloud or google-news. See docs/sources.md for what each allows.": (
        "Surveiller ce que trouve un service de recherche : gdelt, mediacloud ou google-news."
        " docs/sources.md dit ce que"
        " chacun permet."
    ),
    "Watch the feeds of an OPML list, as every reader exports it. What is watched already stays as it is.": (
        "Surveiller les flux d'une liste OPML, telle que tout lecteur l'exporte. Ce qui est déjà surveillé reste tel"
        " quel."
    ),
    "Write the sources that are watched as an OPML list, which every reader takes.": (
        "Écrire les sources surveillées en une liste OPML, que tout lecteur accepte."
    ),
    "Show all that is known of a source: state, habits, last entries, what its pages give, what it asks of us.": (
        "Montrer tout ce qu'on sait d'une source : état, habitudes, dernières entrées, ce que donnent ses pages, ce"
        " qu'elle nous demande."
    ),
    "Keep the address that a source has moved to, or give it another. What was read stays known.": (
        "Garder l'adresse où une source a déménagé, ou lui en donner une autre. Ce qui a été lu reste connu."
    ),
    "Go on asking for a source that is gone for good (HTTP 410), once a day.": (
        "Continuer d'interroger une fois par jour une source disparue pour de bon (HTTP 410)."
    ),
    "The other answer is `sources remove`, or `[sources] disable` for those of the configuration. When a source that"
    " was kept answers again, that is told; should it go once more, you are asked anew.": (
        "L'autre réponse est `sources remove`, ou `[sources] disable` pour celles de la configuration. Si une source"
        " gardée répond à nouveau, c'est dit ; si elle disparaît encore, la question est posée à nouveau."
    ),
    "Have the entries read that were held back, because a source listed far more at once than it ever does.": (
        "Faire lire les entrées retenues parce qu'une source en a donné d'un coup bien plus que jamais."
    ),
    "What is too old by now to be news alerts nobody, as always.": (
        "Ce qui est désormais trop ancien pour être une nouvelle n'alerte personne, comme toujours."
    ),
    "Poll sources once and read a few pages of each: do they answer, and is there text?": (
        "Interroger les sources une fois et lire quelques pages de chacune : répondent-elles, y a-t-il du texte ?"
    ),
    "What was found is kept, and shown by `sources list`.": (
        "Ce qui a été trouvé est gardé, et `sources list` le montre."
    ),
    "Stop watching a source that you added. What was read stays.": (
        "Ne plus surveiller une source que vous avez ajoutée. Ce qui a été lu reste."
    ),
    "List stories: what was announced, since when, and by how many.": (
        "Lister les annonces : ce qui a été annoncé, depuis quand, et par combien de médias."
    ),
    "Tell a story's whole life: every step with its date, outlet and sentence, its articles, and who heard of it.": (
        "Raconter toute la vie d'une annonce : chaque étape avec sa date, son média et sa phrase, ses"
        " articles, et qui en"
        " a entendu parler."
    ),
    "Make two stories one, for ever: A, with what was told of B. Nobody is alerted.": (
        "Réunir deux annonces pour toujours : A, avec ce qui a été dit de B. Personne n'est alerté."
    ),
    "Remembered: articles that tell of either are of the one story from now on. `cocorico stories split` takes an"
    " article out again, into a story of its own.": (
        "C'est retenu : les articles qui parlent de l'une ou de l'autre sont désormais de la même annonce. `cocorico"
        " stories split` en ressort un article, dans une annonce à lui."
    ),
    "Take an article out of a story, for ever: what it tells becomes a story of its own. Nobody is alerted.": (
        "Détacher un article d'une annonce, pour toujours : ce qu'il dit devient une annonce à part. Personne n'est"
        " alerté."
    ),
    "Remembered: the two never fall together again. `cocorico stories merge` undoes it. A story that was merged away"
    " has its id back when the article that had opened it is split off; any other gets a new id.": (
        "C'est retenu : les deux ne se rejoignent plus jamais. `cocorico stories merge` le défait. Une"
        " annonce qui avait"
        " été absorbée retrouve son identifiant quand on détache l'article qui l'avait ouverte ; toute autre"
        " en reçoit un"
        " nouveau."
    ),
}
