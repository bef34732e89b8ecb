"""First look: whether an article can speak of television or film at all. Most that come from a feed do not.

It goes by single words ("série", "24") first, and reads a sentence that has one to see whether they mean it: "une série
de vols" does not. It says yes too often and never no where `context` would say that an article does: what is read
stays the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from monitor.classifier.context import speaks_of_television
from monitor.classifier.entities import Reading, hear, with_titles
from monitor.classifier.gazetteer import Gazetteer, Work
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.phrases import Phrasebook
from monitor.classifier.scene import WORKS
from monitor.classifier.text import Part, Prose

#: Groups of which a mark tells by itself, or beside the name of a work.
_MADE, _FURTHER = frozenset({"adapt", "shoot"}), frozenset({"season", "more"})
_SAYING = _MADE | {*WORKS, "work.any"}
TELLING = _SAYING | _FURTHER
#: Characters before a name that still begins a headline.
_FIRST = 2


class _Look:
    """What was heard and read of an article so far, each sentence once."""

    def __init__(self, prose: Prose, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        self._prose, self._lexicon, self._gazetteer = prose, lexicon, gazetteer
        self._heard: dict[int, Reading] = {}
        self.seen: dict[int, Reading] = {}

    def hear(self, index: int) -> Reading:
        if index not in self._heard:
            self._heard[index] = hear(self._prose.sentence(index), self._lexicon, self._gazetteer)
        return self._heard[index]

    def works(self, index: int) -> list[Work]:
        """List the works that a sentence names; what begins a headline may turn out to be one (`context`)."""
        if index not in self.seen:
            self.seen[index] = with_titles(self.hear(index), self._lexicon, self._gazetteer)
        reading = self.seen[index]
        headed = (m for m in reading.of("work") if m.start <= _FIRST and reading.sentence.zone == "headline")
        named = (self._gazetteer.work(m.value) for m in (*reading.of("title"), *headed))
        return [work for work in named if work]

    def tells(self, index: int, cue: str) -> bool:
        """Whether a sentence means it: "une série de vols" does not."""
        if index in self.seen or (cue == "said" and self.hear(index).lacks(_SAYING)):
            return False
        works = self.works(index)
        return speaks_of_television((self.seen[index],), works)


def first_look(prose: Prose, lexicon: Lexicon, book: Phrasebook, gazetteer: Gazetteer) -> dict[int, Reading] | None:
    """Look, word by word, for the first thing that tells.

    Args:
        book: the phrases of the language that belong to the groups of `TELLING`.

    Returns:
        The sentences that had to be read for it, by their place; None where nothing tells.
    """
    look = _Look(prose, lexicon, gazetteer)
    unsure: dict[str, list[tuple[Part, int]]] = {"further": [], "named": []}
    for part in prose.parts:
        for cue, offset in _cues(part, book, gazetteer):
            if cue in unsure:
                unsure[cue].append((part, offset))
            elif look.tells(prose.at(part, offset), cue):
                return look.seen
    if all(unsure.values()):  # a season, and a name that is also a word: do they mean it?
        further, named = ([prose.at(*place) for place in places] for places in unsure.values())
        if any(map(look.works, named)) and any(look.hear(index).has(*_FURTHER) for index in further):
            return look.seen
    return None


def _cues(part: Part, book: Phrasebook, gazetteer: Gazetteer) -> Iterator[tuple[str, int]]:
    """Say what some words may mean, whatever stands around them, and where they stand."""
    for group, start, _, _, strength in book.marks(part.plain, part.tokens):
        if group in _FURTHER:
            yield "further", start
        elif strength > (2 if group in _MADE else 1):
            yield "said", start
    for start, known in gazetteer.telling(part.plain, part.text, part.tokens):
        yield "known" if known else "named", start
