"""What a model learns from: the statements of labelled articles, and which of them are right. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from monitor.classifier import FAINT, Classifier
from monitor.classifier.candidates import Candidate
from monitor.classifier.merge import merge
from monitor.classifier.score import Model, Scored
from monitor.learning.facts import title_key
from monitor.learning.labelled import Fact, Labelled
from monitor.learning.measure import KINDS, Weighed
from monitor.vocabulary import Kind, Origin, Status

#: What a right statement weighs that isn't the one which the label quotes: the same news in passing, or recalled.
_UNQUOTED = 0.4


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """One statement of an article, of a kind that is learnt, and whether it is right."""

    kind: Kind
    article: str  #: id of the article it stands in
    features: frozenset[str]
    right: bool
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Studied:
    """An article with all that could be an announcement in it."""

    article: Labelled
    group: str  #: of the articles that are held out together
    candidates: tuple[Candidate, ...]
    samples: tuple[Sample, ...]


def study(articles: Iterable[tuple[str, Labelled]], classifier: Classifier) -> tuple[Studied, ...]:
    """List the statements of articles, each of which comes with its group.

    Facts get the names that known works are shown under: "Drops of God" is no wrong title for « Les Gouttes de Dieu ».
    """
    return tuple(
        _studied(_named(article, classifier), group, classifier.statements(article.document))
        for group, article in articles
    )


def _named(article: Labelled, classifier: Classifier) -> Labelled:
    named = (replace(fact, title=classifier.name_of(fact.title) if fact.title else None) for fact in article.facts)
    return replace(article, facts=tuple(named))


def _studied(article: Labelled, group: str, candidates: tuple[Candidate, ...]) -> Studied:
    # A foreign work's origin decides, whatever is said of it; what is denied is news of its own, and never an alert;
    # and where careful readers differ, nothing can be learnt.
    native = [c for c in candidates if c.kind in KINDS and alerted(c)]
    learnt = [c for c in native if not _open(c.kind, article)]
    samples = tuple(sample for c in learnt if (sample := _sample(c, article)))
    return Studied(article=article, group=group, candidates=candidates, samples=samples)


def alerted(candidate: Candidate) -> bool:
    """Whether a statement could be told to anybody: not of a foreign work, and not denied."""
    return candidate.origin is not Origin.FOREIGN and candidate.status is not Status.DENIED


def _sample(candidate: Candidate, article: Labelled) -> Sample | None:
    """Judge a statement; None for one that is wrong in its title only: its phrasing is no error."""
    right, quoted = states(candidate, article), _is_quoted(candidate, article)
    if quoted and not right:
        return None
    weight = _UNQUOTED if right and not quoted else 1.0
    return Sample(kind=candidate.kind, article=article.id, features=candidate.features, right=right, weight=weight)


def _open(kind: Kind, article: Labelled) -> bool:
    return any((kind in label) != (kind in article.label) for label in article.also_ok)


def states(candidate: Candidate, article: Labelled) -> bool:
    """Whether a statement says what a fact says: the same kind, work and season, as far as it names them."""
    return any(
        _same_title(candidate.title, fact.title)
        and (candidate.kind is not Kind.RENEWAL or _same_season(candidate.season, fact.season))
        for fact in _announced(candidate.kind, article)
    )


def _announced(kind: Kind, article: Labelled) -> list[Fact]:
    return [fact for fact in article.facts if fact.kind is kind and fact.status is not Status.DENIED]


def _same_season(read: int | None, written: int | None) -> bool:
    return read == written or read is None or written is None


def _same_title(read: str | None, written: str | None) -> bool:
    """Whether two titles may be one work's; a statement without title may speak of any."""
    if read is None or written is None:
        return read is None
    one, other = f" {title_key(read)} ", f" {title_key(written)} "
    return one in other or other in one


def _is_quoted(candidate: Candidate, article: Labelled) -> bool:
    """Whether a statement's sentence holds the very words by which the label says that something is announced."""
    said = candidate.reading.sentence.text
    quotes = (fact.quote for fact in _announced(candidate.kind, article))
    return any(quote and (quote in said or said in quote) for quote in quotes)


def weighed(studied: Studied, model: Model) -> Weighed:
    """Put an article's label beside the confidences that a model gives: as `Classifier.weigh` would."""
    scored = [Scored(candidate=c, confidence=model.score(c)) for c in studied.candidates]
    surest: dict[Kind, float] = {}
    for head in (*_heads(scored, model, faint=False), *_heads(scored, model, faint=True)):
        kind = head.candidate.kind
        if kind in KINDS and alerted(head.candidate):
            surest[kind] = max(head.confidence, surest.get(kind, 0.0))
    return Weighed(label=studied.article.label, also_ok=studied.article.also_ok, confidences=surest)


def _heads(scored: Sequence[Scored], model: Model, *, faint: bool) -> list[Scored]:
    some = (item for item in scored if (item.confidence < FAINT) is faint)
    return [head for head, _ in merge(some, threshold=model.floor, least=0.0)]
