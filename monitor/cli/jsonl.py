"""`classify --jsonl`: a line in, a line out, whatever the line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NoReturn

from monitor.classifier import Classifier
from monitor.cli import shapes
from monitor.cli.session import to_json
from monitor.data import folder
from monitor.types import Document, MonitorError, Watch


class LineError(MonitorError):
    """A line is not an article."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of output, and whether it is an answer or an error."""

    line: str
    good: bool


@cache
def classifier(watch: Watch) -> Classifier:
    """Load the classifier, with the user's own works and people, once a process."""
    return Classifier.load(folder("config"), watch=watch)


def answers(lines: Sequence[bytes], *, watch: Watch) -> list[Answer]:
    """Classify articles, one a line: `{"id", "title", "text", "lang"?}`."""
    return [_answer(line, watch) for line in lines]


def _answer(line: bytes, watch: Watch) -> Answer:
    name: object = None
    try:
        given = _object(line)
        name = given.get("id")
        found = classifier(watch).read(_document(given))
    except (LineError, RecursionError) as error:
        return _failed(name, str(error) or type(error).__name__)
    except Exception as error:  # noqa: BLE001 - one article we trip over must not cost the others their answer
        return _failed(name, f"our own fault: {type(error).__name__}: {error}")
    return Answer(to_json({"id": name, "announcements": shapes.announcements(found)}), good=True)


def crashed(line: bytes) -> Answer:
    """Answer for a line that took its process down with it."""
    return _failed(None, f"the process died on this line of {len(line)} bytes")


def _object(line: bytes) -> dict[str, object]:
    """Read a line.

    Raises:
        LineError: it is not a JSON object in UTF-8 with an id that can be given back.
    """
    try:
        value = json.loads(line.decode("utf-8-sig"), parse_constant=_no_constant)
    except ValueError as error:
        raise LineError(f"this is no JSON: {error}") from error
    if not isinstance(value, dict):
        raise LineError('a line must be an object like {"id": "1", "title": "…", "text": "…"}')
    if isinstance(value.get("id"), dict | list):
        raise LineError("id must be a text or a number")
    return value


def _document(given: dict[str, object]) -> Document:
    title, text, language = (given.get(key) or "" for key in ("title", "text", "lang"))
    for key, value in (("title", title), ("text", text), ("lang", language)):
        if not isinstance(value, str):
            raise LineError(f"{key} must be a text")
    if not title and not text:
        raise LineError("neither title nor text")
    return Document(title=str(title), text=str(text), language=str(language) or None)


def _no_constant(name: str) -> NoReturn:
    raise LineError(f"{name} is not JSON")


def _failed(name: object, error: str) -> Answer:
    return Answer(to_json({"id": name, "error": error}), good=False)
