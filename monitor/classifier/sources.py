"""Third stage, what a work is derived from: a spin-off or remake is news of its own, and none of what it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.classifier.entities import Reading, with_marks
from monitor.classifier.phrases import Mark

#: Characters between "spin-off de" and the title of the source; between "« S »" and "aura droit à un spin-off".
_BESIDE, _TO_SPINOFF = 2, 40
#: Characters between "remake de" and the title of what is remade: "de la mini-série britannique".
_TO_SOURCE = 45
#: What a sentence says that has news of the source itself, too.
_ITS_OWN = ("season", "more", "cancel", "rescue")


def without_sources(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Read the titles of what others are derived from as credited, but where a sentence has news of them.

    "« S » : un spin-off intitulé « W »" and "W, une série dérivée de S" announce W, and so does the sentence without a
    word of it: "Après S, TF1 commande W".
    """
    named = {title for reading in readings if reading.has("spinoff") for title in _sources(reading)}
    named |= {title for reading in readings for title in _remade(reading)}
    named -= {title.value for reading in readings for title in reading.of("title") if _is_derived(reading, title)}
    return tuple(_crediting(reading, named) for reading in readings) if named else readings


def _sources(reading: Reading) -> Iterable[str]:
    """Name what a sentence says something is derived from."""
    spinoffs = reading.of("spinoff")
    said = [*reading.of("credit"), *reading.of("credit.after")]
    links = [m for m in said if any(m.start < s.end and s.start < m.end for s in spinoffs)]
    beside = [t.value for t in reading.of("credited") if any(_meet(t, link) for link in links)]
    return beside or _gets_one(reading, spinoffs)


def _remade(reading: Reading) -> Iterable[str]:
    """Name what a sentence says another work is made after: "« W », une adaptation de la série « S »"."""
    versions = reading.of("version")
    own = {title.value for title in reading.of("title")} if versions else set[str]()
    if not own:
        return []
    after = (t for t in reading.of("credited") if any(0 <= t.start - m.end <= _TO_SOURCE for m in versions))
    return [t.value for t in after if t.value not in own]


def _gets_one(reading: Reading, spinoffs: Sequence[Mark]) -> list[str]:
    """Name the title that a headline says will have a spin-off: the only one before the word."""
    if not reading.sentence.prominent:
        return []
    before = [t for t in reading.of("title") if t.end <= spinoffs[0].start]
    near = len(before) == 1 and spinoffs[0].start - before[0].end <= _TO_SPINOFF
    apposed = near and reading.sentence.plain[before[0].end :].lstrip()[:1] == ","  # "« W », spin-off très attendu"
    return [before[0].value] if near and not apposed else []


def _is_derived(reading: Reading, title: Mark) -> bool:
    """Whether a title is the derived work's own: "le spin-off « W »", "un spin-off intitulé « W »"."""
    names = [*reading.of("spinoff"), *reading.of("title.name")]
    return reading.has("spinoff") and any(0 <= title.start - m.end <= _BESIDE for m in names)


def _meet(title: Mark, link: Mark) -> bool:
    return 0 <= title.start - link.end <= _BESIDE or 0 <= link.start - title.end <= _BESIDE


def _crediting(reading: Reading, named: set[str]) -> Reading:
    own = reading.has(*_ITS_OWN) or (reading.has("renew") and not reading.has("spinoff"))
    if own or not any(m.value in named for m in reading.of("title")):
        return reading
    marks = [m._replace(group="credited") if m.group == "title" and m.value in named else m for m in reading.marks]
    return with_marks(reading.sentence, marks)
