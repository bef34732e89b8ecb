"""What `--help` says of the other commands, and of options, in French; see `monitor.cli.words_help`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: Of the commands for messages, verdicts, what is followed, rules, configuration and database.
TELLING_AND_KEEPING: Final[Mapping[str, str]] = {
    "List messages: held for their hour, owed, sent, gathered into another one, or dead after their last try.": (
        "Lister les messages : retenus jusqu'à leur heure, dus, envoyés, réunis dans un autre, ou abandonnés après le"
        " dernier essai."
    ),
    "Owe dead messages again: those named, or all. The daemon sends them.": (
        "Remettre des messages abandonnés à envoyer : ceux nommés, ou tous. Le démon les envoie."
    ),
    "Send a made-up message to a target, now.": "Envoyer tout de suite un message inventé à une cible.",
    "Show a message as its reader would see it: of a story by its id, or a made-up one.": (
        "Montrer un message tel que son lecteur le verrait : celui d'une annonce par son identifiant, ou un inventé."
    ),
    "Say that a story is right, or wrong, or has the wrong title or season, or repeats another one.": (
        "Dire qu'une annonce est juste, ou fausse, ou que son titre ou sa saison est faux, ou qu'elle en répète une"
        " autre."
    ),
    "VERDICT is right, wrong, title, season or duplicate; VALUE is the right title, the right season, or the other"
    " story.": (
        "JUGEMENT est right (juste), wrong (faux), title (titre), season (saison) ou duplicate (doublon) ;"
        " VALEUR est le bon"
        " titre, la bonne saison, ou l'autre annonce."
    ),
    "Take back the last thing that was said of a story.": "Reprendre le dernier jugement donné sur une annonce.",
    "List what was said, the latest first.": "Lister les jugements donnés, le dernier d'abord.",
    "Tell how much of what you judged was right: by kind and month, with 95% intervals.": (
        "Dire quelle part de ce que vous avez jugé était juste : par sorte et par mois, avec des intervalles à 95 %."
    ),
    "Write the judged articles with their labels, in the form of Cocorico's corpus (corpus/README.md).": (
        "Écrire les articles jugés avec leurs étiquettes, dans la forme du corpus de Cocorico (corpus/README.md)."
    ),
    'Without FILE, or with "-": to standard output. --json, or a name that ends in .jsonl: JSON lines. The texts are'
    " the outlets' own: they are for your own training, not to be passed on.": (
        'Sans FICHIER, ou avec "-" : sur la sortie standard. --json, ou un nom qui finit par .jsonl : des lignes de'
        " JSON. Les textes sont ceux des médias : ils sont pour votre propre entraînement, et non à transmettre."
    ),
    "Watch a work, a person or a producer. A running daemon knows it within seconds.": (
        "Suivre une œuvre, une personne ou un producteur. Un démon qui tourne le sait en quelques secondes."
    ),
    "Watch something no longer. What the configuration has under `watch` has to be taken out there.": (
        "Ne plus suivre quelque chose. Ce que la configuration a sous `watch` est à retirer là."
    ),
    "List what is watched, the configuration's and what was added. `watch import` reads the JSON back.": (
        "Lister ce qui est suivi, par la configuration et par vos ajouts. `watch import` relit le JSON."
    ),
    "Watch all that a list names: a CSV of yours, a Trakt list (CSV, JSON), Sonarr's series (JSON); - is stdin.": (
        "Suivre tout ce que nomme une liste : un CSV à vous, une liste de Trakt (CSV, JSON), les séries de"
        " Sonarr (JSON) ;"
        " - est l'entrée standard."
    ),
    'A CSV needs a heading with "name" or "title"; "kind", "also" and "origin" are read when they are there.': (
        'Un CSV a besoin d\'un en-tête avec "name" ou "title" ; "kind", "also" et "origin" sont lus s\'ils y sont.'
    ),
    "Show what each rule would have sent in the last days, and point out rules that can never match, or match all.": (
        "Montrer ce que chaque règle aurait envoyé ces derniers jours, et signaler celles qui ne peuvent jamais"
        " s'appliquer, ou s'appliquent à tout."
    ),
    "Exit code 1 when a rule can never match.": "Code de sortie 1 si une règle ne peut jamais s'appliquer.",
    "Show which alerts a new configuration gains and loses against today's, on what is stored.": (
        "Montrer quelles alertes une nouvelle configuration gagne et perd par rapport à celle d'aujourd'hui, sur ce qui"
        " est en base."
    ),
    "List the ready-made subscriptions: what each sends, and what it sets.": (
        "Lister les abonnements tout faits : ce que chacun envoie, et ce qu'il règle."
    ),
    "Show every setting and where it comes from: the shipped defaults, your file, or the environment.": (
        "Montrer chaque réglage et d'où il vient : les réglages d'origine, votre fichier ou l'environnement."
    ),
    "Check the configuration; every mistake is reported at once, with its place.": (
        "Vérifier la configuration ; toutes les fautes sont dites en une fois, chacune à sa place."
    ),
    "Bring the database to this version's schema, as every start does.": (
        "Mettre la base au schéma de cette version, comme le fait chaque démarrage."
    ),
    "Save the database to FILE as it is at this moment, also while the daemon runs.": (
        "Sauver la base dans FICHIER telle qu'elle est en ce moment, même pendant que le démon tourne."
    ),
    "Put a backup in the place of the database, which is kept beside it. The daemon must not run.": (
        "Mettre une sauvegarde à la place de la base, qui est gardée à côté. Le démon ne doit pas tourner."
    ),
}

#: Of options and arguments.
OPTIONS: Final[Mapping[str, str]] = {
    "Show this message and exit.": "Montrer ce message, et c'est tout.",
    "Install completion for the current shell.": "Installer la complétion pour cet interpréteur de commandes.",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "Montrer la complétion pour cet interpréteur de commandes, pour la copier ou l'installer autrement."
    ),
    "Folder of the database (default: the platform's).": "Dossier de la base (sinon : celui de la plateforme).",
    "Configuration file (TOML).": "Fichier de configuration (TOML).",
    "Language of the output (default: the locale's).": "Langue des sorties (sinon : celle du système).",
    "Print JSON, for programs.": "Écrire du JSON, pour les programmes.",
    "Print CSV, a line a fact, for spreadsheets.": "Écrire du CSV, une ligne par fait, pour les tableurs.",
    "Processes to use; 0: one a core.": "Nombre de processus ; 0 : un par cœur.",
    "Do what is due, to its end, then exit.": "Faire jusqu'au bout ce qui est dû, puis finir.",
    "Read what is there, then exit.": "Lire ce qui est là, puis finir.",
    "Read articles as JSON lines, answer in JSON lines.": "Lire les articles en lignes de JSON, répondre de même.",
    "Say why, and why the rest is left out.": "Dire pourquoi, et pourquoi le reste est écarté.",
    "With --explain, show what each sign weighs.": "Avec --explain, montrer ce que pèse chaque signe.",
    "At most so many, latest first.": "Tant au plus, les derniers d'abord.",
    "At most so many, newest first.": "Tant au plus, les plus récents d'abord.",
    "Only of the last N days.": "Seulement des N derniers jours.",
    "Only these.": "Seulement ceux-ci.",
    "Only this year.": "Seulement cette année.",
    "Only what is this.": "Seulement ce qui en est.",
    "Only what was seen since.": "Seulement ce qui a été vu depuis.",
    "Only those about this: series, cinema, tv, ...": "Seulement celles sur ce sujet : series, cinema, tv...",
    "Only those in this one, two letters.": "Seulement celles en cette langue, deux lettres.",
    "Only those that are off.": "Seulement celles qui sont inactives.",
    "Those that are off, too.": "Celles qui sont inactives aussi.",
    "Listen there; 0: wherever is free.": "Écouter là ; 0 : là où c'est libre.",
    "Write it as one HTML page.": "L'écrire en une page HTML.",
    "Write a report with curves to this file.": "Écrire dans ce fichier un rapport avec des courbes.",
    "Write the mail's HTML to this file.": "Écrire dans ce fichier le HTML du courriel.",
    "Written with this template.": "Écrit avec ce gabarit.",
    "Show every error, and why it was made.": "Montrer chaque erreur, et pourquoi elle a été faite.",
    "How sure an announcement must be to count; as `run` has it unless given.": (
        "À quel point une annonce doit être sûre pour compter ; sinon, comme pour `run`."
    ),
    "Make a model from the corpus and what you judged.": "Faire un modèle du corpus et de ce que vous avez jugé.",
    "Go back to the shipped model.": "Revenir au modèle fourni.",
    "Cocorico's corpus (default: this checkout's).": "Le corpus de Cocorico (sinon : celui de ce dépôt).",
    "As readers know it (default: its own).": "Comme les lecteurs l'appellent (sinon : le sien).",
    "Short name (default: made of the address).": "Nom court (sinon : tiré de l'adresse).",
    "Short name (default: made of the service's).": "Nom court (sinon : tiré de celui du service).",
    "Taken without asking the site.": "Pris sans interroger le site.",
    "Of its articles, two letters (default: as found).": "De ses articles, deux lettres (sinon : comme trouvé).",
    "Of the articles: fr or en.": "Des articles : fr ou en.",
    "Of Media Cloud: outlets to search.": "De Media Cloud : les médias où chercher.",
    "Of those that don't say it, two letters.": "Pour ceux qui ne la disent pas, deux lettres.",
    "Take the best without asking.": "Prendre le meilleur sans demander.",
    "Take this one; may be repeated.": "Prendre celui-ci ; peut être répété.",
    "Feeds to look at.": "Nombre de flux à regarder.",
    "Show what is there, add nothing.": "Montrer ce qu'il y a, sans rien ajouter.",
    "Show its address, add nothing.": "Montrer son adresse, sans rien ajouter.",
    "Show what would be added, add nothing.": "Montrer ce qui serait ajouté, sans rien ajouter.",
    "Show what would be added, and add nothing.": "Montrer ce qui serait ajouté, sans rien ajouter.",
    "Pass over it instead.": "L'écarter au lieu de le lire.",
    "Pages to read of each source.": "Nombre de pages à lire de chaque source.",
    "Alerts to show of each change.": "Nombre d'alertes à montrer de chaque changement.",
    "Alerts to show of each rule.": "Nombre d'alertes à montrer de chaque règle.",
    "How far to look back.": "Jusqu'où regarder en arrière.",
    "Which sort of message.": "Quelle sorte de message.",
    "As a terminal, a mail program or a chat shows it.": (
        "Comme le montre un terminal, un logiciel de courriel ou une messagerie."
    ),
    "As this one is told of the story.": "Comme celui-ci est prévenu de l'annonce.",
    "Its id; without it a made-up one.": "Son identifiant ; sans lui, une annonce inventée.",
    "Another name of a work.": "Un autre nom d'une œuvre.",
    "What it is.": "Ce que c'est.",
    "Where it is made (default: each article tells).": "Où c'est fait (sinon : chaque article le dit).",
}

#: What stands for a value.
VALUES: Final[Mapping[str, str]] = {
    "COMMAND": "COMMANDE",
    "DIR": "DOSSIER",
    "FILE": "FICHIER",
    "NAME": "NOM",
    "NEW": "NOUVEAU",
    "PATH": "CHEMIN",
    "QUERY": "REQUÊTE",
    "REPORT": "RAPPORT",
    "STORY": "ANNONCE",
    "SUBSCRIPTION": "ABONNEMENT",
    "TARGET": "CIBLE",
    "VALUE": "VALEUR",
    "VERDICT": "JUGEMENT",
}
