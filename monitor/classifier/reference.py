"""Fourth stage, what a word for a work refers to: a new one ("une série"), or one named before ("la série")."""

from __future__ import annotations

import re

from monitor.classifier.context import Page
from monitor.classifier.entities import Reading
from monitor.classifier.phrases import Mark
from monitor.classifier.scene import WORKS

#: Sentences back in which the work that "la série" means is named.
_BACK = 3
#: Words between a determiner and its noun: "une toute nouvelle petite série".
_REACH = 4
_WORDS = re.compile(r"\w+'?")
_BREAK = re.compile(r"[,.;:!?()\"]")


def determiner(page: Page, reading: Reading, noun: Mark) -> str:
    """Tell how a noun is determined: "definite", "indefinite", "its", or "bare"."""
    before = reading.sentence.plain[max(0, noun.start - 60) : noun.start]
    clause = _BREAK.split(before)[-1]
    lexicon = page.lexicon
    words = _WORDS.findall(clause)[-_REACH:]
    begins = _WORDS.match(reading.sentence.plain, noun.start)
    for word in (*([begins[0]] if begins else []), *reversed(words)):
        for kind, known in (("definite", lexicon.definite), ("indefinite", lexicon.indefinite), ("its", lexicon.its)):
            if word in known:
                return kind
    return "bare"


def named_before(page: Page, reading: Reading) -> str | None:
    """Find the work named last in the sentences before: what "la série" and "elle" mean."""
    place = reading.sentence.index
    for earlier in reversed(page.readings[max(0, place - _BACK) : place]):
        length = len(earlier.sentence.plain)
        named = [t for t in earlier.of("title") if t.strength > 1 and t.end - t.start < length]  # no mere crosshead
        named = [t for t in named if not page.beside_it(t.value)]
        if named:
            return named[-1].value
        if _introduces(page, earlier):
            return None
    return None


def _introduces(page: Page, reading: Reading) -> bool:
    """Whether a sentence speaks first of a work that it doesn't name: "prépare une nouvelle série"."""
    if not any(m.strength > 1 for m in reading.all("order", "develop", "shoot")):
        return False
    works = (w for w in reading.all(*WORKS) if w.strength > 1)
    return any(determiner(page, reading, work) == "indefinite" for work in works)
