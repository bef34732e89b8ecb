"""Errors and notes, which are made in English far below, said in the reader's language.

They are made where nobody knows a language, and logged. Their words are few and their places known, so each is
recognised by its shape, as stored reasons are (`monitor.alerts.stored`); what nobody knows is said as it is.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from monitor.alerts.text import Language
from monitor.cli.words_errors import ERRORS
from monitor.cli.words_files import FILES
from monitor.cli.words_mistakes import KINDS, MISTAKES

#: Places whose values may be sentences of ours.
_NESTED: Final = frozenset({"reason", "what"})
_PLACE: Final = re.compile(r"\\\{(\w+)\\\}")
_HINT: Final = re.compile(r"; did you mean (?P<near>[^;]+)\?(?= \(|$)")
#: What stands before a mistake: where it is.
_WHERE: Final = (("environment: ", "environnement : "), ("defaults: ", "réglages d'origine : "), (" no. ", " n° "))


def in_words(text: str, language: Language) -> str:
    """Say an error, of one or several lines, in the reader's language."""
    return text if language == "en" else "\n".join(map(_line, text.split("\n")))


def _line(text: str) -> str:
    hint = _HINT.search(text)
    if hint:
        bare = text[: hint.start()] + text[hint.end() :]
        return f"{_line(bare)} ; vouliez-vous dire {hint['near']} ?"
    starts = (0, *(mark.end() for mark in re.finditer(r": (?=\S)", text)))
    found = [(*known, start) for start in starts if (known := _known(text[start:]))]
    if not found:
        return _crawled(text)
    _, said, start = min(found)  # the sentence with most words of its own; before it stands what it is about
    where = text[:start]
    for english, french in _WHERE:
        where = where.replace(english, french)
    return where + said


def _known(text: str) -> tuple[int, str] | None:
    """Say a sentence that is known; the number is smaller the more words of its own it has."""
    for rank, (shape, french) in enumerate(_shapes()):
        if found := shape.fullmatch(text):
            values = {name: _line(said) if name in _NESTED else said for name, said in found.groupdict().items()}
            return rank, french.format(**values)
    return None


def _crawled(text: str) -> str:
    """Say what the crawler reports, which the catalogues of messages know."""
    from monitor.alerts import stored  # noqa: PLC0415 - so that `cocorico --help` is quick
    from monitor.alerts.catalogue import voice  # noqa: PLC0415

    return stored.reason(text, voice("fr"))


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], str], ...]:
    """All sentences, those with most words of their own first: a shorter one would take a longer one as its value."""
    known = sorted((*MISTAKES, *KINDS, *ERRORS, *FILES), key=lambda pair: -len(re.sub(r"\{\w+\}", "", pair[0])))
    return tuple(
        (re.compile(_PLACE.sub(r"(?P<\1>.+?)", re.escape(english)), re.DOTALL), french) for english, french in known
    )
