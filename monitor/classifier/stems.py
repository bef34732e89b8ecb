"""Second stage, the words a sentence is made of, names left out: what a model may learn from."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence

from monitor.classifier.phrases import Mark
from monitor.classifier.text import Sentence

#: Letters of a word that count, and the fewest: "renouvelée" and "renouveler" are one; "de" and "un" only tell length.
STEM, _SHORTEST = 7, 4
_NAMES = frozenset({"platform", "producer", "person", "show", "outlet", "title", "credited", "work"})
_WORD = re.compile(r"\w+")
#: Without short words, which tell nothing.
_TELLING = re.compile(r"\b(?:\w{4,}|[\d\u00b2\u00b3\u00b9\u2070-\u2089]\w{0,2})\b")


def stems(sentence: Sentence, marks: Sequence[Mark], first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """Tell the first letters of the words between two characters of a sentence, with where each word stands.

    A number is "#"; "" is a word that tells nothing, being part of a name or written as one.
    """
    names = sorted((m.start, m.end) for m in marks if m.group in _NAMES)
    starts = [start for start, _ in names]
    text = sentence.text
    whole = first <= 0 and last >= len(text)
    for word in (_TELLING if whole else _WORD).finditer(sentence.plain, max(0, first), min(last, len(text))):
        start, end = word.span()
        named = bisect(starts, start) if starts else 0
        if named and names[named - 1][1] > start:
            yield start, end, ""
        elif (written := word[0]).isdigit():
            yield start, end, "#"
        else:
            capital = start > 0 and text[start].isupper()
            yield start, end, written[:STEM] if len(written) >= _SHORTEST and not capital else ""
