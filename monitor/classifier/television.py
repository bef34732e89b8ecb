"""First look: whether an article can speak of television or film at all. Most that come from a feed do not.

It goes by single words ("série", "24") first, and reads a sentence that has one to see whether they mean it: "une série
de vols" does not. It says yes too often and never no where `context` would say that an article does: what is read
stays the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from monitor.classifier.context import speaks_of_television
from monitor.classifier.entities import Reading, read
from monitor.classifier.gazetteer import Gazetteer, Work
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.phrases import Phrasebook
from monitor.classifier.scene import WORKS
from monitor.classifier.text import Sentence
from monitor.classifier.tokens import tokenise

#: Groups of which a mark tells by itself, or beside the name of a work.
_MADE, _FURTHER = frozenset({"adapt", "shoot"}), frozenset({"season", "more"})
TELLING = _MADE | _FURTHER | {*WORKS, "work.any"}
#: Characters before a name that still begins a headline.
_FIRST = 2


def first_look(
    split: Sequence[Sentence], lexicon: Lexicon, book: Phrasebook, gazetteer: Gazetteer
) -> dict[int, Reading] | None:
    """Look, sentence by sentence, for the first thing that tells.

    Args:
        book: the phrases of the language that belong to the groups of `TELLING`.

    Returns:
        The sentences that had to be read for it, by their place; None where nothing tells.
    """
    seen: dict[int, Reading] = {}
    unsure: dict[str, list[Sentence]] = {"further": [], "named": []}
    for sentence in split:
        cues = set(_cues(sentence, book, gazetteer))
        for cue in cues & unsure.keys():
            unsure[cue].append(sentence)
        if "tells" in cues:
            seen[sentence.index] = reading = read(sentence, lexicon, gazetteer)
            if _tell([reading], gazetteer):
                return seen
    if all(unsure.values()):  # a season, and a name that is also a word: do they mean it?
        both = (sentence for sentences in unsure.values() for sentence in sentences)
        seen |= {s.index: read(s, lexicon, gazetteer) for s in both if s.index not in seen}
    return seen if _tell(seen.values(), gazetteer) else None


def _cues(sentence: Sentence, book: Phrasebook, gazetteer: Gazetteer) -> Iterator[str]:
    """Say what the words of a sentence may mean, whatever stands around them."""
    tokens = tokenise(sentence.plain)
    for group, _, _, _, strength in book.marks(sentence.plain, tokens):
        if group in _FURTHER:
            yield "further"
        elif strength > (2 if group in _MADE else 1):
            yield "tells"
    for known in gazetteer.telling(sentence.plain, sentence.text, tokens):
        yield "tells" if known else "named"


def _tell(seen: Iterable[Reading], gazetteer: Gazetteer) -> bool:
    """Whether some sentences tell, or what is read of the others could make them."""
    readings = tuple(seen)
    return speaks_of_television(readings, [work for reading in readings for work in _works(reading, gazetteer)])


def _works(reading: Reading, gazetteer: Gazetteer) -> Iterator[Work]:
    """The works that a sentence names; what begins a headline may turn out to be one (`context`)."""
    headed = (m for m in reading.of("work") if m.start <= _FIRST and reading.sentence.zone == "headline")
    for mark in (*reading.of("title"), *headed):
        if work := gazetteer.work(mark.value):
            yield work
