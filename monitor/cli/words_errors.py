"""What a command can't do with the store, stories and sources, and why, in English and French."""

from __future__ import annotations

from typing import Final

#: (English, as it is said, with its places; French)
ERRORS: Final = (
    # the store
    (
        "all connections have been busy for 30 s; restart Cocorico and report this",
        "toutes les connexions sont prises depuis 30 s ; relancez Cocorico et signalez-le",
    ),
    (
        "the disk is full and nothing of this step was kept; free some space",
        "le disque est plein et rien de cette étape n'a été gardé ; faites de la place",
    ),
    (
        "another process has been writing for more than 10 s; see which with `cocorico doctor` ({said})",
        "un autre processus écrit depuis plus de 10 s ; voyez lequel avec `cocorico doctor` ({said})",
    ),
    (
        "the file is damaged; restore a backup with `cocorico db restore FILE` ({said})",
        "le fichier est abîmé ; remettez une sauvegarde avec `cocorico db restore FICHIER` ({said})",
    ),
    (
        "the file is no database; choose another path, or restore a backup ({said})",
        "le fichier n'est pas une base de données ; choisissez un autre chemin, ou remettez une sauvegarde ({said})",
    ),
    (
        "it can't be written to; check the owner and rights of the file and of its folder ({said})",
        "on ne peut pas y écrire ; vérifiez le propriétaire et les droits du fichier et de son dossier ({said})",
    ),
    (
        "it can't be opened; check that the folder exists and may be written to ({said})",
        "on ne peut pas l'ouvrir ; vérifiez que le dossier existe et qu'on peut y écrire ({said})",
    ),
    (
        "the disk reports an error; check its health, then restore a backup if the store is damaged ({said})",
        (
            "le disque signale une erreur ; vérifiez sa santé, puis remettez une sauvegarde si la base est "
            "abîmée ({said})"
        ),
    ),
    (
        "the database can't be used: {said}; check that it runs and that the address is right",
        "la base de données est inutilisable : {said} ; vérifiez qu'elle tourne et que l'adresse est juste",
    ),
    (
        "{folder} is in use by another Cocorico, pid {pid}; stop that one, or choose another folder with --data",
        "{folder} est pris par un autre Cocorico, pid {pid} ; arrêtez-le, ou choisissez un autre dossier avec --data",
    ),
    (
        "{reason}; check that the folder exists, has room and may be written to",
        "{reason} ; vérifiez que le dossier existe, a de la place et qu'on peut y écrire",
    ),
    (
        "{reason}; check that the folder exists and has room",
        "{reason} ; vérifiez que le dossier existe et a de la place",
    ),
    (
        "the file is damaged ({said}); keep it for recovery and restore a backup with `cocorico db restore FILE`",
        (
            "le fichier est abîmé ({said}) ; gardez-le pour le sauver et remettez une sauvegarde avec "
            "`cocorico db restore FICHIER`"
        ),
    ),
    (
        "this database belongs to another program; choose another one",
        "cette base de données est celle d'un autre programme ; choisissez-en une autre",
    ),
    (
        (
            "made by a newer Cocorico (schema {found}, this one knows up to {known}); upgrade Cocorico, or "
            "restore an older backup"
        ),
        (
            "faite par un Cocorico plus récent (schéma {found}, celui-ci connaît jusqu'à {known}) ; mettez "
            "Cocorico à jour, ou remettez une sauvegarde plus ancienne"
        ),
    ),
    (
        "made by a newer Cocorico (schema {found}); upgrade Cocorico first",
        "faite par un Cocorico plus récent (schéma {found}) ; mettez d'abord Cocorico à jour",
    ),
    (
        "a PostgreSQL store is backed up and restored with pg_dump and pg_restore",
        "une base PostgreSQL se sauvegarde et se remet avec pg_dump et pg_restore",
    ),
    (
        "{file} is the store itself; name another file for the backup",
        "{file} est la base elle-même ; nommez un autre fichier pour la sauvegarde",
    ),
    (
        "there is no such file; name the backup to restore",
        "il n'y a pas de tel fichier ; nommez la sauvegarde à remettre",
    ),
    ("this is no backup of Cocorico", "ce n'est pas une sauvegarde de Cocorico"),
    (
        "store.url can't be read as a database address; {reason}",
        "store.url n'est pas lisible comme adresse de base de données ; {reason}",
    ),
    (
        "store.url names {name}, which Cocorico does not speak; {reason}",
        "store.url nomme {name}, que Cocorico ne parle pas ; {reason}",
    ),
    (
        "the folder {name} that comes with Cocorico is missing; install it again",
        "le dossier {name} livré avec Cocorico manque ; réinstallez-le",
    ),
    ("write {examples}", "écrivez {examples}"),
    (
        "{keep} is a {kind}, {gone} a {other}: only stories of one kind are one",
        "{keep} est {kind}, {gone} est {other} : seules des annonces d'une même sorte n'en font qu'une",
    ),
    # what is looked for and isn't there
    (
        "there is no story {story}; `cocorico stories list` shows those that are",
        "il n'y a pas d'annonce {story} ; `cocorico stories list` montre celles qu'il y a",
    ),
    (
        "no story {story} is in the store; `cocorico stories list` shows those that are",
        "il n'y a pas d'annonce {story} dans la base ; `cocorico stories list` montre celles qu'il y a",
    ),
    (
        (
            "no story is known by {name}: give an id, an article's address or a title; `cocorico stories "
            "list` shows those that are"
        ),
        (
            "aucune annonce n'est connue sous {name} : donnez un identifiant, l'adresse d'un article ou un "
            "titre ; `cocorico stories list` montre celles qu'il y a"
        ),
    ),
    ("{keep} and {gone} are one story already", "{keep} et {gone} sont déjà une seule annonce"),
    (
        "{url} tells nothing of {story}; `cocorico stories show` lists who does",
        "{url} ne dit rien de {story} ; `cocorico stories show` dit qui en parle",
    ),
    (
        "{story} is told by {url} alone: there is nothing to split off",
        "{story} n'est dite que par {url} : il n'y a rien à détacher",
    ),
    (
        "{value} is no other {kind} that {story} could repeat",
        "{value} n'est pas une autre annonce ({kind}) que {story} pourrait répéter",
    ),
    (
        "say the right title, on one line of at most {count} characters",
        "dites le bon titre, sur une ligne de {count} caractères au plus",
    ),
    ("say the right season, a number from 1 to {count}", "dites la bonne saison, un nombre de 1 à {count}"),
    (
        "say which other story this one repeats, by its id",
        "dites quelle autre annonce celle-ci répète, par son identifiant",
    ),
    ("{value} needs nothing more", "{value} n'a besoin de rien de plus"),
    ("{value} is no verdict", "{value} n'est pas un verdict"),
    (
        "nothing that stands was said of {story}; `cocorico verdicts list` shows what was",
        "rien de ce qui vaut n'a été dit de {story} ; `cocorico verdicts list` montre ce qui l'a été",
    ),
    (
        "delivery {id} is not in the store; `cocorico alerts list` shows those that are",
        "le message {id} n'est pas dans la base ; `cocorico alerts list` montre ceux qui y sont",
    ),
    (
        "{name} is no dead message; `cocorico alerts list --state dead` lists them",
        "{name} n'est pas un message mort ; `cocorico alerts list --state dead` les montre",
    ),
    (
        "no such message tells of {story}; `cocorico alerts list` shows those that are",
        "aucun tel message ne parle de {story} ; `cocorico alerts list` montre ceux qu'il y a",
    ),
    (
        "--form {form} has no story of yours in it; leave the story out",
        "--form {form} ne contient aucune de vos annonces ; retirez l'annonce",
    ),
    ("there is no template {name}; there are: {choices}", "il n'y a pas de gabarit {name} ; il y a : {choices}"),
    (
        'there is no target "{name}"; configured are: {choices}',
        'il n\'y a pas de cible "{name}" ; sont configurées : {choices}',
    ),
    ('there is no subscription "{name}"', "il n'y a pas d'abonnement \"{name}\""),
    (
        "feeds are served nowhere: set [web] enabled, or a public_url for others to ask at",
        "les flux ne sont servis nulle part : mettez [web] enabled, ou une public_url où d'autres les demandent",
    ),
    (
        'nothing is known of a work called "{name}"; {reason}',
        "rien n'est connu d'une œuvre nommée \"{name}\" ; {reason}",
    ),
    ("`cocorico works` lists those that are", "`cocorico works` montre celles qu'il y a"),
    # sources
    (
        "there is no source {name}; `cocorico sources list` lists them",
        "il n'y a pas de source {name} ; `cocorico sources list` les montre",
    ),
    (
        "source {name} is not stored; add it to the config, or with `cocorico sources add`",
        "la source {name} n'est pas dans la base ; ajoutez-la à la configuration, ou avec `cocorico sources add`",
    ),
    (
        "source {name} was not added by hand; change its address in the configuration",
        "la source {name} n'a pas été ajoutée à la main ; changez son adresse dans la configuration",
    ),
    ("{name} was not added by hand: {reason}", "{name} n'a pas été ajoutée à la main : {reason}"),
    (
        "a source {name} exists already; choose another with --id",
        "il y a déjà une source {name} ; choisissez un autre nom avec --id",
    ),
    (
        "a source {name} exists already; choose another id",
        "il y a déjà une source {name} ; choisissez un autre identifiant",
    ),
    ("{url} is watched already, as {name}", "{url} est déjà suivie, sous {name}"),
    ("this search is watched already, as {name}", "cette recherche est déjà suivie, sous {name}"),
    (
        "the configuration has {name}; switch it on under [sources] enable",
        "la configuration a {name} ; activez-la sous [sources] enable",
    ),
    (
        "{url}, the best there, is known already, as {name}; see --pick",
        "{url}, la meilleure de là, est déjà connue, sous {name} ; voyez --pick",
    ),
    (
        "there is no number {number}; what was found has 1 to {count}",
        "il n'y a pas de numéro {number} ; ce qui fut trouvé va de 1 à {count}",
    ),
    ("number {number} is known already; take another", "le numéro {number} est déjà connu ; prenez-en un autre"),
    (
        "{url} lists nothing that can be read ({what}); give --kind to add it all the same",
        "{url} ne liste rien de lisible ({what}) ; donnez --kind pour l'ajouter malgré tout",
    ),
    (
        (
            "{url} reserves text and data mining, says {evidence}, and has neither feed nor sitemap; state a "
            "licence in a [[source]] if you have one"
        ),
        (
            "{url} réserve la fouille de textes et de données, dit {evidence}, et n'a ni flux ni plan de site "
            "; déclarez une licence dans une [[source]] si vous en avez une"
        ),
    ),
    (
        (
            "{url} lists nothing that can be read ({what}), and neither its page, its robots.txt nor the usual "
            "places lead to a listing; what it names can't be had: {reason}; give the address of a section "
            "page, or --kind to add it all the same"
        ),
        (
            "{url} ne liste rien de lisible ({what}), et ni sa page, ni son robots.txt, ni les lieux habituels "
            "ne mènent à une liste ; ce qu'elle nomme n'est pas à avoir : {reason} ; donnez l'adresse d'une "
            "page de rubrique, ou --kind pour l'ajouter malgré tout"
        ),
    ),
    (
        (
            "{url} lists nothing that can be read ({what}), and neither its page, its robots.txt nor the usual "
            "places lead to a listing; give the address of a section page, or --kind to add it all the same"
        ),
        (
            "{url} ne liste rien de lisible ({what}), et ni sa page, ni son robots.txt, ni les lieux habituels "
            "ne mènent à une liste ; donnez l'adresse d'une page de rubrique, ou --kind pour l'ajouter malgré "
            "tout"
        ),
    ),
    ("switch it off under [sources] disable", "désactivez-la sous [sources] disable"),
    ("`cocorico sources list` lists them", "`cocorico sources list` les montre"),
    ("a query has 1 to {most} characters, not {count}", "une recherche a de 1 à {most} caractères, pas {count}"),
    (
        "{service} is searched in {languages}, not in {language}",
        "{service} se cherche en {languages}, pas en {language}",
    ),
    (
        "an id has lower-case letters, digits and hyphens, unlike {value}",
        "un identifiant est en minuscules, chiffres et tirets, au contraire de {value}",
    ),
    (
        "a language has two letters, like fr, unlike {value}",
        "une langue a deux lettres, comme fr, au contraire de {value}",
    ),
)
