"""Between the second stage and the third: whether a sentence can hold an announcement at all.

What is recognised before titles are looked for says how probable a statement in that sentence can become at best:
everything is counted that could speak for it, and against it nothing but what is certain, the model's bias and the
zone. So a "no" is never wrong, and most articles that announce nothing are done with here.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Mapping

from monitor.classifier.candidates import ACTS, MARKS, SEQUEL
from monitor.classifier.entities import Reading, unhidden
from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.lexicon import GROUPS, STRENGTHS, Lexicon
from monitor.classifier.phrases import Mark, Phrasebook, grouped
from monitor.classifier.score import Model
from monitor.classifier.text import Sentence
from monitor.types import Kind

_NEW = frozenset({"order", "develop", "shoot", "adapt", "cast", "announce"})
_OBJECTS = frozenset({"season", "more", "sequel", "spinoff", "work.film"})
_BARE = ("renew", "cancel", "acquire")
_ENDINGS = {
    Kind.CANCELLATION: frozenset({"cancel", "negation"}),
    Kind.ACQUISITION: frozenset({"acquire"}),
    Kind.RELEASE_DATE: frozenset({"release"}),
}
#: Of each row a statement has one feature; these may come from its title or from the rest of the article.
_ANYWHERE = {
    "origin": ("known french work", "French broadcaster", "French context"),
    "platform": ("platform in the article",),
    "object": ("object none",),
    "title": ("title beside it", "title from the topic", "title in passing"),
}
_NUMBERED = re.compile(r"(\w+)(?=\s+(?:[2-9]|ii|iii|iv)(?!\w))")
_SLATE = ("in a slate", "slate sentence", "slate in front")  # a sentence that may open a slate is always hopeful
#: The groups by which a sentence is judged, with what hides them.
_WORKS = ("works", "work.series", "work.film", "work.documentary", "work.animation", "work.reality", "work.any")
_TELLING = frozenset({*ACTS, *_OBJECTS, *_BARE, "negation", "release", "new", "french", "plan", "trap", *_WORKS})
_PLATFORM = Mark("platform", 0, 0, "", 3)
#: Probabilities are rounded to four places, and sums of weights are as exact as floats are.
_ROUNDED, _EXACT = 0.00005, 1e-6


class Outlook:
    """What a model allows at best."""

    def __init__(self, model: Model, gazetteer: Gazetteer, lexicons: Mapping[str, Lexicon]) -> None:
        self._books = {name: lexicon.book.only(_TELLING) for name, lexicon in lexicons.items()}
        floor = min(max(model.floor - _ROUNDED, _EXACT), 1 - _ROUNDED)
        self._least = math.log(floor / (1 - floor)) - _EXACT
        self._tables = {
            kind: _Table(model.bias[kind], weights, acts=_NEW if kind is Kind.NEW_ORIGINAL else frozenset(ACTS))
            for kind, weights in model.weights.items()
        }
        further = model.weights[Kind.RENEWAL].items()
        sequel = {name: weight for name, weight in further if not name.startswith(("title ", "object "))}
        self._sequel = _Table(model.bias[Kind.RENEWAL], sequel, acts=_NEW)
        names = list(gazetteer.names_of_works())
        self._last_words = frozenset(words[-1] for words, _ in names)
        self._sequels = frozenset(words[0] for words, title in names if SEQUEL.match(title))

    def glance(self, sentences: Iterable[Sentence], lexicon: Lexicon) -> bool:
        """Whether one of the sentences may hold an announcement, going by the telling phrases alone."""
        book = self._books[lexicon.language]
        return self.hopeful(_overheard(sentence, book) for sentence in sentences)

    def hopeful(self, readings: Iterable[Reading]) -> bool:
        """Whether one of the sentences may hold an announcement, whatever their titles are."""
        heard: list[Reading] = []
        for reading in readings:
            if self._bears(reading):
                return True
            heard.append(reading)
        # A new work called "X 2" counts as a renewal of X, which needs less.
        new = (reading for reading in heard if not reading.lacks(_NEW))
        enough = any(self._sequel.best(reading) >= self._least for reading in new)
        return enough and any(self._names_sequel(reading.sentence) for reading in heard)

    def _bears(self, reading: Reading) -> bool:
        """Whether a sentence may hold an announcement, one of a work called "X 2" aside."""
        if not reading.lacks(_NEW) and (reading.has("works") or self._enough(Kind.NEW_ORIGINAL, reading)):
            return True  # "works": it may open a slate, which lends its weight to other sentences
        if reading.lacks(_OBJECTS) and not any(mark.strength == 3 for mark in reading.all(*_BARE)):
            return False
        kinds = [kind for kind, signs in _ENDINGS.items() if not reading.lacks(signs)]
        return any(self._enough(kind, reading) for kind in (Kind.RENEWAL, *kinds))

    def _enough(self, kind: Kind, reading: Reading) -> bool:
        return self._tables[kind].best(reading) >= self._least

    def _names_sequel(self, sentence: Sentence) -> bool:
        """Whether a number stands after what may be a known work's name, or a known sequel may be named."""
        plain = sentence.plain
        return not self._last_words.isdisjoint(_NUMBERED.findall(plain)) or any(word in plain for word in self._sequels)


def _overheard(sentence: Sentence, book: Phrasebook) -> Reading:
    """Recognise what tells in a sentence, and suppose that it names a platform."""
    marks = list(book.marks(sentence.plain))
    traps = [mark for mark in marks if mark.group == "trap"]
    marks = [*(unhidden(marks, traps) if traps else marks), _PLATFORM]
    return Reading(sentence=sentence, marks=tuple(marks), groups=grouped(marks))


class _Table:
    """What each mark can add at best to a statement of one kind, by row: of each row only the greatest counts."""

    def __init__(self, bias: float, weights: Mapping[str, float], *, acts: frozenset[str]) -> None:
        gains = {name: max(0.0, weight) for name, weight in weights.items()}
        self._zones = {zone: weights.get(f"zone {zone}", 0.0) for zone in ("headline", "standfirst", "lead", "body")}
        self._acts, self._two_acts = acts, gains.get("two acts", 0.0)
        self._marks: dict[tuple[object, ...], list[tuple[str, float]]] = {}
        shown = {"two acts", *_SLATE, *(f"zone {zone}" for zone in self._zones)}
        for group, strength in itertools.product((*GROUPS, "platform"), STRENGTHS.values()):
            for row, feature in _features(group, strength):
                shown.add(feature)
                if (group in acts or group not in ACTS) and gains.get(feature):
                    self._marks.setdefault((group, strength), []).append((row, gains[feature]))
        rest = {name: gain for name, gain in gains.items() if name not in shown}
        # What the title or the rest of the article may show in each row; what is in no row is thought possible.
        self._rows = {row: max(rest.pop(name, 0.0) for name in names) for row, names in _ANYWHERE.items()}
        self._base = bias + sum(rest.values())

    def best(self, reading: Reading) -> float:
        """Add up what speaks for a statement in a sentence, in log-odds."""
        rows = self._rows.copy()
        for mark in reading.marks:
            for row, gain in self._marks.get(mark[::4], ()):  # by group and strength
                if gain > rows.get(row, 0.0):
                    rows[row] = gain
        two = self._two_acts if len(self._acts & reading.groups.keys()) > 1 else 0.0
        return self._base + self._zones[reading.sentence.zone] + two + sum(rows.values())


def _features(group: str, strength: int) -> Iterator[tuple[str, str]]:
    """List the features that a mark of a group and strength may bring, each with the row in which it is alone."""
    if group in ACTS:
        yield group, f"act {group}{MARKS[strength]}"
    if group in ("season", "more", "sequel", "spinoff"):
        yield "object", f"object {group}"
    if group == "work.film":
        yield "object", "object sequel"
    if group == "new":
        yield "new", "new!" if strength == 3 else "new"
    if group[:5] == "work." and strength > 1:
        yield "work", "work named"
    if group == "platform":
        yield "platform", "platform beside it"
    if group == "plan":
        yield "plan", "planned"
    if group == "french" and strength == 3:
        yield "origin", "said to be French"
    if group in ("order", "renew", "shoot") and strength == 3:
        yield "answer", "answers the headline"


__all__ = ["Outlook"]
