"""Help and complaints about misuse in French: the words of every command are replaced before it runs.

Commands and options are declared in English, where Typer and Click read them; what these two add of their own (the
titles of panels, "required", "No such option") is theirs in English alone. So the tree of commands is walked once, when
French is spoken, and each text takes the place of its English one. A test finds what has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from types import SimpleNamespace
from typing import Any, Final, NoReturn, cast

import typer
import typer.main

from monitor.cli.saying import in_words
from monitor.cli.words_asked import OPTIONS, TELLING_AND_KEEPING, VALUES
from monitor.cli.words_help import ALONE, SOURCES_AND_STORIES, TOP

HELP: Final[Mapping[str, str]] = {**TOP, **ALONE, **SOURCES_AND_STORIES, **TELLING_AND_KEEPING, **OPTIONS}

#: What Typer raises for every misuse; it has a name for one sort of them only.
REFUSAL: Final = cast("type[Exception]", typer.BadParameter.__mro__[2])

#: What Typer writes around: its name in `typer.rich_utils`, and in French.
FRAMES: Final[Mapping[str, str]] = {
    "ABORTED_TEXT": "Interrompu.",
    "ARGUMENTS_PANEL_TITLE": "Arguments",
    "COMMANDS_PANEL_TITLE": "Commandes",
    "DEFAULT_STRING": "[sinon : {}]",
    "ENVVAR_STRING": "[variable : {}]",
    "ERRORS_PANEL_TITLE": "Erreur",
    "OPTIONS_PANEL_TITLE": "Options",
    "REQUIRED_LONG_STRING": "[obligatoire]",
    "RICH_HELP": "Essayez [blue]'{command_path} {help_option}'[/].",
}


def run(app: typer.Typer, arguments: Sequence[str]) -> NoReturn:
    """Run a command that explains itself in French when it has to, and exit as Typer would."""
    command = typer.main.get_command(app)
    try:
        with in_french(command) if asks_for_help(command, arguments) else nullcontext():
            code = command.main(args=list(arguments), prog_name="cocorico", standalone_mode=False)
    except typer.Abort:
        with in_french(command) as frames:
            frames.rich_abort_error()
        raise SystemExit(1) from None
    except REFUSAL as refusal:
        with in_french(command) as frames:
            _complain(refusal, frames)
        raise SystemExit(int(getattr(refusal, "exit_code", 1))) from None
    raise SystemExit(code if isinstance(code, int) else 0)


def asks_for_help(command: Any, arguments: Sequence[str]) -> bool:
    """Tell whether help may be shown: it is asked for, or a group of commands stands alone."""
    for one in arguments:
        command = getattr(command, "commands", {}).get(one, command)
    return hasattr(command, "commands") or not {"-h", "--help"}.isdisjoint(arguments)


def _complain(refusal: Any, frames: Any) -> None:
    """Say what was wrong with a command as Typer says it, in French."""
    if type(refusal).__name__ == "NoArgsIsHelpError":  # help, which was asked for by asking for nothing, is out
        return
    where, colon, what = refusal.format_message().partition(": ")
    if where.startswith("Invalid value"):
        said = f"{in_words(placed(where), 'fr')} : {in_words(what.removeprefix('Value error, '), 'fr')}"
    else:
        said = in_words(where + colon + what, "fr")
    frames.rich_format_error(SimpleNamespace(ctx=getattr(refusal, "ctx", None), format_message=lambda: said))


@contextmanager
def in_french(command: Any) -> Iterator[Any]:
    """Have a command's words, and Typer's own, in French; Typer's are put back after, for others in this process."""
    from typer import rich_utils  # noqa: PLC0415 - a quarter of a second, for help and complaints alone

    translate(command)
    former = {name: getattr(rich_utils, name) for name in FRAMES if hasattr(rich_utils, name)}
    for name in former:
        setattr(rich_utils, name, FRAMES[name])
    try:
        yield rich_utils
    finally:
        for name, text in former.items():
            setattr(rich_utils, name, text)


def translate(command: Any, parent: typer.Context | None = None) -> None:
    """Put French in the place of English: in a command of Typer's, which is made anew for each run, and below it."""
    context = typer.Context(command, parent=parent, **command.context_settings)
    command.help = french(command.help)
    command.epilog = french(command.epilog)
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = placed(command.subcommand_metavar)
    for param in command.get_params(context):
        param.metavar = param.metavar and placed(param.metavar)
        if hasattr(param, "help"):
            param.help = french(param.help)
    for inner in getattr(command, "commands", {}).values():
        translate(inner, context)


def french(text: str | None) -> str | None:
    """Say a help text in French, paragraph by paragraph; what isn't known (an example) stays."""
    if text is None:
        return None
    paragraphs = (" ".join(one.split()) for one in text.split("\n\n"))
    return "\n\n".join(HELP.get(flat, one) for flat, one in zip(paragraphs, text.split("\n\n"), strict=True))


def placed(metavar: str) -> str:
    """Say in French what stands for a value: `FILE|URL|-` is `FICHIER|URL|-`."""
    return re.sub(r"[A-Z]+", lambda found: VALUES.get(found[0], found[0]), metavar)
