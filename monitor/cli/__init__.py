"""The command line: one thin function a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from crawler import CrawlError
from monitor.alerts.text import Language
from monitor.cli.root import app
from monitor.cli.words import LANGUAGES, language_of, word
from monitor.types import MonitorError

__all__ = ["app", "main"]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit: 0 done, 1 failed, 2 misuse. What went wrong is one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    language = spoken(sys.argv[1:] if arguments is None else arguments)
    try:
        _run(arguments, language)
    except (MonitorError, CrawlError) as error:
        _fail(str(error), language)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except OSError as error:
        _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error), language)
    raise SystemExit(0)


def _run(arguments: Sequence[str] | None, language: Language) -> None:
    """Run a command; what Typer says of itself, of its help and of misuse, is in the reader's language."""
    if language == "en":
        app(arguments, prog_name="cocorico")
    from monitor.cli import helping  # noqa: PLC0415 - for French alone

    helping.run(app, sys.argv[1:] if arguments is None else arguments)


def spoken(arguments: Sequence[str]) -> Language:
    """Tell the language that errors are said in: that of --lang, wherever it stands, else the locale's."""
    given = [*arguments, ""]
    for at, one in enumerate(arguments):
        asked = given[at + 1] if one == "--lang" else one.removeprefix("--lang=")
        if one.startswith("--lang") and asked in LANGUAGES:
            return "fr" if asked == "fr" else "en"
    return language_of(os.environ)


def _fail(message: str, language: Language) -> NoReturn:
    from monitor.cli.saying import in_words  # noqa: PLC0415 - `cocorico --help` must not wait for it

    for line in in_words(message, language).splitlines() or ["failed"]:
        sys.stderr.write(word("cocorico_error", language, error=line) + "\n")
    raise SystemExit(1)
