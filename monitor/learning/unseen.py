"""What a model that has not seen an article's file reads wrong in it: where to look for the next phrasing to teach.

`cocorico eval corpus/train --errors` asks the shipped model, which learnt from those very articles and remembers some.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from monitor.classifier.candidates import Candidate
from monitor.classifier.score import Model
from monitor.learning import measure
from monitor.learning.measure import KINDS, Weighed
from monitor.learning.samples import Studied, alerted, states
from monitor.learning.training import Training
from monitor.vocabulary import Kind, Status

#: Features that are told of a statement, the weightiest first.
_TERMS = 9
#: Characters of a sentence.
_SENTENCE = 260


def errors(training: Training, prefixes: Sequence[str], threshold: float) -> Iterator[str]:
    """Tell every error in the files whose name starts with a prefix (all, without one), and then each file's scores."""
    by_file = defaultdict[str, list[Weighed]](list)
    for one, weighed in zip(training.studied, training.trained.held_out, strict=True):
        if prefixes and not one.group.startswith(tuple(prefixes)):
            continue
        by_file[one.group].append(weighed)
        for kind, outcome in zip(KINDS, weighed.outcome(threshold), strict=True):
            if outcome in {"false", "missed"}:
                yield from _error(one, kind, outcome, training.trained.without[one.group])
    every = [weighed for file in by_file.values() for weighed in file]
    for name, some in (*sorted(by_file.items()), ("together", every)):
        yield f"{name:<10}{len(some):>5} articles  {_scores(some, threshold)}"


def _error(one: Studied, kind: Kind, outcome: str, model: Model) -> Iterator[str]:
    article = one.article
    yield f"{outcome.upper()} {kind} {article.id} ({one.group}): {article.document.title}"
    if outcome == "missed":
        for fact in article.facts:
            if fact.kind is kind and fact.status is not Status.DENIED:
                yield f"  announced: {fact.title or '(untitled)'} {fact.season or ''} {', '.join(fact.platforms)}"
                yield f"    quote: {fact.quote}"
    considered = [c for c in one.candidates if c.kind is kind and alerted(c)]
    if outcome == "missed" and not any(states(c, article) for c in considered):
        yield "  no statement says so"
    for candidate in sorted(considered, key=model.score, reverse=True)[:2]:
        yield from _statement(candidate, model, right=states(candidate, article))
    yield ""


def _statement(candidate: Candidate, model: Model, *, right: bool) -> Iterator[str]:
    named = f"{candidate.title or '(untitled)'} {candidate.season or ''}".strip()
    sentence = candidate.reading.sentence
    yield f"  {model.score(candidate):.2f} {'right' if right else 'wrong'}: {named} [{sentence.zone}]"
    yield f"    {sentence.text[:_SENTENCE]}"
    yield "    " + ", ".join(f"{name} {weight:+.1f}" for name, weight in model.terms(candidate)[:_TERMS])


def _scores(some: Sequence[Weighed], threshold: float) -> str:
    counts = measure.count(one.outcome(threshold) for one in some)
    return "  ".join(
        f"{kind} F1 {one.f1 or 0:.3f} (P {one.precision or 0:.2f}, R {one.recall or 0:.2f})"
        for kind, one in counts.items()
    )
