"""What a command can't do with files, the model, targets and the system, and why, in English and French."""

from __future__ import annotations

from typing import Final

#: (English, as it is said, with its places; French)
FILES: Final = (
    # lists and files
    (
        "a list of {size} bytes is too large: {most} is the most; split it",
        "une liste de {size} octets est trop grande : {most} au plus ; partagez-la",
    ),
    (
        "this is no OPML list: {reason}; export one from your reader",
        "ce n'est pas une liste OPML : {reason} ; exportez-en une de votre lecteur",
    ),
    (
        "this is no OPML list; export one from your reader",
        "ce n'est pas une liste OPML ; exportez-en une de votre lecteur",
    ),
    (
        "line {line} is broken ({said}), and what follows was not read",
        "la ligne {line} est cassée ({said}), et la suite n'a pas été lue",
    ),
    (
        "a list of more than {feeds} feeds or {deep} folders deep is not read; split it",
        "une liste de plus de {feeds} flux ou de {deep} dossiers imbriqués n'est pas lue ; partagez-la",
    ),
    (
        "the list declares entities of its own, which no reader writes; it is not read",
        "la liste déclare ses propres entités, ce qu'aucun lecteur n'écrit ; elle n'est pas lue",
    ),
    (
        "this is a web page, not a list; is the address right, and its key?",
        "c'est une page web, pas une liste ; l'adresse est-elle juste, et sa clé ?",
    ),
    ("the list names no work, person or producer", "la liste ne nomme ni œuvre, ni personne, ni société"),
    ("this is no JSON: {said}", "ce n'est pas du JSON : {said}"),
    (
        "item {number} must be an object, as Trakt and Sonarr write them",
        "l'élément {number} doit être un objet, comme Trakt et Sonarr les écrivent",
    ),
    ('{place} says that it is "{sort}" and has no such part', '{place} se dit "{sort}" et n\'a pas de telle partie'),
    ('{place}: "{sort}" is none of {choices}', '{place} : "{sort}" n\'est pas parmi {choices}'),
    (
        '"{name}" is not on the watchlist; `cocorico watch list` shows what is',
        '"{name}" n\'est pas sur la liste ; `cocorico watch list` montre ce qui y est',
    ),
    ('"{name}" is not on the watchlist', '"{name}" n\'est pas sur la liste'),
    (
        'the first line must be a heading with "name" or "title", such as: {example}',
        'la première ligne doit être un en-tête avec "name" ou "title", comme : {example}',
    ),
    (
        "{reason}; a list in JSON begins with {signs}",
        "{reason} ; une liste en JSON commence par {signs}",
    ),
    ("failed: {reason}", "en panne : {reason}"),
    ("blocked: {reason}", "bloquée : {reason}"),
    ("gone: {reason}", "disparue : {reason}"),
    ("not_a_feed: {reason}", "pas un flux : {reason}"),
    ("no such file or folder", "pas de tel fichier ni dossier"),
    ("{file} can't be read: {reason}", "{file} est illisible : {reason}"),
    ("{file} can't be written: {reason}", "{file} ne peut pas être écrit : {reason}"),
    ("cannot read {file}: {reason}", "{file} est illisible : {reason}"),
    ("{file} holds no text", "{file} ne contient pas de texte"),
    ("there is no article in it", "il n'y a pas d'article dedans"),
    ("there is no .toml or .jsonl file", "il n'y a pas de fichier .toml ni .jsonl"),
    (
        "{file} is no WARC file: it doesn't begin like one",
        "{file} n'est pas un fichier WARC : il ne commence pas comme eux",
    ),
    (
        "{file} breaks off; the {count} pages before that were read",
        "{file} est coupé ; les {count} pages d'avant ont été lues",
    ),
    (
        "{file} is no export of Cocorico: its first line has to say so; see `cocorico export`",
        "{file} n'est pas un export de Cocorico : sa première ligne doit le dire ; voyez `cocorico export`",
    ),
    (
        "{file} was written by another version ({said}); update Cocorico",
        "{file} a été écrit par une autre version ({said}) ; mettez Cocorico à jour",
    ),
    (
        "it breaks off after {count} lines; its last line, which says how many, is missing",
        "il est coupé après {count} lignes ; sa dernière ligne, qui dit combien, manque",
    ),
    (
        "{file}, line {number}: {reason}; nothing of this line was kept",
        "{file}, ligne {number} : {reason} ; rien de cette ligne n'a été gardé",
    ),
    # the model, targets, the pages
    ("the shipped model; {reason}", "le modèle livré ; {reason}"),
    ("the shipped model", "le modèle livré"),
    (
        "the personal one can't be read ({said}): make it anew with `cocorico train --with-verdicts`",
        "le vôtre est illisible ({said}) : refaites-le avec `cocorico train --with-verdicts`",
    ),
    (
        "the personal one was made beside an older one: make it anew with `cocorico train --with-verdicts`",
        "le vôtre a été fait à côté d'un plus ancien : refaites-le avec `cocorico train --with-verdicts`",
    ),
    ("the personal one lowers {scores}", "le vôtre fait baisser {scores}"),
    (
        "the personal model of {day}, made from {count} judged articles",
        "votre modèle du {day}, fait de {count} articles jugés",
    ),
    ("target {name}: {reason}", "cible {name} : {reason}"),
    (
        "the address names nobody to write to; add the reader's mail address",
        "l'adresse ne nomme personne à qui écrire ; ajoutez le courriel du lecteur",
    ),
    (
        "the address names {count} recipients; make a target for each, so that each is retried alone",
        "l'adresse nomme {count} destinataires ; faites une cible pour chacun, que chacun soit réessayé seul",
    ),
    ("the address is empty; write one such as {example}", "l'adresse est vide ; écrivez-en une telle que {example}"),
    (
        "the address has several lines; write one address, in one line",
        "l'adresse a plusieurs lignes ; écrivez une adresse, sur une ligne",
    ),
    (
        'the address has the parameter "{key}": {reason}; remove it',
        'l\'adresse a le paramètre "{key}" : {reason} ; retirez-le',
    ),
    ("a failure would be reported as sent", "un échec passerait pour un envoi"),
    ("the subscription chooses its targets", "c'est l'abonnement qui choisit ses cibles"),
    ("Cocorico does not sign or encrypt", "Cocorico ne signe ni ne chiffre"),
    (
        "the address has no service; write one such as {example}",
        "l'adresse n'a pas de service ; écrivez-en une telle que {example}",
    ),
    (
        'Apprise does not understand the address, which begins with "{scheme}"; compare it with {place}',
        'Apprise ne comprend pas l\'adresse, qui commence par "{scheme}" ; comparez-la à {place}',
    ),
    (
        'Apprise does not understand the address, which begins with "{scheme}"',
        'Apprise ne comprend pas l\'adresse, qui commence par "{scheme}"',
    ),
    (
        "{place} is taken, perhaps by another Cocorico: choose another [web] port, or set enabled = false",
        (
            "{place} est pris, peut-être par un autre Cocorico : choisissez un autre [web] port, ou mettez "
            "enabled = false"
        ),
    ),
    (
        "this machine has no such address: correct [web] host",
        "cette machine n'a pas cette adresse : corrigez [web] host",
    ),
    ("{reason}: choose another [web] port", "{reason} : choisissez un autre [web] port"),
    # learning
    (
        (
            "there is no corpus with train/ and test/ here, and an installed Cocorico comes without; get its "
            "repository, and give the corpus in it: {command}"
        ),
        (
            "il n'y a pas ici de corpus avec train/ et test/, et un Cocorico installé vient sans ; prenez son "
            "dépôt, et donnez le corpus qui y est : {command}"
        ),
    ),
    (
        "nothing that was judged can be learnt from yet; `cocorico verdicts list` shows what was said",
        "rien de ce qui fut jugé n'apprend encore rien ; `cocorico verdicts list` montre ce qui fut dit",
    ),
    (
        "training needs the extra `train` ({said}): {command}, or `make` in the repository",
        "l'entraînement demande l'extra `train` ({said}) : {command}, ou `make` dans le dépôt",
    ),
    # the system
    ("No such file or directory", "aucun fichier ni dossier de ce nom"),
    ("Permission denied", "permission refusée"),
    ("No space left on device", "plus de place sur le disque"),
    ("Is a directory", "c'est un dossier"),
    ("Not a directory", "ce n'est pas un dossier"),
    ("Read-only file system", "système de fichiers en lecture seule"),
    ("File exists", "le fichier existe déjà"),
    ("Input/output error", "erreur d'entrée-sortie"),
)
