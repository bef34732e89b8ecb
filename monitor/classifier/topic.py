"""What an article is about, and what it only names beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from monitor.classifier.entities import Reading
from monitor.classifier.gazetteer import Gazetteer, Work
from monitor.classifier.phrases import Mark
from monitor.vocabulary import Origin

#: What a foreign work weighs that the headline names, and one that only the text compares with.
_SUBJECT, _ASIDE = 4, 1


def topic_of(readings: tuple[Reading, ...], front: tuple[Reading, ...], gazetteer: Gazetteer) -> str | None:
    """Choose the work the article is about: the headline's, then the one it names most and earliest.

    A foreign work that the headline doesn't name is what the text compares with, where it names others.
    """
    for zone in ("headline", "standfirst"):
        named = [m for r in front if r.sentence.zone == zone for m in r.of("title")]
        own = named if zone == "headline" else _own(named, gazetteer)
        if own:
            return max(own, key=lambda m: (m.strength, -m.start)).value
    named = [m for r in readings for m in r.of("title") if m.strength > 1]
    count = Counter(m.value for m in _own(named, gazetteer) or named)
    return count.most_common(1)[0][0] if count else None


def _own(named: Iterable[Mark], gazetteer: Gazetteer) -> list[Mark]:
    """Leave out the works that are known to be foreign."""
    works = ((title, gazetteer.work(title.value)) for title in named)
    return [title for title, work in works if work is None or work.origin is not Origin.FOREIGN]


def named_elsewhere(front: tuple[Reading, ...], works: Iterable[Work]) -> int:
    """Weigh the foreign works that an article names: the headline's is its subject, others it may compare with."""
    headed = {m.value for r in front if r.sentence.zone == "headline" for m in r.of("title")}
    foreign = {work.title for work in works if work.origin is Origin.FOREIGN}
    return sum(_SUBJECT if title in headed else _ASIDE for title in foreign)
