"""What the command `train` does: read the corpus, learn, say how well, and write or compare config/model.json."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor.classifier import Classifier
from monitor.classifier.score import Model
from monitor.learning import measure
from monitor.learning.labelled import Labelled, corpus_files, read_corpus
from monitor.learning.measure import KINDS, Weighed
from monitor.learning.samples import Studied, study
from monitor.learning.train import OTHERS, RECIPE, Trained, train
from monitor.learning.weights import differences, written
from monitor.vocabulary import Kind

#: Group of the articles that are learnt from besides the corpus.
_OWN = "(own)"
PRIOR = Path(__file__).with_name("prior.json")
ABOUT = (
    "Log-odds of named features, made by `make train` from corpus/train and from what the words mean "
    "(monitor/learning/prior.json): edit those, not this. The weights of cancellation, acquisition and release_date "
    "are the prior's: the corpus has too few of them to learn from. Positive speaks for an announcement. A candidate "
    "below the floor is not reported."
)
#: Weights that moved most, as the report lists them, for each kind.
_MOVED = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Training:
    """What was learnt from, and what came of it."""

    studied: tuple[Studied, ...]
    prior: Model
    trained: Trained
    others: Mapping[str, tuple[Weighed, ...]]  #: what other recipes give on articles held out, by their name


def run(corpus: Path, config: Path, *, compare: bool = False, more: Sequence[Labelled] = ()) -> Training:
    """Train on the training split of a corpus, with the lexicon and gazetteer of a config folder.

    Args:
        compare: train by other recipes, too, for the report.
        more: articles to learn from besides, which are held out together.

    Raises:
        CorpusError: the corpus cannot be read.
    """
    classifier, prior = Classifier.load(config), Model.load(PRIOR)
    files = corpus_files(corpus / "train")
    shipped = ((file.stem, article) for file in files for article in read_corpus(file))
    studied = study((*shipped, *((_OWN, article) for article in more)), classifier)
    others = {name: train(studied, prior, recipe).held_out for name, recipe in OTHERS.items()} if compare else {}
    return Training(studied=studied, prior=prior, trained=train(studied, prior, RECIPE), others=others)


def text(training: Training) -> str:
    """Write what was learnt as model.json."""
    return written(training.trained.model, ABOUT)


def stale(training: Training, shipped: Path) -> tuple[str, ...]:
    """List what a model file has otherwise than training gives it."""
    return tuple(differences(Model.load(shipped), training.trained.model))


def report(training: Training) -> Iterator[str]:
    """Tell in a few lines what the model learnt from, how well it reads what it had not seen, and what moved."""
    samples = [sample for one in training.studied for sample in one.samples]
    yield f"{len(training.studied)} articles, {len(samples)} statements"
    for kind in KINDS:
        own = [sample for sample in samples if sample.kind is kind]
        announced = sum(kind in one.article.label for one in training.studied)
        stated = sum(any(s.right for s in one.samples if s.kind is kind) for one in training.studied)
        yield (
            f"  {kind:<13}{len(own):>5} statements, {sum(s.right for s in own)} right; "
            f"{stated} of {announced} articles that announce one have a right one"
        )
    yield "On files held out:"
    for name, held_out in (("this one", training.trained.held_out), *training.others.items()):
        yield f"  {name:<13}{_quality(held_out)}"
    for kind in KINDS:
        yield from _moved(kind, training)


def _quality(held_out: Sequence[Weighed]) -> str:
    counts = measure.count(one.outcome(0.5) for one in held_out)
    scores = ", ".join(
        f"{kind} F1 {one.f1 or 0:.3f} (P {one.precision or 0:.2f}, R {one.recall or 0:.2f})"
        for kind, one in counts.items()
    )
    return f"{scores}; calibration error {measure.calibration(held_out).error or 0:.3f}"


def _moved(kind: Kind, training: Training) -> Iterator[str]:
    """List the weights that the corpus moved most, once all are brought to the prior's scale, and those it turned."""
    prior, model = training.prior.weights[kind], training.trained.model.weights[kind]
    size = sum(abs(w) for w in prior.values()) or 1.0
    scale = sum(abs(model.get(name, 0.0)) for name in prior) / size
    moves = {name: model.get(name, 0.0) - scale * prior.get(name, 0.0) for name in {*prior, *model}}
    most = sorted(moves, key=lambda name: (-abs(moves[name]), name))[:_MOVED]
    yield f"{kind}: what moved most (prior's weights times {scale:.2f} -> learnt)"
    for name in most:
        yield f"  {name:<24}{scale * prior.get(name, 0.0):+6.2f} -> {model.get(name, 0.0):+6.2f}"
    if turned := training.trained.turned.get(kind):
        yield f"  turned against their meaning, and held at the prior: {', '.join(turned)}"
