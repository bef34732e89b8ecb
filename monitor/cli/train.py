"""`cocorico train`: a model of your own, from your verdicts."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.lessons import lessons
from monitor.cli.options import ConfigFile, Data, Json, Lang
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.learning.labelled import Labelled
    from monitor.learning.training import Training
    from monitor.personal import Made

EXAMPLES = ("cocorico train", "cocorico train --with-verdicts", "cocorico train --forget")


def train(
    ctx: typer.Context,
    *,
    with_verdicts: Annotated[
        bool, typer.Option("--with-verdicts", help="Make a model from the corpus and what you judged.")
    ] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Go back to the shipped model.")] = False,
    corpus: Annotated[
        Path | None,
        typer.Option(
            "--corpus", metavar="DIR", help="Cocorico's corpus (default: this checkout's).", show_default=False
        ),
    ] = None,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Make a model of your own from your verdicts, next to the shipped one; without options, say which is in use.

    It is used only if it reads the shipped test articles no worse than the shipped model. The daemon takes it up when
    it starts.
    """
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor import personal

    folder = session.config().data_dir
    if forget:
        personal.forget(folder)
    elif with_verdicts:
        _train(session, folder, corpus)
    _show(session, folder)


def _train(session: Session, folder: Path, corpus: Path | None) -> None:
    """Learn, measure both models, and keep the new one with its scores."""
    from monitor import personal

    place = _corpus(corpus)
    lessons = _lessons(session)
    with session.err.status(session.word("train.learning", articles=len(lessons))):
        training = _learnt(place, lessons)
        text, scores = _measured(training, place, folder)
    made = personal.Made(at=datetime.now(UTC), articles=len(lessons), shipped=personal.shipped_mark(), scores=scores)
    personal.keep(folder, text, made)


def _corpus(given: Path | None) -> Path:
    """Find the corpus that the shipped model was made from.

    Raises:
        CorpusError: it isn't there.
    """
    from monitor.learning.labelled import CorpusError
    from monitor.learning.places import CORPUS

    place = given or CORPUS
    if not (place / "train").is_dir() or not (place / "test").is_dir():
        raise CorpusError(
            f"{place}: there is no corpus with train/ and test/ here, and an installed Cocorico comes without; "
            "get its repository, and give the corpus in it: cocorico train --with-verdicts --corpus cocorico/corpus"
        )
    return place


def _lessons(session: Session) -> list[Labelled]:
    """Give what was judged as labelled articles.

    Raises:
        CorpusError: nothing was.
    """
    from monitor.learning.labelled import CorpusError, labelled

    found = lessons(session)
    for url, why in found.left_out:
        session.warn(f"{url}: {why}")
    if not found.records:
        raise CorpusError(
            "nothing that was judged can be learnt from yet; `cocorico verdicts list` shows what was said"
        )
    return [labelled(record, f"verdict {record['id']}") for record in found.records]


def _learnt(corpus: Path, lessons: Sequence[Labelled]) -> Training:
    """Train on the shipped corpus and the lessons.

    Raises:
        MonitorError: scikit-learn is not installed.
    """
    from monitor.data import folder
    from monitor.types import MonitorError

    try:
        from monitor.learning import training
    except ImportError as error:
        raise MonitorError(
            f"training needs the extra `train` ({error}): pip install 'cocorico[train]', or `make` in the repository"
        ) from error
    return training.run(corpus, folder("config"), more=lessons)


def _measured(training: Training, corpus: Path, folder: Path) -> tuple[str, dict[str, tuple[float, float]]]:
    """Give the model as it is written, and the scores of the shipped one and of it over the test split."""
    from monitor import data
    from monitor.classifier import Classifier
    from monitor.classifier.score import Model
    from monitor.learning import evaluate, gain
    from monitor.learning.labelled import read_corpus
    from monitor.learning.training import text

    config, test = data.folder("config"), read_corpus(corpus / "test")
    written = text(training)
    draft = folder / "personal-model.json.draft"
    folder.mkdir(parents=True, exist_ok=True)
    draft.write_text(written, encoding="utf-8")
    try:
        model = Model.load(draft)  # as it will be read: rounded, and from a file
    finally:
        draft.unlink()
    pair = []
    for reader in (Classifier.load(config), Classifier.load(config, model=model)):
        reads = evaluate.read_all(test, reader, lambda: None)
        pair.append(gain.scores(evaluate.evaluate(reads, reader, threshold=reader.floor)))
    return written, {name: (pair[0][name], pair[1][name]) for name in pair[0]}


def _show(session: Session, folder: Path) -> None:
    """Say which model is in use, and how the two read."""
    from monitor import personal

    chosen = personal.choose(folder)
    made = personal.about(folder) if (folder / personal.ABOUT_FILE).exists() else None
    if session.json:
        session.dump(_shape(chosen, made))
        return
    if made is not None:
        _table(session, made)
    session.line(session.word("train.in_use", model=chosen.says), style="bold" if chosen.model else "")
    if made is not None and chosen.model is not None:
        session.note(session.word("train.restart"), style="dim")


def _shape(chosen: object, made: Made | None) -> dict[str, object]:
    from monitor.cli import shapes
    from monitor.personal import Chosen

    assert isinstance(chosen, Chosen)  # noqa: S101 - for the type checker
    shape: dict[str, object] = {"personal": chosen.model is not None, "says": chosen.says, "made": None}
    if made is not None:
        scores = {
            name: {"shipped": round(shipped, 4), "personal": round(mine, 4)}
            for name, (shipped, mine) in made.scores.items()
        }
        shape["made"] = {
            "at": shapes.moment(made.at),
            "articles": made.articles,
            "scores": scores,
            "lowered": list(made.lowered),
        }
    return shape


def _table(session: Session, made: Made) -> None:
    from monitor.cli.tables import Rows, cell

    rows = Rows(session, session.word("score"), session.word("shipped_model"), session.word("own_model"), right=(1, 2))
    for name, (shipped, mine) in made.scores.items():
        style = "red" if mine < shipped else "green" if mine > shipped else ""
        rows.add(cell(session.word(f"train.{name}")), cell(f"{shipped:.3f}"), cell(f"{mine:.3f}", style))
    rows.show()
