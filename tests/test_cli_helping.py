"""Help and complaints about misuse are in French for who speaks French: every command's, whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from command import call
from typer import rich_utils

from monitor.cli import app, helping
from monitor.cli.helping import FRAMES, HELP, asks_for_help, in_french, placed
from monitor.cli.words_asked import VALUES


def tree() -> Any:
    """Every command as Typer makes it, in English."""
    return typer.main.get_command(app)


def walked(command: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from walked(inner, f"{path} {name}".strip())


def texts(command: Any) -> Iterator[str]:
    """Every text of a command and its options, paragraph by paragraph, as it is looked up."""
    params = command.get_params(typer.Context(command, **command.context_settings))
    for text in (command.help, command.epilog, *(getattr(param, "help", None) for param in params)):
        yield from (" ".join(one.split()) for one in (text or "").split("\n\n") if not one.startswith("  "))


def test_every_text_of_every_command_has_its_french() -> None:
    english = {text for _, command in walked(tree()) for text in texts(command)}
    assert len(english) > 120
    assert english - HELP.keys() == {""}
    assert HELP.keys() - english == set(), "French of what is not said any more"


def test_both_languages_name_the_same_commands_options_and_files() -> None:
    for english, french in HELP.items():
        for sign in (r"`[^`]+`", r"--[a-z]+", r"\.\w{3,5}\b", r"\bHTTP \d+"):
            assert sorted(re.findall(sign, english)) == sorted(re.findall(sign, french)), french


@pytest.mark.parametrize("path", [path for path, _ in walked(tree())])
def test_no_english_is_left_in_the_help_of_a_command(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "250")
    done = call("--lang", "fr", *path.split(), "--help")
    assert done.code == 0
    shown = " ".join(done.out.split())
    command = dict(walked(tree()))[path]
    assert [text for text in texts(command) if text and text != HELP[text] and text in shown] == []
    assert HELP[next(texts(command))] in shown.replace(" │ │ ", " ")
    assert not re.search(r"\[default|\[required|─ (?:Commands|Error) ─|Examples?:|Show this", shown)
    assert not set(re.findall(r"\b[A-Z]{4,}\b", shown)) & VALUES.keys()
    assert "-h" in shown


def test_a_group_alone_shows_its_help_in_french() -> None:
    done = call("--lang", "fr", "sources")
    assert done.code == 2
    assert "Commandes" in done.out + done.err
    assert "Commands" not in done.out + done.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nosuch",), "Il n'y a pas de commande 'nosuch'."),
        (("sources", "adx"), "Il n'y a pas de commande 'adx'. Vouliez-vous dire 'add' ?"),
        (("sources", "add", "--mosr", "2"), "Il n'y a pas d'option --mosr"),
        (("sources", "add"), "Il manque l'argument 'URL'."),
        (("sources", "add", "x", "--most", "y"), "Valeur refusée pour '--most' : il faut un nombre entier"),
        (("sources", "add", "x", "--most", "0"), "Valeur refusée pour '--most' : il faut 1 au moins"),
        (("sources", "add", "x", "--most"), "L'option '--most' demande une valeur."),
        (("run", "--once=3"), "L'option '--once' ne prend pas de valeur."),
        (("run", "x"), "De trop : x"),
        (("alerts", "list", "--state", "lost"), "'lost' n'est pas parmi"),
        (("export", "--since", "lundi"), "Valeur refusée pour '--since' : 'lundi' n'est pas une date"),
        (("classify",), "Valeur refusée pour FICHIER|URL|- : donnez un fichier"),
        (("trace", "ftp://example.org/x"), "Valeur refusée pour URL : ce n'est pas une adresse http(s)"),
        (("watch", "add", "!!"), 'Valeur refusée pour NOM : "!!" n\'est pas un nom'),
    ],
)
def test_misuse_is_told_in_french(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], says: str
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    done = call("--lang", "fr", "--data", tmp_path, *arguments)
    assert done.code == 2
    assert says in done.err
    assert "Erreur" in done.err
    assert done.out == ""


def test_who_misused_a_command_is_told_where_its_help_is() -> None:
    assert "Essayez 'cocorico sources add -h'." in call("--lang", "fr", "sources", "add").err


def test_what_typer_says_itself_is_put_back() -> None:
    former = {name: getattr(rich_utils, name) for name in FRAMES}
    with in_french(tree()):
        assert rich_utils.COMMANDS_PANEL_TITLE == "Commandes"
    assert {name: getattr(rich_utils, name) for name in FRAMES} == former
    assert "No such command" in call("--lang", "en", "nosuch").err


def test_a_question_that_is_broken_off_ends_in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = typer.Typer()

    @asked.command()
    def ask() -> None:
        raise typer.Abort

    said: list[str] = []
    monkeypatch.setattr(rich_utils, "rich_abort_error", lambda: said.append(rich_utils.ABORTED_TEXT))
    with pytest.raises(SystemExit) as ended:
        helping.run(asked, [])
    assert ended.value.code == 1
    assert said == ["Interrompu."]


def test_help_is_expected_where_it_is_asked_for_or_a_group_stands_alone() -> None:
    command = tree()
    assert asks_for_help(command, [])
    assert asks_for_help(command, ["sources"])
    assert asks_for_help(command, ["--data", "x", "sources", "add", "-h"])
    assert not asks_for_help(command, ["sources", "list", "--json"])


def test_what_stands_for_a_value_is_french_too() -> None:
    assert placed("FILE|URL|-") == "FICHIER|URL|-"
    assert placed("NEW.toml") == "NOUVEAU.toml"
