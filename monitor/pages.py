"""What the pages of a source gave lately, and what they used to give: values, and their JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

#: How many of the last pages are "lately": enough to tell a broken site from a few odd pages, few enough for hours.
LATELY: Final = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class PageEnd:
    """How one page ended."""

    how: str  #: the tier that gave its text, or the reason why it gave none
    length: int = 0  #: characters of the article; 0: none


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """Pages before the last ones, counted; what lies back counts less and less."""

    pages: float = 0.0
    texts: float = 0.0  #: of those, how many gave an article
    logs: float = 0.0  #: sum of the natural logarithms of the articles' lengths
    squares: float = 0.0  #: sum of their squares
    ends: Mapping[str, float] = field(default_factory=dict)  #: how they ended, counted


@dataclass(frozen=True, kw_only=True, slots=True)
class Pages:
    """The pages of a source."""

    recent: tuple[PageEnd, ...] = ()  #: the last ones, the newest last, at most `LATELY`
    past: Past = Past()


def plain(pages: Pages) -> dict[str, Any]:
    """Give what JSON can hold; `read` turns it back, but for digits nobody misses."""
    past = pages.past
    return {
        "recent": [[end.how, end.length] for end in pages.recent],
        "past": [round(value, 4) for value in (past.pages, past.texts, past.logs, past.squares)],
        "ends": {how: round(count, 2) for how, count in past.ends.items()},
    }


def read(stored: Mapping[str, Any] | None) -> Pages:
    """Read what was stored; nothing known when there is nothing."""
    if not stored:
        return Pages()
    pages, texts, logs, squares = stored["past"]
    return Pages(
        recent=tuple(PageEnd(how=how, length=length) for how, length in stored["recent"]),
        past=Past(pages=pages, texts=texts, logs=logs, squares=squares, ends=stored["ends"]),
    )
