"""Fourth stage, how a text comes to speak of a new work: it gives its name, or only counts its episodes."""

from __future__ import annotations

from monitor.classifier.entities import Reading, distance
from monitor.classifier.phrases import Mark

#: Characters between "s'appelle" and the name.
_NAMED = 4
#: Characters between what is done and the episodes that it is done to.
_TOGETHER = 90
_MAKING = ("order", "develop", "shoot")


def counted(reading: Reading) -> list[Mark]:
    """Find the episodes that stand for a work, where nothing calls it one: "M6 a signé pour six épisodes"."""
    firm = [m for m in reading.all(*_MAKING) if m.strength > 2]
    return [f for f in reading.of("format") if any(distance(m, f) <= _TOGETHER for m in firm)][:1]


def given_its_name(reading: Reading, anchor: Mark) -> set[str]:
    """Name whether the text tells how a work is called: "elle s'appellera X". So speaks nobody of a known one."""
    if anchor.group != "title":
        return set()
    named = any(0 <= anchor.start - m.end <= _NAMED for m in reading.of("title.name") if m.strength > 2)
    return {"given its name"} if named else set()
