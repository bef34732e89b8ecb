"""Templates of messages: the shipped ones, and the user's before them. A broken one of the user's loses no message.

A message of form `alert` is written by `alert.html.j2`, `alert.txt.j2` and `alert.md.j2`; a digest and a notice by
files named after them. A subscription with `template = "short"` has `short.md.j2` and so on before these, for digests
`short-digest.md.j2`. A file in the user's folder stands before the shipped one of its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Literal

from jinja2 import TemplateError, TemplateSyntaxError

from monitor.alerts.catalogue import voice
from monitor.alerts.sandbox import Box, bounded
from monitor.alerts.text import COLON, Language
from monitor.alerts.view import View

Paper = Literal["html", "txt", "md"]  #: what is written on

SHIPPED = Path(__file__).parent / "templates"
#: Where a message for chat may be cut: between stories. Cleaned text holds no such character.
CUT = "\f"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
_PAPERS: tuple[Paper, ...] = ("html", "txt", "md")
#: Files that are no template of a subscription: one for each form, and what they are made of.
_FORMS = frozenset({"alert", "digest", "notice", "parts", "frame"})


class Templates:
    """The shipped templates, and those of one folder before them."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folders = (SHIPPED,) if folder is None else (folder, SHIPPED)
        self._boxes: dict[tuple[Language, Paper], Box] = {}

    def write(self, view: View, paper: Paper, template: str = "") -> tuple[str, str]:
        """Give the text, and what is wrong with the user's template when the shipped one had to do."""
        names = _names(view.form, paper, template)
        if len(self._folders) == 1:
            return _write(_shipped(view.language, paper), view, names), ""
        box = self._boxes.get((view.language, paper))
        if box is None:
            box = self._boxes[view.language, paper] = _box(view.language, paper, self._folders)
        try:
            return _write(box, view, names), ""
        except Exception as error:  # noqa: BLE001 - whatever a template does, the message goes out (fault N23)
            return _write(_shipped(view.language, paper), view, names), _problem(error, names[0])

    def names(self) -> tuple[str, ...]:
        """Templates that a subscription may name."""
        files = {file.name.partition(".")[0].removesuffix("-digest") for path in self._folders for file in _own(path)}
        return tuple(sorted(name for name in files - _FORMS if _NAME.fullmatch(name)))

    def faults(self, views: Iterable[View]) -> tuple[str, ...]:
        """What is wrong with the user's files, a line each: every template is tried on each of the views."""
        if len(self._folders) == 1:
            return ()
        tries = [(view, paper, name) for view in views for paper in _PAPERS for name in ("", *self.names())]
        return tuple(dict.fromkeys(problem for each in tries if (problem := self.write(*each)[1])))


def _own(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.j2"))


def _names(form: str, paper: Paper, template: str) -> list[str]:
    """Files that may write this, the best first."""
    suffix = "" if form == "alert" else f"-{form}"
    named = [f"{template}{suffix}.{paper}.j2"] if _NAME.fullmatch(template) else []
    return [*named, f"{form}.{paper}.j2"]


def _write(box: Box, view: View, names: list[str]) -> str:
    with bounded():
        return box.select_template(names).render(view=view)


@cache
def _shipped(language: Language, paper: Paper) -> Box:
    return _box(language, paper, (SHIPPED,))


def _box(language: Language, paper: Paper, folders: tuple[Path, ...]) -> Box:
    speech = voice(language)

    def label(word: str) -> str:
        return word + COLON[language]

    def cut() -> str:
        return CUT

    offered: dict[str, Callable[..., str]] = {
        "say": speech.say,
        "count": speech.count,
        "number": speech.number,
        "label": label,
        "cut": cut,
    }
    return Box(folders, offered, html=paper == "html")


def _problem(error: Exception, name: str) -> str:
    """One line: which file, which line of it, what is wrong."""
    if isinstance(error, TemplateSyntaxError):
        return f"template {error.name or name}, line {error.lineno}: {error.message}"
    said = str(error) if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    place = _line(error)
    return f"template {place or name}: {' '.join(said.split())[:200]}"


def _line(error: Exception) -> str:
    """The deepest place in a template that the error came from: Jinja names files and lines in its tracebacks."""
    trace, found = error.__traceback__, ""
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".j2"):
            found = f"{Path(file).name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return found
