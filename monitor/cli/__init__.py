"""The command line: one thin function a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from crawler import CrawlError
from monitor.cli.root import app
from monitor.cli.words import language_of, word
from monitor.types import MonitorError

__all__ = ["app", "main"]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit: 0 done, 1 failed, 2 misuse. What went wrong is one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app(arguments, prog_name="cocorico")
    except (MonitorError, CrawlError) as error:
        _fail(str(error))
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except OSError as error:
        _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    raise SystemExit(0)


def _fail(message: str) -> NoReturn:
    for line in message.splitlines() or ["failed"]:
        sys.stderr.write(word("cocorico_error", language_of(os.environ), error=line) + "\n")
    raise SystemExit(1)
