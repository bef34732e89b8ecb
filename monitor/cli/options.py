"""The options that several commands share, declared once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer


class Spoken(StrEnum):
    """What the command line speaks."""

    EN = "en"
    FR = "fr"


class State(StrEnum):
    """Which messages to list: the values of `DeliveryState`, repeated so that help needn't import them."""

    HELD = "held"
    OWED = "owed"
    SENT = "sent"
    GATHERED = "gathered"
    DEAD = "dead"


class Listed(StrEnum):
    """What a source may be: the values of `SourceKind`."""

    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"


Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Folder of the database (default: the platform's).", show_default=False),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Configuration file (TOML).", show_default=False),
]
Lang = Annotated[
    Spoken | None,
    typer.Option("--lang", help="Language of the output (default: the locale's).", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Jobs = Annotated[int, typer.Option("--jobs", min=0, metavar="N", help="Processes to use; 0: one a core.")]

#: Examples of a command, shown under its --help.
_EXAMPLES: Final = "Examples:"


def examples(*lines: str) -> str:
    """Lay out examples for the end of a help text: one a line, nothing in them taken for mark-up."""
    escaped = [line.replace("[", "\\[") for line in lines]
    return "\n\n".join([_EXAMPLES if len(lines) > 1 else "Example:", *(f"  {line}" for line in escaped)])
