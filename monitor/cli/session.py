"""What every command starts from: the options given anywhere, the language, and where output goes."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer
from rich.console import Console
from rich.text import Text

from monitor.alerts.text import Language
from monitor.cli.options import Spoken
from monitor.cli.words import WORDS, language_of, word

if TYPE_CHECKING:
    from monitor.config import Config

#: Controls, bidirectional overrides, lone surrogates, line and paragraph separators.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """Options given before the command's name."""

    data: Path | None = None
    config: Path | None = None
    lang: Spoken | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """One command's surroundings."""

    data: Path | None
    config_file: Path | None
    language: Language
    json: bool
    out: Console
    err: Console

    @property
    def rich(self) -> bool:
        """Whether a person looks at the output: boxes and colours, not only words."""
        return self.out.is_terminal and not self.json

    def decimal(self, value: float) -> str:
        """Write a number with one digit after the point, or the comma."""
        return f"{value:.1f}" if self.language == "en" else f"{value:.1f}".replace(".", ",")

    def word(self, key: str, **values: object) -> str:
        """Give a phrase in the session's language."""
        return word(key, self.language, **values)

    def code(self, group: str, value: str) -> str:
        """Say a word of a closed vocabulary: in English as programs know it, else in the reader's language."""
        key = f"{group}.{value}"
        return value if self.language == "en" or key not in WORDS else self.word(key)

    def label(self, name: str) -> str:
        """Write what stands before a value, with its colon as each language sets it."""
        return f"{name}:" if self.language == "en" else f"{name} :"

    def config(self, *, sends: bool = True) -> Config:
        """Load the configuration.

        Args:
            sends: False for a command that sends nothing: it works without the targets' secrets, which a daemon has
                and a shell may not.

        Raises:
            ConfigError: it has mistakes.
        """
        from monitor.config import load  # noqa: PLC0415 - `cocorico --help` must not wait for it

        return load(self.config_file, env=os.environ, data_dir=self.data, sends=sends)

    def reason(self, text: str) -> str:
        """Say in the reader's language a reason that is stored, that the crawler gives, an error or a note."""
        if self.language == "en":
            return text  # as it is; English readers need no catalogue for it
        from monitor.cli.saying import in_words  # noqa: PLC0415 - so that `cocorico --help` is quick

        return in_words(text, self.language)

    def line(self, text: str, style: str = "") -> None:
        """Print a line for people; nothing in it is mark-up."""
        self.out.print(Text(printable(text), style=style), soft_wrap=True)

    def warn(self, text: str) -> None:
        """Print a line on standard error."""
        self.err.print(Text(printable(text), style="yellow"), soft_wrap=True)

    def note(self, text: str, *, style: str = "") -> None:
        """Print a line about the work on standard error, where it is in nobody's way."""
        self.err.print(Text(printable(text), style=style), soft_wrap=True)

    def write(self, text: str) -> None:
        """Print a text for programs, as it is."""
        sys.stdout.write(text)
        sys.stdout.flush()

    def dump(self, value: object) -> None:
        """Print a value as one JSON document: indented for a person, on one line for a program."""
        sys.stdout.write(to_json(value, indent=2 if self.out.is_terminal else None) + "\n")
        sys.stdout.flush()

    def dump_line(self, value: object) -> None:
        """Print a value as one line of JSON."""
        sys.stdout.write(to_json(value) + "\n")
        sys.stdout.flush()


def begin(
    ctx: typer.Context,
    *,
    data: Path | None = None,
    config: Path | None = None,
    lang: Spoken | None = None,
    as_json: bool = False,
) -> Session:
    """Start a command: an option after the command's name wins over the same one before it."""
    given = ctx.obj if isinstance(ctx.obj, Given) else Given()
    return Session(
        data=data or given.data,
        config_file=config or given.config,
        language=_language(lang or given.lang),
        json=as_json,
        out=console(sys.stdout),
        err=console(sys.stderr),
    )


def _language(asked: Spoken | None) -> Language:
    if asked is None:
        return language_of(os.environ)
    return "fr" if asked is Spoken.FR else "en"


def console(stream: TextIO) -> Console:
    """Make a console that colours only on a terminal, and never reads mark-up in what others wrote."""
    return Console(file=stream, markup=False, emoji=False, highlight=False)


def printable(text: str) -> str:
    """Make a text that others wrote safe to print: no escape sequence, no character that reorders the line."""
    return "".join(char if char == "\n" or unicodedata.category(char) not in _UNPRINTABLE else " " for char in text)


def to_json(value: object, *, indent: int | None = None) -> str:
    """Write JSON with its accents; only a text that can't be written in UTF-8 (a lone surrogate) is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent, allow_nan=False)
    return text
