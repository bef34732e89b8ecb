"""Jinja as our pages use it: mark-up escaped, nothing missing passed over, and texts of others made visible."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

#: Control characters, those that turn the line around, halves of a character, and private ones.
_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Co"})


@cache
def environment(folder: Path) -> SandboxedEnvironment:
    """Make ready the templates of a folder, once a process."""
    return SandboxedEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _visible(value: object) -> object:
    """Drop what can't be seen from texts of others; mark-up of our own is no plain `str`."""
    if type(value) is not str:
        return value
    return "".join(char if unicodedata.category(char) not in _UNPRINTABLE else " " for char in value)
