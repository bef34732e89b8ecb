"""A classifier is run over labelled articles, and everything that is worth knowing about it is measured.

What counts as read is what a subscription to French works gets: announcements of the kinds `new_original` and
`renewal`, of an origin that is not foreign, of a status that is not denied, at least as sure as the threshold.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from monitor.classifier import Classifier, Explanation
from monitor.classifier.text import LEAD_LENGTH
from monitor.learning import facts, measure
from monitor.learning.facts import FactScore, Fit, Matched, Pair
from monitor.learning.labelled import Fact, Labelled
from monitor.learning.measure import KINDS, Calibration, Choice, Label, Ordinary, Score, Step, Weighed
from monitor.types import Announcement
from monitor.vocabulary import Kind, Origin, Status

#: Thresholds a user may choose from; the one that was asked for is put among them.
THRESHOLDS: Final = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
#: By what the scores are told apart, where the corpus says it.
DIMENSIONS: Final = ("language", "text_kind", "difficulty", "manner", "shape")

_Named = TypeVar("_Named", Fact, Announcement)


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """One article with all that the classifier considered."""

    article: Labelled
    weighed: tuple[Announcement, ...]  #: however unsure, of whatever kind and origin

    def counted(self, threshold: float = 0.0) -> tuple[Announcement, ...]:
        """List what counts as read at a threshold."""
        return tuple(one for one in self.weighed if counts(one) and one.confidence >= threshold)

    def beside(self) -> Weighed:
        """Put label and confidences side by side."""
        surest: dict[Kind, float] = {}
        for one in self.counted():
            surest[one.kind] = max(one.confidence, surest.get(one.kind, 0.0))
        return Weighed(label=self.article.label, also_ok=self.article.also_ok, confidences=surest)


def counts(one: Announcement) -> bool:
    """Whether an announcement counts, if it is sure enough."""
    return one.kind in KINDS and one.origin is not Origin.FOREIGN and one.status is not Status.DENIED


@dataclass(frozen=True, kw_only=True, slots=True)
class Slice:
    """Scores over some of the articles."""

    articles: int
    kinds: Mapping[Kind, Score]
    ordinary: Ordinary


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """The articles that have something in common."""

    dimension: str  #: one of `DIMENSIONS`
    value: str
    scores: Slice


@dataclass(frozen=True, kw_only=True, slots=True)
class Front:
    """Articles whose headline, standfirst or lead announces a kind, and those of them that are read so."""

    announced: int
    read: int

    @property
    def recall(self) -> float | None:
        """Share of them that is read."""
        return measure.share(self.read, self.announced)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """One article that is not read as labelled."""

    article: Labelled
    wrong_label: bool  #: False: the kinds are right, and something about the facts is not
    expected: Label
    read: Label
    missed: tuple[Fact, ...]
    extra: tuple[Announcement, ...]
    astray: tuple[Pair, ...]  #: found, with a field that is wrong
    aside: tuple[Announcement, ...]  #: sure enough, and left out for being foreign or denied
    explanation: Explanation


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluation:
    """Everything that was measured."""

    threshold: float
    floor: float  #: below it the classifier reports nothing, whatever a subscription asks for
    total: Slice
    groups: tuple[Group, ...]
    front: Mapping[Kind, Front]  #: empty where the corpus doesn't quote what announces
    facts: Mapping[str, FactScore]  #: by kind, and "both"
    calibration: Calibration
    curve: tuple[Step, ...]
    choices: tuple[Choice, ...]
    mistakes: tuple[Mistake, ...]  #: wrong labels first


def read_all(corpus: Iterable[Labelled], classifier: Classifier, tick: Callable[[], None]) -> tuple[Read, ...]:
    """Read every article; `tick` is called after each.

    Labels and readings get the names that works and platforms are shown under, so that "Call My Agent!" is no wrong
    title for "Dix pour cent", nor Max a wrong platform for HBO Max.
    """
    return tuple(_ticking(corpus, classifier, tick))


def _ticking(corpus: Iterable[Labelled], classifier: Classifier, tick: Callable[[], None]) -> Iterator[Read]:
    for article in corpus:
        named = replace(article, facts=tuple(_under_one_name(fact, classifier) for fact in article.facts))
        weighed = (_under_one_name(one, classifier) for one in classifier.weigh(article.document))
        yield Read(article=named, weighed=tuple(weighed))
        tick()


def _under_one_name(one: _Named, classifier: Classifier) -> _Named:
    title = classifier.name_of(one.title) if one.title else None
    platforms = tuple(dict.fromkeys(map(classifier.platform_of, one.platforms)))
    return replace(one, title=title, platforms=platforms)


def evaluate(reads: Sequence[Read], classifier: Classifier, *, threshold: float = 0.5, seed: int = 1) -> Evaluation:
    """Measure readings against labels.

    Args:
        threshold: confidence from which on an announcement counts, 0 to 1.
        seed: of the bootstrap: the same readings give the same evaluation.
    """
    weighed = [read.beside() for read in reads]
    chance = random.Random(seed)  # noqa: S311 - intervals, not secrets
    matched = [_matched(read, side, threshold) for read, side in zip(reads, weighed, strict=True)]
    return Evaluation(
        threshold=threshold,
        floor=classifier.floor,
        total=_slice(weighed, threshold, chance),
        groups=tuple(_groups(reads, weighed, threshold, chance)),
        front=_front(reads, weighed, threshold),
        facts={
            **{kind.value: facts.score(matched, [kind]) for kind in KINDS},
            "both": facts.score(matched),
        },
        calibration=measure.calibration(weighed),
        curve=measure.curve(weighed),
        choices=measure.choices(weighed, sorted({*THRESHOLDS, threshold})),
        mistakes=_mistakes(reads, matched, threshold, classifier),
    )


def _slice(weighed: Sequence[Weighed], threshold: float, chance: random.Random) -> Slice:
    outcomes = [article.outcome(threshold) for article in weighed]
    return Slice(
        articles=len(weighed),
        kinds=measure.scores(outcomes, lambda them: chance.choices(them, k=len(them))),
        ordinary=measure.ordinary(weighed, threshold),
    )


def _groups(
    reads: Sequence[Read], weighed: Sequence[Weighed], threshold: float, chance: random.Random
) -> Iterator[Group]:
    for dimension in DIMENSIONS:
        members: dict[str, list[Weighed]] = {}
        for read, side in zip(reads, weighed, strict=True):
            members.setdefault(str(getattr(read.article, dimension)), []).append(side)
        for value in sorted(set(members) - {""}):
            yield Group(dimension=dimension, value=value, scores=_slice(members[value], threshold, chance))


def _front(reads: Sequence[Read], weighed: Sequence[Weighed], threshold: float) -> dict[Kind, Front]:
    found: dict[Kind, Front] = {}
    for kind in KINDS:
        them = [
            kind in side.read(threshold)
            for read, side in zip(reads, weighed, strict=True)
            if kind in side.right(threshold) and kind in announced_in_front(read.article)
        ]
        if them:
            found[kind] = Front(announced=len(them), read=sum(them))
    return found


def announced_in_front(article: Labelled) -> Label:
    """Tell what headline, standfirst or lead announces: the words that say so begin there. Nothing without quotes."""
    document = article.document
    lead = {fact.quote: document.text.find(fact.quote) for fact in article.facts if fact.quote}
    return frozenset(
        fact.kind
        for fact in article.facts
        if fact.quote and fact.status is not Status.DENIED and fact.kind in KINDS
        if fact.quote in document.title or fact.quote in document.summary or 0 <= lead[fact.quote] < LEAD_LENGTH
    )


def _matched(read: Read, side: Weighed, threshold: float) -> Matched:
    """Pair facts with announcements, kinds left out about which another label would do as well."""
    right = side.right(threshold)
    settled = frozenset(kind for kind in KINDS if (kind in right) == (kind in read.article.label))
    return facts.match(
        (fact for fact in read.article.facts if fact.kind in settled),
        (one for one in read.counted(threshold) if one.kind in settled),
    )


def _mistakes(
    reads: Sequence[Read], matched: Sequence[Matched], threshold: float, classifier: Classifier
) -> tuple[Mistake, ...]:
    found = [_mistake(read, one, threshold, classifier) for read, one in zip(reads, matched, strict=True)]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: not one.wrong_label))


def _mistake(read: Read, matched: Matched, threshold: float, classifier: Classifier) -> Mistake | None:
    side = read.beside()
    wrong_label = side.read(threshold) != side.right(threshold)
    astray = tuple(pair for pair in matched.pairs if Fit.WRONG in pair.fits().values())
    if not (wrong_label or astray or matched.missed or matched.extra):
        return None
    return Mistake(
        article=read.article,
        wrong_label=wrong_label,
        expected=side.right(threshold),
        read=side.read(threshold),
        missed=matched.missed,
        extra=matched.extra,
        astray=astray,
        aside=tuple(
            one for one in read.weighed if one.kind in KINDS and one.confidence >= threshold and not counts(one)
        ),
        explanation=classifier.explain(read.article.document),
    )
