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
from monitor.cli.words_misuse import MISUSE

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
    found = [(known[0], start, known[1]) for start in starts if (known := _known(text[start:]))]
    if not found:
        return _crawled(text)
    _, start, said = max(found)  # most is known of it; before it stands what it is about
    where = text[:start]
    for english, french in _WHERE:
        where = where.replace(english, french)
    return where + said


def _known(text: str) -> tuple[int, str] | None:
    """Say a sentence that is known; the number says how many letters of it are, those of its values too."""
    for own, shape, french in _shapes():
        if found := shape.fullmatch(text):
            values = found.groupdict()
            inner = {name: _known(said) for name, said in values.items() if name in _NESTED}
            said = {name: _line(one) if name in _NESTED else one for name, one in values.items()}
            return own + sum(one[0] for one in inner.values() if one), french.format(**said)
    return None


def _crawled(text: str) -> str:
    """Say what the crawler reports, which the catalogues of messages know."""
    from monitor.alerts import stored  # noqa: PLC0415 - so that `cocorico --help` is quick
    from monitor.alerts.catalogue import voice  # noqa: PLC0415

    return stored.reason(text, voice("fr"))


@cache
def _shapes() -> tuple[tuple[int, re.Pattern[str], str], ...]:
    """All sentences with their length, the longest first: a shorter one would take a longer one as its value."""
    lengths = ((len(re.sub(r"\{\w+\}", "", pair[0])), pair) for pair in (*MISTAKES, *KINDS, *ERRORS, *FILES, *MISUSE))
    return tuple(
        (own, re.compile(_PLACE.sub(r"(?P<\1>.+?)", re.escape(english)), re.DOTALL), french)
        for own, (english, french) in sorted(lengths, reverse=True)
    )
