"""What Typer, Click and Pydantic say of a command that was misused, in English and in French.

Of several releases of theirs: an installation may have another one than the lock file has.
"""

from __future__ import annotations

from typing import Final

#: (English, French), their places named.
MISUSE: Final[tuple[tuple[str, str], ...]] = (
    ("Missing command.", "Il manque une commande."),
    ("No such command {name}.", "Il n'y a pas de commande {name}."),
    ("No such command {name}. Did you mean {near}?", "Il n'y a pas de commande {name}. Vouliez-vous dire {near} ?"),
    ("No such option: {name}", "Il n'y a pas d'option {name}"),
    ("No such option: {name} (Possible options: {near})", "Il n'y a pas d'option {name} (options possibles : {near})"),
    ("No such option: {name} Did you mean {near}?", "Il n'y a pas d'option {name}. Vouliez-vous dire {near} ?"),
    ("Missing argument {name}.", "Il manque l'argument {name}."),
    ("Missing option {name}.", "Il manque l'option {name}."),
    ("Missing parameter: {name}", "Il manque le paramètre {name}"),
    ("Missing argument {name}. Choose from:{choices}", "Il manque l'argument {name}. Au choix :{choices}"),
    ("Got unexpected extra argument ({name})", "Argument de trop : {name}"),
    ("Got unexpected extra arguments ({name})", "Arguments de trop : {name}"),
    ("Got unexpected extra argument(s) ({name})", "De trop : {name}"),
    ("Option {name} does not take a value.", "L'option {name} ne prend pas de valeur."),
    ("Option {name} requires an argument.", "L'option {name} demande une valeur."),
    ("Option {name} requires {count} arguments.", "L'option {name} demande {count} valeurs."),
    ("Argument {name} takes {count} values.", "L'argument {name} prend {count} valeurs."),
    ("Invalid value", "Valeur refusée"),
    ("Invalid value for {name}", "Valeur refusée pour {name}"),
    ("Input should be a valid integer, unable to parse string as an integer", "il faut un nombre entier"),
    ("Input should be a valid number, unable to parse string as a number", "il faut un nombre"),
    ("Input should be a valid boolean, unable to interpret input", "il faut oui ou non"),
    ("Input should be greater than or equal to {least}", "il faut {least} au moins"),
    ("Input should be less than or equal to {most}", "il faut {most} au plus"),
    ("give a file, an address, or - for standard input", "donnez un fichier, une adresse, ou - pour l'entrée standard"),
    ("URL longer than {most} characters: {url}", "adresse de plus de {most} caractères : {url}"),
    ("not a readable URL ({how}): {url}", "adresse illisible ({how}) : {url}"),
    ("not an http(s) URL with a host: {url}", "ce n'est pas une adresse http(s) avec un nom d'hôte : {url}"),
    ("no host", "il n'y a pas de nom d'hôte"),
    ("not a port: {port}", "ce n'est pas un port : {port}"),
    ("not a host name: {name}", "ce n'est pas un nom d'hôte : {name}"),
    ("not an address: {name}", "ce n'est pas une adresse : {name}"),
    ("{name} is no name: it needs a letter or a digit", "{name} n'est pas un nom : il faut une lettre ou un chiffre"),
    ("{value} does not match the formats '%Y-%m-%d'.", "{value} n'est pas une date telle que 2026-11-22."),
    ("{value} does not match the formats {formats}.", "{value} n'a pas la forme {formats}."),
    ("{value} does not match the format {formats}.", "{value} n'a pas la forme {formats}."),
    ("{value} is not one of {choices}.", "{value} n'est pas parmi {choices}."),
    ("{value} is not a valid integer.", "{value} n'est pas un nombre entier."),
    ("{value} is not a valid float.", "{value} n'est pas un nombre."),
    ("{value} is not in the range {range}.", "{value} n'est pas dans l'intervalle {range}."),
)
