"""Fourth stage: who or what an act is about, by where it stands: "la série est reconduite", "la saison 2 se tourne"."""

from __future__ import annotations

import re

from monitor.classifier.context import Page
from monitor.classifier.entities import Reading
from monitor.classifier.phrases import Mark

#: Characters between a subject and its verb: "La série de France 3 est donc reconduite".
_VERB = 25
_OBJECTS = ("season", "more", "sequel", "ordinal")
_LAST_WORD = re.compile(r"([^\W_]+'?)\W*$")


def governed(page: Page, reading: Reading, anchor: Mark, title: str | None) -> set[str]:
    """Name what a statement's verb is about: the season that is shot, or the work itself that goes on."""
    if anchor.group in _OBJECTS and not reading.has("title") and _something_else(reading, anchor):
        return {"something else goes on"}
    if anchor.group in _OBJECTS:
        shot = any(m.strength > 1 and _follows(reading, anchor, m) for m in reading.of("shoot"))
        return {"it is shot"} if shot else set()
    if anchor.group != "renew":
        return set()
    titles = [t for t in reading.of("title") if t.value == title]
    subjects = (*titles, *_meant(page, reading))
    return {"the work goes on"} if any(_follows(reading, subject, anchor) for subject in subjects) else set()


def _follows(reading: Reading, subject: Mark, verb: Mark) -> bool:
    return 0 <= verb.start - subject.end <= _VERB and reading.clause(subject) == reading.clause(verb)


def _something_else(reading: Reading, anchor: Mark) -> bool:
    """Whether a headline begins with a festival, a stage or a show: "Le festival de la série boucle sa saison 3"."""
    if reading.sentence.zone != "headline":
        return False
    return any(m.strength > 1 and m.end <= anchor.start and m.start <= _VERB for m in reading.of("outside"))


def _meant(page: Page, reading: Reading) -> list[Mark]:
    """List the words that mean a work named before: "la série", "the show"."""
    plain, definite = reading.sentence.plain, page.lexicon.definite
    words = reading.all("work.series", "work.film", "work.reality", "work.animation", "work.documentary")
    before = ((w, _LAST_WORD.search(plain, max(0, w.start - 12), w.start)) for w in words)
    return [w for w, word in before if word and word[1] in definite]
