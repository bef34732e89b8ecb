"""Whether the training knows works of the test: then the test would measure memory, not reading."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.classifier.text import name_key
from monitor.learning.labelled import Labelled

_ARTICLE = re.compile(r"(?:les? |la |l['’]|une? |the |an? )", re.IGNORECASE)
_QUOTES = "«»“”„\"'‘’‹›"


@dataclass(frozen=True, kw_only=True, slots=True)
class Leak:
    """A work of the test split that the training split names."""

    work: str
    test: str  #: id of an article
    train: str
    listed: bool  #: in `works`; otherwise it was found in the words


def leaks(train: Iterable[Labelled], test: Iterable[Labelled]) -> Iterator[Leak]:
    """Find the works of a split that measures that the training split lists or names, each once.

    A title of two words and more is looked for as it is written, or in capitals. One of a single word is often a
    common word or a name ("Marianne"), so it is looked for in quotes only, unless it is all capitals and digits.
    """
    train = tuple(train)
    listed = {name_key(work): article.id for article in train for work in article.works}
    texts = [(article.id, _written(article)) for article in train]
    told: set[str] = set()
    for article in test:
        for work in article.works:
            key = name_key(work)
            if key in told:
                continue
            told.add(key)
            if key in listed:
                yield Leak(work=work, test=article.id, train=listed[key], listed=True)
            elif found := _naming(work, texts):
                yield Leak(work=work, test=article.id, train=found, listed=False)


def _written(article: Labelled) -> str:
    document = article.document
    return _even(html.unescape(f"{document.title}\n{document.summary}\n{document.text}"))


def _naming(work: str, texts: Sequence[tuple[str, str]]) -> str | None:
    """Give the id of the first text that names a work."""
    title = _even(work)
    patterns = {form: _pattern(form, distinctive=_distinctive(title)) for form in (title, title.upper())}
    for name, text in texts:
        if any(form in text and re.search(pattern, text) for form, pattern in patterns.items()):
            return name
    return None


def _pattern(form: str, *, distinctive: bool) -> str:
    if distinctive:
        return rf"(?<!\w){re.escape(form)}(?!\w)"
    return rf"[{_QUOTES}]\s?{re.escape(form)}\s?[{_QUOTES}]"


def _distinctive(title: str) -> bool:
    bare = _ARTICLE.sub("", title, count=1) if _ARTICLE.match(title) else title
    return " " in bare.strip() or (bare.upper() == bare and len(bare) > 2)


def _even(text: str) -> str:
    """Make spellings equal that differ in accents, apostrophes, dashes and blanks; capitals stay."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", bare.replace("’", "'").replace("–", "-"))
