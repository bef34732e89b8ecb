"""What is wrong with a configuration, or worth a note: each sentence that says so, in English and French."""

from __future__ import annotations

from typing import Final

#: (English, as it is said, with its places; French)
MISTAKES: Final = (
    # of any key
    ("must be {what}, not {value}", "doit être {what}, pas {value}"),
    ("{value} must be {what}", "{value} doit être {what}"),
    ("the name {value} must be {what}", "le nom {value} doit être {what}"),
    ("{value} is not one of {choices}", "{value} n'est pas parmi {choices}"),
    ("must be from {least} to {most} seconds, not {value}", "doit aller de {least} à {most} secondes, pas {value}"),
    ("must be from {least} to {most}, not {value}", "doit aller de {least} à {most}, pas {value}"),
    ("must not be empty", "ne doit pas être vide"),
    ("must be {what}", "doit être {what}"),
    ('"{key}" is missing', '"{key}" manque'),
    ("unknown key", "clé inconnue"),
    ("unknown key; there are: {choices}", "clé inconnue ; il y a : {choices}"),
    ("this key has no keys below it", "cette clé n'en contient pas d'autres"),
    (
        "tables can't be set by a variable; use the configuration file",
        "une variable ne peut pas donner de table ; servez-vous du fichier de configuration",
    ),
    ("moved to match: write {key}", "passée dans match : écrivez {key}"),
    ("belongs to the subscription, beside match", "a sa place dans l'abonnement, à côté de match"),
    ("{value} is not a regular expression: {said}", "{value} n'est pas une expression rationnelle : {said}"),
    (
        "{value} is not a web address (http:// or https://, then a host)",
        "{value} n'est pas une adresse web (http:// ou https://, puis un hôte)",
    ),
    ("{value} is not a network such as {example}", "{value} n'est pas un réseau tel que {example}"),
    (
        'must not hold "{value}": outlets refuse it by name',
        'ne doit pas contenir "{value}" : les médias le refusent par son nom',
    ),
    (
        'must not hold "{value}": outlets refuse or would be misled by it',
        'ne doit pas contenir "{value}" : les médias le refusent, ou en seraient trompés',
    ),
    (
        "must be a web or e-mail address where outlets reach you, not {value}",
        "doit être une adresse web ou de courriel où les médias vous joignent, pas {value}",
    ),
    (
        "must name a web or e-mail address where outlets reach you",
        "doit nommer une adresse web ou de courriel où les médias vous joignent",
    ),
    ("must be plain ASCII on one line", "doit être en ASCII, sur une seule ligne"),
    # the file, secrets and paths
    ("not in UTF-8; save it as UTF-8", "pas en UTF-8 ; enregistrez-le en UTF-8"),
    ("this is no TOML: {said}", "ce n'est pas du TOML : {said}"),
    ("can't read the configuration: {reason}", "la configuration est illisible : {reason}"),
    ("the variable {name} is empty", "la variable {name} est vide"),
    ("the environment has neither {name} nor {other}", "l'environnement n'a ni {name} ni {other}"),
    ("{file} is too long for a secret", "{file} est trop long pour un secret"),
    ("{file} is empty", "{file} est vide"),
    ("can't read {file}: not a text file in UTF-8", "{file} est illisible : pas un fichier de texte en UTF-8"),
    ("can't read {file}: {reason}", "{file} est illisible : {reason}"),
    ("holds line breaks or control characters", "contient des sauts de ligne ou des caractères de contrôle"),
    (
        "others on this machine may read this secret: {reason}",
        "d'autres sur cette machine peuvent lire ce secret : {reason}",
    ),
    ("chmod 600 {file}, or use {key}", "chmod 600 {file}, ou utilisez {key}"),
    ("there is no file {file}", "il n'y a pas de fichier {file}"),
    # section by section
    (
        "must start with sqlite:/// or postgresql://, or be empty",
        "doit commencer par sqlite:/// ou postgresql://, ou être vide",
    ),
    ("deadline ({value}) must be longer than timeout ({other})", "deadline ({value}) doit dépasser timeout ({other})"),
    (
        "fastest ({value}) must not be longer than slowest ({other})",
        "fastest ({value}) ne doit pas dépasser slowest ({other})",
    ),
    (
        "retention_days ({value}) must be more than fresh_days ({other})",
        "retention_days ({value}) doit dépasser fresh_days ({other})",
    ),
    (
        "still the project's own: set your page or e-mail address, so outlets reach you",
        "encore celui du projet : mettez votre page ou votre courriel, pour que les médias vous joignent",
    ),
    ("robots.txt is ignored: only for sites of your own", "robots.txt est ignoré : seulement pour des sites à vous"),
    (
        "must be plain ASCII: a header can't carry anything else",
        "doit être en ASCII : un en-tête ne porte rien d'autre",
    ),
    (
        "must be two numbers, the lower one first, such as {example}",
        "doit être deux nombres, le plus petit d'abord, comme {example}",
    ),
    ("must name the model to ask, since url is set", "doit nommer le modèle à interroger, puisque url est mis"),
    (
        "must be a web address such as {example}, in plain ASCII without {signs}",
        "doit être une adresse web telle que {example}, en ASCII, sans {signs}",
    ),
    (
        "must hold no user or password; give the key by key_env or key_file",
        "ne doit contenir ni nom ni mot de passe ; donnez la clé par key_env ou key_file",
    ),
    ("the key travels unencrypted: use https", "la clé voyage en clair : utilisez https"),
    ("messages travel unencrypted: use https", "les messages voyagent en clair : utilisez https"),
    (
        "without a secret, messages are not signed: set secret, secret_env or secret_file",
        "sans secret, les messages ne sont pas signés : mettez secret, secret_env ou secret_file",
    ),
    ('"{name}" is under enable as well', '"{name}" est aussi sous enable'),
    ("no source is enabled: nothing will be polled", "aucune source n'est active : rien ne sera demandé"),
    ('"{name}" is the id of another [[source]]', "\"{name}\" est l'identifiant d'une autre [[source]]"),
    (
        '"{name}" is not in the catalogue, so it needs {keys}',
        '"{name}" n\'est pas au catalogue, il lui faut donc {keys}',
    ),
    (
        'the catalogue has this address as "{name}"; put that under [sources] enable',
        'le catalogue a cette adresse sous "{name}" ; mettez ce nom sous [sources] enable',
    ),
    ('there is no source "{name}"', 'il n\'y a pas de source "{name}"'),
    ('"{name}" was left out of the catalogue: {said}', '"{name}" a été laissé hors du catalogue : {said}'),
    ("there is no [targets.{name}]", "il n'y a pas de [targets.{name}]"),
    ('"{name}" is the name of another subscription', '"{name}" est le nom d\'un autre abonnement'),
    (
        "says nothing, so it would hold for every story; say what it asks, or take it away",
        "ne dit rien, et vaudrait donc pour toute annonce ; dites ce qu'il demande, ou retirez-le",
    ),
    ('there is no preset "{name}"; there are: {choices}', 'il n\'y a pas de modèle "{name}" ; il y a : {choices}'),
    ('there is no preset "{name}"', 'il n\'y a pas de modèle "{name}"'),
    ('"{name}" needs {ways} beside it', '"{name}" a besoin à côté de {ways}'),
    (
        "has no effect with operations = true, which sends no stories; make two subscriptions",
        "n'a pas d'effet avec operations = true, qui n'envoie pas d'annonces ; faites deux abonnements",
    ),
    ("has an effect with operations = true only", "n'a d'effet qu'avec operations = true"),
    ("needs an hour, such as {example}", "demande une heure, comme {example}"),
    ('"{name}" is built in; choose another name', '"{name}" est déjà là d\'office ; prenez un autre nom'),
    (
        "this is no Apprise URL: SCHEME://..., such as mailtos:// or ntfys://",
        "ce n'est pas une adresse d'Apprise : SCHÉMA://..., comme mailtos:// ou ntfys://",
    ),
    (
        'only a webhook has a secret: add kind = "webhook", or remove it',
        'seul un webhook a un secret : ajoutez kind = "webhook", ou retirez-le',
    ),
    (
        "this is no web address: http:// or https://, then a host, without user and #",
        "ce n'est pas une adresse web : http:// ou https://, puis un hôte, sans nom ni #",
    ),
    ("needs exactly one of {choices}", "demande exactement une de ces clés : {choices}"),
    ('"{name}" is there twice', '"{name}" y est deux fois'),
    (
        "other machines may read the feeds, and messages have no links without public_url",
        "d'autres machines peuvent lire les flux, et les messages n'ont pas de liens sans public_url",
    ),
    (
        'must be an address such as "127.0.0.1", "::1" or "0.0.0.0"',
        'doit être une adresse telle que "127.0.0.1", "::1" ou "0.0.0.0"',
    ),
    (
        '"{name}" is no host name such as cocorico.lan, without port',
        "\"{name}\" n'est pas un nom d'hôte tel que cocorico.lan, sans port",
    ),
    # times
    (
        '"{text}" is no time of day; write it like "08:00", up to "23:59"',
        '"{text}" n\'est pas une heure ; écrivez-la comme "08:00", jusqu\'à "23:59"',
    ),
    (
        '"{text}" must be two times of day with a hyphen, such as {example}',
        '"{text}" doit être deux heures avec un tiret, comme {example}',
    ),
    (
        '"{text}" is no span: it begins when it ends; for silence all day take a daily digest',
        (
            '"{text}" n\'est pas une durée : elle commence où elle finit ; pour le silence, prenez un '
            "récapitulatif quotidien"
        ),
    ),
    (
        '"{text}" is no time zone; write it like {example}',
        '"{text}" n\'est pas un fuseau horaire ; écrivez-le comme {example}',
    ),
    ('"{text}" is no day of the week: {days}', '"{text}" n\'est pas un jour de la semaine : {days}'),
    (
        '"{text}" needs five fields (minute, hour, day, month, weekday), not {count}',
        '"{text}" demande cinq champs (minute, heure, jour, mois, jour de semaine), pas {count}',
    ),
    # templates
    (
        "there is no template {name} (templates are files such as {file})",
        "il n'y a pas de gabarit {name} (les gabarits sont des fichiers tels que {file})",
    ),
)
#: What a value must be, as the schema says it.
KINDS: Final = (
    ("text in quotes", "un texte entre guillemets"),
    ("true or false", "true ou false"),
    ("a whole number", "un nombre entier"),
    ("a number", "un nombre"),
    ("a list", "une liste"),
    ("a table", "une table"),
    ("the name of an environment variable", "le nom d'une variable d'environnement"),
    ("lower-case letters, digits, hyphens and underscores", "en minuscules, chiffres, tirets et soulignés"),
    ("lower-case letters, digits and hyphens", "en minuscules, chiffres et tirets"),
    ("letters, digits, hyphens and underscores, or empty", "en lettres, chiffres, tirets et soulignés, ou vide"),
    ("a name with a letter or a digit in it", "un nom où il y a une lettre ou un chiffre"),
    ("text with a letter or a digit in it", "un texte où il y a une lettre ou un chiffre"),
    ("a number of seconds, or text such as {examples}", "un nombre de secondes, ou un texte tel que {examples}"),
    ("a language code of two letters, such as {example}", "un code de langue de deux lettres, comme {example}"),
    ("a word of lower-case letters, such as {example}", "un mot en minuscules, comme {example}"),
    ("a title in quotes, or a table such as {example}", "un titre entre guillemets, ou une table telle que {example}"),
)
